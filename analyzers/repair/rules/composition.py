"""Letters written as a base and a mark: «й» and «ё» of PDF files and some keyboards."""

import re
from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from analyzers.repair.edits import Edit
from analyzers.repair.words import Evidence

_MARKS = re.compile("[\u0300-\u036f]++")


def composed(text: str, _: Evidence) -> Iterator[Edit]:
    """Put a letter and its mark together where Unicode has the letter; a stress mark stays.

    >>> [e.replacement for e in composed("стате\u0438\u0306 и за\u0301мок", Evidence(""))]
    ['й']
    """
    if is_normalized("NFC", text):
        return
    for match in _MARKS.finditer(text):
        start = max(match.start() - 1, 0)
        given = text[start : match.end()]
        whole = normalize("NFC", given)
        if whole != given:
            yield Edit(start, match.end(), whole, "composition", 0.99)

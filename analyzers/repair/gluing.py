import re
from collections.abc import Iterator

from analyzers.repair.edits import Edit
from analyzers.repair.words import Evidence

_SEAM = re.compile(
    r"(?<![А-Яа-яЁё-])([А-ЯЁ]?[а-яё]{2,})([А-ЯЁ][а-яё]{2,})(?![А-Яа-яЁё-])|(?<![А-Яа-яЁё-])([А-ЯЁ]{4,})([а-яё]{3,})(?![А-Яа-яЁё-])"
)
_NUMBER = re.compile(r"(?<=\d)(?=[А-ЯЁ][а-яё]{2,})")


def unglued(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Part words that lost the line break between them.

    >>> [e.start for e in unglued("междуПравительством, Статья 4Объем, МосСтрой", Evidence(""))]
    [5, 28]
    """
    for match in _SEAM.finditer(text):
        left, right = (match[1], match[2]) if match[1] else (match[3], match[4])
        if len(left) > 2 and evidence.known(left) and evidence.known(right):
            seam = match.start() + len(left)
            yield Edit(seam, seam, " ", "glued", 0.9)
    for match in _NUMBER.finditer(text):
        yield Edit(match.start(), match.start(), " ", "glued", 0.9)

import re
from collections.abc import Iterator

from analyzers.repair.edits import Edit

_STRAY = re.compile(r"(?<=[^\W\d_])[ \xa0]+(?=[;,:!?](?!\S)|\.(?=\s|$)|\)(?![)(]))")


def stops(text: str) -> Iterator[Edit]:
    """Take out blanks between a word and the stop that follows it.

    >>> [(e.start, e.end) for e in stops("ним лицах ; и далее")]
    [(9, 10)]
    """
    for match in _STRAY.finditer(text):
        if match.start() and match[0]:
            yield Edit(match.start(), match.end(), "", "stop", 0.95)

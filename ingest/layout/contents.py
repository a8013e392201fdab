"""Pages of contents: entries with dots and the number of a page, from their heading on; they belong to the book."""

import re
from collections.abc import Sequence

from ingest.layout.lines import Line

_HEADING = re.compile(r"(?:содержание|оглавление|с\s?о\s?д\s?е\s?р\s?ж\s?а\s?н\s?и\s?е)\s*+:?", re.IGNORECASE)
_LEADER = re.compile(r"(?:\.\s?|…\s?|_){3,64}(?P<page>\d{1,4})\s*\Z")
_PAGE = re.compile(r"[^\d\s.]\)?\s(?P<page>\d{1,4})\Z")
LEAST = 3
"""Entries that make a table of contents."""
ENTRY = 6
"""Lines of one entry."""
EDGE = 0.15
"""A table of contents without a heading stands in so much of a file at its beginning or end."""


def contents(lines: Sequence[Line]) -> set[int]:
    """Return the lines of tables of contents, by their places.

    Under «Содержание» an entry ends with its page; elsewhere dots must lead to it. Pages never go back.
    """
    found: set[int] = set()
    for i, line in enumerate(lines):
        if i not in found and _HEADING.fullmatch(line.text):
            # «(Бельск, 1 ⏎ января 2000 г.) ..... 5»: where dots lead to pages, a number without them is none.
            entries = max((_entries(lines, i + 1, headed=headed) for headed in (False, True)), key=len)
            found |= set(range(i, entries[-1] + 1)) if len(entries) >= LEAST else set()
    edge = int(EDGE * len(lines))
    for i, line in enumerate(lines):
        if i in found or edge < i < len(lines) - edge or not _LEADER.search(line.text[-80:]):
            continue
        entries = _entries(lines, i, headed=False)
        found |= set(range(_first(lines, i), entries[-1] + 1)) if len(entries) >= LEAST else set()
    return found


def _entries(lines: Sequence[Line], start: int, *, headed: bool) -> list[int]:
    """Return the last lines of entries from a line on, each within a few lines of the one before."""
    found: list[int] = []
    page, last = 0, start
    for i in range(start, len(lines)):
        if i - last > ENTRY:
            break
        text = lines[i].text[-80:]
        match = _LEADER.search(text) or (_PAGE.search(text) if headed else None)
        if match is None:
            continue
        if int(match["page"]) < page:
            break
        page, last = int(match["page"]), i
        found.append(i)
    return found


def _first(lines: Sequence[Line], i: int) -> int:
    """Return where the first entry begins: its lines above stand in one block, none but the first with a capital."""
    while i > 0 and not lines[i].gap and not lines[i].text[:1].isupper():
        i -= 1
    return i

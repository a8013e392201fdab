"""Columns of a printed page, found by the empty gutter between lines that fill them."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.glyphs import Glyph, PrintedLine, line_of, rows_of

_LEAST_LINES = 8
_LEAST_GUTTER = 0.8  # type sizes


def lines_of(glyphs: Sequence[Glyph], page: int) -> list[PrintedLine]:
    """Return a page's lines in reading order: left column before right, full-width lines where they stand."""
    rows = rows_of(glyphs)
    gutter = _gutter(rows)
    if gutter is None:
        return [line for row in rows if (line := line_of(row, page))]
    ordered: list[PrintedLine] = []
    left: list[PrintedLine] = []
    right: list[PrintedLine] = []
    for row in rows:
        before, after = _parted(row, gutter)
        if before is None or after is None:
            ordered += left + right
            left, right = [], []
            line = line_of(row, page)
            ordered += [line] if line else []
            continue
        left += [line] if (line := line_of(before, page)) else []
        right += [line] if (line := line_of(after, page)) else []
    return ordered + left + right


def _parted(row: Sequence[Glyph], gutter: float) -> tuple[list[Glyph] | None, list[Glyph] | None]:
    """Part a row at the gutter; (None, None) when text runs across it."""
    before = [g for g in row if g.x1 <= gutter]
    after = [g for g in row if g.x0 >= gutter]
    if any(g.x0 < gutter < g.x1 and g.text.strip() for g in row):
        return None, None
    inked_before, inked_after = ([g for g in side if g.text.strip()] for side in (before, after))
    if inked_before and inked_after and inked_after[0].x0 - inked_before[-1].x1 < _LEAST_GUTTER * inked_before[-1].size:
        return None, None
    return before, after


def _gutter(rows: Sequence[Sequence[Glyph]]) -> float | None:
    """Find the middle of a gutter crossed by few lines, between columns that are mostly full."""
    inked = [[g for g in row if g.text.strip()] for row in rows]
    inked = [row for row in inked if row]
    if len(inked) < _LEAST_LINES:
        return None
    left, right = min(row[0].x0 for row in inked), max(g.x1 for row in inked for g in row)
    size = sorted(row[0].size for row in inked)[len(inked) // 2]
    candidates: dict[int, int] = {}
    for row in inked:
        for a, b in pairwise(row):
            if b.x0 - a.x1 >= _LEAST_GUTTER * size:
                for x in range(int(a.x1) + 1, int(b.x0) + 1):
                    candidates[x] = candidates.get(x, 0) + 1
    middle = (left + 0.3 * (right - left), left + 0.7 * (right - left))
    places = [(count, -abs(x - sum(middle) / 2), x) for x, count in candidates.items() if middle[0] < x < middle[1]]
    if not places:
        return None
    count, _, place = max(places)
    return float(place) if count >= _LEAST_LINES and _filled(inked, place, left, right) else None


def _filled(rows: Sequence[Sequence[Glyph]], gutter: float, left: float, right: float) -> bool:
    """Say whether most lines of both columns run their width: a table's cells do not."""
    full = parted = 0
    for row in rows:
        before, after = [g for g in row if g.x1 <= gutter], [g for g in row if g.x0 >= gutter]
        if not before or not after or len(before) + len(after) < len(row):
            continue
        parted += 1
        full += before[-1].x1 - before[0].x0 > 0.7 * (gutter - left) and after[-1].x1 - after[0].x0 > 0.6 * (
            right - gutter
        )
    return parted >= _LEAST_LINES and parted >= 0.4 * len(rows) and full >= 0.5 * parted

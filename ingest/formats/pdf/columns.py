"""Columns of a printed page, found by the empty gutter between lines that fill them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.formats.pdf.glyphs import Glyph, PrintedLine, line_of, rows_of
from ingest.formats.pdf.measure import right_edge

_LEAST_LINES = 8
_LEAST_GUTTER, _BLANK = 0.8, 0.17  # type sizes
_CROSSED = 0.4  # share of a page's rows that may run across: titles, notes, a part set in one column
_EDGE = 2.0  # points between a column's edge and what begins at it
_STRAY = 0.05  # share of rows, three at least, that reach into it: heads, page numbers, overhanging ink
_WORD, _STOP = re.compile(r"[^\s\d]++"), re.compile(r"[.;:!?…][)»”\"]*+$")
_WIDEST = 14_400  # points: no page is wider (PDF 32000, annex C); a damaged file may place letters a mile away
_DEEPEST = 2  # the halves of a page may have a gutter each


@dataclass(frozen=True, slots=True)
class _Gutter:
    start: float
    end: float

    def crossed(self, row: Sequence[Glyph]) -> bool:
        """Say whether a row runs across: a word blank of it may fall on the gutter, but not on its middle half.

        A line of the left column that runs over its edge does not, where the right one begins at its own.
        """
        core = (self.end - self.start) / 4
        if not any(g.x1 > self.start + core and g.x0 < self.end - core for g in row):
            return False
        return not any(b.x0 - a.x1 > _LEAST_GUTTER * b.size and abs(b.x0 - self.end) < _EDGE for a, b in pairwise(row))

    def between(self, left: Glyph, right: Glyph) -> bool:
        """Say whether two neighbours stand on either side of it: the blank between them is the gutter, no word's."""
        middle = (self.start + self.end) / 2
        return left.x1 <= middle <= right.x0


def lines_of(glyphs: Sequence[Glyph], page: int, column: int = 0) -> list[PrintedLine]:
    """Return a page's lines in reading order: left column before right, full-width lines where they stand."""
    rows = rows_of(glyphs)
    gutter = _gutter(rows) if column <= _DEEPEST else None
    if gutter is None:
        return _unstretched([replace(line, column=column) for row in rows if (line := line_of(row, page))])
    ordered: list[PrintedLine] = []
    band: list[Glyph] = []
    for row in rows:
        if gutter.crossed([g for g in row if g.text.strip()]):
            ordered += _band(band, gutter, page, column)
            band = []
            line = line_of(row, page)
            ordered += [replace(line, column=column)] if line else []
        else:
            band += row
    return ordered + _band(band, gutter, page, column)


def _unstretched(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Close the blanks of a justified line of few long words: they are as wide as between a table's cells."""
    if not any("\t" in line.text for line in lines):
        return lines
    left, right = min(line.x0 for line in lines), right_edge(lines)
    return [
        replace(line, text=line.text.replace("\t", " ")) if _is_stretched(before, line, left, right) else line
        for before, line in zip([None, *lines], lines, strict=False)
    ]


def _is_stretched(before: PrintedLine | None, line: PrintedLine, left: float, right: float) -> bool:
    """Say whether words fill a line from edge to edge: in a column any two, else those that go on a sentence.

    A signature («Директор … Иванов») fills the width too, but has a capital behind its blank and no open line above.
    """
    near = 0.5 * line.size
    if "\t" not in line.text or abs(right - line.x1) > near:
        return False
    if line.column and line.columns == 2:
        return True
    words = line.text.split("\t")
    if line.x0 > left + 3 * line.size or any(not _WORD.fullmatch(word) for word in words):
        return False
    goes_on = before is not None and abs(right - before.x1) < near and not _STOP.search(before.text)
    return bool(line.column) or goes_on or all(word[0].islower() for word in words[1:])


def _band(glyphs: Sequence[Glyph], gutter: _Gutter, page: int, column: int) -> list[PrintedLine]:
    """Read the columns between two full-width lines; their baselines need not agree."""
    middle = (gutter.start + gutter.end) / 2
    left, right = [g for g in glyphs if g.x0 < middle], [g for g in glyphs if g.x0 >= middle]
    return [*lines_of(left, page, 2 * column + 1), *lines_of(right, page, 2 * column + 2)]


def _gutter(rows: Sequence[Sequence[Glyph]]) -> _Gutter | None:
    """Find the widest strip in the middle that few rows cross, between columns that are mostly full."""
    inked = [[g for g in row if g.text.strip()] for row in rows]
    inked = [row for row in inked if row]
    if len(inked) < _LEAST_LINES:
        return None
    left, right = min(row[0].x0 for row in inked), max(g.x1 for row in inked for g in row)
    if right - left > _WIDEST:
        return None
    size = sorted(row[0].size for row in inked)[len(inked) // 2]
    covered = _covered(inked, left, right)
    middle = range(int(0.28 * len(covered)), int(0.72 * len(covered)) + 1)
    least = min(covered[place] for place in middle)
    if least > _CROSSED * len(inked):
        return None
    best: _Gutter | None = None
    start = None
    for place in (*middle, -1):
        if place >= 0 and covered[place] <= least + max(3, _STRAY * len(inked)):
            start = place if start is None else start
        else:
            best, start = _wider(best, start, place if place >= 0 else middle.stop, left), None
    if best is None:
        return None
    blanks = [
        gap
        for row in inked
        for a, b in pairwise(row)
        if (gap := b.x0 - a.x1) > _BLANK * size and not best.between(a, b)
    ]
    if best.end - best.start < max(_LEAST_GUTTER * size, 1.5 * median(blanks or [0])):
        return None
    return best if _filled(inked, best, left, right) else None


def _covered(rows: Sequence[Sequence[Glyph]], left: float, right: float) -> list[int]:
    """Count for each point from left to right the rows that have ink there."""
    covered = [0] * (int(right - left) + 2)
    for row in rows:
        for place in {x for g in row for x in range(int(g.x0 - left), int(g.x1 - left) + 1)}:
            if 0 <= place < len(covered):
                covered[place] += 1
    return covered


def _wider(best: _Gutter | None, start: int | None, end: int, left: float) -> _Gutter | None:
    if start is None or (best is not None and end - start <= best.end - best.start):
        return best
    return _Gutter(left + start, left + end)


def _filled(rows: Sequence[Sequence[Glyph]], gutter: _Gutter, left: float, right: float) -> bool:
    """Say whether most lines of the columns run their width, and the right one is as full as the left or keeps an edge.

    The cells of a table do not run their width; the last words of a few stretched lines keep no edge.
    """
    lines = parted = full = 0
    starts: Counter[int] = Counter()
    for row in rows:
        if gutter.crossed(row):
            continue
        parted += 1
        sides = [g for g in row if g.x1 <= gutter.end], [g for g in row if g.x0 >= gutter.start]
        for side, width in zip(sides, (gutter.start - left, right - gutter.end), strict=True):
            if side:
                lines += 1
                full += side[-1].x1 - side[0].x0 > 0.65 * width
        if sides[1]:
            starts[round(sides[1][0].x0)] += 1
    edge = max((sum(starts[start + near] for near in (-1, 0, 1)) for start in starts), default=0)
    kept = edge >= max(2, 0.3 * starts.total()) or starts.total() > 0.5 * parted
    return kept and parted >= max(_LEAST_LINES, 0.4 * len(rows)) and full >= 0.5 * lines

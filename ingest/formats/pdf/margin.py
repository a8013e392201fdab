"""Numbers of lines printed in the left margin: they count up beside the text and belong to the page."""

from collections.abc import Sequence
from itertools import pairwise

from corpus.model import Diagnostic
from ingest.formats.pdf.glyphs import Glyph, rows_of

_LEAST = 4
"""Numbers on a page that make a count."""
_APART = 0.6
"""Type sizes between a number in the margin and the line it counts."""

LINE_NUMBERS = Diagnostic("line-numbers", "Номера строк, напечатанные на полях, не включены в текст.")


def without_line_numbers(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs of a page without the numbers of its lines.

    They stand left of all other ink, count up from row to row by one step (1, 2, 3… or 5, 10, 15…), and those that
    count every row stand beside most rows.
    """
    rows = [[g for g in row if g.text.strip()] for row in rows_of(glyphs)]
    numbers = {i: found for i, row in enumerate(rows) if row and (found := _number(row))}
    edge = min(
        (row[len(numbers.get(i, ())) :][0].x0 for i, row in enumerate(rows) if _rest(row, numbers.get(i))), default=0
    )
    inside = {i: found for i, found in numbers.items() if found[-1].x1 < edge}
    counted = [int("".join(g.text for g in found)) for found in inside.values()]
    steps = {b - a for a, b in pairwise(counted)}
    if len(counted) < _LEAST or len(steps) != 1 or not 0 < (step := steps.pop()) <= 10:
        return list(glyphs)
    if step == 1 and len(counted) < 0.6 * sum(map(bool, rows)):
        return list(glyphs)
    taken = {id(g) for found in inside.values() for g in found}
    return [g for g in glyphs if id(g) not in taken]


def _number(row: Sequence[Glyph]) -> list[Glyph]:
    """Return the digits a row begins with, where a gap follows them or nothing."""
    end = next(
        (i for i, g in enumerate(row) if not g.text.isdigit() or (i and g.x0 - row[i - 1].x1 > _APART * g.size)),
        len(row),
    )
    if not 0 < end <= 4 or (end < len(row) and row[end].x0 - row[end - 1].x1 < _APART * row[end].size):
        return []
    return list(row[:end])


def _rest(row: Sequence[Glyph], number: Sequence[Glyph] | None) -> bool:
    return len(row) > len(number or ())

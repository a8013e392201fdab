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
    rows = [row for each in rows_of(glyphs) if (row := [g for g in each if g.text.strip()])]
    numbers = [_number(row) for row in rows]
    rests = [row[len(number) :] for row, number in zip(rows, numbers, strict=True)]
    edge = min((rest[0].x0 for rest in rests if rest), default=0)
    inside = [number for number in filter(None, numbers) if number[-1].x1 < edge]
    step = _step([int("".join(g.text for g in number)) for number in inside])
    if not step or (step == 1 and len(inside) < 0.6 * len(rows)):
        return list(glyphs)
    taken = {id(g) for number in inside for g in number}
    return [g for g in glyphs if id(g) not in taken]


def _step(counted: Sequence[int]) -> int:
    """Return the step by which numbers count up, 0 where they do not."""
    steps = {b - a for a, b in pairwise(counted)}
    return steps.pop() if len(counted) >= _LEAST and len(steps) == 1 and 0 < min(steps) <= 10 else 0


def _number(row: Sequence[Glyph]) -> list[Glyph]:
    """Return the digits a row begins with, where a gap follows them or nothing."""
    end = next(
        (i for i, g in enumerate(row) if not g.text.isdigit() or (i and g.x0 - row[i - 1].x1 > _APART * g.size)),
        len(row),
    )
    if not 0 < end <= 4 or (end < len(row) and row[end].x0 - row[end - 1].x1 < _APART * row[end].size):
        return []
    return list(row[:end])

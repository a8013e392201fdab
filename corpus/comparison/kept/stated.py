"""A comparison with the state of each act and of each provision beside it."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.comparison.grid import Cell, Column, Comparison
from corpus.effects.lives import Told, lives
from corpus.lexicon.reckoning import today
from corpus.library import Library


def stated(comparison: Comparison, library: Library) -> Comparison:
    """Put the states of today beside the columns and the provisions of cells."""
    told, on, columns = lives(library), today(), stated_columns(comparison.columns, library)
    rows = tuple(
        replace(row, cells={d: _stated(cell, told, on) for d, cell in row.cells.items()}) for row in comparison.rows
    )
    return Comparison(columns, rows)


def stated_columns(columns: Sequence[Column], library: Library) -> tuple[Column, ...]:
    """Put the states of today beside columns."""
    told, on = lives(library), today()
    told.fetch(c.document for c in columns)
    return tuple(replace(c, state=told.short(c.document, on)) for c in columns)


def _stated(cell: Cell, told: Told, on: str) -> Cell:
    provisions = tuple(replace(p, state=told.short(cell.document, on, p.eid)) for p in cell.provisions)
    return replace(cell, provisions=provisions)

"""The small table above a topic: what each document has of grounds, languages, terms — ✓, «возможен», «—»."""

from collections.abc import Mapping, Sequence

from corpus.comparison.grid import Cell, CellStatus, Row
from corpus.values.grounds import OPTIONAL

HAS, MAY, HAS_NOT, UNCLEAR = "✓", "возможен", "—", "?"

Line = tuple[str, tuple[str, ...]]
"""What is told, and the mark of each document in the order of the columns."""


def ticks(row: Row, documents: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines of a row's values; none where nothing is read out of it."""
    cells = [row.cells[d] for d in documents]
    names = list(dict.fromkeys(v.name for c in cells for v in c.shown))
    return tuple(line for name in names for line in _lines(name, cells))


def _lines(name: str, cells: Sequence[Cell]) -> list[Line]:
    values = [c.values.get(name) for c in cells]
    if any(isinstance(v, Mapping) and "any_of" not in v for v in values):
        return _table_lines(cells, [v if isinstance(v, Mapping) else {} for v in values])
    if any(isinstance(v, list) for v in values):
        return _list_lines(cells, [v if isinstance(v, list) else [] for v in values])
    return [(name, tuple(_shown(c, name) for c in cells))]


def _table_lines(cells: Sequence[Cell], tables: Sequence[Mapping[str, object]]) -> list[Line]:
    every = dict.fromkeys(ground for table in tables for ground in table)
    return [(g, tuple(_ground(c, t.get(g)) for c, t in zip(cells, tables, strict=True))) for g in every]


def _list_lines(cells: Sequence[Cell], lists: Sequence[Sequence[str]]) -> list[Line]:
    every = dict.fromkeys(x for held in lists for x in held)
    return [(x, tuple(_mark(c, x in held) for c, held in zip(cells, lists, strict=True))) for x in every]


def _ground(cell: Cell, kind: object) -> str:
    return MAY if kind == OPTIONAL else _mark(cell, kind is not None)


def _mark(cell: Cell, has: bool) -> str:
    return HAS if has else UNCLEAR if cell.status is CellStatus.INCONCLUSIVE else HAS_NOT


def _shown(cell: Cell, name: str) -> str:
    return next((v.shown for v in cell.shown if v.name == name), _mark(cell, has=False))

"""A cell in one short reading: «30 дней», «обязателен: 5 осн.», «русский», «поровну», «есть», «—», «?»."""

from collections.abc import Mapping

from corpus.comparison.grid import CellStatus
from corpus.comparison.kept.cells import KeptCell
from corpus.comparison.summary import GROUNDS
from corpus.values.grounds import MANDATORY
from corpus.values.value import Value

LONGEST = 40
"""Letters of a reading; what is longer is cut at a word."""

SURE = 0.9
"""A cell from this confidence on is sure, below it is worth a look."""

NONE, UNCLEAR, THERE = "—", "?", "есть"

_EVENTS = {"последнее уведомление": "посл. уведомление", "обмен ратификационными грамотами": "обмен грамотами"}


def brief(cell: KeptCell) -> str:
    """Tell a cell in one short reading.

    >>> brief(KeptCell(CellStatus.ABSENT, 0.95)), brief(KeptCell(CellStatus.PRESENT, 0.9))
    ('—', 'есть')
    """
    if cell.status is CellStatus.ABSENT:
        return NONE
    if cell.status is CellStatus.INCONCLUSIVE:
        return UNCLEAR
    read = [_value(v) for v in cell.values]
    return _cut("; ".join(r for r in read if r)) or THERE


def _value(value: Value) -> str:
    if value.name == GROUNDS and isinstance(value.value, Mapping):
        kinds = list(value.value.values())
        must, may = kinds.count(MANDATORY), len(kinds) - kinds.count(MANDATORY)
        parts = [f"обязателен: {must} осн." if must else "", f"возможен: {may} осн." if may else ""]
        return ", ".join(p for p in parts if p)
    if isinstance(value.value, list):
        return ", ".join(sorted(value.value))
    if value.name == "число экземпляров":
        return f"{value.shown} экз."
    if value.name == "срок действия" and value.value == "неопределенный":
        return "бессрочно"
    if value.name == "вступление в силу":
        event, plus, rest = value.shown.partition(" + ")
        return _EVENTS.get(event, event) + plus + rest
    return value.shown


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + "…"

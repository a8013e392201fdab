"""The overview of a comparison: topics by documents, each cell one short reading, each row a phrase on what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.comparison.decisions import cell_key, decisions
from corpus.comparison.grades import Grade, grade_of, weightiest
from corpus.comparison.grid import Cell, CellStatus, Column
from corpus.comparison.kept.brief import SURE, brief
from corpus.comparison.kept.cells import KeptCell, Sheet, cell_of
from corpus.comparison.kept.library_cells import kept_in
from corpus.comparison.kept.stated import stated_columns
from corpus.comparison.rows import checked
from corpus.comparison.table import columns_of, told_topics
from corpus.library import Library, each
from corpus.topics.own_topics import topics_in

NAMED = 2
"""So many documents are named in a phrase; more are counted."""

_IN = ("ни в одном", "в одном", "в двух", "в трёх", "в четырёх", "в пяти", "в шести", "в семи", "в восьми", "в девяти")


@dataclass(frozen=True, slots=True)
class BriefCell:
    """A cell of the overview: its reading, how it differs from the row's first full cell, and how sure it is."""

    brief: str
    status: CellStatus
    grade: Grade
    sure: str
    decided: bool


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A topic over the documents: the weightiest difference and a phrase that tells it."""

    topic: str
    label: str
    grade: Grade
    phrase: str
    cells: tuple[BriefCell, ...] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Overview:
    """Rows in the order of the table of topics, cells in the order of the columns."""

    columns: tuple[Column, ...]
    rows: tuple[BriefRow, ...]


def overview(library: Library, ids: Sequence[str]) -> Overview:
    """Lay documents of a library side by side in short; raise NotFoundError, QueryError."""
    documents = each(library, ids)
    checked(documents)
    table, kept, decided = topics_in(library), kept_in(library, ids), decisions(library, documents)
    sheets, columns = [Sheet(d) for d in documents], columns_of(documents)
    rows = []
    for topic in told_topics([kept[i] for i in ids], documents, decided, table):
        cells = [
            cell_of(s, topic, kept[s.document.id].cell(topic), decided.get(cell_key(s.document.id, topic)))
            for s in sheets
        ]
        rows.append(_row(topic, table.by_id[topic].label, cells, columns))
    return Overview(stated_columns(columns, library), tuple(rows))


def _row(topic: str, label: str, cells: Sequence[Cell], columns: Sequence[Column]) -> BriefRow:
    base = next((c for c in cells if c.status is CellStatus.PRESENT), cells[0])
    told = tuple(_brief(base, c) for c in cells)
    worst = weightiest(c.grade for c in told)
    words = weightiest(c.grade for c in told if c.status is CellStatus.PRESENT)
    return BriefRow(topic, label, worst, phrase(told, [c.short for c in columns], words), told)


def _brief(base: Cell, cell: Cell) -> BriefCell:
    read = brief(KeptCell(cell.status, cell.confidence, values=cell.shown))
    decided = cell.decision is not None and not cell.decision.stale
    return BriefCell(read, cell.status, grade_of(base, cell), how_sure(cell.status, cell.confidence), decided)


def how_sure(status: CellStatus, confidence: float) -> str:
    """Say how sure a cell is: «уверенно», «стоит проверить», «не нашлось».

    >>> how_sure(CellStatus.PRESENT, 0.93), how_sure(CellStatus.PRESENT, 0.6), how_sure(CellStatus.ABSENT, 0.95)
    ('уверенно', 'стоит проверить', 'не нашлось')
    """
    if status is CellStatus.ABSENT:
        return "не нашлось" if confidence < 1 else "уверенно"
    return "уверенно" if status is CellStatus.PRESENT and confidence >= SURE else "стоит проверить"


def phrase(cells: Sequence[BriefCell], names: Sequence[str], words: Grade) -> str:
    """Tell a row in a phrase: «30 дней в двух, 45 дней в одном; нет: Соглашение от 01.02.2003».

    `words` is the weightiest difference among the cells that are there.
    """
    held: dict[str, list[str]] = {}
    for cell, name in zip(cells, names, strict=True):
        if cell.status is CellStatus.PRESENT:
            held.setdefault(cell.brief, []).append(name)
    absent = [n for c, n in zip(cells, names, strict=True) if c.status is CellStatus.ABSENT]
    unclear = [n for c, n in zip(cells, names, strict=True) if c.status is CellStatus.INCONCLUSIVE]
    parts = [_values(held, len(cells), words)] if held else []
    parts += [f"нет {_who(absent)}"] if absent else []
    parts += [f"не ясно {_who(unclear)}"] if unclear else []
    return "; ".join(parts)


def _values(held: Mapping[str, Sequence[str]], whole: int, grade: Grade) -> str:
    if len(held) > 1:
        return ", ".join(f"{read} {_counted(len(names))}" for read, names in held.items())
    ((read, names),) = held.items()
    if len(names) == 1:
        return f"{read}: {names[0]}" if read != "есть" else f"только {names[0]}"
    where = "везде" if len(names) == whole else _counted(len(names))
    told = {
        Grade.SUBSTANCE: "различается по существу",
        Grade.WORDS: "другими словами об одном",
        Grade.FORM: "слова те же, формы или знаки другие",
        Grade.SAME: "буква в букву",
    }
    return f"{read} {where}, {told[grade]}" if grade in told else f"{read} {where}"


def _counted(n: int) -> str:
    return _IN[n] if n < len(_IN) else f"в {n}"


def _who(names: Sequence[str]) -> str:
    return f"— {', '.join(names)}" if len(names) <= NAMED else _counted(len(names))

"""Every document of a library by every topic, from the cells kept beside the documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.comparison.grid import CellStatus, MatrixOrder
from corpus.comparison.kept.brief import brief
from corpus.comparison.kept.cells import KeptCell
from corpus.comparison.kept.library_cells import LibraryCells, cells_in
from corpus.comparison.table import wanted_topics
from corpus.effects.lives import lives
from corpus.effects.standing import StateOnDay
from corpus.errors import QueryError
from corpus.lexicon.reckoning import today
from corpus.library import Library, Summary
from corpus.metadata.short_names import short_names
from corpus.values.magnitude import magnitude
from corpus.values.value import Read

PAGE = 50
"""Documents a page of the matrix holds when nothing else is asked."""

_LAST = float("inf")


@dataclass(frozen=True, slots=True)
class MatrixDocument:
    """A row of the matrix: the document under its short name, its date (ISO 8601) and its state today."""

    id: str
    name: str
    title: str
    date: str | None
    state: StateOnDay | None


@dataclass(frozen=True, slots=True)
class MatrixTopic:
    """A column of the matrix: in how many of all documents asked for the topic is there, and in how many not."""

    topic: str
    label: str
    present: int
    absent: int
    inconclusive: int


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What a document has on a topic: `value` as JSON, `brief` in a few words; `decided` by a lawyer."""

    status: CellStatus
    eids: tuple[str, ...]
    value: Read | None
    confidence: float
    brief: str
    decided: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """A page of documents by topics; `total` documents were asked for, `cells` are by document and topic."""

    documents: tuple[MatrixDocument, ...]
    topics: tuple[MatrixTopic, ...]
    cells: Mapping[str, Mapping[str, MatrixCell]] = field(hash=False)
    total: int


@dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """What is asked of a matrix: `documents` None for all, `topics` by id or label (none: all that any document has).

    `status` keeps the documents whose cells of all the topics named have it.
    """

    documents: frozenset[str] | None = None
    topics: tuple[str, ...] = ()
    status: CellStatus | None = None
    order: MatrixOrder = MatrixOrder.DATE
    start: int = 0
    limit: int | None = PAGE


def matrix(library: Library, asked: MatrixQuestion) -> Matrix:
    """Lay out a page of the matrix; raise NotFoundError for an unknown topic, QueryError for a value without one."""
    cells = cells_in(library)
    wanted = wanted_topics(asked.topics, cells.table)
    chosen = [
        s for s in library.documents() if s.id in cells.kept and (asked.documents is None or s.id in asked.documents)
    ]
    if asked.status:
        chosen = [s for s in chosen if all(cells.status(s.id, t) is asked.status for t in wanted)]
    columns = _topics(cells, [s.id for s in chosen], wanted, asked.order)
    ordered = _ordered(cells, chosen, columns, asked)
    names = short_names(chosen)
    end = None if asked.limit is None else asked.start + asked.limit
    page = ordered[asked.start : end]
    return Matrix(
        tuple(_document(library, s, names[s.id]) for s in page),
        tuple(columns),
        {s.id: {c.topic: matrix_cell(cells, s.id, c.topic) for c in columns} for s in page},
        len(chosen),
    )


def matrix_cell(cells: LibraryCells, document: str, topic: str) -> MatrixCell:
    """Return the cell of a document and a topic as the matrix tells it."""
    cell = cells.cell(document, topic)
    present = cell.status is CellStatus.PRESENT
    value = cell.values[0].value if present and cell.values else None
    eids = tuple(eid for eid, *_ in cell.provisions)
    decided = cells.decision(document, topic)
    return MatrixCell(cell.status, eids, value, cell.confidence, brief(cell), bool(decided and not decided.stale))


def _document(library: Library, summary: Summary, named: str) -> MatrixDocument:
    state = lives(library).short(summary.id, today())
    return MatrixDocument(summary.id, named, summary.title, summary.date, state)


def _topics(
    cells: LibraryCells, documents: Sequence[str], wanted: Iterable[str], order: MatrixOrder
) -> list[MatrixTopic]:
    """Count the topics named, or all that any document has, in the order of the table or the rarest first."""
    counted = []
    for topic in cells.table.by_id.values():
        if wanted and topic.id not in wanted:
            continue
        found = [cells.status(d, topic.id) for d in documents]
        present, absent = found.count(CellStatus.PRESENT), found.count(CellStatus.ABSENT)
        if wanted or present:
            rest = len(found) - present - absent
            counted.append(MatrixTopic(topic.id, topic.label, present, absent, rest))
    return sorted(counted, key=lambda c: c.present) if order is MatrixOrder.RARITY else counted


def _ordered(
    cells: LibraryCells, chosen: Sequence[Summary], columns: Sequence[MatrixTopic], asked: MatrixQuestion
) -> list[Summary]:
    """Put documents in order: newest first; those that have what few have; by the value of the one topic named."""
    dated = sorted(sorted(chosen, key=lambda s: (s.source, s.place)), key=lambda s: s.date or "", reverse=True)
    if asked.order is MatrixOrder.RARITY:
        weights = {c.topic: 1 / c.present for c in columns if c.present}
        return sorted(dated, key=lambda s: -sum(w for t, w in weights.items() if _has(cells, s.id, t)))
    if asked.order is MatrixOrder.VALUE:
        if len(columns) != 1:
            raise QueryError("Порядок по значению задан для одной темы: назовите её (тема, --topic) и повторите.")
        return sorted(dated, key=lambda s: _size(cells.cell(s.id, columns[0].topic)))
    return dated


def _has(cells: LibraryCells, document: str, topic: str) -> bool:
    return cells.status(document, topic) is CellStatus.PRESENT


def _size(cell: KeptCell) -> tuple[int, float, str]:
    """Return what a cell's value sorts by: terms by length, then other values by their words, then none."""
    if cell.status is not CellStatus.PRESENT or not cell.values:
        return (2 if cell.status is CellStatus.PRESENT else 3, _LAST, "")
    size = magnitude(cell.values[0].value)
    return (0, size, "") if size is not None else (1, _LAST, cell.values[0].shown)

"""Documents as an answer: what a question or a filter by topics asks for, with the reason beside each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.citations.writing import place
from corpus.clauses.clause import Clause
from corpus.clauses.tree import And, Field, FieldName, Node, Not
from corpus.comparison.grid import CellStatus
from corpus.comparison.kept.brief import SURE, brief
from corpus.comparison.kept.cells import KeptCell
from corpus.comparison.kept.library_cells import LibraryCells, cells_in
from corpus.effects.lives import lives
from corpus.lexicon.reckoning import today
from corpus.library import Library, Summary
from corpus.search.answers import AskedDocument, SearchOptions
from corpus.search.language.questions import Asks, Question, question
from corpus.search.language.wording import told
from corpus.search.narrowing import through
from corpus.topics.own_topics import topics_in
from corpus.values.magnitude import magnitude

MOST = 1000
"""Documents an answer holds."""

_WORDS = {Asks.LONGER: "больше", Asks.SHORTER: "меньше", Asks.AS_LONG: "равен"}


@dataclass(frozen=True, slots=True)
class DocumentsFound:
    """The documents of an answer, the clauses that show why, and how the question was understood."""

    documents: tuple[AskedDocument, ...]
    total: int
    clauses: tuple[Clause, ...]
    understood: str


def asked_in_words(library: Library, query: str, options: SearchOptions) -> DocumentsFound | None:
    """Answer a question for documents; None when a query is none, or is to be searched as typed."""
    read = None if options.as_typed else question(query, topics_in(library))
    if read is None:
        return None
    cells = cells_in(library)
    narrowed = [*options.filters, *([Field(FieldName.TYPE, read.types)] if read.types else [])]
    within = _within(library, And(tuple(narrowed)) if narrowed else None)
    kept = [s for s in within if _answers(cells, s.id, read)]
    doubtful = sum(cells.status(s.id, read.topic) is CellStatus.INCONCLUSIVE for s in within)
    sentence = f"Мы поняли так: {_understood(cells, read)}{_narrowed(narrowed)}."
    if doubtful:
        sentence += f" Ещё у {doubtful} не ясно, есть ли это: их покажет перечень по темам."
    return _found(library, cells, kept, {read.topic: read.asks is not Asks.LACKS}, sentence)


def asked_by_fields(library: Library, node: Node) -> DocumentsFound:
    """Answer a query of filters alone, a field of cells among them."""
    cells = cells_in(library)
    wanted = {t: f.name is FieldName.HAS for f in _fields(node) for t in f.values}
    parts = node.parts if isinstance(node, And) else (node,)
    sentence = f"Мы поняли так: документы, у которых {', '.join(told(part) for part in parts)}."
    return _found(library, cells, _within(library, node), wanted, sentence)


def _fields(node: Node) -> Iterable[Field]:
    for part in getattr(node, "parts", (node,)):
        if isinstance(part, Field) and part.name in {FieldName.HAS, FieldName.LACKS}:
            yield part


def _within(library: Library, node: Node | None) -> list[Summary]:
    """Return the documents with a clause that a filter lets through, newest first."""
    return sorted(through(library, library.documents(), node), key=lambda s: s.date or "", reverse=True)


def _answers(cells: LibraryCells, document: str, asked: Question) -> bool:
    status = cells.status(document, asked.topic)
    if asked.asks in {Asks.HAS, Asks.LACKS}:
        return status is (CellStatus.PRESENT if asked.asks is Asks.HAS else CellStatus.ABSENT)
    size = _size(cells.cell(document, asked.topic)) if status is CellStatus.PRESENT else None
    if size is None:
        return False
    if size == asked.days:
        return asked.or_as_long or asked.asks is Asks.AS_LONG
    return asked.asks is (Asks.LONGER if size > asked.days else Asks.SHORTER)


def _size(cell: KeptCell) -> float | None:
    return next((size for v in cell.values if (size := magnitude(v.value)) is not None), None)


def _understood(cells: LibraryCells, read: Question) -> str:
    label = cells.table.by_id[read.topic].label
    if read.asks is Asks.LACKS:
        return f"документы, в которых нет темы «{label}»"
    if read.asks is Asks.HAS:
        return f"документы, в которых есть тема «{label}»"
    words = _WORDS[read.asks]
    if read.or_as_long:
        words = "не меньше" if read.asks is Asks.LONGER else "не больше"
    return f"документы, где значение темы «{label}» {words}: {read.term}"


def _narrowed(filters: Sequence[Field | Not]) -> str:
    return f"; только {', '.join(map(told, filters))}" if filters else ""


def _found(
    library: Library, cells: LibraryCells, kept: Sequence[Summary], wanted: Mapping[str, bool], sentence: str
) -> DocumentsFound:
    known, on = lives(library), today()
    known.fetch(s.id for s in kept[:MOST])
    documents = tuple(
        AskedDocument(s.id, s.title, s.date, known.short(s.id, on), "; ".join(_why(cells, s, t) for t in wanted))
        for s in kept[:MOST]
    )
    places = [
        (s.id, eid)
        for s in kept
        for topic, has in wanted.items()
        if has and cells.status(s.id, topic) is CellStatus.PRESENT
        for eid, *_ in cells.cell(s.id, topic).provisions
    ]
    return DocumentsFound(documents, len(kept), tuple(library.clauses(list(dict.fromkeys(places)))), sentence)


def _why(cells: LibraryCells, about: Summary, topic: str) -> str:
    """Say what a document has on a topic: «Язык сотрудничества: русский (ст. 12)», «Язык сотрудничества: нет»."""
    cell, label = cells.cell(about.id, topic), cells.table.by_id[topic].label
    sure = "" if cell.confidence >= SURE else ", стоит проверить"
    if cell.status is not CellStatus.PRESENT:
        return f"{label}: {'нет' if cell.status is CellStatus.ABSENT else 'не ясно'}{sure}"
    where = ", ".join(place(about, eid) for eid, *_ in cell.provisions)
    return f"{label}: {brief(cell)} ({where}){sure}"

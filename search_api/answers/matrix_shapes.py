"""The matrix, a topic's wordings and a question in other agreements as the public contract has them at every door."""

from corpus.comparison.grades import Grade
from corpus.comparison.grid import CellStatus
from corpus.comparison.kept.matrix import Matrix, MatrixCell
from corpus.comparison.kept.others import OTHERS_PAGE, others
from corpus.comparison.kept.wordings import Wordings
from corpus.library import Library
from corpus.search import cursors
from corpus.values.value import Read
from search_api.answers.standing import Answered, ShortState


class MatrixDocumentAnswer(Answered):
    """A document of the matrix under its short name, and its state today."""

    id: str
    name: str
    title: str
    date: str | None
    state: ShortState | None


class MatrixTopicAnswer(Answered):
    """A topic of the matrix, and how many of all documents asked for have it, lack it, or cannot be told."""

    topic: str
    label: str
    present: int
    absent: int
    inconclusive: int


class MatrixCellAnswer(Answered):
    """What a document has on a topic; `brief` is one short reading, `confidence` that of the status (0 to 1)."""

    status: CellStatus
    eids: tuple[str, ...]
    value: Read | None
    confidence: float
    brief: str
    decided: bool


class MatrixAnswer(Answered):
    """A page of the matrix; `total` documents were asked for, `cursor` opens the next page."""

    documents: tuple[MatrixDocumentAnswer, ...]
    topics: tuple[MatrixTopicAnswer, ...]
    cells: dict[str, dict[str, MatrixCellAnswer]]
    total: int
    cursor: str | None = None


def matrix_answer(found: Matrix, cursor: str | None = None) -> MatrixAnswer:
    """Shape a page of the matrix."""
    return MatrixAnswer(
        documents=tuple(MatrixDocumentAnswer.model_validate(d) for d in found.documents),
        topics=tuple(MatrixTopicAnswer.model_validate(t) for t in found.topics),
        cells={d: {t: _cell(c) for t, c in row.items()} for d, row in found.cells.items()},
        total=found.total,
        cursor=cursor,
    )


def _cell(cell: MatrixCell) -> MatrixCellAnswer:
    return MatrixCellAnswer.model_construct(
        status=cell.status,
        eids=cell.eids,
        value=cell.value,
        confidence=cell.confidence,
        brief=cell.brief,
        decided=cell.decided,
    )


class WordingHolderAnswer(Answered):
    """A document with its clause; `grade` is against the first text of its wording."""

    document: str
    name: str
    year: str | None
    parties: tuple[str, ...]
    eid: str
    text: str
    grade: Grade
    state: ShortState | None


class SlotAnswer(Answered):
    """A place filled differently: terms of time and how many documents say each."""

    values: tuple[tuple[str, int], ...]


class WordingAnswer(Answered):
    """Variants of one wording; `grade` is against the usual wording, `years` the first and the last."""

    text: str
    grade: Grade
    holders: tuple[WordingHolderAnswer, ...]
    slots: tuple[SlotAnswer, ...]
    years: tuple[str, str] | None


class WordingsAnswer(Answered):
    """A topic over documents: wordings, the usual one first; documents without it as (id, name)."""

    topic: str
    label: str
    variants: tuple[WordingAnswer, ...]
    lacking: tuple[tuple[str, str], ...]
    unclear: tuple[tuple[str, str], ...]
    total: int


def wordings_answer(found: Wordings) -> WordingsAnswer:
    """Shape the wordings of a topic."""
    return WordingsAnswer.model_validate(found)


class OtherAgreementAnswer(Answered):
    """What another agreement has on a topic: its nearest clause; of an inconclusive cell it is only likely."""

    document: str
    name: str
    date: str | None
    status: CellStatus
    eid: str
    place: str
    text: str
    brief: str
    confidence: float
    decided: bool
    state: ShortState | None


class OthersAnswer(Answered):
    """A page of other agreements on a topic of a provision; `topics` are all of its topics as (id, label)."""

    document: str
    eid: str
    citation: str
    topic: str
    label: str
    topics: tuple[tuple[str, str], ...]
    agreements: tuple[OtherAgreementAnswer, ...]
    present: int
    absent: int
    inconclusive: int
    total: int
    cursor: str | None = None


def others_answer(
    library: Library, at: tuple[str, str], topic: str = "", limit: int = OTHERS_PAGE, cursor: str | None = None
) -> OthersAnswer:
    """Ask other agreements about a provision and shape a page of them; raise CursorError, NotFoundError."""
    mark = cursors.mark("others", at, topic)
    start = cursors.read(cursor, mark).offset if cursor else 0
    found = others(library, at, topic, start, limit)
    end = start + len(found.agreements)
    more = found.agreements and end < found.total
    following = cursors.write(end, (found.agreements[-1].document, ""), mark) if more else None
    return OthersAnswer.model_validate(found).model_copy(update={"cursor": following})

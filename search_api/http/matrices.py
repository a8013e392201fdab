"""Every document by every topic over HTTP; a topic's wordings; a question in other agreements."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from corpus.comparison.grid import CellStatus, MatrixOrder
from corpus.comparison.kept.matrix import PAGE, MatrixQuestion, matrix
from corpus.comparison.kept.others import OTHERS_PAGE
from corpus.comparison.kept.wordings import wordings
from corpus.library import Library
from corpus.search import cursors
from corpus.search.narrowing import documents_through
from search_api.answers.matrix_shapes import (
    MatrixAnswer,
    OthersAnswer,
    WordingsAnswer,
    matrix_answer,
    others_answer,
    wordings_answer,
)
from search_api.exports.matrix_files import MEDIA_TYPES, TITLE, matrix_file
from search_api.http.edge.parameters import DocumentId, Eid, Line, QueryText, Topic
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.http.export import attachment
from search_api.http.search import DocumentFilters
from search_api.service.access.asking import Opened

router = APIRouter(prefix="/api/v1", tags=["comparison"], route_class=Route)

FILES: dict[int | str, dict[str, object]] = {
    200: {"content": {form.partition(";")[0]: {} for form in MEDIA_TYPES.values()}},
}


class MatrixFilters(DocumentFilters):
    """Which documents and topics of the matrix are asked for, and in what order."""

    q: QueryText = Field("", description="Запрос, слова которого должны быть в документе; поля есть:тема, нет:тема")
    topic: list[Line] = Field([], max_length=200, description="Только эти темы")
    status: CellStatus | None = Field(None, description="Только документы, у которых темы в этом состоянии")
    sort: MatrixOrder = MatrixOrder.DATE

    def question(self, library: Library, start: int = 0, limit: int | None = None) -> MatrixQuestion:
        """Return what is asked of the library."""
        documents = documents_through(library, self.q, self.fields(library))
        return MatrixQuestion(documents, tuple(self.topic), self.status, self.sort, start, limit)


class MatrixQuery(MatrixFilters):
    """The matrix as asked over HTTP."""

    limit: int = Field(PAGE, ge=1, le=1000)
    cursor: str | None = None
    format: Literal["json", "csv", "xlsx"] = Field("json", description="csv и xlsx — файл со всеми документами")


@router.get(
    "/matrix",
    summary="Все документы по темам",
    response_model=MatrixAnswer,
    responses=FILES | documented("bad-query", "bad-cursor", "not-found", "invalid", "library-unavailable"),
)
def whole(request: Request, library: Opened, query: Annotated[MatrixQuery, Query()]) -> Response:
    """Say of every document what it has on every topic, from cells kept beside the documents."""
    if query.format != "json":
        found = matrix(library, query.question(library))
        site = str(request.base_url).rstrip("/")
        content = matrix_file(found, query.format, site)
        ids = [d.id for d in found.documents]
        return attachment(library, content, MEDIA_TYPES[query.format], f"{TITLE}.{query.format}", ids)
    mark = cursors.mark("matrix", query.model_dump(exclude={"limit", "cursor", "format"}))
    start = cursors.read(query.cursor, mark).offset if query.cursor else 0
    found = matrix(library, query.question(library, start, query.limit))
    end = start + len(found.documents)
    following = (
        cursors.write(end, (found.documents[-1].id, ""), mark) if found.documents and end < found.total else None
    )
    return Response(matrix_answer(found, following).model_dump_json(), media_type="application/json")


class WordingsQuery(DocumentFilters):
    """Which documents are asked how they word a topic."""

    q: QueryText = Field("", description="Запрос, слова которого должны быть в документе")


@router.get(
    "/topics/{topic}/wordings",
    summary="Как тема сказана в документах",
    responses=documented("bad-query", "not-found", "invalid", "library-unavailable"),
)
def worded(library: Opened, topic: Line, query: Annotated[WordingsQuery, Query()]) -> WordingsAnswer:
    """Say how documents word a topic: the usual wording, the others, slots, who lacks it."""
    return wordings_answer(wordings(library, topic, documents_through(library, query.q, query.fields(library))))


class OthersQuery(BaseModel):
    """On which topic other agreements are asked."""

    model_config = ConfigDict(extra="forbid")

    topic: Topic = Field("", description="Тема или её название; без неё — главная тема положения")
    limit: int = Field(OTHERS_PAGE, ge=1, le=1000)
    cursor: str | None = None


@router.get(
    "/documents/{document}/provisions/{eid}/others",
    summary="Этот вопрос в других соглашениях",
    responses=documented("bad-cursor", "not-found", "invalid", "library-unavailable"),
)
def in_others(library: Opened, document: DocumentId, eid: Eid, query: Annotated[OthersQuery, Query()]) -> OthersAnswer:
    """Say what every other agreement has on the topic of a provision, and its nearest clause, from kept cells."""
    return others_answer(library, (document, eid), query.topic, query.limit, query.cursor)

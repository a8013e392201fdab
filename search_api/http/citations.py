"""Citations over HTTP: read a text, references of a document, export."""

import time
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from corpus.citations import citechecking
from corpus.citations.answer_shapes import shape
from corpus.citations.answering import answer
from corpus.citations.citechecking import Checked, checked_shape
from corpus.citations.cited_text import LONGEST, MOST
from corpus.citations.resolve import references
from corpus.library import Library, Progress
from corpus.plain import Record
from search_api.answers.referenced import incoming_shape, reference_shape
from search_api.answers.standing import Standing, with_states
from search_api.answers.telling import day_of
from search_api.exports.forms import MEDIA_TYPES, exported, file_name
from search_api.http.edge.parameters import DocumentId, WrittenDay
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.http.export import attachment
from search_api.service.access.asking import Opened
from search_api.service.workers import Workers, Working, deadline

CHECK_SECONDS = 60.0
"""For a text of a million characters; one of 64,000 has what any request has."""


def checked(text: str, library: Library, working: Workers, progress: Progress | None = None) -> Checked:
    """Check a text, a long one with more time; raise TooSlowError."""
    until = deadline() if len(text) <= LONGEST else time.monotonic() + CHECK_SECONDS
    return citechecking.citecheck(text, library, working.texts.cited(text, until, MOST), until, progress)


router = APIRouter(prefix="/api/v1", tags=["citations"], route_class=Route)


class CitationsRequest(BaseModel):
    """A text to read."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=LONGEST, examples=["Согласно п. 2 ст. 8 Соглашения от 23.10.2008"])


@router.post(
    "/citations",
    summary="Ссылки в тексте",
    responses=documented("bad-query", "invalid", "too-slow", "busy", "library-unavailable"),
)
def citations(library: Opened, working: Working, request: CitationsRequest) -> list[Record]:
    """Find every citation of a text and resolve it against the library."""
    until = deadline()
    answers = answer(request.text, library, working.texts.cited(request.text, until), until)
    return list(with_states(list(shape(answers)), Standing(library)))


class CitecheckRequest(BaseModel):
    """A text to check."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=MOST, examples=["«Стороны несут расходы» (п. 2 ст. 8 Соглашения от 23.10.2008)."])
    on: WrittenDay = Field(default="", description="День, на который называются состояния; пусто — сегодня")


@router.post(
    "/citecheck",
    summary="Проверка ссылок и цитат текста",
    responses=documented("bad-query", "invalid", "too-slow", "busy", "library-unavailable"),
)
def citecheck(library: Opened, working: Working, request: CitecheckRequest) -> Record:
    """Check every citation and quotation of a text, and list what it cites, each with its state on a day."""
    day = day_of(request.on)
    return dict(with_states(checked_shape(checked(request.text, library, working)), Standing(library, day)))


@router.get(
    "/documents/{document}/references",
    summary="Ссылки документа",
    responses=documented("not-found", "invalid", "library-unavailable"),
)
def document_references(
    library: Opened,
    document: DocumentId,
    incoming: Annotated[bool, Query(description="Кто ссылается на документ")] = False,
) -> list[Record]:
    """List what a document cites, or what cites it."""
    if incoming:
        found = [incoming_shape(i) for i in references.incoming(document, library)]
    else:
        whole = library.get(document)
        found = [reference_shape(r) for r in references.outgoing(whole, references.resolver(library))]
    return list(with_states(found, Standing(library)))


@router.get(
    "/documents/{document}/export",
    summary="Выгрузка документа",
    responses=documented("bad-query", "not-found", "invalid", "library-unavailable"),
)
def export(
    library: Opened,
    document: DocumentId,
    form: Annotated[str, Query(alias="format", max_length=10, examples=["akn"])] = "akn",
    on: Annotated[WrittenDay | None, Query(description="Текст на этот день")] = None,
) -> Response:
    """Return a document as a file; with `on` as it stood on that day."""
    data = exported(library, document, form, None if on is None else day_of(on))
    return attachment(library, data, MEDIA_TYPES[form], file_name(document, form), [document])

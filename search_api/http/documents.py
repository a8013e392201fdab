"""Documents over HTTP: list, upload, read, delete, provisions."""

import hashlib
import json
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from corpus.effects.lives import lives
from corpus.library import Library, Other
from corpus.model import InstrumentType
from corpus.pages import pages_of
from corpus.plain import Record
from corpus.search import cursors
from ingest.withholding import reader
from search_api.answers.listing import Filters, Order, chosen
from search_api.answers.reading import placed
from search_api.answers.responses import DocumentAnswer, PlacedProvision, SummaryAnswer, summaries
from search_api.answers.standing import Standing
from search_api.answers.telling import DatedDocument, dated_answer, day_of
from search_api.answers.versioned import VersionsAnswer, versions_answer
from search_api.http.edge.parameters import Day, DocumentId, Eid, Line, Source, WrittenDay
from search_api.http.edge.problems import ProblemError, documented
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened
from search_api.service.tokens import origin_now

router = APIRouter(prefix="/api/v1/documents", tags=["documents"], route_class=Route)

Tag = Annotated[str | None, Header(alias="If-None-Match")]


class DocumentsQuery(BaseModel):
    """How a list of documents is narrowed, ordered and paged."""

    model_config = ConfigDict(extra="forbid")

    type: InstrumentType | None = None
    party: Line = Field("", description="Часть названия стороны")
    source: Source = Field("", description="Файл, в котором стоит документ")
    text: Line = Field("", description="Слова из названия, файла, номера или сторон")
    date_from: Day = ""
    date_to: Day = ""
    sort: Order = Order.SOURCE
    limit: int = Field(100, ge=1, le=1000)
    cursor: str | None = None

    def filters(self) -> Filters:
        """Return the narrowing alone."""
        return Filters(self.type or "", self.party, self.source, self.text, self.date_from, self.date_to)


def as_json(value: Any) -> bytes:
    """Write a shape as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _represented(library: Library, id_: str) -> bytes:
    document = library.get(id_)
    return as_json(Standing(library).stated(document).shape(pages_of(library, document)))


def entity_tag(content: bytes) -> str:
    """Build a strong validator of a representation."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def tagged(content: bytes, known: str | None) -> Response:
    """Answer with JSON content under its ETag, or 304 when the client has it."""
    tag = entity_tag(content)
    if known and (known.strip() == "*" or tag in [t.strip().removeprefix("W/") for t in known.split(",")]):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(content, media_type="application/json", headers={"ETag": tag})


@router.get(
    "",
    summary="Документы библиотеки",
    response_model=list[SummaryAnswer],
    responses=documented("bad-cursor", "invalid", "library-unavailable"),
)
def documents(
    request: Request,
    response: Response,
    library: Opened,
    query: Annotated[DocumentsQuery, Query()],
) -> list[Record]:
    """List documents; the next page is named by the Link header (rel="next"), the total by X-Total-Count."""
    question = cursors.mark("documents", query.model_dump(exclude={"limit", "cursor"}))
    listed = chosen(library.documents(), query.filters(), query.sort)
    first = 0
    if query.cursor:
        first = cursors.resume(cursors.read(query.cursor, question), [(s.id, "") for s in listed])
    page = listed[first : first + query.limit]
    response.headers["X-Total-Count"] = str(len(listed))
    if first + query.limit < len(listed):
        cursor = cursors.write(first + len(page), (page[-1].id, ""), question)
        url = request.url.include_query_params(cursor=cursor)
        response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
        response.headers["X-Next-Cursor"] = cursor
    return summaries(page, Standing(library))


@router.get(
    "/{document}",
    summary="Документ",
    response_model=DocumentAnswer | DatedDocument,
    responses=documented("bad-query", "not-found", "invalid", "library-unavailable")
    | {304: {"description": "Не изменился"}},
)
def document(
    library: Opened, document: DocumentId, known: Tag = None, on: Annotated[WrittenDay | None, Query()] = None
) -> Response:
    """Return a document with all its provisions, under an ETag; with `on` as it stood on that day."""
    if on is not None:
        return tagged(dated_answer(lives(library), document, day_of(on)).model_dump_json().encode(), known)
    return tagged(_represented(library, document), known)


@router.delete(
    "/{document}",
    summary="Удалить документ",
    status_code=204,
    responses=documented(
        "unauthorized",
        "forbidden",
        "not-found",
        "library-busy",
        "precondition-failed",
        "invalid",
        "library-unavailable",
    ),
)
def delete(
    library: Opened, author: Author, document: DocumentId, known: Annotated[str | None, Header(alias="If-Match")] = None
) -> None:
    """Remove a document; with If-Match only while it is the one that was read."""
    unchanged(library, document, known)
    library.delete(document)
    structlog.get_logger().info("deleted", author=author, document=document)


@router.get(
    "/{document}/provisions/{eid}",
    summary="Положение",
    response_model=PlacedProvision | DatedDocument,
    responses=documented("bad-query", "not-found", "invalid", "library-unavailable")
    | {304: {"description": "Не изменилось"}},
)
def provision(
    library: Opened,
    document: DocumentId,
    eid: Eid,
    known: Tag = None,
    on: Annotated[WrittenDay | None, Query()] = None,
) -> Response:
    """Return a provision with its citations, place and form in the source; with `on` as it stood on that day."""
    if on is not None:
        return tagged(dated_answer(lives(library), document, day_of(on), eid).model_dump_json().encode(), known)
    return tagged(placed(library, document, eid).model_dump_json().encode(), known)


@router.get(
    "/{document}/versions",
    summary="Версии файла документа",
    responses=documented("not-found", "invalid", "library-unavailable"),
)
def versions(library: Opened, document: DocumentId) -> VersionsAnswer:
    """Return the versions of the file a document stands in, the first put first."""
    return versions_answer(document, library.versions(document))


@router.post(
    "/{document}/versions/{number}",
    summary="Вернуть версию",
    responses=documented(
        "unauthorized",
        "forbidden",
        "not-found",
        "library-busy",
        "precondition-failed",
        "invalid",
        "library-unavailable",
    ),
)
def restore_version(
    library: Opened,
    author: Author,
    document: DocumentId,
    number: Annotated[int, Path(ge=1, le=1_000_000)],
    known: Annotated[str | None, Header(alias="If-Match")] = None,
) -> VersionsAnswer:
    """Put an earlier version back as a new one; with If-Match only while the document is the one that was read."""
    unchanged(library, document, known)
    fund = library.versions(document)[-1].origin.fund
    outcome = library.put(reader(library)(library.version(document, number)), Other.VERSION, origin_now(author, fund))
    structlog.get_logger().info("version restored", author=author, document=document, number=number)
    now = document if document in outcome.documents else next(iter(outcome.documents), document)
    return versions_answer(now, library.versions(now))


def unchanged(library: Library, document: str, known: str | None) -> None:
    """Raise a problem when a document is not the one that was read, by an If-Match."""
    if known and known.strip() != "*":
        tag = entity_tag(_represented(library, document))
        if tag not in [t.strip() for t in known.split(",")]:
            raise ProblemError("precondition-failed", "Документ изменился с тех пор, как вы его читали.")

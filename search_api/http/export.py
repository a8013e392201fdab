"""Files to take away: a document, or the hits of a search."""

from collections.abc import Iterable
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from corpus.plain import Record
from corpus.rights.admitted import Admitted
from corpus.rights.trail import exported as note_export
from corpus.search import search as searching
from corpus.search.answers import SearchOptions
from search_api.exports.forms import MEDIA_TYPES, exported, file_name
from search_api.exports.rendering import HIT_FORMATS
from search_api.http.edge.parameters import QueryText, SomeId
from search_api.http.edge.problems import ProblemError, documented
from search_api.http.edge.requests import Route
from search_api.http.search import SearchFilters
from search_api.service.access.asking import Opened

router = APIRouter(prefix="/api/v1", tags=["export"], route_class=Route)
MOST_HITS = 400
# Said without their parameters («charset»), as OpenAPI compares them.
_SENT = {form.partition(";")[0] for form in (*MEDIA_TYPES.values(), *(f.media_type for f in HIT_FORMATS.values()))}
FILE: dict[int | str, Record] = {
    200: {"description": "Файл", "content": {form: {} for form in sorted(_SENT)}},
}


class ExportQuery(SearchFilters):
    """A document by its id, or else the hits of `q` under the same filters as a search."""

    document: SomeId = Field("", description="Документ; вместе с q — где искать")
    q: QueryText = Field("", description="Запрос: выгрузить найденные положения")
    format: Literal["json", "akn", "md", "txt", "docx", "xlsx"] = "json"


def attachment(library: Admitted, content: bytes, media_type: str, name: str, documents: Iterable[str]) -> Response:
    """Note in the trail that documents are taken away; answer with a file to save, Russian letters allowed in its name.

    Called outside the loop of events.
    """
    note_export(library, library.person, content, name.rpartition(".")[2], documents)
    plain = name.encode("ascii", "ignore").decode().strip() or "svod"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})


@router.get(
    "/export",
    summary="Выгрузить документ или найденное",
    response_class=Response,
    responses=FILE | documented("not-acceptable", "not-found", "bad-query", "invalid", "library-unavailable"),
)
def export(library: Opened, query: Annotated[ExportQuery, Query()]) -> Response:
    """Write a document (json, akn, md, txt, docx) or the best hits of a search (docx, xlsx)."""
    searched = bool(query.q.strip())
    known = HIT_FORMATS if searched else MEDIA_TYPES
    if query.format not in known:
        raise ProblemError("not-acceptable", f"Вид {query.format} здесь не выгружается; есть {', '.join(known)}.")
    if searched:
        answer = searching.search(library, query.q, SearchOptions(limit=MOST_HITS, filters=query.conditions(library)))
        chosen = HIT_FORMATS[query.format]
        hits = answer.hits[: answer.whole] if answer.whole else answer.hits
        written = chosen.write(query.q, hits)
        return attachment(library, written, chosen.media_type, f"Найденное.{query.format}", [h.document for h in hits])
    if not query.document:
        raise ProblemError("invalid", "Назовите документ (document) или запрос (q).")
    content = exported(library, query.document, query.format)
    name = file_name(query.document, query.format)
    return attachment(library, content, MEDIA_TYPES[query.format], name, [query.document])

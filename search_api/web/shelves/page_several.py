"""What is done to several documents of the library: taken away as files, deleted, brought back."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from corpus.library import Library
from corpus.metadata.short_names import short_names
from ingest.withholding import settle
from search_api.exports.forms import exported, file_name
from search_api.http.edge.parameters import Id
from search_api.http.edge.problems import ProblemError
from search_api.http.edge.requests import Route
from search_api.http.export import attachment
from search_api.service.access.asking import Author, Opened
from search_api.web.page_library import library_view
from search_api.web.pages import render
from search_api.web.shelves.held import Listed
from search_api.web.strings import counted, text

router = APIRouter(include_in_schema=False, route_class=Route)
MOST = 900
"""Documents named in one request: a form holds a thousand fields."""
MOST_FILES = 100
"""Documents taken away at once: some seconds of writing."""
Several = Annotated[list[Id], Form(alias="d", max_length=MOST)]


@router.post("/library/remove")
def remove(
    request: Request,
    library: Opened,
    author: Author,
    documents: Several,
    query: Listed,
    *,
    sure: Annotated[bool, Form()] = False,
) -> Response:
    """Ask once whether to delete documents, then delete them; all can be brought back together."""
    names = _named(library, documents)
    if not names:
        return library_view(request, library, query, message=text("library.remove.none"))
    if not sure:
        return render(request, "sure.html", names=names)
    _delete(library, names)
    structlog.get_logger().info("deleted", author=author, documents=list(names))
    told = counted("library.gone", len(names))
    return library_view(request, library, query, gone=tuple(names), message=told)


@router.post("/library/bring-back")
def bring_back(request: Request, library: Opened, author: Author, documents: Several, query: Listed) -> Response:
    """Bring documents back that were deleted together."""
    kept = {d.summary.id for d in library.deleted()}
    back = [id_ for id_ in dict.fromkeys(documents) if id_ in kept]
    for each in back:
        library.restore(each)
    settle(library)  # what was decided of their repairs meanwhile
    structlog.get_logger().info("restored", author=author, documents=back)
    return library_view(request, library, query, message=counted("library.back", len(back)))


@router.post("/library/withdraw")
def withdraw(
    request: Request,
    library: Opened,
    author: Author,
    document: Annotated[list[Id], Form(max_length=MOST)],
    query: Listed,
) -> Response:
    """Take an upload back: delete the documents it brought."""
    present = {s.id for s in library.documents()}
    _delete(library, [id_ for id_ in dict.fromkeys(document) if id_ in present])
    structlog.get_logger().info("withdrawn", author=author, documents=document)
    return library_view(request, library, query, message=text("library.withdrawn"))


def _named(library: Library, documents: Iterable[str]) -> Mapping[str, str]:
    """Return the short names of those documents that are in the library."""
    wanted = set(documents)
    return short_names([s for s in library.documents() if s.id in wanted])


def _delete(library: Library, documents: Iterable[str]) -> None:
    for each in documents:
        library.delete(each)


@router.get("/library/take")
def take(
    library: Opened,
    documents: Annotated[list[Id], Query(alias="d", max_length=MOST)],
    form: Annotated[Literal["docx", "md", "txt", "json", "akn"], Query(alias="format")] = "docx",
) -> Response:
    """Answer with an archive of documents, each under its short name."""
    if len(documents) > MOST_FILES:
        raise ProblemError("invalid", text("library.take.many", most=MOST_FILES))
    names = _named(library, documents)
    packed = _packed(library, names.items(), form)
    return attachment(library, packed, "application/zip", f"{text('library.take.name')}.zip", names)


def _packed(library: Library, names: Iterable[tuple[str, str]], form: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for id_, name in names:
            archive.writestr(file_name(_fit(name), form), exported(library, id_, form))
    return packed.getvalue()


def _fit(name: str) -> str:
    """Make a name a file can have everywhere.

    >>> _fit('Приказ № 5/2: «о мёде»')
    'Приказ № 5-2- «о мёде»'
    """
    return "".join("-" if c in '/\\:*?"<>|' or not c.isprintable() else c for c in name).strip(" .")[:120] or "svod"

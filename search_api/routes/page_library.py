"""The library page: upload, list, delete with undo, health; signing in for writing."""

from typing import Annotated, Any
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from corpus.library import Library
from search_api.intake import take
from search_api.listing import Filters, Order, chosen
from search_api.opened import Opened
from search_api.pages import moment, render
from search_api.samples import sample_files, take_samples
from search_api.settings import MIB, Settings
from search_api.strings import TYPES, text
from search_api.tokens import COOKIE, Author
from search_api.workers import Working

router = APIRouter(include_in_schema=False)
PAGE = 50
DocumentField = Annotated[str, Form(max_length=200)]


def _page(request: Request, library: Library, status: int = 200, **more: Any) -> Response:
    settings: Settings = request.app.state.settings
    params = request.query_params
    filters = Filters(type=params.get("type", "") if params.get("type") in TYPES else "", text=params.get("text", ""))
    order = Order(params["sort"]) if params.get("sort") in list(Order) else Order.SOURCE
    every = library.documents()
    listed = chosen(every, filters, order)
    first = max(int(params["from"]), 0) if params.get("from", "").isdecimal() else 0
    kept = {"text": filters.text, "type": filters.type, "sort": order if order is not Order.SOURCE else ""}

    def href(at: int) -> str:
        return "/library?" + urlencode({k: v for k, v in {**kept, "from": at}.items() if v}) + "#list"

    context: dict[str, Any] = {"undo": None, "message": "", "outcomes": (), "undoable": ()} | more
    return render(
        request, "library.html", status, documents=listed[first : first + PAGE], total=len(listed),
        total_all=len(every), filters=filters, order=order, types=_types(every), health=library.health(),
        previous=href(max(first - PAGE, 0)) if first else "",
        next=href(first + PAGE) if first + PAGE < len(listed) else "",
        bin=[{"id": d.summary.id, "title": d.summary.title, "source": d.summary.source, "at": moment(d.at)}
             for d in library.deleted()],
        max_file=settings.max_file // MIB, samples=bool(sample_files()), **context,
    )  # fmt: skip


def _types(summaries: Any) -> list[str]:
    present = {s.type for s in summaries}
    return [name for name in TYPES if name in present]


@router.get("/library")
def library_page(
    request: Request,
    library: Opened,
    deleted: Annotated[str, Query(max_length=200)] = "",
    restored: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Show what the library holds; `deleted` and `restored` name the document that was a moment ago."""
    kept = next((d.summary for d in library.deleted() if d.summary.id == deleted), None) if deleted else None
    back = next((s for s in library.documents() if s.id == restored), None) if restored else None
    told = text("library.restored", title=back.title) if back else ""
    return _page(request, library, undo=kept, message=told)


@router.post("/library")
def upload_page(
    request: Request, library: Opened, working: Working, author: Author, files: Annotated[list[UploadFile], File()]
) -> Response:
    """Store files and say what became of each; a fragment where the page's script asks."""
    settings: Settings = request.app.state.settings
    outcomes = take(library, ((f.filename or "", f.file) for f in files), working.parsing, settings.max_file)
    structlog.get_logger().info("uploaded", author=author, files=len(files))
    if request.headers.get("x-fragment"):
        return render(request, "outcomes.html", outcomes=outcomes)
    return _page(request, library, outcomes=outcomes)


@router.post("/library/samples")
def samples(request: Request, library: Opened, working: Working, author: Author) -> Response:
    """Store the sample agreements."""
    outcomes = take_samples(library, working.parsing)
    structlog.get_logger().info("samples", author=author)
    return _page(request, library, outcomes=outcomes)


@router.post("/library/delete")
def delete(library: Opened, author: Author, document: DocumentField) -> Response:
    """Delete a document; it can be brought back for thirty days."""
    library.delete(document)
    structlog.get_logger().info("deleted", author=author, document=document)
    return RedirectResponse("/library?" + urlencode({"deleted": document}), 303)


@router.post("/library/undo")
def undo(library: Opened, author: Author, document: DocumentField) -> Response:
    """Bring a deleted document back."""
    library.restore(document)
    structlog.get_logger().info("restored", author=author, document=document)
    return RedirectResponse("/library?" + urlencode({"restored": document}), 303)


@router.post("/library/forget")
def forget(library: Opened, author: Author, document: DocumentField) -> Response:
    """Give a deleted document up for good."""
    library.forget(document)
    structlog.get_logger().info("forgotten", author=author, document=document)
    return RedirectResponse("/library#bin", 303)


@router.post("/library/withdraw")
def withdraw(
    request: Request, library: Opened, author: Author, document: Annotated[list[str], Form(max_length=200)]
) -> Response:
    """Take an upload back: delete the documents it brought."""
    present = {s.id for s in library.documents()}
    for each in document:
        if each in present:
            library.delete(each)
    structlog.get_logger().info("withdrawn", author=author, documents=document)
    return _page(request, library, message=text("library.withdrawn"))


@router.get("/login")
def login_page(request: Request, out: bool = False) -> Response:
    """Ask for the token; `out` forgets the one that is kept."""
    if out:
        response: Response = RedirectResponse("/", 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response
    return render(request, "login.html", wrong=False)


@router.post("/login")
def login(request: Request, token: Annotated[str, Form(max_length=400)]) -> Response:
    """Keep a known token in a cookie that no script can read."""
    if request.app.state.tokens.author(token.strip()) is None:
        return render(request, "login.html", 401, wrong=True)
    response = RedirectResponse("/library", 303)
    secure = request.url.scheme == "https"
    response.set_cookie(
        COOKIE, token.strip(), httponly=True, samesite="strict", secure=secure, max_age=60 * 60 * 24 * 30
    )
    return response

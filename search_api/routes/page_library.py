"""The library page: upload, list, delete with undo, health; signing in for writing."""

from typing import Annotated, Any
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from corpus.library import Library
from search_api.bin import Bin
from search_api.intake import take
from search_api.listing import Filters, Order, chosen
from search_api.opened import Opened
from search_api.pages import render
from search_api.samples import sample_files, take_samples
from search_api.settings import MIB, Settings
from search_api.strings import TYPES, text
from search_api.tokens import COOKIE, Author

router = APIRouter(include_in_schema=False)
PAGE = 50
_bin = Bin()


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

    context: dict[str, Any] = {"deleted": None, "message": "", "outcomes": ()} | more
    return render(
        request, "library.html", status, documents=listed[first : first + PAGE], total=len(listed),
        total_all=len(every), filters=filters, order=order, types=_types(every), health=library.health(),
        previous=href(max(first - PAGE, 0)) if first else "",
        next=href(first + PAGE) if first + PAGE < len(listed) else "",
        max_file=settings.max_file // MIB, samples=bool(sample_files()), **context,
    )  # fmt: skip


def _types(summaries: Any) -> list[str]:
    present = {s.type for s in summaries}
    return [name for name in TYPES if name in present]


@router.get("/library")
def library_page(request: Request, library: Opened, deleted: Annotated[str, Query(max_length=64)] = "") -> Response:
    """Show what the library holds."""
    kept = _bin.peek(deleted) if deleted else None
    return _page(request, library, deleted={"token": deleted, "title": kept.title} if kept else None)


@router.post("/library")
def upload_page(
    request: Request, library: Opened, author: Author, files: Annotated[list[UploadFile], File()]
) -> Response:
    """Store files and say what became of each; a fragment where the page's script asks."""
    settings: Settings = request.app.state.settings
    outcomes = take(library, ((f.filename or "", f.file) for f in files), settings.max_file)
    structlog.get_logger().info("uploaded", author=author, files=len(files))
    if request.headers.get("x-fragment"):
        return render(request, "outcomes.html", outcomes=outcomes)
    return _page(request, library, outcomes=outcomes)


@router.post("/library/samples")
def samples(request: Request, library: Opened, author: Author) -> Response:
    """Store the sample agreements."""
    outcomes = take_samples(library)
    structlog.get_logger().info("samples", author=author)
    return _page(request, library, outcomes=outcomes)


@router.post("/library/delete")
def delete(library: Opened, author: Author, document: Annotated[str, Form(max_length=200)]) -> Response:
    """Delete a document; it can be brought back for a while."""
    token = _bin.delete(library, document)
    structlog.get_logger().info("deleted", author=author, document=document)
    return RedirectResponse(f"/library?deleted={token}", 303)


@router.post("/library/undo")
def undo(request: Request, library: Opened, author: Author, token: Annotated[str, Form(max_length=64)]) -> Response:
    """Bring a deleted document back."""
    title = _bin.restore(library, token)
    structlog.get_logger().info("restored", author=author, title=title)
    told = text("library.undo.gone") if title is None else text("library.restored", title=title)
    return _page(request, library, 410 if title is None else 200, message=told)


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

"""The library page: upload, list, delete with undo, health."""

import asyncio
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from pydantic import StringConstraints

from corpus.library import Library, Other
from corpus.plain import Record
from corpus.search.filling import told
from ingest.withholding import settle
from search_api.http.edge.parameters import Id, SomePath
from search_api.http.edge.requests import Route
from search_api.http.jobs import begun
from search_api.service.access.asking import Author, Opened
from search_api.service.intake import Taking
from search_api.service.samples import sample_files, take_samples
from search_api.service.settings import MIB, Settings
from search_api.service.tokens import origin_now
from search_api.service.workers import Working
from search_api.web.pages import moment, render
from search_api.web.shelves.held import Listed, ListQuery, held, offers
from search_api.web.strings import text
from search_api.web.upload_told import lines

router = APIRouter(include_in_schema=False, route_class=Route)
TOLD = "text/event-stream"
"""Of this kind alone nothing is held back to be compressed."""
DocumentField = Annotated[Id, Form()]
Fund = Annotated[str, StringConstraints(max_length=40)]


def library_view(request: Request, library: Library, query: ListQuery, **more: Any) -> Response:
    """Render the page; `more` tells what was just done."""
    settings: Settings = request.app.state.settings
    every = library.documents()
    context: Record = {"undo": None, "message": "", "outcomes": (), "gone": ()} | more
    return render(
        request,
        "library.html",
        held=held(library, every, query),
        offers=offers(every),
        query=query,
        health=library.health(),
        semantic=told(library),
        bin=[
            {"id": d.summary.id, "title": d.summary.title, "source": d.summary.source, "at": moment(d.at)}
            for d in library.deleted()
        ],
        max_file=settings.max_file // MIB,
        samples=bool(sample_files()),
        **context,
    )


@router.get("/library")
def library_page(request: Request, library: Opened, query: Listed) -> Response:
    """Show what the library holds."""
    gone, here = query.deleted, query.restored
    kept = next((d.summary for d in library.deleted() if d.summary.id == gone), None) if gone else None
    back = next((s for s in library.documents() if s.id == here), None) if here else None
    told = text("library.restored", title=back.title) if back else ""
    return library_view(request, library, query, undo=kept, message=told)


def _taking(
    request: Request, author: Author, other: Annotated[Other, Form()] = Other.REFUSE, fund: Annotated[Fund, Form()] = ""
) -> Taking:
    settings: Settings = request.app.state.settings
    return Taking(settings.max_file, origin_now(author, fund), other)


@router.post("/library")
async def upload_page(
    request: Request,
    library: Opened,
    working: Working,
    taking: Annotated[Taking, Depends(_taking)],
    files: Annotated[list[UploadFile], File()],
    query: Listed,
) -> Response:
    """Store files and say what became of each; the page's script asks for a fragment, or to be told how it goes."""
    job = begun(library, working, request.app.state.jobs, taking, files)
    structlog.get_logger().info("uploaded", author=taking.origin.author, files=len(files))
    if TOLD in request.headers.get("accept", ""):

        def shown() -> str:
            return bytes(render(request, "outcomes.html", outcomes=job.future.result()).body).decode()

        return StreamingResponse(lines(job, shown), media_type=TOLD)
    outcomes = await asyncio.wrap_future(job.future)
    if request.headers.get("x-fragment"):
        return render(request, "outcomes.html", outcomes=outcomes)
    return await run_in_threadpool(partial(library_view, request, library, query, outcomes=outcomes))


@router.post("/library/samples")
def samples(request: Request, library: Opened, working: Working, author: Author, query: Listed) -> Response:
    """Store the sample agreements."""
    outcomes = take_samples(library, working.parsing, origin_now(author))
    structlog.get_logger().info("samples", author=author)
    return library_view(request, library, query, outcomes=outcomes)


@router.post("/library/delete")
def delete(library: Opened, author: Author, document: DocumentField) -> Response:
    """Delete a document; it can be brought back for thirty days."""
    library.delete(document)
    structlog.get_logger().info("deleted", author=author, document=document)
    return RedirectResponse("/library?" + urlencode({"deleted": document}), 303)


@router.post("/library/undo")
def undo(library: Opened, author: Author, document: DocumentField, back: Annotated[SomePath, Form()] = "") -> Response:
    """Bring a deleted document back, and go `back` to its page where its link was followed."""
    library.restore(document)
    settle(library)  # what was decided of its repairs meanwhile
    structlog.get_logger().info("restored", author=author, document=document)
    return RedirectResponse(back or "/library?" + urlencode({"restored": document}), 303)


@router.post("/library/forget")
def forget(
    request: Request,
    library: Opened,
    author: Author,
    document: DocumentField,
    *,
    sure: Annotated[bool, Form()] = False,
) -> Response:
    """Ask, with the title, and then give a deleted document up for good."""
    gone = next((d.summary for d in library.deleted() if d.summary.id == document), None)
    if gone is not None and not sure:
        return render(request, "forget.html", gone=gone)
    library.forget(document)
    structlog.get_logger().info("forgotten", author=author, document=document)
    return RedirectResponse("/library#bin", 303)

"""Liveness and readiness."""

from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, Request
from pydantic import Field

from corpus.errors import LibraryUnavailableError
from corpus.library import Library
from corpus.search.filling import told
from ingest.confined import landlock, seccomp
from search_api.answers.responses import Answer
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.service.opened import Shelf

CONFINED = (
    "limits",
    "audit",
    *(("seccomp",) if seccomp.supported() else ()),
    *((f"landlock-{landlock.version()}",) if landlock.version() else ()),
)
"""What holds the children that read files: limits, Python's hooks, a filter of system calls, Landlock (its version)."""
router = APIRouter(tags=["health"], route_class=Route)


class Alive(Answer):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(Answer):
    """The library answers."""

    status: Literal["ready"] = "ready"
    engine: str
    documents: int | None = Field(description="Сколько видит тот, кто спрашивает")
    clauses: int | None
    detail: str = ""
    semantic: Annotated[str, Field(description="Сколько видно положений с векторами; или почему их нет")] = ""
    confined: tuple[str, ...] = Field((), description="Чем удерживаются процессы, читающие файлы")


@router.get("/health/live", summary="Процесс отвечает")
async def live() -> Alive:
    """Say that the process answers, waiting for no thread of those that work."""
    return Alive()


@router.get("/health/ready", summary="Библиотека отвечает", responses=documented("library-unavailable"))
async def ready(request: Request) -> Ready:
    """Say whether the library answers and how much it holds; asked in threads that nothing else may take."""
    return await to_thread.run_sync(_ready, request, limiter=request.app.state.access.limiter)


def _ready(request: Request) -> Ready:
    shelf: Shelf = request.app.state.shelf
    seen: Library | None = request.state.library
    health = (seen or shelf.fetch()).health()
    if not health.ready:
        raise LibraryUnavailableError(health.detail or "Библиотека не отвечает.")
    if seen is None:
        return Ready(engine=health.engine, documents=None, clauses=None, confined=CONFINED)
    return Ready(
        engine=health.engine,
        documents=health.documents,
        clauses=health.clauses,
        detail=health.detail,
        semantic=told(seen),
        confined=CONFINED,
    )

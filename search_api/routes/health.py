"""Liveness and readiness."""

from typing import Literal

from fastapi import APIRouter, Request

from corpus.errors import LibraryUnavailableError
from search_api.opened import Shelf
from search_api.problems import documented
from search_api.responses import Answer

router = APIRouter(tags=["health"])


class Alive(Answer):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(Answer):
    """The library answers."""

    status: Literal["ready"] = "ready"
    engine: str
    documents: int
    clauses: int
    detail: str = ""


@router.get("/health/live", summary="Процесс отвечает")
async def live() -> Alive:
    """Say that the process answers, beside the threads that may all be at work."""
    return Alive()


@router.get("/health/ready", summary="Библиотека отвечает", responses=documented("library-unavailable"))
def ready(request: Request) -> Ready:
    """Say whether the library answers and how much it holds."""
    shelf: Shelf = request.app.state.shelf
    health = shelf.fetch().health()
    if not health.ready:
        raise LibraryUnavailableError(health.detail or "Библиотека не отвечает.")
    return Ready(engine=health.engine, documents=health.documents, clauses=health.clauses, detail=health.detail)

"""Liveness and readiness."""

from typing import Literal

from fastapi import APIRouter, Request

from corpus.errors import LibraryUnavailableError
from search_api.answers.responses import Answer
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.service.opened import Shelf

router = APIRouter(tags=["health"], route_class=Route)


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
    """Say that the process answers, waiting for no thread of those that work."""
    return Alive()


@router.get("/health/ready", summary="Библиотека отвечает", responses=documented("library-unavailable"))
def ready(request: Request) -> Ready:
    """Say whether the library answers and how much it holds."""
    shelf: Shelf = request.app.state.shelf
    health = shelf.fetch().health()
    if not health.ready:
        raise LibraryUnavailableError(health.detail or "Библиотека не отвечает.")
    return Ready(engine=health.engine, documents=health.documents, clauses=health.clauses, detail=health.detail)

"""The page of every document by every topic."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field, field_validator

from corpus.comparison.grid import CellStatus, MatrixOrder
from corpus.comparison.kept.matrix import matrix
from corpus.topics.folds import folded_up
from corpus.topics.own_topics import topics_in
from search_api.http.edge.requests import Route
from search_api.http.matrices import MatrixFilters
from search_api.service.access.asking import Opened
from search_api.web.pages import render
from search_api.web.strings import TYPES

router = APIRouter(include_in_schema=False, route_class=Route)
PAGE = 30
"""Documents a page shows: with forty topics some 100 kB."""


class MatrixPage(MatrixFilters):
    """The matrix as a page asks for it: what a form leaves empty is not asked."""

    first: int = Field(0, alias="from", ge=0, le=1_000_000)

    @field_validator("type", "status", mode="before")
    @classmethod
    def _empty(cls, value: object) -> object:
        return value or None

    @field_validator("topic", mode="after")
    @classmethod
    def _named(cls, value: list[str]) -> list[str]:
        return [topic for topic in value if topic]


@router.get("/matrix")
def matrix_page(request: Request, library: Opened, query: Annotated[MatrixPage, Query()]) -> Response:
    """Show what every document has on every topic, a page at a time."""
    found = matrix(library, query.question(library, query.first, PAGE))
    kept = query.model_dump(exclude={"first"}, exclude_defaults=True, mode="json")
    known = topics_in(library).by_id

    def href(at: int = 0) -> str:
        asked = urlencode({**kept, **({"from": at} if at else {})}, doseq=True)
        return "/matrix" + (f"?{asked}" if asked else "")

    return render(
        request,
        "matrix.html",
        found=found,
        query=query,
        page=PAGE,
        href=href,
        export="/api/v1/matrix?" + urlencode(kept, doseq=True),
        folds={name: [known[t] for t in topics] for name, topics in folded_up(known).items()},
        types=TYPES,
        statuses=tuple(CellStatus),
        orders=tuple(MatrixOrder),
    )

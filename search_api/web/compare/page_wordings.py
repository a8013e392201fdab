"""The page of a topic: its usual wording, who has it, who lacks it, who differs."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from corpus.comparison.kept.wordings import wordings
from corpus.search.narrowing import documents_through
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Opened
from search_api.web.compare.page_matrix import MatrixPage
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)


@router.get("/matrix/{topic}")
def wordings_page(request: Request, library: Opened, topic: str, query: Annotated[MatrixPage, Query()]) -> Response:
    """Show how the documents chosen word a topic."""
    found = wordings(library, topic, documents_through(library, query.q, query.fields(library)))
    kept = query.model_dump(exclude={"first", "topic", "status", "sort"}, exclude_defaults=True, mode="json")
    asked = urlencode(kept, doseq=True)
    return render(request, "wordings.html", found=found, back="/matrix" + (f"?{asked}" if asked else ""), asked=asked)

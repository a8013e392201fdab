"""The trail as a page for admins."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from search_api.http.edge.requests import Route
from search_api.service.access.asking import Admin, Opened
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)
PAGE = 100


@router.get("/audit")
def audit_page(
    request: Request,
    library: Opened,
    admin: Admin,
    before: Annotated[str, Query(max_length=60, pattern="^[0-9a-f-]*$")] = "",
) -> Response:
    """Show who did what, the last first."""
    del admin
    notes = library.trail(before, PAGE + 1)
    blank = dict.fromkeys(("at", "who", "act", "what"), "")
    rows = [{**blank, **note.said} for note in notes[:PAGE]]
    older = notes[PAGE - 1].place if len(notes) > PAGE else ""
    return render(request, "audit.html", notes=rows, older=older)

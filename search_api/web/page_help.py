"""«Справка»."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from search_api.http.edge.requests import Route
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)


@router.get("/help")
def help_page(request: Request) -> Response:
    """Show how to search, cite and compare."""
    return render(request, "help.html")

"""«Справка»."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.library import Library, Summary
from search_api.http.edge.requests import Route
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)


@router.get("/help")
def help_page(request: Request) -> Response:
    """Show how to search, cite and compare."""
    return render(request, "help.html", example=_example(request.state.library))


def _example(library: Library | None) -> Summary | None:
    """Return a document that examples can name; None for who may see none, or where the library does not answer."""
    if library is None or not library.health().ready:
        return None
    return next(iter(library.documents()), None)

"""The comparison pages: choosing documents, the table of subjects and documents."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from search_api.listing import Filters, Order, chosen
from search_api.opened import Opened
from search_api.pages import render

router = APIRouter(include_in_schema=False)


@router.get("/compare")
def choose(
    request: Request, library: Opened, d: Annotated[list[str] | None, Query()] = None, go: bool = False
) -> Response:
    """Choose documents; two or more chosen lead to their comparison."""
    picked = list(dict.fromkeys(d or []))
    if len(picked) > 1:
        return RedirectResponse("/compare/" + "…".join(picked), 303)
    documents = chosen(library.documents(), Filters(), Order.TITLE)
    return render(request, "choose.html", documents=documents, chosen=picked, few=go)

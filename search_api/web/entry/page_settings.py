"""What a reader sets: kept in cookies of this browser."""

from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from search_api.http.edge.parameters import Back, Words
from search_api.http.edge.requests import Route
from search_api.service.access.asking import NAME_COOKIE, named
from search_api.web.pages import CHOICES

router = APIRouter(include_in_schema=False, route_class=Route)
YEAR = 60 * 60 * 24 * 365
Name = Annotated[str, Form(max_length=60)]


@router.post("/preferences")
def preferences(
    theme: Annotated[Words, Form()] = "",
    keys: Annotated[Words, Form()] = "",
    density: Annotated[Words, Form()] = "",
    page: Annotated[Words, Form()] = "",
    name: Name = "",
    back: Annotated[Back, Form()] = "/",
) -> Response:
    """Keep what was told, leave the rest, and go back."""
    split = urlsplit(back)
    local = not split.scheme and not split.netloc and back.startswith("/") and not back.startswith(("//", "/\\"))
    response = RedirectResponse(back if local else "/", 303)
    for key, value in {"theme": theme, "keys": keys, "density": density, "page": page}.items():
        if value in CHOICES[key]:
            response.set_cookie(f"svod_{key}", value, max_age=YEAR, samesite="lax")
    if told := named(name):
        response.set_cookie(NAME_COOKIE, quote(told, safe=""), max_age=YEAR, samesite="lax", httponly=True)
    return response

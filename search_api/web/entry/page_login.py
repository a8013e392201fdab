"""Coming in by a key, going out here or everywhere."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from corpus.library import Library
from corpus.rights import keys
from corpus.rights.people import Person, UserRole
from corpus.rights.trail import noted
from search_api.http.edge.problems import ProblemError
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Access, cookie_name, known_person, whole_library
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)


@router.get("/login")
def login_page(request: Request) -> Response:
    """Ask for the key."""
    return _asked(request, wrong=False)


@router.post("/login")
def login(request: Request, token: Annotated[str, Form(max_length=400)]) -> Response:
    """Begin a session of whoever has the key; raise ProblemError to who errs too often."""
    access: Access = request.app.state.access
    not_too_often(request, "Слишком много неверных ключей")
    entries, token = access.entries(), token.strip()
    person = keys.holder(entries, token)
    name = person.name if person else access.tokens.author(token)
    if name is None:
        refused(request)
        return _asked(request, wrong=True)
    return begin(request, name, RedirectResponse("/", 303))


def _asked(request: Request, *, wrong: bool) -> Response:
    access: Access = request.app.state.access
    return render(request, "login.html", 401 if wrong else 200, wrong=wrong, firm=access.provider is not None)


def not_too_often(request: Request, told: str) -> None:
    """Raise ProblemError, in words of what went wrong, to who errs too often."""
    access: Access = request.app.state.access
    if wait := access.slowing.waits(_address(request)):
        raise ProblemError("too-many", f"{told}. Повторите через {wait} с.", {"Retry-After": str(wait)})


def refused(request: Request, **why: str) -> None:
    """Count, log and note in the trail a login that was refused."""
    access: Access = request.app.state.access
    address = _address(request)
    access.slowing.erred(address)
    structlog.get_logger().warning("wrong login", address=address, **why)
    noted(whole_library(request), Person("", UserRole.READER, via=address), "login-refused")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def begin(request: Request, name: str, response: Response) -> Response:
    """Begin a session with an answer, and end the one this browser had."""
    library, access = whole_library(request), request.app.state.access
    access.slowing.succeeded(_address(request))
    _end(request, library)
    hours = request.app.state.settings.session_hours
    secret, session = keys.issue(library, keys.SESSION, name, hours / 24)
    noted(library, Person(name, UserRole.READER, via=session.id), "login")
    response.set_cookie(
        cookie_name(request), secret, httponly=True, samesite="strict", secure=request.url.scheme == "https",
        max_age=int(hours * 3600), path="/",
    )  # fmt: skip
    return response


@router.post("/logout")
def logout(request: Request, everywhere: Annotated[bool, Form()] = False) -> Response:
    """End this session, or every session of its user."""
    library, person = whole_library(request), known_person(request)
    if person is not None and person.limited:
        keys.end_sessions(library, person.name, "" if everywhere else person.via)
        noted(library, person, "logout", "everywhere" if everywhere else "")
    response: Response = RedirectResponse("/login", 303)
    response.delete_cookie(cookie_name(request), path="/", httponly=True, samesite="strict",
                           secure=request.url.scheme == "https")  # fmt: skip
    return response


def _end(request: Request, library: Library) -> None:
    person = known_person(request)
    if person is not None and person.limited and cookie_name(request) in request.cookies:
        keys.end_sessions(library, person.name, person.via)

"""Coming in by the firm's own login: there, and back."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from corpus.errors import ForbiddenError, NotFoundError
from corpus.rights.people import USER
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Access
from search_api.service.access.provider import Begun, Provider, begun_now
from search_api.web.entry.page_login import begin, not_too_often, refused
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)
MINUTES = 10
"""A login must come back within so many."""
NOT_HERE = "Этот вход начат не здесь, прерван или устарел. Начните со страницы «Вход»."


@router.get("/login/firm")
def there(request: Request) -> Response:
    """Send the browser to the firm's provider."""
    begun = begun_now()
    answer = RedirectResponse(_provider(request).address(begun, _back(request)), 303)
    secure = request.url.scheme == "https"
    # Lax, not Strict: what the provider sends back comes from another site.
    answer.set_cookie(
        _cookie(request), begun.kept(), httponly=True, samesite="lax", secure=secure, max_age=MINUTES * 60, path="/"
    )
    return answer


@router.get("/login/back")
def back(
    request: Request,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
    iss: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Begin a session of whom the provider names; he must be among the users."""
    not_too_often(request, "Слишком много неудачных входов")
    begun = Begun.read(request.cookies.get(_cookie(request), ""))
    if begun is None:  # nor counted: a foreign page could have this browser ask, without the cookie
        raise ForbiddenError(NOT_HERE)
    try:
        name = _named(request, begun, (state, code, iss))
    except ForbiddenError as error:
        refused(request, why=type(error.__cause__ or error).__name__)
        raise
    # A page, not a redirect: a browser that came from another site sends a Strict cookie only from the next page on.
    answer = begin(request, name, render(request, "entered.html"))
    answer.delete_cookie(
        _cookie(request), path="/", httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
    return answer


def _named(request: Request, begun: Begun, told: tuple[str, str, str]) -> str:
    """Return the user whom what came back names; raise ForbiddenError for nobody, or for what is not to be believed."""
    provider, (state, code, iss) = _provider(request), told
    if not hmac.compare_digest(begun.state.encode(), state.encode()) or not code:
        raise ForbiddenError(NOT_HERE)
    if iss not in {"", provider.issuer}:  # RFC 9207
        raise ForbiddenError("Ответила не та служба входа. Начните со страницы «Вход».")
    name = provider.name(code, begun, _back(request))
    if not any(e["register"] == USER and e["key"] == name for e in _access(request).entries()):
        raise ForbiddenError(f"«{name[:60]}» не пользователь Свода. Их заводит администратор: svod users add.")
    return name


def _access(request: Request) -> Access:
    found: Access = request.app.state.access
    return found


def _provider(request: Request) -> Provider:
    provider = _access(request).provider
    if provider is None:
        raise NotFoundError("Вход через службу фирмы не настроен: SVOD_OIDC_ISSUER.")
    return provider


def _back(request: Request) -> str:
    return f"{request.base_url}login/back"


def _cookie(request: Request) -> str:
    return "__Host-svod-login" if request.url.scheme == "https" else "svod_login"

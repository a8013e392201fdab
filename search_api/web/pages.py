"""Rendering of pages: the templates' environment and what every page knows."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from corpus.effects.standing import NAMES
from corpus.errors import SvodError
from corpus.lexicon.dates import in_digits
from corpus.library import KEPT, Deleted
from corpus.metadata.short_names import short_name
from corpus.plain import JsonObject
from corpus.rights.people import UserRole
from search_api.service.access.asking import known_person, own_name
from search_api.web import strings

_SENTENCE = re.compile(r"(?<=[.!?])\s(?=[А-ЯЁA-Z])")
_TERMINAL = re.compile(
    r"\bsvod [a-z]|\bocrmypdf\b|\bSVOD_[A-Z]|Authorization|Bearer|\b[a-z]{1,20}(?:-[a-z0-9]{1,40}){3}"
)
"""What is typed in a terminal or sent by a program, and identifiers of documents."""
_UNSAID = {"not-found": "error.gone"}
_OF_A_DOCUMENT = re.compile(r"/d/([a-z0-9-]{1,200})(?:/|$)")
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "theme": ("system", "light", "dark"),
    "density": ("roomy", "close"),
    "page": ("10", "20", "50"),
    "keys": ("on", "off"),
}
"""What a reader may choose; the first of each is the usual. `page` is hits shown at once."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("search_api.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        t=strings.text,
        counted=strings.counted,
        KINDS=strings.KINDS,
        TYPES=strings.TYPES,
        FIELDS=strings.FIELDS,
        FACETS=strings.FACETS,
        SORTS=strings.SORTS,
        ORDERS=strings.ORDERS,
        OUTCOMES=strings.OUTCOMES,
        OTHERS=strings.OTHERS,
        STATES={str(state): name for state, name in NAMES.items()},
        RULES=strings.RULES,
        KEYS=strings.KEYS,
        ENGINES=strings.ENGINES,
        ACTS=strings.ACTS,
        CHOICES=CHOICES,
        short_name=short_name,
    )
    environment.filters["day"] = day
    environment.filters["kept_until"] = kept_until
    return environment


def read_templates() -> None:
    """Read and compile every template: some 20 ms each."""
    for name in _environment().list_templates():
        _environment().get_template(name)


def day(date: str | None) -> str:
    """Write an ISO date the Russian way.

    >>> day("2008-10-23"), day(None)
    ('23.10.2008', '')
    """
    return in_digits(date) if date else ""


def moment(at: int) -> str:
    """Write a moment (seconds of the epoch) as day and time of this machine.

    >>> len(moment(0))
    16
    """
    return datetime.fromtimestamp(at).astimezone().strftime("%d.%m.%Y %H:%M")


def kept_until(gone: Deleted) -> str:
    """Write the day until which a deleted document can be brought back."""
    return datetime.fromtimestamp(gone.at + KEPT).astimezone().strftime("%d.%m.%Y")


def choices(request: Request) -> dict[str, str]:
    """Return what the reader chose, told by the browser's cookies."""
    told = {name: request.cookies.get(f"svod_{name}", "") for name in CHOICES}
    return {name: told[name] if told[name] in known else known[0] for name, known in CHOICES.items()}


def wants_page(request: Request) -> bool:
    """Say whether a person reads the answer, in the browser's window or through the page's script (htmx)."""
    if request.url.path.startswith(("/api/", "/health/", "/static/")):
        return False
    return "text/html" in request.headers.get("accept", "") or request.headers.get("hx-request") == "true"


def render(
    request: Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """Render a page."""
    person = known_person(request)
    chosen = choices(request)
    html = (
        _environment()
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            asset=request.app.state.assets.url,
            theme=chosen["theme"],
            density=chosen["density"],
            keys=chosen["keys"] == "on",
            choices=chosen,
            named=own_name(request),
            person=person,
            author=person.name if person and person.may(UserRole.EDITOR) else None,
            **context,
        )
    )
    return HTMLResponse(html, status, dict(headers or {}))


def error_page(request: Request, problem: JsonObject, headers: Mapping[str, str]) -> HTMLResponse:
    """Render an error as a page that says what happened and what to do next, in words for a person at a page."""
    title, told = worded(problem)
    gone = _deleted(request) if problem["code"] == "not-found" else None
    return render(request, "error.html", problem["status"], headers, problem=problem, title=title, told=told, gone=gone)


def worded(problem: JsonObject) -> tuple[str, str]:
    """Return the title and the words of a problem without codes and without what is typed in a terminal.

    >>> worded({"code": "not-found", "title": "Не найдено", "detail": "Фонда «17» нет. Список: svod funds"})
    ('Такой страницы нет', 'Фонда «17» нет.')
    """
    code, detail = problem["code"], str(problem["detail"])
    kept = " ".join(s for s in _SENTENCE.split(detail) if not _TERMINAL.search(s))
    told = strings.ERROR_WORDS.get(code) or kept or strings.text(_UNSAID.get(code, "error.words"))
    return strings.ERROR_TITLES.get(code, problem["title"]), told


def _deleted(request: Request) -> Deleted | None:
    """Return the deleted document an address asks for, if it can still be brought back."""
    asked = _OF_A_DOCUMENT.match(request.url.path)
    library = getattr(request.state, "library", None)
    if asked is None or library is None:
        return None
    try:
        return next((d for d in library.deleted() if d.summary.id == asked[1]), None)
    except SvodError:
        return None

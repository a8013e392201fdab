"""Rendering of pages: the templates' environment and what every page knows."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from corpus.effects.standing import NAMES
from corpus.lexicon.dates import in_digits
from corpus.metadata.short_names import short_name
from corpus.plain import JsonObject
from corpus.rights.people import UserRole
from search_api.service.access.asking import known_person, own_name
from search_api.web import strings

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
    return environment


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
    """Render an error as a page that says what to do next."""
    return render(request, "error.html", problem["status"], headers, problem=problem)

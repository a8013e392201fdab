"""The handlers that turn every error into a problem: a page where a person reads, problem+json elsewhere."""

import re
from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from corpus.errors import SvodError
from search_api.http.edge.guard import SECURITY_HEADERS
from search_api.http.edge.problems import BY_STATUS, DETAIL, MEDIA_TYPE, TABLE, ProblemError, fault, problem_body
from search_api.web import pages

# What the reader of forms says of its limits.
_TOO_MANY = re.compile(r"Too many (?:files|fields)\. Maximum number of (?:files|fields) is (\d+)")

_MOST_FAULTS, _LONGEST_NAME = 20, 60
"""Faults of a request that are told, and letters of a name in them: both come from the request."""


def respond(request: Request, code: str, detail: str, headers: Mapping[str, str], **more: Any) -> Response:
    """Answer with a page where a person reads, with problem+json elsewhere."""
    request.app.state.metrics.erred(code)
    problem = problem_body(code, detail, **more)
    sent = {**headers, "Cache-Control": "no-store"}
    if pages.wants_page(request):
        if code == "unauthorized" and request.method == "GET" and "authorization" not in request.headers:
            return RedirectResponse("/login", 303)
        return pages.error_page(request, problem, sent)
    return JSONResponse(problem, problem["status"], sent, MEDIA_TYPE)


def _expected(request: Request, error: Exception) -> Response:
    if not isinstance(error, SvodError):
        raise error
    waits = getattr(error, "retry_after", None)
    headers = {} if waits is None else {"Retry-After": str(waits)}
    return respond(request, error.code, str(error), headers)


def _of_edge(request: Request, error: Exception) -> Response:
    if not isinstance(error, ProblemError):
        raise error
    return respond(request, error.code, error.detail, error.headers, **error.more)


def _of_framework(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    code = BY_STATUS.get(error.status_code, "error" if error.status_code >= 500 else "bad-request")
    if (many := _TOO_MANY.match(str(error.detail))) is not None:
        return respond(request, "too-large", f"Файлов больше {many[1]}. Загрузите их по частям.", {})
    return respond(request, code, DETAIL.get(code, TABLE[code].title + "."), error.headers or {})


def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    if pages.wants_page(request) and any(e["loc"][0] == "path" for e in error.errors()):
        return respond(request, "not-found", DETAIL["not-found"], {})
    told = error.errors()[:_MOST_FAULTS]
    errors = [{"where": ".".join(str(x)[:_LONGEST_NAME] for x in e["loc"]), "message": fault(e)} for e in told]
    named = dict.fromkeys(f"{e['where'].partition('.')[2] or e['where']} ({e['message']})" for e in errors)
    return respond(request, "invalid", f"Проверьте значения: {', '.join(named)}.", {}, errors=errors)


def _unexpected(request: Request, error: Exception) -> Response:
    structlog.get_logger().exception("unexpected error", path=request.url.path, exc_info=error)
    # This handler answers outside the middleware, so it sets the headers itself.
    return respond(request, "error", DETAIL["error"], dict(SECURITY_HEADERS))


def install(app: FastAPI) -> None:
    """Make every error of the application a problem."""
    app.add_exception_handler(SvodError, _expected)
    app.add_exception_handler(ProblemError, _of_edge)
    app.add_exception_handler(HTTPException, _of_framework)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)

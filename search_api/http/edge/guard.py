"""The outermost layer: whose requests are answered, and which headers every answer carries."""

import asyncio
import json
import re
import secrets
import time
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.rights.trail import REQUEST
from search_api.http.edge.problems import DETAIL, MEDIA_TYPE, problem_body
from search_api.service.settings import Settings, allowed_host

SECURITY_HEADERS: Final[tuple[tuple[str, str], ...]] = (
    (
        "Content-Security-Policy",
        (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_HOST: Final = re.compile(r"(?:\[([0-9A-Fa-f:.]{2,45}+)\]|([A-Za-z0-9._-]{1,253}+))(?::[0-9]{1,5}+)?")
_SAFE = {"GET", "HEAD", "OPTIONS"}
_UPLOADS = {"/library", "/api/v1/documents", *(f"/citecheck{x}" for x in ("", "/stream", "/report", "/list"))}


def host_name(header: str) -> str:
    """Take the name or address out of a Host header; "" for what is none.

    >>> host_name("[::1]:8000"), host_name("localhost:8000"), host_name("svod.example"), host_name("localhost:8000/..")
    ('::1', 'localhost', 'svod.example', '')
    """
    found = _HOST.fullmatch(header)
    return (found[1] or found[2]) if found else ""


class Guard:
    """Refuse foreign Host and Origin headers; put the security headers on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        head = scope["method"] == "HEAD"
        request_id = secrets.token_hex(8)
        REQUEST.set(request_id)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)

        async def with_headers(message: Message) -> None:
            if head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS:
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "private, no-cache")
                headers["X-Request-ID"] = request_id
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", "max-age=63072000")
            await send(message)

        headers = Headers(scope=scope)
        limit = self.settings.max_upload if scope["path"] in _UPLOADS else self.settings.max_body
        told = headers.get("content-length", "")
        refusal = self._refusal(scope["method"], headers)
        if not (scope["query_string"] + (scope.get("raw_path") or b"")).isascii():
            # Starlette decodes an address wherever it is named, an error's page too; a server of ours refuses it.
            refusal = refusal or "bad-request"
        if told.isdecimal() and (len(told) > 20 or int(told) > limit):
            refusal = refusal or "too-large"
        if refusal:
            await _refuse(refusal, with_headers)
        else:
            # HEAD is answered as GET is, without the body: routes need not know of it.
            await self.app({**scope, "method": "GET"} if head else scope, _limited(receive, limit), with_headers)

    def _refusal(self, method: str, headers: Headers) -> str | None:
        host = headers.get("host", "")
        if not allowed_host(host_name(host), self.settings):
            return "wrong-host"
        if method in _SAFE:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        foreign = origin is not None and origin.rpartition("://")[2] != host
        return "foreign-site" if foreign or site not in {None, "same-origin", "none"} else None


IDLE_SECONDS = 20.0
SLOWEST = 8192
"""A body may pause so many seconds, and must come with so many bytes a second after its first minute."""


def _limited(receive: Receive, limit: int) -> Receive:
    """Count the bytes of a body and the time it takes; raise HTTPException for too many or too slow ones."""
    taken, whole = 0, False
    begun = time.monotonic()

    async def counting() -> Message:
        nonlocal taken, whole
        if whole:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), IDLE_SECONDS)
        except TimeoutError as error:
            raise HTTPException(408) from error
        taken += len(message.get("body", b""))
        whole = message["type"] != "http.request" or not message.get("more_body", False)
        if taken > limit:
            raise HTTPException(413)
        if not whole and time.monotonic() - begun > 60.0 + taken / SLOWEST:
            raise HTTPException(408)
        return message

    return counting


async def _refuse(code: str, send: Send) -> None:
    problem = problem_body(code, DETAIL[code])
    content = json.dumps(problem, ensure_ascii=False).encode()
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": problem["status"], "headers": headers})
    await send({"type": "http.response.body", "body": content})

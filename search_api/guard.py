"""The outermost layer: whose requests are answered, and which headers every answer carries."""

import json
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.settings import Settings, allowed_host

SECURITY_HEADERS: Final[tuple[tuple[str, str], ...]] = (
    (
        "Content-Security-Policy",
        (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_SAFE = {"GET", "HEAD", "OPTIONS"}


def host_name(header: str) -> str:
    """Take the name or address out of a Host header.

    >>> host_name("[::1]:8000"), host_name("localhost:8000"), host_name("svod.example")
    ('::1', 'localhost', 'svod.example')
    """
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.rpartition(":")[0] if ":" in header else header


class Guard:
    """Refuse foreign Host and Origin headers; put the security headers on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS:
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal:
            await _refuse(*refusal, with_headers)
        else:
            await self.app(scope, receive, with_headers)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str, str, str] | None:
        host = headers.get("host", "")
        if not allowed_host(host_name(host), self.settings):
            return (
                421, "wrong-host", "Запрос пришёл не по адресу",
                "Служба не знает такого имени узла. Имена, под которыми она доступна, задаёт переменная SVOD_NAMES.",
            )  # fmt: skip
        if method in _SAFE:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        foreign = origin is not None and origin.rpartition("://")[2] != host
        if foreign or site not in {None, "same-origin", "none"}:
            return (
                403, "forbidden", "Нет доступа",
                "Запись принимается только со страниц самой службы: запрос послан с чужого сайта.",
            )  # fmt: skip
        return None


async def _refuse(status: int, code: str, title: str, detail: str, send: Send) -> None:
    problem = {"type": f"urn:svod:problem:{code}", "title": title, "status": status, "detail": detail, "code": code}
    content = json.dumps(problem, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})

"""Every route of the application with its parameters, told by the application itself, and a raw way to ask it.

Requests are handed to the application as bytes, as a server would: a client library would mend what is damaged.
"""

import asyncio
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from fastapi import FastAPI
from fastapi.dependencies.utils import _get_flat_body_params, _get_flat_fields_from_params, get_flat_params
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import TypeAdapter

Pair = tuple[bytes, bytes]
HOST = b"127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter: its name and the JSON schema of its value."""

    name: str
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    """A route with one method: parameters of path, query and headers; `body` is "", "json", "form" or "file"."""

    method: str
    path: str
    inner: tuple[Slot, ...]
    query: tuple[Slot, ...]
    headers: tuple[Slot, ...]
    body: str = ""
    parts: tuple[Slot, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def slots(self) -> int:
        """Count what can be spoilt: parameters, members of the body, and the request as a whole."""
        parts = len(self.parts[0].schema.get("properties", ["x"])) if self.body == "json" else len(self.parts)
        return 1 + len(self.inner) + len(self.query) + len(self.headers) + parts

    @property
    def page(self) -> bool:
        return not self.path.startswith(("/api/", "/health/", "/static/"))


def doors(app: FastAPI) -> Iterator[Door]:
    """Yield every route; one that is no APIRoute has no parameters."""
    for context in iter_route_contexts(app.routes):
        route = context if isinstance(context, APIRoute) else getattr(context, "original_route", context)
        path, methods = getattr(context, "path", ""), getattr(context, "methods", None) or {"GET"}
        for method in sorted(methods - {"HEAD"}):
            yield _door(method, path, context if isinstance(route, APIRoute) else None)
    # A mount has routes of its own that are not told.
    yield Door("GET", "/static/{file}", (Slot("file", {"type": "string"}),), (), ())


def _door(method: str, path: str, route: Any) -> Door:
    if route is None:
        return Door(method, path, (), (), ())
    told = {"path": [], "query": [], "header": []}
    in_model = {f.alias for f in _get_flat_fields_from_params(route.dependant.query_params)}
    for each in get_flat_params(route.dependant):
        where = getattr(getattr(each.field_info, "in_", None), "value", "query" if each.alias in in_model else "header")
        told.setdefault(where, []).append(_slot(each))
    kind = type(route.body_field.field_info).__name__ if route.body_field else ""
    fields = _get_flat_fields_from_params(_get_flat_body_params(route.dependant)) if kind in {"Form", "File"} else ()
    parts = [_slot(f) for f in fields]
    if kind == "Body":
        parts = [Slot("", TypeAdapter(_annotation(_get_flat_body_params(route.dependant)[0])).json_schema())]
    body = {"": "", "Body": "json", "Form": "form", "File": "file"}[kind]
    return Door(method, path, *(tuple(told[x]) for x in ("path", "query", "header")), body, tuple(parts))


def _annotation(told: Any) -> Any:
    return told.field_info.annotation


def _slot(told: Any) -> Slot:
    annotation = _annotation(told)
    if "UploadFile" in str(annotation):
        return Slot(told.alias, {"type": "file"})
    return Slot(told.alias, TypeAdapter(annotation).json_schema())


@dataclass(slots=True)
class Ask:
    """A request as bytes."""

    method: str
    target: bytes
    headers: list[Pair] = field(default_factory=list)
    body: bytes = b""

    def __str__(self) -> str:
        return f"{self.method} {self.target[:300]!r} {[(n, v[:200]) for n, v in self.headers]} {self.body[:300]!r}"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer; `failed` is what broke out of the application."""

    status: int
    headers: dict[str, str]
    body: bytes
    failed: str = ""

    def problem(self) -> dict[str, Any]:
        return json.loads(self.body)


class House:
    """A running application."""

    def __init__(self, app: FastAPI) -> None:
        self._app, self._runner = app, asyncio.Runner()

    def close(self) -> None:
        self._runner.close()

    def ask(self, ask: Ask) -> Told:
        """Answer a request as a server hands it to the application."""
        return self._runner.run(_asked(self._app, ask))


async def _asked(app: FastAPI, ask: Ask) -> Told:
    raw, _, query = ask.target.partition(b"?")
    headers = [(n.lower(), v) for n, v in ask.headers]
    if not any(n == b"host" for n, _ in headers):
        headers.append((b"host", HOST))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": ask.method,
        "scheme": "http",
        "path": unquote(raw.decode("latin-1")),
        "raw_path": raw,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 40000),
        "server": ("127.0.0.1", 8000),
    }
    sent: list[dict[str, Any]] = []
    given = [{"type": "http.request", "body": ask.body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return given.pop() if given else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    failed = ""
    try:
        await app(scope, receive, send)
    except Exception as error:
        failed = f"{type(error).__name__}: {error}"
    start = next((m for m in sent if m["type"] == "http.response.start"), {"status": 599, "headers": []})
    told = {n.decode("latin-1").lower(): v.decode("latin-1") for n, v in start["headers"]}
    content = b"".join(m.get("body", b"") for m in sent)
    packed = told.get("content-encoding") == "gzip" and content
    return Told(start["status"], told, gzip.decompress(content) if packed else content, failed)


def encoded(pairs: Sequence[Pair]) -> bytes:
    """Write parameters that are encoded already."""
    return b"&".join(n + b"=" + v for n, v in pairs)

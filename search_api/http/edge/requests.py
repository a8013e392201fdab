"""The one place where a request is read: its address, its credentials and its body are whole, or it is refused.

What is well formed and still no value of its parameter is told by the kinds of `parameters`.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import Final, NoReturn, get_args, get_origin
from urllib.parse import parse_qsl, unquote_to_bytes

from anyio import to_thread
from fastapi import Request, Response, params
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette._utils import AwaitableOrContextManager, AwaitableOrContextManagerWrapper
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from corpus.plain import JsonObject
from search_api.http.edge.problems import ProblemError

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
JSON: Final = "application/json"
DEEPEST: Final = 32
"""Lists and objects inside one another; an export of decisions has six."""
PARAMETERS: Final = 1000
FIELDS: Final = 1000
PART: Final = 4 << 20
"""Bytes of one field of a form: a million letters in UTF-8 and their line ends."""
ENCODED: Final = 256 << 10
"""Bytes of an urlencoded form: decoding holds the interpreter, .6 s for 4 MiB of %XX. Other forms are not encoded."""
COMMAS: Final = 100_000
"""Commas of a JSON body: a million letters of prose have some 20,000, and 1.4 million empty lists (4 MiB) hold the
interpreter for 2 s."""
MEMBERS: Final = 1000
"""Members of an object: each that is unknown is a fault of its own."""
DIGITS: Final = 20
"""Digits of a whole number; 64 bits have as many."""
_BROKEN: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_HALF: Final = re.compile(r"[\ud800-\udfff]")


class Asked(Request):
    """A request whose JSON or form was read strictly, outside the loop that answers the others."""

    value: object = None
    fields: FormData | None = None

    async def json(self) -> object:
        """Return what was read."""
        return self.value

    def form(
        self, *, max_files: float = FIELDS, max_fields: float = FIELDS, max_part_size: int = PART
    ) -> AwaitableOrContextManager[FormData]:
        """Return the form that was read, or read one of files; the guard bounds the whole."""
        if self.fields is not None:
            return AwaitableOrContextManagerWrapper(_given(self.fields))
        return super().form(max_files=max_files, max_fields=max_fields, max_part_size=max_part_size)


async def _given(fields: FormData) -> FormData:
    return fields


class Route(APIRoute):
    """A route that reads its requests strictly before FastAPI sees them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[None, None, Response]]:
        """Wrap FastAPI's own handler."""
        handle = super().get_route_handler()
        several = dict(_several(self))

        async def strictly(request: Request) -> Response:
            asked = Asked(request.scope, request.receive)
            asked.state.route = self  # for the layers around, which see no more of it
            _check_address(asked.scope)
            access = asked.app.state.access
            if asked.url.path != "/health/live":
                await to_thread.run_sync(access.let_in, asked, limiter=access.limiter)
            _check_once(asked.scope["query_string"], several)
            if self.body_field:
                try:
                    await self._read_body(asked, several)
                except ClientDisconnect as error:
                    raise HTTPException(400) from error
            return await handle(asked)

        return strictly

    async def _read_body(self, asked: Asked, several: Mapping[str, bool]) -> None:
        """Read JSON, or see that a form is whole; a file's bytes are left to the reader of forms."""
        kind = asked.headers.get("content-type", "").partition(";")[0].strip().lower()
        taken = self._taken()
        kind = JSON if taken == (JSON,) and kind.endswith("+json") else kind
        if kind not in taken:
            if not kind and not await asked.body():
                return
            raise ProblemError("unsupported-media-type", f"Тело запроса нужно прислать как {' или '.join(taken)}.")
        if kind == JSON:
            asked.value = await run_in_threadpool(read_json, await asked.body())
        elif kind == FORM:
            asked.fields = await run_in_threadpool(_read_form, await asked.body(), several)

    def _taken(self) -> tuple[str, ...]:
        """Return the kinds of bodies the route takes."""
        told = self.body_field.field_info if self.body_field else None
        if isinstance(told, params.File):
            return (MULTIPART,)
        return (FORM, MULTIPART) if isinstance(told, params.Form) else (JSON,)


def _several(route: APIRoute) -> Iterator[tuple[str, bool]]:
    """Tell of each parameter of the query and of the form whether it takes several values."""
    for each in (*route.dependant.query_params, *route.dependant.body_params):
        kind = each.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, inner in kind.model_fields.items():
                yield inner.alias or name, _is_list(inner.annotation)
        else:
            yield each.alias, _is_list(kind)


def _is_list(kind: object) -> bool:
    return any(get_origin(each) is list for each in (kind, *get_args(kind)))


def _check_address(scope: JsonObject) -> None:
    for raw in (scope.get("raw_path") or b"", scope["query_string"]):
        _check_encoded(raw, "В адресе")


def _check_encoded(raw: bytes, where: str) -> None:
    """Refuse what is no percent-encoded UTF-8, or holds a zero byte, which no name and no text has."""
    if _BROKEN.search(raw):
        raise ProblemError("bad-request", f"{where} знак % стоит без двух шестнадцатеричных цифр. Сам он пишется %25.")
    plain = unquote_to_bytes(raw)
    try:
        plain.decode()
    except UnicodeDecodeError as error:
        raise ProblemError("bad-request", f"{where} есть байты не в UTF-8. Наберите текст заново.") from error
    if b"\0" in plain:
        raise ProblemError("bad-request", f"{where} есть знак с кодом 0. Уберите его.")


def _read_form(body: bytes, several: Mapping[str, bool]) -> FormData:
    if len(body) > ENCODED:
        raise ProblemError("too-large", f"Форма больше {ENCODED >> 10} КБ. Пришлите её как {MULTIPART}.")
    _check_encoded(body, "В форме")
    return FormData([*_check_once(body, several)])


def _check_once(raw: bytes, several: Mapping[str, bool]) -> list[tuple[str, str]]:
    """Return the parameters; refuse one given twice that takes one value: which of the two is meant nobody knows."""
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=PARAMETERS)
    except ValueError as error:
        raise ProblemError("too-large", f"Параметров больше {PARAMETERS}. Разделите запрос на части.") from error
    counted = Counter(name for name, _ in pairs)
    twice = next((name for name, n in counted.items() if n > 1 and not several.get(name, True)), None)
    if twice is not None:
        raise ProblemError("invalid", f"Параметр {twice} указан несколько раз; нужно одно значение.")
    return pairs


def read_json(body: bytes) -> object:
    """Read JSON as RFC 8259 has it; raise ProblemError for what it has not, and for what is beyond measure.

    >>> read_json(b'{"limit": 10}')
    {'limit': 10}
    """
    if body.count(b",") > COMMAS:
        raise _refused(f"в нём больше {COMMAS} запятых")
    try:
        value = json.loads(
            body, parse_constant=_not_json, parse_int=_whole, parse_float=_finite, object_pairs_hook=_members
        )
    except RecursionError as error:
        raise _refused("вложено слишком глубоко") from error
    except ValueError as error:
        told = f"ошибка у знака {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else "знаки не в UTF-8"
        raise _refused(told) from error
    _measure(value)
    return value


def _refused(why: str) -> ProblemError:
    return ProblemError("bad-request", f"Тело запроса — не JSON или не такой JSON, какой принимается: {why}.")


def _not_json(name: str) -> NoReturn:
    raise _refused(f"{name} — не число")


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        raise _refused(f"в целом числе больше {DIGITS} цифр")
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _refused("число слишком велико")
    return value


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(pairs) > MEMBERS:
        raise _refused(f"в одном объекте больше {MEMBERS} членов")
    out = dict(pairs)
    if len(out) < len(pairs):
        twice = next(name for name, n in Counter(name for name, _ in pairs).items() if n > 1)
        raise _refused(f"член «{twice[:40]}» указан дважды")
    return out


def _measure(value: object) -> None:
    """Refuse what is nested too deeply and halves of characters, which no UTF-8 can write."""
    level: list[object] = [value]
    depth = 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _refused(f"вложено глубже {DEEPEST} уровней")
        inner: list[object] = []
        for each in level:
            if isinstance(each, dict):
                inner += [*each, *each.values()]
            elif isinstance(each, list):
                inner += each
            elif isinstance(each, str) and _HALF.search(each):
                raise _refused("в тексте есть половина знака (одиночный суррогат)")
        level = inner

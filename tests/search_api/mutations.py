"""Requests that a route takes, and what may become of them on the way: seeded, so that a failure can be repeated."""

import base64
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tests.search_api.doors import Ask, Door, Pair, Slot, encoded

FORM = b"application/x-www-form-urlencoded"
BOUNDARY = b"----svod"


def _cursor(value: object) -> str:
    raw = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(raw.encode("utf-8", "surrogatepass")).decode().rstrip("=")


DEEP = "[" * 60_000
CURSORS = [
    _cursor(value)
    for value in (
        [],
        {},
        None,
        0,
        "",
        "x",
        ["x", {}],
        ["x", -5],
        ["x", []],
        ["x", ["a"]],
        ["x", ["a", -5]],
        ["x", ["a", True]],
        [1, "a", "b", "x"],
        [True, "a", "b", "x"],
        [-1, "a", "b", "x"],
        [1.5, "a", "b", "x"],
        [1, None, [], "x"],
        '[Infinity,"a","b","x"]',
        '[NaN,"a","b","x"]',
        "[-Infinity]",
        '[1e400,"a","b","x"]',
        "[" + "9" * 700 + ',"a","b","x"]',
        "[" + "9" * 5000 + "]",
        "[" * 700,
        "[" * 5000,
        '[1,"\\ud800","b","x"]',
        '[1,"\\u0000","b","x"]',
        "\ud800",
        "\x00",
        '{"0":1}',
        "[1,2",
        "\ufeff[]",
    )
] + ["x", "=", "====", "!!!!", "....", "-_-_", "а", "W10", "W10=", "W10==", "W10===", "W 10"]
NUMBERS = [
    "9" * 5000,
    "-" + "9" * 5000,
    "1" + "0" * 400,
    "-1",
    "0",
    "1",
    "00",
    "+1",
    " 1",
    "1 ",
    "1.0",
    "1.5",
    "1e3",
    "1e400",
    "-0",
    "0x10",
    "1_000",
    "١٢",
    "²",
    "Infinity",
    "-Infinity",
    "NaN",
    "nan",
    "true",
    "True",
    "null",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "2147483648",
]
WORDS = [
    "",
    " ",
    "\t\n",
    "\x00",
    "а\x00б",
    "\x01\x1f\x7f",
    "\r\nX-Evil: 1",
    "\ufffd",
    "\ufeff",
    "\u202e",
    "\U0010ffff",
    "а" * 300,
    "а" * 1001,
    "а" * 5000,
    "x" * 100_001,
    ".",
    "..",
    "../../etc/passwd",
    "/",
    "//",
    "\\",
    "%",
    "%%",
    "%00",
    "[]",
    "{}",
    "null",
    "'",
    '"',
    "«»",
    "(((((",
    "и" * 50,
    "И ИЛИ НЕ",
    "НЕ НЕ НЕ карта",
    "карта РЯДОМ/999999999999 сбор",
    "карта РЯДОМ/" + "9" * 5000,
    "ст:" + "9" * 5000,
    "ст:",
    "дата:..",
    "дата:9999..0001",
    "дата:" + "9" * 5000,
    "дата:2008-13-45",
    "*",
    "?",
    "а*",
    "***",
    "~",
    "карта~99",
    '"карта',
    "((карта)",
    "карта))",
    "сторона:" * 100,
    "-" * 500,
    "(" * 900,
    "ст. " * 200,
    "п. 1 " * 100,
    "2008-02-30",
    "2008-13",
    "0000",
    "9999-99-99",
    "2008-",
    "31.12.2008",
    "1e9-01-01",
    "none",
    "art_99",
    "zzz",
    "_",
    "__",
    "art__",
    "art_1__",
    "x__y",
    "-",
    "art_1__zzz_9",
    "art_" + "9" * 190,
    "cell:",
    "cell:x:y",
    "equivalent::::",
    "a:b",
    ":",
    "untold",
    "untold:x",
    "other:1",
    "md",
    "html",
    "csv",
    "xlsx",
    "docx",
    "akn",
    "json",
    "txt",
    "pdf",
    "a…b",
    "…",
    "…" * 50,
    "constructor",
    "__class__",
    "on",
    "off",
    "dark",
]
RAW = [
    b"%",
    b"%zz",
    b"%f",
    b"%ff",
    b"%c3%28",
    b"%ed%a0%80",
    b"%00",
    b"%u0430",
    b"%E0%80%AF",
    b"%F4%90%80%80",
    b"\xff\xfe",
    b"\xd0\xb0",
    b"%25zz",
    b"+",
    b"%0d%0a",
    b"%C0%80",
    b"a;b",
    b"%2e%2e%2f",
    b"%EF%BB%BF",
    b"%D0",
    b"%FE%FF",
]
JSONS = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e308,
    float("inf"),
    float("nan"),
    10**400,
    "",
    "\x00",
    "\ud800",
    "а\udfff",
    "x" * 100_000,
    [],
    {},
    [[]],
    [None],
    [{}],
    ["\ud800"],
    {"\ud800": 1},
    {"": 1},
    {"kind": "cell"},
    {"kind": []},
    {"kind": "\ud800"},
    [1] * 2000,
    {"a": {"b": {"c": []}}},
    [True],
    "9" * 5000,
    {"version": 1, "decisions": [None]},
    {"version": 1, "decisions": [{}]},
    {"version": 1, "decisions": [{"key": "\ud800"}]},
    {"version": True, "decisions": []},
    {"version": 1, "decisions": [], "topics": 5},
    {"version": 1, "decisions": [], "topics": [None]},
    {"version": 1, "decisions": [], "topics": [{"label": 5, "examples": 7}]},
    {"version": 1, "decisions": [{"key": 1, "verdict": "confirm", "document": [], "author": {}, "time": 5}]},
    {
        "version": 1,
        "decisions": [
            {"key": "cell:a:b", "verdict": "confirm", "document": "a", "author": "b", "time": "2020", "hashes": 5}
        ],
    },
    {
        "version": 1,
        "decisions": [
            {"key": "cell:a:b", "verdict": "confirm", "document": "a", "author": "b", "time": "2020", "provisions": 5}
        ],
    },
    {
        "version": 1,
        "decisions": [{"key": "cell:a:b", "verdict": "confirm", "document": "a\ud800", "author": "b", "time": "2020"}],
    },
]
BODIES = [
    b"",
    b"{",
    b"}",
    b"[",
    b"null",
    b"nul",
    b"\xff\xfe",
    b"\x00",
    DEEP.encode(),
    (b'{"a":' * 20_000),
    b'{"value":' + b"9" * 5000 + b"}",
    b'{"value":1e999}',
    b'{"value":NaN}',
    b'{"value":Infinity}',
    b'{"text":"\\ud800"}',
    b'{"\\ud800":1}',
    b'\xef\xbb\xbf{"text":"a"}',
    '{"text":"а"}'.encode("utf-16"),
    '{"text":"а"}'.encode("cp1251"),
    b'{"text":"a","text":"b"}',
    b"a=b&c=d",
    b"a=%zz&document=%ff&token=%ed%a0%80",
    b"&&&===;;;",
    b"&".join(b"document=x" for _ in range(1100)),
    b"--" + BOUNDARY,
    b"--" + BOUNDARY + b"\r\n\r\n\r\n--" + BOUNDARY + b"--",
    b"--"
    + BOUNDARY
    + b'\r\nContent-Disposition: form-data; name="files"; filename="\xff"\r\n\r\nx\r\n--'
    + BOUNDARY
    + b"--\r\n",
    b"--"
    + BOUNDARY
    + b'\r\nContent-Disposition: form-data; name="document"\r\nContent-Type: text/plain; charset=undefined\r\n\r\nx\r\n--'
    + BOUNDARY
    + b"--\r\n",
    b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="token"\r\n\r\n\xff\xfe\r\n--' + BOUNDARY + b"--\r\n",
    b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data\r\n\r\nx\r\n--" + BOUNDARY + b"--\r\n",
    b"--" + BOUNDARY + b"\r\nX: " + b"y" * 20_000 + b"\r\n\r\nx\r\n--" + BOUNDARY + b"--\r\n",
    b"%PDF-1.7",
    b"<xml/>",
]
TYPES = [
    b"",
    b"text/plain",
    b"application/json",
    b"application/json; charset=utf-16",
    b"application/xml",
    FORM,
    FORM + b"; charset=undefined",
    FORM + b"; charset=utf-7",
    b"multipart/form-data",
    b"multipart/form-data; boundary=",
    b"multipart/form-data; boundary=" + BOUNDARY,
    b"multipart/form-data; boundary=" + BOUNDARY + b"; charset=undefined",
    b"multipart/form-data; boundary=" + BOUNDARY + b"; charset=unicode_escape",
    b"multipart/form-data; boundary=" + BOUNDARY + b"; charset=idna",
    b"multipart/form-data; boundary=\xff\xfe",
    b"multipart/form-data; boundary=" + b"b" * 5000,
    b"multipart/mixed; boundary=x",
    b"application/json;;;=",
    b"\xff\xfe",
    b"application/problem+json",
    b"/",
    b"application",
    b"*/*",
    b'application/json; charset="',
    b"=?utf-8?q?a?=",
]
HEADERS: list[Pair] = [
    *(
        (b"authorization", v)
        for v in (
            b"",
            b" ",
            b"x",
            b"Basic",
            b"Basic eDp5",
            b"Basic \xff",
            b"Bearer",
            b"Bearer ",
            b"Bearer  \t ",
            b"bearer x",
            b"Bearer x y",
            b"Bearer \xff\xfe",
            b"Bearer \xd0\xba",
            b"Bearer " + b"x" * 60_000,
            b"Digest username=x",
            b"Bearer\tx",
            b"Bearer ,",
            b"Bearer=x",
            b"Negotiate",
            b"\x00",
            b"Bearer x\x00",
            b"x" * 60_000,
            b"Bearer a\nb",
        )
    ),
    *((b"content-type", v) for v in TYPES),
    *(
        (b"cookie", v)
        for v in (
            b"svod_session=x",
            b"svod_session=\xff",
            b"svod_theme=\xff; svod_keys=",
            b";;;=",
            b"=",
            b'svod_session="\\303',
            b"svod_theme=" + b"x" * 60_000,
            b"a" * 9000,
            b'svod_session="a\\777"',
            b"svod_session=" + "ключ".encode(),
        )
    ),
    *(
        (n, v)
        for n in (b"if-none-match", b"if-match")
        for v in (b"*", b"", b",,,", b'"x"', b'W/"x"', b"\xff", b"W/", b'"' * 9000)
    ),
    *(
        (b"accept", v)
        for v in (b"", b"text/html", b"text/html;q=x", b"\xff", b"*/*;q=" + b"9" * 5000, b"application/json")
    ),
    *((b"content-length", v) for v in (b"", b"x", b"-1", b"9" * 5000, b"1e3", b"\xb2", b"0")),
    *(
        (b"host", v)
        for v in (
            b"",
            b"[",
            b"[::1",
            b"\xff",
            b"127.0.0.1:x",
            b"127.0.0.1:" + b"9" * 5000,
            b"localhost",
            b"a" * 9000,
            b"127.0.0.1:8000, x",
            b"127.0.0.1:99999",
            b"127.0.0.1/x",
            b"127.0.0.1:8000/../x?y#z",
        )
    ),
    *((b"origin", v) for v in (b"", b"null", b"\xff", b"http://127.0.0.1:8000", b"x" * 9000, b"://")),
    (b"accept-encoding", b"gzip;q=x, \xff"),
    (b"hx-request", b"true"),
    (b"hx-request", b"\xff"),
    (b"range", b"bytes=9-1"),
    (b"range", b"bytes=" + b"9" * 5000),
    (b"x-fragment", b"1"),
    (b"x-fragment", b""),
    (b"sec-fetch-site", b"\xff"),
    (b"if-modified-since", b"x"),
    (b"if-range", b"\xff"),
    (b"x-forwarded-for", b"\xff" * 100),
    (b"transfer-encoding", b"gzip"),
    (b"expect", b"100-continue"),
    (b"upgrade", b"websocket"),
    (b"connection", b"upgrade"),
    (b"x-http-method-override", b"DELETE"),
]
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "X" * 300]


class Chance:
    """Valid requests of a route and their mutations, by one seed; `known` are values of a library by name."""

    def __init__(self, seed: str, known: Mapping[str, Sequence[str]], token: str) -> None:
        self._pick, self._known, self._token = random.Random(seed), known, token

    def valid(self, slot: Slot) -> Any:
        """Return a value the parameter takes: one that is known by its name, else one of its schema's."""
        if slot.name in self._known:
            value = self._pick.choice(self._known[slot.name])
            return [value] if slot.schema.get("type") == "array" else value
        return self._of_schema(slot.schema, slot.schema.get("$defs", {}))

    def _of_schema(self, schema: Mapping[str, Any], shapes: Mapping[str, Any]) -> Any:
        if "$ref" in schema:
            return self._of_schema(shapes[schema["$ref"].rpartition("/")[2]], shapes)
        for several in ("anyOf", "oneOf"):
            if several in schema:
                return self._of_schema(self._pick.choice(schema[several]), shapes)
        if "const" in schema or "enum" in schema:
            return self._pick.choice([schema["const"]] if "const" in schema else schema["enum"])
        kind = schema.get("type")
        if kind == "object":
            told = schema.get("properties", {})
            return {n: self.valid(Slot(n, {**s, "$defs": shapes})) for n, s in told.items()}
        if kind == "array":
            return [self._of_schema(schema.get("items", {}), shapes)]
        if kind == "integer":
            return self._pick.randint(schema.get("minimum", 0), min(schema.get("maximum", 9), 9))
        return {"boolean": True, "null": None, "number": 0.5}.get(kind, schema.get("default") or "карта")

    def request(self, door: Door, mutations: int) -> Ask:
        """Build a request the route takes and spoil it so many times."""
        inner = {s.name: quote(str(self.valid(s)), safe="").encode() for s in door.inner}
        query = [
            p
            for s in door.query
            if self._pick.random() < 0.5 or s.name in {"q", "key"}
            for p in _pairs(s, self.valid(s))
        ]
        headers = [(b"authorization", b"Bearer " + self._token.encode())]
        if door.page and self._pick.random() < 0.8:
            headers.append((b"accept", b"text/html"))
        headers += [(s.name.encode(), b"*") for s in door.headers if self._pick.random() < 0.2]
        body: Any = [p for s in door.parts if s.schema.get("type") != "file" for p in _pairs(s, self.valid(s))]
        if door.body == "json":
            body = self.valid(door.parts[0])
        method, raw, kind = door.method, None, None
        for _ in range(mutations):
            what = self._pick.choice(["inner", "query", "query", "body", "body", "header", "header", "bytes", "method"])
            if what == "inner" and inner:
                inner[self._pick.choice(list(inner))] = self._raw() or b"x"
            elif what == "query":
                query = self._spoilt(query, door.query)
            elif what == "body" and door.body == "json":
                body = self._spoilt_json(body)
            elif what == "body" and door.body in {"form", "file"}:
                body = self._spoilt(body, door.parts)
            elif what == "bytes" and door.body:
                raw, kind = self._pick.choice(
                    [
                        (self._pick.choice(BODIES), None),
                        (None, self._pick.choice(TYPES)),
                        (self._pick.choice(BODIES), self._pick.choice(TYPES)),
                    ]
                )
            elif what == "header":
                name, value = self._pick.choice(HEADERS)
                headers = [h for h in headers if h[0] != name or self._pick.random() < 0.2] + [(name, value)]
            elif what == "method" and self._pick.random() < 0.3:
                method = self._pick.choice(METHODS)
        content, told = self._content(door, body)
        if door.body:
            headers.append((b"content-type", told if kind is None else kind))
        path = door.path.encode()
        for name, value in inner.items():
            path = path.replace(b"{" + name.encode() + b"}", value)
        return Ask(method, path + (b"?" + encoded(query) if query else b""), headers, content if raw is None else raw)

    def _raw(self) -> bytes:
        """Return a hostile value, encoded or spoilt beyond that."""
        if self._pick.random() < 0.25:
            return self._pick.choice(RAW)
        return quote(self._pick.choice([*self._pick.choice([WORDS, NUMBERS, CURSORS])]), safe="").encode()

    def _spoilt(self, pairs: list[Pair], slots: Sequence[Slot]) -> list[Pair]:
        names = [s.name.encode() for s in slots] or [b"q"]
        at = self._pick.randrange(len(pairs)) if pairs else 0
        ways = self._pick.choice(["replace", "replace", "replace", "add", "add", "twice", "drop", "unknown", "insert"])
        if ways in {"replace", "insert"} and pairs:
            name, value = pairs[at]
            return [*pairs[:at], (name, self._raw() if ways == "replace" else value + self._raw()), *pairs[at + 1 :]]
        if ways == "twice" and pairs:
            return [*pairs, *([pairs[at]] * self._pick.choice([1, 1, 30]))]
        if ways == "drop" and pairs:
            return pairs[:at] + pairs[at + 1 :]
        if ways == "unknown":
            return [*pairs, (self._raw(), self._raw())]
        name = self._pick.choice(names)
        return [*(p for p in pairs if p[0] != name), (name, self._raw())]

    def _spoilt_json(self, value: Any) -> Any:
        hostile = self._pick.choice([self._pick.choice(JSONS), self._pick.choice(WORDS)])
        if not isinstance(value, dict) or not value or self._pick.random() < 0.15:
            return hostile
        name = self._pick.choice(list(value))
        way = self._pick.choice(["replace", "replace", "drop", "unknown", "within"])
        if way == "drop":
            return {n: v for n, v in value.items() if n != name}
        if way == "unknown":
            return {**value, self._pick.choice(["x", "\ud800", "", "\x00"]): hostile}
        if way == "within" and isinstance(value[name], list):
            return {**value, name: [*value[name], hostile]}
        return {**value, name: hostile}

    def _content(self, door: Door, body: Any) -> tuple[bytes, bytes]:
        if door.body == "json":
            return json.dumps(body).encode(), b"application/json"
        if door.body == "form":
            return encoded(body), FORM
        if door.body == "file":
            name = quote(self._pick.choice(WORDS), safe=" «»./\\").encode()[:300]
            head = b'Content-Disposition: form-data; name="files"; filename="' + name + b'"\r\n\r\n'
            text = "Статья 1\n\nСтороны обмениваются картами.\n".encode()
            return (
                b"--" + BOUNDARY + b"\r\n" + head + text + b"\r\n--" + BOUNDARY + b"--\r\n",
                b"multipart/form-data; boundary=" + BOUNDARY,
            )
        return b"", b""


def _pairs(slot: Slot, value: Any) -> list[Pair]:
    values = value if isinstance(value, list) else [value]
    told = ["true" if v is True else "" if v is None else str(v) for v in values]
    return [(slot.name.encode(), quote(v, safe="").encode()) for v in told]

"""Where a request is read: damaged addresses, bodies, credentials and cursors are refused, each with its sentence."""

import base64
import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from search_api.http.app import ROUTERS, create_app
from search_api.http.edge.problems import ProblemError
from search_api.http.edge.requests import COMMAS, DEEPEST, ENCODED, MEMBERS, Route, read_json
from search_api.service.settings import Settings
from tests.search_api.conftest import filled
from tests.search_api.doors import Ask, House, Told

TOKEN = "token-of-sixteen-characters-at-least"
FORM, JSON = b"application/x-www-form-urlencoded", b"application/json"
PAGE = (b"accept", b"text/html")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    library = filled(tmp_path_factory.mktemp("asked") / "library")
    house = House(create_app(lambda: library, Settings(tokens=f"{TOKEN} Анна Серова", open_reading=True)))
    yield house
    house.close()
    library.close()


def refused(told: Told, status: int, *words: str) -> None:
    assert told.status == status, (told.status, told.body[:300], told.failed)
    assert told.headers["content-type"] == "application/problem+json"
    problem = told.problem()
    assert problem["status"] == status
    assert all(word in problem["detail"] for word in words), problem["detail"]


def test_every_route_reads_its_requests_in_the_one_place() -> None:
    assert all(isinstance(route, Route) for router in ROUTERS for route in router.routes)


@pytest.mark.parametrize(
    ("target", "status", "word"),
    [
        ("/api/v1/search?q=%", 400, "%25"),
        ("/api/v1/search?q=%zz", 400, "%25"),
        ("/api/v1/search?q=100%25", 200, ""),
        ("/api/v1/search?q=%EA%E0%F0%F2%E0", 400, "UTF-8"),
        ("/api/v1/search?q=%ED%A0%80", 400, "UTF-8"),
        ("/api/v1/search?q=a%00", 400, "кодом 0"),
        ("/api/v1/documents/%FF", 400, "UTF-8"),
        ("/api/v1/documents/%00", 400, "кодом 0"),
        ("/api/v1/search?q=a&q=b", 422, "q указан несколько раз"),
        ("/api/v1/search?q=a&limit=1&limit=1", 422, "limit указан несколько раз"),
        ("/api/v1/search?q=a&facets=type&facets=year", 200, ""),
        ("/api/v1/search?q=a" + "&facets=type" * 1100, 413, "1000"),
        ("/api/v1/search?q=a&limit=" + "9" * 5000, 422, "limit"),
        ("/api/v1/search?q=a&limit=Infinity", 422, "целое число"),
        ("/api/v1/search?q=a&date_from=2008-02-30", 422, "такого дня нет"),
        ("/api/v1/search?q=a&date_from=2008-13", 422, "такого дня нет"),
        ("/api/v1/search?q=a&date_from=%D9%A2%D9%A0%D9%A0%D9%A8", 422, "date_from"),
        ("/api/v1/documents?date_to=0000", 422, "такого дня нет"),
    ],
)
def test_a_damaged_address_is_refused(house: House, target: str, status: int, word: str) -> None:
    told = house.ask(Ask("GET", target.encode()))
    if status == 200:
        assert told.status == 200
    else:
        refused(told, status, word)


@pytest.mark.parametrize(
    "target", ["/?q=%zz", "/?q=%FF", "/d/%00", "/library?from=" + "9" * 5000, "/library?from=-1", "/?n=1&n=2"]
)
def test_a_person_reads_it_on_a_page(house: House, target: str) -> None:
    told = house.ask(Ask("GET", target.encode(), [PAGE]))
    assert 400 <= told.status < 500
    assert told.headers["content-type"].startswith("text/html")
    assert "<h1>" in told.body.decode()
    assert "searchbox" in told.body.decode() or 'name="q"' in told.body.decode()


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (b"", 401),
        (b" ", 401),
        (b"x", 401),
        (b"Bearer", 401),
        (b"Bearer ", 401),
        (b"Bearer   \t ", 401),
        (b"Basic eDp5", 401),
        (b"Digest x", 401),
        (b"Bearer x", 401),
        (b"Bearer \xff\xfe", 401),
        ("Bearer ключ".encode(), 401),
        (b"Bearer a\nb", 401),
        (b"Bearer a\x00", 401),
        (b"x" * 60_000, 401),
        (b"Bearer " + b"x" * 60_000, 401),
        (b"Bearer=" + TOKEN.encode(), 401),
        (b"Bearer " + TOKEN.encode() + b" x", 401),
        (TOKEN.encode(), 401),
        (b"Basic " + base64.b64encode(TOKEN.encode()), 401),
        (b"Bearer " + TOKEN.encode(), 200),
        (b"bearer  " + TOKEN.encode() + b" ", 200),
    ],
)
@pytest.mark.parametrize("target", [b"/", b"/library", b"/api/v1/documents", b"/api/v1/topics"])
def test_foreign_credentials_are_told_so_wherever_they_come(
    house: House, target: bytes, header: bytes, status: int
) -> None:
    told = house.ask(Ask("GET", target, [(b"authorization", header), PAGE]))
    assert told.status == status
    if status == 401:
        assert told.headers["www-authenticate"].startswith("Bearer")


def test_two_headers_of_credentials_are_none(house: House) -> None:
    header = (b"authorization", b"Bearer " + TOKEN.encode())
    refused(house.ask(Ask("GET", b"/api/v1/topics", [header, header])), 401, "Bearer")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "у знака 1"),
        (b"{", "у знака"),
        (b"nul", "у знака 1"),
        (b"\xff\xfe\xfd", "UTF-8"),
        (b"[NaN]", "NaN"),
        (b"[Infinity]", "Infinity"),
        (b"[-Infinity]", "-Infinity"),
        (b"[1e400]", "велико"),
        (b"[" + b"9" * 5000 + b"]", "цифр"),
        (b"[-" + b"9" * 21 + b"]", "цифр"),
        (b"[" * 100_000, "глубоко"),
        (b"[" * 40 + b"]" * 40, "глубже"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "глубже"),
        (b'{"a":1,"a":2}', "дважды"),
        (b"[" + b"[]," * COMMAS + b"[],[]]", "запятых"),
        (json.dumps(dict.fromkeys(map(str, range(MEMBERS + 1)))).encode(), "членов"),
        (b'["\\ud800"]', "половина"),
        (b'{"\\udfff":1}', "половина"),
    ],
)
def test_what_is_no_json_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(ProblemError, match=why) as refusal:
        read_json(body)
    assert refusal.value.code == "bad-request"


@pytest.mark.parametrize("value", [None, 0, -(10**18), 1.5, "😀", "а\x00", [], {}, {"a": [{"b": "в"}]}])
def test_json_is_read(value: object) -> None:
    assert read_json(json.dumps(value).encode()) == value


def test_json_may_be_as_deep_as_is_told() -> None:
    assert read_json(b"[" * DEEPEST + b"]" * DEEPEST)


@pytest.mark.parametrize(
    ("target", "kind", "body", "status"),
    [
        ("/api/v1/citations", b"text/plain", b"{}", 415),
        ("/api/v1/citations", b"", b"{}", 415),
        ("/api/v1/citations", FORM, b"text=a", 415),
        ("/api/v1/citations", b"\xff", b"{}", 415),
        ("/api/v1/citations", JSON, b"{", 400),
        ("/api/v1/citations", JSON, b"", 400),
        ("/api/v1/citations", JSON, b"null", 422),
        ("/api/v1/citations", JSON, b'{"text":1}', 422),
        ("/api/v1/citations", JSON, b'{"text":"a","x":1}', 422),
        ("/api/v1/citations", JSON + b"; charset=utf-8", b'{"text":"a"}', 200),
        ("/api/v1/citations", b"application/ld+json", b'{"text":"a"}', 200),
        ("/library/delete", JSON, b'{"document":"x"}', 415),
        ("/library/delete", FORM, b"document=%zz", 400),
        ("/library/delete", FORM, b"document=%ff", 400),
        ("/library/delete", FORM, b"document=\xff", 400),
        ("/library/delete", FORM, b"document=a%00", 400),
        ("/library/delete", FORM, b"document=a&document=b", 422),
        ("/library/delete", FORM, b"", 422),
        ("/library/delete", FORM, b"document=a" + b"&x=1" * 1100, 413),
        ("/library/delete", FORM, b"document=" + b"a" * ENCODED, 413),
        ("/library/delete", b"multipart/form-data", b"", 400),
        ("/library/delete", b"multipart/form-data; boundary=x", b"--y", 400),
        ("/api/v1/documents", FORM, b"files=a", 415),
        ("/api/v1/documents", b"multipart/form-data", b"x", 400),
        ("/api/v1/documents", b"multipart/form-data; boundary=x", b"--x--\r\n", 422),
    ],
)
def test_a_damaged_body_is_refused(house: House, target: str, kind: bytes, body: bytes, status: int) -> None:
    headers = [(b"authorization", b"Bearer " + TOKEN.encode()), *([(b"content-type", kind)] if kind else [])]
    told = house.ask(Ask("POST", target.encode(), headers, body))
    if status == 200:
        assert told.status == 200
    else:
        refused(told, status)


@pytest.mark.parametrize(
    "spoilt", [[], ["x", {}], ["x", -5], [float("inf"), "a", "", "x"], [True, "a", "", "x"], {}, None]
)
@pytest.mark.parametrize("address", ["/api/v1/documents?limit=1", "/api/v1/search?q=сторона&limit=1"])
def test_a_spoilt_cursor_is_refused(reading: TestClient, address: str, spoilt: object) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(spoilt).encode()).decode().rstrip("=")
    answer = reading.get(f"{address}&cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-cursor")
    assert "первой страницы" in answer.json()["detail"]


@pytest.mark.parametrize("at", range(3))
@pytest.mark.parametrize("value", [{}, -5, None, True, 1.5, "x" * 300, float("nan")])
def test_a_cursor_of_ours_with_one_thing_changed_is_refused(reading: TestClient, at: int, value: object) -> None:
    cursor = reading.get("/api/v1/documents?limit=1").headers["X-Next-Cursor"]
    told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    told[at] = value
    changed = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
    answer = reading.get("/api/v1/documents", params={"limit": 1, "cursor": changed})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-cursor")


def test_without_tokens_a_proxy_s_credentials_are_not_ours(reading: TestClient) -> None:
    assert reading.get("/api/v1/topics", headers={"Authorization": "Basic eDp5"}).status_code == 200


def test_a_number_of_thousands_of_digits_for_the_length_is_too_large(house: House) -> None:
    refused(house.ask(Ask("POST", b"/api/v1/citations", [(b"content-length", b"9" * 5000)])), 413)


def test_a_host_with_more_than_a_name_and_a_port_is_foreign(house: House) -> None:
    for host in (b"127.0.0.1:8000/../x", b"127.0.0.1:x", b"127.0.0.1:8000@evil.example", b"[::1", b"\xff"):
        refused(house.ask(Ask("GET", b"/api/v1/topics", [(b"host", host)])), 421)

"""Whose requests are answered: hosts, origins, tokens; what every answer carries; errors as problems."""

import inspect
from pathlib import Path
from typing import NoReturn

import pytest
from fastapi.testclient import TestClient

from corpus import errors
from corpus.errors import InputError, LibraryBusyError, LibraryUnavailableError
from corpus.library import Library
from corpus.local.library import LocalLibrary
from search_api.http.edge.problems import BY_STATUS, DETAIL, TABLE
from search_api.service.access.slowing import Slowing
from search_api.service.settings import Settings, allowed_host
from search_api.service.tokens import read_tokens
from tests.search_api.conftest import client_of

TOKEN = "token-of-sixteen-characters-at-least"
NET = "192.0.2.7"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("host", "names", "header", "allowed"),
    [
        ("127.0.0.1", (), "127.0.0.1", True),
        ("127.0.0.1", (), "localhost", True),
        ("127.0.0.1", (), "::1", True),
        ("127.0.0.1", (), "evil.example", False),
        ("127.0.0.1", (), "127.0.0.1.evil.example", False),
        ("127.0.0.1", (), "192.0.2.7", False),
        ("127.0.0.1", (), "", False),
        ("127.0.0.1", ("svod.example",), "svod.example", True),
        ("0.0.0.0", (), "192.0.2.7", True),
        ("0.0.0.0", (), "evil.example", False),
        ("0.0.0.0", ("svod.example",), "SVOD.example", True),
    ],
)
def test_hosts(host: str, names: tuple[str, ...], header: str, allowed: bool) -> None:
    assert allowed_host(header, Settings(host=host, names=names)) is allowed


def test_foreign_host_gets_nothing(reading: TestClient) -> None:
    for path in ("/", "/api/v1/documents", "/health/live", "/static/x/svod.css"):
        answer = reading.get(path, headers={"Host": "rebinding.example:8000"})
        assert (answer.status_code, answer.json()["code"]) == (421, "wrong-host")


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Origin": "http://127.0.0.1:8000"}, True),
        ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://127.0.0.1:9000"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
    ],
)
@pytest.mark.parametrize("path", ["/library/delete", "/library/undo", "/preferences", "/login"])
def test_writing_from_foreign_pages_is_refused(client: TestClient, headers: dict, allowed: bool, path: str) -> None:
    before = client.get("/api/v1/documents").json()
    data = {"document": before[0]["id"], "token": "x"}
    answer = client.post(path, data=data, headers=headers, follow_redirects=False)
    assert (answer.status_code != 403) is allowed
    if not allowed:
        assert client.get("/api/v1/documents").json() == before


def test_where_tokens_are_set_reading_needs_one_unless_it_is_opened(library: LocalLibrary) -> None:
    document, folder = library.documents()[0].id, library.folder
    url = f"/api/v1/documents/{document}"
    with client_of(lambda: LocalLibrary(folder), host=NET, tokens=f"{TOKEN} Анна Серова") as client:
        client.base_url = f"http://{NET}:8000"
        assert client.get(url).status_code == 401
        assert client.get(url, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/health/ready").json()["documents"] is None
    with client_of(lambda: LocalLibrary(folder), host=NET, tokens=f"{TOKEN} Анна Серова", open_reading=True) as client:
        client.base_url = f"http://{NET}:8000"
        assert client.get(url).status_code == 200
        for headers in ({}, {"Authorization": "Bearer another-token"}, {"Cookie": "svod_session=no"}):
            answer = client.delete(url, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert client.get(url).status_code == 200
        assert client.delete(url, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 204


def test_the_author_of_a_decision_is_the_token_s(library: Library) -> None:
    document = library.documents()[0].id
    decision = {"kind": "cell", "document": document, "topic": "refusal", "verdict": "reject", "note": "нет такого"}
    with client_of(lambda: library, tokens=f"{TOKEN} Анна Серова") as client:
        assert client.put("/api/v1/decisions", json=decision).status_code == 401
        key = {"Authorization": f"Bearer {TOKEN}"}
        told = client.put("/api/v1/decisions", json=decision, headers=key).json()
        assert (told["author"], told["verdict"]) == ("Анна Серова", "reject")
        kept = client.get("/api/v1/decisions", headers=key).json()["decisions"]
        assert [d["author"] for d in kept] == ["Анна Серова"]


@pytest.mark.parametrize(("opened", "read"), [(False, 403), (True, 200)])
def test_without_users_the_net_only_reads_and_that_where_it_is_opened(
    library: Library, opened: bool, read: int
) -> None:
    with client_of(lambda: library, host=NET, open_reading=opened) as client:
        client.base_url = f"http://{NET}:8000"
        answer = client.delete(f"/api/v1/documents/{library.documents()[0].id}")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        assert "svod users add" in answer.json()["detail"]
        assert client.get("/").status_code == read


def test_what_a_proxy_brings_to_the_machine_s_own_service_is_refused(client: TestClient) -> None:
    for name in ("X-Forwarded-For", "Forwarded"):
        answer = client.get("/api/v1/documents", headers={name: "192.0.2.1"})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_login_keeps_the_token_out_of_reach_of_scripts(library: Library) -> None:
    token = "ascii-token-0123456789"
    with client_of(lambda: library, tokens=f"{token} Анна Серова") as client:
        assert client.post("/login", data={"token": "wrong"}).status_code == 401
        answer = client.post("/login", data={"token": token}, follow_redirects=False)
        cookie = answer.headers["Set-Cookie"].lower()
        assert token not in cookie
        assert answer.status_code == 303
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "Анна Серова" in client.get("/").text
        assert client.post("/library/delete", data={"document": library.documents()[0].id}).status_code == 200
        acts = [(n.said["act"], n.said.get("who", "")) for n in library.trail()]
        assert acts == [("delete", "Анна Серова"), ("login", "Анна Серова"), ("login-refused", "")][: len(acts)]
        client.post("/logout")
        assert client.get("/api/v1/documents").status_code == 401


def test_a_session_is_renewed_at_login_and_ended_everywhere(library: Library) -> None:
    token = "ascii-token-0123456789"
    with (
        client_of(lambda: library, tokens=f"{token} Анна Серова") as client,
        client_of(lambda: library, tokens=f"{token} Анна Серова") as other,
    ):
        client.post("/login", data={"token": token})
        first = client.cookies["svod_session"]
        client.post("/login", data={"token": token})
        assert client.cookies["svod_session"] != first
        other.cookies.set("svod_session", first)
        assert other.get("/api/v1/documents").status_code == 401
        other.post("/login", data={"token": token})
        assert other.get("/api/v1/documents").status_code == 200
        client.post("/logout", data={"everywhere": "true"})
        assert other.get("/api/v1/documents").status_code == 401
        assert client.get("/api/v1/documents").status_code == 401


def test_over_https_the_cookie_is_this_host_s_alone(library: Library) -> None:
    token = "ascii-token-0123456789"
    with client_of(lambda: library, tokens=f"{token} Анна Серова") as client:
        client.base_url = "https://127.0.0.1:8000"
        cookie = client.post("/login", data={"token": token}, follow_redirects=False).headers["Set-Cookie"]
        assert cookie.startswith("__Host-svod=")
        assert all(word in cookie for word in ("Secure", "Path=/", "HttpOnly", "SameSite=strict"))
        assert "Domain" not in cookie
        assert client.get("/help").headers["Strict-Transport-Security"].startswith("max-age=")


def test_wrong_logins_are_slowed() -> None:
    now = [0.0]
    slowing = Slowing(lambda: now[0])
    waits = []
    for _ in range(6):
        slowing.erred("192.0.2.1")
        waits.append(slowing.waits("192.0.2.1"))
    assert waits == [0, 0, 1, 2, 4, 8]
    assert slowing.waits("192.0.2.2") == 0
    now[0] = 8.0
    assert slowing.waits("192.0.2.1") == 0
    for _ in range(20):
        slowing.erred("192.0.2.1")
    assert slowing.waits("192.0.2.1") == 900
    slowing.succeeded("192.0.2.1")
    assert slowing.waits("192.0.2.1") == 0


def test_who_errs_too_often_is_told_to_wait(library: Library) -> None:
    with client_of(lambda: library, tokens=f"{TOKEN} Анна Серова") as client:
        codes = [client.post("/login", data={"token": f"wrong-{n}"}).status_code for n in range(5)]
        assert codes[:3] == [401, 401, 401]
        assert 429 in codes


@pytest.mark.parametrize("line", ["short Анна", "0123456789abcdef", "ключ-не-из-латинских-букв Анна"])
def test_bad_token_lines_name_the_remedy(line: str) -> None:
    with pytest.raises(InputError, match="ключ автор"):
        read_tokens(Settings(tokens=line))


def test_every_answer_carries_the_security_headers(reading: TestClient, maps: str) -> None:
    for path in ("/", "/?q=отказ", f"/d/{maps}", "/нет", "/api/v1/documents", "/api/v1/nope", "/health/live"):
        headers = reading.get(path, headers={"Accept": "text/html"}).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"


def test_every_expected_error_has_a_row() -> None:
    codes = (
        {c.code for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.SvodError)}
        | set(BY_STATUS.values())
        | set(DETAIL)
    )
    assert codes <= set(TABLE)


class Failing(LocalLibrary):
    """A real library whose list of documents fails as an engine would."""

    error: Exception

    def documents(self) -> object:
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "code", "wait"),
    [
        (LibraryBusyError("Занято.", 7), 409, "library-busy", "7"),
        (LibraryUnavailableError("Нет связи.", 9), 503, "library-unavailable", "9"),
        (ZeroDivisionError("секрет"), 500, "error", None),
    ],
)
def test_errors_become_problems_for_programs_and_pages_for_people(
    tmp_path: object, error: Exception, status: int, code: str, wait: str | None
) -> None:
    library = Failing(tmp_path / "library")
    library.error = error
    with client_of(lambda: library) as client:
        answer = client.get("/api/v1/documents")
        problem = answer.json()
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
        assert problem["type"] == f"urn:svod:problem:{code}"
        assert answer.headers.get("Retry-After") == wait
        assert "секрет" not in answer.text
        page = client.get("/library", headers={"Accept": "text/html"})
        assert page.status_code == status
        assert "<h1>" in page.text
        assert "секрет" not in page.text
        assert "Content-Security-Policy" in page.headers


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/documents/none", 404, "not-found"),
        ("GET", "/api/v1/documents/%D0%B9", 422, "invalid"),
        ("GET", "/api/v1/search", 422, "invalid"),
        ("GET", "/api/v1/search?q=" + "%D0%B0" * 3000, 400, "bad-query"),
        ("GET", "/api/v1/documents?colour=red", 422, "invalid"),
        ("GET", "/api/v1/nope", 404, "not-found"),
        ("PATCH", "/api/v1/documents", 405, "method-not-allowed"),
    ],
)
def test_refusals(reading: TestClient, method: str, path: str, status: int, code: str) -> None:
    answer = reading.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]
    if status == 405:
        assert answer.headers["Allow"]


def test_too_large_a_body_is_refused(library: Library) -> None:
    with client_of(lambda: library, max_body=1000, max_file=2000) as client:
        answer = client.post("/preferences", data={"back": "/" + "x" * 5000})
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
        chunked = client.post("/preferences", content=(b"x" * 600 for _ in range(4)), headers=FORM)
        assert (chunked.status_code, chunked.json()["code"]) == (413, "too-large")
        big = [("files", ("большой.txt", b"x" * 3000))]
        assert "больше" in client.post("/api/v1/documents", files=big).json()["detail"]


def test_an_upload_does_not_wait_to_be_parsed_when_nothing_can_store_it(tmp_path: Path) -> None:
    class Down(LocalLibrary):
        def terms(self, prefix: str, limit: int) -> NoReturn:
            raise LibraryUnavailableError("Нет связи.", 9)

    def parse(*_: object) -> NoReturn:
        raise AssertionError

    with client_of(lambda: Down(tmp_path / "library")) as client, pytest.MonkeyPatch.context() as patched:
        patched.setattr("ingest.parsing.Parsing.files", parse)
        answer = client.post("/api/v1/documents", files=[("files", ("а.txt", "Статья 1".encode()))])
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "9")


def test_the_limit_of_files_in_one_upload_is_named(client: TestClient) -> None:
    files = [("files", (f"{number}.txt", b"")) for number in range(1001)]
    answer = client.post("/api/v1/documents", files=files)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert "1000" in answer.json()["detail"]


def test_the_service_outlives_its_engine(tmp_path: object) -> None:
    down = [True]

    def opener() -> Library:
        if down[0]:
            raise LibraryUnavailableError("Хранилище не отвечает.")
        return LocalLibrary(tmp_path / "library")

    with client_of(opener) as client:
        assert client.get("/health/live").status_code == 200
        assert client.get("/health/ready").status_code == 503
        assert client.get("/", headers={"Accept": "text/html"}).status_code == 503
        assert client.get("/help").status_code == 200
        down[0] = False
        assert client.get("/health/ready").json()["documents"] == 0
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/?q=отказ", "/library", "/help", "/api/v1/documents", "/health/ready", "/нет"])
def test_head_is_answered_as_get_without_the_body(reading: TestClient, path: str) -> None:
    got = reading.get(path, headers={"Accept": "text/html", "Accept-Encoding": "identity"})
    head = reading.head(path, headers={"Accept": "text/html", "Accept-Encoding": "identity"})
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert {k: v for k, v in head.headers.items() if k != "date"} == {
        k: v for k, v in got.headers.items() if k != "date"
    }


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("limit=0", "limit (не меньше 1)"),
        ("limit=101", "limit (не больше 100)"),
        ("limit=x", "limit (нужно целое число)"),
        ("sort=x", "sort (одно из: 'relevance', 'date', 'order')"),
        ("colour=red", "colour (такого здесь нет)"),
    ],
)
def test_a_wrong_value_is_told_in_russian(reading: TestClient, asked: str, told: str) -> None:
    assert told in reading.get(f"/api/v1/search?q=карта&{asked}").json()["detail"]


def test_the_limit_of_a_query_is_named_however_long_it_is(reading: TestClient) -> None:
    answer = reading.get("/api/v1/search", params={"q": "я" * 5000})
    assert answer.status_code == 400
    assert "1000" in answer.json()["detail"]


def test_only_facets_that_are_can_be_counted(reading: TestClient) -> None:
    every = ["type", "party", "body", "place", "year", "language", "topic", "level"]
    answer = reading.get("/api/v1/search", params={"q": "карта", "facets": every}).json()
    assert set(answer["facets"]) == {*every[:-1], "kind"}
    for name in ("cites", "nope"):
        refused = reading.get("/api/v1/search", params={"q": "карта", "facets": name})
        assert (refused.status_code, refused.json()["code"]) == (400, "bad-query")

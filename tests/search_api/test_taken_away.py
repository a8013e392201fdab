"""Whatever is taken away is noted: who, when, which documents, the sum of the bytes, the request; never words."""

import hashlib
import json
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from corpus.library import Library
from corpus.local.library import LocalLibrary
from corpus.rights import keys
from corpus.rights.people import UserRole, set_user
from search_api.http.app import ROUTERS
from tests.search_api.conftest import client_of, command

APP = command()
CITED = "Стороны вправе отказать: ст. 1 Соглашения. криптонит"
FILES = [
    ("GET", "/api/v1/export", {"document": "{a}", "format": "docx"}, 1),
    ("GET", "/api/v1/export", {"document": "{a}", "format": "json"}, 1),
    ("GET", "/api/v1/export", {"q": "Стороны", "format": "xlsx"}, None),
    ("GET", "/api/v1/documents/{a}/export", {"format": "akn"}, 1),
    ("GET", "/api/v1/compare", {"document": ["{a}", "{b}"], "format": "md"}, 2),
    ("GET", "/library/take", {"d": ["{a}", "{b}"], "format": "md"}, 2),
    ("GET", "/api/v1/matrix", {"format": "csv"}, None),
    ("POST", "/citecheck/report", {"text": CITED}, None),
    ("POST", "/citecheck/list", {"text": CITED, "form": "ris"}, None),
]


def exports(library: Library) -> list[dict[str, str]]:
    return [dict(note.said) for note in library.trail() if note.said["act"] == "export"]


@pytest.fixture
def reader(library: Library) -> TestClient:
    set_user(library, "Чтец", UserRole.READER)
    client = client_of(lambda: library)
    client.headers["Authorization"] = f"Bearer {keys.make(library, 'Чтец')[0]}"
    return client


@pytest.mark.parametrize(("method", "path", "given", "number"), FILES)
def test_a_file_handed_out_is_noted(
    library: Library, reader: TestClient, method: str, path: str, given: dict, number: int | None
) -> None:
    ids = dict(zip("ab", (s.id for s in library.documents()), strict=False))
    put = json.loads(json.dumps(given).replace("{a}", ids["a"]).replace("{b}", ids["b"]))
    sent = {"params" if method == "GET" else "data": put}
    answer = reader.request(method, path.format(**ids), **sent)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    (note,) = exports(library)
    assert note["who"] == "Чтец"
    assert note["request"] == answer.headers["X-Request-ID"]
    assert note["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert int(note["documents"]) == len(note.get("what", "").split())
    assert number in {None, int(note["documents"])}
    assert not any(word in str(note) for word in ("Сторон", "криптонит"))


def test_every_route_that_hands_files_out_is_in_the_table(library: Library, reader: TestClient) -> None:
    """A route whose answer says «attachment» is found by the word its module imports."""
    giving = {
        (method, route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and "attachment" in route.endpoint.__code__.co_names
        for method in route.methods
    }
    assert giving == {(method, path.replace("{a}", "{document}")) for method, path, *_ in FILES}
    source = Path(__file__).parents[2] / "search_api"
    saying = [p.name for p in source.rglob("*.py") if "Content-Disposition" in p.read_text("utf-8")]
    assert saying == ["export.py"]


def test_what_is_refused_is_not_noted(library: Library, reader: TestClient) -> None:
    assert reader.get("/api/v1/export", params={"document": "none"}).status_code == 404
    assert exports(library) == []


def test_commands_note_too(library: LocalLibrary, tmp_path: Path) -> None:
    first, second = [s.id for s in library.documents()][:2]
    for said in (["export", first], ["compare", first, second, "--format", "xlsx"], ["matrix", "--format", "csv"]):
        out = tmp_path / "out"
        done = CliRunner().invoke(APP, [*said, "-o", str(out), "--library", str(library.folder)])
        assert done.exit_code == 0, done.output
        assert exports(library)[0]["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert [n["documents"] for n in exports(library)][1:] == ["2", "1"]


def test_a_wrong_key_is_noted_and_fills_nothing(library: Library, reader: TestClient) -> None:
    for _ in range(12):
        wrong = {"Authorization": "Bearer svod_000000000000_nothing"}
        assert reader.get("/api/v1/documents", headers=wrong).status_code == 401
    refused = [n.said for n in library.trail() if n.said["act"] == "key-refused"]
    assert 3 <= len(refused) < 8
    assert all("nothing" not in str(note) for note in refused)
    assert reader.get("/api/v1/documents").status_code == 200, "the right key is not held up"

"""What is dead, changed or about to change is marked at every door; a door that is not in the tables fails."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

import pytest
import typer
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from corpus.library import Library
from search_api.cli.comparing import FORMATS
from search_api.exports.forms import MEDIA_TYPES, exported
from search_api.exports.rendering import HIT_FORMATS
from search_api.http.comparison import MEDIA_TYPES as COMPARED
from tests.search_api import dated
from tests.search_api.conftest import client_of, command
from tests.search_api.dated import CHANGED_WORDS, CITED, DEAD_WORDS, ENDED_WORDS, PENDING_WORDS, PLACES, QUERY
from tests.search_api.doors import doors

EVERY = (CHANGED_WORDS, DEAD_WORDS, PENDING_WORDS, ENDED_WORDS)
OWN = (CHANGED_WORDS, DEAD_WORDS, PENDING_WORDS)
ACT = (CHANGED_WORDS, ENDED_WORDS)
"""What is told of whole acts alone."""

Ask = Callable[[TestClient, str, str], str]
"""Ask a door over the treaty and the ended one (their ids); return what it says."""


def _got(path: str) -> Ask:
    """Ask with GET; {d} is the treaty, {e} the ended one, {q} the query; with {p} each provision in turn."""

    def ask(client: TestClient, treaty: str, ended: str) -> str:
        given = {"d": treaty, "e": ended, "q": quote(QUERY), "o": quote("улья выставка ульев")}
        paths = [path.format(**given, p=eid) for eid in PLACES.values()] if "{p}" in path else [path.format(**given)]
        if "{p}" in path and "{d}" in path:
            paths.append(path.format(**{**given, "d": ended}, p="art_1"))
        answers = [client.get(p, headers={"Accept": "text/html"} if "/api/" not in p else {}) for p in paths]
        assert all(a.status_code == 200 for a in answers), [a.text[:300] for a in answers]
        return "\n".join(words(a.content) for a in answers)

    return ask


def _posted(path: str, **more: object) -> Ask:
    def ask(client: TestClient, treaty: str, ended: str) -> str:
        del treaty, ended
        answer = client.post(path, **more)  # type: ignore[arg-type]
        assert answer.status_code == 200, answer.text[:300]
        return words(answer.content)

    return ask


def words(content: bytes) -> str:
    """Return the words of a file of any kind: of an office file those of its parts, of JSON and mark-up unescaped."""
    if content[:2] != b"PK":
        text = content.decode("utf-8")
        text = json.dumps(json.loads(text), ensure_ascii=False) if text[:1] in "[{" else text
        return re.sub(r"\s+", " ", re.sub(r"<[^>]{0,2000}>|\\(?=[\[\]])", "", text))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml")]
    return re.sub(r"<[^>]{0,2000}>", "", "\n".join(parts))


API = "/api/v1/documents/{d}"
TOLD: Mapping[str, tuple[Ask, tuple[str, ...]]] = {
    "GET /": (_got("/?q={q}&n=100"), EVERY),
    "GET /library": (_got("/library"), ACT),
    "GET /compare": (_got("/compare?edit=1"), ACT),
    "GET /compare/{documents}": (_got("/compare/{d}…{e}"), ACT),
    "GET /matrix": (_got("/matrix"), ("действует с изменениями",)),
    "GET /matrix/{topic}": (_got("/matrix/entry-into-force"), (ENDED_WORDS,)),
    "GET /api/v1/topics/{topic}/wordings": (_got("/api/v1/topics/entry-into-force/wordings"), (ENDED_WORDS,)),
    "GET /api/v1/matrix": (_got("/api/v1/matrix"), ACT),
    "GET /d/{document}": (_got("/d/{d}"), OWN),
    "GET /d/{document}/links": (_got("/d/{d}/links"), ("действует с 01.03.2010",)),
    "GET /d/{document}/doubts": (_got("/d/{d}/doubts"), ("Изменено 07.07.2007",)),
    "GET /api/v1/doubts": (_got("/api/v1/doubts"), ("действует с 01.03.2010",)),
    "GET /doubts": (_got("/doubts"), ("действует с 01.03.2010",)),
    "GET /d/{document}/{eid}/others": (_got("/d/{d}/art_3/others?topic=entry-into-force"), (ENDED_WORDS,)),
    "GET /d/{document}/{eid}/card": (_got("/d/{d}/{p}/card"), EVERY),
    "GET /d/{document}/{eid}/incoming": (_got("/d/{d}/{p}/incoming"), EVERY),
    "GET /timeline": (_got("/timeline"), ACT),
    "GET /editions/{document}": (_got("/editions/{d}"), ("Изменено 07.07.2007", "ст. 2", "в силу неизвестен")),
    "GET /editions/{document}/compare": (_got("/editions/{d}/compare"), ("исключено", "изменено")),
    "POST /citecheck": (_posted("/citecheck", files={"text": (None, CITED)}), EVERY),
    "POST /citecheck/report": (_posted("/citecheck/report", data={"text": CITED}), EVERY),
    "POST /citecheck/list": (_posted("/citecheck/list", data={"text": CITED}), (ENDED_WORDS,)),
    "GET /api/v1/documents": (_got("/api/v1/documents"), ACT),
    "GET /api/v1/documents/{document}": (_got(API), OWN),
    "GET /api/v1/documents/{document}/provisions/{eid}": (_got(API + "/provisions/{p}"), EVERY),
    "GET /api/v1/documents/{document}/provisions/{eid}/similar": (_got(API + "/provisions/art_3/similar"), ()),
    "GET /api/v1/documents/{document}/provisions/{eid}/others": (
        _got(API + "/provisions/art_3/others?topic=entry-into-force"),
        (ENDED_WORDS,),
    ),
    "GET /api/v1/documents/{document}/provisions/{eid}/equivalents": (
        _got("/api/v1/documents/{e}/provisions/art_2/equivalents"),
        (ENDED_WORDS,),
    ),
    "GET /api/v1/documents/{document}/equivalents": (_got(API + "/equivalents"), OWN),
    "GET /api/v1/documents/{document}/references": (_got(API + "/references?incoming=1"), ("действует с 01.03.2010",)),
    "GET /api/v1/documents/{document}/state": (_got(API + "/state"), ("amended", "repealed", "в силу неизвестен")),
    "GET /api/v1/documents/{document}/editions": (_got(API + "/editions"), ("2007-07-07", "в силу неизвестен")),
    "GET /api/v1/documents/{document}/diff": (
        _got(API + "/diff?from=2007-01-01&to=2008-01-01"),
        ("changed", "removed"),
    ),
    "GET /api/v1/search": (_got("/api/v1/search?q={q}&limit=100"), EVERY),
    "GET /api/v1/compare": (_got("/api/v1/compare?document={d}&document={e}"), EVERY),
    "POST /api/v1/citations": (_posted("/api/v1/citations", json={"text": CITED}), EVERY),
    "POST /api/v1/citecheck": (_posted("/api/v1/citecheck", json={"text": CITED}), EVERY),
    "GET /api/v1/export": (_got("/api/v1/export?q={q}&format=docx"), EVERY),
    "GET /api/v1/documents/{document}/export": (_got(API + "/export?format=txt"), OWN),
    "GET /library/take": (_got("/library/take?d={d}&format=akn"), OWN),
}
QUIET = {
    "GET /decisions": "what was decided, not acts",
    "GET /d/{document}/{eid}": "leads to the page of the document",
    "GET /suggest": "names acts and words, quotes none",
    "GET /citecheck": "asks for a text",
    "GET /help": "quotes nothing",
    "GET /login": "quotes nothing",
    "GET /login/firm": "leads to the provider of logins",
    "GET /login/back": "comes back from it",
    "GET /metrics": "counts, no acts",
    "GET /compare/topics": "quotes examples a person gave, not acts",
    "GET /compare/correct/{document}/{topic}": "a form over an act whose state its page tells",
    "GET /api/v1/documents/{document}/repairs": "words as printed and as mended, for who judges them, not to be quoted",
    "GET /d/{document}/metadata": "a form over the facts of an act",
    "GET /d/{document}/print.css": "names the act in the margin of a printed page",
    "GET /api/v1/topics": "topics, not acts",
    "GET /api/v1/decisions": "what was decided, not acts",
    "GET /api/v1/differences": "two texts word by word, of places the caller names",
    "GET /api/v1/documents/{document}/versions": "versions of the file",
    "GET /api/v1/documents/{document}/metadata": "fields of the file",
    "GET /api/v1/openapi.json": "describes the service",
    "GET /audit": "who did what, no words of acts",
    "GET /api/v1/audit": "who did what, no words of acts",
    "GET /api/v1/users": "people",
    "GET /api/v1/keys": "keys",
    "GET /api/v1/funds": "sets of documents by name",
    "GET /api/v1/jobs/{job}": "what became of uploaded files",
    "GET /health/live": "health",
    "GET /health/ready": "health",
    "GET /static": "files of the page",
    "GET /static/{file}": "files of the page",
}
"""Doors that quote no provision, with the reason."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = dated.dated(tmp_path_factory.mktemp("dated") / "library")
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with client_of(lambda: library) as made:
        yield made


def _ids(library: Library) -> tuple[str, str]:
    return dated.document(library, "договор.txt"), dated.document(library, "прежний.txt")


def test_every_reading_door_is_in_a_table(client: TestClient) -> None:
    reading = {d.label for d in doors(client.app) if d.method == "GET" or d.label in TOLD}  # type: ignore[arg-type]
    unknown = reading - TOLD.keys() - QUIET.keys()
    assert not unknown, unknown
    assert TOLD.keys() - {d.label for d in doors(client.app)} == set()  # type: ignore[arg-type]


@pytest.mark.parametrize("label", TOLD)
def test_a_door_tells_the_state(client: TestClient, library: Library, label: str) -> None:
    ask, expected = TOLD[label]
    said = ask(client, *_ids(library))
    lacking = [each for each in expected if each not in said]
    assert not lacking, lacking


def test_a_text_is_checked_as_of_the_day_asked(client: TestClient) -> None:
    asked = {"text": CITED, "on": "1 марта 1901 года"}
    told = client.post("/api/v1/citecheck", json=asked).json()["authorities"]
    assert told
    assert {a["state"]["on"] for a in told} == {"1901-03-01"}
    assert ENDED_WORDS not in words(client.post("/citecheck/list", data=asked).content)
    assert client.post("/api/v1/citecheck", json={"text": CITED, "on": "31 февраля"}).status_code == 400


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_a_document_taken_away_tells_the_state(library: Library, form: str) -> None:
    treaty, ended = _ids(library)
    said = words(exported(library, treaty, form))
    lacking = [w for w in OWN if w not in said]
    assert not lacking, lacking
    assert ENDED_WORDS in words(exported(library, ended, form))


@pytest.mark.parametrize("form", HIT_FORMATS)
def test_hits_taken_away_tell_the_state(client: TestClient, form: str) -> None:
    said = words(client.get("/api/v1/export", params={"q": QUERY, "format": form}).content)
    lacking = [w for w in EVERY if w not in said]
    assert not lacking, lacking


@pytest.mark.parametrize("form", ["json", *COMPARED])
def test_a_comparison_taken_away_tells_the_state(client: TestClient, library: Library, form: str) -> None:
    said = words(client.get("/api/v1/compare", params={"document": _ids(library), "format": form}).content)
    lacking = [w for w in EVERY if w not in said]
    assert not lacking, lacking


SAID: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "doubts": ((), ("действует с 01.03.2010",)),
    "documents": ((), ACT),
    "show": (("{d}",), OWN),
    "search": ((QUERY, "--limit", "100"), EVERY),
    "cite": ((CITED,), EVERY),
    "citecheck": ((CITED,), EVERY),
    "refs": (("{c}",), (DEAD_WORDS,)),
    "equivalents": (("{d}",), (ENDED_WORDS,)),
    "compare": (("{d}", "{e}"), EVERY),
    "matrix": ((), ("действует с изменениями",)),
    "wordings": (("entry-into-force",), (ENDED_WORDS,)),
    "others": (("{d}", "art_3", "--topic", "entry-into-force"), (ENDED_WORDS,)),
    "export": (("{d}", "--format", "txt"), OWN),
    "state": (("{d}",), ("действует с изменениями от 07.07.2007", "утратило силу", "неизвестен")),
    "editions": (("{d}",), ("2007-07-07", "в силу неизвестен")),
    "diff": (("{d}", "--from", "2007-01-01", "--to", "2008-01-01"), ("исключено", "изменено")),
}
SILENT = {
    "erase",
    "erased",
    "funds",
    "users",
    "move",
    "parse",
    "repair",
    "repairs",
    "ingest",
    "correct",
    "delete",
    "restore",
    "versions",
    "decisions",
    "decide",
    "answer",
    "topics",
    "explain",
    "health",
    "serve",
    "demo",
    "reindex",
    "embed",
    "check",
    "copy",
    "keys",
    "audit",
    "backup",
    "restore-backup",
}
"""Commands that quote no stored provision."""


def test_every_command_is_in_a_table() -> None:
    known = {c.name for c in typer.main.get_command(command()).commands.values()}  # type: ignore[attr-defined]
    unknown = known - SAID.keys() - SILENT
    assert not unknown, unknown
    assert set(FORMATS) - {"table", "json"} == set(COMPARED)


OVER_HTTP = {"export", "editions", "state", "diff"}
"""Commands whose JSON, or file, is the answer over HTTP, which is asked above."""


@pytest.mark.parametrize(
    ("name", "as_json"), [(name, j) for name in SAID for j in (False, True) if not (j and name in OVER_HTTP)]
)
def test_a_command_tells_the_state(library: Library, name: str, as_json: bool) -> None:
    given, expected = SAID[name]
    treaty, ended = _ids(library)
    ids = {"{d}": treaty, "{e}": ended, "{c}": dated.document(library, "выставка.txt")}
    arguments = [ids.get(a, a) for a in given] + ["--library", str(library.folder)]  # type: ignore[attr-defined]
    result = CliRunner().invoke(command(), [name, *arguments, *(["--json"] if as_json else [])])
    assert result.exit_code == 0, result.output[-500:]
    said = words(result.stdout.encode())
    lacking = [w for w in expected if w not in said]
    assert not lacking, lacking

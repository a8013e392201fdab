"""Every library ever written opens whole: documents, texts, corrections, decisions."""

import hashlib
import json
import lzma
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from corpus.elastic.library import ElasticLibrary
from corpus.errors import LibraryUnavailableError
from corpus.library import Library, Other, Put
from corpus.local.library import LocalLibrary
from corpus.local.migrations import FORMAT, STEPS
from corpus.search.answers import SearchOptions
from corpus.search.search import search
from tests import elasticsearch_node

HERE = Path(__file__).parent
FORMATS = sorted(path.name for path in HERE.iterdir() if path.is_dir() and path.name.isdecimal())


def unpacked(name: str, to: Path) -> Path:
    with tarfile.open(HERE / name / "folder.tar.xz") as archive:
        archive.extractall(to, filter="data")
    return to


def put_back(name: str, url: str) -> str:
    """Write an exported library into a node under a prefix of its own; return the prefix."""
    told = json.loads(lzma.decompress((HERE / name / "elastic.json.xz").read_bytes()))
    prefix = elasticsearch_node.new_prefix()
    http = urllib3.PoolManager()

    def call(method: str, path: str, body: str, kind: str = "application/json") -> None:
        answer = http.request(method, f"{url}/{path}", body=body.encode(), headers={"Content-Type": kind})
        assert answer.status < 300, answer.data
        assert not json.loads(answer.data).get("errors"), answer.data

    old = next(iter(told["indices"])).partition("-")[0]
    for index, made in told["indices"].items():
        new = index.replace(old, prefix, 1)
        aliases = {alias.replace(old, prefix, 1): own for alias, own in made["aliases"].items()}
        body = {"settings": {"index": made["settings"]}, "mappings": made["mappings"], "aliases": aliases}
        call("PUT", new, json.dumps(body))
        lines = []
        for key, record in made["docs"]:
            text = json.dumps(record, ensure_ascii=False).replace(f"{old}-clauses", f"{prefix}-clauses")
            lines += [json.dumps({"index": {"_id": key}}), text]
        if lines:
            call("POST", f"{new}/_bulk?refresh=true", "\n".join([*lines, ""]), "application/x-ndjson")
    return prefix


@pytest.fixture(params=FORMATS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(
    params=[
        "local",
        pytest.param("elastic", marks=[pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")]),
    ]
)
def library(request: pytest.FixtureRequest, name: str, tmp_path: Path) -> Iterator[Library]:
    if request.param == "local":
        opened = LocalLibrary(unpacked(name, tmp_path))
        yield opened
        opened.close()
        return
    url = elasticsearch_node.shared_url()
    there = ElasticLibrary(elasticsearch_node.patient(url), put_back(name, url))
    there.reindex()
    yield there
    there.close()
    elasticsearch_node.drop(there)


def test_it_answers_as_it_did(library: Library, name: str) -> None:
    expected = json.loads((HERE / name / "expected.json").read_text("utf-8"))
    found = [
        {"id": s.id, "source": s.source, "type": s.type, "title": s.title, "date": s.date} for s in library.documents()
    ]
    assert found == expected["documents"]
    assert sorted(str(d["key"]) for d in library.decisions()) == expected["decisions"]
    for id_, digest in expected["provisions"].items():
        act = library.get(id_).instrument
        told = json.dumps([[p.eid, p.text] for p in act.walk()], ensure_ascii=False)
        assert hashlib.sha256(told.encode()).hexdigest() == digest
        assert act.place == expected["places"][id_]
    # An index of another version is rebuilt by the first question.
    assert search(library, "стороны", SearchOptions(limit=1)).total > 0
    assert list(library.check()) == []


def test_it_can_be_written(library: Library) -> None:
    first = library.documents()[0]
    file = library.source(first.id)
    assert library.put(file).put is Put.UNCHANGED
    assert [v.current for v in library.versions(first.id)] == [True]
    library.delete(first.id)
    library.restore(first.id)
    assert library.put(file, Other.REFUSE).put is Put.UNCHANGED


def test_a_migration_broken_off_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = unpacked(name, tmp_path / "l")
    if int(name) >= FORMAT:
        pytest.skip("written in the format of today")

    def breaks(truth: sqlite3.Connection) -> None:
        truth.execute("CREATE TABLE half (done INTEGER)")
        raise OSError(28, "full")

    monkeypatch.setitem(STEPS, int(name), breaks)
    with pytest.raises(LibraryUnavailableError):
        LocalLibrary(folder)
    monkeypatch.undo()
    truth = sqlite3.connect(folder / "truth.sqlite")
    assert truth.execute("PRAGMA user_version").fetchone() == (int(name),)
    assert not truth.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchall()
    truth.close()
    LocalLibrary(folder).close()


def test_a_newer_format_is_not_touched(tmp_path: Path, name: str) -> None:
    folder = unpacked(name, tmp_path / "l")
    truth = sqlite3.connect(folder / "truth.sqlite", isolation_level=None)
    truth.execute(f"PRAGMA user_version = {FORMAT + 1}")
    truth.close()
    before = {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    with pytest.raises(LibraryUnavailableError, match="не тронута"):
        LocalLibrary(folder)
    after = {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    assert after == before
    shutil.rmtree(folder)

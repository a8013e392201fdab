"""A lost, stale or damaged index is rebuilt from the truth; a full disk stores nothing by halves."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.clauses.tree import Everything
from corpus.errors import LibraryUnavailableError
from corpus.library import Put
from corpus.local.library import LocalLibrary
from tests.corpus.local import workers
from tests.strategies import word


def index_of(library: LocalLibrary) -> Path:
    (folder,) = library.folder.glob("index-*")
    return folder


def filled(folder: Path, *, files: int = 3) -> LocalLibrary:
    library = LocalLibrary(folder)
    list(library.put_many(workers.version_of(f"{n}.txt", n) for n in range(files)))
    return library


def remove(index: Path) -> None:
    shutil.rmtree(index)


def empty(index: Path) -> None:
    for file in index.iterdir():
        file.unlink()


def truncate(index: Path) -> None:
    for file in index.iterdir():
        if file.suffix in {".term", ".idx", ".pos", ".fast", ".store"}:
            file.write_bytes(file.read_bytes()[:10])


def garble_meta(index: Path) -> None:
    (index / "meta.json").write_text("{}")


def lose_segments(index: Path) -> None:
    for file in index.glob("*.idx"):
        file.unlink()


DAMAGES = [remove, empty, truncate, garble_meta, lose_segments]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_index_is_reported_and_mended(tmp_path: Path, damage) -> None:
    library = filled(tmp_path / "l")
    before = library.recall(Everything(), 100)
    library.close()
    damage(index_of(library))
    library = LocalLibrary(tmp_path / "l")
    assert [f.rule for f in library.check()] == ["index"]
    assert library.recall(Everything(), 100).clauses == before.clauses
    assert library.recall(word("редакция"), 100).total == before.total
    assert list(library.check()) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_writer_mends_a_damaged_index_first(tmp_path: Path, damage) -> None:
    library = filled(tmp_path / "l")
    library.close()
    damage(index_of(library))
    library = LocalLibrary(tmp_path / "l")
    assert library.put(workers.version_of("новый.txt", 9)).put is Put.STORED
    assert list(library.check()) == []


def test_stale_index_is_mended(tmp_path: Path) -> None:
    library = filled(tmp_path / "l")
    shutil.copytree(index_of(library), tmp_path / "old")
    library.put(workers.version_of("новый.txt", 9))
    total = library.recall(Everything(), 100).total
    library.close()
    index = index_of(library)
    shutil.rmtree(index)
    shutil.copytree(tmp_path / "old", index)
    library = LocalLibrary(tmp_path / "l")
    assert [f.rule for f in library.check()] == ["index"]
    assert library.recall(Everything(), 100).total == total
    assert list(library.check()) == []


def test_index_of_another_analysis_is_rebuilt(tmp_path: Path) -> None:
    library = filled(tmp_path / "l")
    library.close()
    truth = sqlite3.connect(tmp_path / "l" / "truth.sqlite", isolation_level=None)
    truth.execute("UPDATE meta SET value = 0 WHERE key = 'analysis'")
    truth.close()
    library = LocalLibrary(tmp_path / "l")
    assert [f.rule for f in library.check()] == ["index"]
    assert library.health().ready
    assert list(library.check()) == []


TAMPERED = {
    "clause text": ("UPDATE clauses SET data = replace(data, 'срок', 'строк')", "clauses"),
    "clause words": ("UPDATE clauses SET stream = replace(stream, 'срок', 'строк')", "clauses"),
    "clause lost": ("DELETE FROM clauses WHERE row = (SELECT min(row) FROM clauses)", "clauses"),
    "summary": ("UPDATE documents SET summary = replace(summary, 'agreement', 'protocol')", "summary"),
    "facets": ("UPDATE documents SET facets = replace(facets, 'agreement', 'protocol')", "summary"),
    "document blob": ("UPDATE documents SET instrument = x'00' WHERE place = 0", "document"),
    "file blob": ("UPDATE sources SET file = x'789c'", "file"),
    "other name": ("UPDATE sources SET name = 'x' || name", "file"),
    "same id twice": ("UPDATE documents SET id = 'a'", "twice"),
    "entry": (
        "INSERT INTO registers VALUES ('user', 'Анна', '{\"role\": \"admin\"}' || char(10) || '00000000')",
        "entry",
    ),
    "note": ("INSERT INTO trail (said) VALUES ('{\"act\": \"put\"}' || char(10) || '00000000')", "entry"),
    "decision": ("INSERT INTO decisions VALUES ('a', '{\"key\": \"b\"}')", "decision"),
}


@pytest.mark.parametrize(("statement", "rule"), TAMPERED.values(), ids=TAMPERED)
def test_check_finds_what_does_not_follow(tmp_path: Path, statement: str, rule: str) -> None:
    library = filled(tmp_path / "l")
    library.close()
    truth = sqlite3.connect(tmp_path / "l" / "truth.sqlite", isolation_level=None)
    truth.execute(statement)
    truth.close()
    library = LocalLibrary(tmp_path / "l")
    assert rule in {f.rule for f in library.check()}
    if rule in {"clauses", "summary"}:
        library.reindex()
        assert list(library.check()) == []


def test_no_database_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "l"
    folder.mkdir()
    (folder / "truth.sqlite").write_bytes(b"not a database at all, " * 100)
    with pytest.raises(LibraryUnavailableError, match="повреждён"):
        LocalLibrary(folder)


def test_another_format(tmp_path: Path) -> None:
    filled(tmp_path / "l", files=0).close()
    truth = sqlite3.connect(tmp_path / "l" / "truth.sqlite", isolation_level=None)
    truth.execute("PRAGMA user_version = 99")
    truth.close()
    with pytest.raises(LibraryUnavailableError, match=r"формат 99.*не тронута"):
        LocalLibrary(tmp_path / "l")


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "l").write_text("")
    with pytest.raises(LibraryUnavailableError, match="l»"):
        LocalLibrary(tmp_path / "l")


@pytest.mark.parametrize("limit", [200_000, 1_000_000])
def test_a_write_that_fails_stores_nothing(tmp_path: Path, limit: int) -> None:
    """The kernel refuses to let files grow."""
    library = filled(tmp_path / "l")
    before = library.recall(Everything(), 100)
    with workers.running(workers.put_within, tmp_path / "l", limit) as (_, pipe):
        error, message = pipe.recv()
    assert error == "LibraryUnavailableError", message
    assert str(tmp_path / "l") in message
    assert library.recall(Everything(), 100) == before
    assert list(library.check()) == []
    assert library.put(workers.large("большой.txt")).put is Put.STORED
    assert list(library.check()) == []


@pytest.fixture(params=["1m", "2m", "3m", "4m"])
def small_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Mount a disk that is full while, in turn, the truth or the index is written."""
    folder = tmp_path / "disk"
    folder.mkdir()
    size = f"size={request.param}"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root; a failing write is tested above")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_full_disk(small_disk: Path) -> None:
    library = filled(small_disk / "l")
    before = library.recall(Everything(), 100)
    with pytest.raises(LibraryUnavailableError, match="нет места"):
        library.put(workers.large("большой.txt"))
    assert library.recall(Everything(), 100) == before
    assert list(library.check()) == []
    assert library.put(workers.version_of("малый.txt", 7)).put is Put.STORED
    assert list(library.check()) == []

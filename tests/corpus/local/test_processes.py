"""Readers and writers in several processes: no mixture, nothing acknowledged lost, busy when busy."""

import os
import random
import threading
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from corpus.clauses.tree import Everything, Prefix
from corpus.errors import LibraryBusyError
from corpus.library import Put
from corpus.local.library import LocalLibrary
from tests.corpus.local import workers
from tests.strategies import word

SOAK = bool(os.environ.get("SVOD_SOAK"))
REPLACEMENTS = 200 if SOAK else 50


def versions(library: LocalLibrary) -> dict[str, Counter[str]]:
    """Count, for each file, the clauses recalled by the version they name."""
    source = {d.id: d.source for d in library.documents()}
    out: dict[str, Counter[str]] = {}
    for recalled in library.recall(Everything(), 10_000).clauses:
        version = recalled.clause.text.split()[1]
        out.setdefault(source[recalled.clause.document], Counter())[version] += 1
    return out


def test_a_reader_never_sees_a_mixture(tmp_path: Path) -> None:
    library = LocalLibrary(tmp_path / "l")
    library.put(workers.version_of("папка/один.txt", 0))
    seen: set[int] = set()
    reads = 0
    with workers.running(workers.replace_often, tmp_path / "l", REPLACEMENTS) as (_, pipe):
        while not pipe.poll():
            seen.add(_one_version(library, reads))
            reads += 1
    assert _one_version(library, 0) == REPLACEMENTS
    assert len(seen) > 3
    assert list(library.check()) == []


def _one_version(library: LocalLibrary, turn: int) -> int:
    query = (Everything(), word("редакция"), Prefix("редак"))[turn % 3]
    recall = library.recall(query, 100)
    (version,) = {int(r.clause.text.split()[1][1:]) for r in recall.clauses}
    assert recall.total == len(recall.clauses) == workers.clauses_of(version)
    counts = library.counts(query, ["type"], 5)["type"]["agreement"]
    assert counts in {workers.clauses_of(v) for v in range(5)}
    document = library.get(recall.clauses[0].clause.document)
    assert len({p.text.split()[1] for p in document.instrument.walk()}) == 1
    return version


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    chance = random.Random(20261121)
    acknowledged: dict[str, int] = {}
    start = 0
    for kill in range(200 if SOAK else 8):
        batch = (1, 1, 3, 40)[kill % 4]
        with workers.running(workers.ingest, tmp_path / "l", start, batch) as (process, pipe):
            pipe.recv()
            # Killed at any moment, every other time not before something was acknowledged however slow the machine is.
            if kill % 2:
                pipe.poll(60)
            time.sleep(chance.uniform(0, 0.4))
            process.kill()
            process.join()
            try:
                while pipe.poll():
                    name, version = pipe.recv()
                    acknowledged[name] = version
                    start = max(start, version + 1)
            except EOFError:
                pass
        library = LocalLibrary(tmp_path / "l")
        assert list(library.check()) == []
        found = versions(library)
        assert found.keys() >= acknowledged.keys()
        for name, counts in found.items():
            ((version, clauses),) = counts.items()
            assert int(version[1:]) >= acknowledged.get(name, 0)
            assert clauses == workers.clauses_of(int(version[1:]))
        library.close()
        start += workers.NAMES * 4
    assert acknowledged


def test_another_writer_is_told_to_wait(tmp_path: Path) -> None:
    with workers.running(workers.hold, tmp_path / "l") as (_, pipe):
        assert pipe.recv() == "held"
        library = LocalLibrary(tmp_path / "l", patience=0.1)
        other = workers.version_of("папка/другой.txt", 1)
        for write in (lambda: library.put(other), library.reindex, lambda: library.delete("нет")):
            with pytest.raises(LibraryBusyError) as caught:
                write()
            assert caught.value.retry_after > 0
        assert library.recall(Everything(), 10).total == 0
        library.decide({"key": "a", "value": 1})
        pipe.send("go")
        assert pipe.recv() == "done"
        assert library.put(other).put is Put.STORED
        assert library.recall(Everything(), 10).total == 2 * workers.clauses_of(1)


def test_many_processes_open_a_new_library_at_once(tmp_path: Path) -> None:
    with ExitStack() as stack:
        pipes = [stack.enter_context(workers.running(workers.open_new, tmp_path / "l", n))[1] for n in range(6)]
        for pipe in pipes:
            assert pipe.recv() == "ready"
        for pipe in pipes:
            pipe.send("go")
        assert [pipe.recv() for pipe in pipes] == ["stored"] * 6
    library = LocalLibrary(tmp_path / "l")
    assert len(library.documents()) == 12
    assert list(library.check()) == []


def test_threads_read_and_write_at_once(tmp_path: Path) -> None:
    library = LocalLibrary(tmp_path / "l", patience=20)
    library.put(workers.version_of("папка/один.txt", 0))
    errors: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        try:
            turn = 0
            while not stop.is_set():
                _one_version(library, turn)
                turn += 1
        except BaseException as error:
            errors.append(error)

    def write() -> None:
        try:
            for version in range(12):
                library.put(workers.version_of("папка/один.txt", version))
        except BaseException as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    writers = [threading.Thread(target=write) for _ in range(2)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in readers:
        thread.join()
    assert errors == []

"""One bit of any file of a library turned over: an answer is as it was, or the damage is told."""

import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from corpus.clauses.tree import Everything
from corpus.errors import SvodError
from corpus.local.library import LocalLibrary
from tests.contract.test_storing import agreement
from tests.corpus.local import workers
from tests.strategies import word

SOAK = bool(os.environ.get("SVOD_SOAK"))
FLIPS = 300 if SOAK else 3
"""Bits turned over in each file."""


def answers(library: LocalLibrary) -> list[object]:
    """Ask everything a library keeps."""
    ids = [summary.id for summary in library.documents()]
    return [
        library.documents(),
        [library.get(id_) for id_ in ids],
        [library.source(id_).text for id_ in ids],
        [library.versions(id_) for id_ in ids],
        library.deleted(),
        library.decisions(),
        library.registered("user", "fund"),
        [note.said for note in library.trail()],
        library.recall(Everything(), 1000),
        library.recall(word("редакция"), 100),
        library.recall(word("опыт"), 100),
        library.counts(Everything(), ["type", "year", "document"], 50),
        library.statistics(["редакция", "опыт"]),
        library.terms("", 1000),
    ]


def flipped(folder: Path, path: Path, at: int, bit: int, sound: list[object]) -> str:
    """Turn a bit over and say what became of it: same, told by its answer, found by check, or "silent"."""
    data = path.read_bytes()
    path.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
    library = None
    try:
        library = LocalLibrary(folder)
        found = list(library.check())
        became = "same" if answers(library) == sound else "found" if found else "silent"
    except SvodError:
        became = "told"
    finally:
        if library is not None:
            library.close()
    return became


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_turned_bit_is_told_or_changes_nothing(tmp_path: Path) -> None:
    library = LocalLibrary(tmp_path / "sound")
    list(library.put_many(workers.version_of(f"{n}.txt", n) for n in range(3)))
    library.put(agreement("а.txt", "Стороны обмениваются опытом."))
    library.put(agreement("а.txt", "Стороны обмениваются опытом и картами."))
    library.put(agreement("б.txt", "Суд решает."))
    library.delete(next(s.id for s in library.documents() if s.source == "б.txt"))
    library.decide({"key": "note:1", "note": "слово"})
    library.register("user", "Анна", {"role": "admin"})
    library.note({"act": "put"})
    sound = answers(library)
    library.close()
    chance, told, silent = random.Random(300), Counter[str](), []
    for path in sorted(p for p in (tmp_path / "sound").rglob("*") if p.is_file() and p.stat().st_size):
        for _ in range(FLIPS):
            shutil.rmtree(tmp_path / "copy", ignore_errors=True)
            shutil.copytree(tmp_path / "sound", tmp_path / "copy")
            at, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
            name = path.relative_to(tmp_path / "sound")
            became = flipped(tmp_path / "copy", tmp_path / "copy" / name, at, bit, sound)
            told[became] += 1
            if became == "silent":
                silent.append((str(name), at, bit))
    assert not silent, (told, silent)
    assert told["same"]
    assert told["found"] + told["told"]

"""A copy made while people write is a sound library of one moment; damage is found, a newer format is not touched."""

import json
import stat
import threading
from pathlib import Path

import pytest

from corpus.errors import ConflictError, InputError, LibraryUnavailableError
from corpus.local.keeping.backup import TOLD, TRUTH, back_up, restored
from corpus.local.keeping.sums import damaged
from corpus.local.library import LocalLibrary
from corpus.local.migrations import FORMAT
from tests.contract.test_storing import agreement, ids


@pytest.fixture
def library(tmp_path: Path) -> LocalLibrary:
    made = LocalLibrary(tmp_path / "library")
    made.put(agreement("а.txt", "Стороны обмениваются опытом."))
    return made


def test_a_copy_under_writing_is_of_one_moment(library: LocalLibrary, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            library.put(agreement(f"{number}.txt", f"Опыт номер {number}."))
            library.decide({"key": f"note:{number}", "number": number})
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [back_up(library.folder, tmp_path / f"copy-{n}") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    for n, told in enumerate(made):
        restored(tmp_path / f"copy-{n}", tmp_path / f"back-{n}")
        again = LocalLibrary(tmp_path / f"back-{n}")
        again.reindex()
        assert list(again.check()) == []
        assert len(again.documents()) == told.documents
        # What was decided before is there, what was decided after is not: no gap in the numbers.
        numbers = sorted(int(d["number"]) for d in again.decisions())
        assert numbers == list(range(len(numbers)))
        assert told.documents - len(numbers) in {1, 2}
        again.close()
    assert [m.documents for m in made] == sorted(m.documents for m in made)


def test_a_copy_never_lies_over_anything(library: LocalLibrary, tmp_path: Path) -> None:
    back_up(library.folder, tmp_path / "copy")
    with pytest.raises(ConflictError, match="не пуста"):
        back_up(library.folder, tmp_path / "copy")
    with pytest.raises(ConflictError, match="уже что-то есть"):
        restored(tmp_path / "copy", library.folder)


def test_a_damaged_or_newer_copy_touches_nothing(library: LocalLibrary, tmp_path: Path) -> None:
    back_up(library.folder, tmp_path / "copy")
    truth, told = tmp_path / "copy" / TRUTH, tmp_path / "copy" / TOLD
    sound, said = truth.read_bytes(), json.loads(told.read_text())
    truth.write_bytes(sound[:5000] + bytes([sound[5000] ^ 1]) + sound[5001:])
    with pytest.raises(InputError, match="повреждена"):
        restored(tmp_path / "copy", tmp_path / "new")
    truth.write_bytes(sound)
    told.write_text(json.dumps({**said, "format": FORMAT + 1}))
    with pytest.raises(LibraryUnavailableError, match="более новой"):
        restored(tmp_path / "copy", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_sessions_are_not_copied(library: LocalLibrary, tmp_path: Path) -> None:
    library.register("session", "x", {"user": "Анна"})
    library.register("user", "Анна", {"role": "admin"})
    back_up(library.folder, tmp_path / "copy")
    restored(tmp_path / "copy", tmp_path / "new")
    assert [e["register"] for e in LocalLibrary(tmp_path / "new").registered("session", "user")] == ["user"]


def test_every_flip_in_a_file_of_the_index_is_found(library: LocalLibrary) -> None:
    folder = next(library.folder.glob("index-*"))
    assert list(damaged(folder)) == []
    for path in sorted(p for p in folder.iterdir() if p.stat().st_size and not p.name.endswith(".json")):
        sound = path.read_bytes()
        for at in {0, len(sound) // 3, len(sound) - 9, len(sound) - 1}:
            path.write_bytes(sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :])
            found = [f.message for f in damaged(folder)]
            assert any(path.name in message for message in found), (path.name, at)
        path.write_bytes(sound)
    assert list(damaged(folder)) == []


def test_what_a_killed_writer_left_is_no_damage(library: LocalLibrary) -> None:
    folder = next(library.folder.glob("index-*"))
    segment = next(folder.glob("*.fieldnorm")).stem
    for name in (".tmpOt8Bwx", f"{'0' * 32}.fieldnorm", f"{segment}.999.del"):
        (folder / name).write_bytes(b"half")
    assert list(damaged(folder)) == []


def test_nobody_else_on_the_machine_reads_the_folder(library: LocalLibrary, tmp_path: Path) -> None:
    back_up(library.folder, tmp_path / "copy")
    for folder in (library.folder, tmp_path / "copy"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / TRUTH).stat().st_mode) == 0o600
    assert ids(agreement("а.txt", "Стороны обмениваются опытом."))[0] == library.documents()[0].id


def test_erased_words_stand_in_no_byte_of_the_folder(tmp_path: Path) -> None:
    library = LocalLibrary(tmp_path / "library")
    library.put(agreement("а.txt", "Стороны хранят криптонит."))
    library.put(agreement("а.txt", "Стороны хранят криптонит и молчат."))
    library.put(agreement("б.txt", "Суд решает спор."))
    (id_,) = ids(agreement("а.txt", ""))
    library.decide({"key": f"cell:{id_}:x", "document": id_, "note": "криптонит"})
    library.delete(id_)
    library.erase(id_)
    library.close()
    word = "криптонит".encode()
    found = [p.name for p in sorted(library.folder.rglob("*")) if p.is_file() and word in p.read_bytes()]
    assert found == []
    assert len(LocalLibrary(tmp_path / "library").documents()) == 1

"""What was erased after a copy was made is erased again out of what is restored, before anybody opens it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.local.library import LocalLibrary
from corpus.model import SourceFile
from corpus.rights.admitted import Admitted
from corpus.rights.erasures import listed_erasures, named
from corpus.rights.people import Person, UserRole
from tests.contract.test_storing import agreement, ids
from tests.search_api.conftest import command

APP = command()
SECRET = agreement("а.txt", "Стороны хранят криптонит.")
OWNER = Person("Хозяин", UserRole.ADMIN, limited=False)


def svod(*arguments: object) -> Result:
    return CliRunner().invoke(APP, [str(a) for a in arguments])


def held(folder: Path, word: str) -> list[str]:
    return [p.name for p in folder.rglob("*") if p.is_file() and word.encode() in p.read_bytes()]


@pytest.fixture
def live(tmp_path: Path) -> LocalLibrary:
    library = LocalLibrary(tmp_path / "live")
    library.put(SECRET)
    library.put(agreement("б.txt", "Суд решает спор."))
    return library


def erased(library: LocalLibrary, file: SourceFile) -> None:
    Admitted(library, OWNER).erase(*ids(file))


def test_a_restore_erases_what_was_erased_since(live: LocalLibrary, tmp_path: Path) -> None:
    assert svod("backup", tmp_path / "copy", "--library", live.folder).exit_code == 0
    erased(live, SECRET)
    told = svod("erased", "--library", live.folder, "--json")
    (tmp_path / "list.json").write_text(told.stdout, "utf-8")
    assert svod("backup", tmp_path / "newer", "--library", live.folder).exit_code == 0
    for number, where in enumerate((live.folder, tmp_path / "newer", tmp_path / "list.json")):
        to = tmp_path / f"new-{number}"
        done = svod("restore-backup", tmp_path / "copy", "--erased", where, "--library", to, "--json")
        assert (done.exit_code, json.loads(done.stdout)["erased"]) == (0, 1), done.output
        assert held(to, "криптонит") == []
        again = LocalLibrary(to)
        assert [s.source for s in again.documents()] == ["б.txt"]
        assert [e["key"] for e in listed_erasures(again)] == [named(*ids(SECRET))]
        acts = [n.said["act"] for n in again.trail()]
        assert acts[:2] == ["restore-backup", "erase"]
        again.close()
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []


def test_without_a_list_the_person_is_told(live: LocalLibrary, tmp_path: Path) -> None:
    svod("backup", tmp_path / "copy", "--library", live.folder)
    done = svod("restore-backup", tmp_path / "copy", "--library", tmp_path / "new")
    assert done.exit_code == 0
    assert "--erased" in done.output
    assert len(LocalLibrary(tmp_path / "new").documents()) == 2


def test_what_was_put_anew_after_its_erasure_stays(live: LocalLibrary, tmp_path: Path) -> None:
    erased(live, SECRET)
    live.put(SECRET)
    svod("backup", tmp_path / "copy", "--library", live.folder)
    done = svod("restore-backup", tmp_path / "copy", "--erased", live.folder, "--library", tmp_path / "new", "--json")
    assert json.loads(done.stdout)["erased"] == 0
    assert len(LocalLibrary(tmp_path / "new").documents()) == 2


def test_an_act_is_found_by_the_address_it_had(live: LocalLibrary, tmp_path: Path) -> None:
    """Another version may change the address; the copy knows the earlier one."""
    svod("backup", tmp_path / "copy", "--library", live.folder)
    other = agreement("а.txt", "Стороны хранят криптонит и молчат.")
    other = replace(other, instruments=(replace(other.instruments[0], title="Соглашение о молчании"),))
    live.put(other)
    assert ids(other) != ids(SECRET)
    erased(live, other)
    done = svod("restore-backup", tmp_path / "copy", "--erased", live.folder, "--library", tmp_path / "new", "--json")
    assert json.loads(done.stdout)["erased"] == 1
    assert held(tmp_path / "new", "криптонит") == []


@pytest.mark.parametrize("content", ["", "{}", '[{"key": "x"}]', '[{"key": "x", "at": "", "by": ""}]', "[1]"])
def test_a_list_that_is_none_touches_nothing(live: LocalLibrary, tmp_path: Path, content: str) -> None:
    svod("backup", tmp_path / "copy", "--library", live.folder)
    (tmp_path / "list.json").write_text(content)
    done = svod("restore-backup", tmp_path / "copy", "--erased", tmp_path / "list.json", "--library", tmp_path / "new")
    assert done.exit_code != 0
    assert "svod erased --json" in str(done.exception)
    assert not (tmp_path / "new").exists()


def test_the_list_goes_with_a_copy_of_the_library(live: LocalLibrary, tmp_path: Path) -> None:
    erased(live, SECRET)
    assert svod("copy", live.folder, tmp_path / "other", "--library", live.folder).exit_code == 0
    assert [e["key"] for e in listed_erasures(LocalLibrary(tmp_path / "other"))] == [named(*ids(SECRET))]

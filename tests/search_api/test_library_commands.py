"""`svod reindex`, `check`, `copy`, `health` as a person runs them."""

import json
import shutil
from pathlib import Path

import pytest

from corpus.copying import digest
from corpus.local.library import LocalLibrary
from tests.contract.conftest import sample_files
from tests.forked import svod


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands") / "l"
    library = LocalLibrary(folder)
    files = sample_files(5)
    list(library.put_many(files))
    several = next(d for d in library.documents() if d.place == 1)
    library.delete(several.id)
    library.decide({"key": "а", "value": "язык"})
    library.close()
    return folder


def test_check_reindex_health(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "l"
    shutil.copytree(folder, own)
    sound = svod("check", "--library", own, "--json")
    assert (sound.returncode, json.loads(sound.stdout)) == (0, [])
    state = json.loads(svod("health", "--library", own, "--json").stdout)
    assert state["ready"]
    (index,) = own.glob("index-*")
    shutil.rmtree(index)
    broken = svod("check", "--library", own, "--json")
    assert broken.returncode == 1
    assert [f["rule"] for f in json.loads(broken.stdout)] == ["index"]
    assert "svod reindex" in svod("check", "--library", own).stderr
    rebuilt = svod("reindex", "--library", own, "--json")
    assert (rebuilt.returncode, json.loads(rebuilt.stdout)) == (0, {"clauses": state["clauses"]})
    again = svod("check", "--library", own)
    assert (again.returncode, again.stdout) == (0, "")
    assert "исправна" in again.stderr


def test_restore(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "l"
    shutil.copytree(folder, own)
    (kept,) = json.loads(svod("restore", "--library", own, "--json").stdout)
    assert kept["id"] in svod("restore", "--library", own).stdout
    back = svod("restore", kept["id"], "--library", own, "--json")
    assert (back.returncode, json.loads(back.stdout)) == (0, {"restored": kept["id"]})
    assert kept["id"] in svod("documents", "--library", own, "--json").stdout
    assert json.loads(svod("restore", "--library", own, "--json").stdout) == []
    unknown = svod("restore", "нет", "--library", own)
    assert (unknown.returncode, unknown.stdout) == (1, "")


def test_copy(folder: Path, tmp_path: Path) -> None:
    copied = svod("copy", folder, tmp_path / "копия", "--json")
    assert copied.returncode == 0, copied.stderr
    source, target = LocalLibrary(folder), LocalLibrary(tmp_path / "копия")
    assert json.loads(copied.stdout)["digest"] == digest(source) == digest(target)
    assert list(target.documents()) == list(source.documents())
    assert list(target.decisions()) == list(source.decisions())
    assert svod("copy", folder, tmp_path / "копия").returncode == 0


def test_unavailable(tmp_path: Path) -> None:
    (tmp_path / "l").write_text("")
    for command in ("check", "reindex", "health"):
        answer = svod(command, "--library", tmp_path / "l")
        assert answer.returncode == 3
        assert "недоступна" in answer.stderr
        assert "Traceback" not in answer.stderr


def test_what_is_not_there_is_not_copied(tmp_path: Path) -> None:
    done = svod("copy", tmp_path / "опечатка", tmp_path / "копия", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "not-found"
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("where", ["http://127.0.0.1:9200", "http://127.0.0.1:9200/БОЛЬШИЕ", "http://x:порт/svod"])
def test_an_address_written_wrongly_is_a_usage_error(where: str) -> None:
    done = svod("health", "--library", where, "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (2, "usage")


def test_help_is_russian_where_it_breaks_a_line() -> None:
    told = svod("show", "--help").stdout
    assert "переменная: SVOD_LIBRARY" in told
    assert "env" not in told

"""`svod ingest` and `svod parse` as a user runs them: bad files are told and never stop the rest."""

import json
from dataclasses import replace
from zipfile import ZipFile

import pytest

from corpus.library import Put
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_file
from ingest.version import parser
from search_api.service.ingesting import ingest_paths
from tests.forked import svod

AGREEMENT = """# СОГЛАШЕНИЕ о переправах

Республика Альбия и Борейская Федерация, именуемые далее Сторонами, согласились о нижеследующем:

## Статья 1

Переправы открыты днём.

## Статья 2

1. Плату берут за:

а) телегу;

б) лошадь.

Совершено в городе Лукограде 5 мая 2005 года в двух экземплярах на альбийском и борейском языках.
"""

BAD = {
    "empty.txt": (b"", "пуст"),
    "blank.txt": (b"  \n\t\n\r\n  ", "пробел"),
    "binary.txt": (bytes(range(256)) * 40, ""),
    "picture.md": (b"\x89PNG\r\n\x1a\n" + bytes(500), ""),
    "broken.pdf": (b"%PDF-1.4\nnothing here", ""),
    "broken.docx": (b"PK\x03\x04" + bytes(100), ""),
}


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "бумаги"
    inside.mkdir()
    (inside / "переправы.md").write_text(AGREEMENT, "utf-8")
    for name, (data, _) in BAD.items():
        (inside / name).write_bytes(data)
    return inside


def test_bad_files_are_told_and_the_rest_is_stored(folder, tmp_path):
    done = svod("ingest", folder, "--json", "--library", tmp_path / "library")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    failed = {f["source"]: f["message"] for f in report["files"] if f["status"] == "failed"}
    assert set(failed) == {f"бумаги/{name}" for name in BAD}
    for name, (_, word) in BAD.items():
        assert name in failed[f"бумаги/{name}"]
        assert word in failed[f"бумаги/{name}"]
    assert "Traceback" not in done.stderr
    documents = json.loads(svod("documents", "--json", "--library", tmp_path / "library").stdout)
    assert [d["source"] for d in documents] == ["бумаги/переправы.md"]
    assert svod("check", "--library", tmp_path / "library").returncode == 0


def test_ingest_twice_changes_nothing(tmp_path):
    (tmp_path / "a.md").write_text(AGREEMENT, "utf-8")
    (tmp_path / "b.md").write_text(AGREEMENT, "utf-8")
    first = json.loads(svod("ingest", tmp_path / "a.md", "--json", "--library", tmp_path / "library").stdout)
    again = json.loads(svod("ingest", tmp_path / "a.md", "--json", "--library", tmp_path / "library").stdout)
    other = json.loads(svod("ingest", tmp_path / "b.md", "--json", "--library", tmp_path / "library").stdout)
    assert [r["files"][0]["status"] for r in (first, again, other)] == ["stored", "unchanged", "duplicate"]
    assert other["files"][0]["stored_as"] == "a.md"


@pytest.mark.parametrize("path", ["нет-такого.txt", "пустая-папка"])
def test_missing_paths(tmp_path, path):
    (tmp_path / "пустая-папка").mkdir()
    done = svod("ingest", tmp_path / path, "--library", tmp_path / "library")
    assert done.returncode == 1
    assert path in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), 2),
        (("нет-команды",), 2),
        (("ingest",), 2),
        (("search", "--limit", "много", "x"), 2),
        (("show", "нет"), 1),
        (("--help",), 0),
    ],
)
def test_exit_codes(args, code, tmp_path):
    done = svod(*args, SVOD_LIBRARY=str(tmp_path / "library"))
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_an_unreachable_library_is_told(tmp_path):
    done = svod("documents", "--json", "--library", "http://127.0.0.1:1/svod")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    (tmp_path / "file").write_text("x")
    assert svod("documents", "--library", tmp_path / "file").returncode == 3


def test_doubts_are_stored_with_the_document(tmp_path):
    (tmp_path / "letter.pdf").write_text("Dear colleagues, the ferry is closed until further notice. " * 5)
    done = svod("parse", tmp_path / "letter.pdf", "--json")
    assert done.returncode == 0
    file = json.loads(done.stdout)[0]
    rules = {d["rule"] for d in file["diagnostics"]} | {
        d["rule"] for i in file["instruments"] for d in i["diagnostics"]
    }
    assert {"extension", "language", "no-articles"} <= rules


def test_a_query_may_begin_with_a_dash(tmp_path):
    (tmp_path / "a.md").write_text(AGREEMENT, "utf-8")
    svod("ingest", tmp_path / "a.md", "--library", tmp_path / "library")
    found = json.loads(svod("search", "переправы -лошадь", "--json", "--library", tmp_path / "library").stdout)
    assert found["total"] >= 1
    stdin = svod("search", "-", "--json", "--library", tmp_path / "library", stdin="лошадь")
    assert [h["eid"] for h in json.loads(stdin.stdout)["hits"]] == ["art_2__para_1__point_b"]
    assert svod("search", "-лошадь переправы", "--json", "--library", tmp_path / "library").returncode == 0


def test_delete_asks_first(tmp_path):
    (tmp_path / "a.md").write_text(AGREEMENT, "utf-8")
    report = json.loads(svod("ingest", tmp_path / "a.md", "--json", "--library", tmp_path / "library").stdout)
    document = report["files"][0]["documents"][0]
    assert svod("delete", document, "--library", tmp_path / "library", stdin="n\n").returncode == 1
    assert len(json.loads(svod("documents", "--json", "--library", tmp_path / "library").stdout)) == 1
    assert svod("delete", document, "--yes", "--library", tmp_path / "library").returncode == 0
    assert json.loads(svod("documents", "--json", "--library", tmp_path / "library").stdout) == []


def test_repair_learns_the_words_of_the_library(tmp_path):
    told = " ".join(f"## Статья {n}\n\nОтчёт шлют в Лукогидромет каждый день.\n\n" for n in range(1, 6))
    (tmp_path / "first.md").write_text(AGREEMENT + "\n\n" + told, "utf-8")
    damaged = "Стороны назначают Л у к о г и д р о м е т и его отделы."
    (tmp_path / "second.md").write_text(AGREEMENT.replace("Переправы открыты днём.", damaged), "utf-8")
    alone = svod("parse", tmp_path / "second.md", "--json")
    assert "Лукогидромет" not in alone.stdout
    for name in ("first.md", "second.md"):
        assert svod("ingest", tmp_path / name, "--library", tmp_path / "library").returncode == 0
    found = json.loads(svod("search", "=Лукогидромет", "--json", "--library", tmp_path / "library").stdout)
    assert any("Стороны назначают Лукогидромет" in hit["text"] for hit in found["hits"])


def statuses(*args):
    report = json.loads(svod("ingest", *args, "--json").stdout)
    return {f["source"]: f["status"] for f in report["files"]}, report["seconds"]


def test_what_was_parsed_before_is_not_parsed_again(tmp_path):
    folder, library = tmp_path / "бумаги", ("--library", tmp_path / "library")
    folder.mkdir()
    (folder / "a.md").write_text(AGREEMENT, "utf-8")
    with ZipFile(folder / "архив.zip", "w") as archive:
        archive.writestr("внутри/b.md", AGREEMENT.replace("телегу", "карету"))
        archive.writestr("внутри/c.md", AGREEMENT.replace("телегу", "сани"))
    names = ["бумаги/a.md", "бумаги/архив.zip/внутри/b.md", "бумаги/архив.zip/внутри/c.md"]
    assert statuses(folder, *library)[0] == dict.fromkeys(names, "stored")
    assert statuses(folder, *library) == (dict.fromkeys(names, "unchanged"), {})
    found, seconds = statuses(folder, "--again", *library)
    assert found == dict.fromkeys(names, "unchanged")
    assert seconds["структура"] > 0
    (folder / "a.md").write_text(AGREEMENT.replace("днём", "ночью"), "utf-8")
    with ZipFile(folder / "архив.zip", "a") as archive:
        archive.writestr("внутри/d.md", AGREEMENT.replace("телегу", "дрожки"))
    found, _ = statuses(folder, "--new-version", *library)
    assert found == {
        names[0]: "replaced",
        names[1]: "unchanged",
        names[2]: "unchanged",
        "бумаги/архив.zip/внутри/d.md": "stored",
    }


def test_another_version_of_the_program_parses_again(tmp_path):
    (tmp_path / "a.md").write_text(AGREEMENT, "utf-8")
    library = LocalLibrary(tmp_path / "library")
    file = replace(parse_file(tmp_path / "a.md"), parser="svod 0.0.1")
    (act,) = file.instruments
    assert library.put(replace(file, instruments=(replace(act, place=None),))).put is Put.STORED
    report = ingest_paths(library, [tmp_path / "a.md"])
    assert [f["status"] for f in report.files] == ["replaced"]
    (summary,) = library.documents()
    assert summary.place_signed == act.place
    library.put(file)
    report = ingest_paths(library, [tmp_path / "a.md"])
    assert [f["status"] for f in report.files] == ["unchanged"]
    assert [f.parser for f in library.files()] == [parser()]
    library.close()


def test_a_deleted_document_comes_back(tmp_path):
    (tmp_path / "a.md").write_text(AGREEMENT, "utf-8")
    library = LocalLibrary(tmp_path / "library")
    ingest_paths(library, [tmp_path / "a.md"])
    library.delete(library.documents()[0].id)
    assert [f["status"] for f in ingest_paths(library, [tmp_path / "a.md"]).files] == ["stored"]
    assert len(library.documents()) == 1
    library.close()


def test_why_tells_the_role_rule_and_runner_up_of_each_paragraph(tmp_path):
    (tmp_path / "переправы.md").write_text(AGREEMENT, "utf-8")
    done = svod("parse", tmp_path / "переправы.md", "--why", "--json")
    (answer,) = json.loads(done.stdout)
    assert [(p["zone"], p["role"]) for p in answer["paragraphs"]] == [
        ("title", "title"), ("body", "preamble"), ("body", "division"), ("body", "text"), ("body", "division"),
        ("body", "numbered"), ("body", "numbered"), ("body", "numbered"), ("close", "conclusion"),
    ]  # fmt: skip
    text = AGREEMENT
    for read in answer["paragraphs"]:
        assert text[slice(*read["span"])].split()[-1] == read["text"].split()[-1]
        assert read["rule"]
        assert 0 < read["certainty"] <= 1
    assert answer["paragraphs"][5]["runner_up"]["role"] == "text"
    shown = svod("parse", tmp_path / "переправы.md", "--why").stdout
    assert "title (name of an act" in shown
    assert "второе: text" in shown


def test_every_doubt_of_a_file_is_printed_by_parse_and_ingest(tmp_path):
    wrong = AGREEMENT.encode().decode("koi8_r")
    (tmp_path / "чужая.txt").write_text(wrong.replace("5", "7"), "utf-8")
    parsed = svod("parse", tmp_path / "чужая.txt").stdout
    stored = svod("ingest", tmp_path / "чужая.txt", "--json", "--library", tmp_path / "library")
    (file,) = json.loads(stored.stdout)["files"]
    assert any("чужой кодировке" in doubt for doubt in file["diagnostics"])
    for doubt in file["diagnostics"]:
        assert doubt in parsed
        assert doubt in stored.stderr

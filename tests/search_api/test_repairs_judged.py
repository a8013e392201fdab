"""Repairs judged through every door: the API, the page, the command; rights, If-Match, the trail, what is taken away."""

import io
import json
from dataclasses import replace

import docx
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from corpus.library import Library, Origin
from corpus.local.library import LocalLibrary
from corpus.rights import keys
from corpus.rights.funds import Fund, set_fund
from corpus.rights.people import UserRole, set_user
from ingest.pipeline import parse_bytes
from tests.corpus.repairs.damaged import FERRY
from tests.search_api.conftest import command

WORDS = "о б е с п е ч и в а ю т"


@pytest.fixture
def ferry(library: Library) -> str:
    return library.put(parse_bytes(FERRY.encode(), "паром.txt")).documents[0]


def repair(client: TestClient, ferry: str, now: str, **headers: str) -> dict:
    told = client.get(f"/api/v1/documents/{ferry}/repairs", headers=headers).json()
    return next(one for one in told["repairs"] if now in one["now"])


def test_a_repair_is_taken_back_and_told_everywhere(client: TestClient, library: Library, ferry: str) -> None:
    one = repair(client, ferry, "обеспечивают")
    assert (one["standing"], one["eid"], one["was"], one["told"]) == ("made", "art_1__para_1", WORDS, "")
    address = f"/api/v1/documents/{ferry}/repairs/{one['mark']}"
    document = client.get(f"/api/v1/documents/{ferry}")
    known = {"If-Match": document.headers["etag"]}
    taken = client.put(address, json={"verdict": "reject"}, headers=known)
    assert (taken.status_code, taken.json()["standing"]) == (200, "taken_back")
    assert client.put(address, json={"verdict": "confirm"}, headers=known).status_code == 412
    provision = client.get(f"/api/v1/documents/{ferry}/provisions/art_1__para_1").json()
    assert WORDS in provision["text"]
    assert "оставлено как в источнике: решение" in provision["taken_back"][0]
    assert client.get("/api/v1/search", params={"q": "обеспечивают", "source": "паром.txt"}).json()["total"] == 0
    exported = {
        form: client.get("/api/v1/export", params={"document": ferry, "format": form}).content
        for form in ("json", "docx", "txt", "md", "akn")
    }
    assert json.loads(exported["json"])["taken_back"][0]["was"] == WORDS
    printed = "\n".join(p.text for p in docx.Document(io.BytesIO(exported["docx"])).paragraphs)
    for text in (printed, exported["txt"].decode()):
        assert f"«{WORDS}» (исправлялось на «обеспечивают»): оставлено как в источнике: решение" in text
    assert all(WORDS in exported[form].decode() for form in ("txt", "md", "akn"))
    back = client.delete(address)
    assert (back.status_code, back.json()["standing"], back.json()["key"]) == (200, "made", None)
    assert client.get(f"/api/v1/documents/{ferry}").content == document.content
    assert client.delete(address).status_code == 404
    assert client.put(address[:-16] + "0" * 16, json={"verdict": "reject"}).status_code == 404


def test_who_may_not_write_a_fund_takes_nothing_back_there(client: TestClient, library: Library) -> None:
    set_fund(library, Fund("17", "Сделка", ("Борис", "Вера"), ("Борис",)))
    file = replace(parse_bytes(FERRY.encode(), "паром.txt"), fund="17")
    (ferry,) = library.put(file, origin=Origin("Борис", "2026-01-02T03:04:05Z", "17")).documents
    signed = {}
    for name, role in (("Анна", UserRole.EDITOR), ("Вера", UserRole.EDITOR), ("Борис", UserRole.EDITOR)):
        set_user(library, name, role)
        signed[name] = {"Authorization": f"Bearer {keys.make(library, name)[0]}"}
    one = repair(client, ferry, "обеспечивают", **signed["Борис"])
    address = f"/api/v1/documents/{ferry}/repairs/{one['mark']}"
    for name, status in (("Анна", 404), ("Вера", 403), ("Борис", 200)):
        assert client.put(address, json={"verdict": "reject"}, headers=signed[name]).status_code == status
    assert client.get(f"/api/v1/documents/{ferry}/repairs", headers=signed["Анна"]).status_code == 404
    assert client.delete(address, headers=signed["Вера"]).status_code == 403
    assert WORDS in library.get(ferry).find("art_1__para_1").text
    noted = [note.said for note in library.trail() if note.said["act"] == "decide"]
    assert [(said["who"], said["what"].split(":")[1]) for said in noted] == [("Борис", ferry)]


def test_the_command_lists_takes_back_and_undoes(tmp_path) -> None:
    folder = str(tmp_path / "library")
    library = LocalLibrary(tmp_path / "library")
    (ferry,) = library.put(parse_bytes(FERRY.encode(), "паром.txt")).documents
    library.close()
    run = CliRunner()

    def told(*options: str) -> dict:
        done = run.invoke(command(), ["repairs", ferry, "--library", folder, "--json", *options])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)["repairs"]

    mark = next(one["mark"] for one in told() if one["was"] == WORDS)
    assert [one["standing"] for one in told("--take-back", mark)] == ["taken_back"]
    assert [one["standing"] for one in told("--accept", mark)] == ["confirmed"]
    assert [one["standing"] for one in told("--undo", mark)] == ["made"]
    plain = run.invoke(command(), ["repairs", ferry, "--library", folder]).output
    assert f"«{WORDS}» → «обеспечивают» [слово вразрядку" in plain

"""A name never overwrites in silence: by the command and over HTTP."""

import json
import os
import pty
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.library import Library
from tests import forked
from tests.forked import svod
from tests.search_api.test_ingest_command import AGREEMENT

OTHER = AGREEMENT.replace("Переправы открыты днём.", "Переправы открыты круглые сутки.")


@pytest.fixture
def stored(tmp_path: Path) -> tuple[Path, Path]:
    """A library with a file, and the file, whose bytes are others by now."""
    file, library = tmp_path / "Договор.md", tmp_path / "l"
    file.write_text(AGREEMENT, "utf-8")
    assert svod("ingest", file, "--library", library).returncode == 0
    file.write_text(OTHER, "utf-8")
    return library, file


def documents(library: Path) -> list[dict]:
    return json.loads(svod("documents", "--json", "--library", library).stdout)


def test_ingest_refuses_and_names_both(stored: tuple[Path, Path]) -> None:
    library, file = stored
    run = svod("ingest", file, "--library", library, "--json")
    assert run.returncode == 1
    (told,) = json.loads(run.stdout)["files"]
    assert (told["status"], told["code"]) == ("failed", "other-bytes")
    assert "«Договор.md»" in told["message"]
    assert "--new-version" in told["message"]
    assert "--beside" in told["message"]
    (document,) = documents(library)
    assert "днём" in svod("show", document["id"], "art_1", "--library", library).stdout


def test_a_new_version_is_kept_and_restored(stored: tuple[Path, Path]) -> None:
    library, file = stored
    assert svod("ingest", file, "--new-version", "--library", library).returncode == 0
    (document,) = documents(library)
    assert "сутки" in svod("show", document["id"], "art_1", "--library", library).stdout
    told = json.loads(svod("versions", document["id"], "--json", "--library", library).stdout)
    assert [(v["number"], v["current"]) for v in told["versions"]] == [(1, False), (2, True)]
    assert all(v["author"] and v["at"] for v in told["versions"])
    assert svod("versions", document["id"], "--restore", "7", "--library", library).returncode == 1
    assert svod("versions", document["id"], "--restore", "1", "--library", library).returncode == 0
    assert "днём" in svod("show", document["id"], "art_1", "--library", library).stdout
    assert len(json.loads(svod("versions", document["id"], "--json", "--library", library).stdout)["versions"]) == 3


def test_beside_makes_another_document(stored: tuple[Path, Path]) -> None:
    library, file = stored
    assert svod("ingest", file, "--beside", "--library", library).returncode == 0
    found = documents(library)
    assert [d["source"] for d in found] == ["Договор.md", "Договор.md"]
    assert len({d["id"] for d in found}) == 2
    again = svod("ingest", file, "--library", library, "--json")
    assert json.loads(again.stdout)["files"][0]["status"] == "unchanged"
    assert svod("ingest", file, "--beside", "--new-version", "--library", library).returncode == 2


@pytest.mark.parametrize(("answer", "count", "words"), [("в", 1, "сутки"), ("р", 2, "днём"), ("н", 1, "днём")])
def test_on_a_terminal_the_person_is_asked(stored: tuple[Path, Path], answer: str, count: int, words: str) -> None:
    library, file = stored
    parent, child = pty.openpty()
    os.write(parent, f"{answer}\n".encode())
    import subprocess

    run = subprocess.run(
        [*forked.command(), "ingest", file, "--library", library],
        stdin=child,
        stdout=subprocess.PIPE,
        stderr=child,
        timeout=120,
    )
    assert run.returncode == (1 if answer == "н" else 0)
    found = documents(library)
    assert len(found) == count
    texts = [svod("show", d["id"], "art_1", "--library", library).stdout for d in found]
    assert any(words in text for text in texts)
    os.close(parent)
    os.close(child)


def send(client: TestClient, text: str, **query: str):
    return client.post("/api/v1/documents", params=query, files=[("files", ("Договор.md", text.encode()))])


def test_an_upload_is_asked_back(client: TestClient, library: Library) -> None:
    first = send(client, AGREEMENT).json()[0]["documents"][0]["id"]
    refused = send(client, OTHER)
    assert refused.status_code == 409
    told = refused.json()
    assert told["code"] == "other-bytes"
    assert told["files"][0]["problem"]["code"] == "other-bytes"
    assert "«Договор.md»" in told["detail"]
    assert send(client, OTHER, other="nonsense").status_code == 422
    assert send(client, OTHER, other="version").json()[0]["outcome"] == "replaced"
    found = client.get(f"/api/v1/documents/{first}/versions").json()
    assert [v["current"] for v in found["versions"]] == [False, True]
    assert library.version(first, 1).text == AGREEMENT


def test_a_version_is_put_back_over_http(client: TestClient) -> None:
    first = send(client, AGREEMENT).json()[0]["documents"][0]["id"]
    tag = client.get(f"/api/v1/documents/{first}").headers["ETag"]
    send(client, OTHER, other="version")
    address = f"/api/v1/documents/{first}/versions/1"
    assert client.post(address, headers={"If-Match": tag}).status_code == 412
    assert client.post(f"/api/v1/documents/{first}/versions/9").status_code == 404
    back = client.post(address)
    assert back.status_code == 200
    assert [v["current"] for v in back.json()["versions"]] == [False, False, True]
    assert client.get(f"/api/v1/documents/{first}").headers["ETag"] == tag


def test_the_page_says_what_can_be_done(client: TestClient) -> None:
    send(client, AGREEMENT)
    files = [("files", ("Договор.md", OTHER.encode()))]
    page = client.post("/library", files=files, headers={"X-Fragment": "1"}).text
    assert "Сохранить новой версией" in page
    assert "Сохранить рядом" in page
    done = client.post("/library", files=files, data={"other": "beside"}, headers={"X-Fragment": "1"}).text
    assert "сохранён" in done
    assert len(client.get("/api/v1/documents", params={"source": "Договор.md"}).json()) == 2

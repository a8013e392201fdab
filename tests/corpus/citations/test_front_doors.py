"""`svod cite`, `svod refs`, `svod export` and the same over HTTP."""

import json
import sys

import pytest
from fastapi.testclient import TestClient

from corpus.citations.cited_text import LONGEST
from corpus.local.library import LocalLibrary
from search_api.http.app import create_app
from search_api.main import main
from search_api.service.opening import open_library
from search_api.service.settings import Settings
from tests.corpus.citations.samples import LAW, ORDER, POST, file


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("front") / "library"
    library = LocalLibrary(path)
    library.put(file("order.txt", ORDER, POST))
    library.put(file("law.txt", LAW))
    library.close()
    return str(path)


@pytest.fixture
def svod(folder, capsysbinary, monkeypatch):
    def run(*args, stdin=None):
        if stdin is not None:
            import io

            monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        monkeypatch.setattr(sys, "argv", ["svod", *args, "--library", folder])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsysbinary.readouterr()
        return end.value.code, out, err.decode()

    return run


@pytest.fixture(scope="module")
def http(folder):
    with TestClient(create_app(lambda: open_library(folder), Settings()), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture
def ids(http):
    return {d["type"]: d["id"] for d in http.get("/api/v1/documents").json()}


def test_cite_over_both_doors(svod, http, ids):
    text = "- см. «Стороны обмениваются письмами» (ст. 1 Соглашения от 05.05.2001)"
    code, out, _ = svod("cite", "--json", text)
    by_command = json.loads(out)
    assert code == 0
    assert by_command == http.post("/api/v1/citations", json={"text": text}).json()
    [found] = by_command
    [target] = found["targets"]
    assert (target["document"], target["eids"], target["extent"]) == (ids["agreement"], ["art_1"], "whole")
    assert text[slice(*found["span"])] == found["text"] == "ст. 1 Соглашения от 05.05.2001"
    assert found["quotation"]["status"] == "exact"
    assert found["provisions"][0]["permalink"].startswith(f"/d/{ids['agreement']}/art_1?h=")


def test_cite_reads_standard_input_and_speaks_to_people(svod):
    code, out, _ = svod("cite", "-", stdin="п. 9 ст. 2 Соглашения от 05.05.2001")
    assert code == 0
    assert "не найдено" in out.decode()
    assert "Есть: п. 2 ст. 2" in out.decode()
    code, out, err = svod("cite", "ни одной ссылки")
    assert (code, out) == (0, b"")
    assert err


def test_too_long_a_text(svod, http):
    code, _, err = svod("cite", "-", "--json", stdin="а" * (LONGEST + 1))
    assert code == 2
    assert str(LONGEST) in err
    assert http.post("/api/v1/citations", json={"text": "а" * (LONGEST + 1)}).status_code == 422


def test_references_over_both_doors(svod, http, ids):
    code, out, _ = svod("refs", ids["order"], "--json")
    assert code == 0
    assert json.loads(out) == http.get(f"/api/v1/documents/{ids['order']}/references").json()
    first = json.loads(out)[0]
    assert {k: v for k, v in first["target"].items() if k != "state"} == {"document": ids["agreement"], "eids": []}
    assert first["target"]["state"]["status"] == "unknown"
    assert POST.title  # the sample the reference names
    code, out, _ = svod("refs", ids["agreement"], "--incoming", "--json")
    rows = json.loads(out)
    assert rows == http.get(f"/api/v1/documents/{ids['agreement']}/references?incoming=true").json()
    assert {"document": ids["order"], "eid": "para_1", "target_eids": ["art_2__para_1"]}.items() <= next(
        r for r in rows if r["document"] == ids["order"] and r["eid"] == "para_1"
    ).items()


def test_unknown_documents(svod, http):
    assert svod("refs", "agreement-none", "--json")[0] == 1
    assert svod("refs", "agreement-none", "--incoming", "--json")[0] == 1
    assert svod("export", "agreement-none")[0] == 1
    assert http.get("/api/v1/documents/agreement-none/references").status_code == 404
    assert http.get("/api/v1/documents/agreement-none/references?incoming=true").status_code == 404


@pytest.mark.parametrize(
    ("form", "head"), [("akn", b"<?xml"), ("json", b"{"), ("md", b"#"), ("txt", b"\xd0"), ("docx", b"PK")]
)
def test_export_in_every_form(svod, http, ids, tmp_path, form, head):
    target = tmp_path / "out"
    code, _, _ = svod("export", ids["agreement"], "--format", form, "-o", str(target))
    assert code == 0
    assert target.read_bytes().startswith(head)
    answer = http.get(f"/api/v1/documents/{ids['agreement']}/export?format={form}")
    assert answer.status_code == 200
    assert answer.content.startswith(head)


def test_export_in_no_form(svod, http, ids):
    code, _, err = svod("export", ids["law"], "--format", "epub")
    assert code == 2
    assert "akn" in err
    assert http.get(f"/api/v1/documents/{ids['law']}/export?format=epub").status_code == 400

"""Comparison over HTTP and on the command line."""

import hashlib
import json
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from corpus.local.library import LocalLibrary
from corpus.model import SourceFile
from search_api.http.app import create_app
from search_api.main import app as command
from search_api.service.settings import Settings
from tests.corpus.comparison.samples import ARCHIVE, POSTAL


@pytest.fixture
def folder(tmp_path):
    library = LocalLibrary(tmp_path / "библиотека")
    for name, made in (("почта.txt", POSTAL), ("архив.txt", ARCHIVE)):
        text = "\n".join(p.text for p in made.walk())
        library.put(
            SourceFile(name, hashlib.sha256(text.encode()).hexdigest(), "text", "utf-8", text, instruments=(made,))
        )
    library.close()
    return tmp_path / "библиотека"


@pytest.fixture
def client(folder):
    app = create_app(lambda: LocalLibrary(folder), Settings())
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def ids(client):
    return {d["source"]: d["id"] for d in client.get("/api/v1/documents").json()}


@pytest.fixture
def run():
    from search_api.cli import comparing, search

    for part in (comparing, search):
        if not any(c.callback and c.callback.__module__ == part.__name__ for c in command.registered_commands):
            part.register(command)
    return lambda *args: CliRunner().invoke(command, [str(a) for a in args])


def test_equivalents(client, ids):
    one, two = ids["почта.txt"], ids["архив.txt"]
    answers = client.get(f"/api/v1/documents/{one}/equivalents", params={"in": two}).json()
    assert {a["eid"]: a["candidates"][0]["eid"] for a in answers if a["status"] == "found"}["art_7"] == "art_6"
    answer = client.get(f"/api/v1/documents/{one}/provisions/art_5/equivalents").json()
    assert (answer["status"], answer["candidates"][0]["document"]) == ("found", two)
    assert client.get(f"/api/v1/documents/{one}/provisions/art_77/equivalents").status_code == 404
    assert client.get("/api/v1/documents/nothing/equivalents").status_code == 404


@pytest.mark.parametrize("form", ["json", "md", "html", "csv", "xlsx", "docx"])
def test_compare_in_every_format(client, ids, form):
    answer = client.get("/api/v1/compare", params={"document": list(ids.values()), "format": form})
    assert answer.status_code == 200
    assert answer.content
    assert ("attachment" in answer.headers.get("Content-Disposition", "")) == (form != "json")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 422),
        ({"document": ["почта.txt"]}, 422),
        ({"document": ["почта.txt", "почта.txt"]}, 400),
        ({"document": ["почта.txt", "архив.txt"], "topic": "бюджет"}, 404),
        ({"document": ["почта.txt", "архив.txt"], "format": "odt"}, 422),
        ({"document": ["почта.txt", "архив.txt"], "topic": ["expenses"]}, 200),
    ],
)
def test_compare_refuses_with_a_reason(client, ids, query, status):
    named = {**query, "document": [ids[d] for d in query.get("document", [])]}
    answer = client.get("/api/v1/compare", params=named)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"


def test_word_differences(client, ids):
    query = {"document": ids["почта.txt"], "eid": "art_5", "other": ids["архив.txt"], "other_eid": "art_5"}
    answer = client.get("/api/v1/differences", params=query).json()
    assert {d["change"] for d in answer["differences"]} >= {"same", "changed"}
    assert client.get("/api/v1/differences", params={**query, "eid": "art_77"}).status_code == 404


def test_topics_come_in_order(client):
    topics = client.get("/api/v1/topics").json()
    assert len(topics) >= 45
    assert topics[0]["topic"] == "purpose"


def test_decisions_are_kept_listed_withdrawn_and_imported(client, ids):
    one, two = ids["почта.txt"], ids["архив.txt"]
    headers = {"Origin": "http://127.0.0.1:8000"}
    cell = {"kind": "cell", "document": one, "topic": "expenses", "verdict": "reject", "note": "нет"}
    kept = client.put("/api/v1/decisions", json=cell, headers=headers)
    assert kept.status_code == 200, kept.text
    pair = {
        "kind": "equivalent",
        "document": one,
        "eid": "art_5",
        "other": two,
        "other_eid": "art_5",
        "verdict": "confirm",
    }
    assert client.put("/api/v1/decisions", json=pair, headers=headers).json()["author"]
    stored = client.get("/api/v1/decisions").json()
    assert len(stored["decisions"]) == 2
    assert client.delete("/api/v1/decisions", params={"key": kept.json()["key"]}, headers=headers).status_code == 204
    assert len(client.get("/api/v1/decisions").json()["decisions"]) == 1
    assert client.post("/api/v1/decisions/import", json=stored, headers=headers).json() == {"imported": 2}
    wrong = client.put("/api/v1/decisions", json={**cell, "verdict": "correct"}, headers=headers)
    assert wrong.status_code == 422
    assert client.put("/api/v1/decisions", json={**cell, "topic": "бюджет"}, headers=headers).status_code == 404
    assert client.put("/api/v1/decisions", json={**cell, "verdict": "burn"}, headers=headers).status_code == 422


def test_the_commands(run, folder, ids, tmp_path):
    one, two = ids["почта.txt"], ids["архив.txt"]
    asked = run("equivalents", one, "art_5", "--in", two, "--library", folder, "--json")
    assert json.loads(asked.stdout)["status"] == "found"
    asked = run("equivalents", one, "--in", two, "--library", folder, "--json")
    assert len(json.loads(asked.stdout)) > 10
    assert "есть" in run("equivalents", one, "art_5", "--library", folder).stdout
    assert json.loads(run("compare", one, two, "--library", folder, "--json").stdout)["documents"] == [one, two]
    table = run("compare", one, two, "--topic", "Расходы", "--library", folder).stdout
    assert table.startswith("Расходы")
    assert "ст. 5" in table
    made = tmp_path / "t.docx"
    assert run("compare", one, two, "--format", "docx", "-o", made, "--library", folder).exit_code == 0
    assert made.read_bytes()[:2] == b"PK"
    kept = run("decisions", "--library", folder)
    saved = tmp_path / "d.json"
    saved.write_text(kept.stdout, "utf-8")
    assert json.loads(run("decisions", "--import", saved, "--library", folder, "--json").stdout) == {"imported": 0}


def test_a_decision_needs_no_kind(client, ids):
    given = {"document": ids["почта.txt"], "topic": "expenses", "verdict": "reject"}
    assert client.put("/api/v1/decisions", json=given).json()["verdict"] == "reject"
    pair = {"document": ids["почта.txt"], "eid": "art_1", "other": ids["архив.txt"], "other_eid": "art_1"}
    assert client.put("/api/v1/decisions", json={**pair, "verdict": "confirm"}).json()["other_eid"] == "art_1"
    assert client.put("/api/v1/decisions", json={**given, "kind": "cellar"}).status_code == 422


def test_a_topic_is_added_and_withdrawn(client, ids):
    clause = client.get(f"/api/v1/documents/{ids['почта.txt']}/provisions/art_1").json()["text"]
    made = client.post("/api/v1/topics", json={"label": "Своя тема", "examples": [clause]})
    assert made.status_code == 201
    assert made.json()["topic"] == "своя-тема"
    asked = {"document": [ids["почта.txt"], ids["архив.txt"]], "topic": "своя-тема"}
    (row,) = client.get("/api/v1/compare", params=asked).json()["rows"]
    assert [p["eid"] for p in row["cells"][ids["почта.txt"]]["provisions"]] == ["art_1"]
    assert client.get("/api/v1/search", params={"q": "тема:своя-тема"}).json()["total"] >= 1
    assert next(t for t in client.get("/api/v1/topics").json() if t["topic"] == "своя-тема")["examples"] == [clause]
    assert client.delete("/api/v1/topics/своя-тема").status_code == 204
    assert client.get("/api/v1/search", params={"q": "тема:своя-тема"}).json()["total"] == 0
    assert client.delete("/api/v1/topics/своя-тема").status_code == 404
    assert client.post("/api/v1/topics", json={"label": "Т", "examples": ["да"]}).status_code == 422


def test_decisions_and_topics_on_the_command_line(run, folder, client, ids):
    where = ("--library", folder)
    told = run("decide", ids["почта.txt"], "expenses", "--verdict", "reject", "--note", "нет", *where, "--json")
    assert json.loads(told.stdout)["note"] == "нет"
    told = run("decide", ids["почта.txt"], "expenses", "--verdict", "withdraw", *where)
    assert told.exit_code == 0
    assert json.loads(run("decisions", *where).stdout)["decisions"] == []
    pair = (ids["почта.txt"], "art_1", ids["архив.txt"], "art_1")
    assert run("decide", *pair, "--verdict", "add", "--author", "Серова", *where).exit_code == 0
    assert json.loads(run("decisions", *where).stdout)["decisions"][0]["author"] == "Серова"
    assert run("decide", ids["почта.txt"], "нет-такой", "--verdict", "confirm", *where).exit_code != 0
    added = run("topics", "--add", "Своя", "--example", "Образец положения о своей теме.", *where, "--json")
    assert next(t for t in json.loads(added.stdout) if t["topic"] == "своя")["label"] == "Своя"
    assert "своя: Своя" in run("topics", *where).stdout
    assert run("topics", "--remove", "своя", *where).exit_code == 0
    assert "своя: Своя" not in run("topics", *where).stdout


def test_the_page_of_topics(client, ids):
    clause = client.get(f"/api/v1/documents/{ids['почта.txt']}/provisions/art_1").json()["text"]
    form = {"label": "Моя тема", "examples": f"{clause}\r\n\r\nЕщё один образец положения."}
    assert client.post("/compare/topics", data=form, follow_redirects=False).status_code == 303
    page = client.get("/compare/topics").text
    assert "Моя тема" in page
    assert "Ещё один образец положения." in page
    assert "Моя тема" in client.get(f"/compare/{ids['почта.txt']}…{ids['архив.txt']}").text
    client.post("/compare/topics", data={"remove": "моя-тема"})
    assert "Своих тем пока нет" in client.get("/compare/topics").text


def test_a_cell_is_moved_to_a_topic_on_the_page(client, ids):
    pair = f"{ids['почта.txt']}…{ids['архив.txt']}"
    form = {
        "document": ids["почта.txt"],
        "topic": "subject",
        "verdict": "move",
        "to": "Термины и определения",
        "eid": "art_1",
        "documents": pair,
        "back": f"/compare/{pair}",
    }
    assert client.post("/compare/decide", data=form, follow_redirects=False).status_code == 303
    (row,) = client.get("/api/v1/compare", params={"document": pair.split("…"), "topic": "definitions"}).json()["rows"]
    cell = row["cells"][ids["почта.txt"]]
    assert "art_1" in [p["eid"] for p in cell["provisions"]]
    assert cell["decision"]["verdict"] == "correct"
    assert client.post("/compare/decide", data={**form, "to": ""}).status_code == 404


def test_the_page_opens_on_an_overview_and_shows_a_topic_at_a_time(client, ids):
    pair = f"/compare/{ids['почта.txt']}…{ids['архив.txt']}"
    page = client.get(pair).text
    assert "30 календарных дней" in page
    assert "обязателен: 3 осн." in page
    assert "В исполнении запроса отказывается" not in page
    assert " %" not in page
    topic = client.get(pair, params={"topic": "refusal"}).text
    assert "В исполнении запроса отказывается" in topic
    assert "<ins" not in topic
    assert "суверенитет" in topic
    assert "возможен" in topic
    assert "Каждая Сторона самостоятельно несет расходы" not in topic
    marked = client.get(pair, params={"topic": "refusal", "view": "marked", "base": ids["архив.txt"]}).text
    assert "<ins" in marked
    assert 'class="gone" data-gone=' in marked


def test_rows_without_difference_in_substance_are_shown_on_demand(client, ids):
    pair = f"/compare/{ids['почта.txt']}…{ids['архив.txt']}"
    # Both forbid other thefts (of post, of documents): directions differ in substance, notices of refusal in words.
    page = client.get(pair).text
    assert 'id="brief-directions"' in page
    assert 'id="brief-refusal-notice"' not in page
    assert 'id="brief-refusal-notice"' in client.get(pair, params={"show": "all"}).text


def test_the_matrix_over_http(client, ids):
    first = client.get("/api/v1/matrix", params={"limit": 1}).json()
    assert (len(first["documents"]), first["total"]) == (1, 2)
    second = client.get("/api/v1/matrix", params={"limit": 1, "cursor": first["cursor"]}).json()
    assert second["cursor"] is None
    assert {first["documents"][0]["id"], second["documents"][0]["id"]} == set(ids.values())
    asked = {"q": "нет:prevailing-text", "topic": ["Срок исполнения запроса", "language"]}
    (document,) = (found := client.get("/api/v1/matrix", params=asked).json())["documents"]
    assert document["id"] == ids["почта.txt"]
    assert document["state"]["status"] == "in_force"
    cells = found["cells"][document["id"]]
    assert cells["language"]["value"] == ["русский"]
    assert cells["execution-term"] == {
        "status": "absent",
        "eids": [],
        "value": None,
        "confidence": 0.95,
        "brief": "—",
        "decided": False,
    }
    assert client.get("/api/v1/matrix", params={"topic": "бюджет"}).status_code == 404
    assert client.get("/api/v1/matrix", params={"sort": "value"}).status_code == 400
    assert client.get("/api/v1/matrix", params={"cursor": "x"}).status_code == 400
    table = client.get("/api/v1/matrix", params={"format": "csv"}).content.decode("utf-8-sig")
    assert "30 календарных дней" in table
    assert client.get("/api/v1/matrix", params={"format": "xlsx"}).content[:2] == b"PK"
    page = client.get("/matrix", params={"topic": "language", "type": "", "status": "absent"}).text
    assert ids["архив.txt"] in page
    assert ids["почта.txt"] not in page


def test_the_matrix_on_the_command_line(run, folder, ids):
    told = run("matrix", "--topic", "language", "--library", folder, "--json").stdout
    assert json.loads(told)["cells"][ids["почта.txt"]]["language"]["brief"] == "русский"
    assert (
        "Язык сотрудничества: есть 1, нет 1, не ясно 0"
        in run("matrix", "--topic", "language", "--library", folder).stdout
    )
    assert run("matrix", "--topic", "чепуха", "--library", folder).exit_code != 0


def test_the_wordings_of_a_topic_over_http_and_on_the_page(client, ids):
    found = client.get("/api/v1/topics/language/wordings").json()
    assert (found["label"], found["total"]) == ("Язык сотрудничества", 2)
    ((holder,),) = [w["holders"] for w in found["variants"]]
    assert (holder["document"], holder["grade"]) == (ids["почта.txt"], "same")
    assert holder["state"]["status"] == "in_force"
    assert [d for d, _ in found["lacking"]] == [ids["архив.txt"]]
    assert client.get("/api/v1/topics/budget/wordings").status_code == 404
    page = client.get("/matrix/language").text
    assert found["variants"][0]["text"] in page
    assert f"/d/{holder['document']}/{holder['eid']}" in page
    assert client.get("/matrix/budget").status_code == 404
    assert "/matrix/language" in client.get("/matrix").text


def test_the_wordings_of_a_topic_on_the_command_line(run, folder, ids):
    told = json.loads(run("wordings", "language", "--library", folder, "--json").stdout)
    assert told["variants"][0]["holders"][0]["document"] == ids["почта.txt"]
    plain = run("wordings", "Язык сотрудничества", "--library", folder).stdout
    assert told["variants"][0]["text"] in plain
    assert "нет: " in plain
    assert run("wordings", "чепуха", "--library", folder).exit_code != 0


def test_a_question_in_other_agreements_over_http_on_the_page_and_on_the_command_line(client, ids, run, folder):
    one, two = ids["почта.txt"], ids["архив.txt"]
    door = f"/api/v1/documents/{one}/provisions/art_4__para_1/others"
    found = client.get(door).json()
    assert (found["topic"], found["present"], found["total"], found["cursor"]) == ("refusal", 1, 1, None)
    (other,) = found["agreements"]
    assert (other["document"], other["status"], other["state"]["status"]) == (two, "present", "unknown")
    assert client.get(door, params={"topic": "чепуха"}).status_code == 404
    assert client.get(door, params={"cursor": "чепуха"}).status_code == 400
    assert client.get(f"/api/v1/documents/{one}/provisions/art_99/others").status_code == 404
    assert client.get(door, params={"topic": "language"}).json()["agreements"][0]["status"] == "absent"
    page = client.get(f"/d/{one}/art_4__para_1/others").text
    assert other["text"] in page
    assert f"/d/{two}/{other['eid']}" in page
    assert ">нет</b>" in client.get(f"/d/{one}/art_4__para_1/others", params={"topic": "language"}).text
    answer = client.get("/compare", params={"go": 1, "topic": "refusal", "d": [one, two]}, follow_redirects=False)
    assert answer.headers["location"].endswith("?topic=refusal")
    assert 'name="topic" value="refusal"' in client.get("/compare", params={"topic": "refusal", "d": one}).text
    told = json.loads(run("others", one, "art_4__para_1", "--library", folder, "--json").stdout)
    assert told == found
    assert other["text"] in run("others", one, "art_4__para_1", "--library", folder).stdout
    assert run("others", one, "art_4__para_1", "--topic", "чепуха", "--library", folder).exit_code != 0


def test_other_agreements_come_by_pages(client, ids, folder):
    library = LocalLibrary(folder)
    for n in range(3):
        made = replace(ARCHIVE, title=f"Соглашение об архивах {n}")
        text = f"{n}" + "\n".join(p.text for p in made.walk())
        digest = hashlib.sha256(text.encode()).hexdigest()
        library.put(SourceFile(f"{n}.txt", digest, "text", "utf-8", text, instruments=(made,)))
    library.close()
    door, told, cursor = f"/api/v1/documents/{ids['почта.txt']}/provisions/art_4__para_1/others", [], ""
    while cursor is not None:
        page = client.get(door, params={"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        told += [one["document"] for one in page["agreements"]]
        cursor = page["cursor"]
    assert len(told) == len(set(told)) == page["total"] == 4

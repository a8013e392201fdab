"""The page «Сомнения»: a doubt a screen, by kind and document; answers are decisions; nothing of other funds."""

import json
import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from typer.testing import CliRunner, Result

from corpus.comparison.kept.library_cells import cells_in
from corpus.library import Library, Origin
from corpus.rights import keys
from corpus.rights.funds import Fund, set_fund
from corpus.rights.people import UserRole, set_user
from ingest.pipeline import parse_bytes
from search_api.answers.doubts.doubtful import doubtful
from tests.search_api import conftest
from tests.search_api.conftest import ORIGIN
from tests.search_api.texts import FERRIES

HTML = {"Accept": "text/html", "Origin": ORIGIN}


@pytest.fixture
def ids(library: Library) -> dict[str, str]:
    return conftest.doubted(library)


def shown(client: TestClient, told: dict[str, str] = HTML, **asked: object) -> HTMLParser:
    answer = client.get("/doubts?" + urlencode(asked), headers=told)
    assert answer.status_code == 200, answer.text
    return HTMLParser(answer.text)


def head(page: HTMLParser) -> str:
    return " ".join(page.css_first("h1").text().split())


def pressed(client: TestClient, page: HTMLParser, act: str, told: dict[str, str] = HTML) -> HTMLParser:
    """Press a button of the doubt, or of what was done a moment ago."""
    form = next(f for f in page.css("main form") if f.css_first(f'button[value="{act}"]'))
    sent: dict[str, list[str]] = {}
    for field in form.css("input"):
        sent.setdefault(field.attributes["name"], []).append(field.attributes["value"])
    answer = client.post(form.attributes["action"], data={**sent, "act": act}, headers=told)
    assert answer.status_code == 200, answer.text
    return HTMLParser(answer.text)


@pytest.mark.parametrize(
    ("kind", "file", "said", "opens", "acts"),
    [
        ("reading", "дозоры.txt", "В акте не найдено ни статей", "", ["confirm"]),
        (
            "repair",
            "перевоз.txt",
            "Исправлено неуверенно: «Феде- рации.» → «Федерации.»",
            "#art_1__para_2",
            ["confirm", "reject"],
        ),
        ("cell", "перевоз.txt", "Предмет соглашения: похожее нашлось", "#art_1__para_2", ["confirm", "reject"]),
        ("stale", "карты.txt", "Основания отказа: текст изменился", "#art_2__para_1", ["again", "undo"]),
    ],
)
def test_a_doubt_tells_what_and_where_and_what_may_be_answered(
    client: TestClient, ids: dict[str, str], kind: str, file: str, said: str, opens: str, acts: list[str]
) -> None:
    page = shown(client, kind=kind)
    assert head(page) == "Сомнения 1 из 1"
    assert page.css_first(".queued h2").text().startswith(said)
    links = [a.attributes["href"] for a in page.css(".steps a")]
    assert links == [f"/d/{ids[file]}{opens}"]
    assert client.get(links[0].partition("#")[0], headers=HTML).status_code == 200
    assert [b.attributes["value"] for b in page.css(".queued button")] == acts


def test_the_queue_is_stepped_through_and_counted(client: TestClient, ids: dict[str, str]) -> None:
    page, seen = shown(client), []
    while True:
        seen.append(head(page))
        onward = page.css_first('[data-press~="j"]')
        if onward is None:
            break
        page = HTMLParser(client.get(onward.attributes["href"], headers=HTML).text)
    assert seen == [f"Сомнения {n} из 4" for n in range(1, 5)]
    assert [" ".join(a.text().split()) for a in page.css(".chips a")] == [
        "все 4",
        "прочтение 1",
        "исправления 1",
        "сопоставление 1",
        "решения 1",
    ]
    assert head(shown(client, n=99)) == "Сомнения 4 из 4"
    assert head(shown(client, document=ids["перевоз.txt"])) == "Сомнения 1 из 2"
    assert head(shown(client, document=ids["маяки.txt"])) == "Сомнения"
    assert client.get("/doubts?document=net-takogo", headers=HTML).status_code == 404


@pytest.mark.parametrize(("act", "status"), [("confirm", "present"), ("reject", "absent")])
def test_the_answer_about_a_cell_is_a_decision_and_is_undone(
    client: TestClient, library: Library, ids: dict[str, str], act: str, status: str
) -> None:
    page = pressed(client, shown(client, kind="cell", n=1), act)
    assert "Сомнений нет" in page.css_first("main").text()
    assert "Решение действует: Предмет соглашения" in page.css_first(".undo").text()
    assert cells_in(library).status(ids["перевоз.txt"], "subject") == status
    made = next(d for d in library.decisions() if d["document"] == ids["перевоз.txt"])
    assert (made["verdict"], bool(made["author"])) == (act, True)
    assert made.get("provisions", []) == (["art_1__para_2"] if act == "confirm" else [])
    decided = HTMLParser(client.get("/decisions", headers=HTML).text)
    assert "Предмет соглашения" in decided.css_first(".decisions li").text()
    assert head(pressed(client, page, "undo")) == "Сомнения 1 из 1"
    assert cells_in(library).status(ids["перевоз.txt"], "subject") == "inconclusive"


def test_a_decision_whose_text_changed_is_made_again_or_undone(client: TestClient, library: Library, ids) -> None:
    (before,) = library.decisions()
    page = pressed(client, shown(client, kind="stale"), "again")
    (now,) = library.decisions()
    assert {**before, "hashes": now["hashes"], "author": now["author"], "time": now["time"]} == now
    assert now["hashes"] != before["hashes"]
    assert now["time"] > before["time"]
    assert not [one for one in doubtful(library) if one.kind == "stale"]
    library.decide(before)
    page = pressed(client, shown(client, kind="stale"), "undo")
    assert "Решение отменено" in page.css_first(".undo").text()
    assert head(pressed(client, page, "redo")) == "Сомнения 1 из 1"  # as it was made, so doubtful again


def test_a_decision_about_a_provision_that_is_gone_is_not_made_again(
    client: TestClient, library: Library, ids: dict[str, str]
) -> None:
    (kept,) = library.decisions()
    library.decide({**kept, "provisions": ["art_77"], "hashes": {"art_77": "0" * 16}})
    page = shown(client, kind="stale")
    assert "положения больше нет" in page.css_first(".queued").text()
    assert [b.attributes["value"] for b in page.css(".queued button")] == ["undo"]
    asked = {"kind": "stale", "document": ids["карты.txt"], "what": kept["key"], "act": "again"}
    assert client.post("/doubts", data=asked, headers=HTML).status_code == 404


def test_nobody_is_told_of_doubts_beyond_his_funds_and_a_reader_does_not_answer(
    client: TestClient, library: Library, ids: dict[str, str]
) -> None:
    set_fund(library, Fund("17", "Сделка", ("Борис",), ("Борис",)))
    file = replace(parse_bytes(FERRIES.replace("перевозе", "тайне").encode(), "тайна.txt"), fund="17")
    (hidden,) = library.put(file, origin=Origin("Борис", "2026-01-02T03:04:05Z", "17")).documents
    made = {}
    for name, role in (("Анна", UserRole.READER), ("Вера", UserRole.EDITOR), ("Борис", UserRole.EDITOR)):
        set_user(library, name, role)
        made[name] = {**HTML, "Authorization": f"Bearer {keys.make(library, name)[0]}"}
    totals = {name: re.findall(r"\d+$", head(shown(client, told))) for name, told in made.items()}
    assert totals == {"Анна": ["4"], "Вера": ["4"], "Борис": ["6"]}
    assert client.get(f"/doubts?document={hidden}", headers=made["Вера"]).status_code == 404
    assert not shown(client, made["Анна"], kind="cell").css(".queued button")
    answer = {"kind": "cell", "document": ids["перевоз.txt"], "what": "subject", "act": "reject"}
    assert client.post("/doubts", data=answer, headers=made["Анна"]).status_code == 403
    assert client.post("/doubts", data={**answer, "document": hidden}, headers=made["Вера"]).status_code == 404
    before = len(library.decisions())
    pressed(client, shown(client, made["Борис"], kind="cell", document=hidden), "reject", made["Борис"])
    assert len(library.decisions()) == before + 1
    assert re.findall(r"\d+$", head(shown(client, made["Вера"]))) == ["4"]


@pytest.mark.parametrize(
    ("kind", "file", "act", "verdict"),
    [
        ("reading", "дозоры.txt", "confirm", "сверено, верно"),
        ("repair", "перевоз.txt", "confirm", "сверено, верно"),
        ("repair", "перевоз.txt", "reject", "оставлено как в источнике"),
    ],
)
def test_the_answer_about_a_reading_or_a_repair_is_a_decision_and_is_undone(
    client: TestClient, library: Library, ids: dict[str, str], kind: str, file: str, act: str, verdict: str
) -> None:
    before = list(doubtful(library))
    page = pressed(client, shown(client, kind=kind), act)
    assert "Сомнений нет" in page.css_first("main").text()
    assert [one for one in before if one not in doubtful(library)] == [one for one in before if one.kind == kind]
    named = "repair" if kind == "repair" else "doubt"
    (made,) = [d for d in library.decisions() if d["key"].startswith(f"{named}:")]
    assert (made["document"], made["verdict"], bool(made["author"])) == (ids[file], act, True)
    line = HTMLParser(client.get(f"/decisions?kind={named}", headers=HTML).text).css_first(".decisions li").text()
    assert verdict in line
    assert made["doubt"] in " ".join(line.split())
    told = client.get(f"/d/{ids[file]}?repairs=1", headers=HTML).text
    assert ("оставлено как в источнике" in told) is (act == "reject")
    assert head(pressed(client, page, "undo")) == "Сомнения 1 из 1"
    assert list(doubtful(library)) == before
    assert "оставлено как в источнике" not in client.get(f"/d/{ids[file]}?repairs=1", headers=HTML).text


def test_an_answered_doubt_comes_again_with_other_words_and_stays_answered_with_the_same(
    client: TestClient, library: Library, ids: dict[str, str]
) -> None:
    pressed(client, shown(client, kind="repair"), "confirm")
    library.put(parse_bytes(FERRIES.replace("перевозе", "перевозке").encode(), "перевоз.txt"))
    assert not [one for one in doubtful(library) if one.kind == "repair" and one.document == ids["перевоз.txt"]]
    library.put(parse_bytes(FERRIES.replace("Феде-\nрации", "Каза-\nхстана").encode(), "перевоз.txt"))
    assert all(one.what == "0" for one in doubtful(library) if one.kind == "repair")


def test_doubts_are_listed_and_answered_over_http(client: TestClient, library: Library, ids: dict[str, str]) -> None:
    whole = client.get("/api/v1/doubts").json()
    assert (whole["total"], whole["cursor"]) == (4, None)
    assert whole["kinds"] == dict.fromkeys(("reading", "repair", "cell", "stale"), 1)
    paged, cursor = [], ""
    while cursor is not None:
        page = client.get("/api/v1/doubts", params={"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        paged, cursor = paged + page["doubts"], page["cursor"]
    assert paged == whole["doubts"]
    assert client.get("/api/v1/doubts?cursor=чепуха").status_code == 400
    assert client.get("/api/v1/doubts?document=net-takogo").status_code == 404
    cell = client.get("/api/v1/doubts", params={"document": ids["перевоз.txt"], "kind": "cell"}).json()["doubts"][0]
    assert [(p["eid"], p["state"]["status"]) for p in cell["places"]] == [("art_1__para_2", "in_force")]
    for doubt in whole["doubts"]:
        given = {name: doubt[name] for name in ("kind", "document", "what")}
        wrong = next(act for act in ("reject", "again") if act not in doubt["acts"])
        assert client.post("/api/v1/doubts", json={**given, "act": wrong}).status_code == 422
        answer = client.post("/api/v1/doubts", json={**given, "act": doubt["acts"][0]})
        assert answer.json()["standing"] is True
    assert client.get("/api/v1/doubts").json()["total"] == 0
    again = client.post("/api/v1/doubts", json={**cell, "what": "чепуха"} | {"act": "confirm"})
    assert again.status_code == 422  # keys of the list that are none of an answer
    gone = {"kind": "repair", "document": ids["перевоз.txt"], "what": "0" * 16, "act": "confirm"}
    assert client.post("/api/v1/doubts", json=gone).status_code == 404
    assert client.delete("/api/v1/decisions", params={"key": answer.json()["key"]}).status_code == 204
    assert client.get("/api/v1/doubts").json()["total"] == 1


def test_doubts_are_listed_and_answered_on_the_command_line(client: TestClient, library: Library, ids) -> None:
    def run(*given: str) -> Result:
        return CliRunner().invoke(conftest.command(), [*given, "--library", str(library.folder)])

    assert ids
    assert json.loads(run("doubts", "--json").stdout) == client.get("/api/v1/doubts").json()
    (repair,) = json.loads(run("doubts", "--kind", "repair", "--json").stdout)["doubts"]
    assert f"repair {repair['document']} {repair['what']}" in run("doubts").stdout
    named = ("answer", "repair", repair["document"], repair["what"])
    told = json.loads(run(*named, "confirm", "--author", "Серова", "--json").stdout)
    assert told["standing"] is True
    assert next(d for d in library.decisions() if d["key"] == told["key"])["author"] == "Серова"
    assert run(*named, "undo").exit_code != 0
    assert json.loads(run("doubts", "--kind", "repair", "--json").stdout)["total"] == 0

"""Metadata corrected over HTTP, on pages without JavaScript and by the command: the person's value wins, undo restores."""

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from corpus.library import Library
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes
from search_api.service.tokens import local_user
from tests.forked import svod
from tests.search_api.conftest import client_of, filled

TOKENS = {"tokens": "0123456789abcdef Анна Серова"}


def document(library: Library, words: str) -> str:
    return next(d.id for d in library.documents() if words in d.title)


def test_put_and_delete(library: Library, client: TestClient) -> None:
    id_ = document(library, "карт")
    before = client.get(f"/api/v1/documents/{id_}").json()
    url = f"/api/v1/documents/{id_}/metadata"
    made = client.put(f"{url}/date", json={"value": "15 мая 1907 г.", "note": "по подлиннику"})
    assert made.status_code == 200
    mark = made.json()
    assert (mark["value"], mark["read"], mark["author"], mark["note"]) == (
        "1907-05-15",
        "1907-05-14",
        local_user(),
        "по подлиннику",
    )
    assert client.put(f"{url}/copies", json={"value": 3}).json()["value"] == 3
    parties = client.put(f"{url}/parties", json={"value": ["Лукоморье", "Буян", "Китеж"]}).json()
    assert parties["value"] == ["Лукоморье", "Буян", "Китеж"]
    assert client.put(f"{url}/place", json={"value": None}).json()["value"] is None
    after = client.get(f"/api/v1/documents/{id_}").json()
    assert (after["date"], after["copies"], after["place"], len(after["parties"])) == ("1907-05-15", 3, None, 3)
    assert {m["field"] for m in after["corrected"]} == {"date", "copies", "parties", "place"}
    assert (after["id"], after["evidence"]) == (id_, before["evidence"])
    assert [d["id"] for d in client.get("/api/v1/documents", params={"party": "китеж"}).json()] == [id_]
    forms = client.get(f"/api/v1/documents/{id_}/provisions/art_1").json()["citation"]
    assert "15.05.1907" in forms["short"]
    for field in ("date", "copies", "parties", "place"):
        assert client.delete(f"{url}/{field}").status_code == 204
    assert client.get(f"/api/v1/documents/{id_}").json() == before
    assert client.delete(f"{url}/date").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "status", "code"),
    [
        ("date", "позавчера", 422, "invalid"),
        ("type", "рецепт", 422, "invalid"),
        ("copies", "два", 422, "invalid"),
        ("title", "", 422, "invalid"),
        ("place", ["Лукоморск", "Буян"], 422, "invalid"),
        ("place", "я" * 1001, 422, "invalid"),
        ("place", {"x": 1}, 422, "invalid"),
        ("notes", "x", 422, "invalid"),
        ("x" * 50, "x", 422, "invalid"),
    ],
)
def test_wrong_values_are_problems(
    library: Library, client: TestClient, field: str, value: object, status: int, code: str
) -> None:
    answer = client.put(f"/api/v1/documents/{document(library, 'карт')}/metadata/{field}", json={"value": value})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["code"] == code
    assert re.search("[а-я]", answer.json()["detail"])
    assert list(library.decisions()) == []


def test_unknown_documents_and_strangers(library: Library) -> None:
    with client_of(lambda: library, **TOKENS) as client:
        url = f"/api/v1/documents/{document(library, 'карт')}/metadata/place"
        assert client.put(url, json={"value": "Буян"}).status_code == 401
        key = {"Authorization": "Bearer 0123456789abcdef"}
        assert client.put(url, json={"value": "Буян"}, headers=key).json()["author"] == "Анна Серова"
        assert client.put("/api/v1/documents/net/metadata/place", json={"value": "x"}, headers=key).status_code == 404
        assert "Сохранить" not in client.get(f"/d/{document(library, 'карт')}/metadata").text


def card(client: TestClient, id_: str) -> HTMLParser:
    return HTMLParser(client.get(f"/d/{id_}/metadata", headers={"Accept": "text/html"}).text)


def filled_in(page: HTMLParser, **changed: str) -> dict[str, list[str] | str]:
    """Return what a browser would send of the form of facts with some values changed."""
    fields, values = [], []
    for hidden in page.css(".facts-form input[name=field]"):
        field = hidden.attributes["value"]
        given = page.css_first(f"#value-{field}")
        chosen = given.css_first("[selected]") or given
        fields.append(field)
        values.append(changed.get(field, chosen.attributes.get("value", given.text())))
    return {"field": fields, "value": values, "note": "по ноте"}


def test_the_page_corrects_without_a_script(library: Library, client: TestClient) -> None:
    id_ = document(library, "карт")
    page = card(client, id_)
    assert page.css_first("#value-place").attributes["value"] == "Лукоморск"
    sent = filled_in(page, place="Буян-город", parties="Лукоморье\r\nБуян")
    answer = client.post(f"/d/{id_}/metadata", data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/d/{id_}/metadata#field-place")
    act = library.get(id_).instrument
    assert (act.place, act.parties) == ("Буян-город", ("Лукоморье", "Буян"))
    assert {c.field for c in act.corrected} == {"place", "parties"}
    place = card(client, id_).css_first("#field-place")
    assert place.css_first("input[name=value]").attributes["value"] == "Буян-город"
    assert f"исправлено: {local_user()}" in place.text()
    assert "в тексте прочитано: Лукоморск (по ноте)" in " ".join(place.text().split()).replace(" )", ")")
    undo = place.css_first("button[formaction]").attributes["formaction"]
    assert client.post(undo, data=sent, follow_redirects=False).status_code == 303
    assert card(client, id_).css_first("#field-place .corrected") is None


def test_a_wrong_value_is_told_at_its_field_and_nothing_is_saved(library: Library, client: TestClient) -> None:
    id_ = document(library, "карт")
    page = card(client, id_)
    assert "прочитано: 14.05.1907" in page.css_first("#field-date").text()
    assert "14 мая 1907" in page.css_first("#field-date details").text()
    sent = filled_in(page, date="<вчера>", place="Буян-город")
    refused = client.post(f"/d/{id_}/metadata", data=sent, headers={"Accept": "text/html"})
    assert refused.status_code == 422
    tree = HTMLParser(refused.text)
    assert "Проверьте: Дата." in tree.css_first("#refused").text()
    assert "не понята" in tree.css_first("#field-date #fault-date").text()
    assert tree.css_first("#value-date").attributes["value"] == "<вчера>"
    assert tree.css_first("#value-date").attributes["aria-describedby"] == "fault-date"
    assert tree.css_first("#value-place").attributes["value"] == "Буян-город"
    assert library.get(id_).instrument.corrected == ()
    wrong = client.post(
        f"/d/{id_}/metadata", data={"field": ["notes"], "value": ["нет"]}, headers={"Accept": "text/html"}
    )
    assert wrong.status_code == 422


RATIFIED = """ЗАКОН
О ратификации Соглашения между Правительством Лукоморья и Правительством Тридевятого царства о маячных сборах

Ратифицировать Соглашение между Правительством Лукоморья и Правительством Тридевятого царства о маячных сборах, подписанное 3 сентября 1911 года, и Конвенцию о туманах от 5 мая 1900 года.

Царь Берендей
"""


def test_what_an_act_does_to_others_is_told_and_linked(library: Library, client: TestClient) -> None:
    lights = document(library, "маячных")
    (id_,) = library.put(parse_bytes(RATIFIED.encode(), "закон.txt")).documents
    told = client.get(f"/api/v1/documents/{id_}").json()["relations"]
    assert [(r["relation"], r["date"]) for r in told] == [("ratifies", "1911-09-03"), ("ratifies", "1900-05-05")]
    body = next(p for p in library.get(id_).instrument.walk() if p.eid == told[0]["eid"])
    assert body.text[slice(*told[0]["cue"])] == "Ратифицировать"
    related = HTMLParser(client.get(f"/d/{id_}/links", headers={"Accept": "text/html"}).text).css_first("dl.facts")
    assert [a.attributes["href"] for a in related.css("dd a")] == [f"/d/{lights}"]
    assert "Ратифицирует" in related.text()
    assert "Конвенцию о туманах" in related.text()


def test_the_command(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = filled(folder)
    id_ = document(library, "карт")
    library.close()
    made = svod("correct", id_, "дата", "15.05.1907", "--note", "по подлиннику", "--library", folder, "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["corrected"][0]["value"] == "1907-05-15"
    told = svod("correct", id_, "parties", "Лукоморье", "Буян; Китеж", "--library", folder)
    assert "Стороны: Лукоморье; Буян; Китеж. В тексте прочитано:" in told.stderr
    shown = json.loads(svod("show", id_, "--library", folder, "--json").stdout)
    assert (shown["date"], shown["parties"]) == ("1907-05-15", ["Лукоморье", "Буян", "Китеж"])
    assert [(m["field"], m["note"]) for m in shown["corrected"]] == [("date", "по подлиннику"), ("parties", "")]
    wrong = svod("correct", id_, "дата", "вчера", "--library", folder)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "не понята" in wrong.stderr
    assert svod("correct", id_, "дата", "--library", folder).returncode == 2
    assert svod("correct", id_, "цвет", "синий", "--library", folder).returncode == 1
    assert svod("correct", id_, "дата", "--withdraw", "--library", folder).returncode == 0
    kept = json.loads(svod("decisions", "--withdrawn", "--library", folder).stdout)
    assert [d["field"] for d in kept["decisions"]] == ["parties"]
    assert [(d["field"], d["value"], d["withdrawn_by"]) for d in kept["withdrawn"]] == [
        ("date", ["1907-05-15"], kept["withdrawn"][0]["author"])
    ]
    assert svod("check", "--library", folder).returncode == 0
    library = LocalLibrary(folder)
    assert library.get(id_).instrument.date == "1907-05-14"
    library.close()

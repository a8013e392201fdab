"""Runs of marked text, pages as a reader without JavaScript gets them."""

import gzip
import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from analyzers.spans import Span
from corpus.eid import article
from corpus.search.answers import Hit
from search_api.service.intake import source_name
from search_api.web.page_search import EXAMPLES
from search_api.web.views import grouped, runs

SPANS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)).map(lambda ab: Span(min(ab), max(ab))), max_size=6)


@given(st.text(max_size=30), SPANS)
def test_runs_are_the_text_and_mark_what_is_highlighted(text: str, spans: list[Span]) -> None:
    cut = runs(text, spans)
    assert "".join(run.text for run in cut) == text
    marked = "".join("1" * len(run.text) if run.marked else "0" * len(run.text) for run in cut)
    assert marked == "".join("1" if any(a <= i < b for a, b in spans) else "0" for i in range(len(text)))


@given(st.text(max_size=300))
def test_source_names_never_lead_out_of_the_library(name: str) -> None:
    safe = source_name(name)
    assert safe
    assert not safe.startswith("/")
    assert ".." not in safe.split("/")
    assert len(safe) <= 200
    assert source_name(safe) == safe


@pytest.mark.parametrize(
    ("eid", "unit"),
    [
        ("art_6__para_1__point_a", "art_6"),
        ("sec_1__art_6", "sec_1__art_6"),
        ("att_1__para_2", "att_1"),
        ("body__al_2", "body"),
    ],
)
def test_hits_are_grouped_by_article(eid: str, unit: str) -> None:
    assert article(eid) == unit


def hit(eid: str, *breadcrumb: str, heading: str = "", document: str = "d") -> Hit:
    return Hit(document, "f", 0, "Соглашение", eid, "paragraph", "", heading, "", "текст", breadcrumb, (), 1.0)


def test_groups_stand_where_their_best_hit_does_and_are_named() -> None:
    hits = [
        hit("art_1__para_1", "Статья 1. Предмет"),
        hit("art_12", heading="Прочее"),
        hit("art_1", heading="Предмет"),
        hit("sec_1__art_3__para_1", "Раздел I. Общее", "Статья 3"),
        hit("preamble__al_2"),
        hit("art_12-1__para_1", "Статья 12.1. Иное"),
        hit("art_1__para_1", "Статья 1. Другое", document="e"),
    ]
    groups = grouped(hits)
    assert [(g.document, g.heading, len(g.hits)) for g in groups] == [
        ("d", "Статья 1. Предмет", 2),
        ("d", "Статья 12. Прочее", 1),
        ("d", "Статья 3", 1),
        ("d", "Преамбула", 1),
        ("d", "Статья 12.1. Иное", 1),
        ("e", "Статья 1. Другое", 1),
    ]


def page(client: TestClient, path: str) -> HTMLParser:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return HTMLParser(answer.text)


@pytest.fixture(
    params=[
        "/",
        "/?q=отказ в исполнении",
        "/?q=нетакогослова",
        "/library",
        "/compare",
        "/help",
        "doc",
        "card",
        "repairs",
    ]
)
def any_page(request: pytest.FixtureRequest, reading: TestClient, maps: str) -> HTMLParser:
    named = {"doc": f"/d/{maps}", "card": f"/d/{maps}/art_2__para_1/card", "repairs": f"/d/{maps}?repairs=1&q=отказ"}
    return page(reading, named.get(request.param, request.param))


def test_pages_hold_nothing_inline_and_nothing_from_outside(any_page: HTMLParser) -> None:
    for node in any_page.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), node.html
            assert name != "style", node.html
            if name in {"src", "href", "action", "hx-get"}:
                assert value.startswith(("/", "#", "http://127.0.0.1:8000/")), node.html
    assert not any_page.css("style")
    assert all(not (script.text() or "").strip() for script in any_page.css("script"))


def test_ids_are_unique_and_anchors_lead_somewhere(any_page: HTMLParser) -> None:
    ids = [node.attributes["id"] for node in any_page.css("[id]")]
    assert len(ids) == len(set(ids))
    for link in any_page.css('a[href^="#"]'):
        assert link.attributes["href"][1:] in ids, link.html


def test_search_without_scripts_reads_pages_and_narrows(reading: TestClient) -> None:
    found = page(reading, "/?q=отказ в исполнении запроса")
    assert found.css_first(".hit mark")
    assert "Соглашения от 14.05.1907" in found.css_first(".group cite").text() + found.body.text()
    copied = found.css_first(".group [data-copy]").attributes["data-copy"]
    assert copied == found.css_first(".group cite").text()
    opened = found.css_first(".group .line a.open").attributes["href"]
    assert page(reading, opened.partition("#")[0]).css_first(f"#{opened.partition('#')[2]}")
    facet = found.css_first(".facets li a").attributes["href"]
    assert page(reading, facet).css_first(".chip.on")


def test_every_facet_leads_to_as_many_hits_as_it_says(reading: TestClient) -> None:
    found = page(reading, "/?q=сторона сбор карты запрос")
    links = found.css(".facets li > a:not(.but)")
    assert {"Вид акта", "Сторона", "Место", "Год", "Язык", "Тема", "Уровень", "Документ"} <= {
        h.text() for h in found.css(".facets h3")
    }
    for link in links:
        told = page(reading, link.attributes["href"]).css_first(".total").text()
        assert told.split()[0] == link.css_first(".count").text(), link.text()


MISDATED = [
    ("date_from=позавчера", "Дата не читается"),
    ("date_from=30.02.2010", "Дата не читается"),
    ("date_from=1908&date_to=1907", "назад"),
    ("date_from=14.05.1907&date_to=1908", ""),
]


@pytest.mark.parametrize(("dates", "said"), MISDATED)
def test_what_is_wrong_with_a_date_is_said_at_its_field(reading: TestClient, dates: str, said: str) -> None:
    found = page(reading, f"/?q=карты&{dates}")
    told = found.css_first("#misdated")
    assert bool(told) is bool(said)
    assert not told or said in told.text()
    assert found.css_first(".hit")


def test_a_wrong_day_is_said_at_its_field_too(reading: TestClient) -> None:
    found = page(reading, "/?q=карты&in_force=вчера утром")
    assert "День не читается" in found.css_first("#misday").text()
    assert found.css_first("input[name=in_force]").attributes["aria-describedby"] == "misday"
    assert found.css_first("input[name=in_force]").attributes["value"] == "вчера утром"
    assert found.css_first(".hit")


def test_facets_take_several_values_and_leave_some_out(reading: TestClient) -> None:
    one = page(reading, "/?q=сторона запрос&type=agreement")
    two = page(reading, "/?q=сторона запрос&type=agreement&type=protocol")
    assert [chip.text() for chip in two.css(".facets .chip.on")] == ["Соглашение ×", "Протокол ×"]
    assert len(two.css(".hit")) >= len(one.css(".hit"))
    but = page(reading, "/?q=сторона запрос&but=type:agreement")
    assert but.css_first(".facets .chip.on").text() == "кроме: Соглашение ×"
    assert "Соглашения от" not in "".join(node.text() for node in but.css(".group cite"))


def test_a_way_of_widening_is_taken_off_by_its_chip(reading: TestClient) -> None:
    found = page(reading, "/?q=отказ")
    chip = next(c for c in found.css(".understood .chip") if "однокоренные" in c.text())
    less = page(reading, chip.attributes["href"])
    assert any("без однокоренных" in c.text() for c in less.css(".understood .chip"))
    assert not any("однокоренные:" in c.text() for c in less.css(".understood .chip"))


def test_a_place_that_is_not_there_is_told_with_what_is_near(reading: TestClient) -> None:
    found = page(reading, "/?q=статья 99 Соглашения от 14.05.1907")
    assert "ст. 99 нет" in found.css_first(".notice").text()
    assert found.css_first(".notice a").attributes["href"].startswith("/d/")
    assert not found.css(".hit")


def test_more_hits_keep_their_place(reading: TestClient) -> None:
    first = page(reading, "/?q=сторона запрос отказ расходы карты маячный сбор")
    more = first.css_first(".more a").attributes["href"]
    assert more.endswith("#h11")
    grown = page(reading, more.partition("#")[0])
    texts = [node.text() for node in grown.css(".hit .text")]
    shown = [node.text() for node in first.css(".hit .text")]
    assert texts[: len(shown)] == shown
    assert len(texts) > 10


def test_document_page_has_an_anchor_for_every_provision(reading: TestClient, maps: str) -> None:
    told = page(reading, f"/d/{maps}")
    for provision in reading.get(f"/api/v1/documents/{maps}").json()["provisions"]:
        node = told.css_first(f"#{provision['eid']}")
        assert node, provision["eid"]
        assert provision["text"] in re.sub(r"\s+", " ", node.text())
    links = [(a.attributes["href"], a.text()) for a in told.css("a.ref")]
    assert ("#art_2__para_1", "пункта 1 настоящей статьи") in links


def test_permalink_leads_to_the_provision(reading: TestClient, maps: str) -> None:
    answer = reading.get(f"/d/{maps}/art_2__para_1", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/d/{maps}#art_2__para_1")
    assert reading.get(f"/d/{maps}/art_99").status_code == 404


def test_repairs_stand_beside_the_source_form(reading: TestClient, maps: str) -> None:
    told = page(reading, f"/d/{maps}?repairs=1").css_first("#preamble__al_2 .mended")
    assert told.text().startswith("каждого мореплавателя")
    assert "в источнике: к а ж д о г о  м о р е п л а в а т е л я" in told.text()
    assert not page(reading, f"/d/{maps}").css(".mended")


def test_incoming_references_are_told(reading: TestClient, maps: str) -> None:
    told = page(reading, f"/d/{maps}/art_2__para_1/incoming").css_first("#incoming").text()
    assert "п. 2 ст. 2" in told


def test_suggestions_continue_words_and_name_documents(reading: TestClient) -> None:
    told = reading.get("/suggest", params={"q": "обмен опыт"}).json()
    assert "обмен опытом " in [s.get("value") for s in told]
    told = reading.get("/suggest", params={"q": "маячных"}).json()
    assert any(s.get("href", "").startswith("/d/") for s in told)
    assert reading.get("/suggest", params={"q": ""}).json() == []


def test_a_citation_suggests_its_provision(reading: TestClient, maps: str) -> None:
    told = reading.get("/suggest", params={"q": "п. 1 ст. 2 Соглашения от 14.05.1907"}).json()
    assert told[0]["href"] == f"/d/{maps}/art_2__para_1"
    assert told[0]["label"] == "п. 1 ст. 2 Соглашения от 14.05.1907"


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_are_valid_queries(reading: TestClient, example: str) -> None:
    assert reading.get("/", params={"q": example}).status_code == 200


def test_examples_of_the_help_are_valid_queries(reading: TestClient) -> None:
    examples = page(reading, "/help").css("a.example")
    assert len(examples) >= 12
    for link in examples:
        answer = reading.get(link.attributes["href"], headers={"Accept": "text/html"})
        assert answer.status_code == 200, link.text()


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_preferences_never_lead_away(reading: TestClient, back: str) -> None:
    answer = reading.post("/preferences", data={"theme": "dark", "keys": "off", "back": back}, follow_redirects=False)
    assert answer.headers["Location"] == "/"
    reading.cookies.clear()


def test_preferences_are_kept(client: TestClient) -> None:
    told = HTMLParser(client.post("/preferences", data={"theme": "dark", "keys": "off", "back": "/help"}).text)
    html = told.css_first("html").attributes
    assert (html["data-theme"], html["data-keys"]) == ("dark", "off")


def test_first_page_with_styles_and_scripts_weighs_at_most_60_kb(reading: TestClient) -> None:
    answer = reading.get("/", headers={"Accept": "text/html", "Accept-Encoding": "identity"})
    weight = len(gzip.compress(answer.content, 6))
    for node in HTMLParser(answer.text).css("script[src], link[rel=stylesheet], link[rel=icon]"):
        url = node.attributes.get("src") or node.attributes["href"]
        with reading.stream("GET", url, headers={"Accept-Encoding": "gzip"}) as told:
            assert "immutable" in told.headers["Cache-Control"]
            weight += sum(len(part) for part in told.iter_raw())
    assert weight <= 60 * 1024

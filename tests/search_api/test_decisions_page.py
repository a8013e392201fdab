"""The page «Решения»: what was decided, where, by whom; narrowed, paged, taken back and done again; within one's funds."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from corpus.comparison.decisions import cell_decision, keep
from corpus.comparison.grid import Verdict
from corpus.library import Library, Origin
from corpus.metadata.correcting import correct
from corpus.rights import keys
from corpus.rights.funds import Fund, set_fund
from corpus.rights.people import UserRole, set_user
from ingest.pipeline import parse_bytes
from search_api.web.compare import page_decisions
from tests.search_api.conftest import ORIGIN
from tests.search_api.texts import LIGHTS

HTML = {"Accept": "text/html"}


def shown(client: TestClient, **asked: object) -> HTMLParser:
    answer = client.get("/decisions?" + urlencode(asked), headers=HTML)
    assert answer.status_code == 200
    return HTMLParser(answer.text)


def shown_to(client: TestClient, told: dict[str, str], **asked: object) -> HTMLParser:
    return HTMLParser(client.get("/decisions?" + urlencode(asked), headers=told).text)


def lines(page: HTMLParser) -> list[str]:
    return [" ".join(li.text().split()) for li in page.css(".decisions li")]


@pytest.fixture
def decided(library: Library) -> str:
    """Two decisions about the agreement on maps, by two people; its id."""
    id_ = next(s.id for s in library.documents() if s.source == "карты.txt")
    refused = cell_decision(library.get(id_), "refusal", Verdict.CORRECT, "Серова", ["art_2__para_1"], "см. пункт")
    keep(library, refused)
    correct(library, id_, "place", ["Буян"], "Дуров")
    return id_


def test_nothing_decided_is_said_with_what_to_do(client: TestClient) -> None:
    assert "Решений пока нет" in shown(client).css_first(".notice").text()


def test_each_decision_tells_what_where_who_and_leads_to_its_place(client: TestClient, decided: str) -> None:
    page = shown(client)
    fact, cell = lines(page)
    assert re.search(r"сведения Место: Буян \(прочитано: Лукоморск\).*Дуров, \d\d\.\d\d\.\d{4}", fact), fact
    assert re.search(r"сопоставление .*: положения указаны .*п\. 1 ст\. 2 «см\. пункт» Серова, ", cell), cell
    links = {a.attributes["href"] for a in page.css(".decisions a")}
    assert {f"/d/{decided}/metadata#field-place", f"/d/{decided}/art_2__para_1", "/matrix/refusal"} <= links
    assert client.get(f"/d/{decided}/art_2__para_1").status_code == 200
    assert [a.text() for a in page.css("nav [aria-current]")] == ["Решения"]


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({"kind": "cell"}, ["сопоставление"]),
        ({"author": "Дуров"}, ["сведения"]),
        ({"state": "standing"}, ["сведения", "сопоставление"]),
        ({"state": "withdrawn"}, []),
        ({"kind": "cell", "author": "Дуров"}, []),
    ],
)
def test_the_list_is_narrowed(client: TestClient, decided: str, asked: dict[str, str], kinds: list[str]) -> None:
    page = shown(client, **asked)
    assert [li.css_first(".tag").text() for li in page.css(".decisions li")] == kinds
    assert bool(page.css_first("main > .notice")) is not bool(kinds)


def test_a_page_ends_and_the_next_goes_on(client: TestClient, decided: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_decisions, "PAGE", 1)
    first = shown(client, author="")
    onward = first.css_first(".pager a").attributes["href"]
    second = HTMLParser(client.get(onward, headers=HTML).text)
    assert len(lines(first)) == len(lines(second)) == 1
    assert lines(first) != lines(second)


@pytest.mark.parametrize("number", [0, 1], ids=["fact", "cell"])
def test_undo_can_itself_be_undone(client: TestClient, library: Library, decided: str, number: int) -> None:
    def press(act: str) -> HTMLParser:
        form = next(f for f in shown(client).css(".decisions form") if f.css_first(f'button[value="{act}"]'))
        form = shown(client).css(".decisions form")[number] if act == "undo" else form
        sent = {i.attributes["name"]: i.attributes["value"] for i in form.css("input")}
        answer = client.post("/decisions", data={**sent, "act": act}, headers={"Origin": ORIGIN, **HTML})
        assert answer.status_code == 200
        return HTMLParser(answer.text)

    before = sorted(str(d) for d in library.decisions())
    page = press("undo")
    assert "отменено" in page.css_first(".notice[role=status]").text()
    assert page.css_first('.notice button[value="redo"]')
    assert "отменено: " in page.css_first(".decisions .withdrawn").text()
    page = press("redo")
    assert "действует" in page.css_first(".notice[role=status]").text()
    assert not page.css(".withdrawn")
    assert "возвращено: " in page.css_first(".decisions li").text()  # it is the latest that was done
    told = ("renewed_by", "renewed_at")
    after = [{k: v for k, v in d.items() if k not in told} for d in library.decisions()]
    assert sorted(map(str, after)) == before


def test_a_decision_whose_text_changed_says_so(client: TestClient, library: Library, decided: str) -> None:
    assert not shown(client).css(".decisions .notice")
    kept = next(d for d in library.decisions() if d["key"].startswith("cell:"))
    library.decide({**kept, "hashes": {"art_2__para_1": "0" * 16}})
    assert "Текст с тех пор изменился" in shown(client).css_first(".decisions .notice").text()


def test_a_reader_sees_but_does_not_undo_and_nobody_sees_beyond_his_funds(
    client: TestClient, library: Library, decided: str
) -> None:
    set_fund(library, Fund("17", "Сделка", ("Борис",), ("Борис",)))
    file = replace(parse_bytes(LIGHTS.replace("маячных", "тайных").encode(), "тайна.txt"), fund="17")
    library.put(file, origin=Origin("Борис", "2026-01-02T03:04:05Z", "17"))
    hidden = next(s.id for s in library.documents() if s.source.endswith("тайна.txt"))
    secret = keep(library, cell_decision(library.get(hidden), "refusal", Verdict.REJECT, "Борис"))
    made = {}
    for name, role in (("Анна", UserRole.READER), ("Вера", UserRole.EDITOR), ("Борис", UserRole.EDITOR)):
        set_user(library, name, role)
        made[name] = {"Authorization": f"Bearer {keys.make(library, name)[0]}", "Origin": ORIGIN, **HTML}
    pages = {name: shown_to(client, told) for name, told in made.items()}
    assert {name: len(lines(page)) for name, page in pages.items()} == {"Анна": 2, "Вера": 2, "Борис": 3}
    assert {name: len(page.css(".decisions form")) for name, page in pages.items()} == {
        "Анна": 0,
        "Вера": 2,
        "Борис": 3,
    }
    assert "Борис" not in pages["Вера"].css_first("main").text()
    key = next(str(d["key"]) for d in library.decisions() if d["key"] != secret.key)
    asked = {"key": key, "act": "undo"}
    assert client.post("/decisions", data=asked, headers=made["Анна"]).status_code == 403
    assert client.post("/decisions", data={**asked, "key": secret.key}, headers=made["Вера"]).status_code == 404
    assert len(library.decisions()) == 3
    asked = {"key": secret.key, "act": "undo"}
    assert client.post("/decisions", data=asked, headers=made["Борис"]).status_code == 200
    withdrawn = {
        name: [d["key"] for d in client.get("/api/v1/decisions?withdrawn=true", headers=told).json()["withdrawn"]]
        for name, told in made.items()
    }
    assert withdrawn == {"Анна": [], "Вера": [], "Борис": [secret.key]}
    assert "withdrawn" not in client.get("/api/v1/decisions", headers=made["Борис"]).json()
    seen = {name: shown_to(client, told) for name, told in made.items()}
    assert {name: len(lines(page)) for name, page in seen.items()} == {"Анна": 2, "Вера": 2, "Борис": 3}
    assert not any("Борис" in page.css_first("main").text() for name, page in seen.items() if name != "Борис")
    asked["act"] = "redo"
    assert client.post("/decisions", data=asked, headers=made["Вера"]).status_code == 404
    assert client.post("/decisions", data=asked, headers=made["Анна"]).status_code == 403
    assert not shown_to(client, made["Борис"], state="standing").css(f'.decisions a[href^="/d/{hidden}"]')
    assert client.post("/decisions", data=asked, headers=made["Борис"]).status_code == 200
    assert shown_to(client, made["Борис"], state="standing").css(f'.decisions a[href^="/d/{hidden}"]')

"""The page of a PDF on which a provision begins, at every door."""

import json

import pytest

from corpus.local.library import LocalLibrary
from corpus.pages import page_of
from ingest.pipeline import parse_bytes
from tests import forked
from tests.ingest.readers.writers import pdf, show
from tests.search_api.conftest import client_of

LINES = (
    "СОГЛАШЕНИЕ",
    "между Лукоморьем и Буяном об обмене лодками",
    "",
    "Статья 1",
    "1. Стороны обмениваются лодками весной.",
    "2. Вёсла передаются вместе с лодками.",
    "Статья 2",
    "Паруса остаются у передающей Стороны до",
    "первого снега.",
    "Статья 3",
    "Настоящее Соглашение вступает в силу",
    "с даты подписания.",
    "Совершено в Лукоморье 14 мая 1907 года.",
)
PAGES = [LINES[:6], LINES[6:8], LINES[8:]]
"""Article 2 goes over from the second page to the third."""
WORDS = (
    "берегут",
    "красят",
    "смолят",
    "чинят",
    "покупают",
    "продают",
    "дарят",
    "сушат",
    "моют",
    "прячут",
    "ищут",
    "хвалят",
)
WANTED = {"art_1": 1, "art_1__para_2": 1, "art_2": 2, "art_3": 3}


def printed(leaves=PAGES):
    return pdf(["".join(show(line, 85, 770 - 20 * at, 12) for at, line in enumerate(lines)) for lines in leaves])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages") / "library"
    library = LocalLibrary(folder)
    library.put(parse_bytes(printed(), "лодки.pdf"))
    library.put(parse_bytes("\n\n".join(LINES).replace("лодк", "телег").replace("1907", "1908").encode(), "телеги.txt"))
    library.close()
    return folder


@pytest.fixture(scope="module")
def boats(folder):
    library = LocalLibrary(folder)
    yield next(d.id for d in library.documents() if d.source == "лодки.pdf")
    library.close()


@pytest.fixture
def svod(folder):
    def run(*args):
        done = forked.svod(*args, "--library", folder)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def pages(provisions):
    return {p["eid"]: p["page"] for p in provisions if p["eid"] in WANTED}


def test_show(svod, boats):
    assert pages(json.loads(svod("show", boats, "--json"))["provisions"]) == WANTED
    assert json.loads(svod("show", boats, "art_3", "--json"))["page"] == 3
    assert svod("show", boats, "art_2").splitlines()[0].startswith("ст. 2 Соглашения от 14.05.1907, с. 2")


def test_search_and_text_files_have_none(svod, boats):
    found = json.loads(svod("search", "вёсла OR вступает", "--json"))["hits"]
    assert {(h["document"] == boats, h["eid"]): h["page"] for h in found} == {
        (True, "art_1__para_2"): 1,
        (True, "art_3"): 3,
        (False, "art_1__para_2"): None,
        (False, "art_3"): None,
    }


def test_cite(svod, boats):
    (found,) = json.loads(svod("cite", "ст. 3 Соглашения от 14.05.1907", "--json"))
    assert [(p["document"], p["page"]) for p in found["provisions"]] == [(boats, 3)]
    assert "с. 3" in svod("cite", "ст. 3 Соглашения от 14.05.1907")


def test_over_http(folder, boats):
    library = LocalLibrary(folder)
    with client_of(lambda: library) as client:
        assert pages(client.get(f"/api/v1/documents/{boats}").json()["provisions"]) == WANTED
        assert client.get(f"/api/v1/documents/{boats}/provisions/art_2").json()["page"] == 2
        hits = client.get("/api/v1/search", params={"q": "вступает", "document": boats}).json()["hits"]
        assert [h["page"] for h in hits] == [3]
        page = client.get(f"/d/{boats}").text
        assert [n for n in (1, 2, 3) if f'<span class="leaf">с. {n}</span>' in page] == [2, 3]
        assert "ст. 3, с. 3" in page
        assert "ст. 3, с. 3" in client.get(f"/d/{boats}/art_3/card").text
        assert ", с. 3" in client.get("/", params={"q": "вступает"}).text


def test_every_boundary_is_a_page():
    """Each page's own first unit is on it, whatever the number of pages."""
    units = [f"{n}. Стороны {word} лодку весной." for n, word in enumerate(WORDS, 1)]
    lines = ["СОГЛАШЕНИЕ о лодках", "Статья 1", *units]
    leaves = [lines[at : at + 2] for at in range(0, len(lines), 2)]
    file = parse_bytes(printed(leaves), "x.pdf")
    assert len(file.pages) == len(leaves)
    got = {p.eid: page_of(file.pages, p) for p in file.instruments[0].walk()}
    assert {n: got[f"art_1__para_{n}"] for n in range(1, 13)} == {n: (n + 1) // 2 + 1 for n in range(1, 13)}

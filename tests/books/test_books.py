"""Books of invented agreements: every act is told apart, whole, with its day and place, and no letter is lost."""

import os

import pytest

from ingest.pipeline import parse_bytes
from tests.books.composing import LOOKS, begun, compose, paragraphs, short
from tests.ingest.readers import writers
from tests.ingest.readers.writers import Para
from tests.ingest.test_round_trip import uncovered

FORMATS = {"html": writers.html, "rtf": writers.rtf, "docx": writers.docx, "odt": writers.odt, "pdf": writers.pdf_of}
SOAK = 40 if os.environ.get("SVOD_SOAK") else 3
"""Books in each format."""


# Seeds that found something: an entry of the contents that breaks behind a number («1 ⏎ января») opened the first act.
BROKEN = 14


def _told(act):
    return act.type, act.date, act.place, tuple(p.text for p in act.walk() if p.kind == "article")


def _book(form, seed):
    """Set a book in a format; return what is read and the truth."""
    texts, truth = paragraphs(seed)
    file = parse_bytes(FORMATS[form]([Para(text, plain=text) for text in texts]), f"book.{form}")
    return [_told(act) for act in file.instruments], [(act.type, act.date, act.place, act.articles) for act in truth]


@pytest.mark.parametrize("form", FORMATS)
def test_book_in_a_format(form):
    got, truth = _book(form, 11)
    assert got == truth


@pytest.mark.soak
@pytest.mark.parametrize("form", FORMATS)
def test_books_in_a_format(form):
    acts = wrong = 0
    for seed in range(SOAK):
        got, truth = _book(form, seed)
        acts += len(truth)
        wrong += sum(one not in got for one in truth) + max(0, len(got) - len(truth))
    assert wrong <= 0.01 * acts


# Whose seed: «КОНВЕНЦИЯ» stands at the top of three pages by chance; three acts were swallowed.
def test_a_title_at_the_top_of_several_pages_is_no_running_head():
    got, truth = _book("pdf", 20)
    assert got == truth


@pytest.mark.parametrize("seed", [1, pytest.param(range(2, SOAK), marks=pytest.mark.soak)], ids=["one", "many"])
def test_acts_and_annexes_that_begin_pages(seed):
    for one in [seed] if isinstance(seed, int) else seed:
        texts, truth, points = begun(one)
        file = parse_bytes(
            writers.pdf_of([Para(t.lstrip("\f"), plain=t.lstrip("\f"), fed=t[0] == "\f") for t in texts]), "book.pdf"
        )
        assert [_told(act) for act in file.instruments] == [(a.type, a.date, a.place, a.articles) for a in truth]
        annexed = [[p for p in act.walk() if p.kind == "attachment"] for act in file.instruments]
        assert [
            [sum(p.kind == "paragraph" for p in annex.walk()) for annex in annexes] for annexes in annexed
        ] == points


# Printed at the top of every page, the whole titles were running heads of the PDF, and signatures feet of the text.
@pytest.mark.parametrize(
    "title",
    [
        ("Соглашение между Республикой Ардения и Королевством Бельмар", "о почте"),
        ("ФЕДЕРАЛЬНЫЙ ЗАКОН", "О переправах"),
        ("Протокол о внесении изменений в Соглашение о переправах",),
    ],
    ids=lambda title: title[0].split()[0],
)
def test_titles_and_signatures_of_acts_of_a_page_are_no_running_heads(title):
    acts = short(title)
    printed = writers.pdf_of([Para(text, plain=text, fed=not i) for act in acts for i, text in enumerate(act)])
    for data, name in ((printed, "book.pdf"), ("\n\f".join(map("\n".join, acts)).encode(), "book.txt")):
        file = parse_bytes(data, name)
        assert [act.date for act in file.instruments] == [f"{1990 + day}-05-{day:02}" for day in range(1, 6)]
        assert not [f for f in file.furniture if f.rule == "running-head"]
        assert all(sum(p.kind == "article" for p in act.walk()) == 3 for act in file.instruments)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.head)
@pytest.mark.parametrize("seed", range(3))
def test_book(look, seed):
    text, truth = compose(seed, look)
    file = parse_bytes(text.encode(), "book.txt")
    got = [_told(act) for act in file.instruments]
    assert got == [(act.type, act.date, act.place, act.articles) for act in truth]
    assert uncovered(file) == ""


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.head)
def test_only_heads_and_feet_are_furniture(look):
    text, _ = compose(7, look)
    file = parse_bytes(text.encode(), "book.txt")
    left_out = {file.text[f.span.start : f.span.end].strip() for f in file.furniture if f.rule != "contents"}
    assert {x for x in left_out if not x.isdigit()} <= {look.head, *look.foot}


@pytest.mark.parametrize("seed", [7, BROKEN])
def test_a_table_of_contents_is_furniture_to_its_last_entry(seed):
    text, truth = compose(seed, LOOKS[3])
    file = parse_bytes(text.encode(), "book.txt")
    told = [file.text[f.span.start : f.span.end] for f in file.furniture if f.rule == "contents"]
    assert told[0] == LOOKS[3].contents
    assert sum(".." in line for line in told) == len(truth)
    assert file.instruments[0].title != LOOKS[3].head

"""Books of invented agreements: every act is told apart, whole, with its day and place, and no letter is lost."""

import pytest

from ingest.pipeline import parse_bytes
from tests.books.composing import LOOKS, compose
from tests.ingest.test_round_trip import uncovered


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.head)
@pytest.mark.parametrize("seed", range(3))
def test_book(look, seed):
    text, truth = compose(seed, look)
    file = parse_bytes(text.encode(), "book.txt")
    got = [
        (act.type, act.date, act.place, tuple(p.text for p in act.walk() if p.kind == "article"))
        for act in file.instruments
    ]
    assert got == [(act.type, act.date, act.place, act.articles) for act in truth]
    assert uncovered(file) == ""


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.head)
def test_only_heads_and_feet_are_furniture(look):
    text, _ = compose(7, look)
    file = parse_bytes(text.encode(), "book.txt")
    left_out = {file.text[f.span.start : f.span.end].strip() for f in file.furniture if f.rule != "contents"}
    assert {x for x in left_out if not x.isdigit()} <= {look.head, *look.foot}


def test_a_table_of_contents_is_furniture_to_its_last_entry():
    text, truth = compose(7, LOOKS[3])
    file = parse_bytes(text.encode(), "book.txt")
    told = [file.text[f.span.start : f.span.end] for f in file.furniture if f.rule == "contents"]
    assert told[0] == LOOKS[3].contents
    assert sum(".." in line for line in told) == len(truth)

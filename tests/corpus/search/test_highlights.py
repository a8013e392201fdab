"""Highlights of every operator: (query, clause, the text with what is highlighted in brackets)."""

import pytest

from corpus.search.answers import SearchOptions
from corpus.search.search import search

P6 = "art_6__para_1"
CASES = [
    ("суверенитет", P6, "[суверенитету]"),
    ("=суверенитету", P6, "[суверенитету]"),
    ("суверен*", P6, "[суверенитету]"),
    ('"исполнение запроса"', P6, "[исполнении запроса]"),
    ('"запрос исполнение"~2', P6, "[исполнении запроса]"),
    ("запрос РЯДОМ/1 отказываться", P6, "[запроса отказывается]"),
    ("запрос РЯДОМ/1 исполнение РЯДОМ/1 отказываться", P6, "[исполнении запроса отказывается]"),
    ("исполнение ПЕРЕД/5 вредить", P6, "[исполнении] [вредит]"),
    ("отказывается РЯДОМ/предложение суверенитету", P6, "[отказывается] [суверенитету]"),
    ("расходы И исполнении", P6, "[исполнении] [Расходы]"),
    ("суверенитету ИЛИ корабли", P6, "[суверенитету]"),
    ("суверенитету НЕ корабли", P6, "[суверенитету]"),
    ("отказ", "art_6__para_2", "[может быть отказано]"),
    ("затраты", "art_7", "[издержки]"),
    ("расторгнуть", "art_12", "[прекратить действие]"),
    ("ст:6 причинам", "art_6__para_2", "[причинам]"),
    ("елка", "para_4", "[ёлка]"),
    ("судов", "para_2", "[Суда] [судов]"),
]


def bracketed(hit) -> str:
    return " ".join(f"[{hit.text[start:end]}]" for start, end in hit.highlights)


@pytest.mark.parametrize(("query", "eid", "shown"), CASES)
def test_highlights(rivers, query, eid, shown):
    hit = next(h for h in search(rivers, query, SearchOptions(limit=50)).hits if h.eid == eid)
    assert bracketed(hit) == shown


def test_a_distance_too_long_highlights_nothing_of_it(rivers):
    eids = {h.eid for h in search(rivers, "исполнение РЯДОМ/1 вредить", SearchOptions(limit=50)).hits}
    assert P6 not in eids

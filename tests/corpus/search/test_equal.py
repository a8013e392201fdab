"""Generated queries: what is searched equals the oracle, and what is highlighted is what the oracle says matches."""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.clauses.clause import clauses
from corpus.clauses.tree import Near, Phrase, Within
from corpus.errors import QueryError
from corpus.metadata.documents import documents_of
from corpus.model import Document, Instrument, InstrumentType, Kind, Provision
from corpus.search.answers import SearchOptions
from corpus.search.ranking.highlights import Streams, _positions
from corpus.search.ranking.planning import plan
from corpus.search.search import search
from tests import strategies
from tests.corpus.search.conftest import files
from tests.oracle import Oracle, _runs

leaves = st.one_of(strategies.inflected, strategies.forms, strategies.prefixes, strategies.phrases, strategies.nears)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(heading=strategies.texts(1, 4), text=strategies.texts(3, 25), node=leaves)
def test_highlighted_positions_equal_the_oracle(heading, text, node):
    provision = Provision("art_1", Kind.ARTICLE, text, "1", heading)
    document = Document("d", "s", 0, Instrument(InstrumentType.ACT, "Акт", provisions=(provision,)))
    (clause,) = clauses(document)
    (seen,) = (oracle := Oracle([document])).seen
    if isinstance(node, Near):
        if node.within is Within.ARTICLE:
            return
        wanted = {t.position for taken in oracle._arrangements(node, seen) for t in taken}
    else:
        words = node.words if isinstance(node, Phrase) else (node,)
        wanted = {t.position for run in _runs(words, seen.body) for t in run}
    assert _positions(node, Streams(clause)) == wanted


WORDS = [
    "отказ",
    "отказывается",
    "запроса",
    "исполнении",
    "расходы",
    "Стороны",
    "реки",
    "суд",
    "стали",
    "ёлка",
    "сталь",
    "корабли",
    "сведениями",
    "буян",
]


def written(r: random.Random, depth: int = 0) -> str:
    """Write a random query."""
    choice = r.randrange(12 if depth < 3 else 7)
    one, two = r.choice(WORDS), r.choice(WORDS)
    return (
        [
            one,
            f"={one}",
            f"{one[:3]}*",
            f'"{one} {two}"',
            f'"{one} {two}"~{r.randrange(9)}',
            f"{one} РЯДОМ/{r.randrange(9)} {two}",
            f"ст:{r.randrange(1, 14)}",
        ][choice]
        if choice < 7
        else [
            f"({written(r, depth + 1)} И {written(r, depth + 1)})",
            f"({written(r, depth + 1)} ИЛИ {written(r, depth + 1)})",
            f"НЕ ({written(r, depth + 1)})",
            f"{written(r, depth + 1)} -{one}",
            f"{written(r, depth + 1)} {written(r, depth + 1)}",
        ][choice - 7]
    )


@pytest.mark.soak
def test_hits_of_generated_queries_equal_the_oracle(rivers):
    oracle = Oracle([d for file in files() for d in documents_of(file)])
    r = random.Random(7)
    options = SearchOptions(limit=1000)
    checked = 0
    for _ in range(3000 if os.environ.get("SVOD_SOAK") else 300):
        query = written(r)
        try:
            node = plan(rivers, query, options).node
        except QueryError:
            continue
        answer = search(rivers, query, options)
        wanted = oracle.matching(node) if node is not None else set()
        assert {(h.document, h.eid) for h in answer.hits} == wanted, query
        assert answer.total == len(wanted), query
        checked += 1
    assert checked > 200


@pytest.mark.parametrize("query", ["отказ РЯДОМ/статья содействии", "сведениями РЯДОМ/статья портах"])
def test_near_within_an_article(rivers, query):
    oracle = Oracle([d for file in files() for d in documents_of(file)])
    answer = search(rivers, query, SearchOptions(limit=100))
    assert answer.total
    node = plan(rivers, query, SearchOptions()).node
    assert {(h.document, h.eid) for h in answer.hits} == oracle.matching(node)

"""Nearness in meaning: the table of word vectors, and what it does to the order of hits."""

import numpy as np

from analyzers import vectors
from corpus.local.library import LocalLibrary
from corpus.search.answers import SearchOptions
from corpus.search.ranking import sense
from corpus.search.search import explain, search

NEAR = "близко по смыслу"


def test_the_table_knows_what_means_the_same() -> None:
    near = [word for word, _ in vectors.nearest("голосовать", 5, 0.5)]
    assert {"голосование", "выборы"} & set(near)
    assert vectors.nearest("оыщзшгы", 5, 0.5) == []


def test_meaning_has_length_one_or_none() -> None:
    assert np.isclose(np.linalg.norm(vectors.meaning("суд исполняет просьбу")), 1, atol=1e-3)
    assert not vectors.meaning("и 12 оыщзшгы").any()


def test_what_is_near_in_meaning_counts_more_and_is_told(rivers: LocalLibrary) -> None:
    query = "отказ помогать"
    with_it, without = search(rivers, query).hits, search(rivers, query, SearchOptions(vectors=False)).hits
    told = {h.eid: explain(rivers, query, h.document, h.eid).parts for h in with_it}
    assert any(p.label == NEAR and p.value > 0 for parts in told.values() for p in parts)
    assert {h.eid for h in with_it} == {h.eid for h in without}
    assert max(h.score for h in with_it) > max(h.score for h in without)


def test_a_query_of_no_known_word_is_near_nothing() -> None:
    assert not sense.of_query("оыщзшгы").any()

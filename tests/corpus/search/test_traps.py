"""Words that look alike: (query, eIds it finds, eIds it must not find), derivations and synonyms off."""

import pytest

from analyzers.lemmas import is_likely_name
from corpus.search.answers import SearchOptions
from corpus.search.meaning.neighbours import _near
from corpus.search.search import search

PLAIN = SearchOptions(limit=50, derivations=False, synonyms=False, vectors=False)

CASES = [
    ("сталь", {"para_1", "para_2"}, {"para_3"}),
    ("стали", {"para_1", "para_2"}, set()),
    ("стать", {"para_2"}, {"para_1"}),
    ("судов", {"para_2", "para_3"}, {"para_1"}),
    ("суд", {"para_2", "para_3", "para_8"}, {"para_1"}),
    ("судно", {"para_2", "para_3"}, {"para_8"}),
    ("статей", {"para_12"}, set()),
    ("статья", {"para_12"}, set()),
    ("данные", {"para_11"}, set()),
    ("дать", {"para_11"}, set()),
    ("ёлка", {"para_4"}, set()),
    ("елка", {"para_4"}, set()),
    ("еще", {"para_4"}, set()),
    ("Мечел", {"para_5"}, {"para_6"}),
    ("мечеть", {"para_6"}, {"para_5"}),
    ("ев", {"para_7"}, {"para_8"}),
    ("есть", {"para_8"}, {"para_7"}),
    ("Япония", {"para_9"}, {"para_10"}),
    ("японский", {"para_10"}, {"para_9"}),
]


@pytest.mark.parametrize(("query", "found", "not_found"), CASES)
def test_traps(rivers, query, found, not_found):
    eids = {h.eid for h in search(rivers, query, PLAIN).hits}
    assert found <= eids
    assert not eids & not_found


def test_kin_only_with_derivations(rivers):
    eids = [h.eid for h in search(rivers, "Япония", SearchOptions(synonyms=False, vectors=False)).hits]
    assert eids[0] == "para_9"
    assert "para_10" in eids
    assert "para_5" not in {h.eid for h in search(rivers, "мечеть").hits}
    assert "para_6" not in {h.eid for h in search(rivers, "Мечел").hits}


@pytest.mark.parametrize("name", ["япония", "японский", "германия", "петров"])
def test_vectors_put_no_state_or_person_in_the_place_of_another(name):
    assert _near(name) == ()


def test_vectors_find_words_and_no_names():
    near = [word for word, _ in _near("страна")]
    assert near
    assert not any(is_likely_name(word) for word in near)

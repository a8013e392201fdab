"""Every engine finds exactly what the oracle says."""

import os
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings

from corpus.clauses.clause import clauses
from corpus.clauses.tree import (
    And,
    Everything,
    Field,
    FieldName,
    Form,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Picked,
    Prefix,
    Within,
    Word,
)
from corpus.library import Recall
from tests import strategies
from tests.contract.conftest import Filled
from tests.strategies import form, word

ALL = 100_000
SOAK = bool(os.environ.get("SVOD_SOAK"))
EXAMPLES = 3000 if SOAK else 250
LONG = pytest.mark.timeout(7200 if SOAK else 600)
"""3,000 queries take 10 minutes of processor time, most of it the oracle's."""


def found(recall: Recall) -> set[tuple[str, str]]:
    return {(r.clause.document, r.clause.eid) for r in recall.clauses}


@LONG
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=not SOAK)
@given(query=strategies.queries)
def test_hit_sets_equal_the_oracle(filled: Filled, query: Node) -> None:
    recall = filled.library.recall(query, ALL)
    assert found(recall) == filled.oracle.matching(query)
    assert recall.total == len(recall.clauses)


def w(text: str) -> Word:
    return word(text)


SHAPES = {
    "nothing in and": And(()),
    "nothing in or": Or(()),
    "only not": Not(w("сторона")),
    "and of nots": And((Not(w("сторона")), Not(w("запрос")))),
    "or of not": Or((Not(w("сторона")), w("запрос"))),
    "double not": Not(Not(w("сторона"))),
    "word without lemmas": Word("", ()),
    "unknown word": w("абракадабрище"),
    "unknown prefix": Prefix("ъъъ"),
    "prefix of all": Prefix("с"),
    "one-word phrase": Phrase((w("запрос"),)),
    "mixed phrase": Phrase((w("отказ"), Form("в"), Prefix("исп"))),
    "phrase of prefixes": Phrase((Prefix("с"), Prefix("с"))),
    "near itself": Near((w("сторона"), w("сторона")), 8),
    "near of one": Near((w("сторона"),), 0),
    "near far": Near((w("сторона"), w("запрос")), 150),
    "near over the gap": Near((w("сторона"), w("запрос"), w("отказ")), 130),
    "near of four": Near((w("сторона"), w("запрос"), w("суд"), Prefix("исп")), 9),
    "shared lemma": Near((w("стали"), w("сталь")), 6),
    "phrases near": Near((Phrase((w("в"), w("срок"))), Phrase((w("на"), w("язык")))), 20),
    "near in a sentence": Near((w("сторона"), w("запрос")), 12, within=Within.SENTENCE),
    "near in an article": Near((w("сторона"), w("запрос")), 12, within=Within.ARTICLE),
    "ordered in an article": Near((w("сторона"), w("запрос")), 25, ordered=True, within=Within.ARTICLE),
    "near in an article, itself": Near((w("суд"), w("суд"), w("суд")), 25, within=Within.ARTICLE),
    "no values": Field(FieldName.TYPE),
    "no date": Field(FieldName.DATE),
    "strange date": Field(FieldName.DATE, low="позавчера", high="завтра"),
    "dates the other way": Field(FieldName.DATE, low="2020", high="2000"),
    "everything": Everything(),
}


@pytest.mark.parametrize("query", SHAPES.values(), ids=SHAPES)
def test_shapes_equal_the_oracle(filled: Filled, query: Node) -> None:
    assert found(filled.library.recall(query, ALL)) == filled.oracle.matching(query)


def test_a_phrase_within_a_sentence(filled: Filled) -> None:
    """Words side by side over the end of a sentence are a phrase, but not one within a sentence."""
    over = 0
    for one, other in permutations(strategies.WORDS[:12], 2):
        phrase = Phrase((w(one), w(other)))
        inside = Near((phrase,), 0, within=Within.SENTENCE)
        wanted = filled.oracle.matching(inside)
        assert found(filled.library.recall(inside, ALL)) == wanted
        over += wanted != filled.oracle.matching(phrase)
    assert over


PAIRS = [("сторона", "запрос"), ("суд", "запроса"), ("стали", "статья"), ("в", "её"), ("суд", "суд")]


@pytest.mark.parametrize("words", PAIRS)
@pytest.mark.parametrize("within", Within)
def test_every_small_distance(filled: Filled, words: tuple[str, str], within: Within) -> None:
    """Each step of the distance lets some clauses in, and exactly those the oracle lets in."""
    sizes = set()
    for distance in (0, 1, 2, 3, 5, 8):
        for ordered in (False, True):
            query = Near((w(words[0]), w(words[1])), distance, ordered, within)
            hits = found(filled.library.recall(query, ALL))
            assert hits == filled.oracle.matching(query), query
            sizes.add(len(hits))
    assert len(sizes) > 3


def test_filters_by_document_source_and_title(filled: Filled) -> None:
    document = filled.documents[0]
    name = document.source.rpartition("/")[2]
    for field in (
        Field(FieldName.DOCUMENT, (document.id,)),
        Field(FieldName.SOURCE, (document.source.upper(),)),
        Field(FieldName.SOURCE, (name,)),
        Field(FieldName.TITLE, (document.instrument.title,)),
    ):
        hits = found(filled.library.recall(field, ALL))
        assert hits == filled.oracle.matching(field)
        assert any(id_ == document.id for id_, _ in hits)


def test_clauses_picked_by_name(filled: Filled) -> None:
    """Those that are there and no others, alone and within other conditions; a name nobody has is no clause."""
    some = tuple(sorted(filled.oracle.matching(w("запрос"))))[:5]
    picked = Picked((*some, ("нет", "art_1"), (some[0][0], "art_999")))
    assert found(filled.library.recall(picked, ALL)) == set(some)
    other = And((picked, w("сторона")))
    assert found(filled.library.recall(other, ALL)) == filled.oracle.matching(other)
    assert sum(filled.library.counts(picked, ["type"], 10)["type"].values()) == len(some)
    assert not found(filled.library.recall(Picked(()), ALL))


def test_limit_total_and_order(filled: Filled) -> None:
    query = Or((w("сторона"), w("запрос"), word("срок", context=True)))
    whole = filled.library.recall(query, ALL)
    cut = filled.library.recall(query, 7)
    assert cut.total == whole.total
    assert cut.clauses == whole.clauses[:7]
    keys = [(-r.score, r.clause.document, r.clause.order) for r in whole.clauses]
    assert keys == sorted(keys)


@pytest.mark.parametrize("query", [Everything(), Field(FieldName.KIND, ("alinea",)), Prefix("сто")])
def test_what_scores_alike_comes_by_document_and_order(filled: Filled, query: Node) -> None:
    for limit in (1, 10, ALL):
        hits = filled.library.recall(query, limit).clauses
        assert len({r.score for r in hits}) == 1
        keys = [(r.clause.document, r.clause.order) for r in hits]
        order = {(c.document, c.eid): c.order for d in filled.documents for c in clauses(d)}
        assert keys == sorted((d, order[d, e]) for d, e in filled.oracle.matching(query))[:limit]


def test_recalled_clauses_are_the_documents_own(filled: Filled) -> None:
    own = {(c.document, c.eid): c for d in filled.documents for c in clauses(d)}
    hits = filled.library.recall(Everything(), ALL)
    assert {(r.clause.document, r.clause.eid): r.clause for r in hits.clauses} == own
    keys = list(own)[::3]
    assert list(filled.library.clauses([*keys, ("нет", "art_1"), keys[0]])) == [own[k] for k in [*keys, keys[0]]]


@LONG
@settings(max_examples=EXAMPLES // 5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=not SOAK)
@given(query=strategies.queries)
def test_counts_equal_the_oracle(filled: Filled, query: Node) -> None:
    keys = filled.oracle.matching(query)
    names = ["type", "party", "body", "place", "language", "kind", "article", "topic", "year", "document"]
    assert filled.library.counts(query, names, 1000) == {name: filled.oracle.counts(keys, name) for name in names}


def test_counts_are_cut_commonest_first(filled: Filled) -> None:
    whole = filled.library.counts(Everything(), ["kind"], 1000)["kind"]
    cut = filled.library.counts(Everything(), ["kind"], 2)["kind"]
    assert list(cut.items()) == sorted(whole.items(), key=lambda i: (-i[1], i[0]))[:2]


def test_statistics_count_what_is_visible(filled: Filled) -> None:
    lemmas = ["сторона", "запрос", "стать", "сталь", "нет-такой"]
    own = filled.oracle.seen
    statistics = filled.library.statistics(lemmas)
    assert statistics.clauses == len(own)
    assert statistics.mean_length == pytest.approx(sum(len(s.body) for s in own) / len(own))
    assert statistics.frequency == {x: sum(any(x in t.lemmas for t in s.body) for s in own) for x in lemmas}


@pytest.mark.parametrize(
    "within", [Field(FieldName.TYPE, ("agreement",)), Not(Field(FieldName.TYPE, ("agreement", "law"))), Everything()]
)
def test_statistics_within_count_what_matches(filled: Filled, within: Node) -> None:
    lemmas = ["сторона", "запрос", "стать", "нет-такой"]
    keys = set(filled.oracle.matching(within))
    own = [s for s in filled.oracle.seen if (s.clause.document, s.clause.eid) in keys]
    statistics = filled.library.statistics(lemmas, within)
    whole = filled.library.statistics(lemmas)
    assert (statistics.clauses, statistics.mean_length) == (len(own), whole.mean_length)
    assert statistics.frequency == {x: sum(any(x in t.lemmas for t in s.body) for s in own) for x in lemmas}


@pytest.mark.parametrize("prefix", ["", "с", "сто", "Сторон", "учё", "12", "ъ"])
def test_vocabulary(filled: Filled, prefix: str) -> None:
    folded = prefix.lower().replace("ё", "е")
    counts: dict[str, int] = {}
    for seen in filled.oracle.seen:
        for f in {t.form for t in seen.body if t.form.startswith(folded)}:
            counts[f] = counts.get(f, 0) + 1
    expected = sorted(counts.items(), key=lambda i: (-i[1], i[0]))
    assert list(filled.library.terms(prefix, 1000)) == expected
    assert list(filled.library.terms(prefix, 3)) == expected[:3]


@LONG
def test_every_word_is_found_by_any_inflected_form(filled: Filled) -> None:
    """For each lexeme, a query by each form finds every clause that holds any other form of it."""
    lexemes = strategies.lexemes()
    for forms in lexemes if SOAK else lexemes[::5]:
        spelt = {form(f).form for f in forms}
        holding = {
            (s.clause.document, s.clause.eid)
            for s in filled.oracle.seen
            if not spelt.isdisjoint(t.form for t in s.body)
        }
        for asked in forms if SOAK else forms[::4]:
            assert holding <= found(filled.library.recall(word(asked), ALL)), asked

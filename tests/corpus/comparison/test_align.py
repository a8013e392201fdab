from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.comparison.align import FOUND, align, aligned, pairs
from corpus.comparison.equivalents import equivalents
from corpus.comparison.features import Space, prepared
from corpus.comparison.grid import Status
from corpus.errors import NotFoundError, QueryError
from corpus.model import Instrument, InstrumentType, Kind, Provision
from tests.corpus.comparison.samples import ARCHIVE, POSTAL, document

ONE, TWO = document(POSTAL), document(ARCHIVE, "b")

# What a lawyer would put side by side: provisions of the postal agreement and of the archive agreement.
WANTED = {
    "art_1": {"art_1"},
    "art_2": {"art_2"},
    "art_2__point_1": {"art_2__point_2"},
    "art_2__point_2": {"art_2__point_1"},
    "art_3__para_1": {"art_3"},
    "art_3__para_2": set(),
    "art_4__para_1": {"art_4__para_1"},
    "art_4__para_3": {"art_4__para_2"},
    "art_5": {"art_5"},
    "art_6": set(),
    "art_7": {"art_6"},
    "art_8__para_1": {"art_8"},
    "art_8__para_2": {"art_8"},
    "conclusions": {"conclusions"},
}

WORDS = [
    "Стороны",
    "несут",
    "расходы",
    "самостоятельно",
    "запрос",
    "исполняется",
    "в",
    "срок",
    "не",
    "вправе",
    "отказать",
    "споры",
    "решаются",
    "путем",
    "переговоров",
    "язык",
    "русский",
    "вступает",
    "силу",
    "подписания",
]


@st.composite
def instruments(draw):
    """Draw an agreement of a few articles, some with lists."""
    provisions = []
    for n in range(1, draw(st.integers(1, 6)) + 1):
        lead = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)))
        items = draw(st.lists(st.sampled_from(WORDS), max_size=3))
        children = tuple(
            Provision(f"art_{n}__point_{i}", Kind.POINT, f"{w} {lead};", str(i)) for i, w in enumerate(items, 1)
        )
        provisions.append(
            Provision(f"art_{n}", Kind.ARTICLE, f"{lead}{':' if items else '.'}", str(n), children=children)
        )
    return Instrument(InstrumentType.AGREEMENT, "Соглашение", provisions=tuple(provisions))


@pytest.mark.parametrize(("eid", "wanted"), WANTED.items())
def test_equivalents_of_a_provision(eid, wanted):
    (answer,) = equivalents(ONE, TWO, eid)
    if wanted:
        assert answer.status is Status.FOUND
        assert {c.eid for c in answer.candidates[: len(wanted)]} == wanted
    else:
        assert answer.status is Status.ABSENT


def test_sentences_of_a_long_article_are_told_apart():
    (force,) = equivalents(ONE, TWO, "art_8__para_1")
    (end,) = equivalents(ONE, TWO, "art_8__para_2")
    text = TWO.find("art_8").text
    told = [[text[s.start : s.end] for s in a.candidates[0].spans] for a in (force, end)]
    assert told[0][0].startswith("Настоящее Соглашение заключается")
    assert told[1][0].startswith("Оно прекращает действие")


def test_an_article_without_words_is_answered_by_its_parts():
    (answer,) = equivalents(ONE, TWO, "art_4")
    assert (answer.status, answer.candidates[0].eid) == (Status.FOUND, "art_4")


def test_an_unknown_provision_is_refused():
    with pytest.raises(NotFoundError):
        equivalents(ONE, TWO, "art_99")


def test_the_whole_document_beats_clause_by_clause():
    space = Space([prepared(ONE), prepared(TWO)])
    whole, alone = aligned(space, 0, 1), aligned(space, 0, 1, whole=False)
    found = {a: {(x, y) for x, y, _ in pairs(b)} for a, b in (("whole", whole), ("alone", alone))}
    wanted = {(a, b) for a, bs in WANTED.items() for b in bs}
    assert len(found["whole"] & wanted) >= len(found["alone"] & wanted)
    assert wanted <= found["whole"]


@settings(max_examples=40, deadline=None)
@given(instruments())
def test_a_document_aligned_with_itself_is_the_identity(instrument):
    one, two = document(instrument), document(instrument, "b")
    alignment = align(one, two)
    for i, unit in enumerate(alignment.left.units):
        assert alignment.scores[i, i] == 1.0, unit.eid
    for answer in equivalents(one, two):
        best = {c.eid for c in answer.candidates if c.score == 1.0}
        assert answer.status is Status.FOUND
        assert answer.eid in best


@settings(max_examples=40, deadline=None)
@given(instruments(), instruments())
def test_alignment_is_the_same_from_either_side(first, second):
    one, two = document(first), document(second, "b")
    there, back = align(one, two), align(two, one)
    assert abs(there.scores - back.scores.T).max() < 1e-4
    for x, y, score in pairs(there):
        if score > FOUND + 1e-3:
            assert next(a.status for a in equivalents(two, one) if a.eid == y) is Status.FOUND, (x, y)


@settings(max_examples=40, deadline=None)
@given(instruments(), instruments())
def test_every_span_lies_in_its_provision(first, second):
    one, two = document(first), document(second, "b")
    for answer in equivalents(one, two):
        for candidate in answer.candidates:
            text = two.find(candidate.eid).text
            assert all(0 <= s.start < s.end <= len(text) for s in candidate.spans)
            assert 0 <= candidate.score <= 1


def huge(name):
    articles = tuple(Provision(f"art_{n}", Kind.ARTICLE, "Лес.", str(n)) for n in range(1, 2502))
    return document(Instrument(InstrumentType.LAW, "О лесе", provisions=articles), name)


def test_documents_too_large_are_refused_with_the_way_out():
    with pytest.raises(QueryError, match="по одному"):
        align(huge("a"), huge("b"))
    assert align(huge("a"), TWO).scores.shape[0] == 2501


def test_equal_texts_in_another_order_still_find_each_other():
    turned = replace(POSTAL, provisions=tuple(reversed(POSTAL.provisions)))
    answers = {a.eid: a for a in equivalents(ONE, document(turned, "b"))}
    assert all(answers[e].candidates[0].eid == e for e in ("art_5", "art_6", "art_7", "art_4__para_1"))


def test_a_text_in_another_language_is_never_said_to_lack_a_provision():
    from ingest.pipeline import parse_bytes

    russian = "СОГЛАШЕНИЕ\nо лодках\n\nРеспублика Ардения и Королевство Бельмар согласились о нижеследующем:\n\nСтатья 1\n\nЛодки чинят весной.\n\nСтатья 2\n\nСпоры решают старосты.\n"
    kazakh = "\nКЕЛІСІМ\n\n1-бап\n\nҚайықтарды көктемде жөндейді.\n\n2-бап\n\nДауларды ақсақалдар шешеді.\n"
    both = document(parse_bytes((russian + kazakh).encode(), "оба.txt").instruments[0])
    one = document(parse_bytes(russian.encode(), "один.txt").instruments[0], "b")
    (answer,) = equivalents(both, one, "lang_kk__art_1")
    assert answer.status is Status.INCONCLUSIVE
    (answer,) = equivalents(one, both, "art_1")
    assert answer.status is Status.FOUND

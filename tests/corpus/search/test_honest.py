"""What an answer says of itself: whole and partial matches, other words, places that are not there, documents."""

import pytest

from corpus.clauses.tree import Field, FieldName, Not
from corpus.local.library import LocalLibrary
from corpus.model import Instrument, InstrumentType, SourceFile
from corpus.search.answers import SearchOptions
from corpus.search.cursors import fingerprint
from corpus.search.language.asked_documents import asked_documents
from corpus.search.search import explain, search
from tests.corpus.search.conftest import tree

ALL = SearchOptions(limit=50, facets=("type", "kind"))


def test_clauses_with_every_word_stand_first_and_facets_count_them(rivers):
    answer = search(rivers, "исполнении запроса", ALL)
    assert [h.eid for h in answer.hits if h.whole] == [h.eid for h in answer.hits][: answer.whole] == ["art_6__para_1"]
    assert answer.total > answer.whole
    assert answer.facets == {"type": {"agreement": 1}, "kind": {"paragraph": 1}}


def test_pages_keep_first_what_is_whole(rivers):
    whole = search(rivers, "сторон отказывается", ALL)
    paged, cursor = [], None
    for _ in range(len(whole.hits)):
        answer = search(rivers, "сторон отказывается", SearchOptions(limit=1, cursor=cursor))
        paged += [(h.eid, h.whole) for h in answer.hits]
        cursor = answer.cursor
    assert paged == [(h.eid, h.whole) for h in whole.hits]


@pytest.mark.parametrize("query", ["отказ И запрос", '"исполнении запроса"', "ст. 6", "абракадабра"])
def test_where_words_are_not_told_apart_there_is_one_part(rivers, query):
    answer = search(rivers, query, ALL)
    assert answer.whole == 0
    assert not any(h.whole for h in answer.hits)


SPELLER = [
    ("имейл", "имейл", False),
    ("инфу", "инфу", False),
    ("инфа", "инфа", False),
    ("мессенджер", "мессенджер", False),
    ("суверинитету", "суверенитету", True),
    ("переговаров", "переговоров", True),
]


@pytest.mark.parametrize(("typed", "read", "mended"), SPELLER)
def test_the_speller_leaves_what_the_thesaurus_knows(rivers, typed, read, mended):
    reading = search(rivers, typed).reading
    assert [w.text for w in reading.words] == [read]
    assert bool(reading.corrections) is mended
    assert reading.way_back == (typed if mended else None)


OTHERWISE = [
    ("расходы", "art_7", False, ()),
    ("отказ", "art_6", False, ()),
    ("отказ", "art_13", False, ()),
    ("затраты", "art_7", True, ("Расходы", "издержки")),
    ("затраты река", "art_7", True, ("издержки",)),
]


@pytest.mark.parametrize(("query", "eid", "second", "bridges"), OTHERWISE)
def test_other_words_are_said_only_where_no_word_stands(rivers, query, eid, second, bridges):
    hit = next(h for h in search(rivers, query, ALL).hits if h.eid == eid)
    assert hit.second_reading is second
    assert {hit.text[a:b] for a, b in hit.bridges} <= set(bridges)
    assert bool(hit.bridges) is bool(bridges)
    assert set(hit.bridges) <= set(hit.highlights)


PLACES = [
    ("статья 99 Соглашения от 05.05.2008", "no-such-provision", "В Соглашении 8 статей, ст. 99 нет.", "art_13"),
    ("п. 7 ст. 6 Соглашения от 05.05.2008", "no-such-provision", "В ст. 6 Соглашения от 05.05.2008 2 пункта", None),
    ("ст. 5 Лукоморской конвенции 1993 года", "no-such-document", "такого документа в библиотеке нет", None),
    ("ст. 5 Соглашения от 01.02.2008", "no-such-document", "такого документа в библиотеке нет", None),
]


@pytest.mark.parametrize(("query", "rule", "message", "near"), PLACES)
def test_a_place_that_is_not_there_is_said_and_brings_no_others(rivers, query, rule, message, near):
    answer = search(rivers, query, ALL)
    assert (answer.total, answer.hits) == (0, ())
    (notice,) = answer.notices
    assert notice.rule == rule
    assert message in notice.message
    if near:
        assert near in [place.eid for place in notice.near]


@pytest.mark.parametrize("query", ["п. 1 ст. 6", "ст. 6 Соглашения от 05.05.2008", "абз. 2 п. 4 ст. 10"])
def test_facets_of_a_citation_count_what_it_brings(rivers, query):
    answer = search(rivers, query, ALL)
    assert answer.hits
    assert sum(answer.facets["kind"].values()) == answer.total == len(answer.hits)


ASKED = [
    ("соглашения с Беларусью", ("agreement",), ("Республика Беларусь",), ""),
    ("какие договоры с казахстаном о почте", ("treaty",), ("Республика Казахстан",), "почте"),
    ("протоколы 2014 года", ("protocol",), (), ""),
    ("действующие конвенции", ("convention",), (), ""),
    ("соглашения о сотрудничестве в области связи с 2010 года", ("agreement",), (), "сотрудничестве в области связи"),
]


@pytest.mark.parametrize(("query", "types", "parties", "about"), ASKED)
def test_queries_that_ask_for_documents(query, types, parties, about):
    asked = asked_documents(query)
    assert asked is not None
    assert (asked.types, asked.parties, asked.about) == (types, parties, about)


@pytest.mark.parametrize(
    "query",
    [
        "соглашение с Беларусью",
        "соглашения",
        "соглашения заключаются устно",
        "порядок действий",
        "отказ",
        '"договоры с"',
    ],
)
def test_queries_that_ask_for_provisions(query):
    assert asked_documents(query) is None


DOCUMENTS = [
    ("соглашения о реках", ["Соглашение о реках"]),
    ("договоры о реках", ["Соглашение о реках"]),
    ("приказы 2015 года", ["О разном"]),
    ("документы 2008 года", ["Соглашение о реках"]),
    ("соглашения о кораблях", None),
]


@pytest.mark.parametrize(("query", "titles"), DOCUMENTS)
def test_documents_answer_where_documents_are_asked(rivers, query, titles):
    answer = search(rivers, query)
    assert (answer.documents and [d.title for d in answer.documents]) == titles
    assert all(d.why and d.state for d in answer.documents or ())
    assert titles is None or {h.document for h in answer.hits} <= {d.id for d in answer.documents}


def test_agreements_come_before_other_acts(rivers):
    answer = search(rivers, "реки", ALL)
    assert answer.prior
    order = next(h for h in answer.hits if h.document.startswith("order"))
    parts = explain(rivers, "реки", order.document, order.eid).parts
    assert [p.value < 0 for p in parts if p.label == "вид акта: приказ"] == [True]
    assert abs(sum(p.value for p in parts) - order.score) < 0.01
    off = search(rivers, "реки", SearchOptions(limit=50, prior=False))
    assert not off.prior
    assert next(h for h in off.hits if h.eid == order.eid).score > order.score


def test_a_kind_of_act_that_is_asked_for_counts_in_full(rivers):
    answer = search(rivers, "приказ реки", ALL)
    order = next(h for h in answer.hits if h.document.startswith("order"))
    assert not any("вид акта" in p.label for p in explain(rivers, "приказ реки", order.document, order.eid).parts)


@pytest.mark.parametrize("chosen", [Field(FieldName.TYPE, ("order",)), Not(Field(FieldName.TYPE, ("agreement",)))])
def test_a_person_who_chose_the_acts_has_them_as_they_are(rivers, chosen):
    assert not search(rivers, "реки", SearchOptions(filters=(chosen,))).prior


def test_an_alternative_can_be_taken_away(rivers):
    every = search(rivers, "затраты", ALL)
    names = [a.text for w in every.reading.words for a in w.alternatives]
    assert names
    less = search(rivers, "затраты", SearchOptions(limit=50, without=tuple(names)))
    assert less.total < every.total
    assert not [a for w in less.reading.words for a in w.alternatives]
    assert fingerprint("а", SearchOptions(without=("б",))) != fingerprint("а", SearchOptions())


def test_what_is_excluded_is_not_found(rivers):
    without = SearchOptions(limit=50, filters=(Not(Field(FieldName.TYPE, ("order",))),))
    assert {h.document.partition("-")[0] for h in search(rivers, "реки", without).hits} == {"agreement"}


PRINTED = {
    "para_1": "|Пеня в 0,1 % начисляется за каждый день.",
    "para_2": "|Сумма займа не превышает 1 000 000 рублей.",
    "para_3": "|Счёт открывается в банке-корреспонденте Стороны.",
    "para_4": "|Государственный банк отвечает на запрос.",
}


@pytest.fixture(scope="module")
def loans(tmp_path_factory):
    act = Instrument(InstrumentType.AGREEMENT, "Соглашение о займах", date="2011-03-04", provisions=tree(PRINTED))
    library = LocalLibrary(tmp_path_factory.mktemp("loans") / "library")
    library.put(SourceFile("займы.txt", "c" * 64, "text", "utf-8", "соглашение", instruments=(act,)))
    yield library
    library.close()


AS_PRINTED = [
    ("0.1 %", "para_1", "«0,1»"),
    ("пеня 0.1", "para_1", "«0,1»"),
    ("1000000", "para_2", "«1 000 000»"),
    ("1000000 рублей", "para_2", "«1 000 000»"),
    ("1000000 И рублей", "para_2", "«1 000 000»"),
    ('"банке корреспонденте"', "para_3", ""),
    ('"в банке корреспонденте стороны"', "para_3", ""),
    ("запр?с банк", "para_4", "«?»"),
    ("*ударственный банк", "para_4", "«*»"),
]


@pytest.mark.parametrize(("query", "eid", "said"), AS_PRINTED)
def test_what_is_printed_otherwise_is_found_and_said(loans, query, eid, said):
    answer = search(loans, query)
    assert answer.hits[0].eid == eid
    assert said in "".join(c.message for c in answer.reading.corrections)
    assert bool(said) is bool(answer.reading.corrections)


@pytest.mark.parametrize("query", ["0,1 %", "2.5", "1 000 000", "2000000", '"банке стороны"', "запрос?", "запр*"])
def test_what_is_printed_so_is_left_alone(loans, query):
    assert search(loans, query).reading.corrections == ()

"""Searching a small library: order, marks, places, fields, pages, explanations."""

import json

import pytest

from corpus.errors import NotFoundError, QueryError
from corpus.search.answers import Means, SearchOptions, Sort
from corpus.search.language.filters import filters_of
from corpus.search.search import answer_json, explain, explanation_json, search, similar

FIRST = [
    ("отказ в исполнении запроса", "art_6__para_1"),
    ("кто несёт расходы", "art_7"),
    ("как расторгнуть договор", "art_12"),
    ("на каком языке общаться", "art_8"),
    ("сколько копий", "conclusions"),
    ("бандиты", "art_10__para_4__al_2"),
    ("пароходы", "art_10__para_4__al_3"),
    ("видеосвязь", "para_13"),
    ("видеоконференция", "para_13"),
    ("п. 4 ст. 10", "art_10__para_4"),
    ("пункт 1 статьи 6", "art_6__para_1"),
    ("статья 7", "art_7"),
    ("п. 2 ст. 6 Соглашения от 05.05.2008", "art_6__para_2"),
    ("п. 2 ст. 6 настоящего Соглашения", "art_6__para_2"),
    ("расторжение соглашения", "art_12"),
    ("статья 8 Соглашения о реках от 5 мая 2008 года", "art_8"),
    ("абз. 2 п. 4 ст. 10", "art_10__para_4__al_2"),
    ("статья 8 соглашения с Буяном", "art_8"),
    ("п. 2 ст. 6 договора с Республикой Лукоморье", "art_6__para_2"),
    ("абз. 2 преамбулы", "preamble__al_2"),
    ("ст:6 суверенитет", "art_6__para_1"),
    ("сторона:Буян тип:соглашение языки", "art_8"),
    ("тема:refusal причинам", "art_6__para_2"),
]


@pytest.mark.parametrize(("query", "eid"), FIRST)
def test_the_right_clause_comes_first(rivers, query, eid):
    hits = search(rivers, query).hits
    assert hits
    assert hits[0].eid == eid


def test_nothing_found_is_an_answer(rivers):
    for query in ("абракадабра", "", "  ", "И", "…"):
        answer = search(rivers, query)
        assert answer.hits == ()
        assert answer.understood.startswith("Мы поняли так: ")
    assert search(rivers, "…").understood == "Мы поняли так: слов для поиска в запросе нет."


def test_a_double_negation_is_a_word_of_the_query(rivers):
    twice, once = search(rivers, "НЕ НЕ отказ"), search(rivers, "отказ", SearchOptions(all_words=True))
    assert twice.understood == once.understood
    assert [(h.eid, h.highlights) for h in twice.hits] == [(h.eid, h.highlights) for h in once.hits]


def test_a_turn_of_speech_within_another_counts_once(rivers):
    """«можно ли отказать» and «ли отказать» both lead to the topic; neither says more than the other."""
    query = "можно ли отказать в помощи"
    parts = explain(rivers, query, search(rivers, query).hits[0].document, "art_6__para_1").parts
    turns = [p.label for p in parts if "тема «Основания отказа»" in p.label and "весь запрос" not in p.label]
    assert len(turns) <= 1


def test_the_name_of_a_topic_raises_it(rivers):
    query = "основания отказа"
    document = search(rivers, query).hits[0].document
    parts = {p.label: p.value for p in explain(rivers, query, document, "art_6__para_2").parts}
    assert parts["весь запрос → тема «Основания отказа»"] > 0


def test_what_matched_and_what_did_not(rivers):
    (hit, *_) = search(rivers, "исполнении суверенитету корабли").hits
    assert hit.matched == ("исполнении", "суверенитету")
    assert hit.missing == ("корабли",)


def test_topics_of_a_query_raise_clauses_and_are_told(rivers):
    """The library has none of these words; the topic of article 6 is written into the layer."""
    query = "двойная криминальность"
    answer = search(rivers, query)
    assert {h.eid for h in answer.hits} >= {"art_6", "art_6__para_1", "art_6__para_2"}
    alternatives = [a for w in answer.reading.words for a in w.alternatives]
    assert "тема «Основания отказа»" in {a.text for a in alternatives if a.means is Means.TOPIC}
    document = answer.hits[0].document
    parts = explain(rivers, query, document, "art_6__para_2").parts
    assert any("тема «Основания отказа»" in p.label for p in parts)
    without = SearchOptions(topics=False)
    assert all("тема" not in p.label for p in explain(rivers, query, document, "art_6__para_2", without).parts)
    assert len(search(rivers, query, without).hits) < len(answer.hits)


def test_what_a_query_is_about_raises_clauses(rivers):
    """The cues of «Отказ» answer the query as a whole, beside its words."""
    query = "отказ в исполнении запроса"
    document = search(rivers, query).hits[0].document
    labels = [p.label for p in explain(rivers, query, document, "art_6__para_1").parts]
    assert "весь запрос → тема «Основания отказа»" in labels


def test_plain_words_are_a_second_reading_and_marked(rivers):
    literal = search(rivers, "прекратить действие").hits[0]
    plain = search(rivers, "расторгнуть").hits[0]
    assert literal.eid == plain.eid == "art_12"
    assert plain.second_reading
    assert not literal.second_reading
    assert plain.score < literal.score


def test_synonyms_and_derivations_can_be_switched_off(rivers):
    assert search(rivers, "затраты").hits[0].eid == "art_7"
    assert search(rivers, "затраты", SearchOptions(synonyms=False, vectors=False)).total == 0
    none = SearchOptions(derivations=False, synonyms=False, vectors=False)
    with_kin = {h.eid: h.highlights for h in search(rivers, "отказ").hits}
    without = {h.eid: h.highlights for h in search(rivers, "отказ", none).hits}
    assert with_kin["art_6__para_2"]
    assert without["art_6__para_2"] == ()  # found by the article's heading alone
    assert "art_13" in with_kin
    assert "art_13" not in without


def test_hits_are_explained_and_the_parts_sum_up(rivers):
    for hit in search(rivers, "отказ в исполнении запроса расходы").hits:
        explanation = explain(rivers, "отказ в исполнении запроса расходы", hit.document, hit.eid)
        assert explanation.matches
        assert sum(p.value for p in explanation.parts) == pytest.approx(explanation.score)
        assert explanation.score == pytest.approx(hit.score, abs=1e-3)
    shown = explanation_json(explanation)
    assert json.loads(json.dumps(shown, ensure_ascii=False)) == shown


def test_a_clause_the_query_does_not_bring_is_told_so(rivers):
    document = search(rivers, "мечеть").hits[0].document
    assert not explain(rivers, "сталь", document, "para_6").matches
    with pytest.raises(NotFoundError):
        explain(rivers, "сталь", document, "para_999")
    with pytest.raises(NotFoundError):
        explain(rivers, "сталь", "agreement-none", "para_1")


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("query", ["стороны суд река", "тип:соглашение", "уровень:пункт", "ст:10 сведения"])
def test_pages_follow_one_another(rivers, query, sort):
    whole = search(rivers, query, SearchOptions(limit=100, sort=sort))
    keys = [(h.document, h.eid) for h in whole.hits]
    assert whole.total == len(keys) == len(set(keys))
    assert whole.cursor is None
    paged, cursor = [], None
    while True:
        page = search(rivers, query, SearchOptions(limit=2, sort=sort, cursor=cursor))
        assert page.total == whole.total
        paged.extend((h.document, h.eid) for h in page.hits)
        cursor = page.cursor
        if cursor is None:
            break
    assert paged == keys


@pytest.mark.parametrize("cursor", ["", "чепуха", "AAAA", "WzFd"])
def test_a_strange_cursor_is_refused(rivers, cursor):
    if not cursor:
        assert search(rivers, "река", SearchOptions(cursor=None)).total
        return
    with pytest.raises(QueryError, match="первой страницы"):
        search(rivers, "река", SearchOptions(cursor=cursor))


def test_a_cursor_belongs_to_its_query(rivers):
    cursor = search(rivers, "стороны суд река", SearchOptions(limit=1)).cursor
    assert cursor
    with pytest.raises(QueryError, match="другого запроса"):
        search(rivers, "река", SearchOptions(limit=1, cursor=cursor))


def test_sorting(rivers):
    by_date = [h.document for h in search(rivers, "стороны река", SearchOptions(limit=50, sort=Sort.DATE)).hits]
    assert by_date[0].startswith("order-2015")
    assert by_date == sorted(by_date, key=lambda d: d.startswith("agreement"))
    ordered = [h.eid for h in search(rivers, "тип:соглашение", SearchOptions(limit=50, sort=Sort.ORDER)).hits]
    assert ordered[0] == "preamble"
    assert ordered[-1] == "conclusions"


def test_facets_count_the_matching_clauses(rivers):
    answer = search(rivers, "стороны ИЛИ река", SearchOptions(facets=("type", "year", "kind")))
    assert sum(answer.facets["type"].values()) == answer.total
    assert set(answer.facets["year"]) == {"2008", "2015"}


def test_filters_beside_the_query(rivers):
    filters = filters_of(rivers, {"type": ["приказ"], "date": ["2015"]})
    assert {h.document[:5] for h in search(rivers, "река", SearchOptions(filters=filters)).hits} == {"order"}
    with pytest.raises(QueryError, match="ересь"):
        filters_of(rivers, {"type": ["ересь"]})
    with pytest.raises(QueryError, match="ересь"):
        filters_of(rivers, {"ересь": ["1"]})


def test_more_like_this(rivers):
    first = search(rivers, "суверенитету").hits[0]
    answer = similar(rivers, first.document, first.eid)
    assert (first.document, first.eid) not in {(h.document, h.eid) for h in answer.hits}
    assert answer.hits[0].eid == "art_13"
    with pytest.raises(NotFoundError):
        similar(rivers, first.document, "art_999")


def test_the_json_shape(rivers):
    answer = answer_json(search(rivers, "отказ", SearchOptions(facets=("type",))))
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer
    assert {"query", "understood", "total", "hits"} <= answer.keys()
    needed = {"document", "source", "instrument", "eid", "citation", "text", "highlights", "score", "matched"}
    for hit in answer["hits"]:
        assert needed <= hit.keys()
        for start, end in hit["highlights"]:
            assert 0 <= start < end <= len(hit["text"])


def test_breadcrumbs_and_citations(rivers):
    hit = search(rivers, "преступных").hits[0]
    assert hit.breadcrumb == ("Статья 10", "п. 4")
    assert hit.citation == "абз. 2 п. 4 ст. 10 Соглашения от 05.05.2008"
    assert hit.lead_in == "Стороны обмениваются сведениями:"
    assert search(rivers, "суверенитету").hits[0].breadcrumb == ("Статья 6. Отказ в содействии",)

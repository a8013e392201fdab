"""How queries are read: (query, options, what the engine must match, in words)."""

import pytest

from corpus.errors import QueryError
from corpus.search.answers import SearchOptions
from corpus.search.language.interpreting import read
from corpus.search.language.wording import told
from corpus.search.search import search

STRICT = [
    ("отказ И запрос", "«отказ» в любой форме И «запрос» в любой форме"),
    (
        "отказ запрос ИЛИ расходы",
        "(«отказ» в любой форме И «запрос» в любой форме) ИЛИ «расходы» (расход) в любой форме",
    ),
    ("отказ И запрос ИЛИ языки", "(«отказ» в любой форме И «запрос» в любой форме) ИЛИ «языки» (язык) в любой форме"),
    ("отказ И (запрос ИЛИ языки)", "«отказ» в любой форме И («запрос» в любой форме ИЛИ «языки» (язык) в любой форме)"),
    ("НЕ отказ", "НЕ «отказ» в любой форме"),
    ("НЕ НЕ отказ", "«отказ» в любой форме"),
    ("НЕ (НЕ отказ)", "«отказ» в любой форме"),
    ("НЕ НЕ НЕ отказ", "НЕ «отказ» в любой форме"),
    ("-(-отказ)", "«отказ» в любой форме"),
    ("запрос И НЕ НЕ отказ", "«запрос» в любой форме И «отказ» в любой форме"),
    ("НЕ (НЕ отказ ИЛИ НЕ запрос)", "«отказ» в любой форме И «запрос» в любой форме"),
    ("НЕ (НЕ отказ И НЕ запрос)", "«отказ» в любой форме ИЛИ «запрос» в любой форме"),
    ("НЕ (отказ И запрос)", "НЕ («отказ» в любой форме И «запрос» в любой форме)"),
    ('"исполнение запроса"', "фраза «исполнение запроса»"),
    ('="исполнении запроса"', "точная фраза «исполнении запроса»"),
    ('"исполнение запрос*"', "фраза «исполнение запрос*»"),
    ('"исполнение отказ"~3', "рядом «исполнение» и «отказ», не больше 3 слов между ними, в любом порядке"),
    ("отказ РЯДОМ/0 запрос", "рядом «отказ» и «запрос», вплотную, в любом порядке"),
    ("отказ РЯДОМ/21 запрос", "рядом «отказ» и «запрос», не больше 21 слова между ними, в любом порядке"),
    ("отказ РЯДОМ запрос", "рядом «отказ» и «запрос», не больше 10 слов между ними, в любом порядке"),
    ("отказ ПЕРЕД/2 запрос", "рядом «отказ» и «запрос», не больше 2 слов между ними, в этом порядке"),
    ("отказ РЯДОМ/предложение запрос", "рядом «отказ» и «запрос», в одном предложении в любом порядке"),
    ("=запроса", "точно «запроса»"),
    ("запрос*", "слово на «запрос…»"),
    ("ст:6", "статья «6»"),
    ("ст:6..8", "статья «6» или «7» или «8»"),
    ("тип:соглашение", "тип «соглашение»"),
    ("уровень:пункт", "уровень «пункт»"),
    ("дата:2008..2020", "дата 2008–2020"),
    ("дата:05.05.2008", "дата 05.05.2008"),
    ("дата:05.2008..2009-01-31", "дата 05.2008–31.01.2009"),
    ("тип: соглашение", "тип «соглашение»"),
    ("дата:2008-05..2008", "дата 05.2008–2008"),
    ("сторона:Буян", "сторона «Правительство Республики Буян»"),
    ("место:Буянск", "место «Буянск»"),
    ("((отказ И запрос))", "«отказ» в любой форме И «запрос» в любой форме"),
]


@pytest.mark.parametrize(("query", "condition"), STRICT)
def test_conditions(rivers, query, condition):
    found = read(rivers, query, SearchOptions())
    assert found.node is not None
    assert told(found.node) == condition
    assert not found.wishes


MIXED = [
    ("отказ в запросе", None, "отказ в запросе"),
    ("отказ ст:6", "статья «6»", "отказ"),
    ("ст. 6 отказ", "статья «6»", "отказ"),
    ('отказ "исполнение запроса"', "фраза «исполнение запроса»", "отказ"),
    ("отказ +запрос -расходы", "«запрос» в любой форме И НЕ «расходы» (расход) в любой форме", "отказ"),
    ("отказ НЕ расходы", "НЕ «расходы» (расход) в любой форме", "отказ"),
]


@pytest.mark.parametrize(("query", "condition", "wishes"), MIXED)
def test_words_without_operators_are_wishes(rivers, query, condition, wishes):
    found = read(rivers, query, SearchOptions())
    assert (told(found.node) if found.node else None) == condition
    assert " ".join(w.form for w in found.wishes) == wishes


def test_all_words_option_makes_words_conditions(rivers):
    found = read(rivers, "отказ исполнении", SearchOptions(all_words=True))
    assert told(found.node) == "«отказ» в любой форме И «исполнении» (исполнение) в любой форме"
    answer = search(rivers, "исполнении суверенитету", SearchOptions(all_words=True))
    assert [h.eid for h in answer.hits] == ["art_6__para_1"]


AMBIGUOUS = [
    ("отказ РЯДОМ/3 запрос РЯДОМ/5 расходы", "скобки"),
    ("отказ РЯДОМ/3 ст:6", "а не поля"),
    ("отказ РЯДОМ/3 (запрос И расходы)", "РЯДОМ связывает"),
    ("(отказ ИЛИ запрос) РЯДОМ/3 " * 7 + "расходы", "сочетаний"),
    ("тип:ересь", "ересь"),
    ("уровень:этаж", "этаж"),
    ("дата:вчера", "вчера"),
    ("дата:32.13.2020", "Такой даты нет: 32.13.2020"),
    ("дата:2020..2008", "идёт назад"),
    ("место:", "После «место:» нужно значение"),
    ("дата:..", "Пример"),
    ("дата:30.02.2020", "Такой даты нет"),
]


@pytest.mark.parametrize(("query", "named"), AMBIGUOUS)
def test_ambiguity_and_nonsense_are_told(rivers, query, named):
    with pytest.raises(QueryError, match=named):
        read(rivers, query, SearchOptions())


MENDED = [
    ("jnrfp", "отказ", "layout"),
    ("jnrfp d bcgjkytybb", "отказ в исполнении", "layout"),
    ("ghtrhfnbnm ltqcndbt", "прекратить действие", "layout"),
    ("оtказ", "отказ", "spelling"),
    ("суверенитту", "суверенитету", "spelling"),
    ("отказывятся", "отказывается", "spelling"),
    ("исполненние", "исполнении", "spelling"),
    ("зпрос", "запрос", "spelling"),
    ("отказ", "отказ", None),
    ("Мечел", "мечел", None),
    ("абракадабра", "абракадабра", None),
]


@pytest.mark.parametrize(("query", "meant", "slip"), MENDED)
def test_layout_and_spelling_are_mended_and_told(rivers, query, meant, slip):
    found = read(rivers, query, SearchOptions())
    if meant:
        assert " ".join(w.form for w in found.wishes) == meant
    assert [str(c.slip) for c in found.corrections] == ([slip] if slip else [])


@pytest.mark.parametrize("query", ["jnrfp", "суверенитту"])
def test_a_correction_has_a_way_back(rivers, query):
    answer = search(rivers, query)
    assert answer.total
    assert answer.reading.way_back == query
    assert answer.reading.corrections[0].replacement in answer.understood
    assert search(rivers, query, SearchOptions(as_typed=True)).total == 0


def test_a_known_word_the_library_lacks_is_left_alone_with_a_suggestion(rivers):
    answer = search(rivers, "отказ и мельница", SearchOptions(synonyms=False, vectors=False))
    assert answer.reading.corrections == ()
    reading = search(rivers, "отказ в рака", SearchOptions(synonyms=False, vectors=False)).reading
    assert reading.suggestions == ("отказ в река",)

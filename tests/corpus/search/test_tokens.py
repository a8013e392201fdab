"""Tokens and what is mended in them: (query, tokens, mended slips)."""

import pytest

from corpus.errors import QueryError
from corpus.search.language.tokens import Type, tokenize

CASES = [
    ("отказ запрос", "WORD:отказ WORD:запрос", ""),
    ("отказ И запрос", "WORD:отказ AND:И WORD:запрос", ""),
    ("отказ и запрос", "WORD:отказ WORD:и WORD:запрос", ""),
    ("a AND b OR NOT c", "WORD:a AND:AND WORD:b OR:OR NOT:NOT WORD:c", ""),
    ("-отказ +запрос", "MINUS:- WORD:отказ PLUS:+ WORD:запрос", ""),
    ("научно-технический", "WORD:научно-технический", ""),
    ("=запроса дактил*", "FORM:запроса PREFIX:дактил", ""),
    ('"отказ в запросе"~3', "PHRASE:отказ в запросе", ""),
    ("«отказ в запросе»", "PHRASE:отказ в запросе", ""),
    ("отказ РЯДОМ/3 запрос", "WORD:отказ NEAR:РЯДОМ/3 WORD:запрос", ""),
    ("отказ РЯДОМ запрос", "WORD:отказ NEAR:РЯДОМ WORD:запрос", "operator"),
    ("живёт рядом отказ", "WORD:живёт WORD:рядом WORD:отказ", ""),
    ("отказ РЯДОМ", "WORD:отказ", "operator"),
    ("отказ near/3 запрос", "WORD:отказ NEAR:near/3 WORD:запрос", ""),
    ("отказ РЯДОМ/предложение запрос", "WORD:отказ NEAR:РЯДОМ/предложение WORD:запрос", ""),
    ("ст:6 тип:соглашение", "FIELD:6 FIELD:соглашение", ""),
    ('сторона:"Республика Буян"', "FIELD:Республика Буян", ""),
    ("дата:2008..2020", "FIELD:2008..2020", ""),
    ('"отказ запрос', "WORD:отказ WORD:запрос", "quote"),
    ("(отказ", "LPAR:( WORD:отказ RPAR:)", "bracket"),
    ("отказ)", "WORD:отказ", "bracket"),
    ("()", "", "bracket"),
    ("отказ И", "WORD:отказ", "operator"),
    ("ИЛИ отказ", "WORD:отказ", "operator"),
    ("отказ И ИЛИ запрос", "WORD:отказ AND:И WORD:запрос", "operator"),
    ("РЯДОМ/3 отказ", "WORD:отказ", "operator"),
    ("НЕ", "", "operator"),
    ("( И )", "", "operator"),
    ("(НЕ)", "", "operator"),
    # A dash typed between words would leave out what a lawyer looks for.
    ("отказ – выдача", "WORD:отказ WORD:выдача", "operator"),
    ("отказ - выдача", "WORD:отказ WORD:выдача", "operator"),
    ("отказ –выдача", "WORD:отказ MINUS:– WORD:выдача", ""),
    ("отказ -(выдача)", "WORD:отказ MINUS:- LPAR:( WORD:выдача RPAR:)", ""),
    ('отказ -"выдача лица"', "WORD:отказ MINUS:- PHRASE:выдача лица", ""),
    ("…", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("query", "tokens", "slips"), CASES)
def test_tokens(query, tokens, slips):
    found, mended = tokenize(query)
    assert " ".join(f"{t.type}:{t.text}" for t in found) == tokens
    assert " ".join(dict.fromkeys(str(c.slip) for c in mended)) == slips
    for correction in mended:
        assert query[slice(*correction.span)] == correction.original


@pytest.mark.parametrize("query", [case[0] for case in CASES])
def test_spans_lie_in_the_query(query):
    for token in tokenize(query)[0]:
        if token.type in (Type.WORD, Type.NEAR, Type.LPAR) and token.span.start < len(query):
            assert query[slice(*token.span)] == token.text


LIMITS = [
    ("а" * 1001, "1000 знаков"),
    ("слово " * 160 + "а " * 0, None),
    ("а " * 257, "256 слов"),
    ("(" * 21 + "а" + ")" * 21, "глубже 20"),
    ("НЕ " * 21 + "а", "глубже 20"),
    ("от*", "3 буквы"),
    ("а РЯДОМ/101 б", "не больше 100"),
    ("а РЯДОМ/слово б", "предложение"),
    ("неполе:отказ", "неполе"),
]


@pytest.mark.parametrize(("query", "named"), LIMITS)
def test_limits_are_named(query, named):
    if named is None:
        assert tokenize(query)[0]
        return
    with pytest.raises(QueryError, match=named):
        tokenize(query)

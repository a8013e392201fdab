"""Random and hostile queries: an answer or a QueryError, and soon."""

import os
import random
import time
from contextlib import suppress

import pytest

from corpus.errors import QueryError
from corpus.search.language.syntax import parse
from corpus.search.language.tokens import tokenize
from corpus.search.search import search

BITS = [
    "отказ",
    "запрос",
    "исполнении",
    "И",
    "ИЛИ",
    "НЕ",
    "AND",
    "(",
    ")",
    "(",
    '"',
    "«",
    "»",
    "РЯДОМ/3",
    "NEAR/2",
    "ПЕРЕД/5",
    "~2",
    "-",
    "+",
    "–",
    "=запроса",
    "отказ*",
    "ст:6",
    "тип:соглашение",
    "дата:2008..2020",
    "*",
    "jnrfp",
    "зпрос",
    "и",
    "кто",
    "10",
    "п.",
    "ст.",
    "\n",
    "😀",
    "\x00",
    "1.2.3",
    "видео-конференц-связь",
    "a:b",
    "http://x.y/z",
    "или",
    "&&",
    "||",
    "!",
    "~",
    ":",
    "ё",
    "Ё",
    "İ",
    "ſ",
    "\u00ad",
    "\u200b",
    "\ud7ff",
    "ﬁ",
    "¹²",
    "Ⅳ",
    "=",
    "=*",
    "-=",
]


def noise(r: random.Random) -> str:
    """Write nonsense out of the language's own bits, or out of any characters."""
    if r.random() < 0.8:
        return r.choice(["", " "]).join(r.choice(BITS) + r.choice(["", " "]) for _ in range(r.randint(1, 14)))
    letters = ((32, 127), (0x400, 0x4FF), (1, 0x2FFF), (0x1F000, 0x1FFFF))
    return "".join(chr(r.randint(*r.choice(letters))) for _ in range(r.randint(1, 60)))


SOAK = bool(os.environ.get("SVOD_SOAK"))
LONG = pytest.mark.timeout(7200 if SOAK else 600)
"""100,000 searches take 17 minutes of processor time."""


@pytest.mark.soak
@LONG
def test_random_queries_never_crash(rivers):
    r = random.Random(1)
    for _ in range(100_000 if SOAK else 300):
        query = noise(r)
        with suppress(QueryError):
            search(rivers, query)


@pytest.mark.soak
def test_random_queries_parse_quickly():
    r = random.Random(2)
    slowest = 0.0
    for _ in range(100_000 if SOAK else 5_000):
        query = noise(r)
        begun = time.process_time()
        with suppress(QueryError):
            tokens, _ = tokenize(query)
            if tokens:
                parse(tokens)
        slowest = max(slowest, time.process_time() - begun)
    assert slowest < 0.25


HOSTILE = [
    "(" * 500 + "а" + ")" * 400,
    "НЕ " * 300,
    "а " * 499,
    '"а" РЯДОМ/3 ' * 60 + "б",
    "(а ИЛИ б) РЯДОМ/3 " * 30 + "в",
    "абв*" * 200,
    "-" * 999,
    "+" * 999,
    '"' * 999,
    "(" * 999,
    ")" * 999,
    "()" * 499,
    "И " * 499,
    "- " * 499,
    "~" * 999,
    "*" * 999,
    "ё" * 999,
    "стать* " * 140,
    "Сторон РЯДОМ/100 " * 50 + "Сторон",
    "запрос И " * 100 + "запрос",
    ":" * 999,
    "а:" * 499,
    "ст:" * 300,
    "=" * 999,
    "9" * 999,
    "9.9" * 333,
    "а-" * 499,
    "«" * 500 + "»" * 499,
    "\x00" * 999,
    " ".join(["сторона:буян"] * 70),
    "ст:1.." + "9" * 900,
    "дата:" + "1" * 900,
    "jnrfp " * 160,
    "зпрос " * 160,
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda q: q[:12])
def test_hostile_queries_end_soon(rivers, query):
    begun = time.process_time()
    with suppress(QueryError):
        search(rivers, query)
    assert time.process_time() - begun < 2


def mixed(r: random.Random) -> str:
    """Graft a piece of one hostile query on a piece of another, as long as a query may be, or a little longer."""
    one, other = r.choice(HOSTILE), r.choice(HOSTILE)
    cut, start = r.randint(1, len(one)), r.randrange(len(other))
    return (one[:cut] + r.choice(["", " ", " И ", ' "']) + other[start:])[: r.choice((300, 1000, 1001))]


@pytest.mark.soak
@LONG
def test_mixed_hostile_queries_end_soon(rivers):
    r = random.Random(3)
    for _ in range(1_000 if SOAK else 40):
        query = mixed(r)
        begun = time.process_time()
        with suppress(QueryError):
            search(rivers, query)
        assert time.process_time() - begun < 2, query

"""Any text is read, quickly, and spans lie in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.citations.read.reading import Memory, folded, quiet, read
from tests.growth.measure import Door, growth

WORDS = st.sampled_from(
    [
        "статья",
        "статьи",
        "ст.",
        "пункт",
        "п.",
        "пп.",
        "подп.",
        "ч.",
        "абзац",
        "второй",
        "настоящей",
        "указанного",
        "Соглашения",
        "Протокола",
        "от",
        "5 мая 2001 г.",
        "05.05.2001",
        "№",
        "12",
        "3.1",
        "IX",
        "«а»",
        "(",
        ")",
        ",",
        "и",
        "–",
        "-",
        "к",
        "о",
        "между",
        "(далее – Соглашение)",
        "закона",
        "«О мостах»",
        "УК РФ",
        "преамбулы",
        "приложение",
        "с",
        "по",
        "cтатья",
        "\n",
        "Правительством",
        "Республики Беларусь",
        "внести",
        "следующего",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=30).map("".join), st.text(max_size=200)
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read(text):
    memory = Memory()
    for citation in read(text, memory):
        start, end = citation.span
        assert 0 <= start < end <= len(text)
        assert citation.places or citation.named
        assert isinstance(quiet(citation, text), bool)
    read(text, memory)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=100))
def test_folding_keeps_every_place(text):
    assert len(folded(text).text) == len(folded(text).low) == len(text)


HARD = [
    "а" * 60_000,
    "аa" * 30_000,
    "ст. 1 (" * 9_000,
    "статья 1, " * 6_000,
    "подпункты 1–300 пунктов 1–300 статей 1–300 " * 200,
    "Соглашение о " * 4_500,
    "Протокол к Соглашению " * 2_500,
    "«" * 60_000,
    '"' * 60_000,
    "Соглашение между " + "а и " * 15_000,
    "Соглашения (далее – " * 3_000,
    "от 5 мая " * 6_000,
    "п. " * 20_000,
    "настоящей " * 6_000,
    "И" * 30_000 + " " * 30_000,
]


@pytest.mark.parametrize("text", HARD, ids=lambda t: t[:12])
def test_hard_texts_take_no_longer_than_they_are_long(text):
    found = growth(Door(read), lambda n: text[:n])
    assert not found.grows, found

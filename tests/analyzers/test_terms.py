"""The one analysis: words, forms, lemmas."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.sentences import sentences
from analyzers.terms import LONGEST, READINGS, forms, readings, terms

WORDS = [
    ("Учёт судов", ["учет", "судов"]),
    ("видео-конференц-связь", ["видео-конференц-связь"]),
    ("видео‑конференц‐связь", ["видео-конференц-связь"]),
    ("сотруд­ничество", ["сотрудничество"]),
    ("п. 3.1 ст. 12/2 от 23.10.2008, в 10:30", ["п", "3.1", "ст", "12/2", "от", "23.10.2008", "в", "10:30"]),
    ("«Сторона-1»; (а) б)", ["сторона-1", "а", "б"]),
    ("слово_слово – и—тире", ["слово", "слово", "и", "тире"]),
    ("№ 5-ФЗ, 100 %", ["5-фз", "100"]),
    ("", []),
    ("… – !", []),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text: str, expected: list[str]) -> None:
    found = terms(text)
    assert [t.form for t in found] == list(forms(text)) == expected


LEMMAS = [
    ("стали", {"стать", "сталь"}),
    ("судов", {"суд", "судно"}),
    ("была", {"быть"}),
    ("статей", {"статья"}),
    ("данные", {"данный", "данные", "дать"}),
    ("учёта", {"учет"}),
]


@pytest.mark.parametrize(("word", "lemmas"), LEMMAS)
def test_all_readings_at_one_position(word: str, lemmas: set[str]) -> None:
    (term,) = terms(word)
    assert lemmas & set(term.lemmas)
    if word in {"стали", "судов"}:
        assert lemmas <= set(term.lemmas)


TRAPS = [("Мечел", "мечеть"), ("сталь", "стать"), ("Япония", "японский")]


@pytest.mark.parametrize(("word", "other"), TRAPS)
def test_traps(word: str, other: str) -> None:
    assert set(terms(word)[0].lemmas).isdisjoint(terms(other)[0].lemmas)


def test_parts_of_hyphenated_words() -> None:
    assert {"видео-конференц-связь", "связь"} <= set(readings("видео-конференц-связью"))
    (joined,) = terms("видеоконференцсвязь")
    assert set(joined.lemmas) & set(readings("видео-конференц-связь"))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for term in terms(text):
        assert 0 <= term.start < term.end <= len(text)
        assert term.form
        assert not any(c.isspace() for c in term.form)
        assert len(term.form) <= LONGEST
        assert 0 < len(term.lemmas) <= READINGS
    spans = sentences(text)
    assert all(any(s.start <= t.start < s.end for s in spans) for t in terms(text))
    assert all(a.end <= b.start for a, b in pairwise(spans))


SENTENCES = [
    ("Отказ по п. 2 ст. 5. Ответ дают.", ["Отказ по п. 2 ст. 5.", "Ответ дают."]),
    ("Совершено в г. Москве 5 мая 2001 г. в двух экземплярах.", 1),
    ("Первая строка\nвторая строка", ["Первая строка", "вторая строка"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str] | int) -> None:
    found = [text[a:b] for a, b in sentences(text)]
    assert found == expected if isinstance(expected, list) else len(found) == expected


@pytest.mark.parametrize("blanks", [0, 25_000])
def test_sentences_of_a_line_longer_than_what_is_seen_at_once(blanks: int) -> None:
    told = ["Стороны " + "сотрудничают и " * n + "обмениваются опытом." for n in (1, 900, 3, 1700, 40)] * 3
    text = " " * blanks + " ".join(told)
    assert [text[a:b] for a, b in sentences(text)] == told

"""Numerals in words: every number up to 9999 in the cases the rules make, and what is none."""

import re

import pytest

from corpus.lexicon.numerals import CARDINAL, COMBINED, ORDINAL, is_numeral, numeral, ordinal

CARDINALS = [
    ("один", 1),
    ("одной", 1),
    ("двумя", 2),
    ("двум", 2),
    ("трёх", 3),
    ("тремя", 3),
    ("четырьмя", 4),
    ("пятью", 5),
    ("восемью", 8),
    ("одиннадцати", 11),
    ("девятнадцатью", 19),
    ("двадцати одного", 21),
    ("сорока", 40),
    ("сорока четырёх", 44),
    ("пятьюдесятью", 50),
    ("шестидесяти пяти", 65),
    ("девяноста девяти", 99),
    ("ста", 100),
    ("двухсот", 200),
    ("тремстам", 300),
    ("четырьмястами", 400),
    ("пятисот сорока двух", 542),
    ("девятистах", 900),
    ("тысяча", 1000),
    ("двух тысяч", 2000),
    ("тысяче двумстам", 1200),
    ("девяти тысяч девятисот девяноста девяти", 9999),
    ("двадцати пяти тысяч", 25000),
]
ORDINALS = [
    ("первого", 1),
    ("вторая", 2),
    ("третьей", 3),
    ("третий", 3),
    ("четвёртой", 4),
    ("пятый", 5),
    ("шестом", 6),
    ("седьмая", 7),
    ("восьмым", 8),
    ("двадцатого", 20),
    ("двадцать первого", 21),
    ("тридцать вторым", 32),
    ("сороковой", 40),
    ("пятидесятый", 50),
    ("семьдесят седьмых", 77),
    ("девяностого", 90),
    ("сотая", 100),
    ("сто двенадцатой", 112),
    ("двести пятидесятой", 250),
    ("трёхсотый", 300),
    ("тысячный", 1000),
    ("одна тысяча девятьсот девяносто восьмого", 1998),
    ("две тысячи двадцатого", 2020),
    ("пятитысячным", 5000),
]
NONE = ["семинар", "сотрудничать", "сторона", "пяти два", "пять десять", "вторник", "двойной", "", "сто двести"]


@pytest.mark.parametrize(("words", "value"), CARDINALS + ORDINALS)
def test_a_numeral_is_read(words, value):
    assert numeral(words) == value
    assert re.fullmatch(ORDINAL if (words, value) in ORDINALS else CARDINAL, words)


@pytest.mark.parametrize(("words", "value"), ORDINALS)
def test_an_ordinal_is_told_from_a_cardinal(words, value):
    assert ordinal(words) == value
    assert all(ordinal(cardinal) is None for cardinal, _ in CARDINALS)


@pytest.mark.parametrize("words", NONE)
def test_other_words_are_no_numerals(words):
    assert numeral(words) is None
    assert not is_numeral(words)


@pytest.mark.parametrize(
    ("part", "value"), [("одно", 1), ("двух", 2), ("десяти", 10), ("сорокапяти", 45), ("сто", 100)]
)
def test_the_first_part_of_a_word(part, value):
    assert COMBINED[part] == value

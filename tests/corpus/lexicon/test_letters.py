"""Look-alikes: by shape alone where a letter stands alone, more boldly inside a word."""

import pytest

from analyzers.letters import IN_LOWERED_WORD, IN_WORD, SAME_SHAPE, TO_LATIN_SHAPE, in_roman, roman

LETTERS = [
    ("a", "а", "а", "а"),
    ("k", "k", "к", "к"),
    ("m", "m", "м", "м"),
    ("t", "t", "т", "т"),
    ("b", "b", "b", "в"),
    ("h", "h", "h", "н"),
    ("B", "В", "В", "В"),
    ("H", "Н", "Н", "Н"),
    ("y", "у", "у", "у"),
    ("w", "w", "w", "w"),
]


@pytest.mark.parametrize(("letter", "alone", "inside", "lowered"), LETTERS)
def test_a_look_alike(letter, alone, inside, lowered):
    assert letter.translate(SAME_SHAPE) == alone
    assert letter.translate(IN_WORD) == inside
    assert letter.translate(IN_LOWERED_WORD) == lowered
    assert alone.translate(TO_LATIN_SHAPE) == letter


def test_roman_numbers_read_as_they_are_written():
    assert [roman(in_roman(n)) for n in range(1, 4000)] == list(range(1, 4000))

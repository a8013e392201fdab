"""Letters: folding, look-alikes of the two alphabets, Roman numbers, raised digits. Each table once."""

import re

# Letters of one shape, small and capital apart: «в» is no b, «В» is a B.
_SHAPES = dict(zip("aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ", strict=True))
# Small letters that only resemble: told by the word they stand in, never by themselves (a list has «k)» and «к)»).
_RESEMBLING = dict(zip("kmt", "кмт", strict=True))
# Of a text in small letters: what was a capital of one shape.
_LOWERED = {latin.lower(): cyrillic.lower() for latin, cyrillic in _SHAPES.items() if latin.isupper()}

SAME_SHAPE = str.maketrans(_SHAPES)
"""Latin letters into Cyrillic ones of the very same shape, where a letter stands alone: numbers of lists, initials."""
TO_LATIN_SHAPE = str.maketrans({cyrillic: latin for latin, cyrillic in _SHAPES.items()})
"""The same, the other way."""
IN_WORD = str.maketrans(_SHAPES | _RESEMBLING)
"""Latin letters inside a Russian word into the Cyrillic ones they look like."""
IN_LOWERED_WORD = str.maketrans(_LOWERED | _SHAPES | _RESEMBLING)
"""The same for a word in small letters: «bh» were «ВН»."""
_ROMAN_LETTERS = str.maketrans("ХІСМхісмixvlcdm", "XICMXICMIXVLCDM")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LOWER_DIGITS = str.maketrans(RAISED, "0123456789")
"""Raised digits into ordinary ones."""
RAISE_DIGITS = str.maketrans("0123456789", RAISED)
"""Ordinary digits into raised ones."""


def folded(text: str) -> str:
    """Lower case with ё as е; every character keeps its place unless its small form is longer (İ).

    >>> folded("Учёт")
    'учет'
    """
    return text.lower().replace("ё", "е")


def without_yo(text: str) -> str:
    """Write ё as е, capitals kept.

    >>> without_yo("Ёлка учтёна")
    'Елка учтена'
    """
    return text.replace("ё", "е").replace("Ё", "Е")


def roman(text: str) -> int | None:
    """Read a Roman number, Cyrillic look-alikes allowed; None when it is none.

    >>> roman("XIV"), roman("Х"), roman("IIII"), roman("A")
    (14, 10, None, None)
    """
    letters = text.translate(_ROMAN_LETTERS)
    if not re.fullmatch(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", letters) or not letters:
        return None
    number = 0
    for value, digit in _ROMAN:
        while letters.startswith(digit):
            number, letters = number + value, letters[len(digit) :]
    return number


def in_roman(number: int) -> str:
    """Write a Roman number in capitals.

    >>> in_roman(14)
    'XIV'
    """
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out

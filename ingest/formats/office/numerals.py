"""Numbers as word processors print them in automatic lists."""

from collections.abc import Callable

from analyzers.letters import in_roman

# ECMA-376 17.18.59: russianLower has no й, ъ, ь and no ё.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_MAX = 4_000
LONGEST_LABEL = 255
"""Characters of a label's pattern: Word takes no longer ones, and it is printed before every paragraph of its list."""


def _repeated(alphabet: str) -> Callable[[int], str]:
    return lambda number: alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "upperRoman": in_roman,
    "lowerRoman": lambda n: in_roman(n).lower(),
    "russianLower": _repeated(_RUSSIAN),
    "russianUpper": lambda n: _repeated(_RUSSIAN)(n).upper(),
    "lowerLetter": _repeated(_LATIN),
    "upperLetter": lambda n: _repeated(_LATIN)(n).upper(),
    "none": lambda _: "",
}


def numeral(number: int, style: str) -> str:
    """Print a number in a numbering format of WordprocessingML; unknown formats print as decimal.

    >>> numeral(10, "russianLower"), numeral(4, "upperRoman"), numeral(31, "russianLower")
    ('к', 'IV', 'бб')
    """
    if not 0 < number <= _MAX and style != "decimal":
        return str(number)
    return _FORMATS.get(style, str)(number)

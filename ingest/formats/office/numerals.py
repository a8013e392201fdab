"""Numbers as word processors print them in automatic lists."""

from collections.abc import Callable

# ECMA-376 17.18.59: russianLower has no й, ъ, ь and no ё.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MAX = 4_000


def _repeated(alphabet: str) -> Callable[[int], str]:
    return lambda number: alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


def roman(number: int) -> str:
    """Write a Roman numeral in small letters.

    >>> roman(14)
    'xiv'
    """
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
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

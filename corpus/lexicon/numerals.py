"""Numerals in words up to 9999: «двадцати одного», «сорок пятая», «двух тысяч», in every case, built by rule.

Everything is told of folded words (ё = е); the patterns take ё as well.
"""

import re
from functools import cache
from itertools import product

from analyzers.letters import folded
from corpus.lexicon.alternation import any_of

AGAIN = {"bis": 1, "бис": 1, "ter": 2, "quater": 3}
"""«Статья 5 bis» stands behind article 5, as «5-1» does."""
_ONES = ("один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
_TEENS = (
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
)
_TENS = (
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
)
_HUNDREDS = (
    "сто",
    "двести",
    "триста",
    "четыреста",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
)
_THOUSAND = 1000

# Forms no rule gives: genitive, dative and instrumental first.
_IRREGULAR = {
    "один": ["одного", "одному", "одним", "одна", "одно", "одни", "одной", "одною", "одну", "одними", "одном", "одних"],
    "два": ["двух", "двум", "двумя", "две"],
    "три": ["трех", "трем", "тремя"],
    "четыре": ["четырех", "четырем", "четырьмя"],
    "восемь": ["восьми", "восемью", "восьмью"],
    "сорок": ["сорока"],
    "девяносто": ["девяноста"],
    "сто": ["ста"],
    "тысяча": ["тысячи", "тысяче", "тысячу", "тысячей", "тысячью", "тысяч", "тысячам", "тысячами", "тысячах"],
}


def _cases(word: str) -> list[str]:
    """Return the nominative, the genitive and the other forms of a cardinal.

    >>> _cases("пятьдесят"), _cases("триста")[:4]
    (['пятьдесят', 'пятидесяти', 'пятьюдесятью'], ['триста', 'трехсот', 'тремстам', 'трехстах'])
    """
    if word in _IRREGULAR:
        return [word, *_IRREGULAR[word]]
    if word.endswith("ьдесят"):
        first = _cases(word.removesuffix("десят"))
        return [word, f"{first[1]}десяти", *(f"{form}десятью" for form in first[2:])]
    if word in _HUNDREDS:
        genitive, dative, *instrumental = _of_hundreds(_HUNDREDS.index(word) + 1)
        bent = [f"{genitive}сот", f"{dative}стам", f"{genitive}стах", *(f"{form}стами" for form in instrumental)]
        return [word, *bent]
    stem = word.removesuffix("ь")
    return [word, f"{stem}и", f"{stem}ью"]


def _of_hundreds(count: int) -> list[str]:
    """Return genitive, dative and instrumental of how many hundreds there are."""
    forms = _cases(_ONES[count - 1])
    return forms[1:4] if count < 5 else [forms[1], forms[1], *forms[2:]]


def _cardinals(words: tuple[str, ...], first: int, step: int) -> dict[str, int]:
    return {form: first + step * i for i, word in enumerate(words) for form in _cases(word)}


_ONE_TO_NINE = _cardinals(_ONES, 1, 1)
_TEN_TO_NINETEEN = _cardinals(_TEENS, 10, 1)
_WHOLE_TENS = _cardinals(_TENS, 20, 10)
_WHOLE_HUNDREDS = _cardinals(_HUNDREDS, 100, 100)
_THOUSANDS = dict.fromkeys(_cases("тысяча"), _THOUSAND)
_CARDINALS = _ONE_TO_NINE | _TEN_TO_NINETEEN | _WHOLE_TENS | _WHOLE_HUNDREDS | _THOUSANDS

_GENITIVES = {
    first + step * i: _cases(word)[1]
    for words, first, step in ((_ONES, 1, 1), (_TEENS, 10, 1), (_TENS, 20, 10), (_HUNDREDS, 100, 100))
    for i, word in enumerate(words)
}

# Ordinals: stems no rule gives, then those of the genitive («пяти» → «пят», «двухсот» → «двухсот»).
_ORDINAL_STEMS = {1: "перв", 2: "втор", 3: "трет", 4: "четверт", 7: "седьм", 40: "сороков", 90: "девяност", 100: "сот"}
_ORDINAL_STEMS |= {n: form.removesuffix("и") for n, form in _GENITIVES.items() if n not in _ORDINAL_STEMS}
_ORDINAL_STEMS |= {_THOUSAND * n: f"{form}тысячн" for n, form in _GENITIVES.items() if 1 < n < 10}
_ORDINAL_STEMS[_THOUSAND] = "тысячн"
_HARD = ["ый", "ой", "ая", "ое", "ого", "ому", "ую", "ым", "ом", "ою", "ые", "ых", "ыми"]
_SOFT = ["ий", "ья", "ье", "ьего", "ьей", "ьему", "ью", "ьим", "ьем", "ьею", "ьи", "ьих", "ьими"]
_THIRD = 3
"""The one ordinal of the soft declension."""
_ORDINALS = {
    stem + ending: number
    for number, stem in _ORDINAL_STEMS.items()
    for ending in (_SOFT if number == _THIRD else _HARD)
}

# What stands before «дневный», «месячный», «летний»: the genitive, but «одно», «девяносто», «сто»; «сорокапятидневный».
_FIRST = {**_GENITIVES, 1: "одно", 90: "девяносто", 100: "сто"}
COMBINED = {form: number for number, form in _FIRST.items()} | {
    _FIRST[tens] + _GENITIVES[ones]: tens + ones for tens, ones in product(range(20, 100, 10), range(1, 10))
}
"""Numbers as the first part of a word: «десяти», «сорокапяти»."""

_END = r"(?![а-яё-])"


def _one(words: dict[str, int]) -> str:
    return f"(?:{any_of(words)}{_END})"


_DECLINED = (
    f"(?:(?:{any_of(stem for number, stem in _ORDINAL_STEMS.items() if number != _THIRD)}{any_of(_HARD)}"
    f"|{_ORDINAL_STEMS[_THIRD]}{any_of(_SOFT)}){_END})"
)
"""Any of `_ORDINALS`, stems and endings apart: patterns that hold a numeral are compiled at every start."""

_UNDER_HUNDRED = rf"(?:{_one(_WHOLE_TENS)}(?:\s++{_one(_ONE_TO_NINE)})?+|{_one(_TEN_TO_NINETEEN | _ONE_TO_NINE)})"
_UNDER_THOUSAND = rf"(?:{_one(_WHOLE_HUNDREDS)}(?:\s++{_UNDER_HUNDRED})?+|{_UNDER_HUNDRED})"
_AFTER_THOUSANDS = "|".join(rf"(?<=тысяч{'[а-я]' * n})" for n in range(4))
CARDINAL = (
    rf"(?:(?:{_UNDER_THOUSAND}(?:\s++{_one(_THOUSANDS)})?+|{_one(_THOUSANDS)})"
    rf"(?:(?:{_AFTER_THOUSANDS})\s++{_UNDER_THOUSAND})?+)"
)
"""A cardinal of one or several words in any case, over lower-cased text."""
ORDINAL = (
    rf"(?:(?:(?:{_one(_ONE_TO_NINE)}\s++)?{_one(_THOUSANDS)}\s++)?(?:{_one(_WHOLE_HUNDREDS)}\s++)?"
    rf"(?:{_one(_WHOLE_TENS)}\s++)?{_DECLINED})"
)
"""An ordinal of one or several words, the last of them declined, over lower-cased text."""
NUMERAL = f"(?:{ORDINAL}|{CARDINAL})"
COMBINING = f"(?:{any_of(COMBINED)})"
"""The first part of «десятидневный», over folded text."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(ORDINAL), re.compile(NUMERAL)


def is_numeral(word: str) -> bool:
    """Say whether a folded word is a numeral.

    >>> is_numeral("тридцати"), is_numeral("сотрудничать"), is_numeral("семинар")
    (True, False, False)
    """
    return word in _CARDINALS or word in _ORDINALS


def numeral(words: str) -> int | None:
    """Read a cardinal or an ordinal in any case; None when the words are none.

    >>> numeral("сорока пяти"), numeral("тридцатый"), numeral("трёх"), numeral("ста восьмидесяти"), numeral("семинар")
    (45, 30, 3, 180, None)
    >>> numeral("две тысячи девятнадцатого"), numeral("пятисот одним"), numeral("двухтысячный"), numeral("пять два")
    (2019, 501, 2000, None)
    """
    told = folded(words).split()
    if not all(map(is_numeral, told)) or not _patterns()[1].fullmatch(" ".join(told)):
        return None
    total = 0
    for word in told:
        value = _CARDINALS[word] if word in _CARDINALS else _ORDINALS[word]
        total = (total or 1) * value if word in _THOUSANDS else total + value
    return total


def ordinal(words: str) -> int | None:
    """Read an ordinal in any case; None when the words are none.

    >>> ordinal("двадцать пятая"), ordinal("четвёртой"), ordinal("третьим"), ordinal("двадцать")
    (25, 4, 3, None)
    """
    told = folded(words).split()
    return numeral(words) if told and told[-1] in _ORDINALS and _patterns()[0].fullmatch(" ".join(told)) else None


def plural_form(n: int) -> int:
    """Say which of three forms of a noun agrees with a number: 0 «статья», 1 «статьи», 2 «статей».

    >>> [plural_form(n) for n in (1, 22, 11, 14, 5, 101)]
    [0, 1, 2, 2, 2, 0]
    """
    tens, ones = n % 100, n % 10
    return 2 if 11 <= tens <= 14 or not 1 <= ones <= 4 else 0 if ones == 1 else 1

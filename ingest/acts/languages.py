"""The language of a paragraph: Russian, Kazakh, English or another one, told by letters and common words."""

import re
from enum import StrEnum


class Language(StrEnum):
    """A paragraph's language by its ISO 639-1 code."""

    RU = "ru"
    KK = "kk"
    EN = "en"
    OTHER = "other"


LEAST = 12
"""Letters from which the letters of a paragraph say what language it is in."""

_KAZAKH = frozenset("әғқңөұүһі")
_FOREIGN = frozenset("ґєїіўђјљњћџәғқңөұүһӣӯҳҷӡҧ")
"""Cyrillic letters that Russian does not have."""
_DIVISION = re.compile(r"\d{1,3}(?:[-–]\d{1,2})?-?\s?(?P<kk>бап|тарау|бөлім|тармақ)\b|(?P<en>Article|Chapter|Section)\s+[\dIVX]{1,6}\b")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset({
    "the", "of", "and", "to", "in", "for", "shall", "this", "between", "on", "by", "be", "with", "agreement", "parties", "party",
    "done", "government", "republic", "or", "is", "are", "which", "that", "have", "as",
})  # fmt: skip


def language_of(text: str) -> Language | None:
    """Tell a paragraph's language; None when it has too few letters to tell.

    >>> language_of("Тараптар мәліметтер алмасады."), language_of("The Parties shall exchange data.")
    (<Language.KK: 'kk'>, <Language.EN: 'en'>)
    >>> language_of("Стороны обмениваются сведениями."), language_of("12.05"), language_of("1-бап")
    (<Language.RU: 'ru'>, None, <Language.KK: 'kk'>)
    """
    if division := _DIVISION.match(text):
        return Language.KK if division["kk"] else Language.EN
    letters = [c for c in text.lower() if c.isalpha()]
    if len(letters) < LEAST:
        return None
    cyrillic = sum("\u0400" <= c <= "\u052f" for c in letters)
    if cyrillic < 0.3 * len(letters):
        return _of_latin(text, len(letters) - cyrillic, len(letters))
    foreign = [c for c in letters if c in _FOREIGN]
    if len(foreign) < max(2, 0.04 * cyrillic):
        return Language.RU
    return Language.KK if sum(c in _KAZAKH for c in foreign) >= 0.8 * len(foreign) else Language.OTHER


def _of_latin(text: str, foreign: int, letters: int) -> Language | None:
    if foreign < 0.7 * letters:
        return None
    words = _WORD.findall(text.lower())
    if len(words) < 3:
        return None
    return Language.EN if sum(word in _ENGLISH for word in words) >= 0.15 * len(words) else Language.OTHER

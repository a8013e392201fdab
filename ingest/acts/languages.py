"""The language of a paragraph: Russian, Kazakh, English or another one, told by letters and common words."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby


class Language(StrEnum):
    """A paragraph's language by its ISO 639-1 code."""

    RU = "ru"
    KK = "kk"
    EN = "en"
    OTHER = "other"


LEAST = 12
"""Letters from which the letters of a paragraph say what language it is in."""

RUN = 3
"""Paragraphs in a row that make a text in another language; fewer are words of the Russian one."""
SHARE = 0.2
"""Of a text set in two languages side by side, so much is in the other one."""

_KAZAKH = frozenset("әғқңөұүһі")
_FOREIGN = frozenset("ґєїіўђјљњћџәғқңөұүһӣӯҳҷӡҧ")
"""Cyrillic letters that Russian does not have."""
_DIVISION = re.compile(
    r"\d{1,3}(?:[-–]\d{1,2})?-?\s?(?P<kk>бап|тарау|бөлім|тармақ)\b|(?P<en>Article|Chapter|Section)\s+[\dIVX]{1,6}\b"
)
_WORD = re.compile(r"[^\W\d_]++")
_ENGLISH = frozenset(
    {
        "the",
        "of",
        "and",
        "to",
        "in",
        "for",
        "shall",
        "this",
        "between",
        "on",
        "by",
        "be",
        "with",
        "agreement",
        "parties",
        "party",
        "done",
        "government",
        "republic",
        "or",
        "is",
        "are",
        "which",
        "that",
        "have",
        "as",
    }
)


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


def foreign(texts: Sequence[str]) -> dict[int, Language]:
    """Tell the paragraphs that make texts in other languages than Russian, by their places.

    A paragraph too short to tell goes with its neighbours in the same letters. A text without a Russian part has none.

    >>> foreign(["Споров нет, сроков нет.", "AGREEMENT", "Article 1", "The Parties shall exchange data."])
    {1: <Language.EN: 'en'>, 2: <Language.EN: 'en'>, 3: <Language.EN: 'en'>}
    """
    spoken = _filled(texts)
    other = [i for i, language in enumerate(spoken) if language is not Language.RU]
    if len(other) < RUN or len(other) == len(spoken):
        return {}
    mixed = len(other) >= SHARE * len(spoken)
    runs = [[i for i, _ in run] for _, run in groupby(enumerate(spoken), key=lambda pair: pair[1])]
    return {i: spoken[i] for run in runs for i in run if spoken[i] is not Language.RU and (mixed or len(run) >= RUN)}


def _filled(texts: Sequence[str]) -> list[Language]:
    told = [language_of(text) for text in texts]
    following: Language | None = None
    after: list[Language | None] = []
    for language in reversed(told):
        after.append(following)
        following = language or following
    filled: list[Language] = []
    for text, language, later in zip(texts, told, reversed(after), strict=True):
        before = filled[-1] if filled else Language.RU
        filled.append(language or _short(text, before, later))
    return filled


def _short(text: str, before: Language, after: Language | None) -> Language:
    """Tell the language of a few letters by those around: Latin ones go with English, Kazakh ones with Kazakh."""
    letters = [c for c in text.lower() if c.isalpha()]
    if not letters:
        return before
    latin = sum("a" <= c <= "z" for c in letters) > 0.5 * len(letters)
    for language in (after, before):
        if language is None or language is Language.RU:
            continue
        fits = latin if language is Language.EN else not latin
        if fits and (language is before or any(c in _FOREIGN for c in letters) or latin):
            return language
    return Language.RU

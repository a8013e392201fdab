"""The language of a paragraph: Russian, Kazakh, English or another one, told by letters and common words."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby

from analyzers.lemmas import is_known


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

    The languages are decided over the whole text: a paragraph of few letters, or of letters both languages have, goes
    with those around it. A text without a Russian part has none.

    >>> foreign(["Споров нет, сроков нет.", "AGREEMENT", "Article 1", "The Parties shall exchange data."])
    {1: <Language.EN: 'en'>, 2: <Language.EN: 'en'>, 3: <Language.EN: 'en'>}
    """
    told = [language_of(text) for text in texts]
    if not any(language not in (None, Language.RU) for language in told):
        return {}
    spoken = _decided([_Weighed(text, language) for text, language in zip(texts, told, strict=True)])
    other = [i for i, language in enumerate(spoken) if language is not Language.RU]
    if len(other) < RUN or len(other) == len(spoken):
        return {}
    mixed = len(other) >= SHARE * len(spoken)
    runs = [[i for i, _ in run] for _, run in groupby(enumerate(spoken), key=lambda pair: pair[1])]
    return {i: spoken[i] for run in runs for i in run if spoken[i] is not Language.RU and (mixed or len(run) >= RUN)}


SWITCH = 1.0
"""What it costs to go from a paragraph to one in another language; a paragraph of 20 letters outweighs going there."""
_MOST = 4.0
"""The most a paragraph weighs, however long."""


class _Weighed:
    """How much speaks for each language in a paragraph."""

    def __init__(self, text: str, told: Language | None) -> None:
        letters = [c for c in text.lower() if c.isalpha()]
        strength = min(_MOST, 0.5 + len(letters) / 20)
        self.weights: dict[Language, float] = {}
        if told is not None and told is not Language.RU:
            self.weights[told] = strength
        elif letters:
            latin = sum("a" <= c <= "z" for c in letters) / len(letters)
            kazakh = any(c in _KAZAKH for c in letters)
            self.weights = {Language.EN: strength * (latin - 0.5), Language.KK: 1.0 if kazakh else 0.0}
            self.weights[Language.RU] = -strength * latin if latin > 0.5 else strength * (2 * _russian(text) - 1)

    def of(self, language: Language) -> float:
        """Return how much speaks for a language, below 0 against it."""
        return self.weights.get(language, 0.0)


def _russian(text: str) -> float:
    """Return the share of words of three letters or more that are Russian ones; a half where there are none."""
    words = [word for word in _WORD.findall(text[:400]) if len(word) > 2]
    return sum(is_known(word.lower()) for word in words) / len(words) if words else 0.5


def _decided(weighed: Sequence[_Weighed]) -> list[Language]:
    """Choose the languages that together weigh most, each change of language at its cost."""
    best = {language: (0.0 if language is Language.RU else -SWITCH) + weighed[0].of(language) for language in Language}
    sources: list[dict[Language, Language]] = []
    for paragraph in weighed[1:]:
        top = max(best, key=best.__getitem__)
        source = {language: language if best[language] >= best[top] - SWITCH else top for language in Language}
        best = {
            language: best[source[language]]
            - (SWITCH if source[language] is not language else 0.0)
            + paragraph.of(language)
            for language in Language
        }
        sources.append(source)
    path = [max(best, key=best.__getitem__)]
    for source in reversed(sources):
        path.append(source[path[-1]])
    return path[::-1]

"""Normal forms of Russian words. The one place that imports pymorphy3."""

from functools import cache, lru_cache
from typing import NamedTuple

import pymorphy3
from pymorphy3.analyzer import Parse

from analyzers.letters import folded as folded  # noqa: PLC0414  who reads words folds them first

PREDICTED_SCORE = 0.1
"""A predicted parse counts from this score on; dictionary parses always do (a threshold loses «стали» → сталь)."""

FINITE = frozenset({"VERB", "PRTS", "PRED"})
"""OpenCorpora parts of speech that make a sentence: a finite verb, a short participle, «нужно»."""


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=200_000)
def lemmas(word: str) -> tuple[str, ...]:
    """Return all plausible normal forms of a folded word, likeliest first, folded.

    >>> lemmas("стали")
    ('стать', 'сталь')
    """
    try:
        parses = _analyzer().parse(word)
    except ValueError:  # a letter without a name in Unicode (pymorphy3.shapes asks for it)
        return (word,)
    kept = [p for p in parses if (p.is_known or p.score >= PREDICTED_SCORE) and not _unheard_of(word, p)]
    return tuple(dict.fromkeys(folded(p.normal_form) for p in kept or parses[:1])) or (word,)


def _unheard_of(word: str, parse: Parse) -> bool:
    """Say whether a reading stands in the dictionary alone: the gerund «ев» (of «есть») nobody writes."""
    return len(word) == 2 and "GRND" in parse.tag


def is_known(word: str) -> bool:
    """Say whether the dictionary holds the word."""
    return bool(_analyzer().word_is_known(folded(word)))


def known_prefixes(letters: str) -> list[str]:
    """Return the dictionary words that stand at the beginning of folded letters, shortest first; ё is not tried.

    >>> known_prefixes("статьидва")
    ['с', 'ст', 'ста', 'стать', 'статьи']
    """
    found: list[str] = _analyzer().dictionary.words.prefixes(letters)
    return found


class Reading(NamedTuple):
    """Part of speech, case and number of one parse, in OpenCorpora's words; "" where it has none."""

    pos: str
    case: str
    number: str


@lru_cache(maxsize=100_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Return the dictionary's readings of a folded word, likeliest first; empty for a word it does not hold.

    >>> readings("статью")
    (Reading(pos='NOUN', case='accs', number='sing'), Reading(pos='NOUN', case='ablt', number='sing'))
    """
    if not is_known(word):
        return ()
    tags = [p.tag for p in _analyzer().parse(word)]
    return tuple(dict.fromkeys(Reading(t.POS or "", t.case or "", t.number or "") for t in tags))


@lru_cache(maxsize=200_000)
def parses(word: str) -> tuple[tuple[frozenset[str], float], ...]:
    """Return (OpenCorpora grammemes, score) of the dictionary's parses of a folded word; empty for one not in it.

    >>> [(sorted(grammemes), score) for grammemes, score in parses("не")]
    [(['PRCL'], 1.0)]
    """
    if not is_known(word):
        return ()
    return tuple((frozenset(p.tag.grammemes), p.score) for p in _analyzer().parse(word))


_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Abbr", "Orgn", "Trad"})


@lru_cache(maxsize=50_000)
def is_name(word: str) -> bool:
    """Say whether every reading of a folded word is a name or an abbreviation, which lower case would not write.

    >>> is_name("петровна"), is_name("статьи")
    (True, False)
    """
    return all(_NAMES & set(p.tag.grammemes) for p in _analyzer().parse(word))


@lru_cache(maxsize=50_000)
def is_likely_name(word: str) -> bool:
    """Say whether the likeliest reading of a folded word is a name or an abbreviation.

    >>> is_likely_name("германия"), is_likely_name("надежда")
    (True, False)
    """
    return bool(_NAMES & set(_analyzer().parse(word)[0].tag.grammemes))


@lru_cache(maxsize=20_000)
def normal(word: str, *grammemes: str) -> str | None:
    """Return the normal form of the likeliest reading that has all these OpenCorpora grammemes.

    >>> normal("москве", "Geox", "loct"), normal("чайка", "Name")
    ('москва', None)
    """
    return next((p.normal_form for p in _analyzer().parse(word) if p.tag.grammemes.issuperset(grammemes)), None)


@lru_cache(maxsize=20_000)
def cases(word: str) -> tuple[str, ...]:
    """Return the OpenCorpora cases a folded word can stand in, likeliest first.

    >>> cases("черногории")[0]
    'gent'
    """
    return tuple(dict.fromkeys(p.tag.case for p in _analyzer().parse(word) if p.tag.case))


@lru_cache(maxsize=20_000)
def inflect(word: str, grammemes: frozenset[str]) -> str | None:
    """Put a folded word into the form of these OpenCorpora grammemes, its likeliest nominative parse first.

    >>> inflect("орган", frozenset({"ablt", "plur"}))
    'органами'
    """
    found = sorted(_analyzer().parse(word), key=lambda p: "nomn" not in p.tag)
    made = next((form for p in found if (form := p.inflect(set(grammemes)))), None)
    return made.word if made else None

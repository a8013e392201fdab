"""Normal forms of Russian words. The one place that imports pymorphy3."""

from functools import cache, lru_cache
from typing import Any

import pymorphy3

PREDICTED_SCORE = 0.1
"""A predicted parse counts from this score on; dictionary parses always do (a threshold there loses «стали» → сталь)."""


@cache
def _analyzer() -> Any:
    return pymorphy3.MorphAnalyzer()


def folded(word: str) -> str:
    """Lower case with ё as е.

    >>> folded("Учёт")
    'учет'
    """
    return word.lower().replace("ё", "е")


@lru_cache(maxsize=200_000)
def lemmas(word: str) -> tuple[str, ...]:
    """Return all plausible normal forms of a folded word, likeliest first, folded.

    >>> lemmas("стали")
    ('стать', 'сталь')
    """
    parses = _analyzer().parse(word)
    kept = [p for p in parses if p.is_known or p.score >= PREDICTED_SCORE]
    return tuple(dict.fromkeys(folded(p.normal_form) for p in kept or parses[:1])) or (word,)


def is_known(word: str) -> bool:
    """Say whether the dictionary holds the word."""
    return bool(_analyzer().word_is_known(folded(word)))

"""The one analysis for indexes and queries: words with offsets, exact forms and all plausible lemmas."""

import re
from dataclasses import dataclass
from functools import lru_cache

from analyzers.lemmas import folded, lemmas

LONGEST = 128
"""Letters of a word that count; what is longer is no word (a run of base64, a line of dots read as letters)."""

READINGS = 10
"""Lemmas kept at one position: 7 is the most in 65,000 words of law, and Elasticsearch has a field for each."""

VERSION = 2
"""Raised when the same text would give other terms, so that indexes made before are rebuilt."""

_WORD = re.compile(r"(?<!\d)\d++(?:[.,:/]\d++)++|[^\W_]++(?:[-‐‑­][^\W_]++)*+")
_OTHER_HYPHENS = re.compile("[‐‑\u00ad]")
_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "­": None})


@dataclass(frozen=True, slots=True)
class Term:
    """A word at `start`..`end` of the analysed text.

    `form` is the folded word; `lemmas` are all normal forms the word may have at this one position, those of its
    hyphenated parts and of the word without hyphens included.
    """

    start: int
    end: int
    form: str
    lemmas: tuple[str, ...]


@lru_cache(maxsize=200_000)
def readings(form: str) -> tuple[str, ...]:
    """Return the lemmas of a folded form, those of its hyphenated parts included.

    >>> readings("пресс-служб")
    ('пресс-служба', 'пресс', 'пресса', 'служба', 'прессслужба')
    """
    if "-" not in form:
        return lemmas(form)
    parts = [part for part in form.split("-") if len(part) > 2]
    every = [*lemmas(form), *(x for p in parts for x in lemmas(p)), *lemmas(form.replace("-", ""))]
    return tuple(dict.fromkeys(every))[:READINGS]


def terms(text: str) -> tuple[Term, ...]:
    """Split a text into terms, in order.

    >>> [(t.form, t.lemmas) for t in terms("Учёт судов")]
    [('учет', ('учет',)), ('судов', ('судно', 'суд'))]
    """
    return tuple(Term(match.start(), match.end(), *_analysed(match[0])) for match in _WORD.finditer(text))


@lru_cache(maxsize=200_000)
def _analysed(word: str) -> tuple[str, tuple[str, ...]]:
    """Return form and lemmas of a word as printed."""
    form = folded(word).translate(_HYPHENS)[:LONGEST]
    return form, readings(form)


@lru_cache(maxsize=20_000)
def forms(text: str) -> tuple[str, ...]:
    """Return the folded forms alone, in order: what `terms` gives, for callers that need neither places nor lemmas.

    >>> forms("Учёт судов")
    ('учет', 'судов')
    """
    if len(text) == len(lower := folded(text)) and not _OTHER_HYPHENS.search(text):
        return tuple(word[:LONGEST] for word in _WORD.findall(lower))
    return tuple(folded(word).translate(_HYPHENS)[:LONGEST] for word in _WORD.findall(text))

"""The one analysis for indexes and queries: words with offsets, exact forms and all plausible lemmas."""

import re
from dataclasses import dataclass
from functools import lru_cache

from analyzers.lemmas import folded, lemmas

_WORD = re.compile(r"\d+(?:[.,:/]\d+)+|[^\W_]+(?:[-‐‑­][^\W_]+)*")

LONGEST = 100
"""Code points of a form or lemma that count; engines cut longer tokens, each at a place of its own."""

READINGS = 16
"""Lemmas kept at one position; only garbage of many hyphens has more (7 is the most in 65,000 words of law)."""


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
def _readings(form: str) -> tuple[str, ...]:
    if "-" not in form:
        return lemmas(form)
    parts = [part for part in form.split("-") if len(part) > 2]
    every = [*lemmas(form), *(x for p in parts for x in lemmas(p)), *lemmas(form.replace("-", ""))]
    return tuple(dict.fromkeys(x[:LONGEST] for x in every))[:READINGS]


def terms(text: str) -> tuple[Term, ...]:
    """Split a text into terms, in order.

    >>> [(t.form, t.lemmas) for t in terms("Учёт судов")]
    [('учет', ('учет',)), ('судов', ('суд', 'судно'))]
    """
    out = []
    for match in _WORD.finditer(text):
        form = re.sub("[‐‑]", "-", folded(match[0])).replace("­", "")[:LONGEST]
        out.append(Term(match.start(), match.end(), form, _readings(form)))
    return tuple(out)

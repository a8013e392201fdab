"""Words near in meaning to one the library does not know, by word vectors, as a second reading."""

from functools import lru_cache

from analyzers.lemmas import lemmas, readings
from corpus.library import Library
from corpus.query.answers import Means
from corpus.query.concepts import WEIGHTS, Choice
from corpus.query.thesaurus import thesaurus

NEAREST = 60
"""Words of the vectors' vocabulary that are looked at."""

KEPT = 6
"""Neighbours that are used, those the library holds."""

LEAST = 0.45
"""Cosine from which on two words are near."""


@lru_cache(maxsize=4096)
def _near(lemma: str) -> tuple[tuple[str, float], ...]:
    from analyzers.vectors import nearest

    found: dict[str, float] = {}
    kind = {r.pos for r in readings(lemma)}
    for word, cosine in nearest(lemma, NEAREST, LEAST):
        for other in lemmas(word)[:1]:
            if other != lemma and not kind.isdisjoint(r.pos for r in readings(other)):
                found[other] = max(found.get(other, 0.0), cosine)
    return tuple(sorted(found.items(), key=lambda pair: -pair[1]))


def neighbours(library: Library, lemma: str) -> tuple[Choice, ...]:
    """Return the nearest words that the library holds, as weak alternatives."""
    near = _near(lemma)
    held = library.statistics([other for other, _ in near]).frequency if near else {}
    known = thesaurus()
    kept = [pair for pair in near if held.get(pair[0]) and pair[0] not in known.idle | known.common][:KEPT]
    return tuple(
        Choice(other, ((other,),), Means.VECTOR, WEIGHTS[Means.VECTOR] * cosine / 0.6) for other, cosine in kept
    )

"""Words near in meaning to one the library does not know, by word vectors, as a second reading."""

from functools import cache, lru_cache

from analyzers.lemmas import folded, is_likely_name, lemmas, readings
from corpus.lexicon.countries import states
from corpus.library import Library
from corpus.search.answers import Means
from corpus.search.meaning.concepts import WEIGHTS, Choice
from corpus.search.meaning.thesaurus import thesaurus

NEAREST = 60
"""Words of the vectors' vocabulary that are looked at."""

KEPT = 6
"""Neighbours that are used, those the library holds."""

LEAST = 0.5
"""Cosine from which on two words are near; below it stand words that merely look alike («улика», «улица»)."""


@lru_cache(maxsize=4096)
def _near(lemma: str) -> tuple[tuple[str, float], ...]:
    from analyzers.vectors import nearest

    # News put names and peoples in one another's place: Япония beside Россия, японский beside китайский.
    if _names(lemma):
        return ()
    found: dict[str, float] = {}
    kind = {r.pos for r in readings(lemma)}
    for word, cosine in nearest(lemma, NEAREST, LEAST):
        for other in lemmas(word)[:1]:
            if other != lemma and not _names(other) and not kind.isdisjoint(r.pos for r in readings(other)):
                found[other] = max(found.get(other, 0.0), cosine)
    return tuple(sorted(found.items(), key=lambda pair: -pair[1]))


def _names(lemma: str) -> bool:
    """Say whether a word names a person or a place, or is the adjective of a state."""
    return is_likely_name(lemma) or lemma in _adjectives()


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(folded(adjective) for state in states() for adjective in state.adjectives)


def neighbours(library: Library, lemma: str) -> tuple[Choice, ...]:
    """Return the nearest words that the library holds, as weak alternatives."""
    near = _near(lemma)
    held = library.statistics([other for other, _ in near]).frequency if near else {}
    known = thesaurus()
    kept = [pair for pair in near if held.get(pair[0]) and pair[0] not in known.idle | known.common][:KEPT]
    return tuple(
        Choice(other, ((other,),), Means.VECTOR, WEIGHTS[Means.VECTOR] * cosine / 0.6) for other, cosine in kept
    )

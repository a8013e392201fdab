"""How near clauses are to a query in meaning, by word vectors: for words nobody listed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from heapq import nlargest

import numpy as np

from analyzers import vectors
from analyzers.vectors import Vector, unit
from corpus.clauses.clause import Clause
from corpus.search.answers import Part
from corpus.search.ranking.scoring import Scored
from corpus.search.ranking.weights import DEFAULT, Weights
from corpus.topics.topics import topics

LOOKED_AT = 50
"""The best clauses by words, which alone are compared."""

NEAR = 0.5
"""Cosine at which a clause counts as meaning the same."""


@lru_cache(maxsize=512)
def of_query(text: str) -> Vector:
    """Return what a query asks, beside what all queries ask; zeros when no word of it is known."""
    found = vectors.meaning(text)
    return unit(found - vectors.typical().query) if found.any() else found


def of_clause(clause: Clause) -> Vector:
    """Return what a clause says and is about, beside what all clauses say."""
    usual = vectors.typical().clause
    said = unit(vectors.meaning(clause.said) - usual)
    about = sum((_of_topic(topic) for topic in clause.topics), start=np.zeros_like(said))
    return unit(said + unit(about))


@lru_cache(maxsize=512)
def _of_topic(id_: str) -> Vector:
    topic = topics().by_id.get(id_)
    told = (topic.label, topic.description, *topic.headings) if topic else ()
    return unit(vectors.meaning("\n".join(told)) - vectors.typical().clause)


def nearer(query: Vector, scored: Sequence[Scored], weights: Weights = DEFAULT) -> list[Scored]:
    """Raise those of the best clauses that are near a query in meaning."""
    best = {id(s) for s in nlargest(LOOKED_AT, scored, key=lambda s: s.score)}
    return [_nearer(query, s, weights) if id(s) in best else s for s in scored]


def _nearer(query: Vector, s: Scored, weights: Weights) -> Scored:
    lift = s.score * weights.sense * min(max(float(query @ of_clause(s.clause)), 0.0) / NEAR, 1.0)
    if not lift:
        return s
    return replace(s, score=s.score + lift, parts=(*s.parts, Part("близко по смыслу", lift)))

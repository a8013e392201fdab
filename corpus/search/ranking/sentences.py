"""How near clauses are to a query in meaning, by a sentence model (`svod[semantic]`), vectors made beforehand."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from heapq import nlargest
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from analyzers import embedding
from analyzers.vectors import Vector, unit
from corpus.clauses.clause import Clause
from corpus.library import Library
from corpus.search.answers import Part, Semantic
from corpus.search.ranking.scoring import Scored
from corpus.search.ranking.sense import LOOKED_AT
from corpus.search.ranking.weights import DEFAULT, Weights
from corpus.topics.topics import topics

ENOUGH = 0.9
"""Share of the best clauses that must have a vector: else those without would sink for that alone."""
NEAR = 0.5
"""Cosine at which a clause counts as meaning the same."""
_LOG = logging.getLogger(__name__)
LABEL = "близко по смыслу (модель)"


class Nearer(NamedTuple):
    """Clauses with their scores, and whether they were compared."""

    scored: list[Scored]
    state: Semantic


class _Means(NamedTuple):
    query: Vector
    clause: Vector
    topics: dict[str, bytes]


def nearer(library: Library, asked: str, scored: Sequence[Scored], weights: Weights = DEFAULT) -> Nearer:
    """Raise those of the best clauses that are near a query in meaning; on any failure leave all as they are."""
    if not embedding.available():
        return Nearer(list(scored), Semantic.ABSENT)
    try:
        return _nearer(library, asked, scored, weights)
    except Exception as error:  # noqa: BLE001  foreign code, and a library that is asked once more: words will do
        _LOG.warning("not compared by sentences: %r", error)
        return Nearer(list(scored), Semantic.FAILED)


def _nearer(library: Library, asked: str, scored: Sequence[Scored], weights: Weights) -> Nearer:
    best = nlargest(LOOKED_AT, (s for s in scored if s.score > 0), key=lambda s: s.score)
    if not best:
        return Nearer(list(scored), Semantic.ASIDE)
    keys = {id(s): embedding.key(s.clause.said) for s in best}
    held = library.vectors.held(sorted(set(keys.values())))
    if sum(key in held for key in keys.values()) < ENOUGH * len(best):
        return Nearer(list(scored), Semantic.FILLING)
    query, most = of_query(asked), weights.sentences * best[0].score
    return Nearer([_raised(s, query, held.get(keys.get(id(s), "")), most) for s in scored], Semantic.USED)


def _raised(s: Scored, query: Vector, vector: bytes | None, most: float) -> Scored:
    near = float(query @ of_clause(s.clause, vector)) if vector else 0.0
    lift = most * min(max(near, 0.0) / NEAR, 1.0)
    return replace(s, score=s.score + lift, parts=(*s.parts, Part(LABEL, lift))) if lift else s


@lru_cache(maxsize=512)
def of_query(asked: str) -> Vector:
    """Return what a query asks, beside what all queries ask."""
    return unit(embedding.query(asked) - _means().query)


def of_clause(clause: Clause, vector: bytes, weights: Weights = DEFAULT) -> Vector:
    """Return what a clause says and is about, beside what all clauses say."""
    said = unit(embedding.read(vector) - _means().clause)
    about = sum((_of_topic(topic) for topic in clause.topics), start=np.zeros_like(said))
    return unit(said + np.float32(weights.sentence_topics) * unit(about))


@lru_cache(maxsize=512)
def _of_topic(id_: str) -> Vector:
    text = topic_text(id_)
    if not text:
        return np.zeros_like(_means().clause)
    return unit(embedding.read(_means().topics.get(embedding.key(text)) or embedding.passage(text)) - _means().clause)


def topic_text(id_: str) -> str:
    """Return what is embedded of a topic; nothing of one that is not in the table."""
    topic = topics().by_id.get(id_)
    return "\n".join((topic.label, topic.description, *topic.headings)) if topic else ""


@cache
def _means() -> _Means:
    """Load what bench/sentence_means.py wrote."""
    with files("corpus").joinpath("data/sentence_means.npz").open("rb") as file, np.load(file) as held:
        keys = bytes(held["keys"]).decode().split("\n")
        rows = dict(zip(keys, map(bytes, held["topics"]), strict=True))
        return _Means(held["query"], held["clause"], rows)

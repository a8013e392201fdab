"""What one document has on each topic: a cell depends on its document and its topic alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analyzers.spans import Span
from corpus.clauses.units import Unit, units
from corpus.model import Document
from corpus.topics.topics import PRESENT, Tagged, Topics, tagged

CELL_LIMIT = 4
"""Provisions a cell holds; a wider cell compares nothing."""

DOUBTS = 2
"""Provisions shown where none is sure."""

TOUCHES, TOUCHES_LESS = 0.8, 0.1
"""Below the first confidence, and this much below its other topic, a provision leaves the cell to the others in it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A unit in a cell: its place among the document's units, how surely it belongs, and where that is seen."""

    unit: int
    score: float
    evidence: tuple[str, ...]
    places: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class OnTopic:
    """The units of a document on a topic; `doubtful` ones are told only where there are no sure ones."""

    members: tuple[Member, ...] = ()
    doubtful: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class TaggedUnits:
    """The units of a document that stand by themselves, their topics, and the topics items have from their lists."""

    units: tuple[Unit, ...]
    tags: tuple[tuple[Tagged, ...], ...]
    handed: Mapping[int, frozenset[str]]


@lru_cache(maxsize=128)
def tagged_units(document: Document, whole: bool, table: Topics) -> TaggedUnits:
    """Cut a document into units; without `whole` an item of a list stands by itself only with a topic of its own."""
    every = units(document)
    all_tags = tagged(every, table)
    kept = every if whole else tuple(u for u in every if u.owner is None or _own_topics(u, all_tags))
    handed = {i: _handed(u, all_tags) for i, u in enumerate(kept) if u.owner is not None}
    return TaggedUnits(kept, tuple(all_tags[u.place] for u in kept), handed)


def _own_topics(unit: Unit, tags: Sequence[tuple[Tagged, ...]]) -> bool:
    """Say whether an item of a list is surely about something the list as a whole is not about."""
    owners = _handed(unit, tags)
    return any(t.confidence >= PRESENT and t.topic not in owners for t in tags[unit.place])


def _handed(unit: Unit, tags: Sequence[tuple[Tagged, ...]]) -> frozenset[str]:
    """Return the topics an item of a list has from its list: they make no item like another."""
    return frozenset(t.topic for t in tags[unit.owner]) if unit.owner is not None else frozenset()


def on_topics(document: Document, table: Topics) -> dict[str, OnTopic]:
    """Return what a document has on each topic it has anything on; units are those of `tagged_units`, not `whole`."""
    laid = tagged_units(document, False, table)
    sure: dict[str, list[Member]] = {}
    doubtful: dict[str, list[Member]] = {}
    for i, tags in enumerate(laid.tags):
        for tag in tags:
            member = Member(i, tag.confidence, tag.evidence, tag.places)
            (sure if tag.confidence >= PRESENT else doubtful).setdefault(tag.topic, []).append(member)
    out = {topic: OnTopic(members=_narrowed(topic, members, laid.tags)) for topic, members in sure.items()}
    for topic, members in doubtful.items():
        if topic not in out:
            out[topic] = OnTopic(doubtful=tuple(sorted(members, key=lambda m: -m.score)[:DOUBTS]))
    return out


def _narrowed(topic: str, members: Sequence[Member], tags: Sequence[tuple[Tagged, ...]]) -> tuple[Member, ...]:
    """Keep the surest few of a cell, in the order of the text; passers-by leave when others stay."""
    sure = [m for m in members if not _beside(topic, m, tags[m.unit])] or members
    best = sorted(sure, key=lambda m: -m.score)[:CELL_LIMIT]
    return tuple(sorted(best, key=lambda m: m.unit))


def _beside(topic: str, member: Member, tags: Sequence[Tagged]) -> bool:
    """Say whether a unit only touches a topic while it is surely about another one."""
    others = [t.confidence for t in tags if t.topic != topic]
    return member.score < TOUCHES and max(others, default=0) > member.score + TOUCHES_LESS

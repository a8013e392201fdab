"""What decides the states of an act, and how states are told in full: the types of the layer of effects."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.effects.editions import Edition, Marked
from corpus.effects.force.ends import ForceEffect
from corpus.effects.force.entry import Force
from corpus.effects.force.lasting import NO_TERM, Term
from corpus.effects.force.published import Mark
from corpus.effects.standing import Validity
from corpus.model import Instrument


@dataclass(frozen=True, slots=True)
class Basis:
    """A provision that says so: its document and eId ("" the document), the effect, the day, its words."""

    document: str
    eid: str
    effect: str
    text: str
    since: str | None = None


@dataclass(frozen=True, slots=True)
class ProvisionState:
    """The state of a provision that is not simply that of its act."""

    eid: str
    status: Validity
    effects: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class ComingChange:
    """A provision whose words are to change, how that is told («изменится с 01.01.2030»), what will change it."""

    eid: str
    told: str
    effects: tuple[Basis, ...]


@dataclass(frozen=True)
class ActState:
    """The state of an act on a day; `since` and `until` (last day) are of that status where they are known."""

    document: str
    on: str
    status: Validity
    since: str | None = None
    until: str | None = None
    basis: tuple[Basis, ...] = ()
    provisions: tuple[ProvisionState, ...] = ()
    supplements: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    pending: tuple[ComingChange, ...] = ()

    @cached_property
    def to_come(self) -> Mapping[str, ComingChange]:
        """Return the coming changes by eId; "" is the whole act."""
        return {p.eid: p for p in self.pending} | ({"": self.pending[0]} if self.pending else {})

    @cached_property
    def own(self) -> Mapping[str, ProvisionState]:
        """Return the provisions that have a state of their own, by eId."""
        return {p.eid: p for p in self.provisions}


@dataclass(frozen=True, slots=True)
class Acting:
    """What another act does to the force of this one: its own force, its signing, the effects, places found here."""

    document: str
    force: Force
    signed: str | None
    ends: bool
    """The act is about ending, or made to the one it ends, and puts nothing in its place."""
    treaty: bool
    told: tuple[tuple[ForceEffect, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Life:
    """All that decides the states of an act: itself, the acts that touch it, its editions, its supplements."""

    document: str
    act: Instrument
    force: Force
    acting: tuple[Acting, ...]
    editions: tuple[Edition, ...]
    marks: tuple[Mark, ...] = ()
    term: Term = NO_TERM
    parts: tuple[tuple[tuple[str, ...], Force], ...] = ()
    """Its provisions that come into force on a day of their own."""
    coming: Marked = ()
    """What acts would do to its provisions whose day of force is not known."""
    supplements: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    dates: frozenset[str] = frozenset()
    """Dates of the acts of the library that touch it: a printed mark that names another is by one outside."""

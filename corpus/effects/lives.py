"""Everything a library says of an act's force and words: its own text and the acts that name it."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock, RLock
from weakref import WeakKeyDictionary

from analyzers.spans import Span
from corpus.citations.layered.cited import ACTING
from corpus.citations.parsed import Named
from corpus.citations.read.reading import Memory, read
from corpus.citations.resolve.catalogue import Entry
from corpus.citations.resolve.references import resolver
from corpus.citations.resolve.resolving import ResolutionStatus, Resolver
from corpus.clauses.tree import FieldName
from corpus.effects import days, ends, instructions
from corpus.effects.days import Force
from corpus.effects.editions import PENDING, Amending, coming, editions, on_day
from corpus.effects.ends import ForceEffect
from corpus.effects.life import Acting, ActState, Life
from corpus.effects.operations import Instruction
from corpus.effects.standing import StateOnDay, Validity
from corpus.effects.states import alone, short, state
from corpus.errors import NotFoundError
from corpus.lexicon.acts import TREATIES
from corpus.library import Library, Summary
from corpus.model import Document, Instrument

_KEPT = 2_000
"""Lives kept at once."""
_ABOUT_ENDING = re.compile(r"прекращени|расторжени|денонсац|утративш|отмен[еы]|выход[еа]?\s", re.IGNORECASE)
_SUPPLEMENT = re.compile(
    r"дополнительн\w{2,3}\s++(?:протокол|соглашени)|в\s++дополнение\s++к|(?<=\s)к\s++[А-ЯЁ]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Actor:
    """An act that does something to others, and what it does to one of them."""

    document: str
    act: Instrument
    force: Force
    instructions: tuple[Instruction, ...] = ()
    told: tuple[ForceEffect, ...] = ()

    @property
    def signed(self) -> str | None:
        """Return the day of the act."""
        return days.known(self.act.date)


@dataclass(frozen=True, slots=True)
class Link:
    """What an act does to another one: amendment, supplement, or an effect on its force by name."""

    document: str
    target: str
    what: str


class Lives:
    """Tells the lives of a library's documents as it stands: what acts on what is read once, each life when asked."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.resolver: Resolver = resolver(library)
        self._summaries = {s.id: s for s in library.documents()}
        self._lives: dict[str, Life] = {}
        self._told: dict[tuple[str, str], ActState] = {}
        self._meant: dict[tuple[str, Named], str | None] = {}
        self._lock = RLock()

    def life(self, document: str) -> Life:
        """Return the life of a document; raise NotFoundError."""
        with self._lock:
            if document not in self._lives:
                while len(self._lives) >= _KEPT:
                    self._lives.pop(next(iter(self._lives)))
                self._lives[document] = self._gathered(document)
            return self._lives[document]

    def state(self, document: str, on: str) -> ActState:
        """Return the state of a document on a day (ISO 8601); raise NotFoundError."""
        with self._lock:
            if (document, on) not in self._told:
                while len(self._told) >= _KEPT:
                    self._told.pop(next(iter(self._told)))
                self._told[document, on] = state(self.life(document), on)
            return self._told[document, on]

    def short(self, document: str, on: str, eid: str = "") -> StateOnDay:
        """Return the state of a document, or of one of its provisions, in short; raise NotFoundError.

        What no other act touches is told by its summary alone: a page of hits reads no document.
        """
        if self._alone(document):
            own = self._summaries[document]
            return alone(own.days, on, draft=own.status == "draft")
        return short(self.state(document, on), eid)

    def links(self) -> Iterator[Link]:
        """Yield what acts of the library do to one another, target by target."""
        for target, actors in self._actors.items():
            for actor in actors:
                if actor.instructions:
                    yield Link(actor.document, target, "amendment")
                yield from (Link(actor.document, target, str(e)) for e in dict.fromkeys(t.effect for t in actor.told))
        for target, supplements in self._supplements.items():
            yield from (Link(s, target, "supplement") for s in supplements)

    def _alone(self, document: str) -> bool:
        """Say whether nothing but its own days decides the state of a document: no other act, no printed mark."""
        own = self._summaries.get(document)
        return own is not None and bool(own.days) and not own.days[2] and document not in self._actors

    @property
    def documents(self) -> Collection[str]:
        """Return the ids of all documents."""
        return self._summaries.keys()

    def provisions(self, document: str, on: str) -> Mapping[str, Validity] | None:
        """Return the state of each provision of a document; None where all have the document's own."""
        if self._alone(document) or not (told := self.state(document, on)).own:
            return None
        return {p.eid: short(told, p.eid).status for p in self.life(document).act.walk()}

    def summary(self, document: str) -> Summary:
        """Return a document's summary; raise NotFoundError."""
        if document not in self._summaries:
            raise NotFoundError(f"Документа «{document}» нет в библиотеке. Список: svod documents")
        return self._summaries[document]

    def meant(self, document: str, told: ForceEffect) -> str | None:
        """Return the one document an effect told in a document is on; None for none or several."""
        return self._one(told.citation.named, Entry.of(self.summary(document)))

    @cached_property
    def _actors(self) -> dict[str, list[_Actor]]:
        """What acts on each document, by its id; only acts the index knows to act are read."""
        entries = {e.id: e for e in self.resolver.catalogue.entries}
        found: dict[str, list[_Actor]] = {}
        acting = self.library.counts(ACTING, [FieldName.DOCUMENT], max(len(entries), 1))[FieldName.DOCUMENT]
        for id_ in sorted(set(acting) & set(entries)):
            act = self.library.get(id_).instrument
            if act.status == "draft":
                continue
            whole = _Actor(id_, act, days.force(act), instructions.stored(act), ends.stored(act))
            aims: dict[str, tuple[list[Instruction], list[ForceEffect]]] = {}
            for instruction in whole.instructions:
                if (aim := self._one(instruction.named, entries[id_])) is not None:
                    aims.setdefault(aim, ([], []))[0].append(instruction)
            for told in whole.told:
                if (aim := self._one(told.citation.named, entries[id_])) is not None:
                    aims.setdefault(aim, ([], []))[1].append(told)
            for aim, (orders, effects) in aims.items():
                if aim != id_:
                    found.setdefault(aim, []).append(replace(whole, instructions=tuple(orders), told=tuple(effects)))
        return found

    @cached_property
    def _supplements(self) -> dict[str, list[str]]:
        """The acts made in addition to each document: «Дополнительный протокол к Соглашению …»."""
        found: dict[str, list[str]] = {}
        for entry in self.resolver.catalogue.entries:
            if entry.type not in TREATIES or not _SUPPLEMENT.search(entry.title):
                continue
            for citation in read(entry.title, Memory()):
                named = citation.named
                aim = self._one((named.inside or named) if named else None, entry)
                if aim is not None and aim != entry.id and entry.id not in found.setdefault(aim, []):
                    found[aim].append(entry.id)
        return found

    def _one(self, named: Named | None, here: Entry) -> str | None:
        """Return the one document a name means in another document; None for none or several."""
        if named is None:
            return None
        key = (here.id, replace(named, span=Span(0, 0)))
        if key not in self._meant:
            meant = self.resolver.documents(named, here)
            self._meant[key] = meant[0].id if len(meant) == 1 else None
        return self._meant[key]

    def _gathered(self, document: str) -> Life:
        self.summary(document)
        target = self.library.get(document).instrument
        force = days.force(target)
        actors = self._actors.get(document, [])
        acting = tuple(
            Acting(
                a.document,
                a.force,
                a.signed,
                bool(_ABOUT_ENDING.search(a.act.title)),
                a.act.type in TREATIES,
                tuple(self._placed(a.told, document)),
            )
            for a in actors
            if a.told
        )
        amending = [Amending(a.document, a.force.day, a.signed, a.instructions) for a in actors if a.instructions]
        made = editions(target, amending, force.day or days.known(target.date))
        return Life(
            document,
            target,
            force,
            acting,
            made,
            days.marks(target),
            days.term(target, force.day),
            coming(target, amending, made),
            tuple(s for s in self._supplements.get(document, ()) if not any(a.document == s for a in actors)),
            tuple(f"{a.act.title}: {PENDING}" for a in actors if a.instructions and a.force.day is None),
            frozenset(a.signed for a in actors if a.signed),
        )

    def _placed(self, told: tuple[ForceEffect, ...], document: str) -> Iterator[tuple[ForceEffect, tuple[str, ...]]]:
        """Yield effects on a document's force with the provisions they name in it, when they are all there."""
        for one in told:
            if not one.citation.places:
                yield one, ()
                continue
            found = self.resolver.place(document, one.citation.places)
            if found.status is ResolutionStatus.RESOLVED and found.target and not found.missing:
                yield one, found.target.eids


def as_on(told: Lives, document: Document, day: str) -> Document:
    """Return a document with its title and provisions as they stood on a day."""
    edition = on_day(told.life(document.id).editions, day)
    act = replace(document.instrument, title=edition.title, provisions=edition.provisions)
    return replace(document, instrument=act)


_kept: "WeakKeyDictionary[Library, tuple[str, Lives]]" = WeakKeyDictionary()
_lock = Lock()


def lives(library: Library) -> Lives:
    """Return the lives of a library as it stands now, kept until anything in it changes."""
    moment = library.moment()
    with _lock:
        kept = _kept.get(library)
        if kept is None or kept[0] != moment:
            kept = _kept[library] = (moment, Lives(library))
    return kept[1]

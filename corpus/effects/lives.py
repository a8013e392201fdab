"""Everything a library says of an act's force and words: its own text and the acts that name it."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from threading import Lock, RLock
from weakref import WeakKeyDictionary

from analyzers.spans import Span
from corpus.citations.layered.cited import ACTING
from corpus.citations.parsed import CitedPlace, Named
from corpus.citations.read.reading import Memory, read
from corpus.citations.resolve.catalogue import Entry
from corpus.citations.resolve.references import resolver
from corpus.citations.resolve.resolving import ResolutionStatus, Resolver
from corpus.clauses.tree import FieldName
from corpus.effects import instructions
from corpus.effects.editions import PENDING, UNSEEN, Amending, coming, editions, on_day
from corpus.effects.force import ends
from corpus.effects.force.ends import ForceEffect
from corpus.effects.force.entry import Force, parts
from corpus.effects.force.entry import force as force_of
from corpus.effects.force.lasting import term
from corpus.effects.force.published import marks
from corpus.effects.life import Acting, ActState, Life
from corpus.effects.operations import Instruction
from corpus.effects.standing import StateOnDay, Validity
from corpus.effects.states import alone, short, state
from corpus.errors import NotFoundError
from corpus.lexicon.acts import TREATIES
from corpus.lexicon.reckoning import known
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
    about: bool = False
    """It is made to that one: «Протокол к Договору …»."""

    @property
    def name(self) -> str:
        """Return the title, unless the act may not be seen."""
        return self.act.title if self.document else UNSEEN

    @property
    def signed(self) -> str | None:
        """Return the day of the act."""
        return known(self.act.date)


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

    def seen_by(self, document: str, seen: frozenset[str]) -> Life:
        """Return the life of a document as told to who sees these documents: others count, without name or words."""
        if document not in seen:
            raise absent(document)
        return self.life(document) if self.open_to(document, seen) else self._gathered(document, seen)

    def open_to(self, document: str, seen: frozenset[str]) -> bool:
        """Say whether who sees these documents sees every act that touches a document."""
        actors = (a.document for a in self._actors.get(document, ()))
        return seen.issuperset(actors) and seen.issuperset(self._supplements.get(document, ()))

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
        if self.alone(document):
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

    def alone(self, document: str) -> bool:
        """Say whether nothing but its own days decides the state of a document: no other act, no printed mark."""
        own = self._summaries.get(document)
        return own is not None and bool(own.days) and not own.days[2] and document not in self._actors

    @property
    def documents(self) -> Collection[str]:
        """Return the ids of all documents."""
        return self._summaries.keys()

    def provisions(self, document: str, on: str) -> Mapping[str, Validity] | None:
        """Return the state of each provision of a document; None where all have the document's own."""
        if self.alone(document) or not (told := self.state(document, on)).own:
            return None
        return {p.eid: short(told, p.eid).status for p in self.life(document).act.walk()}

    def summary(self, document: str) -> Summary:
        """Return a document's summary; raise NotFoundError."""
        if document not in self._summaries:
            raise absent(document)
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
            whole = _Actor(id_, act, force_of(act), instructions.stored(act), ends.stored(act))
            aims: dict[str, tuple[list[Instruction], list[ForceEffect]]] = {}
            for instruction in whole.instructions:
                if (aim := self._one(instruction.named, entries[id_])) is not None:
                    aims.setdefault(aim, ([], []))[0].append(instruction)
            for told in whole.told:
                if (aim := self._one(told.citation.named, entries[id_])) is not None:
                    aims.setdefault(aim, ([], []))[1].append(told)
            for aim, (orders, effects) in aims.items():
                if aim != id_:
                    about = id_ in self._supplements.get(aim, ())
                    own = replace(whole, instructions=tuple(orders), told=tuple(effects), about=about)
                    found.setdefault(aim, []).append(own)
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

    def _gathered(self, document: str, seen: frozenset[str] | None = None) -> Life:
        """Read the life of a document; with `seen` acts that are not among these do what they do without a name."""
        self.summary(document)
        target = self.library.get(document).instrument
        force = force_of(target)
        actors = [a if seen is None or a.document in seen else _unnamed(a) for a in self._actors.get(document, [])]
        amending = [Amending(a.document, a.force.day, a.signed, a.instructions) for a in actors if a.instructions]
        made = editions(target, amending, force.day or known(target.date))
        beside = {s for s in self._supplements.get(document, ()) if seen is None or s in seen}
        beside.difference_update(a.document for a in actors)
        return Life(
            document,
            target,
            force,
            tuple(self._acting(actors, document)),
            made,
            marks(target),
            term(target, force.day),
            tuple(self._parts(target, document)),
            coming(target, amending, made),
            tuple(s for s in self._supplements.get(document, ()) if s in beside),
            tuple(f"{a.name}: {PENDING}" for a in actors if a.instructions and a.force.day is None),
            frozenset(a.signed for a in actors if a.signed),
        )

    def _acting(self, actors: list[_Actor], document: str) -> Iterator[Acting]:
        for a in actors:
            if a.told:
                ends_it = a.about or bool(_ABOUT_ENDING.search(a.act.title))
                told = tuple(self._placed(a.told, document))
                yield Acting(a.document, a.force, a.signed, ends_it, a.act.type in TREATIES, told)

    def _placed(self, told: tuple[ForceEffect, ...], document: str) -> Iterator[tuple[ForceEffect, tuple[str, ...]]]:
        """Yield effects on a document's force with the provisions they name in it, when they are all there."""
        for one in told:
            if not one.citation.places:
                yield one, ()
            elif eids := self._found(document, one.citation.places):
                yield one, eids

    def _parts(self, target: Instrument, document: str) -> Iterator[tuple[tuple[str, ...], Force]]:
        """Yield the provisions of a document that come into force on a day of their own."""
        for part in parts(target):
            if eids := self._found(document, part.places):
                yield eids, part.force

    def _found(self, document: str, places: tuple[CitedPlace, ...]) -> tuple[str, ...]:
        """Return the provisions of a document at these places when they are all there."""
        found = self.resolver.place(document, places)
        resolved = found.status is ResolutionStatus.RESOLVED and not found.missing
        return found.target.eids if resolved and found.target else ()


def as_on(told: "Told", document: Document, day: str) -> Document:
    """Return a document with its title and provisions as they stood on a day."""
    edition = on_day(told.life(document.id).editions, day)
    act = replace(document.instrument, title=edition.title, provisions=edition.provisions)
    return replace(document, instrument=act)


def _unnamed(actor: _Actor) -> _Actor:
    """Return what an act does without its name and words; its instructions are not carried out on the text."""
    told = tuple(replace(t, eid="", text=UNSEEN) for t in actor.told)
    orders = tuple(replace(i, eid="", text=UNSEEN) for i in actor.instructions)
    return replace(actor, document="", told=told, instructions=orders)


def absent(document: str) -> NotFoundError:
    """Say that a document is not there."""
    return NotFoundError(f"Документа «{document}» нет в библиотеке. Список: svod documents")


class SeenLives:
    """The lives of a library as told to who sees a part of it, each read once; `library` is that part."""

    def __init__(self, whole: Lives, library: Library) -> None:
        self._whole, self.library = whole, library
        self._seen = frozenset(summary.id for summary in library.documents())
        self.life = cache(self._life)
        self.state = cache(self._state)

    def _life(self, document: str) -> Life:
        """Return the life of a document; raise NotFoundError."""
        return self._whole.seen_by(document, self._seen)

    def _state(self, document: str, on: str) -> ActState:
        """Return the state of a document on a day (ISO 8601); raise NotFoundError."""
        if document in self._seen and self._whole.open_to(document, self._seen):
            return self._whole.state(document, on)
        return state(self.life(document), on)

    def summary(self, document: str) -> Summary:
        """Return a document's summary; raise NotFoundError."""
        if document not in self._seen:
            raise absent(document)
        return self._whole.summary(document)

    @property
    def resolver(self) -> Resolver:
        """Return the resolver of the whole library."""
        return self._whole.resolver

    @property
    def documents(self) -> Collection[str]:
        """Return the ids of the documents that are seen."""
        return self._seen

    def short(self, document: str, on: str, eid: str = "") -> StateOnDay:
        """Return the state of a document, or of one of its provisions, in short; raise NotFoundError."""
        self.summary(document)
        if self._whole.alone(document):
            return self._whole.short(document, on, eid)
        return short(self.state(document, on), eid)

    def provisions(self, document: str, on: str) -> Mapping[str, Validity] | None:
        """Return the state of each provision of a document; None where all have the document's own."""
        self.summary(document)
        return self._whole.provisions(document, on)

    def meant(self, document: str, told: ForceEffect) -> str | None:
        """Return the one document an effect told in a document is on, if it is seen."""
        found = self._whole.meant(document, told)
        return found if found in self._seen else None

    def links(self) -> Iterator[Link]:
        """Yield what acts that are seen do to one another."""
        yield from (k for k in self._whole.links() if k.document in self._seen and k.target in self._seen)


Told = Lives | SeenLives
"""What tells lives, of a whole library or of the part one may see."""


def short_or_none(told: Told, document: str, on: str, eid: str = "") -> StateOnDay | None:
    """Return the state of a document or a provision in short; None for what is not there any more."""
    try:
        return told.short(document, on, eid)
    except NotFoundError:
        return None


_kept: "WeakKeyDictionary[Library, tuple[str, Lives]]" = WeakKeyDictionary()
_lock = Lock()


def lives(library: Library) -> Lives | SeenLives:
    """Return the lives of a library as it stands now, kept until anything in it changes."""
    whole = library.whole
    moment = whole.moment()
    with _lock:
        kept = _kept.get(whole)
        if kept is None or kept[0] != moment:
            kept = _kept[whole] = (moment, Lives(whole))
    return kept[1] if whole is library else SeenLives(kept[1], library)

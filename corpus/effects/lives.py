"""Everything a library says of an act's force and words: its own text and the acts that name it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from threading import Lock, RLock
from weakref import WeakKeyDictionary

from corpus.citations.parsed import CitedPlace
from corpus.citations.resolve.catalogue import Entry
from corpus.citations.resolve.resolving import ResolutionStatus, Resolver
from corpus.effects.editions import PENDING, Amending, coming, editions, on_day
from corpus.effects.force.ends import ForceEffect
from corpus.effects.force.entry import Force, parts
from corpus.effects.force.entry import force as force_of
from corpus.effects.force.lasting import term
from corpus.effects.force.published import marks
from corpus.effects.life import Acting, ActState, Life
from corpus.effects.standing import StateOnDay, Validity
from corpus.effects.states import alone, short, state
from corpus.effects.touching import Actor, Link, Relations
from corpus.errors import NotFoundError, absent
from corpus.lexicon.acts import TREATIES
from corpus.lexicon.reckoning import known
from corpus.library import Library, Summary
from corpus.model import Document

KEPT = 2_000
"""Lives kept at once."""
_ABOUT_ENDING = re.compile(r"прекращени|расторжени|денонсац|утративш|отмен[еы]|выход[еа]?\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A life, and what it was gathered from: the document's generation, what acts on it, what supplements it."""

    gathered: tuple[int, tuple[Actor, ...], tuple[str, ...]]
    life: Life


class Lives:
    """Tells the lives of a library's documents as it stands: what acts on what is read once, each life when asked."""

    def __init__(self, library: Library, earlier: "Lives | None" = None) -> None:
        self.library = library
        self.relations: Relations = Relations(library, earlier.relations if earlier else None)
        self.kept: dict[str, _Kept] = dict(earlier.kept) if earlier else {}
        self.told: dict[tuple[str, str], tuple[Life, ActState]] = dict(earlier.told) if earlier else {}
        self._lock = RLock()

    @property
    def resolver(self) -> Resolver:
        """Return the resolver of the library."""
        return self.relations.resolver

    def seen_by(self, document: str, seen: frozenset[str]) -> Life:
        """Return the life of a document as told to who sees these documents: others count, without name or words."""
        if document not in seen:
            raise absent(document)
        return self.life(document) if self.open_to(document, seen) else self._gathered(self.library.get(document), seen)

    def open_to(self, document: str, seen: frozenset[str]) -> bool:
        """Say whether who sees these documents sees every act that touches a document."""
        actors = (a.document for a in self.relations.actors.get(document, ()))
        return seen.issuperset(actors) and seen.issuperset(self.relations.supplements.get(document, ()))

    def life(self, document: str) -> Life:
        """Return the life of a document; raise NotFoundError."""
        self.summary(document)
        with self._lock:
            kept = self._held(document)
            return kept or self._keep(document, self._gathered(self.library.get(document)))

    def fetch(self, documents: Iterable[str]) -> None:
        """Read what the states of documents need, in one reading of the library: all hits of a page together.

        No more than are kept: what is read beyond would push out what was read before it, unused.
        """
        asked = (d for d in dict.fromkeys(documents) if d in self.relations.summaries and not self.alone(d))
        with self._lock:
            missing = list(islice((d for d in asked if not self._held(d)), KEPT))
            for document, found in self.library.read(missing).items() if missing else ():
                self._keep(document, self._gathered(found))

    def _held(self, document: str) -> Life | None:
        """Return a life that is kept and still holds."""
        kept = self.kept.get(document)
        return kept.life if kept and kept.gathered == self._gathered_from(document) else None

    def _keep(self, document: str, life: Life) -> Life:
        """Keep a life, the eldest given up when there are many."""
        while len(self.kept) >= KEPT:
            self.kept.pop(next(iter(self.kept)))
        self.kept[document] = _Kept(self._gathered_from(document), life)
        return life

    def state(self, document: str, on: str) -> ActState:
        """Return the state of a document on a day (ISO 8601); raise NotFoundError."""
        life = self.life(document)
        with self._lock:
            kept = self.told.get((document, on))
            if kept is None or kept[0] is not life:
                while len(self.told) >= KEPT:
                    self.told.pop(next(iter(self.told)))
                kept = self.told[document, on] = (life, state(life, on))
            return kept[1]

    def short(self, document: str, on: str, eid: str = "") -> StateOnDay:
        """Return the state of a document, or of one of its provisions, in short; raise NotFoundError.

        What no other act touches is told by its summary alone: a page of hits reads no document.
        """
        if self.alone(document):
            own = self.relations.summaries[document]
            return alone(own.days, on, draft=own.status == "draft")
        return short(self.state(document, on), eid)

    def links(self) -> Iterator[Link]:
        """Yield what acts of the library do to one another, target by target."""
        return self.relations.links()

    def alone(self, document: str) -> bool:
        """Say whether nothing but its own days decides the state of a document: no other act, no printed mark."""
        own = self.relations.summaries.get(document)
        return own is not None and bool(own.days) and not own.days[2] and document not in self.relations.actors

    @property
    def documents(self) -> Collection[str]:
        """Return the ids of all documents."""
        return self.relations.summaries.keys()

    def provisions(self, document: str, on: str) -> Mapping[str, Validity] | None:
        """Return the state of each provision of a document; None where all have the document's own."""
        if self.alone(document) or not (told := self.state(document, on)).own:
            return None
        return {p.eid: short(told, p.eid).status for p in self.life(document).act.walk()}

    def summary(self, document: str) -> Summary:
        """Return a document's summary; raise NotFoundError."""
        if document not in self.relations.summaries:
            raise absent(document)
        return self.relations.summaries[document]

    def meant(self, document: str, told: ForceEffect) -> str | None:
        """Return the one document an effect told in a document is on; None for none or several."""
        return self.relations.meant(told.citation.named, Entry.of(self.summary(document)))

    def _gathered_from(self, document: str) -> tuple[int, tuple[Actor, ...], tuple[str, ...]]:
        """Return all that a life hangs on."""
        relations = self.relations
        return (
            relations.generations.get(document, 0),
            relations.actors.get(document, ()),
            relations.supplements.get(document, ()),
        )

    def _gathered(self, whole: Document, seen: frozenset[str] | None = None) -> Life:
        """Read the life of a document; with `seen` acts that are not among these do what they do without a name."""
        document, target = whole.id, whole.instrument
        force = force_of(target)
        actors = [
            a if seen is None or a.document in seen else a.unnamed() for a in self.relations.actors.get(document, ())
        ]
        amending = [Amending(a.document, a.force.day, a.signed, a.instructions) for a in actors if a.instructions]
        made = editions(target, amending, force.day or known(target.date))
        beside = {s for s in self.relations.supplements.get(document, ()) if seen is None or s in seen}
        beside.difference_update(a.document for a in actors)
        return Life(
            document,
            target,
            force,
            tuple(self._acting(actors, whole)),
            made,
            marks(target),
            term(target, force.day),
            tuple(self._parts(whole)),
            coming(target, amending, made),
            tuple(s for s in self.relations.supplements.get(document, ()) if s in beside),
            tuple(f"{a.name}: {PENDING}" for a in actors if a.instructions and a.force.day is None),
            frozenset(a.signed for a in actors if a.signed),
        )

    def _acting(self, actors: list[Actor], whole: Document) -> Iterator[Acting]:
        for a in actors:
            if a.told:
                ends_it = a.about or bool(_ABOUT_ENDING.search(a.act.title))
                told = tuple(self._placed(a.told, whole))
                yield Acting(a.document, a.force, a.signed, ends_it, a.act.type in TREATIES, told)

    def _placed(self, told: tuple[ForceEffect, ...], whole: Document) -> Iterator[tuple[ForceEffect, tuple[str, ...]]]:
        """Yield effects on a document's force with the provisions they name in it, when they are all there."""
        for one in told:
            if not one.citation.places:
                yield one, ()
            elif eids := self._found(whole, one.citation.places):
                yield one, eids

    def _parts(self, whole: Document) -> Iterator[tuple[tuple[str, ...], Force]]:
        """Yield the provisions of a document that come into force on a day of their own."""
        for part in parts(whole.instrument):
            if eids := self._found(whole, part.places):
                yield eids, part.force

    def _found(self, whole: Document, places: tuple[CitedPlace, ...]) -> tuple[str, ...]:
        """Return the provisions of a document at these places when they are all there."""
        self.resolver.know(whole)
        found = self.resolver.place(whole.id, places)
        resolved = found.status is ResolutionStatus.RESOLVED and not found.missing
        return found.target.eids if resolved and found.target else ()


def as_on(told: "Told", document: Document, day: str) -> Document:
    """Return a document with its title and provisions as they stood on a day."""
    edition = on_day(told.life(document.id).editions, day)
    act = replace(document.instrument, title=edition.title, provisions=edition.provisions)
    return replace(document, instrument=act)


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

    def fetch(self, documents: Iterable[str]) -> None:
        """Read what the states of documents need in one reading, where nothing is to be kept from who sees them."""
        self._whole.fetch(d for d in documents if d in self._seen and self._whole.open_to(d, self._seen))

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

    def alone(self, document: str) -> bool:
        """Say whether nothing but its own days decides the state of a document."""
        return self._whole.alone(document)

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
            kept = _kept[whole] = (moment, Lives(whole, kept[1] if kept else None))
    return kept[1] if whole is library else SeenLives(kept[1], library)

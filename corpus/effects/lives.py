"""Everything a library says of an act's force and words: its own text and the acts that name it."""

import re
from threading import Lock
from weakref import WeakKeyDictionary
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.citations.resolve.catalogue import Entry
from corpus.citations.parsed import Named
from corpus.citations.read.reading import Memory, read
from corpus.citations.resolve.references import possible, resolver
from corpus.citations.resolve.resolving import Resolver
from corpus.citations.resolve.resolving import ResolutionStatus
from corpus.effects import days, ends, reading
from corpus.effects.editions import Amending, editions
from corpus.effects.states import Acting, Life, ActState, state
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.model import Document, Instrument, InstrumentType

_TREATIES = frozenset({
    InstrumentType.AGREEMENT, InstrumentType.TREATY, InstrumentType.CONVENTION, InstrumentType.PROTOCOL,
    InstrumentType.MEMORANDUM,
})  # fmt: skip
_ABOUT_ENDING = re.compile(r"прекращени|расторжени|денонсац|утративш|отмен[еы]|выход[еа]?\s", re.IGNORECASE)
_SUPPLEMENT = re.compile(r"дополнительн\w{2,3}\s++(?:протокол|соглашени)|в\s++дополнение\s++к|протокол\w?\s.{0,400}?\sк\s", re.IGNORECASE)


@dataclass(slots=True)
class Lives:
    """Tells the lives of a library's documents, each gathered once; made anew when the library changes."""

    library: Library
    resolver: Resolver = field(init=False)
    _lives: dict[str, Life] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the catalogue of the library."""
        self.resolver = resolver(self.library)

    def life(self, document: str) -> Life:
        """Return the life of a document; raise NotFoundError."""
        if document not in self._lives:
            self._lives[document] = self._gathered(document)
        return self._lives[document]

    def state(self, document: str, on: str) -> ActState:
        """Return the state of a document on a day (ISO 8601); raise NotFoundError."""
        return state(self.life(document), on)

    def _gathered(self, document: str) -> Life:
        own = next((e for e in self.resolver.catalogue.entries if e.id == document), None)
        if own is None:
            raise NotFoundError(f"Документа «{document}» нет в библиотеке. Список: svod documents")
        target = self.library.get(document)
        force = days.force(target.instrument)
        acting, amending, supplements, dates = [], [], [], set()
        unknown: list[str] = []
        for other in self._others(own):
            act = other.instrument
            if act.status == "draft":
                continue
            here = Entry.of_document(other)
            since = days.force(act)
            if told := tuple(self._told(act, here, document)):
                acting.append(Acting(other.id, since, act.date, _ends(act), act.type in _TREATIES, told))
            mine = tuple(i for i in reading.stored(act) if self._means(i.named, here, document))
            if mine:
                amending.append(Amending(other.id, since.day, act.date, mine))
                if since.day is None:
                    unknown.append(f"{act.title}: изменение принято, день вступления в силу неизвестен")
            if act.date and (mine or told):
                dates.add(act.date)
            if not mine and not told and self._supplements(act, here, document):
                supplements.append(other.id)
        made = editions(target.instrument, amending, force.day or target.instrument.date)
        return Life(
            document, target.instrument, force, tuple(acting), made, tuple(supplements), tuple(unknown), frozenset(dates)
        )

    def _others(self, own: Entry) -> Iterator[Document]:
        for entry in possible(own, self.library, self.resolver.catalogue):
            if entry.id != own.id:
                yield self.library.get(entry.id)

    def _means(self, named: Named | None, here: Entry, document: str) -> bool:
        """Say whether a name means a document and no other one."""
        return named is not None and [e.id for e in self.resolver.documents(named, here)] == [document]

    def _told(
        self, act: Instrument, here: Entry, document: str
    ) -> Iterator[tuple[ends.ForceEffect, tuple[str, ...]]]:
        """Yield what an act does to the force of a document, with the provisions it names in it."""
        for told in ends.stored(act):
            if not self._means(told.citation.named, here, document):
                continue
            if not told.citation.places:
                yield told, ()
                continue
            found = self.resolver.place(document, told.citation.places)
            if found.status is ResolutionStatus.RESOLVED and found.target and not found.missing:
                yield told, found.target.eids

    def _supplements(self, act: Instrument, here: Entry, document: str) -> bool:
        """Say whether an act is made in addition to a document: «Дополнительный протокол к Соглашению …»."""
        if not _SUPPLEMENT.search(act.title):
            return False
        named = [c.named for c in read(act.title, Memory()) if c.named is not None]
        inner = [n.inside or n for n in named]
        return any(self._means(n, here, document) for n in inner)


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


def _ends(act: Instrument) -> bool:
    return bool(_ABOUT_ENDING.search(act.title))

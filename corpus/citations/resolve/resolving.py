"""Resolve citations: which document, which provisions, or which instrument outside the library."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from corpus.citations.parsed import Citation, CitedPlace, CitedUnit, Named, Reach
from corpus.citations.resolve.catalogue import Catalogue, Entry, same_type
from corpus.citations.resolve.locating import EidIndex, outside
from corpus.lexicon.acts import WORDS, type_of
from corpus.lexicon.countries import find_states
from corpus.model import Document, InstrumentType, Kind


class ResolutionStatus(StrEnum):
    """What became of a citation."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    EXTERNAL = "external"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Target:
    """Provisions of a document; no eIds mean the whole of it, `own` their own text alone («абз. 1 ст. 15»)."""

    document: str
    eids: tuple[str, ...] = ()
    own: bool = False

    @property
    def extent(self) -> str:
        """Return how much of each provision is meant: "whole" or "own"."""
        return "own" if self.own else "whole"


@dataclass(frozen=True, slots=True)
class External:
    """An instrument the library does not hold, and the places cited in it by the numbering rules."""

    type: InstrumentType
    title: str
    date: str | None = None
    number: str | None = None
    eids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome; `missing` are the places that do not exist, `nearest` what exists closest to the first of them.

    It is resolved when every place was found; a list with a place that is missing is not found, and its target holds
    the provisions that were.
    """

    status: ResolutionStatus
    target: Target | None = None
    candidates: tuple[Target, ...] = ()
    external: External | None = None
    missing: tuple[CitedPlace, ...] = ()
    nearest: Target | None = None
    documents: tuple[str, ...] = ()
    """The acts that may be meant, with the place or without it."""


@dataclass(slots=True)
class Resolver:
    """Resolves citations against the documents of a library; `index` reads the eIds of one."""

    catalogue: Catalogue
    index: Callable[[str], EidIndex]
    _indexes: dict[str, EidIndex] = field(default_factory=dict)

    def know(self, document: Document) -> None:
        """Take the eIds of a document that was read already."""
        if document.id not in self._indexes:
            self._indexes[document.id] = EidIndex.of(document.instrument)

    def index_of(self, document: str) -> EidIndex:
        """Return the eIds of a document, read once."""
        if document not in self._indexes:
            self._indexes[document] = self.index(document)
        return self._indexes[document]

    def resolve(self, citation: Citation, here: Entry | None = None, near: str | None = None) -> Resolution:
        """Resolve a citation that stands in provision `near` of document `here` (None: in a text of its own)."""
        named = citation.named
        if here is not None and self._means_own(citation, here, near):
            inside = named is None or _means_attachment(citation, here, near) or _points(citation)
            return self._in_or_annexed(here, citation.places, near if inside else None)
        if named is None:
            return Resolution(ResolutionStatus.NOT_FOUND)
        meant = self.documents(named, here)
        if not meant:
            return Resolution(ResolutionStatus.EXTERNAL, external=_external(named, citation.places))
        if len(meant) == 1:
            places = self._set_into(self.part(named, meant[0].id), citation.places)
            return self._in_or_annexed(meant[0], places, near if here and meant[0].id == here.id else None)
        return self.choose([e.id for e in meant], citation.places)

    def part(self, named: Named, document: str) -> tuple[CitedUnit, ...]:
        """Return the units of a document that a name means: the one attachment of the act that put it into force."""
        found = self.catalogue.of_id(document)
        if named.approved_by is None or found is None or same_type(named, found):
            return ()
        steps = self.index_of(document).steps.values()
        attached = [s[0].num for s in steps if len(s) == 1 and s[0].kind is Kind.ATTACHMENT]
        return (CitedUnit(Kind.ATTACHMENT, attached[0]),) if len(attached) == 1 else ()

    @staticmethod
    def _set_into(part: tuple[CitedUnit, ...], places: tuple[CitedPlace, ...]) -> tuple[CitedPlace, ...]:
        if not part:
            return places
        return tuple(replace(p, units=(*part, *p.units)) for p in places) or (CitedPlace(part),)

    def _means_own(self, citation: Citation, here: Entry, near: str | None) -> bool:
        """Say whether a citation means the act it stands in: no act is named, «настоящего …», its attachment."""
        named = citation.named
        if named is None or _means_attachment(citation, here, near):
            return True
        return named.reach is Reach.THIS and self._is_own(citation, here, near)

    def _in_or_annexed(self, act: Entry, places: Sequence[CitedPlace], near: str | None) -> Resolution:
        """Resolve places in an act, else in the act that is its attachment."""
        found = self._in(act.id, places, near)
        annexed = self._attached(act, places) if found.status is ResolutionStatus.NOT_FOUND else None
        return annexed or found

    def _attached(self, here: Entry, places: Sequence[CitedPlace]) -> Resolution | None:
        """«Приложение 2» may be an act of its own that stands after the citing one in the file: its second."""
        after = self.catalogue.annexed_to(here) if len(places) == 1 else []
        top = places[0].units[0] if after else None
        if top is None or top.kind is not Kind.ATTACHMENT or top.pointing or self.index_of(here.id).find((top,)):
            return None
        numbers = {str(n): n for n in range(1, len(after) + 1)}
        number = numbers.get(top.num, 0) if top.num is not None else int(len(after) == 1)
        if not number:
            return None
        below = places[0].units[1:]
        found = self._in(after[number - 1].id, (CitedPlace(below),) if below else (), None)
        return found if found.status is ResolutionStatus.RESOLVED else None

    def choose(self, documents: Sequence[str], places: Sequence[CitedPlace], near: str | None = None) -> Resolution:
        """Resolve places against several documents that may be meant; a candidate without eIds has not the place.

        Which is meant is never told from which has such a place: nobody has named it.
        """
        found = [(d, *self._targets(d, places, near)) for d in documents]
        candidates = tuple(Target(d, eids, own(places)) for d, eids, _ in found)
        missing = min((m for _, _, m in found), key=len, default=())
        return Resolution(
            ResolutionStatus.AMBIGUOUS, candidates=candidates, missing=missing, documents=tuple(documents)
        )

    def _is_own(self, citation: Citation, here: Entry, near: str | None) -> bool:
        """Say whether «настоящего …» means the citing document and not the act quoted or attached beside it."""
        named = citation.named
        if named is None or same_type(named, here) or not citation.places:
            return True
        if self._targets(here.id, citation.places, near)[0]:
            return True
        return not any(same_type(named, e) for e in self.catalogue.siblings(here))

    def documents(self, named: Named, here: Entry | None = None) -> list[Entry]:
        """Return the documents a name can mean."""
        if named.approved_by is not None:
            return self._approved(named, named.approved_by, here)
        if named.bare:
            return self._by_type(named, here)
        found = self.catalogue.candidates(named, here)
        if not found and named.floating:
            found = self.catalogue.candidates(replace(named, date=None), here)
        if not found and (here is None or (named.year and not named.title.partition(" ")[2])):
            found = self.catalogue.called(named)
        return found

    def _approved(self, named: Named, by: Named, here: Entry | None) -> list[Entry]:
        """Return what is meant of the acts another one put into force: printed with it, or in it as its attachment.

        Without that act in the library, one called so that no other such act stands with.
        """
        if approving := self.documents(by, here):
            own = self.catalogue.approved(named, approving)
            return own or [e for e in approving if self.part(named, e.id)]
        called = [] if named.bare or named.alone else self.documents(replace(named, approved_by=None), here)
        return [e for e in called if not any(same_type(by, s) for s in self.catalogue.siblings(e))]

    def _by_type(self, named: Named, here: Entry | None) -> list[Entry]:
        """A type word alone: the citing document, or the only one of its file that is called so."""
        told = " " in named.title.strip()
        if here is None:
            fitting = [e for e in self.catalogue.entries if same_type(named, e)]
            called = self.catalogue.called(named) if told else fitting
            # «Российско-казахстанского соглашения» is no other one, be it alone in the library; «Минское» names one.
            sure = (
                len(fitting) == 1
                or find_states(named.title)
                or named.title[0].isupper()
                or named.title.startswith("меж")
            )
            return called if len(called) != 1 or sure else fitting
        if same_type(named, here) and not told:
            return [here]
        fitting = [e for e in self.catalogue.siblings(here) if same_type(named, e)]
        return fitting if len(fitting) == 1 else []

    def _in(self, document: str, places: Sequence[CitedPlace], near: str | None) -> Resolution:
        if not places:
            return Resolution(ResolutionStatus.RESOLVED, Target(document), documents=(document,))
        eids, missing, several = self._look(document, places, near)
        if several and not missing:
            told = tuple(Target(document, (*eids, e), own(places)) for e in several)
            return Resolution(ResolutionStatus.AMBIGUOUS, candidates=told, documents=(document,))
        target = Target(document, eids, own(places)) if eids else None
        if not missing:
            return Resolution(ResolutionStatus.RESOLVED, target, documents=(document,))
        closest = self.index_of(document).nearest(missing[0].units, near)
        nearest = Target(document, (closest,)) if closest else None
        return Resolution(ResolutionStatus.NOT_FOUND, target, missing=missing, nearest=nearest, documents=(document,))

    def place(self, document: str, places: Sequence[CitedPlace], near: str | None = None) -> Resolution:
        """Resolve places in a document that is known, around provision `near` where they name no outer unit."""
        return self._in(document, places, near)

    def _targets(
        self, document: str, places: Sequence[CitedPlace], near: str | None
    ) -> tuple[tuple[str, ...], tuple[CitedPlace, ...]]:
        eids, missing, _ = self._look(document, places, near)
        return eids, missing

    def _look(
        self, document: str, places: Sequence[CitedPlace], near: str | None
    ) -> tuple[tuple[str, ...], tuple[CitedPlace, ...], tuple[str, ...]]:
        """Return the eIds found, the places that do not exist, and eIds that cannot be told apart."""
        index = self.index_of(document)
        found: list[str] = []
        missing: list[CitedPlace] = []
        several: list[str] = []
        before: str | None = None
        for place in places:
            eids = index.find(place.units, near)
            if len(eids) == 1:
                found += index.between(before, eids[0]) if place.until and before else ()
                found += eids
                before = before if place.inner else eids[0]
            elif eids:
                several += eids
            elif not place.inner:
                missing.append(place)
        if any(place.until for place in places):
            found = index.ordered(found)
        return tuple(dict.fromkeys(found)), tuple(missing), tuple(dict.fromkeys(several))


def own(places: Sequence[CitedPlace]) -> bool:
    """Say whether places mean paragraphs and not what lies inside: «абз. 1 ст. 15»."""
    return bool(places) and all(p.units[-1].kind is Kind.ALINEA for p in places)


def _means_attachment(citation: Citation, here: Entry, near: str | None) -> bool:
    """Say whether «пункт 2 Правил» in an attachment means the attachment: the act itself is not called so."""
    named = citation.named
    if named is None or not citation.places or not named.bare or not (near or "").startswith("att_"):
        return False
    word = WORDS.get(named.lemma)
    return word is not None and word.annexed and not same_type(named, here)


def _points(citation: Citation) -> bool:
    return any(u.pointing for p in citation.places for u in p.units)


def _external(named: Named, places: Iterable[CitedPlace]) -> External:
    eids = tuple(dict.fromkeys(e for e in map(outside, places) if e))
    return External(type_of(named.lemma), named.title, named.date, named.number, eids)

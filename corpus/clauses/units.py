"""What is compared: units (a paragraph with the items of its list, or one item) cut into sentences."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analyzers.sentences import sentences as sentence_spans
from analyzers.spans import Span
from analyzers.terms import Term, terms
from corpus.model import Document, Instrument, Kind, Provision

HEADING_LENGTH = 100


class Zone(StrEnum):
    """The part of an instrument a unit stands in; parts seldom answer each other."""

    PREAMBLE = "preamble"
    BODY = "body"
    CONCLUSIONS = "conclusions"
    ATTACHMENT = "attachment"


_ZONES = {
    Kind.PREAMBLE: Zone.PREAMBLE,
    Kind.CONCLUSIONS: Zone.CONCLUSIONS,
    Kind.ATTACHMENT: Zone.ATTACHMENT,
    Kind.NOTE: Zone.ATTACHMENT,
}
_HOLDERS = (Kind.SECTION, Kind.PART, Kind.CHAPTER, Kind.ATTACHMENT)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the own text of provision `eid`; the terms' offsets are those of that text."""

    eid: str
    span: Span
    terms: tuple[Term, ...]
    lead: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A thing to align. `own` are the sentences of its own text, `items` those of the list below it.

    `owner` is the place of the unit whose list this item stands in, None for a unit that stands by itself; `heading`
    is the nearest heading and `first` says that no other unit stands between it and this one.
    """

    place: int
    eid: str
    zone: Zone
    article: str
    heading: str
    first: bool
    text: str
    own: tuple[Sentence, ...]
    items: tuple[Sentence, ...]
    members: tuple[str, ...]
    owner: int | None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of own text and items."""
        return self.own + self.items


@lru_cache(maxsize=20_000)
def sentences(eid: str, text: str) -> tuple[Sentence, ...]:
    """Analyse a provision's own text."""
    all_terms = terms(text)
    starts = [term.start for term in all_terms]
    out = []
    for span in sentence_spans(text):
        inside = all_terms[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if inside:
            out.append(Sentence(eid, span, inside, text[span.start : span.end].rstrip().endswith(":")))
    return tuple(out)


@lru_cache(maxsize=512)
def units(document: Document) -> tuple[Unit, ...]:
    """Return the units of a document in order, items after the unit that holds them."""
    return units_of(document.instrument)


def units_of(instrument: Instrument) -> tuple[Unit, ...]:
    """Return the units of an instrument."""
    builder = _Builder()
    for root in instrument.provisions:
        builder.add(root, _ZONES.get(root.kind, Zone.BODY), root.eid, "")
    return builder.finish()


class _Builder:
    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.owned: dict[int, list[Provision]] = {}
        self.fresh: set[str] = set()

    def add(self, provision: Provision, zone: Zone, article: str, heading: str) -> None:
        """Add a provision and what is below it; lists hang on the unit that opens them."""
        if provision.heading or _is_heading(provision):
            heading = provision.heading or provision.text
            self.fresh.add(heading)
        opener: int | None = None
        last: Provision | None = None
        if provision.text:
            opener = self._unit(provision, zone, article, heading, None)
            opener = opener if provision.text.endswith(":") or provision.kind is Kind.PREAMBLE else None
        for child in provision.children:
            below = child.eid if provision.kind in _HOLDERS else article
            if opener is not None and (provision.kind is Kind.PREAMBLE or _continues(child, last)):
                self._item(child, zone, below, heading, opener)
                last = child
                continue
            self.add(child, zone, below, heading)
            opener = len(self.units) - 1 if child.text.endswith(":") and not child.children else None
            last = None

    def _item(self, provision: Provision, zone: Zone, article: str, heading: str, owner: int) -> None:
        self.owned.setdefault(owner, []).append(provision)
        if provision.text:
            self._unit(provision, zone, article, heading, owner)
        for child in provision.children:
            self._item(child, zone, article, heading, owner)

    def _unit(self, provision: Provision, zone: Zone, article: str, heading: str, owner: int | None) -> int:
        first = heading in self.fresh and heading != provision.text
        if heading != provision.text:
            self.fresh.discard(heading)
        own = sentences(provision.eid, provision.text)
        place = len(self.units)
        self.units.append(
            Unit(place, provision.eid, zone, article, heading, first, provision.text, own, (), (provision.eid,), owner)
        )
        return place

    def finish(self) -> tuple[Unit, ...]:
        """Give the owners their items."""
        out = []
        for unit in self.units:
            items = self.owned.get(unit.place, [])
            if items:
                inner = tuple(s for p in items for s in sentences(p.eid, p.text))
                members = (unit.eid, *(p.eid for p in items))
                unit = Unit(  # noqa: PLW2901  the finished unit takes the draft's place
                    unit.place,
                    unit.eid,
                    unit.zone,
                    unit.article,
                    unit.heading,
                    unit.first,
                    unit.text,
                    unit.own,
                    inner,
                    members,
                    unit.owner,
                )
            out.append(unit)
        return tuple(out)


def _is_heading(provision: Provision) -> bool:
    """Say whether a numbered unit's words are a heading: «1. Предмет Соглашения», its provisions below it."""
    text = provision.text
    bare = bool(text) and text[-1] not in ".;:,!?" and len(text) <= HEADING_LENGTH
    return bare and bool(provision.children) and provision.kind in (Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.ARTICLE)


def _continues(provision: Provision, last: Provision | None) -> bool:
    """Say whether a list goes on: it ends with an item that ends in a stop, unless the next is numbered like it."""
    if last is None or last.text.endswith((";", ",", ":")) or last.children:
        return True
    return (provision.kind is last.kind and provision.kind is not Kind.ALINEA) or not last.text.endswith(".")


def walk(document: Document) -> Iterator[Provision]:
    """Yield the provisions a person may ask about: those with a text or a heading."""
    return (p for p in document.instrument.walk() if p.text or p.heading)

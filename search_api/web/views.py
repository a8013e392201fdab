"""What templates show: runs of marked text, hits grouped by article, a document as a tree of nodes."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from analyzers.spans import Span
from corpus import eid as eids
from corpus.citations.resolve.references import outgoing
from corpus.citations.resolve.resolving import ResolutionStatus, Resolver
from corpus.citations.writing import CitationForm, cite
from corpus.clauses.clause import clauses
from corpus.effects.standing import NAMES, StateOnDay
from corpus.library import Summary
from corpus.model import Document, Kind, Provision
from corpus.pages import page_of
from corpus.search.answers import Hit
from corpus.topics.topics import topics
from search_api.answers.doubts.repairs_told import ToldRun
from search_api.answers.reading import label
from search_api.answers.standing import Standing, Stated
from search_api.web.reading.numbering import numbered
from search_api.web.strings import KINDS, TYPES

_T = TypeVar("_T")
_TITLED = {Kind.ARTICLE, Kind.SECTION, Kind.CHAPTER, Kind.PART, Kind.ATTACHMENT}


STATES: Mapping[str, str] = {str(state): name for state, name in NAMES.items()}
_LEVELS: Mapping[str, str] = {**KINDS, Kind.SUBPARAGRAPH: "Пункт вида 3.1"}
"""Levels told apart: a facet counts points and points of points by themselves."""


def value_name(field: str, value: str, titles: Mapping[str, str] = MappingProxyType({})) -> str:
    """Write a value of a facet for the person; `titles` are those of documents by id.

    >>> value_name("type", "law"), value_name("kind", "article"), value_name("place", "Минск")
    ('Закон', 'Статья', 'Минск')
    """
    if field == "topic":
        known = topics().by_id.get(value)
        return known.label if known else value
    names = {"document": titles, "type": TYPES, "kind": _LEVELS, "state": STATES}.get(field, {})
    return names.get(value, value)


@dataclass(frozen=True, slots=True)
class Link:
    """A reference inside a text: its run, its address ("" where it has none) and what it says on hovering."""

    span: Span
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text with one look."""

    text: str
    marked: bool = False
    link: Link | None = None
    mended: ToldRun | None = None
    bridge: bool = False


def runs(
    text: str,
    highlights: Iterable[Span] = (),
    links: Sequence[Link] = (),
    repairs: Sequence[ToldRun] = (),
    bridges: Iterable[Span] = (),
) -> tuple[Run, ...]:
    """Cut a text at every border of what marks it; spans outside the text are cut to it.

    `bridges` are the highlights that stand for another word.

    >>> [(r.text, r.marked) for r in runs("мир и труд", [Span(0, 3)])]
    [('мир', True), (' и труд', False)]
    """
    marks = [Span(max(a, 0), min(b, len(text))) for a, b in highlights if a < len(text) and b > 0]
    meant = [Span(max(a, 0), min(b, len(text))) for a, b in bridges if a < len(text) and b > 0]
    spans = [*marks, *meant, *(x.span for x in links), *(x.span for x in repairs)]
    borders = sorted({0, len(text), *(min(max(b, 0), len(text)) for s in spans for b in s)})
    marked = _laid(borders, [(span, True) for span in marks])
    bridged = _laid(borders, [(span, True) for span in meant])
    linked = _laid(borders, [(x.span, x) for x in links])
    mended_at = _laid(borders, [(x.span, x) for x in repairs])
    return tuple(
        Run(text[start:end], bool(mark), link, repaired, bool(bridge))
        for (start, end), mark, link, repaired, bridge in zip(
            itertools.pairwise(borders), marked, linked, mended_at, bridged, strict=False
        )
    )


def _laid(borders: Sequence[int], things: Sequence[tuple[Span, _T]]) -> list[_T | None]:
    """Say of each border what covers the text from it on, the first of several."""
    out: list[_T | None] = [None] * len(borders)
    for span, thing in reversed(things):
        first, last = bisect_left(borders, span.start), bisect_left(borders, span.end)
        out[first:last] = [thing] * (last - first)
    return out


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one article: `heading` names it."""

    document: str
    title: str
    short: str
    heading: str
    hits: tuple[Hit, ...]


def grouped(hits: Iterable[Hit]) -> tuple[Group, ...]:
    """Gather hits by article, each group where its best hit stands."""
    found: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        found.setdefault((hit.document, eids.article(hit.eid)), []).append(hit)
    return tuple(
        Group(document, held[0].title, held[0].short_name, _unit_name(eid, held), tuple(held))
        for (document, eid), held in found.items()
    )


def _unit_name(eid: str, hits: Sequence[Hit]) -> str:
    """Name the unit that holds hits: from the crumb that names it, else from its own clause among them."""
    step = eids.parse(eid)[-1]
    number = f" {step.num.replace('-', '.')}" if step.num else ""
    name = KINDS[step.kind] + number
    for hit in hits:
        crumb = next((c for c in hit.breadcrumb if re.match(re.escape(name) + r"(?!\.?\d)", c)), "")
        if crumb:
            return crumb
        if hit.eid == eid and hit.heading:
            return f"{name}. {hit.heading}"
    return name


@dataclass(frozen=True, slots=True)
class Node:
    """A provision on the page: `place` is its short citation place, `titled` units have a heading line, `headed`.

    `page` is where it begins in a source with pages; it `turns` a page when it is the first that begins there.
    """

    eid: str
    kind: str
    label: str
    heading: str
    headed: tuple[Run, ...]
    place: str
    titled: bool
    runs: tuple[Run, ...]
    topics: tuple[str, ...]
    found: bool
    inset: bool
    page: int | None
    turns: bool
    touched: "Touched | None"
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """What is shown over a document's text, by eId; `pages` are the first code points of the source's pages."""

    highlights: Mapping[str, Sequence[Span]]
    links: Mapping[str, Sequence[Link]]
    topics: Mapping[str, Sequence[str]]
    pages: Sequence[int] = ()
    repairs: Mapping[str, Sequence[ToldRun]] = field(default_factory=dict)
    touched: Mapping[str, "Touched"] = field(default_factory=dict)


def nodes(document: Document, layers: Layers) -> tuple[Node, ...]:
    """Lay out a document as a tree."""
    listed = {clause.eid for clause in clauses(document) if clause.lead_in}
    turning = frozenset(_turning(document, layers.pages))
    return tuple(_node(document, provision, layers, listed, turning) for provision in document.instrument.provisions)


def _turning(document: Document, pages: Sequence[int]) -> Iterator[str]:
    """Yield the eIds of the units that are the first to begin on a page; page 1 needs no sign."""
    last = 1
    for provision in document.instrument.walk():
        page = page_of(pages, provision) or last
        if page > last:
            yield provision.eid
        last = max(last, page)


def _node(
    document: Document, provision: Provision, layers: Layers, listed: AbstractSet[str], turning: AbstractSet[str]
) -> Node:
    eid, repairs = provision.eid, layers.repairs.get(provision.eid, ())
    headed, own = ([one for one in repairs if one.run.in_heading is which] for which in (True, False))
    return Node(
        eid=eid,
        kind=provision.kind,
        label=label(provision),
        heading=provision.heading or "",
        headed=runs(provision.heading or "", repairs=headed),
        place=cite(document, eid, CitationForm.PLACE),
        titled=provision.kind in _TITLED or bool(provision.heading),
        runs=runs(provision.text, layers.highlights.get(eid, ()), layers.links.get(eid, ()), own),
        topics=tuple(layers.topics.get(eid, ())),
        found=eid in layers.highlights,
        inset=eid in listed or provision.kind is Kind.POINT,
        page=page_of(layers.pages, provision),
        turns=eid in turning,
        touched=layers.touched.get(eid),
        children=tuple(_node(document, child, layers, listed, turning) for child in provision.children),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """Words of an act that touch a provision: what names them, their address, themselves."""

    name: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Touched:
    """The state of a provision that has one of its own, and the words that made it so."""

    state: StateOnDay
    words: tuple[Words, ...]


def touched(stated: Stated, titles: Mapping[str, Summary]) -> dict[str, Touched]:
    """Return the provisions of a document with a state of their own or a change to come."""
    out = {}
    for eid in stated.marked - {""}:
        words = []
        for basis in stated.basis(eid):
            held = titles.get(basis.document)
            called = cite(held, basis.eid) if held else ""
            words.append(Words(called, f"/d/{basis.document}" + (f"/{basis.eid}" if basis.eid else ""), basis.text))
        out[eid] = Touched(stated.of(eid), tuple(dict.fromkeys(words)))
    return out


def reference_links(document: Document, resolving: Resolver, standing: Standing) -> dict[str, list[Link]]:
    """Turn what a document cites into links; a reference without one target in the library stays plain text."""
    out: dict[str, list[Link]] = {}
    for reference in outgoing(document, resolving):
        target = reference.target
        if reference.status is not ResolutionStatus.RESOLVED or target is None:
            continue
        own = target.document == document.id
        for span, eid in numbered(reference.text, target.eids or ("",)):
            href = (
                (f"#{eid}" if own else f"/d/{target.document}/{eid}") if eid else "" if own else f"/d/{target.document}"
            )
            if href:
                state = standing.of(target.document, eid)
                link = Link(span.shifted(reference.span.start), href, state.warning if state else "")
                out.setdefault(reference.eid, []).append(link)
    return out


def topic_notes(document: Document) -> dict[str, list[str]]:
    """Return the topics of provisions, by eId; a topic is told once, at the outermost unit that has it."""
    labels: dict[str, list[str]] = {}
    layer = document.instrument.layers.get("topics")
    for entry in layer if isinstance(layer, list | tuple) else ():
        labels.setdefault(entry["eid"], []).append(entry["label"])
    out = {}
    for eid, own in labels.items():
        above: set[str] = set()
        holder = eids.parent(eid)
        while holder:
            above.update(labels.get(holder, ()))
            holder = eids.parent(holder)
        out[eid] = [name for name in own if name not in above]
    return out

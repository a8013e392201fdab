"""What templates show: runs of marked text, hits grouped by article, a document as a tree of nodes."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analyzers.spans import Span
from corpus import eid as eids
from corpus.citations.writing import Form, cite
from corpus.model import Document, Instrument, Kind, Provision, SourceFile
from corpus.query.answers import Hit
from search_api.reading import Mended, label, mended
from search_api.strings import KINDS

_TITLED = {Kind.ARTICLE, Kind.SECTION, Kind.CHAPTER, Kind.PART, Kind.ATTACHMENT}


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
    mended: Mended | None = None


def runs(
    text: str, highlights: Iterable[Span] = (), links: Sequence[Link] = (), repairs: Sequence[Mended] = ()
) -> tuple[Run, ...]:
    """Cut a text at every border of what marks it; spans outside the text are cut to it.

    >>> [(r.text, r.marked) for r in runs("мир и труд", [Span(0, 3)])]
    [('мир', True), (' и труд', False)]
    """
    marks = [Span(max(a, 0), min(b, len(text))) for a, b in highlights if a < len(text) and b > 0]
    spans = [*marks, *(x.span for x in links), *(x.span for x in repairs)]
    borders = sorted({0, len(text), *(min(max(b, 0), len(text)) for s in spans for b in s)})
    out = []
    for start, end in itertools.pairwise(borders):
        out.append(
            Run(
                text[start:end],
                any(a <= start < b for a, b in marks),
                next((x for x in links if x.span.start <= start < x.span.end), None),
                next((x for x in repairs if x.span.start <= start < x.span.end), None),
            )
        )
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one article: `heading` names it."""

    document: str
    title: str
    heading: str
    hits: tuple[Hit, ...]


def article(eid: str) -> str:
    """Return the eId of the article (or other outermost titled unit) that holds a provision.

    >>> article("sec_1__art_6__para_1"), article("preamble__al_2")
    ('sec_1__art_6', 'preamble')
    """
    steps = eid.split("__")
    kinds = [step.kind for step in eids.parse(eid)]
    at = kinds.index(Kind.ARTICLE) if Kind.ARTICLE in kinds else 0
    return "__".join(steps[: at + 1])


def grouped(hits: Iterable[Hit]) -> tuple[Group, ...]:
    """Gather hits by article, each group where its best hit stands."""
    found: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        found.setdefault((hit.document, article(hit.eid)), []).append(hit)
    groups = []
    for (document, _), held in found.items():
        heading = next((h.breadcrumb[0] for h in held if h.breadcrumb), "")
        groups.append(Group(document, held[0].title, heading, tuple(held)))
    return tuple(groups)


@dataclass(frozen=True, slots=True)
class Node:
    """A provision on the page: `place` is its short citation place, `titled` units have a heading line."""

    eid: str
    kind: str
    label: str
    heading: str
    place: str
    titled: bool
    runs: tuple[Run, ...]
    topics: tuple[str, ...]
    mended: int
    found: bool
    children: tuple["Node", ...]

    @property
    def name(self) -> str:
        """Name the unit in a contents list."""
        return " ".join(x for x in (self.label, self.heading) if x) or KINDS[Kind(self.kind)]


@dataclass(frozen=True, slots=True)
class Layers:
    """What is shown over a document's text, by eId."""

    highlights: Mapping[str, Sequence[Span]]
    links: Mapping[str, Sequence[Link]]
    topics: Mapping[str, Sequence[str]]
    file: SourceFile | None = None


def nodes(document: Document, layers: Layers) -> tuple[Node, ...]:
    """Lay out a document as a tree."""
    act = Numbers(document.instrument)
    return tuple(_node(act, provision, layers) for provision in document.instrument.provisions)


class Numbers:
    """Writes places; the walk for printed numbers is made once for the document, not once for every step."""

    def __init__(self, act: Instrument) -> None:
        self._act = act

    def place(self, provision: Provision) -> str:
        """Write the place of a provision."""
        return cite(self._act, provision.eid, Form.PLACE)


def _node(act: Numbers, provision: Provision, layers: Layers) -> Node:
    repairs = mended(layers.file, provision) if layers.file else ()
    return Node(
        eid=provision.eid,
        kind=provision.kind,
        label=label(provision),
        heading=provision.heading or "",
        place=act.place(provision),
        titled=provision.kind in _TITLED or bool(provision.heading),
        runs=runs(
            provision.text, layers.highlights.get(provision.eid, ()), layers.links.get(provision.eid, ()), repairs
        ),
        topics=tuple(layers.topics.get(provision.eid, ())),
        mended=len(repairs),
        found=provision.eid in layers.highlights,
        children=tuple(_node(act, child, layers) for child in provision.children),
    )


def reference_links(document: Document) -> dict[str, list[Link]]:
    """Turn the layer of references into links; a reference without one target stays plain text."""
    out: dict[str, list[Link]] = {}
    for reference in _references(document):
        target = reference.get("target") or {}
        holder, aims = target.get("document") or document.id, target.get("eids") or ()
        if reference.get("status") != "resolved" or not target:
            continue
        href = f"/d/{holder}/{aims[0]}" if aims else f"/d/{holder}"
        if holder == document.id and aims:
            href = f"#{aims[0]}"
        out.setdefault(reference["eid"], []).append(Link(Span(*reference["span"]), href))
    return out


def _references(document: Document) -> Sequence[Mapping[str, Any]]:
    layer = document.instrument.layers.get("references")
    return layer if isinstance(layer, list | tuple) else ()


def topic_notes(document: Document) -> dict[str, list[str]]:
    """Return the topics of provisions, by eId."""
    layer = document.instrument.layers.get("topics")
    return {eid: list(names) for eid, names in layer.items()} if isinstance(layer, Mapping) else {}

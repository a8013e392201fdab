"""The tabs of a document beside its text: what it cites and what cites it, and the doubts about how it was read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.citations.resolve.references import Incoming, incoming, outgoing
from corpus.citations.resolve.resolving import Resolver
from corpus.citations.writing import CitationForm, cite, cite_range
from corpus.effects.standing import StateOnDay
from corpus.library import Library, Summary
from corpus.metadata.short_names import short_name
from corpus.model import Document
from search_api.answers.standing import Standing
from search_api.http.edge.parameters import Id
from search_api.http.edge.requests import Route
from search_api.service import resolvers
from search_api.service.access.asking import Opened
from search_api.web.facts import related
from search_api.web.pages import render
from search_api.web.reading.heads import doubts, head
from search_api.web.strings import RELATIONS, TYPES, text

router = APIRouter(include_in_schema=False, route_class=Route)


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that cites another: where it stands, its words, where it leads."""

    place: str
    href: str
    words: str
    to: str
    to_href: str


@dataclass(frozen=True, slots=True)
class Linked:
    """The references between this act and one other: the other's name, address and state."""

    name: str
    href: str
    state: StateOnDay | None
    places: tuple[Cited, ...]


@router.get("/d/{document}/links")
def links_page(request: Request, library: Opened, document: Id) -> Response:
    """Show what an act does to others, what it cites, and what cites it by kind."""
    whole, file = library.get(document), library.source(document)
    resolving, standing = resolvers.of(library), Standing(library)
    names = {s.id: s for s in library.documents()}
    return render(
        request,
        "links.html",
        head=head(whole, file, standing),
        related=related(whole, resolving, standing),
        outgoing=list(_outgoing(whole, resolving, names, standing)),
        incoming=_incoming(whole, library, names, standing),
    )


@router.get("/d/{document}/doubts")
def doubts_page(request: Request, library: Opened, document: Id) -> Response:
    """Show the doubts about how a document was read, each with its place."""
    whole = library.get(document)
    return render(
        request, "doubts.html", head=head(whole, library.source(document), Standing(library)), doubts=doubts(whole)
    )


def _outgoing(
    whole: Document, resolving: Resolver, names: Mapping[str, Summary], standing: Standing
) -> Iterator[Linked]:
    """Yield the acts of the library a document cites, in the order of their first citation; itself apart."""
    found: dict[str, list[Cited]] = {}
    for reference in outgoing(whole, resolving):
        target = reference.target
        if target is None or target.document == whole.id or target.document not in names:
            continue
        to = cite_range(names[target.document], target.eids, CitationForm.PLACE) if target.eids else ""
        href = f"/d/{target.document}/{target.eids[0]}" if target.eids else f"/d/{target.document}"
        place = cite(whole, reference.eid, CitationForm.PLACE)
        found.setdefault(target.document, []).append(
            Cited(place, f"/d/{whole.id}#{reference.eid}", reference.text, to, href)
        )
    for document, places in found.items():
        yield Linked(short_name(names[document]), f"/d/{document}", standing.of(document), tuple(places))


def _incoming(
    whole: Document, library: Library, names: Mapping[str, Summary], standing: Standing
) -> dict[str, list[Linked]]:
    """Return the acts that cite a document by what they do to it, then by their type."""
    by_document: dict[str, list[Incoming]] = {}
    for each in incoming(whole.id, library, resolvers.of(library)):
        if each.document in names and each.document != whole.id:
            by_document.setdefault(each.document, []).append(each)
    kinds: dict[str, list[Linked]] = {}
    for document, found in by_document.items():
        told = next((RELATIONS[e.relation] for e in found if e.relation), "")
        kind = told or text("links.cites", type=TYPES[names[document].type])
        places = tuple(dict.fromkeys(_cited(e, names[document], whole) for e in found))
        linked = Linked(short_name(names[document]), f"/d/{document}", standing.of(document), places)
        kinds.setdefault(kind, []).append(linked)
    order = [*RELATIONS.values()]
    return dict(sorted(kinds.items(), key=lambda k: (k[0] not in order, k[0])))


def _cited(found: Incoming, by: Summary, whole: Document) -> Cited:
    to = cite_range(whole, found.target_eids, CitationForm.PLACE) if found.target_eids else ""
    to_href = f"/d/{whole.id}#{found.target_eids[0]}" if found.target_eids else ""
    place = cite(by, found.eid, CitationForm.PLACE)
    return Cited(place, f"/d/{found.document}/{found.eid}", found.text, to, to_href)

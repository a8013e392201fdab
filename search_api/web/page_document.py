"""Pages of a document and of one provision; permalinks."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, NonNegativeInt

from analyzers.spans import Span
from corpus.citations.permalinks import follow
from corpus.citations.resolve.references import incoming
from corpus.citations.writing import CitationForm, cite, place
from corpus.clauses.tree import Field, FieldName
from corpus.library import Library
from corpus.model import Document
from corpus.pages import fixed_pages
from corpus.search import search as searching
from corpus.search.answers import SearchOptions
from search_api.answers.doubts.doubts_told import faults
from search_api.answers.doubts.repairs_told import ToldRun, told_runs
from search_api.answers.reading import placed, provision_or_404
from search_api.answers.standing import Standing
from search_api.exports.forms import MEDIA_TYPES
from search_api.exports.marking import Piece, compared
from search_api.http.edge.parameters import EidText, Id, QueryText, RepairMarks, SomeEid, WordsHash
from search_api.http.edge.requests import Route
from search_api.service import resolvers
from search_api.service.access.asking import Opened
from search_api.web.pages import render
from search_api.web.reading.contents import contents
from search_api.web.reading.heads import head, unlabelled, words_then
from search_api.web.views import Layers, nodes, reference_links, topic_notes, touched

router = APIRouter(include_in_schema=False, route_class=Route)
FOUND_LIMIT = 100


class ReadingQuery(BaseModel):
    """How a document is read: hits of `q` marked, `repairs` beside the source form.

    `changed` names a provision whose words are others than when the permalink that led here was made, `h` the hash of
    those. `at` is the repair that is looked at, `done` are the marks of those answered a moment ago.
    """

    q: QueryText = ""
    repairs: bool = False
    at: NonNegativeInt = 0
    done: RepairMarks = ""
    changed: SomeEid = ""
    h: WordsHash | None = None


@router.get("/d/{document}")
def document_page(request: Request, library: Opened, document: Id, query: Annotated[ReadingQuery, Query()]) -> Response:
    """Show a document: contents, text with anchors."""
    q, repairs, changed = query.q, query.repairs, query.changed
    whole = library.get(document)
    file = library.source(document)
    found = _found(library, document, q) if q.strip() else {}
    resolver = resolvers.of(library)
    standing = Standing(library)
    links, topics = reference_links(whole, resolver, standing), topic_notes(whole)
    titles = {s.id: s for s in library.documents()}
    above = head(whole, file, standing)
    mended = told_runs(library, whole, file) if repairs else []
    by_eid: dict[str, list[ToldRun]] = {}
    for one in mended:
        by_eid.setdefault(one.run.eid, []).append(one)
    layers = Layers(found, links, topics, fixed_pages(file), by_eid, touched(above.stated, titles))
    tree = nodes(whole, layers)
    order = [p.eid for p in whole.instrument.walk() if p.eid in found]
    return render(
        request,
        "document.html",
        document=whole,
        tree=tree,
        contents=contents(tree),
        head=above,
        q=q,
        repairs=repairs,
        mended=mended,
        at=min(query.at, len(mended)),
        done=[one for one in mended if set(query.done.split()) & set(one.marks.split())],
        found=order,
        faults=[
            (made, place(whole, made.eid) if made.eid and whole.find(made.eid) else "")
            for made in faults(library, document)
        ],
        changed=_changed(library, whole, changed, query.h or "") if changed and whole.find(changed) else None,
        formats=tuple(MEDIA_TYPES),
        names={"full": cite(whole, "", CitationForm.FULL), "short": cite(whole, "", CitationForm.SHORT)},
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """A provision cited earlier with other words: its place, those words where they are kept, the two compared."""

    place: str
    was: str
    pieces: tuple[Piece, ...]


def _changed(library: Library, whole: Document, eid: str, hash_: str) -> Changed:
    provision = provision_or_404(whole, eid)
    was = words_then(library, whole.id, eid, hash_) if hash_ else ""
    pieces = compared(was, unlabelled(provision), alone=True) if was else ()
    return Changed(cite(whole, eid, CitationForm.PLACE), was, tuple(pieces))


def _found(library: Library, document: str, q: str) -> dict[str, tuple[Span, ...]]:
    only = (Field(FieldName.DOCUMENT, (document,)),)
    answer = searching.search(library, q, SearchOptions(limit=FOUND_LIMIT, filters=only))
    return {hit.eid: hit.highlights for hit in answer.hits}


@router.get("/d/{document}/{eid}")
def permalink(library: Opened, document: Id, eid: EidText, h: WordsHash | None = None) -> Response:
    """Lead to a provision in its document, by an old address too; `h` is the hash of the words once cited."""
    if h is None:
        provision_or_404(library.get(document), eid)
    place = follow(library, document, eid, h)
    told = f"?changed={place.eid}&h={h}" if place.changed else ""
    return RedirectResponse(f"/d/{place.document}{told}#{place.eid}", 302)


@router.get("/d/{document}/{eid}/card")
def card(request: Request, library: Opened, document: Id, eid: EidText) -> Response:
    """Show one provision with its citations, its form in the source and what cites it."""
    provision = placed(library, document, eid)
    return render(
        request,
        "card.html",
        provision=provision,
        state=Standing(library).of(document, eid),
        title=library.get(document).instrument.title,
        address=str(request.base_url).rstrip("/") + provision.permalink,
    )


@router.get("/d/{document}/{eid}/incoming")
def incoming_page(request: Request, library: Opened, document: Id, eid: EidText) -> Response:
    """Show what cites a provision or what lies in it."""
    whole = library.get(document)
    provision_or_404(whole, eid)
    resolving = resolvers.of(library)
    names, standing = {summary.id: summary for summary in library.documents()}, Standing(library)
    found = [
        {
            "document": item.document,
            "eid": item.eid,
            "citation": cite(names[item.document], item.eid),
            "text": item.text,
            "state": standing.of(item.document, item.eid),
        }
        for item in incoming(document, library, resolving, eid)
        if item.document in names
    ]
    return render(
        request,
        "incoming.html",
        found=found,
        state=standing.of(document, eid),
        citation=cite(whole, eid),
        document=document,
        eid=eid,
    )

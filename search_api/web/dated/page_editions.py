"""Pages of an act's editions: the text as it stood on a day, and two of them side by side."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from corpus.citations.writing import CitationForm, cite, name
from corpus.effects.editions import UNSEEN, Edition, Marked, TextChange, Touch, differences, on_day
from corpus.effects.lives import Told, lives
from corpus.effects.standing import StateOnDay
from corpus.errors import NotFoundError
from corpus.model import Document, Provision
from search_api.answers.reading import label
from search_api.answers.standing import Standing
from search_api.answers.telling import day_of, two_days
from search_api.exports.marking import Mark, Piece, compared
from search_api.http.edge.parameters import Id, WrittenDay
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Opened
from search_api.web.pages import render

router = APIRouter(prefix="/editions", include_in_schema=False, route_class=Route)


@dataclass(frozen=True, slots=True)
class Source:
    """An instruction that made words: the act and its provision by name, their address, its own words."""

    name: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A provision of an edition: how deep it lies, its number and heading, its words and the acts they come from."""

    eid: str
    depth: int
    label: str
    heading: str
    text: str
    state: StateOnDay | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A provision that differs between two editions: its place, what became of it, both texts cut into pieces."""

    place: str
    kind: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    source: Source | None


@router.get("/{document}")
def edition_page(request: Request, library: Opened, document: Id, on: Annotated[WrittenDay, Query()] = "") -> Response:
    """Show the text of a document on a day (without one: today), and every edition to choose from."""
    day, told = day_of(on), lives(library)
    made = told.life(document).editions
    edition, standing = on_day(made, day), Standing(library, day)
    stated = standing.stated(library.get(document))
    return render(
        request,
        "edition.html",
        document=document,
        on=day,
        edition=edition,
        number=made.index(edition),
        editions=made,
        stated=stated,
        lines=[_line(p, depth, edition, stated.mark(p.eid), told) for p, depth in _walked(edition)],
        gone=[_gone(eid, touches, told, stated.document) for eid, touches in _by(edition.gone, day)],
        unapplied=[(_source(u.document, u.eid, u.text, told), u.reason) for u in edition.unapplied],
    )


@router.get("/{document}/compare")
def beside_page(
    request: Request,
    library: Opened,
    document: Id,
    begin: Annotated[WrittenDay, Query(alias="from")] = "",
    end: Annotated[WrittenDay, Query(alias="to")] = "",
) -> Response:
    """Show what differs between the texts of two days, side by side; without days the first and the last edition."""
    told = lives(library)
    made, whole = told.life(document).editions, library.get(document)
    first, last = two_days(begin or made[0].since or "0001-01-01", end)
    rows = [_beside(c, whole, told) for c in differences(on_day(made, first), on_day(made, last))]
    return render(
        request,
        "editions_compared.html",
        document=document,
        title=whole.instrument.title,
        begin=first,
        end=last,
        rows=rows,
        editions=made,
    )


def _walked(edition: Edition) -> list[tuple[Provision, int]]:
    return [(p, p.eid.count("__")) for root in edition.provisions for p in root.walk()]


def _line(provision: Provision, depth: int, edition: Edition, state: StateOnDay | None, told: Told) -> Line:
    touches = dict(edition.touched).get(provision.eid, ())
    sources = tuple(_source(t.by.document, t.by.eid, t.text, told) for t in touches)
    return Line(provision.eid, min(depth, 3), label(provision), provision.heading or "", provision.text, state, sources)


def _by(marked: Marked, day: str) -> Marked:
    return tuple((eid, touches) for eid, touches in marked if touches[-1].since <= day)


def _gone(eid: str, touches: tuple[Touch, ...], told: Told, document: Document) -> tuple[str, Source]:
    last = touches[-1]
    return cite(document, eid, CitationForm.PLACE), _source(last.by.document, last.by.eid, last.text, told)


def _source(document: str, eid: str, text: str, told: Told) -> Source:
    href = f"/d/{document}" + (f"/{eid}" if eid else "")
    if not document:
        return Source(UNSEEN, "", "")
    try:
        summary = told.summary(document)
    except NotFoundError:
        return Source(document, href, text)
    return Source(cite(summary, eid) if eid else name(summary), href, text)


def _beside(change: TextChange, document: Document, told: Told) -> Beside:
    before, after = change.before or "", change.after or ""
    source = _source(change.by.document, change.by.eid, "", told) if change.by else None
    left = (Piece(before, Mark.GONE if not after else Mark.SAME),) if before else ()
    right = tuple(compared(before, after)) if before else (Piece(after, Mark.NEW),)
    return Beside(cite(document, change.eid, CitationForm.PLACE), change.kind, left, right if after else (), source)

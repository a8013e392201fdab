"""The queue of doubts: what the program is not sure of, one a screen, stepped through and answered by keys."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from analyzers.repair import THETA
from corpus.citations.writing import place
from corpus.comparison.decided import again, decided, stale_among, undo
from corpus.comparison.decisions import cell_decision, keep
from corpus.comparison.grid import Verdict
from corpus.comparison.kept.cells import Sheet
from corpus.comparison.kept.library_cells import cells_in
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.metadata.corrections import LEFT_BEHIND, OTHERWISE
from corpus.metadata.short_names import short_name
from corpus.model import Document
from corpus.topics.own_topics import topics_in
from search_api.answers.doubtful import DoubtKind, doubtful, doubts_of, unsure_repairs
from search_api.answers.standing import Standing
from search_api.http.edge.parameters import Back, DecisionKey, EidText, Id, SomeId, Topic
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened
from search_api.web.compare.page_decisions import ShownDecision, done_at, in_words, just_done
from search_api.web.pages import render
from search_api.web.strings import text

router = APIRouter(include_in_schema=False, route_class=Route)
AROUND = 30
"""Letters beside a repair that are shown with it, at most."""
WORDS = 1500
"""Letters of a provision that are shown, at most; the rest is read at its place."""


class DoubtsQuery(BaseModel):
    """Which doubts, and the number of the one shown; `done` is the key of what was decided a moment ago."""

    document: SomeId = ""
    kind: DoubtKind | Literal[""] = ""
    number: int = Field(1, alias="n", ge=1, le=1_000_000)
    done: DecisionKey = ""

    def href(self, number: int = 1, kind: str | None = None) -> str:
        """Return the address of a doubt among these, or of the first of a kind."""
        asked = {"document": self.document, "kind": self.kind if kind is None else kind, "n": number}
        told = urlencode({k: v for k, v in asked.items() if v and (k, v) != ("n", 1)})
        return "/doubts" + (f"?{told}" if told else "")


@dataclass(frozen=True, slots=True)
class DoubtPlace:
    """A provision a doubt is about, with its words."""

    name: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    """A doubt in words; `eids` are the provisions of a doubtful cell, `decision` is one whose text changed."""

    message: str
    href: str
    subject: str = ""
    reasons: tuple[str, ...] = ()
    places: tuple[DoubtPlace, ...] = ()
    eids: tuple[str, ...] = ()
    decision: ShownDecision | None = None
    possible: bool = True


@router.get("/doubts")
def queue_page(request: Request, library: Opened, query: Annotated[DoubtsQuery, Query()]) -> Response:
    """Show a doubt of the queue, and how many there are of each kind."""
    whole = library.get(query.document) if query.document else None
    every = [one for one in doubtful(library) if query.document in ("", one.document)]
    listed = [one for one in every if query.kind in ("", one.kind)]
    counted, number = Counter(one.kind for one in every), min(query.number, len(listed))
    item = listed[number - 1] if listed else None
    holder = library.get(item.document) if item else None
    return render(
        request,
        "queue.html",
        query=query,
        only=short_name(whole.instrument) if whole else "",
        kinds=[(kind, count) for kind in DoubtKind if (count := counted[kind])],
        every=len(every),
        total=len(listed),
        number=number,
        item=item,
        document=holder,
        state=Standing(library).of(item.document) if item else None,
        shown=_SHOWING[item.kind](library, holder, item.what) if item and holder else None,
        back=query.href(number),
        previous=query.href(number - 1) if number > 1 else "",
        next=query.href(number + 1) if number < len(listed) else "",
        done=just_done(library, decided(library), query.done),
    )


class AnswerForm(BaseModel):
    """What the lawyer says of a doubtful cell, or of a decision whose text changed (`key`); and where to go then."""

    document: Id
    topic: Topic = ""
    eid: list[EidText] = Field([], max_length=50)
    key: DecisionKey = ""
    act: Literal["confirm", "reject", "again", "undo"]
    back: Back = "/doubts"


@router.post("/doubts")
def answer(library: Opened, author: Author, form: Annotated[AnswerForm, Form()]) -> Response:
    """Store the lawyer's answer as a decision in the lawyer's name, and go on to the next doubt."""
    key = form.key
    if form.act == "undo":
        undo(library, key, author)
    elif form.act == "again":
        again(library, key, author)
    else:
        if form.topic not in topics_in(library).by_id:
            raise NotFoundError(f"Нет темы «{form.topic}».")
        verdict = Verdict(form.act)
        eids = form.eid if verdict is Verdict.CONFIRM else ()
        key = keep(library, cell_decision(library.get(form.document), form.topic, verdict, author, eids)).key
    structlog.get_logger().info("doubt answered", author=author, key=key, act=form.act)
    return RedirectResponse(done_at(form.back, key), 303)


def _reading(library: Library, document: Document, what: str) -> ShownDoubt:
    """Show a doubt about how a place was read."""
    del library
    doubt, eid = doubts_of(document.instrument)[int(what)]
    if doubt.rule in {OTHERWISE, LEFT_BEHIND}:
        return ShownDoubt(doubt.message, f"/d/{document.id}/metadata")
    return _at(document, eid, doubt.message)


def _repair(library: Library, document: Document, what: str) -> ShownDoubt:
    """Show a repair that is not sure: both forms, with the word they stand in."""
    file = library.source(document.id)
    eid = dict(unsure_repairs(file, document.instrument))[int(what)]
    edit = file.edits[int(what)]
    before = re.split(r"\s", file.text[max(edit.start - AROUND, 0) : edit.start])[-1]
    after = re.split(r"\s", file.text[edit.end : edit.end + AROUND])[0]
    was, now = f"{before}{file.text[edit.start : edit.end]}{after}", f"{before}{edit.replacement}{after}"
    told = "doubts.repair.made" if edit.confidence >= THETA else "doubts.repair.left"
    return _at(document, eid, text(told, was=" ".join(was.split()), now=" ".join(now.split())))


def _cell(library: Library, document: Document, what: str) -> ShownDoubt:
    """Show a cell of which something was found that may not be it."""
    cells = cells_in(library)
    cell, label = cells.cell(document.id, what), cells.table.by_id[what].label
    eids = tuple(eid for eid, _, _ in cell.provisions)
    places = tuple(_places(document, eids))
    return ShownDoubt(text("doubts.cell"), places[0].href, label, cell.evidence, places, eids)


def _stale(library: Library, document: Document, what: str) -> ShownDoubt:
    """Show a decision with the words as they stand now."""
    one = next(one for one in decided(library) if one.key == what)
    (made,) = stale_among(library, [one])
    named = {document.id: [made.eid] if made.eid else list(made.provisions)}
    if made.other:
        named[made.other] = [made.other_eid or ""]
    for anchor in made.anchors:
        holder, _, eid = anchor.partition(":")
        named.setdefault(holder, []).append(eid)
    known = {summary.id for summary in library.documents()}
    holders = {id_: library.get(id_) for id_ in named if id_ in known}
    places = tuple(p for id_, holder in holders.items() for p in _places(holder, named[id_]))
    (shown,) = in_words(library, [one])
    possible = len(holders) == len(named) and all(p.words for p in places)
    href = places[0].href if places else f"/d/{document.id}"
    return ShownDoubt(text("doubts.stale"), href, shown.subject, places=places, decision=shown, possible=possible)


_SHOWING: Final[Mapping[DoubtKind, Callable[[Library, Document, str], ShownDoubt]]] = {
    DoubtKind.READING: _reading,
    DoubtKind.REPAIR: _repair,
    DoubtKind.CELL: _cell,
    DoubtKind.STALE: _stale,
}


def _at(document: Document, eid: str, message: str) -> ShownDoubt:
    """Show a doubt with the words of the provision it is about; "" is the whole document."""
    places = tuple(_places(document, [eid] if eid else []))
    return ShownDoubt(message, places[0].href if places else f"/d/{document.id}", places=places)


def _places(document: Document, eids: Iterable[str]) -> Iterable[DoubtPlace]:
    """Yield provisions with their words, "" for those that are there no more."""
    sheet = Sheet(document)
    for eid in eids:
        words = sheet.text(eid) if eid in sheet.provisions else ""
        name = place(document, eid) if words else text("doubts.gone")
        cut = words if len(words) <= WORDS else words[:WORDS].rpartition(" ")[0] + " …"
        yield DoubtPlace(name, f"/d/{document.id}" + (f"#{eid}" if words else ""), cut)

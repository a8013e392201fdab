"""The page of what people decided: cells, equivalents, facts; by whom, when, and taken back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from corpus.citations.writing import place
from corpus.comparison.decided import Decided, DecisionKind, chosen, decided, stale_among
from corpus.comparison.grid import Decision
from corpus.effects.standing import StateOnDay
from corpus.library import Library, Summary
from corpus.metadata.corrections import StoredCorrection
from corpus.metadata.short_names import short_name
from corpus.topics.own_topics import topics_in
from ingest.withholding import redo, undo
from search_api.answers.standing import Standing
from search_api.http.edge.parameters import Back, DecisionKey, Line
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened
from search_api.web.facts import shown
from search_api.web.pages import moment, render
from search_api.web.strings import FIELDS, text

router = APIRouter(include_in_schema=False, route_class=Route)
PAGE = 30


class DecisionsQuery(BaseModel):
    """What of the decisions is shown; `done` is the key of what was taken back a moment ago."""

    kind: DecisionKind | Literal[""] = ""
    author: Line = ""
    state: Literal["", "standing", "withdrawn"] = ""
    first: int = Field(0, alias="from", ge=0, le=1_000_000)
    done: DecisionKey = ""

    def href(self, first: int = 0, done: str = "") -> str:
        """Return the address of these decisions."""
        asked = {"kind": self.kind, "author": self.author, "state": self.state, "from": first, "done": done}
        return "/decisions" + (f"?{told}" if (told := urlencode({k: v for k, v in asked.items() if v})) else "")


@dataclass(frozen=True, slots=True)
class DecisionPlace:
    """A document a decision is about: its short name ("" where it was deleted), its state, the places named."""

    document: str
    name: str
    state: StateOnDay | None
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision in words: what was decided, on what, whether it stands."""

    key: str
    kind: DecisionKind
    subject: str
    href: str
    verdict: str
    about: tuple[DecisionPlace, ...]
    note: str
    history: tuple[str, ...]
    stale: bool
    withdrawn: bool
    possible: bool


@router.get("/decisions")
def decisions_page(request: Request, library: Opened, query: Annotated[DecisionsQuery, Query()]) -> Response:
    """Show what people decided, the latest first."""
    every = decided(library)
    undone = None if not query.state else query.state == "withdrawn"
    listed, first = chosen(every, query.kind, query.author, undone=undone), query.first
    return render(
        request,
        "decisions.html",
        listed=list(in_words(library, listed[first : first + PAGE])),
        total=len(listed),
        every=len(every),
        authors=sorted({name for one in every for name in one.people}),
        kinds=tuple(DecisionKind),
        query=query,
        back=query.href(first),
        previous=query.href(max(first - PAGE, 0)) if first else "",
        next=query.href(first + PAGE) if first + PAGE < len(listed) else "",
        done=just_done(library, every, query.done),
    )


def just_done(library: Library, every: Iterable[Decided], key: str) -> ShownDecision | None:
    """Return what was decided or taken back a moment ago, in words."""
    return next(in_words(library, [one for one in every if one.key == key]), None)


class TakeBackForm(BaseModel):
    """A decision to be withdrawn or put in force again, and where to go then."""

    key: DecisionKey
    act: Literal["undo", "redo"]
    back: Back = "/decisions"


@router.post("/decisions")
def take_back(library: Opened, author: Author, form: Annotated[TakeBackForm, Form()]) -> Response:
    """Withdraw a decision, or put a withdrawn one in force again, and go back to the list."""
    if form.act == "undo":
        undo(library, form.key, author)
    else:
        redo(library, form.key, author)
    structlog.get_logger().info("decision " + form.act, author=author, key=form.key)
    return RedirectResponse(done_at(form.back, form.key), 303)


def done_at(back: str, key: str) -> str:
    """Return the address of the list of decisions, or of the queue of doubts, that tells of a decision just made."""
    back = back if re.match(r"/(?:decisions|doubts)(?![^?])", back) else "/decisions"
    return f"{back}{'&' if '?' in back else '?'}{urlencode({'done': key})}"


def in_words(library: Library, listed: Sequence[Decided]) -> Iterator[ShownDecision]:
    """Yield decisions in words; texts are read only of what is shown."""
    changed = {made.key for made in stale_among(library, listed)}
    summaries, standing, known = {s.id: s for s in library.documents()}, Standing(library), topics_in(library).by_id
    for one in listed:
        made = one.made
        if isinstance(made, Decision):
            subject, href, verdict = _compared(made, {t.id: t.label for t in known.values()})
            places = {made.document: (made.eid,) if made.eid else made.provisions}
            if made.other:
                places[made.other] = (made.other_eid or "",)
        else:
            subject, href, verdict = _fact(made)
            places = {made.document: ()}
        about = tuple(_about(d, eids, summaries, standing) for d, eids in places.items())
        yield ShownDecision(
            one.key,
            one.kind,
            subject,
            href,
            verdict,
            about,
            made.note,
            _history(one),
            one.key in changed and not one.withdrawn_by,
            bool(one.withdrawn_by),
            isinstance(made, Decision) or made.document in summaries,
        )


def _compared(made: Decision, labels: dict[str, str]) -> tuple[str, str, str]:
    """Tell the subject of a decision about a cell or a pair, its address, and what was decided."""
    if made.other:
        return text("decisions.equivalent"), "", text(f"decisions.equivalent.{made.verdict}")
    if made.spot:
        mark = made.key.rpartition(":")[2]
        return made.doubt, f"/d/{made.document}?repairs=1#repair-{mark}", text(f"decisions.repair.{made.verdict}")
    if made.doubt:
        return made.doubt, "", text(f"decisions.doubt.{made.verdict}")
    topic = made.topic or ""
    if topic in labels:
        return labels[topic], f"/matrix/{topic}", text(f"decisions.cell.{made.verdict}")
    return text("decisions.untold"), "", text(f"decisions.cell.{made.verdict}")


def _fact(made: StoredCorrection) -> tuple[str, str, str]:
    now, was = ("; ".join(shown(made.field, v) for v in values or ()) for values in (made.value, made.read))
    told = text("decisions.fact", now=now or text("field.nothing"), was=was or text("field.nothing"))
    return FIELDS[made.field], f"/d/{made.document}/metadata#field-{made.field}", told


def _about(document: str, eids: Iterable[str], summaries: dict[str, Summary], standing: Standing) -> DecisionPlace:
    summary = summaries.get(document)
    if summary is None:
        return DecisionPlace(document, "", None, ())
    places = tuple((place(summary, eid), f"/d/{document}/{eid}") for eid in eids if eid)
    return DecisionPlace(document, short_name(summary), standing.of(document), places)


def _history(one: Decided) -> tuple[str, ...]:
    """Tell who made a decision, who put it back and who withdrew it, each with the time."""
    made = one.made
    loaded = made.imported_by if made.imported_by != made.author else ""
    told = [_by(made.author, made.time) + (text("decisions.imported", author=loaded) if loaded else "")]
    told += [text("decisions.renewed", by=_by(made.renewed_by, made.renewed_at))] if made.renewed_by else []
    told += [text("decisions.withdrawn", by=_by(one.withdrawn_by, one.withdrawn_at))] if one.withdrawn_by else []
    return tuple(told)


def _by(author: str, time: str) -> str:
    return f"{author}, {moment(int(datetime.fromisoformat(time).timestamp()))}"

"""The comparison pages: choosing documents, the table of subjects and documents, the lawyer's decisions."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

import structlog
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from corpus.clauses.clause import clauses
from corpus.comparison import decisions as deciding
from corpus.comparison.grades import Grade
from corpus.comparison.grid import Cell, CellStatus, Column, Comparison, Row, Verdict
from corpus.comparison.kept.overview import how_sure, overview
from corpus.comparison.rows import FEWEST, MOST, UNTOLD
from corpus.comparison.table import compare_in
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.plain import Record
from corpus.topics.folds import folded_up
from corpus.topics.own_topics import (
    EXAMPLE_LIMIT,
    LABEL_LIMIT,
    MOST_EXAMPLES,
    add_topic,
    own_topics,
    reclassify,
    remove_topic,
    topics_in,
)
from ingest.withholding import undo
from search_api.answers.listing import Filters, Order, chosen
from search_api.answers.reading import label
from search_api.exports.marking import Piece, pieces, reference
from search_api.http.comparison import MEDIA_TYPES
from search_api.http.edge.parameters import Anchor, Back, Compared, DecisionKey, EidText, Id, Line, SomeId, Topic, Words
from search_api.http.edge.problems import ProblemError
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened
from search_api.web.compare.choosing import choices
from search_api.web.compare.ticks import Line as MarkLine
from search_api.web.compare.ticks import ticks
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)
SEPARATOR = "…"
UNTOLD_ALL = UNTOLD
"""Asked for as a topic: all rows that fit none."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell with its words cut into pieces that say how they differ from the row's first full cell."""

    column: Column
    cell: Cell
    pieces: tuple[Piece, ...]
    base: bool
    sure: str

    @property
    def text(self) -> str:
        """Return the words of the cell's provisions, a provision a paragraph."""
        return "\n".join(p.text for p in self.cell.provisions)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the page."""

    row: Row
    cells: tuple[ShownCell, ...]
    marks: tuple[MarkLine, ...]


def table_address(documents: list[str], **params: object) -> str:
    """Return the permalink of a comparison."""
    given = urlencode({k: v for k, v in params.items() if v}, doseq=True)
    return "/compare/" + quote(SEPARATOR.join(documents)) + (f"?{given}" if given else "")


@router.get("/compare")
def choose(
    request: Request,
    library: Opened,
    d: Annotated[list[Line] | None, Query(max_length=1000)] = None,
    topic: Annotated[list[Line] | None, Query(max_length=200)] = None,
    go: bool = False,
    edit: bool = False,
) -> Response:
    """Choose documents; two or more chosen lead to their comparison, at the topics named."""
    picked = list(dict.fromkeys(d or []))
    if FEWEST <= len(picked) <= MOST and not edit:
        return RedirectResponse(table_address(picked, topic=topic), 303)
    documents = chosen(library.documents(), Filters(), Order.TITLE)
    listed = choices(library, documents)
    return render(
        request,
        "choose.html",
        documents=listed,
        kinds=sorted({d.type for d in documents}),
        states=sorted({c.state for c in listed}),
        chosen=picked,
        topic=topic or (),
        few=go or len(picked) > MOST,
    )


@router.get("/compare/topics")
def topics_page(request: Request, library: Opened) -> Response:
    """Show the topics users added, and let the lawyer add one by example clauses."""
    known = topics_in(library).by_id
    return render(request, "topics.html", own=own_topics(library), known=known)


class TopicForm(BaseModel):
    """A topic by examples, parted by blank lines; or the id of one to be withdrawn."""

    label: str = Field("", max_length=LABEL_LIMIT)
    description: str = Field("", max_length=EXAMPLE_LIMIT)
    examples: str = Field("", max_length=MOST_EXAMPLES * EXAMPLE_LIMIT)
    remove: Topic = ""


@router.post("/compare/topics")
def change_topics(library: Opened, author: Author, form: Annotated[TopicForm, Form()]) -> Response:
    """Store a topic in the lawyer's name, or withdraw one, and classify the library's documents anew."""
    if form.remove:
        remove_topic(library, form.remove)
    else:
        examples = [e for e in re.split(r"\r?\n[^\S\n]*+\n\s*+", form.examples) if e.strip()]
        add_topic(library, form.label, examples, author, form.description)
    changed = reclassify(library)
    structlog.get_logger().info("topics changed", author=author, topic=form.remove or form.label, files=changed)
    return RedirectResponse("/compare/topics", 303)


class ComparisonView(BaseModel):
    """What of a comparison is shown: topics (none: the overview), all rows or those that differ in substance, marks."""

    topic: list[Line] = Field([], max_length=200)
    show: Words = Field("", description="all: строки без различий по существу тоже")
    view: Words = Field("", description="marked: слова против слов основы")
    base: SomeId = ""


@router.get("/compare/{documents}")
def comparison_page(
    request: Request, library: Opened, documents: Compared, asked_view: Annotated[ComparisonView, Query()]
) -> Response:
    """Show documents side by side: an overview of all topics, or the provisions of the topics named."""
    ids, wanted = documents.split(SEPARATOR), [t for t in asked_view.topic if t]
    if not wanted:
        return _overview_page(request, library, ids, everything=asked_view.show == "all")
    every = compare_in(library, ids, () if UNTOLD_ALL in wanted else wanted)
    rows = [r for r in every.rows if UNTOLD_ALL not in wanted or r.anchors]
    marked, base = asked_view.view == "marked", asked_view.base
    shown = [_shown(row, every, base, marked=marked) for row in rows]
    known = topics_in(library).by_id
    asked = [("document", i) for i in ids] + [("topic", t) for t in wanted if t in known]
    return render(
        request,
        "compare.html",
        comparison=every,
        rows=shown,
        marked=marked,
        base=base,
        topic=wanted,
        ids=ids,
        address=table_address,
        topics=known.values(),
        exports=tuple(MEDIA_TYPES),
        export="/api/v1/compare?" + urlencode(asked),
    )


def _overview_page(request: Request, library: Library, ids: list[str], *, everything: bool) -> Response:
    found = overview(library, ids)
    weighty = {Grade.SUBSTANCE, Grade.ABSENT}
    rows = {row.topic: row for row in found.rows if everything or row.grade in weighty}
    folds = {name: [rows[t] for t in topics] for name, topics in folded_up(rows).items()}
    asked = [("document", i) for i in ids]
    return render(
        request,
        "overview.html",
        columns=found.columns,
        folds=folds,
        hidden=len(found.rows) - len(rows),
        everything=everything,
        ids=ids,
        address=table_address,
        untold=UNTOLD_ALL,
        exports=tuple(MEDIA_TYPES),
        export="/api/v1/compare?" + urlencode(asked),
    )


def _shown(row: Row, comparison: Comparison, wished: str, *, marked: bool) -> ShownRow:
    there = wished in row.cells and row.cells[wished].status is CellStatus.PRESENT
    first = wished if there else reference(row, comparison)
    base = row.cells[first] if first else None
    cells = tuple(_shown_cell(row, column, base, marked=marked) for column in comparison.columns)
    return ShownRow(row, cells, ticks(row, [c.document for c in comparison.columns]))


def _shown_cell(row: Row, column: Column, base: Cell | None, *, marked: bool) -> ShownCell:
    cell = row.cells[column.document]
    sure = how_sure(cell.status, cell.confidence)
    return ShownCell(column, cell, tuple(pieces(base, cell)) if marked else (), cell is base, sure)


def _local(back: str) -> str:
    return back if back.startswith(("/compare", "/doubts")) else "/compare"


class DecideForm(BaseModel):
    """What the lawyer says of a cell."""

    document: Id
    topic: Topic
    verdict: Literal["confirm", "reject", "correct", "withdraw", "move"]
    back: Back = "/compare"
    eid: list[EidText] = Field([], max_length=50)
    anchor: list[Anchor] = Field([], max_length=600)
    to: Topic = ""
    documents: Compared | Literal[""] = ""
    note: str = Field("", max_length=deciding.NOTE_LIMIT)
    key: DecisionKey = ""


@router.post("/compare/decide")
def decide(library: Opened, author: Author, form: Annotated[DecideForm, Form()]) -> Response:
    """Store what the lawyer says of a cell, in the lawyer's name, and go back to the table."""
    if form.verdict == "withdraw":
        with suppress(NotFoundError):  # pressed twice
            undo(library, form.key or deciding.cell_key(form.document, form.topic), author)
    elif form.verdict == "move":
        _move(library, author, form)
    else:
        _known(library, form.topic)
        untold, verdict = form.topic.startswith(UNTOLD), Verdict(form.verdict)
        eids = [] if verdict is Verdict.REJECT else form.eid
        anchors = deciding.anchored(library, form.anchor) if untold else ()
        whole = library.get(form.document)
        made = deciding.cell_decision(whole, form.topic, verdict, author, eids, form.note, anchors=anchors)
        deciding.keep(library, made)
    structlog.get_logger().info("decided", author=author, document=form.document, topic=form.topic)
    return RedirectResponse(f"{_local(form.back)}#row-{form.topic}", 303)


def _move(library: Library, author: str, form: DecideForm) -> None:
    """Put the provisions of a cell under a topic, beside what the table has there."""
    wanted = form.to.strip().lower()
    to = next((t.id for t in topics_in(library).by_id.values() if wanted in (t.id, t.label.lower())), "")
    _known(library, to)
    ids = form.documents.split(SEPARATOR)
    rows = compare_in(library, ids, [to]).rows if len(ids) >= FEWEST else ()
    there = [
        p.eid
        for r in rows
        if form.document in r.cells and r.cells[form.document].status is CellStatus.PRESENT
        for p in r.cells[form.document].provisions
    ]
    eids = list(dict.fromkeys([*there, *form.eid]))
    deciding.keep(
        library,
        deciding.cell_decision(library.get(form.document), to, Verdict.CORRECT, author, eids, form.note),
    )


def _known(library: Library, topic: str) -> str:
    """Return a topic's label; raise ProblemError for an unknown one."""
    if topic.startswith(UNTOLD):
        return "Без темы"
    found = topics_in(library).by_id.get(topic)
    if found is None:
        raise ProblemError("not-found", f"Нет темы «{topic}».")
    return found.label


@router.get("/compare/correct/{document}/{topic}")
def correct(
    request: Request,
    library: Opened,
    document: Id,
    topic: Topic,
    back: Back = "",
    anchor: Annotated[list[Anchor] | None, Query(max_length=600)] = None,
) -> Response:
    """Let the lawyer name the provisions that belong in a cell."""
    known = _known(library, topic)
    whole = library.get(document)
    decided = deciding.decisions(library, [whole]).get(deciding.cell_key(document, topic))
    return render(
        request,
        "correct.html",
        document=whole,
        topic=topic,
        label=known,
        back=_local(back),
        anchors=anchor or [],
        provisions=list(_listed(whole)),
        picked=decided.provisions if decided else (),
        note=decided.note if decided else "",
    )


def _listed(document: Any) -> Iterator[Record]:
    provisions = {p.eid: p for p in document.instrument.walk()}
    for clause in clauses(document):
        head = " ".join(x for x in (label(provisions[clause.eid]), clause.heading) if x)
        yield {"eid": clause.eid, "head": head, "text": clause.text, "depth": min(len(clause.path), 4)}

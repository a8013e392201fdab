"""Equivalents, comparison, differences, topics and decisions over HTTP."""

from contextlib import suppress
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Request
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from corpus.codec import to_json
from corpus.comparison import decisions as deciding
from corpus.comparison.decided import exported_whole
from corpus.comparison.elsewhere import elsewhere
from corpus.comparison.equivalents import equivalents_in
from corpus.comparison.grid import Verdict
from corpus.comparison.kept.cells import Sheet
from corpus.comparison.rows import FEWEST, MOST, UNTOLD
from corpus.comparison.table import compare_in
from corpus.errors import InputError, NotFoundError
from corpus.lexicon.dates import in_digits
from corpus.lexicon.reckoning import today
from corpus.plain import Record
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
from ingest.withholding import settle, undo
from search_api.answers.compared import comparison_shape, decision_shape, equivalents_shape
from search_api.answers.standing import Standing, with_states
from search_api.exports.tables import About, exported
from search_api.http.edge.parameters import Anchor, DecisionKey, DocumentId, Eid, EidText, Id, Line, Topic
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.http.export import attachment
from search_api.service.access.asking import Author, Opened
from search_api.service.workers import Working, deadline

router = APIRouter(prefix="/api/v1", tags=["comparison"], route_class=Route)

MEDIA_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
READING = documented("not-found", "invalid", "library-unavailable")
COMPARING = documented("bad-query", "not-found", "invalid", "library-unavailable")
WRITING = documented(
    "bad-request",
    "unauthorized",
    "forbidden",
    "not-found",
    "bad-input",
    "invalid",
    "library-busy",
    "library-unavailable",
)


@router.get("/documents/{document}/equivalents", summary="Равнозначные положения", responses=READING)
def document_equivalents(
    library: Opened,
    document: DocumentId,
    other: Annotated[Id | None, Query(alias="in", description="Искать только в этом документе")] = None,
) -> list[Record]:
    """Say for each provision what another document, or the whole library, has for it."""
    return _equivalents(library, document, None, other)


@router.get(
    "/documents/{document}/provisions/{eid}/equivalents", summary="Равнозначные положения одного", responses=READING
)
def provision_equivalents(
    library: Opened,
    document: DocumentId,
    eid: Eid,
    other: Annotated[Id | None, Query(alias="in", description="Искать только в этом документе")] = None,
) -> Record:
    """Say for one provision what another document, or the whole library, has for it."""
    return _equivalents(library, document, eid, other)[0]


def _equivalents(library: Opened, document: str, eid: str | None, other: str | None) -> list[Record]:
    answers = equivalents_in(library, document, other, eid) if other else elsewhere(library, document, eid)
    return list(with_states([equivalents_shape(a) for a in answers], Standing(library)))


@router.get("/compare", summary="Сопоставление документов", responses=COMPARING)
def compare(
    request: Request,
    library: Opened,
    document: Annotated[list[Id], Query(min_length=FEWEST, max_length=MOST, description="Документы, по порядку")],
    topic: Annotated[list[Line] | None, Query(max_length=200, description="Только эти темы")] = None,
    form: Annotated[Literal["json", "md", "html", "csv", "xlsx", "docx"], Query(alias="format")] = "json",
) -> Any:
    """Compare 2 to 30 documents by topics, as JSON or as a file."""
    table = compare_in(library, document, topic or ())
    if form == "json":
        return comparison_shape(table)
    about = About(in_digits(today()), str(request.base_url).rstrip("/"))
    return attachment(library, exported(table, form, about), MEDIA_TYPES[form], f"Сопоставление.{form}", document)


class Place(BaseModel):
    """Two provisions."""

    model_config = ConfigDict(extra="forbid")

    document: Id
    eid: EidText
    other: Id
    other_eid: EidText


@router.get(
    "/differences",
    summary="Различия двух положений по словам",
    responses=documented("not-found", "invalid", "too-slow", "busy", "library-unavailable"),
)
def word_differences(library: Opened, working: Working, places: Annotated[Place, Query()]) -> Record:
    """Compare two provisions (lists included) word by word."""
    texts = []
    for document, eid in ((places.document, places.eid), (places.other, places.other_eid)):
        whole = library.get(document)
        if whole.find(eid) is None:
            raise NotFoundError(f"В документе {document} нет положения {eid}.")
        texts.append(Sheet(whole).text(eid))
    found = [{**to_json(d), "weighty": d.weighty} for d in working.texts.differences(texts[0], texts[1], deadline())]
    return {"left": texts[0], "right": texts[1], "differences": found}


@router.get("/topics", summary="Темы", responses=documented("library-unavailable"))
def topic_table(library: Opened) -> list[Record]:
    """List the topics in the order of rows; `examples` are those the library's users added."""
    own = {t.id: list(t.examples) for t in own_topics(library)}
    return [
        {"topic": t.id, "label": t.label, "description": t.description, "examples": own.get(t.id, [])}
        for t in topics_in(library).by_id.values()
    ]


class OwnTopicGiven(BaseModel):
    """A topic by example clauses, or more examples of one."""

    model_config = ConfigDict(extra="forbid")

    label: str = Field(max_length=LABEL_LIMIT, description="Название; название имеющейся темы добавит ей образцы")
    examples: list[Annotated[str, Field(max_length=EXAMPLE_LIMIT)]] = Field(min_length=1, max_length=MOST_EXAMPLES)
    description: str = Field("", max_length=EXAMPLE_LIMIT)


@router.post("/topics", summary="Добавить тему по образцам", status_code=201, responses=WRITING)
def new_topic(library: Opened, author: Author, given: OwnTopicGiven) -> Record:
    """Store a topic in the author's name and classify the library's documents by it."""
    made = add_topic(library, given.label, given.examples, author, given.description)
    return {"topic": made.id, "label": made.label, "examples": list(made.examples), "changed": reclassify(library)}


@router.delete("/topics/{topic}", summary="Убрать свою тему", status_code=204, responses=WRITING)
def gone_topic(library: Opened, author: Author, topic: Topic) -> None:
    """Withdraw a topic users added, and what was classified by it."""
    del author
    remove_topic(library, topic)
    reclassify(library)


class CellDecision(BaseModel):
    """What the lawyer says of a document's cell."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["cell"] = "cell"
    document: Id
    topic: Topic
    verdict: Literal["confirm", "reject", "correct"]
    provisions: list[EidText] = Field([], max_length=50, description="Положения ячейки, если её исправляют")
    anchors: list[Anchor] = Field([], max_length=600, description="У строки без темы: её anchors из сопоставления")
    note: str = Field("", max_length=deciding.NOTE_LIMIT)


class EquivalentDecision(BaseModel):
    """What the lawyer says of a pair of provisions."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["equivalent"] = "equivalent"
    document: Id
    eid: EidText
    other: Id
    other_eid: EidText
    verdict: Literal["confirm", "reject", "add"]
    note: str = Field("", max_length=deciding.NOTE_LIMIT)


def _kind(value: Any) -> str:
    """Tell what is decided on; without `kind` by what is named."""
    given = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    kind = given.get("kind") or ("equivalent" if "other" in given else "cell")
    return str(kind)


AnyDecision = Annotated[
    Annotated[CellDecision, Tag("cell")] | Annotated[EquivalentDecision, Tag("equivalent")], Discriminator(_kind)
]


@router.get("/decisions", summary="Решения юристов (выгрузка)", responses=documented("invalid", "library-unavailable"))
def decisions(
    library: Opened, withdrawn: Annotated[bool, Query(description="И отменённые: кто и когда отменил")] = False
) -> Record:
    """Return all decisions, ready to be imported elsewhere; those withdrawn too where they are asked for."""
    return exported_whole(library) if withdrawn else deciding.exported(library)


@router.put("/decisions", summary="Записать решение", responses=WRITING)
def decide(
    library: Opened,
    author: Author,
    decision: Annotated[AnyDecision, Body()],
) -> Record:
    """Store a decision in the author's name; an earlier one of the same cell or pair is replaced."""
    verdict = Verdict(decision.verdict)
    one = library.get(decision.document)
    if isinstance(decision, CellDecision):
        untold = decision.topic.startswith(UNTOLD)
        if not untold and decision.topic not in topics_in(library).by_id:
            raise NotFoundError(f"Нет темы «{decision.topic}».")
        if untold and not decision.anchors:
            raise InputError("У строки без темы нужно назвать её положения: anchors из ответа сопоставления.")
        anchors = deciding.anchored(library, decision.anchors) if untold else ()
        made = deciding.cell_decision(
            one, decision.topic, verdict, author, decision.provisions, decision.note, anchors=anchors
        )
    else:
        pair = (one, decision.eid), (library.get(decision.other), decision.other_eid)
        made = deciding.equivalent_decision(*pair, verdict, author, decision.note)
    return decision_shape(deciding.keep(library, made))


@router.delete("/decisions", summary="Отозвать решение", status_code=204, responses=WRITING)
def withdraw(library: Opened, author: Author, key: DecisionKey) -> None:
    """Withdraw a decision by its key; withdrawing what is not there is no error."""
    with suppress(NotFoundError):
        undo(library, key, author)


@router.post("/decisions/import", summary="Загрузить решения", responses=WRITING)
def import_decisions(library: Opened, author: Author, value: Annotated[Record, Body()]) -> dict[str, int]:
    """Store decisions exported before; an older one never replaces a newer one."""
    if not value:
        raise InputError("Пустая выгрузка.")
    count = deciding.imported(library, value, author)
    settle(library)
    return {"imported": count}

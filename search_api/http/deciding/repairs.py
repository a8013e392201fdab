"""The repairs of a document over HTTP: listed, accepted, taken back in the text, put in their places again."""

from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Body, Header, Path
from pydantic import BaseModel, ConfigDict, Field

from corpus.comparison.decisions import NOTE_LIMIT
from corpus.comparison.grid import Verdict
from corpus.errors import NotFoundError
from ingest.withholding import judge, undo
from search_api.answers.doubts.repairs_told import RepairAnswer, RepairsAnswer, repair_named, repairs_answer
from search_api.http.documents import unchanged
from search_api.http.edge.parameters import DocumentId, RepairMark
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened

router = APIRouter(prefix="/api/v1/documents/{document}/repairs", tags=["documents"], route_class=Route)
_WRITING = documented(
    "unauthorized",
    "forbidden",
    "not-found",
    "library-busy",
    "conflict",
    "precondition-failed",
    "too-large",
    "invalid",
    "library-unavailable",
)
Mark = Annotated[RepairMark, Path(examples=["0a1b2c3d4e5f6071"], description="Исправление: его mark из списка")]
Known = Annotated[str | None, Header(alias="If-Match")]


class RepairJudged(BaseModel):
    """What a person says of a repair: confirm, it is right; reject, the text is to stand as in the source there."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"verdict": "reject"}})

    verdict: Literal["confirm", "reject"]
    note: str = Field("", max_length=NOTE_LIMIT)


@router.get("", summary="Исправления документа", responses=documented("not-found", "invalid", "library-unavailable"))
def repairs(library: Opened, document: DocumentId) -> RepairsAnswer:
    """List the repairs in the words of a document in order of text, those taken back too."""
    return repairs_answer(library, document)


@router.put("/{mark}", summary="Принять исправление или вернуть как в источнике", responses=_WRITING)
def judge_repair(
    library: Opened,
    author: Author,
    document: DocumentId,
    mark: Mark,
    body: Annotated[RepairJudged, Body()],
    known: Known = None,
) -> RepairAnswer:
    """Accept a repair, or take it back: the text then stands as in the source; with If-Match as for a deletion."""
    unchanged(library, document, known)
    judge(library, document, [mark], Verdict(body.verdict), (author, body.note))
    structlog.get_logger().info("repair judged", author=author, document=document, mark=mark, verdict=body.verdict)
    return repair_named(library, document, mark)


@router.delete("/{mark}", summary="Отменить решение об исправлении", responses=_WRITING)
def undo_judgement(
    library: Opened, author: Author, document: DocumentId, mark: Mark, known: Known = None
) -> RepairAnswer:
    """Withdraw what was decided of a repair: the text stands as the program mended it."""
    unchanged(library, document, known)
    one = repair_named(library, document, mark)
    if one.key is None:
        raise NotFoundError("Об этом исправлении ничего не решено: отменять нечего.")
    undo(library, one.key, author)
    structlog.get_logger().info("repair judgement withdrawn", author=author, document=document, mark=mark)
    return repair_named(library, document, mark)

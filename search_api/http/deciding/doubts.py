"""What the program is not sure of, listed and answered over HTTP."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from corpus.comparison.decided import decided
from corpus.plain import Record
from search_api.answers.doubts.doubt_shapes import DOUBTS_PAGE, DoubtsAnswer, doubts_answer
from search_api.answers.doubts.doubtful import Doubtful, DoubtKind
from search_api.answers.doubts.doubts_told import DoubtAct, answered
from search_api.http.comparison import WRITING
from search_api.http.edge.parameters import DecisionKey, EidText, Id, SomeId
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened

router = APIRouter(prefix="/api/v1", tags=["comparison"], route_class=Route)


class DoubtsAsked(BaseModel):
    """Which doubts are asked for."""

    model_config = ConfigDict(extra="forbid")

    document: SomeId = Field("", description="Только этого документа")
    kind: DoubtKind | Literal[""] = Field("", description="Только этого вида")
    limit: int = Field(DOUBTS_PAGE, ge=1, le=1000)
    cursor: str | None = None


@router.get(
    "/doubts",
    summary="Сомнения",
    responses=documented("bad-cursor", "not-found", "invalid", "library-unavailable"),
)
def doubts(library: Opened, query: Annotated[DoubtsAsked, Query()]) -> DoubtsAnswer:
    """List what the program is not sure of: doubts of reading, repairs, cells, decisions whose text changed."""
    return doubts_answer(library, query.document, query.kind, query.limit, query.cursor)


class DoubtAnswered(BaseModel):
    """An answer to a doubt, named by its kind, document and `what` as the list tells them."""

    model_config = ConfigDict(extra="forbid")

    kind: DoubtKind
    document: Id
    what: DecisionKey
    act: DoubtAct = Field(description="Один из acts этого сомнения")
    provisions: list[EidText] | None = Field(None, max_length=50, description="Положения ячейки; без них — нынешние")


@router.post("/doubts", summary="Ответить на сомнение", responses=WRITING)
def answer_doubt(library: Opened, author: Author, given: DoubtAnswered) -> Record:
    """Store an answer as a decision in the author's name; it is withdrawn by its key (DELETE /decisions)."""
    key = answered(library, Doubtful(given.kind, given.document, given.what), given.act, author, given.provisions)
    return {"key": key, "standing": any(one.key == key and not one.withdrawn_by for one in decided(library))}

"""States and editions over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from corpus.effects.lives import lives
from search_api.answers.telling import (
    ChangeAnswer,
    EditionAnswer,
    StateAnswer,
    day_of,
    diff_answer,
    editions_answer,
    state_answer,
    two_days,
)
from search_api.http.edge.parameters import DocumentId, WrittenDay
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Opened

router = APIRouter(prefix="/api/v1/documents/{document}", tags=["effects"], route_class=Route)
_REFUSALS = documented("bad-query", "not-found", "invalid", "library-unavailable")


@router.get("/state", summary="Состояние документа на день", responses=_REFUSALS)
def state(library: Opened, document: DocumentId, on: Annotated[WrittenDay, Query()] = "") -> StateAnswer:
    """Tell the state of a document and of its provisions on a day (without one: today), and what says so."""
    return state_answer(lives(library), document, day_of(on))


@router.get("/editions", summary="Редакции документа", responses=_REFUSALS)
def editions(library: Opened, document: DocumentId) -> list[EditionAnswer]:
    """List the editions of a document: from what day, by which acts, what was not applied and why."""
    return editions_answer(lives(library), document)


@router.get("/diff", summary="Что изменилось между двумя днями", responses=_REFUSALS)
def diff(
    library: Opened,
    document: DocumentId,
    begin: Annotated[WrittenDay, Query(alias="from")],
    end: Annotated[WrittenDay, Query(alias="to")] = "",
) -> list[ChangeAnswer]:
    """Compare the texts of a document on two days, provision by provision."""
    first, last = two_days(begin, end)
    return diff_answer(lives(library), document, first, last)

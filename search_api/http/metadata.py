"""Metadata corrected over HTTP."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Body, Path
from pydantic import BaseModel, ConfigDict, Field

from corpus.comparison.decided import undo_fact
from corpus.errors import InputError
from corpus.metadata.correctable import FIELDS
from corpus.metadata.correcting import NOTE_LIMIT, correct
from corpus.plain import Record
from search_api.answers.responses import CorrectionAnswer
from search_api.answers.shapes import correction_shape
from search_api.http.edge.parameters import DocumentId, FieldName
from search_api.http.edge.problems import ProblemError, documented
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened

router = APIRouter(prefix="/api/v1/documents/{document}/metadata", tags=["documents"], route_class=Route)

FieldKey = Annotated[FieldName, Path(examples=["date"], description="Поле: " + ", ".join(FIELDS))]
WRITING = documented(
    "unauthorized", "forbidden", "not-found", "library-busy", "conflict", "too-large", "invalid", "library-unavailable"
)
Text = Annotated[str, Field(max_length=1000)]


class Corrected(BaseModel):
    """What a person puts in place of what was read."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"value": "14 октября 2019 г."}})

    value: Text | Annotated[int, Field(ge=0, le=999)] | Annotated[list[Text], Field(max_length=100)] | None = Field(
        description="Текст, число или список; null и пустой список — в поле ничего нет"
    )
    note: str = Field("", max_length=NOTE_LIMIT)

    def given(self) -> list[str]:
        """Return the value as texts."""
        if self.value is None:
            return []
        return self.value if isinstance(self.value, list) else [str(self.value)]


@router.put("/{field}", summary="Исправить сведение о документе", response_model=CorrectionAnswer, responses=WRITING)
def put(
    library: Opened, author: Author, document: DocumentId, field: FieldKey, body: Annotated[Corrected, Body()]
) -> Record:
    """Put a person's value in place of what was read; it wins until it is withdrawn. The document keeps its id."""
    try:
        made = correct(library, document, field, body.given(), author, body.note)
    except InputError as error:
        raise ProblemError("invalid", str(error)) from error
    structlog.get_logger().info("corrected", author=author, document=document, field=field)
    return next(correction_shape(c) for c in made.instrument.corrected if c.field == field)


@router.delete("/{field}", summary="Отменить исправление", status_code=204, responses=WRITING)
def delete(library: Opened, author: Author, document: DocumentId, field: FieldKey) -> None:
    """Put back what was read."""
    undo_fact(library, document, field, author)
    structlog.get_logger().info("withdrawn", author=author, document=document, field=field)

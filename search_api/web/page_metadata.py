"""The page that corrects one field of a document's metadata; it works without JavaScript."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from corpus.errors import InputError, NotFoundError
from corpus.library import Library
from corpus.metadata.correctable import FIELDS, written
from corpus.metadata.correcting import NOTE_LIMIT, correct, withdraw
from corpus.metadata.corrections import as_read
from search_api.http.edge.parameters import FieldName, Id
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened
from search_api.web.facts import evidence, shown
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)


class FieldForm(BaseModel):
    """What the person typed."""

    value: str = Field("", max_length=20_000)
    note: str = Field("", max_length=NOTE_LIMIT)


@router.get("/d/{document}/metadata/{field}")
def field_page(request: Request, library: Opened, document: Id, field: FieldName) -> Response:
    """Ask for a field's value, beside what was read and where."""
    return _asked(request, library, document, field)


def _asked(
    request: Request, library: Library, document: str, field: str, refused: tuple[str, str] | None = None
) -> Response:
    """Show the form; `refused` is what was typed and why it was not taken."""
    if field not in FIELDS:
        raise NotFoundError("Такого поля нет или его не исправляют.")
    whole = library.get(document)
    act = whole.instrument
    texts = written(getattr(act, field))
    typed, error = refused or ("\n".join(shown(field, t) for t in texts), "")
    return render(
        request,
        "field.html",
        422 if refused else 200,
        document=whole,
        field=field,
        known=FIELDS[field],
        typed=typed,
        error=error,
        read=[shown(field, t) for t in written(getattr(as_read(act), field))],
        evidence=evidence(act, library.source(document)).get(field, ""),
        mark=next((c for c in act.corrected if c.field == field), None),
    )


@router.post("/d/{document}/metadata/{field}")
def correct_field(
    request: Request,
    library: Opened,
    author: Author,
    document: Id,
    field: FieldName,
    form: Annotated[FieldForm, Form()],
) -> Response:
    """Store what the person typed and go back to the document; ask again where it is not understood."""
    try:
        correct(library, document, field, [form.value], author, form.note)
    except InputError as error:
        return _asked(request, library, document, field, (form.value, str(error)))
    structlog.get_logger().info("corrected", author=author, document=document, field=field)
    return RedirectResponse(f"/d/{document}#field-{field}", 303)


@router.post("/d/{document}/metadata/{field}/withdraw")
def withdraw_field(library: Opened, author: Author, document: Id, field: FieldName) -> Response:
    """Put back what was read and go back to the document."""
    withdraw(library, document, field)
    structlog.get_logger().info("withdrawn", author=author, document=document, field=field)
    return RedirectResponse(f"/d/{document}#field-{field}", 303)

"""The facts of a document: one form with one save; it works without JavaScript."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

import structlog
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from corpus.comparison.decided import undo_fact
from corpus.errors import InputError
from corpus.library import Library
from corpus.metadata.correctable import validated
from corpus.metadata.correcting import NOTE_LIMIT, correct_all
from search_api.answers.standing import Standing
from search_api.http.edge.parameters import FieldName, Id
from search_api.http.edge.problems import ProblemError
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened
from search_api.web.facts import facts
from search_api.web.pages import render
from search_api.web.reading.heads import head

router = APIRouter(include_in_schema=False, route_class=Route)
MOST_FIELDS = 40
_NONE: Mapping[str, str] = MappingProxyType({})


class FactsForm(BaseModel):
    """What the person typed: fields and their values in one order, and a note on the whole."""

    field: list[FieldName] = Field([], max_length=MOST_FIELDS)
    value: list[Annotated[str, Field(max_length=20_000)]] = Field([], max_length=MOST_FIELDS)
    note: str = Field("", max_length=NOTE_LIMIT)


@router.get("/d/{document}/metadata")
def facts_page(request: Request, library: Opened, document: Id) -> Response:
    """Show what is known of a document, and what was read, in one form."""
    return _facts_page(request, library, document)


def _facts_page(
    request: Request, library: Library, document: str, form: FactsForm | None = None, faults: Mapping[str, str] = _NONE
) -> Response:
    """Show the form; `form` is what was typed, `faults` why a field was not taken."""
    whole, file = library.get(document), library.source(document)
    return render(
        request,
        "facts.html",
        422 if faults else 200,
        document=whole,
        head=head(whole, file, Standing(library)),
        facts=facts(whole.instrument, file),
        given=dict(zip(form.field, form.value, strict=True)) if form else {},
        note=form.note if form else "",
        faults=faults,
    )


@router.post("/d/{document}/metadata")
def correct_facts(
    request: Request, library: Opened, author: Author, document: Id, form: Annotated[FactsForm, Form()]
) -> Response:
    """Store what the person changed, all or nothing; ask again where a value is not understood."""
    if len(form.field) != len(form.value):
        raise ProblemError("invalid", "Полей и значений разное число. Откройте страницу заново.")
    whole = library.get(document)
    known = facts(whole.instrument, library.source(document))
    shown = {fact.field: [" ".join(value.split()) for value in fact.shown] for fact in known if fact.correctable}
    changed, faults = {}, {}
    for field, value in zip(form.field, form.value, strict=True):
        lines = [" ".join(line.split()) for line in value.splitlines() if line.strip()]
        if lines == shown.get(field):
            continue
        try:
            validated(field, [value])
        except InputError as error:
            faults[field] = str(error)
        changed[field] = [value]
    if faults:
        return _facts_page(request, library, document, form, faults)
    if changed:
        correct_all(library, document, changed, author, form.note)
        structlog.get_logger().info("corrected", author=author, document=document, field=",".join(changed))
    first = next(iter(changed), "")
    return RedirectResponse(f"/d/{document}/metadata" + (f"#field-{first}" if first else ""), 303)


@router.post("/d/{document}/metadata/{field}/withdraw")
def withdraw_field(library: Opened, author: Author, document: Id, field: FieldName) -> Response:
    """Put back what was read and go back to the facts."""
    undo_fact(library, document, field, author)
    structlog.get_logger().info("withdrawn", author=author, document=document, field=field)
    return RedirectResponse(f"/d/{document}/metadata#field-{field}", 303)

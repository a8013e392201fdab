"""What the bar over a selection puts on the clipboard."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field

from corpus.citations.writing import CitationForm
from corpus.plain import Record
from search_api.answers.standing import Standing
from search_api.http.edge.parameters import EidText, Id
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Opened
from search_api.web.reading.taking import taken

router = APIRouter(include_in_schema=False, route_class=Route)
LONGEST = 20_000


class Selection(BaseModel):
    """The words selected, the units they were selected in, and how much of the act a citation names."""

    words: str = Field("", max_length=LONGEST)
    eid: list[EidText] = Field(min_length=1, max_length=400)
    form: CitationForm = CitationForm.SHORT


@router.post("/d/{document}/quote")
def quote(request: Request, library: Opened, document: Id, form: Annotated[Selection, Form()]) -> Record:
    """Write the words selected as a quotation, a citation and a footnote, each plain and as HTML."""
    made = taken(library.get(document), form.eid, form.words, form.form, str(request.base_url).rstrip("/"))
    state = Standing(library).of_all(document, tuple(form.eid))
    return {**asdict(made), "warning": state.warning if state else ""}

"""The tab of repairs answered: a run of words accepted, left as in the source, or judged by nobody again."""

from typing import Annotated, Literal
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from corpus.comparison.grid import Verdict
from ingest.withholding import judge, undo_all
from search_api.answers.doubts.repairs_told import repairs_of
from search_api.http.edge.parameters import Id, RepairMarks
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened

router = APIRouter(include_in_schema=False, route_class=Route)


class JudgeForm(BaseModel):
    """An answer to the repairs of a run, and the number of the one to be shown then."""

    marks: RepairMarks = Field(min_length=16)
    act: Literal["confirm", "reject", "undo"]
    at: int = Field(0, ge=0, le=1_000_000)


@router.post("/d/{document}/repairs")
def answer(library: Opened, author: Author, document: Id, form: Annotated[JudgeForm, Form()]) -> Response:
    """Store the answer as decisions in the person's name, the text following, and go on to the next run."""
    marks = form.marks.split()
    if form.act == "undo":
        whole, file = library.get(document), library.source(document)
        told = [one for one in repairs_of(library, whole, file) if one.mark in marks and one.made]
        undo_all(library, document, [one.made.key for one in told if one.made], author)
    else:
        judge(library, document, marks, Verdict(form.act), (author, ""))
    structlog.get_logger().info("repair judged", author=author, document=document, act=form.act, marks=form.marks)
    asked = {"repairs": 1, "at": form.at, "done": form.marks}
    return RedirectResponse(f"/d/{document}?{urlencode(asked)}#repairs", 303)

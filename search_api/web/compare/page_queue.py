"""The queue of doubts: what the program is not sure of, one a screen, stepped through and answered by keys."""

from collections import Counter
from typing import Annotated, Literal
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from corpus.comparison.decided import decided
from corpus.metadata.short_names import short_name
from search_api.answers.doubts.doubtful import Doubtful, DoubtKind, doubtful
from search_api.answers.doubts.doubts_told import DoubtAct, Teller, answered
from search_api.answers.standing import Standing
from search_api.http.edge.parameters import Back, DecisionKey, EidText, Id, SomeId
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Author, Opened
from search_api.web.compare.page_decisions import done_at, in_words, just_done
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)


class DoubtsQuery(BaseModel):
    """Which doubts, and the number of the one shown; `done` is the key of what was decided a moment ago."""

    document: SomeId = ""
    kind: DoubtKind | Literal[""] = ""
    number: int = Field(1, alias="n", ge=1, le=1_000_000)
    done: DecisionKey = ""

    def href(self, number: int = 1, kind: str | None = None) -> str:
        """Return the address of a doubt among these, or of the first of a kind."""
        asked = {"document": self.document, "kind": self.kind if kind is None else kind, "n": number}
        given = urlencode({k: v for k, v in asked.items() if v and (k, v) != ("n", 1)})
        return "/doubts" + (f"?{given}" if given else "")


@router.get("/doubts")
def queue_page(request: Request, library: Opened, query: Annotated[DoubtsQuery, Query()]) -> Response:
    """Show a doubt of the queue, and how many there are of each kind."""
    whole = library.get(query.document) if query.document else None
    every = [one for one in doubtful(library) if query.document in ("", one.document)]
    listed = [one for one in every if query.kind in ("", one.kind)]
    counted, number = Counter(one.kind for one in every), min(query.number, len(listed))
    item = listed[number - 1] if listed else None
    holder, shown = (library.get(item.document), Teller(library).told(item)) if item else (None, None)
    stale = [one for one in decided(library) if shown and shown.made and one.key == shown.made.key]
    return render(
        request,
        "queue.html",
        query=query,
        only=short_name(whole.instrument) if whole else "",
        kinds=[(kind, count) for kind in DoubtKind if (count := counted[kind])],
        every=len(every),
        total=len(listed),
        number=number,
        item=item,
        document=holder,
        state=Standing(library).of(item.document) if item else None,
        shown=shown,
        decision=next(in_words(library, stale), None),
        back=query.href(number),
        previous=query.href(number - 1) if number > 1 else "",
        next=query.href(number + 1) if number < len(listed) else "",
        done=just_done(library, decided(library), query.done),
    )


class AnswerForm(BaseModel):
    """An answer to a doubt, named by its kind, document and `what`; `eid` are the provisions seen in a cell."""

    kind: DoubtKind
    document: Id
    what: DecisionKey
    eid: list[EidText] = Field([], max_length=50)
    act: DoubtAct
    back: Back = "/doubts"


@router.post("/doubts")
def answer(library: Opened, author: Author, form: Annotated[AnswerForm, Form()]) -> Response:
    """Store the lawyer's answer as a decision in the lawyer's name, and go on to the next doubt."""
    key = answered(library, Doubtful(form.kind, form.document, form.what), form.act, author, form.eid)
    structlog.get_logger().info("doubt answered", author=author, key=key, act=form.act)
    return RedirectResponse(done_at(form.back, key), 303)

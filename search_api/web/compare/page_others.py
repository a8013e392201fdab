"""The panel «Этот вопрос в других соглашениях», a page of its own where there are no scripts."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from corpus.comparison.kept.others import OTHERS_PAGE, others
from corpus.topics.folds import folded_up
from corpus.topics.own_topics import topics_in
from search_api.http.edge.parameters import EidText, Id, Topic
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Opened
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)


class OthersView(BaseModel):
    """On which topic other agreements are asked, and from where on."""

    topic: Topic = ""
    first: int = Field(0, alias="from", ge=0, le=1_000_000)


@router.get("/d/{document}/{eid}/others")
def others_page(
    request: Request, library: Opened, document: Id, eid: EidText, query: Annotated[OthersView, Query()]
) -> Response:
    """Show what every other agreement has on the topic of a provision."""
    found = others(library, (document, eid), query.topic, query.first)
    known = topics_in(library).by_id
    end = query.first + OTHERS_PAGE
    own = [topic for topic, _ in found.topics]
    here = f"/d/{document}/{eid}/others"
    return render(
        request,
        "others.html",
        found=found,
        here=here,
        more=f"{here}?{urlencode({'topic': found.topic, 'from': end})}" if end < found.total else "",
        folds={name: [known[t] for t in topics if t not in own] for name, topics in folded_up(known).items()},
    )

"""The style sheet of a printed document: a running head with its citation, the day and the page."""

from fastapi import APIRouter
from fastapi.responses import Response

from corpus.citations.writing import CitationForm, cite
from corpus.lexicon.dates import in_digits
from corpus.lexicon.reckoning import today
from search_api.http.edge.parameters import Id
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Opened
from search_api.web.strings import text

router = APIRouter(include_in_schema=False, route_class=Route)
LONGEST = 160


@router.get("/d/{document}/print.css")
def print_sheet(library: Opened, document: Id) -> Response:
    """Write the margins of a printed page; a head longer than a line is cut."""
    cited = cite(library.get(document), "", CitationForm.FULL)
    cited = cited if len(cited) <= LONGEST else f"{cited[:LONGEST].rsplit(' ', 1)[0]}…"
    page, of = text("print.page"), text("print.of")
    sheet = (
        "@page {\n"
        f"  @top-left {{ content: {quoted(cited)}; }}\n"
        f"  @bottom-left {{ content: {quoted(text('print.day', day=in_digits(today())))}; }}\n"
        f"  @bottom-right {{ content: {quoted(page)} counter(page) {quoted(of)} counter(pages); }}\n"
        "}\n"
    )
    return Response(sheet, media_type="text/css", headers={"Cache-Control": "no-store"})


def quoted(words: str) -> str:
    r"""Write words as a string of CSS, whatever is not a letter, a digit or a blank as its code.

    >>> quoted('О «связи»"}')
    '"О \\ab связи\\bb \\22 \\7d "'
    """
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in words) + '"'

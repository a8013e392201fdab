"""The page «Проверить цитаты»: a pasted text or a file comes back with each citation and quotation marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import Response, StreamingResponse

from analyzers.spans import Span
from corpus.citations.cited_text import MOST
from corpus.errors import InputError
from corpus.library import Progress
from corpus.rights.admitted import Admitted
from search_api.answers.remarks import Remark, authority_lines, corrected, remarks
from search_api.answers.standing import Standing
from search_api.answers.telling import day_of
from search_api.exports.authorities import FORMS, authorities_of, listed
from search_api.exports.rendering import WORD
from search_api.exports.report import as_docx
from search_api.http.citations import checked
from search_api.http.edge.requests import Route
from search_api.http.export import attachment
from search_api.service.access.asking import Opened
from search_api.service.workers import Workers, Working
from search_api.web.citecheck.streaming import streamed
from search_api.web.pages import render

router = APIRouter(include_in_schema=False, route_class=Route)
TextField = Annotated[str, Form(max_length=MOST)]
DayField = Annotated[str, Form(max_length=60)]
_ENDINGS = {"csl": "json", "bibtex": "bib", "ris": "ris"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the text and the remark on it; `number` leads to the list, `card` to the provision it means."""

    text: str
    remark: Remark | None = None
    number: int = 0
    card: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A remark in the list: its number, its words in the text, the address of its first provision."""

    number: int
    words: str
    remark: Remark
    href: str
    eid: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What a text is checked with: the library, the workers, the states on the day asked."""

    library: Admitted
    working: Workers
    standing: Standing


def _desk(library: Opened, working: Working, on: DayField = "") -> Desk:
    return Desk(library, working, Standing(library, day_of(on)))


def _desk_today(library: Opened, working: Working) -> Desk:
    return Desk(library, working, Standing(library))


Checking = Annotated[Desk, Depends(_desk)]
Asking = Annotated[Desk, Depends(_desk_today)]


@router.get("/citecheck")
def citecheck_page(request: Request, desk: Asking, text: Annotated[str, Query(max_length=4000)] = "") -> Response:
    """Ask for a text; check the one that was pasted into the search box."""
    return _page(request, desk, text)


@router.post("/citecheck")
def citecheck(
    request: Request,
    desk: Checking,
    text: TextField = "",
    replace: Annotated[str, Form(pattern=r"^(?:\d{1,7}-\d{1,7}|all)?$")] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Show a text with its citations and quotations checked; `replace` puts exact words in first."""
    text = _given(text, file, desk.working)
    if replace and text.strip():
        told = remarks(checked(text, desk.library, desk.working), desk.library.get, desk.standing)
        text = corrected(text, [r for r in told if replace in ("all", f"{r.span.start}-{r.span.end}")])
    return _page(request, desk, text)


@router.post("/citecheck/stream")
def citecheck_stream(
    request: Request,
    desk: Checking,
    text: TextField = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Check a text and tell how far it is, a line «done of all» each, then the page; for a long text."""
    given = _given(text, file, desk.working)
    lines = streamed(lambda progress: bytes(_page(request, desk, given, progress).body).decode())
    # Of this kind alone nothing is held back to be compressed.
    return StreamingResponse(lines, media_type="text/event-stream")


def _page(request: Request, desk: Desk, text: str, progress: Progress | None = None) -> Response:
    library, standing = desk.library, desk.standing
    if not text.strip():
        return render(
            request, "citecheck.html", given="", on=standing.on, found=None, empty=not library.health().documents
        )
    found = checked(text, library, desk.working, progress)
    told = remarks(found, library.get, standing)
    places = [_listed(n, text, r) for n, r in enumerate(told, 1)]
    better = corrected(text, told)
    return render(
        request,
        "citecheck.html",
        given=text,
        on=standing.on,
        found=found,
        marked=marked(text, told),
        listed=places,
        wrong=[each for each in places if each.remark.mark != "good"],
        better="" if better == text else better,
        authorities=authority_lines(found.authorities, library.get, standing),
        forms=FORMS,
        empty=False,
    )


@router.post("/citecheck/report")
def report(desk: Checking, text: TextField) -> Response:
    """Return the text with comments at their places as DOCX."""
    found, documents = checked(text, desk.library, desk.working), desk.library.get
    told = remarks(found, documents, desk.standing)
    data = as_docx(text, told, authority_lines(found.authorities, documents, desk.standing))
    return attachment(desk.library, data, WORD, "citecheck.docx", [act.document for act in found.authorities])


@router.post("/citecheck/list")
def authority_list(
    desk: Checking,
    text: TextField,
    form: Annotated[str, Form(max_length=10)] = "short",
) -> Response:
    """Return the list of what a text cites as a file, in the form chosen."""
    cited = checked(text, desk.library, desk.working).authorities
    data = listed(authorities_of(cited, desk.library.get, desk.standing), form).encode()
    name = f"authorities.{_ENDINGS.get(form, 'txt')}"
    acts = [act.document for act in cited]
    return attachment(desk.library, data, "text/plain; charset=utf-8", name, acts)


def _given(text: str, file: UploadFile | None, working: Workers) -> str:
    """Return the text of the file, if one was given, as any file of the library is read; else the pasted one."""
    if file is None or not file.filename:
        return text.replace("\r\n", "\n")
    words = working.parsing.read(file.file.read(), file.filename).text
    if len(words) > MOST:
        raise InputError(f"{file.filename}: в файле больше {MOST} знаков. Разделите его на части.")
    return words


def marked(text: str, told: Sequence[Remark]) -> list[Marked]:
    """Cut a text where remarks begin and end; of those that overlap the first counts."""
    out, at = [], 0
    for number, remark in enumerate(told, 1):
        start, end = Span(*remark.span)
        if start < at:
            continue
        out += [Marked(text[at:start]), Marked(text[start:end], remark, number, _address(remark)[0])]
        at = end
    return [m for m in (*out, Marked(text[at:])) if m.text]


def _listed(number: int, text: str, remark: Remark) -> Listed:
    href, eid = _address(remark)
    return Listed(number, " ".join(text[slice(*remark.span)].split()), remark, href, eid)


def _address(remark: Remark) -> tuple[str, str]:
    """Return the address of what a remark means first ("" for nothing), and the provision's eId."""
    target = next(iter(remark.targets), None)
    eid = target.eids[0] if target and target.eids else ""
    return (f"/d/{target.document}/{eid}/card" if eid else f"/d/{target.document}") if target else "", eid

"""A provision as a person reads it: its place, its lead-in, its form in the source."""

from corpus.citations.permalinks import permalink
from corpus.citations.writing import CitationForm, cite
from corpus.clauses.clause import Clause, clauses
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.model import Document, Kind, Provision, SourceFile
from corpus.pages import fixed_pages
from search_api.answers.doubts.repairs_told import taken_back
from search_api.answers.responses import CitationForms, PlacedProvision
from search_api.answers.shapes import provision_shape
from search_api.answers.standing import Standing
from search_api.web.strings import KINDS


def provision_or_404(document: Document, eid: str) -> Provision:
    """Return a provision; raise NotFoundError."""
    provision = document.find(eid)
    if provision is None:
        raise NotFoundError(f"В документе «{document.instrument.title}» нет положения {eid}.")
    return provision


def source_text(file: SourceFile, provision: Provision) -> str:
    """Return a provision's text as it stands in the source; what interrupts it (a page's foot) becomes a line break."""
    parts: list[str] = []
    end: int | None = None
    for piece in provision.trace:
        if end is not None and piece.source.start > end and file.text[end : piece.source.start].strip():
            parts.append("\n")
        elif end is not None and piece.source.start > end:
            parts.append(file.text[end : piece.source.start])
        parts.append(file.text[piece.source.start : piece.source.end])
        end = piece.source.end
    return "".join(parts).strip() if parts else provision.text


def forms(document: Document, eid: str) -> CitationForms:
    """Write a provision's citation in each form."""
    return CitationForms(
        full=cite(document, eid, CitationForm.FULL),
        short=cite(document, eid, CitationForm.SHORT),
        place=cite(document, eid, CitationForm.PLACE),
    )


def with_parts(provision: Provision) -> str:
    """Return a provision's text with all inside it, a line each, numbers and headings as printed."""
    lines = []
    for part in provision.walk():
        mark = label(part)
        lines.append(" ".join(x for x in (mark, part.heading or "", part.text) if x))
    return "\n".join(line for line in lines if line)


def label(provision: Provision) -> str:
    """Name a provision before its text: «Статья 6.», «3.1.», «а)».

    >>> label(Provision("art_6", Kind.ARTICLE, "", "6")), label(Provision("art_6__point_a", Kind.POINT, "", "а"))
    ('Статья 6.', 'а)')
    """
    if provision.num is None:
        return ""
    if provision.kind in {Kind.ARTICLE, Kind.SECTION, Kind.CHAPTER, Kind.PART, Kind.ATTACHMENT}:
        return f"{KINDS[provision.kind]} {provision.num}."
    return f"{provision.num})" if provision.kind is Kind.POINT else f"{provision.num}."


def breadcrumb(document: Document, path: tuple[str, ...]) -> tuple[str, ...]:
    """Name what holds a clause, outermost first: headings for articles, places for the rest."""
    held = {p.eid: p for p in document.instrument.walk() if p.eid in path}
    out = []
    for eid in path:
        provision = held[eid]
        name = label(provision) or KINDS.get(provision.kind, "")
        out.append(f"{name} {provision.heading}".strip() if provision.heading else name.rstrip("."))
    return tuple(x for x in out if x)


def clause_of(document: Document, eid: str) -> Clause | None:
    """Return the clause of a provision, None when it has neither text nor heading."""
    return next((c for c in clauses(document) if c.eid == eid), None)


def placed(library: Library, document: str, eid: str) -> PlacedProvision:
    """Gather all that is needed to read a provision alone; raise NotFoundError."""
    whole = library.get(document)
    provision = provision_or_404(whole, eid)
    clause = clause_of(whole, eid)
    file = library.source(document)
    return PlacedProvision(
        **provision_shape(provision, fixed_pages(file)),
        document=document,
        citation=forms(whole, eid),
        lead_in=clause.lead_in if clause else "",
        breadcrumb=breadcrumb(whole, clause.path if clause else ()),
        source_text=source_text(file, provision),
        taken_back=tuple(one.words for one in taken_back(library, whole, file, eid)),
        text_with_parts=with_parts(provision),
        children=tuple(child.eid for child in provision.children),
        state=Standing(library).shape(document, eid),
        permalink=permalink(whole, eid),
    )

"""Answers on citations and quotations as the public contract has them."""

from collections.abc import Iterator, Sequence

from corpus.citations.answering import CitationAnswer, Quoted
from corpus.citations.quoted.quotation import Quotation


def shape(answers: Sequence[CitationAnswer]) -> Iterator[dict[str, object]]:
    """Shape answers as the public contract has them."""
    for a in answers:
        yield {
            "span": [a.span.start, a.span.end],
            "text": a.text,
            "canonical": a.canonical,
            "status": str(a.status),
            "targets": [{"document": t.document, "eids": list(t.eids), "extent": t.extent} for t in a.targets],
            "unread": [{"span": [u.span.start, u.span.end], "text": u.text} for u in a.unread],
            "missing": list(a.missing),
            "nearest": _quoted_shape(a.nearest) if a.nearest else None,
            "provisions": [_quoted_shape(q) for q in a.provisions],
            "quotation": quotation_shape(a.quotation) if a.quotation else None,
        }


def _quoted_shape(quoted: Quoted) -> dict[str, object]:
    q = quoted
    return {
        "document": q.document,
        "eid": q.eid,
        "citation": q.citation,
        "text": q.text,
        "permalink": q.permalink,
        "page": q.page,
    }


def quotation_shape(quotation: Quotation) -> dict[str, object]:
    """Shape a quotation with what became of it."""
    q = quotation
    return {
        "span": [q.span.start, q.span.end],
        "text": q.text,
        "status": str(q.verdict),
        "document": q.document,
        "eid": q.eid,
        "why": list(q.why),
        "diff": [{"quoted": c.quoted, "printed": c.printed, "kind": c.kind} for c in q.changes],
        "printed": q.printed,
        "found_at": {"document": q.found[0], "eid": q.found[1]} if q.found else None,
    }

"""Check somebody's text: its citations, its quotations, and what it cites."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from analyzers.spans import Span
from corpus.citations.answering import LONGEST, Answering, CitationAnswer, quotation_shape, shape
from corpus.citations.quoted.quotation import Quotation
from corpus.citations.resolve.resolving import ResolutionStatus
from corpus.errors import QueryError
from corpus.library import Library

MOST = 1_000_000
"""Characters of a text that are checked."""
_CHUNK = 30_000
_PARAGRAPH = re.compile(r"\n[^\S\n]{0,64}\n")


@dataclass(frozen=True, slots=True)
class CitedAct:
    """An act that a text cites: its document, the provisions in the act's order, and where in the text."""

    document: str
    eids: tuple[str, ...]
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a text cites and quotes; `authorities` are the acts in the order of their first citation."""

    citations: tuple[CitationAnswer, ...]
    quotations: tuple[Quotation, ...]
    authorities: tuple[CitedAct, ...]


def citecheck(text: str, library: Library, progress: Callable[[int, int], None] | None = None) -> Checked:
    """Check the citations and quotations of a text part by part; raise QueryError when it is longer than MOST."""
    if len(text) > MOST:
        raise QueryError(f"Текст длиннее {MOST} знаков. Разделите его на части.")
    answering = Answering(library)
    citations: list[CitationAnswer] = []
    quotations: list[Quotation] = []
    for part in parts(text):
        own, quoted = answering.answers(text[slice(*part)], quotes=True)
        before = len(citations)
        citations += [_moved(c, part.start) for c in own]
        quotations += [_shifted(q, part.start, before) for q in quoted]
        if progress is not None:
            progress(part.end, len(text))
    return Checked(tuple(citations), tuple(quotations), tuple(_authorities(citations, answering)))


def parts(text: str) -> Iterator[Span]:
    """Cut a text between its paragraphs into parts that are read at once.

    >>> list(parts("а" * 10))
    [Span(start=0, end=10)]
    """
    start = 0
    while start < len(text):
        end = start + _CHUNK
        if end < len(text):
            stop = _PARAGRAPH.search(text, end, start + LONGEST)
            end = stop.end() if stop else max(text.rfind("\n", start, start + LONGEST) + 1, end)
        yield Span(start, min(end, len(text)))
        start = end


def _moved(citation: CitationAnswer, by: int) -> CitationAnswer:
    return replace(
        citation,
        span=citation.span.shifted(by),
        unread=tuple(replace(u, span=u.span.shifted(by)) for u in citation.unread),
        quotation=_shifted(citation.quotation, by, 0) if citation.quotation else None,
    )


def _shifted(quotation: Quotation, by: int, before: int) -> Quotation:
    number = quotation.citation
    return replace(quotation, span=quotation.span.shifted(by), citation=None if number is None else number + before)


def _authorities(citations: list[CitationAnswer], answering: Answering) -> Iterator[CitedAct]:
    found: dict[str, tuple[set[str], list[Span]]] = {}
    for citation in citations:
        if citation.status is ResolutionStatus.AMBIGUOUS:
            continue
        for target in citation.targets:
            eids, places = found.setdefault(target.document, (set(), []))
            eids.update(target.eids)
            places.append(citation.span)
    for document, (eids, places) in found.items():
        order = [p.eid for p in answering.document(document).instrument.walk() if p.eid in eids]
        yield CitedAct(document, tuple(order), tuple(dict.fromkeys(places)))


def checked_shape(checked: Checked) -> dict[str, object]:
    """Shape an answer as the public contract has it."""
    return {
        "citations": list(shape(checked.citations)),
        "quotations": [{**quotation_shape(q), "citation": q.citation} for q in checked.quotations],
        "authorities": [
            {
                "document": a.document,
                "eids": list(a.eids),
                "state": None,
                "places": [[s.start, s.end] for s in a.places],
            }
            for a in checked.authorities
        ],
    }

"""Check somebody's text: its citations, its quotations, and what it cites."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzers.spans import Span
from corpus.citations.answer_shapes import quotation_shape, shape
from corpus.citations.answering import Answering, CitationAnswer
from corpus.citations.cited_text import MOST, TextRead, read_text
from corpus.citations.quoted.quotation import Quotation
from corpus.citations.resolve.resolving import ResolutionStatus
from corpus.library import Library, Progress


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


def citecheck(
    text: str,
    library: Library,
    found: TextRead | None = None,
    until: float | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Check the citations and quotations of a text, read here unless given as `found`.

    `progress` is told how many citations and quotations of how many were looked at.
    Raise QueryError when it is longer than MOST, TooSlowError at `until` of the monotonic clock.
    """
    answering = Answering(text, library, until, progress)
    citations, quotations = answering.answers(read_text(text, MOST) if found is None else found)
    return Checked(citations, quotations, tuple(_authorities(citations, answering)))


def _authorities(citations: Sequence[CitationAnswer], answering: Answering) -> Iterator[CitedAct]:
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

"""A clause as a hit: citation, breadcrumb, and the public JSON shape."""

from collections.abc import Mapping, Sequence

from analyzers.spans import Span
from corpus import eid as eids
from corpus.citations.writing import CitationForm, cite
from corpus.clauses.clause import Clause
from corpus.codec import to_json
from corpus.effects.standing import state_json
from corpus.lexicon.units_of_acts import NAMES
from corpus.library import Summary
from corpus.metadata.short_names import short_name
from corpus.model import Kind
from corpus.plain import Record
from corpus.search.answers import Answer, AskedDocument, Explanation, Hit, Reading

Labels = Mapping[tuple[str, str], str]
"""Headings by (document, eId)."""


def hit(clause: Clause, about: Summary, labels: Labels, spans: Sequence[Span]) -> Hit:
    """Show a clause; score and words are filled in by the ranking."""
    return Hit(
        document=clause.document,
        source=about.source,
        instrument=about.place,
        title=about.title,
        eid=clause.eid,
        kind=str(clause.kind),
        citation=cite(about, clause.eid),
        heading=clause.heading,
        lead_in=clause.lead_in,
        text=clause.text,
        breadcrumb=tuple(_crumb(about, eid, labels.get((clause.document, eid), "")) for eid in clause.path),
        highlights=tuple(spans),
        score=0.0,
        order=clause.order,
        short_name=short_name(about),
    )


def _crumb(about: Summary, eid: str, heading: str) -> str:
    """Name a unit by itself: «Статья 6. Отказ», «п. 1»."""
    place = cite(about, eid, CitationForm.PLACE)
    above = eids.parent(eid)
    if above and (outer := cite(about, above, CitationForm.PLACE)) and place.endswith(outer):
        place = place[: -len(outer)].strip()
    _, _, number = place.partition(" ")
    kind = eids.parse(eid)[-1].kind
    if kind in (Kind.ARTICLE, Kind.CHAPTER, Kind.SECTION, Kind.ATTACHMENT):
        place = f"{NAMES[kind].name} {number}".strip()
    place = place[:1].upper() + place[1:] if not number else place
    return f"{place}. {heading}" if heading else place


def answer_json(answer: Answer) -> Record:
    """Turn an answer into the public JSON shape, with more beside it."""
    return {
        "query": answer.query,
        "understood": answer.understood,
        "reading": reading_json(answer.reading),
        "total": answer.total,
        "whole": answer.whole,
        "semantic": str(answer.semantic),
        "hits": [_hit_json(h) for h in answer.hits],
        "notices": [to_json(n) for n in answer.notices],
        "facets": {name: dict(counts) for name, counts in answer.facets.items()},
        "cursor": answer.cursor,
        **({"documents": [_document_json(d) for d in answer.documents]} if answer.documents is not None else {}),
    }


def _document_json(asked: AskedDocument) -> dict[str, object]:
    told = {"id": asked.id, "title": asked.title, "date": asked.date}
    return {**told, "state": state_json(asked.state), "why": asked.why}


def reading_json(reading: Reading) -> Record:
    """Turn a reading into JSON values."""
    return {
        "words": [
            {
                "text": w.text,
                "lemmas": list(w.lemmas),
                "span": list(w.span),
                "alternatives": [{"text": a.text, "means": str(a.means), "weight": a.weight} for a in w.alternatives],
            }
            for w in reading.words
        ],
        "corrections": [
            {
                "slip": str(c.slip),
                "original": c.original,
                "replacement": c.replacement,
                "message": c.message,
                "span": list(c.span),
            }
            for c in reading.corrections
        ],
        "suggestions": list(reading.suggestions),
        "strict": reading.strict,
        "place": reading.place,
        "way_back": reading.way_back,
    }


def _hit_json(h: Hit) -> Record:
    return {
        "document": h.document,
        "source": h.source,
        "instrument": h.instrument,
        "eid": h.eid,
        "citation": h.citation,
        "text": h.text,
        "highlights": [list(span) for span in h.highlights],
        "bridges": [list(span) for span in h.bridges],
        "score": h.score,
        "matched": list(h.matched),
        "missing": list(h.missing),
        "second_reading": h.second_reading,
        "whole": h.whole,
        "title": h.title,
        "short_name": h.short_name,
        "kind": h.kind,
        "heading": h.heading,
        "lead_in": h.lead_in,
        "breadcrumb": list(h.breadcrumb),
        "page": h.page,
        "state": state_json(h.state),
    }


def explanation_json(explanation: Explanation) -> Record:
    """Turn an explanation into JSON values."""
    return {
        "understood": explanation.understood,
        "document": explanation.clause.document,
        "eid": explanation.clause.eid,
        "citation": explanation.citation,
        "matches": explanation.matches,
        "score": round(explanation.score, 4),
        "parts": [{"label": part.label, "value": round(part.value, 4)} for part in explanation.parts],
    }

"""The JSON shapes of the public contract, the same for the command line and HTTP."""

from collections.abc import Sequence
from typing import Any

from analyzers.spans import Span
from corpus.citations.layered.relations import Told, distinct, kept
from corpus.library import Summary
from corpus.metadata.correctable import typed
from corpus.metadata.short_names import short_name
from corpus.model import Correction, Diagnostic, Document, Instrument, Provision, SourceFile
from corpus.pages import fixed_pages, page_of
from corpus.plain import Record


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def provision_shape(provision: Provision, pages: Sequence[int] = ()) -> Record:
    """Shape one provision; where the file has `pages` (their first code points), with the page it begins on."""
    return {
        "eid": provision.eid,
        "kind": str(provision.kind),
        "num": provision.num,
        "heading": provision.heading,
        "text": provision.text,
        "lang": provision.lang,
        "source_spans": _spans(provision.source_spans),
        **({"page": page_of(pages, provision)} if pages else {}),
    }


def diagnostic_shape(diagnostic: Diagnostic) -> Record:
    """Shape a doubt."""
    span = diagnostic.span
    return {
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "span": [span.start, span.end] if span else None,
    }


def correction_shape(correction: Correction) -> Record:
    """Shape what a person put in place of a field as read; values as the field's own."""
    return {
        "field": correction.field,
        "value": _plain(correction.field, correction.value),
        "read": _plain(correction.field, correction.read),
        "author": correction.author,
        "time": correction.time,
        "note": correction.note,
    }


def _plain(field: str, texts: Sequence[str]) -> Any:
    value = typed(field, texts)
    return list(value) if isinstance(value, tuple) else value


def relation_shape(told: Told) -> Record:
    """Shape what an act does to another one; spans in the text of provision `eid`, "" is the title."""
    named = told.citation.named
    return {
        "relation": str(told.relation),
        "eid": told.eid,
        "text": told.text,
        "span": [told.span.start, told.span.end],
        "cue": [told.cue.start, told.cue.end],
        "confidence": told.confidence,
        "title": named.title if named else "",
        "date": named.date if named else None,
        "number": named.number if named else None,
    }


def instrument_shape(instrument: Instrument, pages: Sequence[int] = ()) -> Record:
    """Shape an instrument with its provisions in document order; `pages` as for `provision_shape`."""
    return {
        "type": str(instrument.type),
        "title": instrument.title,
        "short_name": short_name(instrument),
        "date": instrument.date,
        "place": instrument.place,
        "number": instrument.number,
        "parties": list(instrument.parties),
        "issuer": instrument.issuer,
        "languages": list(instrument.languages),
        "copies": instrument.copies,
        "prevailing_language": instrument.prevailing_language,
        "in_force_from": instrument.in_force_from,
        "duration": instrument.duration,
        "notice_period": instrument.notice_period,
        "status": instrument.status,
        "signatories": list(instrument.signatories),
        "notes": list(instrument.notes),
        "evidence": [
            {"field": e.field, "span": [e.span.start, e.span.end], "confidence": e.confidence}
            for e in instrument.evidence
        ],
        "corrected": [correction_shape(c) for c in instrument.corrected],
        "relations": [relation_shape(t) for t in distinct(kept(instrument))],
        "provisions": [provision_shape(p, pages) for p in instrument.walk()],
        "diagnostics": [diagnostic_shape(d) for d in instrument.diagnostics],
    }


def parsed_shape(file: SourceFile) -> Record:
    """Shape a parsed file as `svod parse` prints it."""
    return {
        "source": file.name,
        "format": file.format,
        "encoding": file.encoding,
        "instruments": [instrument_shape(i, fixed_pages(file)) for i in file.instruments],
        "furniture": [{"span": [f.span.start, f.span.end], "rule": f.rule} for f in file.furniture],
        "diagnostics": [diagnostic_shape(d) for d in file.diagnostics],
    }


def document_shape(document: Document, pages: Sequence[int] = ()) -> Record:
    """Shape a stored document; `pages` as for `provision_shape`."""
    return {
        "id": document.id,
        "source": document.source,
        "instrument": document.place,
        **instrument_shape(document.instrument, pages),
    }


def summary_shape(summary: Summary) -> Record:
    """Shape a document in a list; `instrument` is its 0-based place in the file."""
    return {
        "id": summary.id,
        "source": summary.source,
        "instrument": summary.place,
        "type": summary.type,
        "title": summary.title,
        "short_name": short_name(summary),
        "date": summary.date,
        "place": summary.place_signed,
        "number": summary.number,
        "parties": list(summary.parties),
        "issuer": summary.issuer,
        "languages": list(summary.languages),
        "status": summary.status,
        "provisions": summary.provisions,
        "diagnostics": summary.diagnostics,
    }

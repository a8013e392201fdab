"""Shapes of references, the same for the command line and HTTP."""

from corpus.citations.resolve.references import Incoming, Reference
from corpus.citations.resolve.resolving import External, Target
from corpus.plain import Record


def target_shape(target: Target) -> Record:
    """Shape a target."""
    return {"document": target.document, "eids": list(target.eids)}


def reference_shape(reference: Reference) -> Record:
    """Shape a reference as `svod refs` prints it."""
    r = reference
    return {
        "eid": r.eid,
        "text": r.text,
        "span": [r.span.start, r.span.end],
        "status": str(r.status),
        "target": target_shape(r.target) if r.target else None,
        "candidates": [target_shape(c) for c in r.candidates],
        "external": _external_shape(r.external) if r.external else None,
        "nearest": target_shape(r.nearest) if r.nearest else None,
        "relation": str(r.relation) if r.relation else None,
    }


def _external_shape(external: External) -> Record:
    e = external
    return {"type": str(e.type), "title": e.title, "date": e.date, "number": e.number, "eids": list(e.eids)}


def incoming_shape(incoming: Incoming) -> Record:
    """Shape an incoming reference."""
    i = incoming
    return {
        "document": i.document,
        "eid": i.eid,
        "text": i.text,
        "span": [i.span.start, i.span.end],
        "target_eids": list(i.target_eids),
    }

"""The JSON shapes of the public contract (equivalents, compare), with more keys beside the required ones."""

from dataclasses import replace

from analyzers.spans import Span
from corpus.codec import to_json
from corpus.comparison.grid import Candidate, Cell, Column, Comparison, Decision, Equivalents, Row
from corpus.effects.standing import state_json, worst
from corpus.plain import Record


def equivalents_shape(answer: Equivalents) -> Record:
    """Write the answer for one provision."""
    return {
        "document": answer.document,
        "eid": answer.eid,
        "status": str(answer.status),
        "confidence": answer.confidence,
        "topics": list(answer.topics),
        "candidates": [_candidate(c) for c in answer.candidates],
        "decisions": [decision_shape(d) for d in answer.decisions],
    }


def _candidate(candidate: Candidate) -> Record:
    return {
        "document": candidate.document,
        "source": candidate.source,
        "instrument": candidate.instrument,
        "eid": candidate.eid,
        "spans": _spans(candidate.spans),
        "score": candidate.score,
        "citation": candidate.citation,
        "text": candidate.text,
        "evidence": list(candidate.evidence),
        "copies": [{"document": d, "eid": e} for d, e in candidate.copies],
    }


def comparison_shape(comparison: Comparison) -> Record:
    """Write the whole table."""
    return {
        "documents": [c.document for c in comparison.columns],
        "columns": [_column(c) for c in comparison.columns],
        "rows": [_row(r) for r in comparison.rows],
    }


def _column(column: Column) -> dict[str, object]:
    return {**to_json(replace(column, state=None)), "state": state_json(column.state)}


def _row(row: Row) -> Record:
    return {
        "topic": row.topic,
        "label": row.label,
        "differs": row.differs,
        "anchors": list(row.anchors),
        "summary": row.summary,
        "cells": {document: _cell(cell) for document, cell in row.cells.items()},
    }


def _cell(cell: Cell) -> Record:
    return {
        "status": str(cell.status),
        "confidence": cell.confidence,
        "provisions": [
            {
                "eid": p.eid,
                "spans": _spans(p.spans),
                "score": p.score,
                "citation": p.citation,
                "text": p.text,
                "state": state_json(p.state),
            }
            for p in cell.provisions
        ],
        "state": state_json(worst(p.state for p in cell.provisions)),
        "values": dict(cell.values),
        "value_places": [{"name": v.name, "shown": v.shown, "eid": v.eid, "span": list(v.span)} for v in cell.shown],
        "evidence": list(cell.evidence),
        "decision": decision_shape(cell.decision) if cell.decision else None,
    }


def decision_shape(decision: Decision) -> Record:
    """Write a decision."""
    return {**to_json(decision), "stale": decision.stale}


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [list(s) for s in spans]

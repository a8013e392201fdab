"""A source text as JSON values, to pass between a confined child and its parent."""

import dataclasses
from typing import Any

from analyzers.spans import Span
from corpus.model import Diagnostic, Furniture
from ingest.source import Hint, SourceText


def values_of(source: SourceText) -> dict[str, Any]:
    """Write a source text as JSON values."""
    values: dict[str, Any] = {field.name: getattr(source, field.name) for field in dataclasses.fields(source)}
    values["hints"] = [dataclasses.astuple(hint) for hint in source.hints]
    values["furniture"] = [(*item.span, item.rule) for item in source.furniture]
    values["diagnostics"] = [(item.rule, item.message, item.span) for item in source.diagnostics]
    return values


def source_of(values: dict[str, Any]) -> SourceText:
    """Build the source text the values describe."""
    doubts = (
        Diagnostic(rule, said, None if span is None else Span(*span)) for rule, said, span in values["diagnostics"]
    )
    return SourceText(
        text=values["text"],
        format=values["format"],
        encoding=values["encoding"],
        paragraphs=values["paragraphs"],
        hints=tuple(Hint(*hint) for hint in values["hints"]),
        furniture=tuple(Furniture(Span(start, end), rule) for start, end, rule in values["furniture"]),
        pages=tuple(values["pages"]),
        diagnostics=tuple(doubts),
    )

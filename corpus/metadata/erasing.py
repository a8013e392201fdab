"""A file without the words of one of its acts: the others stay as they are, at their places."""

import re
from dataclasses import replace

from analyzers.spans import Span
from corpus.model import Instrument, SourceFile

ERASED = "Забытый документ"
_LETTER = re.compile(r"\S")


def without(file: SourceFile, places: frozenset[int]) -> SourceFile:
    """Return the file with the acts at these places emptied and every letter of the text outside the others blank.

    Lengths stay, so that spans of the other acts do.
    """
    hulls = (_hull(act) for place, act in enumerate(file.instruments) if place not in places)
    kept = [span for span in hulls if span is not None]
    text: list[str] = []
    at = 0
    for span in sorted(kept):
        text += [_LETTER.sub(" ", file.text[at : max(span.start, at)]), file.text[max(span.start, at) : span.end]]
        at = max(span.end, at)
    text.append(_LETTER.sub(" ", file.text[at:]))
    return replace(
        file,
        text="".join(text),
        edits=tuple(e for e in file.edits if _inside(Span(e.start, e.end), kept)),
        instruments=tuple(
            Instrument(act.type, ERASED) if place in places else act for place, act in enumerate(file.instruments)
        ),
        withheld=tuple(one for one in file.withheld if _inside(Span(one.edit.start, one.edit.end), kept)),
        repaired=tuple(one for one in file.repaired if one.place not in places),
        diagnostics=tuple(d for d in file.diagnostics if d.span is not None and _inside(d.span, kept)),
    )


def _hull(act: Instrument) -> Span | None:
    """Return the stretch of the source an act takes; None for one without a place."""
    spans = [s for p in act.walk() for s in (*p.source_spans, *p.label_spans)]
    spans += [e.span for e in act.evidence]
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def _inside(span: Span, kept: list[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in kept)

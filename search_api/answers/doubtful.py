"""What to look at in a file that was just read: where it was mended, and the places of its doubts."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter

from analyzers.spans import Span
from corpus.model import Diagnostic, Instrument, SourceFile
from corpus.plain import Record
from search_api.answers.reading import mended
from search_api.answers.shapes import diagnostic_shape


def repaired_places(file: SourceFile, acts: Sequence[Instrument]) -> int:
    """Count the runs of provisions of a file's acts that differ from their source."""
    return sum(len(mended(file, provision)) for act in acts for provision in act.walk())


def placed_doubts(file: SourceFile, documents: Mapping[int, str]) -> list[Record]:
    """Shape the doubts of a file and its acts with their places; `documents` are ids by the act's place in the file."""
    told = [diagnostic_shape(doubt) for doubt in file.diagnostics]
    for place, act in enumerate(file.instruments):
        for doubt, eid in doubts_of(act):
            told.append({**diagnostic_shape(doubt), "document": documents.get(place, ""), "eid": eid})
    return told


def doubts_of(act: Instrument) -> list[tuple[Diagnostic, str]]:
    """Return the doubts about how an act was read, in order, each with the provision it is about; "" for the whole."""
    held = sorted((span.start, span.end, unit.eid) for unit in act.walk() for span in unit.source_spans)
    return [(doubt, _holder(held, doubt.span) if doubt.span else "") for doubt in act.diagnostics]


def _holder(held: Sequence[tuple[int, int, str]], span: Span) -> str:
    """Return the provision in whose words or label a span of the source begins; "" for none."""
    after = bisect_right(held, span.start, key=itemgetter(0))
    start, end, eid = held[after - 1] if after else (0, 0, "")
    return eid if start <= span.start < end else ""

"""What to look at in a file that was just read: where it was mended, and the places of its doubts."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter

from analyzers.spans import Span
from corpus.model import SourceFile
from corpus.plain import Record
from search_api.answers.reading import mended
from search_api.answers.shapes import diagnostic_shape


def repaired_places(file: SourceFile) -> int:
    """Count the runs of a file's provisions that differ from their source."""
    return sum(len(mended(file, provision)) for act in file.instruments for provision in act.walk())


def placed_doubts(file: SourceFile, documents: Mapping[int, str]) -> list[Record]:
    """Shape the doubts of a file and its acts with their places; `documents` are ids by the act's place in the file."""
    told = [diagnostic_shape(doubt) for doubt in file.diagnostics]
    for place, act in enumerate(file.instruments):
        held = sorted((span.start, span.end, unit.eid) for unit in act.walk() for span in unit.source_spans)
        for doubt in act.diagnostics:
            eid = _holder(held, doubt.span) if doubt.span else ""
            told.append({**diagnostic_shape(doubt), "document": documents.get(place, ""), "eid": eid})
    return told


def _holder(held: Sequence[tuple[int, int, str]], span: Span) -> str:
    """Return the provision in whose words or label a span of the source begins; "" for none."""
    after = bisect_right(held, span.start, key=itemgetter(0))
    start, end, eid = held[after - 1] if after else (0, 0, "")
    return eid if start <= span.start < end else ""

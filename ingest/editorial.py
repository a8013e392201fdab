"""The marks publishers print between the units of a text, each with the unit under which it is printed."""

from bisect import bisect_right

from analyzers.repair import Repaired
from corpus.model import Instrument
from corpus.plain import JsonObject
from ingest.acts.parts.segments import Segment


def layer(act: Instrument, segment: Segment, repaired: Repaired) -> list[JsonObject]:
    """Return the publisher's notes inside a text with the eId of the provision before each; "" before the first."""
    begun = sorted((spans[0].start, p.eid) for p in act.walk() if (spans := p.source_spans))
    starts = [start for start, _ in begun]
    rows: list[JsonObject] = []
    for note in segment.notes:
        if trace := note.content.trace(repaired):
            before = bisect_right(starts, trace[0].source.start)
            rows.append({"eid": begun[before - 1][1] if before else "", "text": note.text})
    return rows

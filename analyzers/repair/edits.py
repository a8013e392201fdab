from bisect import bisect_right
from dataclasses import dataclass, field

from analyzers.spans import Span

THETA = 0.6
"""Edits of at least this confidence change the text; weaker ones serve search only (DESIGN §1)."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of source[start:end]; `runner_up` names the rule or reading that came second."""

    start: int
    end: int
    replacement: str
    rule: str
    confidence: float
    runner_up: str | None = None


@dataclass(frozen=True, slots=True)
class Repaired:
    """A decoded source and its edits, sorted and disjoint; `text` has those of confidence ≥ THETA applied.

    >>> r = Repaired("ч е л, да", (Edit(0, 5, "чел", "demo", 0.9),))
    >>> r.text, r.to_source(0, 3), r.to_source(5, 7)
    ('чел, да', Span(start=0, end=5), Span(start=7, end=9))
    """

    source: str
    edits: tuple[Edit, ...] = ()
    text: str = field(init=False)
    _starts: tuple[int, ...] = field(init=False, repr=False)
    _runs: tuple[tuple[int, int, int, int], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Lay out runs (text start, text end, source start, source end): copied runs and edits in turn."""
        runs, parts, at, out = [], [], 0, 0
        for edit in self.applied:
            if edit.start > at:
                parts.append(self.source[at : edit.start])
                runs.append((out, out + edit.start - at, at, edit.start))
                out += edit.start - at
            parts.append(edit.replacement)
            runs.append((out, out + len(edit.replacement), edit.start, edit.end))
            out, at = out + len(edit.replacement), edit.end
        parts.append(self.source[at:])
        runs.append((out, out + len(self.source) - at, at, len(self.source)))
        object.__setattr__(self, "text", "".join(parts))
        object.__setattr__(self, "_runs", tuple(runs))
        object.__setattr__(self, "_starts", tuple(r[0] for r in runs))

    @property
    def applied(self) -> tuple[Edit, ...]:
        """Return the edits that change the text."""
        return tuple(e for e in self.edits if e.confidence >= THETA)

    def runs(self, start: int, end: int) -> list[tuple[Span, Span]]:
        """Split text[start:end] into (text span, source span) runs; an edit is one run, never cut."""
        out = []
        for i in range(max(bisect_right(self._starts, start) - 1, 0), len(self._runs)):
            t0, t1, s0, s1 = self._runs[i]
            if t0 >= end and not (t0 == t1 == end):
                break
            if t1 <= start and not t0 == t1 == start:
                continue
            if t1 - t0 == s1 - s0 and self.source[s0:s1] == self.text[t0:t1]:
                a, b = max(t0, start), min(t1, end)
                out.append((Span(a, b), Span(s0 + a - t0, s0 + b - t0)))
            else:
                out.append((Span(max(t0, start), min(t1, end)), Span(s0, s1)))
        return out

    def to_source(self, start: int, end: int) -> Span:
        """Map a span of `text` to the source; a span inside an edit maps to the whole edit."""
        runs = [source for text, source in self.runs(start, end) if text.end > text.start]
        return Span(runs[0].start, runs[-1].end) if runs else Span(*(self._point(start),) * 2)

    def _point(self, at: int) -> int:
        t0, _, s0, s1 = self._runs[max(bisect_right(self._starts, at) - 1, 0)]
        return min(s0 + at - t0, s1)

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from analyzers.spans import Span

THETA = 0.6
"""Edits of at least this confidence change the text; weaker ones serve search only."""


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

    `weak` is what the others would write, with its place in `text`.

    >>> r = Repaired("ч е л, да", (Edit(0, 5, "чел", "demo", 0.9),))
    >>> r.text, r.to_source(0, 3), r.to_source(5, 7)
    ('чел, да', Span(start=0, end=5), Span(start=7, end=9))
    >>> Repaired("ч е л, да", (Edit(0, 5, "чел", "demo", 0.9), Edit(7, 9, "ад", "demo", 0.5))).weak
    ((Span(start=5, end=7), 'ад'),)
    """

    source: str
    edits: tuple[Edit, ...] = ()
    text: str = field(init=False)
    weak: tuple[tuple[Span, str], ...] = field(init=False, repr=False)
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
        object.__setattr__(self, "weak", self._unapplied())

    @property
    def applied(self) -> tuple[Edit, ...]:
        """Return the edits that change the text."""
        return tuple(e for e in self.edits if e.confidence >= THETA)

    def _unapplied(self) -> tuple[tuple[Span, str], ...]:
        starts = [run[2] for run in self._runs]
        out = []
        for edit in (e for e in self.edits if e.confidence < THETA):
            t0, _, s0, _ = self._runs[bisect_right(starts, edit.start) - 1]
            out.append((Span(t0 + edit.start - s0, t0 + edit.end - s0), edit.replacement))
        return tuple(out)

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

    def then(self, edits: Iterable[Edit]) -> "Repaired":
        """Apply further disjoint edits whose offsets are in `text`; one that meets an applied edit unites with it.

        >>> first = Repaired("ч e л а", (Edit(2, 3, "е", "lookalike", 0.9),))
        >>> first.then([Edit(0, 5, "чел", "spaced", 0.8)]).edits
        (Edit(start=0, end=5, replacement='чел', rule='lookalike+spaced', confidence=0.8, runner_up=None),)
        """
        fresh = sorted(edits, key=lambda e: (e.start, e.end))
        if not fresh:
            return self
        strong = [_Layer(e.start, e.end, e, fresh=True) for e in fresh if e.confidence >= THETA]
        out = [self._united(group) for group in _groups([*self._placed(), *strong])]
        weak = [e for e in self.edits if e.confidence < THETA]
        weak += [replace(e, start=self._after(e.start), end=self._before(e.end)) for e in fresh if e.confidence < THETA]
        starts = [e.start for e in out]
        for edit in weak:
            at = bisect_left(starts, edit.start)
            if (
                edit.start <= edit.end
                and (at == 0 or out[at - 1].end <= edit.start)
                and (at == len(out) or edit.end <= starts[at])
            ):
                out.insert(at, edit)
                starts.insert(at, edit.start)
        return Repaired(self.source, tuple(out))

    def _placed(self) -> list["_Layer"]:
        runs = {(s0, s1): (t0, t1) for t0, t1, s0, s1 in reversed(self._runs)}
        return [_Layer(*runs[e.start, e.end], e, fresh=False) for e in self.applied]

    def _united(self, group: list["_Layer"]) -> Edit:
        """Make one edit of the source from layers that overlap in `text`."""
        if len(group) == 1 and not group[0].fresh:
            return group[0].edit
        start, end = group[0].start, max(x.end for x in group)
        parts, at = [], start
        for layer in group:
            if layer.fresh:
                parts += [self.text[at : layer.start], layer.edit.replacement]
                at = layer.end
        order = sorted(group, key=lambda x: x.fresh)
        return Edit(
            self._after(start),
            self._after(end) if start == end else self._before(end),
            "".join(parts) + self.text[at:end],
            "+".join(dict.fromkeys(rule for x in order for rule in x.edit.rule.split("+"))),
            min(x.edit.confidence for x in group),
            next((x.edit.runner_up for x in reversed(order) if x.edit.runner_up), None),
        )

    def _after(self, at: int) -> int:
        """Return the source offset of what begins at `at` of the text."""
        t0, t1, s0, s1 = self._runs[bisect_right(self._starts, at) - 1]
        return s0 if at == t0 else min(s0 + at - t0, s1) if t1 - t0 == s1 - s0 else s1

    def _before(self, at: int) -> int:
        """Return the source offset of what ends at `at` of the text."""
        t0, t1, s0, s1 = self._runs[max(bisect_left(self._starts, at) - 1, 0)]
        return s1 if at == t1 else s0 + at - t0

    def _point(self, at: int) -> int:
        t0, _, s0, s1 = self._runs[max(bisect_right(self._starts, at) - 1, 0)]
        return min(s0 + at - t0, s1)


@dataclass(frozen=True, slots=True)
class _Layer:
    """An edit with the range of the text it made, or, when fresh, is about to change."""

    start: int
    end: int
    edit: Edit
    fresh: bool


def _groups(layers: list[_Layer]) -> Iterator[list[_Layer]]:
    """Gather layers that overlap; fresh ones never overlap each other."""
    group: list[_Layer] = []
    end = -1
    for layer in sorted(layers, key=lambda x: (x.start, x.end)):
        if group and layer.start >= end:
            yield group
            group = []
        group.append(layer)
        end = max(end, layer.end) if len(group) > 1 else layer.end
    if group:
        yield group

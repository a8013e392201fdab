from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    def shifted(self, by: int) -> "Span":
        """Move both ends.

        >>> Span(2, 5).shifted(10)
        Span(start=12, end=15)
        """
        return Span(self.start + by, self.end + by)


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """Join spans that touch or overlap; the result is in order and disjoint.

    >>> merged([Span(5, 7), Span(0, 3), Span(3, 4)])
    (Span(start=0, end=4), Span(start=5, end=7))
    """
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.end > span.start:
            out.append(span)
    return tuple(out)


def inside(spans: Sequence[Span], at: int) -> bool:
    """Say whether a place lies in one of spans that are in order and disjoint, as `merged` gives them.

    >>> [inside((Span(0, 3), Span(5, 7)), at) for at in (2, 3, 5)]
    [True, False, True]
    """
    after = bisect_right(spans, at, key=lambda span: span.start)
    return after > 0 and at < spans[after - 1].end

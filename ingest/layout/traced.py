from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from analyzers.repair import Repaired
from analyzers.spans import Span
from corpus.model import Piece


@dataclass(frozen=True, slots=True)
class Traced:
    """A text made of runs copied from the repaired text: each run is (start in text, start there, length).

    What stands between runs (the blank that joins two lines) comes from nowhere.
    """

    text: str
    runs: tuple[tuple[int, int, int], ...]

    @classmethod
    def copy(cls, text: str, start: int, end: int) -> "Traced":
        """Take text[start:end] as one run."""
        return cls(text[start:end], ((0, start, end - start),) if end > start else ())

    def cut(self, start: int, end: int | None = None) -> "Traced":
        """Take a part.

        >>> Traced.copy("раз два", 0, 7).cut(4)
        Traced(text='два', runs=((0, 4, 3),))
        """
        end = len(self.text) if end is None else min(end, len(self.text))
        runs = []
        for at, origin, length in self.runs:
            a, b = max(at, start), min(at + length, end)
            if b > a:
                runs.append((a - start, origin + a - at, b - a))
        return Traced(self.text[start:end], tuple(runs))

    def without(self, spans: Iterable[tuple[int, int]]) -> "Traced":
        """Leave out spans, given in order and disjoint.

        >>> Traced.copy("раз, два", 0, 8).without([(3, 4)])
        Traced(text='раз два', runs=((0, 0, 3), (3, 4, 4)))
        """
        left_out = list(spans)
        starts, ends = [0, *(end for _, end in left_out)], [*(start for start, _ in left_out), len(self.text)]
        shorter = [0, *accumulate(end - start for start, end in left_out)]
        runs: list[tuple[int, int, int]] = []
        for at, origin, length in self.runs:
            for k in range(bisect_right(ends, at), bisect_left(starts, at + length)):
                a, b = max(at, starts[k]), min(at + length, ends[k])
                if b > a:
                    runs.append((a - shorter[k], origin + a - at, b - a))
        return Traced("".join(self.text[a:b] for a, b in zip(starts, ends, strict=True)), tuple(runs))

    def strip(self) -> "Traced":
        """Leave out blanks at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, len(self.text.rstrip())) if self.text.strip() else self.cut(0, 0)

    def origin(self) -> Span | None:
        """Return the range of the repaired text from the first run to the last."""
        if not self.runs:
            return None
        return Span(self.runs[0][1], self.runs[-1][1] + self.runs[-1][2])

    def origins(self) -> list[Span]:
        """Return the runs' ranges in the repaired text."""
        return [Span(origin, origin + length) for _, origin, length in self.runs]

    def place(self, span: Span) -> Span | None:
        """Return where a range of the repaired text stands; None when part of it does not.

        >>> Traced.copy("раз два", 4, 7).place(Span(5, 7))
        Span(start=1, end=3)
        """
        start = next((at + span.start - o for at, o, n in self.runs if o <= span.start < o + n), None)
        end = next((at + span.end - o for at, o, n in self.runs if o < span.end <= o + n), None)
        return None if start is None or end is None else Span(start, max(start, end))

    def trace(self, repaired: Repaired) -> tuple[Piece, ...]:
        """Map the text to the decoded source, runs that go on in both joined."""
        pieces: list[Piece] = []
        grows = False
        for at, origin, length in self.runs:
            for part, source in repaired.runs(origin, origin + length):
                text = part.shifted(at - origin)
                copied = repaired.text[part.start : part.end] == repaired.source[source.start : source.end]
                last = pieces[-1] if pieces else None
                if last and grows and copied and (text.start, source.start) == (last.text.end, last.source.end):
                    pieces[-1] = Piece(Span(last.text.start, text.end), Span(last.source.start, source.end))
                else:
                    pieces.append(Piece(text, source))
                    grows = copied
        return tuple(pieces)


def join(parts: Iterable[Traced], separator: str = " ") -> Traced:
    """Put texts one after another."""
    texts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    length = 0
    for part in parts:
        if length and part.text:
            texts.append(separator)
            length += len(separator)
        runs.extend((at + length, origin, size) for at, origin, size in part.runs)
        texts.append(part.text)
        length += len(part.text)
    return Traced("".join(texts), tuple(runs))

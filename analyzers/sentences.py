"""Sentences of a text. The one place that imports razdel's sentence splitter."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from razdel import sentenize

from analyzers.spans import Span

_WINDOW: Final = 10_000
"""Letters that razdel sees at once: it joins a sentence piece by piece, in time quadratic in its length."""


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences, in order, covering every word; a line break ends one.

    >>> [text[a:b] for text in ["Отказ по п. 2 ст. 5. Ответ дают."] for a, b in sentences(text)]
    ['Отказ по п. 2 ст. 5.', 'Ответ дают.']
    """
    out: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        bounds = [at + start for start in (*_starts(line), len(line))]
        out.extend(Span(a, a + len(text[a:b].rstrip())) for a, b in pairwise(bounds) if text[a:b].strip())
        at += len(line)
    return tuple(out)


def _starts(line: str) -> Iterator[int]:
    """Yield where the sentences of a line begin; one longer than the window goes on in the next."""
    at, begun = 0, False
    while at < len(line):
        end = at + _WINDOW
        if end < len(line):
            end = line.rfind(" ", at + 1, end) + 1 or end
        starts = [at + s.start for s in sentenize(line[at:end]) if s.text]
        last = starts.pop() if len(starts) > 1 and end < len(line) else end
        yield from starts[1:] if begun else starts
        begun = last == end and (begun or bool(starts))
        at = last

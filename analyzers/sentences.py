"""Sentences of a text. The one place that imports razdel's sentence splitter."""

from itertools import pairwise

from razdel import sentenize

from analyzers.spans import Span


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences, in order, covering every word; a line break ends one.

    >>> [text[a:b] for text in ["Отказ по п. 2 ст. 5. Ответ дают."] for a, b in sentences(text)]
    ['Отказ по п. 2 ст. 5.', 'Ответ дают.']
    """
    out: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        starts = [at + s.start for s in sentenize(line)]
        bounds = [*starts, at + len(line)]
        out.extend(Span(a, a + len(text[a:b].rstrip())) for a, b in pairwise(bounds) if text[a:b].strip())
        at += len(line)
    return tuple(out)

"""Somebody's text as it is read, without any library: citations, quotations, and which belongs to which."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analyzers.spans import Span
from corpus.citations.parsed import Citation, Named
from corpus.citations.quoted.marks import ascribed, quotations
from corpus.citations.quoted.words import unbroken
from corpus.citations.read.reading import Memory, quiet, read
from corpus.errors import QueryError

LONGEST = 64_000
"""Characters of a text whose citations are answered at once."""
MOST = 1_000_000
"""Characters of a text that is checked."""
_PART = 30_000
_PARAGRAPH = re.compile(r"\n[^\S\n]{0,64}\n")


@dataclass(frozen=True, slots=True)
class CitationRead:
    """A citation as it was read; `quiet` ones are told only when they are resolved."""

    citation: Citation
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class QuoteRead:
    """Quoted words, the marks left out: the numbers of the citations they stand by, and of those inside them."""

    span: Span
    citations: tuple[int, ...] = ()
    inside: tuple[int, ...] = ()
    near: tuple[int, ...] = ()
    """Other citations it may be of."""


@dataclass(frozen=True, slots=True)
class TextRead:
    """The citations and quotations of a text, each in order."""

    citations: tuple[CitationRead, ...] = ()
    quotes: tuple[QuoteRead, ...] = ()


def read_text(text: str, most: int = LONGEST) -> TextRead:
    """Read the citations and quotations of a text; raise QueryError when it has more than `most` characters.

    >>> found = read_text("Согласно п. 2 ст. 8 Соглашения от 23.10.2008: «Стороны несут расходы».")
    >>> [tuple(q.citations) for q in found.quotes], found.citations[0].citation.named.date
    ([(0,)], '2008-10-23')
    """
    if len(text) > most:
        raise QueryError(f"Текст длиннее {most} знаков. Разделите его на части.")
    memory = Memory()
    citations: list[CitationRead] = []
    quotes: list[QuoteRead] = []
    for part in parts(text):
        joined, gone = unbroken(text[slice(*part)])
        found = _read_part(joined, memory)
        before, at = len(citations), _Places(part.start, gone)
        citations += [replace(c, citation=_moved(c.citation, at)) for c in found.citations]
        quotes += [_later(q, at, before) for q in found.quotes]
    return TextRead(tuple(citations), tuple(quotes))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a part of a text stands in it; at each of `gone` two characters of a broken word were left out."""

    start: int
    gone: tuple[int, ...]

    def of(self, span: Span) -> Span:
        """Return the place of a span of the part in the text."""
        first, last = (bisect_right(self.gone, at) for at in (span.start, span.end - 1))
        return Span(self.start + span.start + 2 * first, self.start + span.end + 2 * last)


def _read_part(text: str, memory: Memory) -> TextRead:
    found = [c for c in read(text, memory, foreign=True) if not (_names_alone(c) or _floats(c))]
    spans = [c.span for c in found]
    marked = quotations(text, spans)
    inside = [_inside(spans, quote) for quote in marked]
    inner = {n for numbers in inside for n in numbers}
    outer = [n for n in range(len(found)) if n not in inner]
    beside = ascribed(text, [spans[n] for n in outer], [bool(found[n].places) for n in outer], marked)
    return TextRead(
        tuple(CitationRead(c, quiet(c, text)) for c in found),
        tuple(
            QuoteRead(
                span, tuple(outer[n] for n in beside[span].citations), own, tuple(outer[n] for n in beside[span].near)
            )
            for span, own in zip(marked, inside, strict=True)
        ),
    )


def _later(quote: QuoteRead, at: _Places, before: int) -> QuoteRead:
    """Move what was read in a part to its place in the whole text."""
    numbers = (tuple(n + before for n in row) for row in (quote.citations, quote.inside, quote.near))
    return QuoteRead(at.of(quote.span), *numbers)


def _inside(spans: Sequence[Span], quote: Span) -> tuple[int, ...]:
    """Return the numbers of the citations that stand in a quotation."""
    first = bisect_left(spans, (quote.start, 0))
    return tuple(n for n in range(first, bisect_left(spans, (quote.end, 0))) if spans[n].end <= quote.end)


def _names_alone(citation: Citation) -> bool:
    """Say whether a citation is a type word or a defined name without a place."""
    return not citation.places and citation.named is not None and citation.named.bare


def _floats(citation: Citation) -> bool:
    """Say whether an act named in another's title has the other's date: no citation of its own."""
    named = citation.named
    return not citation.places and named is not None and named.floating and named.inside is None


def _moved(citation: Citation, at: _Places) -> Citation:
    named = citation.named
    return replace(
        citation,
        span=at.of(citation.span),
        named=replace(named, span=at.of(named.span)) if isinstance(named, Named) else None,
        unread=tuple(at.of(s) for s in citation.unread),
    )


def parts(text: str) -> Iterator[Span]:
    """Cut a text between its paragraphs into parts that are read at once.

    >>> list(parts("а" * 10))
    [Span(start=0, end=10)]
    """
    start = 0
    while start < len(text):
        end = start + _PART
        if end < len(text):
            stop = _PARAGRAPH.search(text, end, start + LONGEST)
            end = stop.end() if stop else max(text.rfind("\n", start, start + LONGEST) + 1, end)
        yield Span(start, min(end, len(text)))
        start = end

"""The hits of a search as cards: one an article, its paragraphs in the order of the text, copies of one text folded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from corpus.eid import article
from corpus.search.answers import Answer, Hit
from search_api.web.views import Group, Run, grouped, runs

STEP = 10
"""Hits that are shown, and added, at a time."""


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with its number down the page and its text cut into runs; `place` names it in its article («п. 2»)."""

    number: int
    hit: Hit
    place: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The hits of one article in the order of the text; `best` is the one found first, `twins` are equal texts."""

    document: str
    title: str
    short: str
    heading: str
    article: str
    hits: tuple[ShownHit, ...]
    best: Hit
    twins: tuple[Hit, ...]

    @property
    def twin_documents(self) -> int:
        """Return in how many other documents the same text stands."""
        return len({hit.document for hit in self.twins})


@dataclass(frozen=True, slots=True)
class Parts:
    """Cards of hits with every word of the query, and the others after them."""

    first: tuple[Card, ...]
    rest: tuple[Card, ...]


def parts(answer: Answer) -> Parts:
    """Lay out an answer; where words are not told apart all is in the first part."""
    numbered = list(enumerate(answer.hits, 1))
    first = [(n, hit) for n, hit in numbered if hit.whole or not answer.whole]
    rest = [(n, hit) for n, hit in numbered if answer.whole and not hit.whole]
    return Parts(_cards(first), _cards(rest))


def _cards(numbered: Sequence[tuple[int, Hit]]) -> tuple[Card, ...]:
    """Make cards of each STEP of hits by itself, so that what is shown stays where it is when more is shown."""
    kept, twins = _folded(numbered)
    steps: dict[int, list[Hit]] = {}
    for number, hit in kept:
        steps.setdefault((number - 1) // STEP, []).append(hit)
    numbers = count(kept[0][0] if kept else 1)
    return tuple(_card(group, numbers, twins) for hits in steps.values() for group in grouped(hits))


def _card(group: Group, numbers: Iterator[int], twins: dict[int, list[Hit]]) -> Card:
    hits = group.hits
    inner = sorted(hits, key=lambda hit: hit.order)
    shown = [ShownHit(next(numbers), h, _place(h), runs(h.text, h.highlights, bridges=h.bridges)) for h in inner]
    same = tuple(twin for hit in inner for twin in twins.get(id(hit), ()))
    return Card(
        group.document,
        group.title,
        group.short,
        group.heading,
        article(hits[0].eid),
        tuple(shown),
        hits[0],
        same,
    )


def _place(hit: Hit) -> str:
    """Return the hit's place in its article, from its citation: «абз. 2 п. 4» of «абз. 2 п. 4 ст. 10 Соглашения …»."""
    place, sign, _ = hit.citation.partition(" ст. ")
    return place if sign else ""


def _folded(numbered: Sequence[tuple[int, Hit]]) -> tuple[list[tuple[int, Hit]], dict[int, list[Hit]]]:
    """Keep the first of hits with one text; the others are its twins, by its id."""
    first: dict[str, Hit] = {}
    kept: list[tuple[int, Hit]] = []
    twins: dict[int, list[Hit]] = {}
    for number, hit in numbered:
        words = " ".join(f"{hit.lead_in} {hit.heading} {hit.text}".split()).casefold()
        known = first.setdefault(words, hit)
        if known is hit:
            kept.append((number, hit))
        else:
            twins.setdefault(id(known), []).append(hit)
    return kept, twins

"""Where words, phrases and distances stand in a stream: what engines that recall too much filter by."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.clauses.streams import Placed
from corpus.clauses.tree import Form, Near, Phrase, Prefix, Within, Word

ACROSS = -1
"""In place of a sentence: the words stand in more than one."""


class Place(NamedTuple):
    """Positions `start`..`end` (half-open) of a stream, and the sentence they stand in (ACROSS: in several)."""

    start: int
    end: int
    sentence: int = 0


Part = Word | Form | Prefix | Phrase


def fits(word: Word | Form | Prefix, placed: Placed) -> bool:
    """Say whether a position answers a word of the query."""
    if isinstance(word, Word):
        return not set(word.lemmas).isdisjoint(placed.lemmas)
    return placed.form == word.form if isinstance(word, Form) else placed.form.startswith(word.prefix)


def places(part: Part, stream: Sequence[Placed]) -> list[Place]:
    """Return where a word or phrase stands, in order."""
    words = part.words if isinstance(part, Phrase) else (part,)
    if not words:
        return []
    out = []
    for at in range(len(stream) - len(words) + 1):
        first, last = stream[at], stream[at + len(words) - 1]
        if last.position - first.position == len(words) - 1 and all(
            fits(word, stream[at + i]) for i, word in enumerate(words)
        ):
            sentence = first.sentence if last.sentence == first.sentence else ACROSS
            out.append(Place(first.position, last.position + 1, sentence))
    return out


def near(node: Near, stream: Sequence[Placed]) -> bool:
    """Say whether a clause matches a distance within a clause or a sentence."""
    return near_places(node, [places(part, stream) for part in node.parts])


def near_places(node: Near, found: list[list[Place]]) -> bool:
    """Say whether the places of each part, in order, hold a distance within a clause or a sentence."""
    return any(_arranged(node, window) for window in _windows(node, found))


def near_in_article(node: Near, streams: Sequence[Sequence[Placed]]) -> set[int]:
    """Return which clauses of an article match a distance within it; `streams` are the bodies in document order."""
    return near_in_article_places(node, [_running(node, stream) for stream in streams])


def near_in_article_places(node: Near, clauses: Iterable[tuple[int, Sequence[Sequence[Place]]]]) -> set[int]:
    """Return the same of clauses told by their number of words and the places of each part, counted without gaps."""
    found: list[list[Place]] = [[] for _ in node.parts]
    at = 0
    for clause, (length, parts) in enumerate(clauses):
        for whole, own in zip(found, parts, strict=True):
            whole.extend(Place(at + p.start, at + p.end, clause) for p in own)
        at += length
    out: set[int] = set()
    for window in _windows(node, found):
        for i, candidates in enumerate(window):
            for place in candidates:
                if place.sentence not in out and _arranged(node, [*window[:i], [place], *window[i + 1 :]]):
                    out.add(place.sentence)
    return out


def _running(node: Near, stream: Sequence[Placed]) -> tuple[int, list[list[Place]]]:
    running = {placed.position: i for i, placed in enumerate(stream)}
    return len(stream), [
        [Place(running[p.start], running[p.start] + p.end - p.start) for p in places(part, stream)]
        for part in node.parts
    ]


def _windows(node: Near, found: list[list[Place]]) -> Iterator[list[list[Place]]]:
    """Yield the places of every part inside each stretch that is short enough (and in one sentence, where asked).

    Each part's places are in order, so a stretch is a slice of them.
    """
    if not all(found):
        return
    width = node.distance + sum(len(part.words) if isinstance(part, Phrase) else 1 for part in node.parts)
    sentence = node.within is Within.SENTENCE
    starts = [[p.start for p in own] for own in found]
    for start, number in sorted({(p.start, p.sentence) for own in found for p in own}):
        if sentence and number == ACROSS:
            continue
        window = []
        for own, at in zip(found, starts, strict=True):
            stretch = own[bisect_left(at, start) : bisect_left(at, start + width)]
            window.append([p for p in stretch if p.end <= start + width and (not sentence or p.sentence == number)])
        if all(window):
            yield window


def _arranged(node: Near, window: list[list[Place]]) -> bool:
    """Say whether disjoint places can be chosen, one for each part."""
    if node.ordered:
        at = -1
        for own in window:
            after = [p.end for p in own if p.start >= at]
            if not after:
                return False
            at = min(after)
        return True
    long = [own for own in window if own[0].end - own[0].start > 1]
    return _spread(long, [[p.start for p in own] for own in window if own[0].end - own[0].start == 1], frozenset())


def _spread(long: list[list[Place]], single: list[list[int]], taken: frozenset[int]) -> bool:
    """Place the phrases one way after another, then ask whether the words find positions of their own."""
    if not long:
        return _matching([[p for p in own if p not in taken] for own in single])
    return any(
        _spread(long[1:], single, taken.union(range(p.start, p.end)))
        for p in long[0]
        if taken.isdisjoint(range(p.start, p.end))
    )


def _matching(options: list[list[int]]) -> bool:
    """Say whether each can have an option of its own (augmenting paths)."""
    owner: dict[int, int] = {}

    def settle(who: int, seen: set[int]) -> bool:
        for option in options[who]:
            if option not in seen:
                seen.add(option)
                if option not in owner or settle(owner[option], seen):
                    owner[option] = who
                    return True
        return False

    return all(settle(who, set()) for who in range(len(options)))

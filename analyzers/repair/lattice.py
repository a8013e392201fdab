"""The likeliest words of a stretch of letters in which some blanks may be missing or too many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzers.lemmas import folded
from analyzers.repair.grammar import at_end, discord
from analyzers.repair.lists import ABBREVIATIONS
from analyzers.repair.words import LONGEST, Evidence, unlisted

BEAM = 4
SLACK = 12.0
ABBREVIATED = 4.0
LONE = 7.0
"""Nats more for a lone letter that is no word among letter-spaced ones."""
SHORTEST = 4
"""Letters of the shortest word nobody knows to be made of letter-spaced ones; a lone letter may stand as it is."""
HOPELESS = 20.0
"""A path this much dearer than one that has come further cannot win."""
NEVER = 1e9


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters without blanks; `cut[i]` and `join[i]` are the costs, in nats, of parting and of joining before letter i.

    Index 0 is not used. Both are 0 where a blank says nothing: between letter-spaced letters.
    """

    letters: str
    cut: Sequence[float]
    join: Sequence[float]
    after: str = ""
    """The character after the last letter; "" when the stretch was cut out of a longer one."""


class Path(NamedTuple):
    """Words chosen up to a letter, folded; `cost` in nats."""

    cost: float
    word: str
    before: "Path | None"

    def words(self) -> list[str]:
        """Return the words from the beginning."""
        out = []
        at = self
        while at.before is not None:
            out.append(at.word)
            at = at.before
        return out[::-1]


def readings_of(stretch: Stretch, evidence: Evidence) -> list[Path]:
    """Return the best ways to read the letters as words, best first, at least one."""
    low, total = folded(stretch.letters), len(stretch.letters)
    best: list[list[Path]] = [[] for _ in range(total + 1)]
    best[0] = [Path(0.0, "", None)]
    cheapest = [NEVER] * (total + 1)
    for start in range(total):
        if not best[start]:
            continue
        beam = _beam(best[start])
        if beam[0].cost > min(cheapest[start + 1 : start + LONGEST], default=NEVER) + HOPELESS:
            continue
        for end, bare, listed in _words_from(stretch, low, start, evidence):
            word = low[start:end]
            cost = bare + stretch.cut[end] if end < total else _last(stretch, word, bare) if stretch.after else bare
            if beam[0].cost + cost > cheapest[end] + SLACK:
                continue
            if not listed:
                fresh = [Path(beam[0].cost + cost, word, beam[0])]
            else:
                fresh = [Path(p.cost + cost + discord(p, word), word, p) for p in beam]
            best[end] += fresh
            cheapest[end] = min(cheapest[end], fresh[0].cost)
    return sorted(best[total], key=lambda p: p.cost)


def _last(stretch: Stretch, word: str, cost: float) -> float:
    """Return the cost of the word before a stop; any short one may be an abbreviation before a full stop."""
    if stretch.after == ".":
        if word in ABBREVIATIONS:
            return min(cost, ABBREVIATED)
        if len(word) < 5:
            return min(cost + at_end(word), ABBREVIATED + 9)
    return cost + at_end(word)


def _words_from(stretch: Stretch, low: str, start: int, evidence: Evidence) -> Iterator[tuple[int, float, bool]]:
    """Yield (end, cost, whether it is listed) of every word that may begin at a letter."""
    ends = dict(_ends(stretch, start))
    listed = set()
    if len(ends) > 6:
        found = evidence.beginnings(low[start : max(ends)])
    else:
        found = [(end - start, cost) for end in ends if (cost := evidence.cost(low[start:end])) is not None]
    letters = stretch.letters
    proper = letters[start].isupper()
    for length, cost in found:
        end = start + length
        if end in ends:
            listed.add(end)
            written = evidence.proper_cost(letters[start:end], cost) if proper else cost
            yield end, written + ends[end], True
    last = len(low) if stretch.after == "." else -1
    standing = next(iter(ends))  # a whole word of the source, or a lone letter
    for end, joins in ends.items():
        if joins == 0 and end not in listed and (end in (standing, last) or end - start >= SHORTEST):
            cost = evidence.proper_cost(letters[start:end], unlisted(end - start, standing=end == standing))
            lone = LONE if end - start == 1 and end < len(low) and stretch.join[end] == 0 else 0.0
            yield end, cost + lone, False


def _ends(stretch: Stretch, start: int) -> Iterator[tuple[int, float]]:
    """Yield (end, cost of the joins inside) of every stretch of letters that may be one word by its case."""
    letters, cut, total = stretch.letters, stretch.cut, len(stretch.letters)
    joins = 0.0
    for end in range(start + 1, total + 1):
        if end == total or cut[end] < NEVER:
            yield end, joins
            if end == total or end - start >= LONGEST or not _one_case(letters, start, end):
                return
            joins += stretch.join[end]
            if joins >= NEVER:
                return


def _one_case(letters: str, start: int, end: int) -> bool:
    """Say whether letter `end` may go on the word begun at `start`: case changes after the first letter only."""
    if letters[end].isupper():
        return letters[end - 1].isupper() and (end - start < 2 or letters[start + 1].isupper())
    return end - start < 2 or letters[end - 1].islower()


def _beam(found: list[Path]) -> list[Path]:
    kept = sorted(found, key=lambda p: p.cost)[:BEAM]
    return [p for p in kept if p.cost < kept[0].cost + SLACK]

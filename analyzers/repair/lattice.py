"""The likeliest words of a stretch of letters in which some blanks may be missing or too many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzers.lemmas import folded
from analyzers.repair.grammar import ABBREVIATIONS, at_end, discord
from analyzers.repair.words import LONGEST, Evidence, unlisted

BEAM = 4
SLACK = 12.0
ABBREVIATED = 7.0
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
        for end, cost, listed in _words_from(stretch, low, start, evidence):
            word = low[start:end]
            if end < total:
                cost += stretch.cut[end]
            elif stretch.after:
                cost = min(cost, ABBREVIATED) if stretch.after == "." and word in ABBREVIATIONS else cost + at_end(word)
            fresh = [Path(p.cost + cost + (discord(p, word) if listed else 0.0), word, p) for p in beam]
            best[end].extend(fresh)
            cheapest[end] = min(cheapest[end], *(p.cost for p in fresh))
    return sorted(best[total], key=lambda p: p.cost)


def _words_from(stretch: Stretch, low: str, start: int, evidence: Evidence) -> Iterator[tuple[int, float, bool]]:
    """Yield (end, cost, whether it is listed) of every word that may begin at a letter."""
    ends = dict(_ends(stretch, start))
    listed = set()
    if len(ends) > 6:
        found = evidence.beginnings(low[start : max(ends)])
    else:
        found = [(end - start, cost) for end in ends if (cost := evidence.cost(low[start:end])) is not None]
    for length, cost in found:
        if start + length in ends:
            listed.add(start + length)
            yield start + length, cost + ends[start + length], True
    for end, joins in ends.items():
        if end not in listed and joins == 0:
            yield end, unlisted(end - start, standing=all(cut >= NEVER for cut in stretch.cut[start + 1 : end])), False


def _ends(stretch: Stretch, start: int) -> Iterator[tuple[int, float]]:
    """Yield (end, cost of the joins inside) of every stretch of letters that may be one word by its case."""
    letters, total = stretch.letters, len(stretch.letters)
    joins, upper = 0.0, letters[start].isupper()
    for end in range(start + 1, min(total, start + LONGEST) + 1):
        if end == total or stretch.cut[end] < NEVER:
            yield end, joins
        if end == total:
            return
        joins += stretch.join[end]
        here = letters[end].isupper()
        if joins >= NEVER or (here and (end - start > 1 or not upper) and not letters[end - 1].isupper()):
            return
        if not here and end - start > 1 and letters[end - 1].isupper():
            return


def _beam(found: list[Path]) -> list[Path]:
    kept = sorted(found, key=lambda p: p.cost)[:BEAM]
    return [p for p in kept if p.cost < kept[0].cost + SLACK]

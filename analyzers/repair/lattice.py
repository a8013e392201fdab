"""The likeliest words of a stretch of letters in which some blanks may be missing or too many."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp
from operator import attrgetter, itemgetter

from analyzers.lemmas import folded
from analyzers.repair.rules.lists import ABBREVIATIONS
from analyzers.repair.syntax import EXPRESSIONS, UNKNOWN, arcs, boundary, step_cost
from analyzers.repair.words import LONGEST, UNLISTED_LETTER, Evidence, unlisted

_ALONE = 9.0
"""Nats by which a word wins that nothing speaks against."""
BEAM = 6
"""Ways to come to one letter that are kept."""
SLACK = 10.0
ABBREVIATED = 4.0
LONE = 7.0
"""Nats more for a lone letter that is no word among letter-spaced ones."""
SHORTEST = 4
"""Letters of the shortest word nobody knows to be made of letter-spaced ones; a lone letter may stand as it is."""
HOPELESS = 14.0
"""A path this much dearer than one that has come further cannot win."""
NEVER = 1e9


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters without blanks; `cut[i]` and `join[i]` are the costs, in nats, of parting and of joining before letter i.

    Index 0 is not used. Both are 0 where a blank says nothing: between letter-spaced letters. `before` and `after` are
    the marks on either side, a line feed for an end of
    line, "" where the stretch was cut out of a longer one.
    """

    letters: str
    cut: Sequence[float]
    join: Sequence[float]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """letters[start:end] read as a word; the best reading without it costs `margin` nats more and has `runner_up`.

    `other` are the bounds of the word of that reading which speaks against this one.
    """

    start: int
    end: int
    margin: float
    runner_up: str | None = None
    other: tuple[int, int] = (0, 0)

    @property
    def sure(self) -> float:
        """Return how sure the word is, 0.5..0.98."""
        return min(0.98, 1 / (1 + exp(-self.margin)))


class _Node:
    """A word in one of its classes: the cheapest way to it, and, once known, from it to the end."""

    __slots__ = ("back", "cost", "end", "ins", "next", "rest", "start", "tag")

    def __init__(self, start: int, end: int, tag: str) -> None:
        self.start, self.end, self.tag = start, end, tag
        self.cost = self.rest = NEVER
        self.ins: list[tuple[float, _Node]] = []
        self.back: _Node | None = None
        self.next: _Node | None = None


_BY_COST, _FIRST = attrgetter("cost"), itemgetter(0)


def read(stretch: Stretch, evidence: Evidence) -> list[Word]:
    """Return the likeliest words of the letters."""
    return _Lattice(stretch, evidence).read()


class _Lattice:
    """One stretch: what may be reached at each letter, the dearest given up."""

    def __init__(self, stretch: Stretch, evidence: Evidence) -> None:
        self._stretch, self._evidence = stretch, evidence
        self._letters, self._low = stretch.letters, folded(stretch.letters)
        self._total = len(stretch.letters)
        self._joins = list(accumulate(stretch.join))
        self._stops = [i for i in range(1, self._total) if stretch.cut[i] < NEVER] + [self._total]
        self._may_end = bytearray(self._total + 1)
        for i in self._stops:
            self._may_end[i] = 1
        self._limits = _limits(stretch.letters)
        self._nodes: list[list[_Node]] = [[] for _ in range(self._total + 1)]
        self._cheapest = [NEVER] * (self._total + 1)
        self._unknown = _Unknown(stretch)

    def read(self) -> list[Word]:
        """Find the best way and what speaks against each of its words."""
        first = _Node(0, 0, boundary(self._stretch.before) if self._stretch.before else "")
        first.cost = self._cheapest[0] = 0.0
        self._nodes[0].append(first)
        stop = 0
        for at in range(self._total):
            self._arrive_unknown(at)
            if at and not self._may_end[at]:
                continue
            stop += at > 0
            if self._nodes[at] and self._cheapest[at] < self._ahead(at) + HOPELESS:
                floor = self._cheapest[at] + SLACK
                beam = [n for n in sorted(self._nodes[at], key=_BY_COST)[:BEAM] if n.cost < floor]
                self._go_on(at, stop, beam)
        self._arrive_unknown(self._total)
        return self._answer()

    def _ahead(self, at: int) -> float:
        return min(self._cheapest[at + 1 : at + LONGEST], default=NEVER)

    def _go_on(self, at: int, stop: int, beam: list[_Node]) -> None:
        """Follow every listed word, and the piece that stands, from a letter; `stop` is the place of its first end."""
        letters, limit = self._letters, self._limits[at]
        proper, standing, heard = letters[at].isupper(), self._stops[stop], False
        for word, cost in self._listed(at, stop, limit):
            end = at + len(word)
            heard = heard or end == standing
            written = self._evidence.proper_cost(letters[at:end], cost) if proper else cost
            self._step(beam, end, word, written + self._joined(at, end))
        if not heard and not self._joined(at, standing):
            cost = self._evidence.proper_cost(letters[at:standing], unlisted(standing - at, standing=True))
            lone = standing - at == 1 and standing < self._total and self._stretch.join[standing] == 0
            self._step(beam, standing, self._low[at:standing], cost + (LONE if lone else 0.0))
        if self._stretch.after == "." and standing < self._total < at + SHORTEST and self._total <= limit:
            self._step(beam, self._total, self._low[at:], unlisted(self._total - at, standing=False))
        self._unknown.leave(at, limit, min(((n.cost + step_cost(n.tag, UNKNOWN), n) for n in beam), key=_FIRST))

    def _listed(self, at: int, stop: int, limit: int) -> Iterator[tuple[str, float]]:
        low, evidence, may_end = self._low, self._evidence, self._may_end
        if stop + 6 < len(self._stops) and self._stops[stop + 6] <= limit:
            for word, cost in evidence.beginnings(low[at:limit]):
                if may_end[at + len(word)]:
                    yield word, cost
            return
        for end in self._stops[stop : stop + 6]:
            if end > limit:
                return
            found = evidence.cost(low[at:end])
            if found is not None:
                yield low[at:end], found

    def _joined(self, at: int, end: int) -> float:
        return self._joins[end - 1] - self._joins[at]

    def _ended(self, end: int, word: str, cost: float) -> float:
        """Return the cost of a word with that of its end; any short one may be an abbreviation before a full stop."""
        if end < self._total:
            return cost + self._stretch.cut[end]
        if self._stretch.after == "." and (word in ABBREVIATIONS or len(word) < 5):
            return min(cost, ABBREVIATED if word in ABBREVIATIONS else ABBREVIATED + 9)
        return cost

    def _step(self, beam: list[_Node], end: int, word: str, cost: float) -> None:
        """Set down what comes of a beam by one more word."""
        cost = self._ended(end, word, cost)
        cheapest, start = self._cheapest[end], end - len(word)
        made: dict[str, _Node] = {}
        fixed = EXPRESSIONS.get(word)
        for before in beam:
            base = before.cost + cost
            if fixed:
                base -= fixed.get(self._low[before.start : before.end], 0.0)
            if base > cheapest + SLACK:
                break
            for extra, tag in arcs(before.tag, word):
                node = made.get(tag)
                if node is None:
                    node = made[tag] = _Node(start, end, tag)
                node.ins.append((base - before.cost + extra, before))
                if base + extra < node.cost:
                    node.cost, node.back = base + extra, before
                    cheapest = min(cheapest, base + extra)
        self._nodes[end] += made.values()
        self._cheapest[end] = cheapest

    def _arrive_unknown(self, at: int) -> None:
        """End a word nobody knows at a letter."""
        found = self._unknown.arrive(at)
        if found is None or not self._may_end[at]:
            return
        cost, before = found
        plain = unlisted(at - before.end, standing=False)
        cost += self._evidence.proper_cost(self._letters[before.end : at], plain) - plain
        cost += self._stretch.cut[at] if at < self._total else 0.0
        if cost < self._cheapest[at] + SLACK:
            node = _Node(before.end, at, UNKNOWN)
            node.cost, node.back = cost, before
            node.ins.append((cost - before.cost, before))
            self._nodes[at].append(node)
            self._cheapest[at] = min(cost, self._cheapest[at])

    def _answer(self) -> list[Word]:
        """Go back from the end; what a way through any other word costs tells how sure each is."""
        last = boundary(self._stretch.after) if self._stretch.after else ""
        for node in self._nodes[self._total]:
            node.rest = step_cost(node.tag, last) if last else 0.0
        every = []
        for nodes in reversed(self._nodes[1:]):
            for node in nodes:
                if node.rest < NEVER:
                    every.append(node)
                    for cost, before in node.ins:
                        if cost + node.rest < before.rest:
                            before.rest, before.next = cost + node.rest, node
        best, at = [], min(self._nodes[self._total], key=lambda n: n.cost + n.rest)
        least = at.cost + at.rest
        while at.back is not None:
            best.append(at)
            at = at.back
        return self._judged(best[::-1], every, least)

    def _judged(self, best: list[_Node], every: list[_Node], least: float) -> list[Word]:
        """Set beside each word the cheapest way that goes through another word there."""
        places = [i for i, node in enumerate(best) for _ in range(node.end - node.start)]
        others: list[_Node | None] = [None] * len(best)
        for node in every:
            for i in range(places[node.start], places[node.end - 1] + 1):
                other = others[i]
                if (node.start, node.end) != (best[i].start, best[i].end) and (
                    other is None or node.cost + node.rest < other.cost + other.rest
                ):
                    others[i] = node
        return [
            Word(n.start, n.end, o.cost + o.rest - least, self._written(o, n), (o.start, o.end))
            if o
            else Word(n.start, n.end, _ALONE)
            for n, o in zip(best, others, strict=True)
        ]

    def _written(self, other: _Node, word: _Node) -> str:
        """Write the words of the way through another word that meet a word."""
        spans = [(other.start, other.end)]
        at: _Node | None = other.back
        while at is not None and at.end > word.start:
            spans.insert(0, (at.start, at.end))
            at = at.back
        at = other.next
        while at is not None and at.start < word.end:
            spans.append((at.start, at.end))
            at = at.next
        return " ".join(self._letters[a:b] for a, b in spans)


class _Unknown:
    """Words nobody knows, made of letters that cost nothing to join: the cheapest start of all is enough."""

    def __init__(self, stretch: Stretch) -> None:
        self._join = stretch.join
        self._waiting: deque[tuple[int, int, float, _Node]] = deque()
        self._best: tuple[int, int, float, _Node] | None = None

    def leave(self, at: int, limit: int, found: tuple[float, _Node]) -> None:
        """Remember a letter such a word may begin at, and the last it may end before."""
        value = found[0] + unlisted(0, standing=False) - UNLISTED_LETTER * at
        self._waiting.append((at, limit, value, found[1]))

    def arrive(self, at: int) -> tuple[float, _Node] | None:
        """Return the cost of the cheapest such word that ends at a letter, and what stands before it."""
        while self._waiting and self._waiting[0][0] <= at - SHORTEST:
            found = self._waiting.popleft()
            if self._best is None or found[2] <= self._best[2] or self._best[1] < at:
                self._best = found
        best = self._best
        if 0 < at < len(self._join) and self._join[at]:
            self._waiting.clear()
            self._best = None
        if best is None or best[1] < at or at - best[0] > LONGEST:
            return None
        return best[2] + UNLISTED_LETTER * at, best[3]


def _limits(letters: str) -> list[int]:
    """Return, for each letter, where a word begun there ends at the latest: case changes after its first letter only.

    >>> _limits("ОНАиОн")
    [3, 3, 4, 4, 6, 6]
    """
    total = len(letters)
    runs = [total] * (total + 1)  # where the run of one case ends
    for i in range(total - 2, -1, -1):
        runs[i] = runs[i + 1] if letters[i].isupper() == letters[i + 1].isupper() else i + 1
    return [
        min(runs[i + 1] if runs[i] == i + 1 < total and letters[i].isupper() else runs[i], i + LONGEST)
        for i in range(total)
    ]

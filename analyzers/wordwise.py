"""Runs of words two texts have in common, found in a time that is bounded."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate

from rapidfuzz.distance import LCSseq

WORK = 400_000
"""Pairs of equal words looked at (0.1 s). Two texts of 2,000 words take a quarter of it; one word again and again takes
it at 600, and what is left is then compared in the quick way, which counts words in common and not the longest runs."""
LARGEST = 400_000_000
"""Words of one text times words of the other the quick way takes (50 MB); larger rests have nothing in common."""


class Wordwise(SequenceMatcher[str]):
    """A SequenceMatcher whose work is bounded; below the bound it answers as that does.

    >>> Wordwise("а б в".split(), "а в".split()).get_opcodes()
    [('equal', 0, 1, 0, 1), ('delete', 1, 2, 1, 1), ('equal', 2, 3, 1, 2)]
    >>> Wordwise(["мир", "труд"] * 5_000, ["мир"] * 5_000).ratio() > 0.6
    True
    """

    def __init__(self, mine: Sequence[str], others: Sequence[str]) -> None:
        super().__init__(None, mine, others, autojunk=False)
        self._mine, self._others = mine, others
        self._blocks: list[Match] | None = None

    def get_matching_blocks(self) -> list[Match]:
        """Return the runs in common in order, neighbours joined, and an empty one at the end."""
        if self._blocks is None:
            self._blocks = [*_joined(sorted(self._found())), Match(len(self._mine), len(self._others), 0)]
        return self._blocks

    def _found(self) -> Iterator[Match]:
        """Yield the longest run, then those before and after it, and so on while work is left."""
        counts = Counter(self._others)
        cost = [0, *accumulate(1 + counts[word] for word in self._mine)]
        left = WORK
        queue = [(0, len(self._mine), 0, len(self._others))]
        while queue:
            a, a_end, b, b_end = queue.pop()
            left -= cost[a_end] - cost[a]
            if left < 0:
                yield from self._quickly(a, a_end, b, b_end)
                continue
            found = self.find_longest_match(a, a_end, b, b_end)
            if not found.size:
                continue
            yield found
            if a < found.a and b < found.b:
                queue.append((a, found.a, b, found.b))
            if found.a + found.size < a_end and found.b + found.size < b_end:
                queue.append((found.a + found.size, a_end, found.b + found.size, b_end))

    def _quickly(self, a: int, a_end: int, b: int, b_end: int) -> Iterator[Match]:
        if (a_end - a) * (b_end - b) > LARGEST:
            return
        for block in LCSseq.opcodes(self._mine[a:a_end], self._others[b:b_end]).as_matching_blocks():
            if block.size:
                yield Match(a + block.a, b + block.b, block.size)


def _joined(blocks: Iterable[Match]) -> list[Match]:
    """Put together blocks that go on one another in both texts."""
    out: list[Match] = []
    for block in blocks:
        last = out[-1] if out else None
        if last and (last.a + last.size, last.b + last.size) == (block.a, block.b):
            out[-1] = Match(last.a, last.b, last.size + block.size)
        else:
            out.append(block)
    return out

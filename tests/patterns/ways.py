"""In how many ways a pattern matches at one place, and how often a place of it is tried from one start."""

from tests.patterns.facts import apart, big, first, first_of, scans, shown, together
from tests.patterns.tree import Alt, Atomic, Back, Kind, Look, Node, Repeat, Seq

WAYS = 4096
"""How often at most one place of a pattern may be tried from one start."""


class Ways:
    """In how many ways a node matches at one place (what follows may ask for each), and how often a place is tried."""

    def __init__(self, found: list[str]) -> None:
        self._found = found

    def of(self, node: Node, after: int) -> tuple[int, int]:
        """Return ways and work; `after` is what may follow, nothing where no failure comes back."""
        match node:
            case Seq(items):
                return self._seq(items, after)
            case Alt(options):
                ways, work = zip(*(self.of(o, after) for o in options), strict=True)
                return (max(ways) if apart(options, after) else together(options, ways)), max(work)
            case Repeat():
                return self._repeat(node, after)
            case Atomic(body) | Look(body):
                return 1, self.of(body, 0)[1]
            case Back(group) if group is None or scans(group):
                self._found.append("a group without a bound is referred to: comparing it has no bound")
        return 1, 1

    def _seq(self, items: tuple[Node, ...], after: int) -> tuple[int, int]:
        ways = work = 1
        for i, item in enumerate(items):
            mask, empty = first_of(items[i + 1 :])
            more, tried = self.of(item, mask | (after if empty else 0))
            work = max(work, ways * tried)
            ways *= more
        return ways, work

    def _repeat(self, node: Repeat, after: int) -> tuple[int, int]:
        begins, empty = first(node.body)
        if node.kind is Kind.POSSESSIVE:
            if node.captures and node.high != 1:
                self._found.append(f"a group captures in a possessive loop ({shown(node)}): Python 3.11 loses its span")
            return 1, self.of(node.body, 0)[1]
        again = begins if node.high is None or node.high > 1 else 0
        ways, work = self.of(node.body, after | again)
        settled = not begins & after and not empty
        if ways == 1 and (settled or node.low == node.high):
            return 1, work
        if big(node):
            why = "gives back what may follow it" if ways == 1 and not empty else "has a body that matches in many ways"
            self._found.append(f"a repetition without a bound ({shown(node)}) {why}: make it possessive, or bound it")
            return 1, work
        counts = range(node.low, (node.high or 0) + 1)
        total = len(counts) if ways == 1 else sum(min(ways**k, WAYS**2) for k in counts)
        return total, work * max(1, total // ways)

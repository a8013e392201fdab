"""A matcher that gives back as re does and counts its steps; slow, for small texts."""

from collections.abc import Iterator
from re import _constants as codes

from tests.patterns.tree import Alt, Atomic, Chars, Edge, Kind, Look, Node, Repeat, Seq


def steps(tree: Node, text: str, *, searched: bool) -> tuple[int, int | None]:
    """Return the steps of a match at the beginning or of all matches in a text, and the end of the last."""
    run = _Run(text)
    if not searched:
        end = next(run.match(tree, 0), None)
        return run.count, end
    at, end = 0, None
    while at <= len(text):
        end = next(run.match(tree, at), None)
        at = end if end is not None and end > at else at + 1
    return run.count, end


class _Run:
    def __init__(self, text: str) -> None:
        self.text = text
        self.count = 0
        self._taken: dict[tuple[int, str], bool] = {}

    def match(self, node: Node, at: int) -> Iterator[int]:
        """Give the ends of a node, in the order re tries them."""
        self.count += 1
        match node:
            case Chars(mask):
                if at < len(self.text) and self._takes(mask, self.text[at]):
                    yield at + 1
            case Seq(items):
                yield from self._seq(items, at)
            case Alt(options):
                for option in options:
                    yield from self.match(option, at)
            case Repeat(kind=Kind.POSSESSIVE):
                yield from self._possessive(node, at)
            case Repeat():
                yield from self._repeat(node, at, 0)
            case Atomic(body):
                yield from _first(self.match(body, at))
            case Look(body, ahead, negative):
                start = at if ahead else at - _width(body)
                fits = start >= 0 and next(self.match(body, start), None) is not None
                if fits != negative:
                    yield at
            case Edge():
                if self._edge(node, at):
                    yield at

    def _seq(self, items: tuple[Node, ...], at: int) -> Iterator[int]:
        if not items:
            yield at
            return
        for end in self.match(items[0], at):
            yield from self._seq(items[1:], end)

    def _repeat(self, node: Repeat, at: int, done: int) -> Iterator[int]:
        enough = done >= node.low
        if enough and node.kind is Kind.LAZY:
            yield at
        if node.high is None or done < node.high:
            for end in self.match(node.body, at):
                if end == at and enough:  # a round of nothing is the last one
                    yield at
                else:
                    yield from self._repeat(node, end, done + 1)
        if enough and node.kind is Kind.GREEDY:
            yield at

    def _possessive(self, node: Repeat, at: int) -> Iterator[int]:
        done = 0
        while node.high is None or done < node.high:
            end = next(self.match(node.body, at), None)
            if end is None or (end == at and done >= node.low):
                break
            at, done = end, done + 1
        if done >= node.low:
            yield at

    def _edge(self, node: Edge, at: int) -> bool:
        if node.code is codes.AT_BEGINNING:
            return at == 0
        left, right = (0 <= i < len(self.text) and self._takes(node.word, self.text[i]) for i in (at - 1, at))
        return left != right

    def _takes(self, mask: int, char: str) -> bool:
        key = id(mask), char
        if key not in self._taken:
            self._taken[key] = bool(mask >> ord(char) & 1)
        return self._taken[key]


def _first(ends: Iterator[int]) -> Iterator[int]:
    for end in ends:
        yield end
        return


def _width(node: Node) -> int:
    match node:
        case Chars():
            return 1
        case Seq(items):
            return sum(map(_width, items))
        case Alt(options):
            return _width(options[0])
        case Repeat(body, low):
            return low * _width(body)
        case Atomic(body):
            return _width(body)
    return 0

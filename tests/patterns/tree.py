"""What a compiled pattern consists of, told by few kinds of nodes; sets of characters are integers of bits, exact."""

import _sre
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from re import _casefix, _constants, _parser

C = _constants
LAST = 0x10FFFF
ALL = (1 << (LAST + 1)) - 1
NEWLINE = 1 << 10


class Kind(Enum):
    """How a repetition gives back."""

    GREEDY = "greedy"
    LAZY = "lazy"
    POSSESSIVE = "possessive"


@dataclass(frozen=True, slots=True, eq=False)
class Chars:
    """One character of a set."""

    mask: int


@dataclass(frozen=True, slots=True, eq=False)
class Seq:
    """One after another."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Alt:
    """One of several, the first that fits."""

    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Repeat:
    """A body again and again; `high` is None where there is no bound, `captures` says that groups stand in it."""

    body: "Node"
    low: int
    high: int | None
    kind: Kind
    captures: bool


@dataclass(frozen=True, slots=True, eq=False)
class Atomic:
    """What is not entered again once it has matched."""

    body: "Node"


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """An assertion over what follows or what stands before."""

    body: "Node"
    ahead: bool
    negative: bool


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """A place between characters: `^`, `$`, `\\b`…, by its code and whether it is ASCII's."""

    code: object
    word: int


@dataclass(frozen=True, slots=True, eq=False)
class Back:
    """What a group matched, once more."""

    group: "Node | None"


Node = Chars | Seq | Alt | Repeat | Atomic | Look | Edge | Back


def read(pattern: str | bytes, flags: int = 0) -> Node:
    """Parse a pattern as re does."""
    parsed = _parser.parse(pattern, flags & ~C.SRE_FLAG_DEBUG)
    return _Builder().seq(parsed, parsed.state.flags)


class _Builder:
    def __init__(self) -> None:
        self._groups: dict[int, Node] = {}

    def seq(self, parsed: Iterable[tuple], flags: int) -> Node:
        items = tuple(self._node(op, arg, flags) for op, arg in parsed)
        return items[0] if len(items) == 1 else Seq(items)

    def _node(self, op: object, arg: object, flags: int) -> Node:
        if (chars := characters(op, arg, flags)) is not None:
            return Chars(chars)
        return getattr(self, f"_{str(op).lower()}")(arg, flags)

    def _subpattern(self, arg: tuple, flags: int) -> Node:
        group, add, without, body = arg
        kept = flags & ~_parser.TYPE_FLAGS if add & _parser.TYPE_FLAGS else flags
        node = self.seq(body, (kept | add) & ~without)
        if group is not None:
            self._groups[group] = node
        return node

    def _branch(self, arg: tuple, flags: int) -> Node:
        return Alt(tuple(self.seq(option, flags) for option in arg[1]))

    def _repeat(self, arg: tuple, flags: int, kind: Kind) -> Node:
        low, high, parsed = arg
        groups = len(self._groups)
        body = self.seq(parsed, flags)
        return Repeat(body, low, None if high is C.MAXREPEAT else high, kind, len(self._groups) > groups)

    def _max_repeat(self, arg: tuple, flags: int) -> Node:
        return self._repeat(arg, flags, Kind.GREEDY)

    def _min_repeat(self, arg: tuple, flags: int) -> Node:
        return self._repeat(arg, flags, Kind.LAZY)

    def _possessive_repeat(self, arg: tuple, flags: int) -> Node:
        return self._repeat(arg, flags, Kind.POSSESSIVE)

    def _atomic_group(self, arg: Iterable[tuple], flags: int) -> Node:
        return Atomic(self.seq(arg, flags))

    def _assert(self, arg: tuple, flags: int) -> Node:
        return Look(self.seq(arg[1], flags), ahead=arg[0] > 0, negative=False)

    def _assert_not(self, arg: tuple, flags: int) -> Node:
        return Look(self.seq(arg[1], flags), ahead=arg[0] > 0, negative=True)

    def _failure(self, _arg: None, _flags: int) -> Node:
        return Chars(0)

    def _at(self, arg: object, flags: int) -> Node:
        if flags & C.SRE_FLAG_MULTILINE:
            arg = C.AT_MULTILINE.get(arg, arg)
        return Edge(arg, category(C.CATEGORY_WORD, bool(flags & C.SRE_FLAG_UNICODE)))

    def _groupref(self, arg: int, _flags: int) -> Node:
        return Back(self._groups.get(arg))

    def _groupref_exists(self, arg: tuple, flags: int) -> Node:
        return Alt(tuple(self.seq(option or (), flags) for option in arg[1:]))


def characters(op: object, arg: object, flags: int) -> int | None:
    """Say which characters a node that takes one character takes; None for other nodes."""
    if op is C.ANY:
        return ALL if flags & C.SRE_FLAG_DOTALL else ALL ^ NEWLINE
    if op in (C.LITERAL, C.NOT_LITERAL):
        op, arg = C.IN, [(C.LITERAL, arg)] if op is C.LITERAL else [(C.NEGATE, None), (C.LITERAL, arg)]
    if op is not C.IN:
        return None
    negative = bool(arg) and arg[0][0] is C.NEGATE
    literal = known = 0
    for kind, value in arg[negative:]:
        if kind is C.LITERAL:
            literal |= 1 << value
        elif kind is C.RANGE:
            literal |= (1 << (value[1] + 1)) - (1 << value[0])
        else:
            known |= category(value, bool(flags & C.SRE_FLAG_UNICODE))
    if flags & C.SRE_FLAG_IGNORECASE:
        literal = both_cases(literal)
    return ALL & ~(literal | known) if negative else literal | known


@cache
def category(code: object, unicode: bool) -> int:
    """Return the characters of `\\d`, `\\s`, `\\w` or of their opposites."""
    name = str(code).removeprefix("CATEGORY_")
    if name.startswith("NOT_"):
        return ALL ^ category(getattr(C, f"CATEGORY_{name[4:]}"), unicode)
    test: Callable[[str], bool] = {
        "DIGIT": str.isdecimal,
        "SPACE": str.isspace,
        "WORD": lambda c: c.isalnum() or c == "_",
    }[name]
    return int("".join("01"[test(chr(c))] for c in range(LAST if unicode else 127, -1, -1)), 2)


@cache
def _cases() -> dict[int, int]:
    by_lower: dict[int, int] = {}
    for c in range(LAST + 1):
        if chr(c).isascii() or chr(c).lower() != chr(c) or chr(c).upper() != chr(c):
            lower = _sre.unicode_tolower(c)
            by_lower[lower] = by_lower.get(lower, 1 << lower) | 1 << c
    for lower, others in _casefix._EXTRA_CASES.items():
        for other in others:
            by_lower[lower] = by_lower.get(lower, 1 << lower) | by_lower.get(other, 1 << other)
    return {c: mask for mask in by_lower.values() for c in members(mask)}


def both_cases(mask: int) -> int:
    """Add the other cases of each letter."""
    for c, same in _cases().items():
        if mask >> c & 1:
            mask |= same
    return mask


def members(mask: int) -> list[int]:
    """List the code points of a set, which should be small."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found

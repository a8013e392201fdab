"""What a node of a pattern may begin with, take, scan and exclude."""

from functools import reduce
from operator import or_

from tests.patterns.tree import ALL, Alt, Atomic, Back, Chars, Edge, Kind, Look, Node, Repeat, Seq

BOUND = 64
"""A repetition over this is one without a bound."""
LIMIT_SHOWN = 24


def big(node: Repeat) -> bool:
    """Say whether a repetition counts as one without a bound."""
    return node.high is None or node.high > BOUND


def first(node: Node) -> tuple[int, bool]:
    """Return the characters a node may begin with, and whether it may match nothing."""
    match node:
        case Chars(mask):
            return mask, False
        case Seq(items):
            return first_of(items)
        case Alt(options):
            masks, empty = zip(*map(first, options), strict=True)
            return reduce(or_, masks), any(empty)
        case Repeat(body, low):
            mask, empty = first(body)
            return mask, empty or low == 0
        case Atomic(body):
            return first(body)
        case Look(body, ahead, _):
            # An assertion that scans costs as much as what it scans, whatever stands there.
            return (ALL if ahead and scans(body) else 0), True
        case Edge():
            return 0, True
        case Back():
            return ALL, True


def first_of(items: tuple[Node, ...]) -> tuple[int, bool]:
    mask = 0
    for item in items:
        more, empty = first(item)
        mask |= more
        if not empty:
            return mask, False
    return mask, True


def taken(node: Node) -> int:
    """Return all characters a node may take."""
    match node:
        case Chars(mask):
            return mask
        case Seq(parts) | Alt(parts):
            return reduce(or_, map(taken, parts), 0)
        case Repeat(body) | Atomic(body):
            return taken(body)
        case Back():
            return ALL
    return 0


def scans(node: Node) -> bool:
    match node:
        case Seq(parts) | Alt(parts):
            return any(map(scans, parts))
        case Repeat(body):
            return big(node) or scans(body)
        case Atomic(body) | Look(body):
            return scans(body)
        case Back(group):
            return group is None or scans(group)
    return False


def cannot_fail(node: Node) -> bool:
    match node:
        case Seq(items):
            return all(map(cannot_fail, items))
        case Alt(options):
            return any(map(cannot_fail, options))
        case Repeat(body, low):
            return low == 0 or cannot_fail(body)
        case Atomic(body):
            return cannot_fail(body)
    return False


def apart(options: tuple[Node, ...], after: int) -> bool:
    """Say whether the next character alone decides between options."""
    seen = 0
    for option in options:
        mask, empty = first(option)
        mask |= after if empty else 0
        if mask & seen:
            return False
        seen |= mask
    return True


def together(options: tuple[Node, ...], ways: tuple[int, ...]) -> int:
    """Return the ways of those options, most in sum, that can match at one place: none of two excludes the other."""
    heads = [_head(option) for option in options]
    budget = 2000

    def most(left: list[int]) -> int:
        nonlocal budget
        if not left:
            return 0
        budget -= 1
        if budget < 0:
            return sum(ways[i] for i in left)
        one, *others = left
        beside = [i for i in others if all(a & b for a, b in zip(heads[one], heads[i], strict=False))]
        with_one = ways[one] + most(beside)
        return with_one if len(beside) == len(others) else max(with_one, most(others))

    return most(list(range(len(options))))


def _head(node: Node) -> list[int]:
    """Return the characters a node surely begins with, one after another."""
    masks: list[int] = []
    for item in node.items if isinstance(node, Seq) else (node,):
        match item:
            case Chars(mask):
                masks.append(mask)
            case Look() | Edge():
                pass
            case _:
                return masks
    return masks


def shown(node: Node) -> str:
    """Write a node so that a person finds it in the pattern."""
    match node:
        case Chars(mask):
            return _shown_set(mask)
        case Seq(items):
            return "".join(map(shown, items))
        case Alt(options):
            return "(?:" + "|".join(map(shown, options)) + ")"
        case Repeat(body, low, high, kind, _):
            inner = shown(body) if isinstance(body, Chars | Alt) else f"(?:{shown(body)})"
            count = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get(
                (low, high), f"{{{low},{'' if high is None else high}}}"
            )
            return inner + count + {Kind.GREEDY: "", Kind.LAZY: "?", Kind.POSSESSIVE: "+"}[kind]
        case Atomic(body):
            return f"(?>{shown(body)})"
        case Look(body, ahead, negative):
            return f"(?{'' if ahead else '<'}{'!' if negative else '='}{shown(body)})"
        case Edge(code, _):
            return {"AT_END": "$", "AT_BEGINNING": "^", "AT_END_STRING": "\\Z"}.get(str(code), "\\b")
        case Back():
            return "\\1"


def _shown_set(mask: int) -> str:
    if mask.bit_count() == 1:
        return chr(mask.bit_length() - 1)
    if mask.bit_count() > LIMIT_SHOWN:
        return f"[^{_shown_set(ALL ^ mask)}]" if (ALL ^ mask).bit_count() <= LIMIT_SHOWN else "[…]"
    return "[" + "".join(chr(c) for c in range(0x2100) if mask >> c & 1) + "]"

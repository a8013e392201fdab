"""Say why a pattern is not linear by form: what it may match in many ways, and what it may scan again and again."""

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from re import _constants as codes

from tests.patterns.tree import ALL, NEWLINE, Alt, Atomic, Back, Chars, Edge, Kind, Look, Node, Repeat, Seq, read

BOUND = 64
"""A repetition over this is one without a bound."""
WAYS = 4096
"""How often at most one place of a pattern may be tried from one start."""
THREADS, BARRIERS = 12, 24

SEARCHED = frozenset({"search", "finditer", "findall", "sub", "subn", "split", "scanner"})


def reasons(pattern: str | bytes, flags: int = 0, *, searched: bool = True) -> list[str]:
    """List the reasons why a pattern is not linear; searched patterns also must not begin inside their runs."""
    tree = read(pattern, flags)
    found: list[str] = []
    _, work = _Ways(found).of(tree, 0)
    if work > WAYS:
        found.append(f"one start tries a place {work:,} times at most, over {WAYS:,}: bounded choices multiply")
    _Starts(found, searched).walk(tree, [_Thread()], _Rest())
    return list(dict.fromkeys(found))


def big(node: Repeat) -> bool:
    """Say whether a repetition counts as one without a bound."""
    return node.high is None or node.high > BOUND


def first(node: Node) -> tuple[int, bool]:
    """Return the characters a node may begin with, and whether it may match nothing."""
    match node:
        case Chars(mask):
            return mask, False
        case Seq(items):
            return _first_of(items)
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
            return (ALL if ahead and _scans(body) else 0), True
        case Edge():
            return 0, True
        case Back():
            return ALL, True


def _first_of(items: tuple[Node, ...]) -> tuple[int, bool]:
    mask = 0
    for item in items:
        more, empty = first(item)
        mask |= more
        if not empty:
            return mask, False
    return mask, True


def _taken(node: Node) -> int:
    """Return all characters a node may take."""
    match node:
        case Chars(mask):
            return mask
        case Seq(parts) | Alt(parts):
            return reduce(or_, map(_taken, parts), 0)
        case Repeat(body) | Atomic(body):
            return _taken(body)
        case Back():
            return ALL
    return 0


def _scans(node: Node) -> bool:
    match node:
        case Seq(parts) | Alt(parts):
            return any(map(_scans, parts))
        case Repeat(body):
            return big(node) or _scans(body)
        case Atomic(body) | Look(body):
            return _scans(body)
        case Back(group):
            return group is None or _scans(group)
    return False


def _cannot_fail(node: Node) -> bool:
    match node:
        case Seq(items):
            return all(map(_cannot_fail, items))
        case Alt(options):
            return any(map(_cannot_fail, options))
        case Repeat(body, low):
            return low == 0 or _cannot_fail(body)
        case Atomic(body):
            return _cannot_fail(body)
    return False


def _apart(options: tuple[Node, ...], after: int) -> bool:
    """Say whether the next character alone decides between options."""
    seen = 0
    for option in options:
        mask, empty = first(option)
        mask |= after if empty else 0
        if mask & seen:
            return False
        seen |= mask
    return True


def _together(options: tuple[Node, ...], ways: tuple[int, ...]) -> int:
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


class _Ways:
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
                return (max(ways) if _apart(options, after) else _together(options, ways)), max(work)
            case Repeat():
                return self._repeat(node, after)
            case Atomic(body) | Look(body):
                return 1, self.of(body, 0)[1]
            case Back(group) if group is None or _scans(group):
                self._found.append("a group without a bound is referred to: comparing it has no bound")
        return 1, 1

    def _seq(self, items: tuple[Node, ...], after: int) -> tuple[int, int]:
        ways = work = 1
        for i, item in enumerate(items):
            mask, empty = _first_of(items[i + 1 :])
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


@dataclass(frozen=True, slots=True)
class _Thread:
    """How a place was reached: the first character taken, what may stand before it, what was taken since, whether a
    failure comes back here."""

    first: int | None = None
    before: int = ALL
    trail: tuple[int, ...] | None = ()
    taken: frozenset[int] = frozenset()
    open: bool = False

    def take(self, mask: int) -> "_Thread":
        trail = None if self.trail is None or len(self.trail) > 3 else (*self.trail, mask)
        taken = self.taken if len(self.taken) > BARRIERS else self.taken | {mask}
        return replace(self, first=mask if self.first is None else self.first, trail=trail, taken=taken)


@dataclass(frozen=True, slots=True)
class _Rest:
    """What comes after a node: its first characters, whether it surely succeeds and what was scanned is consumed."""

    mask: int = 0
    sure: bool = True


Threads = list[_Thread]


class _Starts:
    """Where a run may be scanned from many starts: those of a search, or the iterations of a loop around it."""

    def __init__(self, found: list[str], searched: bool, what: str = "the pattern is searched and may begin") -> None:
        self._found = found
        self._searched = searched
        self._what = what

    def walk(self, node: Node, threads: Threads, rest: _Rest) -> Threads:
        """Carry threads over a node; tell of each run they may begin in."""
        match node:
            case Chars(mask):
                return [t.take(mask) for t in threads]
            case Seq(items):
                return self._seq(items, threads, rest)
            case Alt(options):
                closed = _apart(options, rest.mask)
                entered = threads if closed else [replace(t, open=True) for t in threads]
                return _merged([t for o in options for t in self.walk(o, entered, rest)])
            case Repeat():
                return self._repeat(node, threads, rest)
            case Atomic(body):
                return _reclosed(threads, self.walk(body, threads, rest))
            case Look(body, ahead, negative):
                if ahead:
                    self.walk(body, [replace(t, open=True) for t in threads], _Rest(0, sure=False))
                    return threads
                return [_guarded(t, body, negative) for t in threads]
            case Edge(code, word):
                return [_at_edge(t, code, word, rest) for t in threads]
            case Back():
                return [replace(t, first=ALL if t.first is None else t.first, trail=None) for t in threads]

    def _seq(self, items: tuple[Node, ...], threads: Threads, rest: _Rest) -> Threads:
        for i, item in enumerate(items):
            mask, empty = _first_of(items[i + 1 :])
            sure = rest.sure and all(map(_cannot_fail, items[i + 1 :]))
            threads = self.walk(item, threads, _Rest(mask | (rest.mask if empty else 0), sure))
        return threads

    def _repeat(self, node: Repeat, threads: Threads, rest: _Rest) -> Threads:
        begins, empty = first(node.body)
        one = isinstance(node.body, Chars)
        settled = one or node.low == node.high or (not begins & rest.mask and not empty)
        if big(node):
            self._run(node, threads, rest)
            if not one:
                inner = _Starts(self._found, False, f"each round of ({shown(node)}) may begin")
                inner._loop = True
                inner.walk(node.body, [_Thread()], _Rest(begins | rest.mask))
        loops = node.high is None or node.high > 1
        entered = threads if settled else [replace(t, open=True) for t in threads]
        within = _Rest(rest.mask | (begins if loops else 0), rest.sure and node.low <= 1)
        once = self.walk(node.body, entered, within)
        twice = self.walk(node.body, once, within) if loops and not one else []
        left = _merged([*(threads if node.low == 0 else []), *once, *twice])
        if node.kind is Kind.POSSESSIVE:
            return _reclosed(threads, left)
        gives_back = node.low != node.high and (empty or begins & rest.mask)
        return [replace(t, open=True, trail=None) for t in left] if gives_back else left

    _loop = False

    def _run(self, node: Repeat, threads: Threads, rest: _Rest) -> None:
        if rest.sure or not (self._searched or self._loop):
            return
        run = _taken(node.body)
        begins, _ = first(node.body)
        for thread in threads:
            starts = begins if thread.first is None else thread.first
            # A start inside the run comes to this place again only through characters the run itself takes.
            passes = all(mask & run for mask in thread.taken)
            if starts & run and thread.before & run and passes and (self._searched or thread.open):
                self._found.append(f"{self._what} inside its run ({shown(node)}), which is then scanned again")
                return


def _guarded(thread: _Thread, body: Node, negative: bool) -> _Thread:
    """Narrow what may stand before the first character by a look-behind at the head, or after the head's characters."""
    items = body.items if isinstance(body, Seq) else (body,)
    trail = thread.trail
    if trail is None or any(not isinstance(i, Chars) for i in items):
        return thread
    if not negative and len(items) > len(trail):
        return replace(thread, before=thread.before & items[len(items) - len(trail) - 1].mask)
    over = zip(items[1:], trail, strict=False)
    if negative and len(items) == len(trail) + 1 and all(not taken & ~item.mask for item, taken in over):
        return replace(thread, before=thread.before & ~items[0].mask)
    return thread


def _at_edge(thread: _Thread, code: object, word: int, rest: _Rest) -> _Thread:
    if thread.first is not None:
        return thread
    if code in (codes.AT_BEGINNING, codes.AT_BEGINNING_STRING):
        return replace(thread, before=0)
    if code is codes.AT_BEGINNING_LINE:
        return replace(thread, before=thread.before & NEWLINE)
    if code in (codes.AT_BOUNDARY, codes.AT_UNI_BOUNDARY) and rest.mask:
        if not rest.mask & ~word:
            return replace(thread, before=thread.before & ~word)
        if not rest.mask & word:
            return replace(thread, before=thread.before & word)
    return thread


def _reclosed(before: Threads, after: Threads) -> Threads:
    return after if any(t.open for t in before) else [replace(t, open=False) for t in after]


def _merged(threads: Threads) -> Threads:
    threads = list(dict.fromkeys(threads))
    if len(threads) <= THREADS:
        return threads
    kept: dict[tuple[bool, int, bool], _Thread] = {}
    for t in threads:
        key = (t.first is None, t.before, t.open)
        if key in kept and t.first is not None:
            kept[key] = replace(kept[key], first=kept[key].first | t.first, taken=kept[key].taken & t.taken)
        else:
            kept[key] = replace(t, trail=() if t.first is None else None)
    return list(kept.values())


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


LIMIT_SHOWN = 24

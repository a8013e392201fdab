"""Where a run may be scanned from many starts."""

from dataclasses import dataclass, replace
from re import _constants as codes

from tests.patterns.facts import apart, big, cannot_fail, first, first_of, shown, taken
from tests.patterns.tree import ALL, NEWLINE, Alt, Atomic, Back, Chars, Edge, Kind, Look, Node, Repeat, Seq

THREADS, BARRIERS = 12, 24


@dataclass(frozen=True, slots=True)
class Thread:
    """How a place was reached: the first character taken, what may stand before it, what was taken since, whether a
    failure comes back here."""

    first: int | None = None
    before: int = ALL
    trail: tuple[int, ...] | None = ()
    taken: frozenset[int] = frozenset()
    open: bool = False

    def take(self, mask: int) -> "Thread":
        trail = None if self.trail is None or len(self.trail) > 3 else (*self.trail, mask)
        taken = self.taken if len(self.taken) > BARRIERS else self.taken | {mask}
        return replace(self, first=mask if self.first is None else self.first, trail=trail, taken=taken)


@dataclass(frozen=True, slots=True)
class Rest:
    """What comes after a node: its first characters, whether it surely succeeds and what was scanned is consumed."""

    mask: int = 0
    sure: bool = True


Threads = list[Thread]


class Starts:
    """Where a run may be scanned from many starts: those of a search, or the iterations of a loop around it."""

    def __init__(self, found: list[str], searched: bool, what: str = "the pattern is searched and may begin") -> None:
        self._found = found
        self._searched = searched
        self._what = what

    def walk(self, node: Node, threads: Threads, rest: Rest) -> Threads:
        """Carry threads over a node; tell of each run they may begin in."""
        match node:
            case Chars(mask):
                return [t.take(mask) for t in threads]
            case Seq(items):
                return self._seq(items, threads, rest)
            case Alt(options):
                closed = apart(options, rest.mask)
                entered = threads if closed else [replace(t, open=True) for t in threads]
                return _merged([t for o in options for t in self.walk(o, entered, rest)])
            case Repeat():
                return self._repeat(node, threads, rest)
            case Atomic(body):
                return _reclosed(threads, self.walk(body, threads, rest))
            case Look(body, ahead, negative):
                if ahead:
                    self.walk(body, [replace(t, open=True) for t in threads], Rest(0, sure=False))
                    return threads
                return [_guarded(t, body, negative) for t in threads]
            case Edge(code, word):
                return [_at_edge(t, code, word, rest) for t in threads]
            case Back():
                return [replace(t, first=ALL if t.first is None else t.first, trail=None) for t in threads]

    def _seq(self, items: tuple[Node, ...], threads: Threads, rest: Rest) -> Threads:
        for i, item in enumerate(items):
            mask, empty = first_of(items[i + 1 :])
            sure = rest.sure and all(map(cannot_fail, items[i + 1 :]))
            threads = self.walk(item, threads, Rest(mask | (rest.mask if empty else 0), sure))
        return threads

    def _repeat(self, node: Repeat, threads: Threads, rest: Rest) -> Threads:
        begins, empty = first(node.body)
        one = isinstance(node.body, Chars)
        settled = one or node.low == node.high or (not begins & rest.mask and not empty)
        if big(node):
            self._run(node, threads, rest)
            if not one:
                inner = Starts(self._found, False, f"each round of ({shown(node)}) may begin")
                inner._loop = True
                inner.walk(node.body, [Thread()], Rest(begins | rest.mask))
        loops = node.high is None or node.high > 1
        entered = threads if settled else [replace(t, open=True) for t in threads]
        within = Rest(rest.mask | (begins if loops else 0), rest.sure and node.low <= 1)
        once = self.walk(node.body, entered, within)
        twice = self.walk(node.body, once, within) if loops and not one else []
        left = _merged([*(threads if node.low == 0 else []), *once, *twice])
        if node.kind is Kind.POSSESSIVE:
            return _reclosed(threads, left)
        gives_back = node.low != node.high and (empty or begins & rest.mask)
        return [replace(t, open=True, trail=None) for t in left] if gives_back else left

    _loop = False

    def _run(self, node: Repeat, threads: Threads, rest: Rest) -> None:
        if rest.sure or not (self._searched or self._loop):
            return
        run = taken(node.body)
        begins, _ = first(node.body)
        for thread in threads:
            starts = begins if thread.first is None else thread.first
            # A start inside the run comes to this place again only through characters the run itself takes.
            passes = all(mask & run for mask in thread.taken)
            if starts & run and thread.before & run and passes and (self._searched or thread.open):
                self._found.append(f"{self._what} inside its run ({shown(node)}), which is then scanned again")
                return


def _guarded(thread: Thread, body: Node, negative: bool) -> Thread:
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


def _at_edge(thread: Thread, code: object, word: int, rest: Rest) -> Thread:
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
    kept: dict[tuple[bool, int, bool], Thread] = {}
    for t in threads:
        key = (t.first is None, t.before, t.open)
        if key in kept and t.first is not None:
            kept[key] = replace(kept[key], first=kept[key].first | t.first, taken=kept[key].taken & t.taken)
        else:
            kept[key] = replace(t, trail=() if t.first is None else None)
    return list(kept.values())

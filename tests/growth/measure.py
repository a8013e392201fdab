"""Time that grows: how much longer a door takes when what comes through it is four times as long."""

import gc
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from corpus.errors import SvodError
from search_api.http.edge.problems import ProblemError

ENOUGH = 0.020
"""Seconds of processor time from which a measurement tells."""
LONGEST = 15_000
"""Characters at which is measured what never takes as long."""
LEAST = 0.0005
"""Seconds below which a time is counted as this: a blink at 15,000 characters and 3 ms at 60,000 harm nobody."""
FOUR_TIMES = 6.0
"""What time(4n)/time(n) may be: 4 when linear, 16 when quadratic."""
FOUR_TIMES_IN_PAIRS = 24.0
"""What it may be where each unit of one text is judged against each of another: 16, and 64 when cubic."""
CAP = 20.0
"""Seconds of processor time after which a call is ended and counted as endless."""


class EndlessError(BaseException):
    """A call reached the cap; of BaseException, so that no `except Exception` on the way takes it for its own."""


@dataclass(frozen=True, slots=True)
class Door:
    """A public function that takes text from outside; `ready` makes of a text what it takes, not timed.

    `most` are the characters it is fit to take: longer ones are refused. `pairs` says that it judges every unit of
    one text against every unit of another; it refuses more pairs than it is fit to take.
    """

    call: Callable[..., object]
    ready: Callable[[str], object] = str
    most: int = 16 * LONGEST
    pairs: bool = False


@dataclass(frozen=True, slots=True)
class Growth:
    """What was measured: characters, seconds for them, seconds for four times as many, what these may be of those."""

    n: int
    short: float
    long: float
    most: float = FOUR_TIMES

    @property
    def ratio(self) -> float:
        return self.long / max(self.short, LEAST)

    @property
    def grows(self) -> bool:
        return self.ratio > self.most


@contextmanager
def capped(limit: float) -> Iterator[None]:
    """End what takes more processor time, a pattern too: `re` looks for signals while it searches.

    The alarm goes by the clock on the wall and looks at processor time: with a timer of processor time set, Linux counts
    it in steps of 4 ms.
    """
    begun = time.process_time()

    def end(*_: object) -> None:
        left = limit - (time.process_time() - begun)
        if left <= 0:
            raise EndlessError
        signal.setitimer(signal.ITIMER_REAL, max(left, 0.01))

    before = signal.signal(signal.SIGALRM, end)
    set_before = signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, *set_before)


def seconds(door: Door, text: str) -> float:
    """Time one call; a refusal is an answer, an endless call takes CAP."""
    taken = CAP
    with suppress(EndlessError), capped(CAP):
        given = door.ready(text)
        gc.disable()
        try:
            begun = time.process_time()
            with suppress(SvodError, ProblemError):
                door.call(given)
            taken = time.process_time() - begun
        finally:
            gc.enable()
    return taken


def growth(door: Door, shape: Callable[[int], str]) -> Growth:
    """Measure at n and 4n characters, n doubled until the time tells; what looks bad is measured again, best of three.

    What takes long at once is called again: a first call loads dictionaries. Repetitions are a little shorter, and
    what is kept by document is asked of a new document each time, so that nothing is answered out of a cache. What grows is measured from four times as long too: memory that no longer
    fits a cache, or a look at the next so many letters that a short text has not, grows it once, a loop in a loop both
    times.
    """
    gc.collect()
    most = min(LONGEST, door.most // 4)
    n = min(250, most)
    allowed = FOUR_TIMES_IN_PAIRS if door.pairs else FOUR_TIMES
    while (short := _best(door, shape, n, 2)) < ENOUGH and n < most:
        n = min(2 * n, most)
    found = Growth(n, short, seconds(door, shape(4 * n)), allowed)
    if found.grows and found.long < CAP:
        short, long = min(short, _best(door, shape, n, 3)), min(found.long, _best(door, shape, 4 * n, 3))
        found = Growth(n, short, long, allowed)
    if found.grows and found.long < CAP / 16 and 16 * n <= door.most:
        found = Growth(4 * n, found.long, _best(door, shape, 16 * n, 2), allowed)
    return found


def _best(door: Door, shape: Callable[[int], str], n: int, times: int) -> float:
    """Return the least of several times, the first of them when it is short enough."""
    best = seconds(door, shape(n))
    for again in range(1, times):
        if best < ENOUGH and times == 2:
            break
        best = min(best, seconds(door, shape(n - again * n // 25)))
    return best


SOAK = bool(os.environ.get("SVOD_SOAK"))

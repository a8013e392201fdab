"""What a service does beside its answers: it makes missing vectors and reads the states a write has changed."""

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from typing import Final

import structlog

from analyzers import embedding
from corpus.effects.lives import KEPT, lives
from corpus.errors import LibraryBusyError, SvodError
from corpus.library import Library
from corpus.search.filling import fill

EMBED_EVERY, STATES_EVERY = 300.0, 0.5
"""Seconds after which the library is asked again: other processes write into it, too."""
NICE: Final = 15
"""Searches come before it."""
TOGETHER = 32
"""Documents that others touch whose states are read in one reading, some 1.4 ms each."""
_PATIENCE: Final = 5.0
"""Seconds an end waits for the piece at work."""

Stopped = Callable[[], bool]


class Beside:
    """One thread. What is to be done the library itself tells, so nothing queues up and nothing is lost by an end."""

    def __init__(self, name: str, every: float, work: Callable[[Stopped], None], *, able: bool = True) -> None:
        """Do `work` when woken and after so many seconds; it stops between two pieces when it is told to.

        What is not `able` to be done takes no thread.
        """
        self._every, self._work, self._able = every, work, able
        self._wanted, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._failed = ""

    def start(self) -> None:
        """Begin; what is missing already comes first."""
        if self._able:
            self._wanted.set()
            self._thread.start()

    def wake(self) -> None:
        """Tell that something was written."""
        self._wanted.set()

    def close(self) -> None:
        """End with the piece at work; the rest is missing still and is made later."""
        self._ended.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        if sys.platform == "linux":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        while not self._ended.is_set():
            self._wanted.wait(self._every)
            self._wanted.clear()
            if not self._ended.is_set():
                self._once()

    def _once(self) -> None:
        """Work; a failure is logged, once for as long as it lasts, and the work tried again later."""
        try:
            self._work(self._ended.is_set)
        except LibraryBusyError:
            return
        except SvodError as error:
            self._log(str(error))
        except Exception as error:  # noqa: BLE001  foreign code: the answers go on
            self._log(repr(error), error)
        else:
            self._failed = ""

    def _log(self, reason: str, error: Exception | None = None) -> None:
        if reason != self._failed:
            structlog.get_logger().warning("not done", work=self._thread.name, reason=reason, exc_info=error)
        self._failed = reason


def embedding_work(fetch: Callable[[], Library]) -> Beside:
    """Return the work of making vectors (`svod[semantic]`); without the extra there is nothing to do."""

    def work(stopped: Stopped) -> None:
        if made := fill(fetch(), stopped=stopped):
            structlog.get_logger().info("vectors made", clauses=made)

    return Beside("embedding", EMBED_EVERY, work, able=embedding.available())


def states_work(opened: Callable[[], Library | None]) -> Beside:
    """Return the work of reading the states of what a write has touched, before anybody asks for them.

    It waits for a library at rest: while files are put one after another, each would change what was read.
    One that nobody has opened yet it does not open: whoever asks first would wait for it.
    """
    read = seen = ""

    def work(stopped: Stopped) -> None:
        nonlocal read, seen
        library = opened()
        if library is None:
            return
        moment, before = library.moment(), seen
        seen = moment
        if moment == before != read:
            read_touched(library, stopped)
            read = moment

    return Beside("states", STATES_EVERY, work)


def read_touched(library: Library, stopped: Stopped = lambda: False) -> None:
    """Read the states of the documents that others touch, as many as are kept, a few together."""
    told = lives(library)
    touched = list(islice((d for d in told.documents if not told.alone(d)), KEPT))
    for at in range(0, len(touched), TOGETHER):
        if stopped():
            return
        told.fetch(touched[at : at + TOGETHER])

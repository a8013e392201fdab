"""The vectors a library lacks, made beside the answers of a service (`svod[semantic]`)."""

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import structlog

from analyzers import embedding
from corpus.errors import LibraryBusyError, SvodError
from corpus.library import Library
from corpus.search.filling import fill

EVERY: Final = 300.0
"""Seconds after which the library is asked again: other processes write into it, too."""
NICE: Final = 15
"""Searches come before it."""
_PATIENCE: Final = 5.0
"""Seconds an end waits for the clause at work."""


class EmbeddingWork:
    """One thread. What is to be done the library itself tells, so nothing queues up and nothing is lost by an end."""

    def __init__(self, fetch: Callable[[], Library]) -> None:
        self._fetch = fetch
        self._wanted, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="embedding", daemon=True)

    def start(self) -> None:
        """Begin, where the extra is installed; what is missing already comes first."""
        if embedding.available():
            self._wanted.set()
            self._thread.start()

    def wake(self) -> None:
        """Tell that something was written."""
        self._wanted.set()

    def close(self) -> None:
        """End with the clause at work; the rest is missing still and is made later."""
        self._ended.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        if sys.platform == "linux":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        while not self._ended.is_set():
            self._wanted.wait(EVERY)
            self._wanted.clear()
            if not self._ended.is_set():
                self._fill()

    def _fill(self) -> None:
        """Make what is missing; a failure is logged and tried again when something is written, or after EVERY."""
        try:
            made = fill(self._fetch(), stopped=self._ended.is_set)
        except LibraryBusyError:
            return
        except SvodError as error:
            structlog.get_logger().warning("vectors not made", reason=str(error))
        except Exception as error:  # noqa: BLE001  foreign code: a search by words goes on
            structlog.get_logger().warning("vectors not made", exc_info=error)
        else:
            if made:
                structlog.get_logger().info("vectors made", clauses=made)

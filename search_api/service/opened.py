"""The library of a running service: opened when first asked for, so that the service outlives its engine."""

from collections.abc import Callable
from threading import Lock

from corpus.library import Library


class Shelf:
    """Holds the library, opened once; `fetch` raises LibraryUnavailableError while it cannot be opened."""

    def __init__(self, opener: Callable[[], Library]) -> None:
        self._opener, self._lock = opener, Lock()
        self._library: Library | None = None

    def fetch(self) -> Library:
        """Return the library, opening it when that has not succeeded yet."""
        if self._library is None:
            with self._lock:
                if self._library is None:
                    self._library = self._opener()
        return self._library

    def opened(self) -> Library | None:
        """Return the library if it was opened."""
        return self._library

    def close(self) -> None:
        """Close the library if it was opened."""
        with self._lock:
            if self._library is not None:
                self._library.close()
                self._library = None

"""Wrong logins are slowed: an address that errs waits twice as long each time, and all together are bounded."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

FREE = 3
"""Errors an address may make without waiting."""
LONGEST = 900.0
FORGOTTEN = 3600.0
"""Seconds after which an address's errors are forgotten."""
ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Errors:
    """How many errors, and when the last one was made (seconds of the monotonic clock)."""

    number: int
    at: float


class Slowing:
    """Counts wrong logins by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._errors: dict[str, Errors] = {}
        self._lock = threading.Lock()

    def waits(self, address: str) -> int:
        """Return how many whole seconds an address must wait before it may try again."""
        with self._lock:
            made = self._errors.get(address)
        if made is None or made.number < FREE:
            return 0
        left = made.at + min(2.0 ** (made.number - FREE), LONGEST) - self._clock()
        return max(int(left + 0.999), 0)

    def erred(self, address: str) -> None:
        """Note a wrong login."""
        now = self._clock()
        with self._lock:
            made = self._errors.pop(address, Errors(0, now))
            number = made.number + 1 if now - made.at < FORGOTTEN else 1
            while len(self._errors) >= ADDRESSES:
                self._errors.pop(next(iter(self._errors)))
            self._errors[address] = Errors(number, now)

    def succeeded(self, address: str) -> None:
        """Forget an address's errors."""
        with self._lock:
            self._errors.pop(address, None)

"""What one file may cost a confined child: time that grows with the file, memory, the size of the answer."""

import os
from dataclasses import dataclass, replace
from functools import cache

PAGE_SECONDS = 0.4
"""A page of a PDF takes 0.06 s of the processor (measured); the rest is for a machine that is busy."""
MB_SECONDS = 2.0
LETTER_SECONDS = 1 / 2_000
"""Parsing reads 25,000-50,000 letters a second of the processor (measured); the rest is for a machine that is busy."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds by the clock, memory and answer in MB; those of parsing come after reading, when the text is known."""

    seconds: float = 20.0
    memory: int = 512
    output: int = 256
    parse_seconds: float = 900.0
    parse_memory: int = 3072

    def reading(self, size: int, pages: int = 0) -> float:
        """Return the seconds for reading a file of so many bytes and pages.

        >>> Limits().reading(1 << 20), Limits().reading(0, pages=250)
        (22.0, 120.0)
        """
        return self.seconds + MB_SECONDS * size / (1 << 20) + PAGE_SECONDS * pages

    def parsing(self, letters: int) -> float:
        """Return the seconds for parsing a text that was read.

        >>> Limits().parsing(20_000), Limits().parsing(10_000_000)
        (30.0, 900.0)
        """
        return min(self.parse_seconds, self.seconds + LETTER_SECONDS * letters)


@cache
def default_limits() -> Limits:
    """Return the limits; SVOD_READER_SECONDS gives files more time on a machine that is busy or slow."""
    said = os.environ.get("SVOD_READER_SECONDS", "")
    return replace(Limits(), seconds=float(said)) if said.isdigit() and int(said) else Limits()

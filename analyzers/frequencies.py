"""Word frequencies of general Russian. The one place that imports wordfreq."""

from functools import cache
from typing import Any

FLOOR = 1e-9
"""Share of running words given to a word the list does not hold."""


@cache
def _shares() -> dict[str, float]:
    import wordfreq

    shares: dict[str, Any] = wordfreq.get_frequency_dict("ru", "large")
    return shares


def share(word: str) -> float:
    """Return the share of running words (0..1) that are this lower-case word; FLOOR when it is not listed.

    >>> share("настоящего") > share("стоящего") > share("нижеследующем") > FLOOR
    True
    """
    return _shares().get(word, FLOOR)

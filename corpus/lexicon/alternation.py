"""Many words as one pattern."""

import re
from collections.abc import Iterable
from itertools import groupby


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first; no letter is tried twice, ё may stand for е.

    >>> any_of({"два", "двум", "двумя"}), any_of(["трех"])
    ('дв(?:а|ум(?:я)?)', 'тр[её]х')
    """
    return _tails(sorted(set(words)))


def _tails(words: list[str]) -> str:
    branches = []
    for letter, group in groupby((w for w in words if w), key=lambda w: w[0]):
        tail = _tails([w[1:] for w in group])
        branches.append(("[её]" if letter == "е" else re.escape(letter)) + tail)
    if not branches:
        return ""
    whole = "|".join(branches)
    if "" in words:
        return f"(?:{whole})?"
    return whole if len(branches) == 1 else f"(?:{whole})"

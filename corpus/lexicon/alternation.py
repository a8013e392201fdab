"""Many words as one pattern."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first; no letter is tried twice, ё may stand for е.

    Words that end alike share the end: a pattern costs its length at every start of the program.

    >>> any_of({"два", "двум", "двумя"}), any_of(["трех"]), any_of(["дня", "дню"])
    ('дв(?:а|ум(?:я)?)', 'тр[её]х', 'дн[юя]')
    """
    return _tails(tuple(sorted(set(words))))


@cache
def _tails(words: tuple[str, ...]) -> str:
    letters: dict[str, list[str]] = {}
    for letter, group in groupby((w for w in words if w), key=lambda w: w[0]):
        letters.setdefault(_tails(tuple(w[1:] for w in group)), []).append(letter)
    branches = [_one_of(those) + tail for tail, those in letters.items()]
    if not branches:
        return ""
    whole = "|".join(branches)
    if "" in words:
        return f"(?:{whole})?"
    return whole if len(branches) == 1 else f"(?:{whole})"


def _one_of(letters: list[str]) -> str:
    if len(letters) == 1:
        return "[её]" if letters == ["е"] else re.escape(letters[0])
    return f"[{''.join(map(re.escape, letters))}{'ё' if 'е' in letters else ''}]"

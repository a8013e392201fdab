"""Patterns and what they are read as, applied in order; one whose beginnings a text does not hold is not tried."""

import re
from collections.abc import Iterable
from typing import Final

_LETTERS: Final = re.compile("[а-я]+")
_MAY_LACK: Final = frozenset("?*{")
"""What behind a letter or a group says that it may be absent."""


class Readings:
    """What is said (patterns over folded text, each at the beginning of a word) and how it is read, in this order."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._rows = tuple((beginnings(said), re.compile(rf"(?<![а-я])(?:{said})"), meant) for said, meant in rows)

    def read(self, low: str) -> str:
        r"""Return a folded text with each of its turns read.

        >>> Readings([(r"до\s++тех\s++пор", "пока")]).read("до тех пор")
        'пока'
        """
        for begin, said, meant in self._rows:
            if not begin or any(one in low for one in begin):
                low = said.sub(meant, low)
        return low


def beginnings(pattern: str) -> tuple[str, ...]:
    """Return the letters one of which every match begins with; none when they cannot be told.

    >>> beginnings(r"(?:дважды|(?:2|два) раза)"), beginnings("двое|трое(?= суток)"), beginnings("(?:так )?как")
    ((), ('двое', 'трое'), ())
    """
    out: list[str] = []
    for branch in _branches(pattern):
        found = _begin(branch)
        if not found:
            return ()
        out += found
    return tuple(dict.fromkeys(out))


def _begin(branch: str) -> tuple[str, ...]:
    if branch.startswith("(") and not branch.startswith(("(?=", "(?!", "(?<")):
        end = _closing(branch)
        if branch[end + 1 : end + 2] and branch[end + 1] in _MAY_LACK:
            return ()
        return beginnings(branch[1:end].removeprefix("?:"))
    if found := _LETTERS.match(branch):
        letters = found[0]
        if branch[found.end() : found.end() + 1] and branch[found.end()] in _MAY_LACK:
            letters = letters[:-1]
        return (letters,) if letters else ()
    return ()


def _branches(pattern: str) -> list[str]:
    depth, begun, out = 0, 0, []
    for at, sign in enumerate(pattern):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            out.append(pattern[begun:at])
            begun = at + 1
    return [*out, pattern[begun:]]


def _closing(pattern: str) -> int:
    depth = 0
    for at, sign in enumerate(pattern):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return at
    return len(pattern)

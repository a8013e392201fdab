"""Turns that are used alike, by the vectors of their words: what no table of turns lists."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from analyzers.vectors import Vector, meaning

_ALIKE: Final = 0.6
"""Cosine from which two turns say the same. On 314 pairs graded by hand, three tenths of the table of turns left out:
words called substance .48 without it, .38 with it, substance called words .002 both; at .5 .36 and .012."""


class Neighbours:
    """Turns of a clause, asked for what is used like one of them."""

    def __init__(self, turns: Iterable[str]) -> None:
        known = [vector for turn in dict.fromkeys(turns) if (vector := _vector(turn)).any()]
        self._rows = np.array(known) if known else None

    def of(self, turns: Sequence[str]) -> bool:
        """Say whether one of some turns is used like one of the clause's.

        >>> near = Neighbours(["автомобиль"])
        >>> near.of(["автомашина"]), near.of(["расход"])
        (True, False)
        """
        return self._rows is not None and any(bool((self._rows @ _vector(turn)).max() >= _ALIKE) for turn in turns)


@lru_cache(maxsize=20_000)
def _vector(turn: str) -> Vector:
    return meaning(turn)

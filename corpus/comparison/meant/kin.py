"""Words of one family, told by how they begin: запрос, запросить."""

from collections.abc import Iterable
from typing import Final

_ALIKE: Final = 5
_OF_SHORTER: Final = 0.5
_OF_LONGER: Final = 0.4
"""Words of one family begin alike: so many letters, and so much of the shorter and of the longer one."""

_LONGEST: Final = 64
"""No word of a family has more letters; bounds what is kept of each."""


class Kin:
    """Families of some lemmas, by their beginnings: the time of a question does not grow with their number."""

    def __init__(self, lemmas: Iterable[str]) -> None:
        self._lengths: dict[str, set[int]] = {}
        for lemma in lemmas:
            if len(lemma) <= _LONGEST:
                for size in range(1, len(lemma) + 1):
                    self._lengths.setdefault(lemma[:size], set()).add(len(lemma))

    def of(self, lemma: str) -> bool:
        """Say whether one of the lemmas is of this one's family.

        >>> [Kin(["передача", "право"]).of(lemma) for lemma in ("передавать", "правонарушение")]
        [True, False]
        """
        mine = len(lemma)
        return mine <= _LONGEST and any(
            _alike(size, min(mine, other), max(mine, other))
            for size in range(1, mine + 1)
            for other in self._lengths.get(lemma[:size], ())
        )


def _alike(same: int, shorter: int, longer: int) -> bool:
    return same >= min(_ALIKE, shorter) and same > _OF_SHORTER * shorter and same >= _OF_LONGER * longer

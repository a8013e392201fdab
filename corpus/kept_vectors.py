"""Vectors of a sentence model, kept beside the clauses they were made of (`analyzers.embedding`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Unembedded:
    """A clause without a vector: `place` is the library's own name of it, `text` what the vector is made of."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class KeptVector:
    """A vector for the clause at a place; `key` names it by model and text (`analyzers.embedding.key`)."""

    place: str
    key: str
    vector: bytes


class KeptVectors(Protocol):
    """The vectors of one library. Erasing takes them along; of what is replaced they serve whoever says the same."""

    def held(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Return the vectors that are kept, by key."""

    def missing(self) -> Iterator[Unembedded]:
        """Yield the clauses that have no vector yet; what is kept meanwhile is not yielded again."""

    def keep(self, vectors: Sequence[KeptVector]) -> None:
        """Keep vectors beside their clauses; those of clauses that are gone meanwhile are left out."""

    def share(self) -> tuple[int, int]:
        """Return how many clauses have a vector, and how many there are."""

    def drop_orphans(self) -> None:
        """Remove vectors of texts that no clause says any more, where they do not go with their clauses at once."""


def batches(every: Iterable[_One], size: int) -> Iterator[list[_One]]:
    """Yield so many at a time, the rest at last.

    >>> list(batches("абвгд", 2))
    [['а', 'б'], ['в', 'г'], ['д']]
    """
    rest = iter(every)
    while batch := list(islice(rest, size)):
        yield batch

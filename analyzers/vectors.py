"""Word vectors distilled offline from a sentence model (bench/word_vectors.py): a table by lemma, no model here."""

from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.terms import forms, readings

Vector = NDArray[np.float32]


class Typical(NamedTuple):
    """What queries, and clauses of agreements, have in common."""

    query: Vector
    clause: Vector


class _Table(NamedTuple):
    words: list[str]
    numbers: dict[str, int]
    rows: NDArray[np.int8]
    """Per word a direction, centred over all words."""
    weights: Vector
    """Per word how much it tells, over the length of its row: little for the commonest words of the language."""
    typical: Typical


@cache
def _table() -> _Table:
    """Load the table (3 MB)."""
    with files("analyzers").joinpath("data/word_vectors.npz").open("rb") as file, np.load(file) as held:
        words = bytes(held["words"]).decode().split("\n")
        numbers = {word: i for i, word in enumerate(words)}
        return _Table(words, numbers, held["rows"], held["weights"], Typical(held["query"], held["clause"]))


@lru_cache(maxsize=100_000)
def _number(form: str) -> int | None:
    known = _table().numbers
    return next((known[lemma] for lemma in readings(form) if lemma in known), None)


def typical() -> Typical:
    """Return the mean vectors to be taken off."""
    return _table().typical


def meaning(text: str) -> Vector:
    """Return what a text is about: the weighted sum of its words' vectors, of length 1; zeros when none is known."""
    table = _table()
    numbers = [n for form in forms(text) if (n := _number(form)) is not None]
    return unit(table.weights[numbers] @ table.rows[numbers].astype(np.float32))


def unit(vector: Vector) -> Vector:
    """Return a vector of length 1 of the same direction; zeros stay zeros."""
    length = np.linalg.norm(vector)
    return vector / np.float32(length) if length else vector


@cache
def _directions() -> Vector:
    """Return the rows of the table, each of length 1 (12 MB; 17 of the 18 ms of a question)."""
    rows = _table().rows.astype(np.float32)
    directions: Vector = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return directions


def nearest(word: str, most: int, least: float) -> list[tuple[str, float]]:
    """Return the words nearest in use to a word with their cosines, best first; none for an unknown word."""
    table, number = _table(), _number(word)
    if number is None:
        return []
    directions = _directions()
    cosines = directions @ directions[number]
    best = np.argsort(-cosines)[: most + 1]
    return [(table.words[i], float(cosines[i])) for i in best if i != number and cosines[i] >= least]

"""Texts as vectors: lemmas weighted by rarity, and character n-grams."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import numpy as np
from numpy.typing import NDArray

from analyzers.letters import folded
from corpus.clauses.units import Sentence, Unit

Matrix = NDArray[np.float32]
Numbers = NDArray[np.int64]

GRAM, GRAM_CELLS = 4, 1024
"""Character n-grams are hashed into this many cells; more cells change no alignment on the reference agreements."""

ITEM_WEIGHT = 0.5
"""Words of a list's items count half beside those of the paragraph that opens it."""

# Numbers are given once and never change, so that bags can be kept; the defaulting is one step under the GIL.
LEAST_WEIGHT = 0.05
"""What a word in every text still weighs."""

_VOCABULARY: defaultdict[str, int] = defaultdict(count().__next__)


@dataclass(frozen=True, slots=True)
class Bag:
    """Words of a text: places in the vocabulary and how often (a word of n lemmas counts 1/n for each)."""

    words: tuple[int, ...]
    weights: tuple[float, ...]


def _add(counts: dict[int, float], sentences: Sequence[Sentence], weight: float) -> None:
    for sentence in sentences:
        for term in sentence.terms:
            share = weight / len(term.lemmas)
            for lemma in term.lemmas:
                place = _VOCABULARY[lemma]
                counts[place] = counts.get(place, 0.0) + share


def bag_of(own: Sequence[Sentence], items: Sequence[Sentence] = ()) -> Bag:
    """Count the words of a unit."""
    counts: dict[int, float] = {}
    _add(counts, own, 1.0)
    _add(counts, items, ITEM_WEIGHT)
    return Bag(tuple(counts), tuple(counts.values()))


@lru_cache(maxsize=20_000)
def grams_of(text: str) -> NDArray[np.float32]:
    """Count hashed character n-grams of a text, damped by their square root; the vector has length 1."""
    letters = np.frombuffer(f" {' '.join(folded(text).split())} ".encode("utf-32-le"), dtype=np.uint32)
    out = np.zeros(GRAM_CELLS, dtype=np.float32)
    if len(letters) < GRAM:
        return out
    hashed = np.zeros(len(letters) - GRAM + 1, dtype=np.uint64)
    for i in range(GRAM):
        hashed = hashed * np.uint64(1_000_003) + letters[i : len(letters) - GRAM + 1 + i]
    np.add.at(out, ((hashed >> np.uint64(7)) % np.uint64(GRAM_CELLS)).astype(np.int64), 1.0)
    out = np.sqrt(out)
    return out / np.linalg.norm(out)


def rarity(bags: Sequence[Bag]) -> NDArray[np.float32]:
    """Return the weight of each word of the vocabulary: the logarithm of how few bags hold it."""
    frequency = np.zeros(max(len(_VOCABULARY), 1), dtype=np.float32)
    for bag in bags:
        frequency[list(bag.words)] += 1
    weights: Matrix = np.log((len(bags) + 1) / (frequency + 0.5)).astype(np.float32)
    return weights


def lemma_matrix(bags: Sequence[Bag], weights: Matrix, columns: Numbers) -> Matrix:
    """Lay bags out as rows of length 1; only the given words of the vocabulary have a column.

    Words without a column count to the length, so products of rows are exact when no other row has those words.
    """
    place = np.full(len(weights), -1, dtype=np.int64)
    place[columns] = np.arange(len(columns))
    out = np.zeros((len(bags), len(columns)), dtype=np.float32)
    for row, bag in enumerate(bags):
        if bag.words:
            words = np.array(bag.words)
            values = np.log1p(np.array(bag.weights, dtype=np.float32)) * np.maximum(weights[words], LEAST_WEIGHT)
            at = place[words]
            out[row, at[at >= 0]] = (values / max(float(np.linalg.norm(values)), 1e-9))[at >= 0]
    return out


def columns_of(bags: Sequence[Bag]) -> Numbers:
    """Return the words the bags use."""
    return np.array(sorted({w for bag in bags for w in bag.words}), dtype=np.int64)


def shared_columns(groups: Sequence[Sequence[Bag]]) -> Numbers:
    """Return the words that stand in two groups of bags at least: no others count between groups."""
    seen: dict[int, int] = {}
    for group in groups:
        for word in {w for bag in group for w in bag.words}:
            seen[word] = seen.get(word, 0) + 1
    return np.array(sorted(w for w, n in seen.items() if n > 1), dtype=np.int64)


def words_of(columns: NDArray[np.int64]) -> list[str]:
    """Return the lemmas of places in the vocabulary."""
    lemmas = list(_VOCABULARY)
    return [lemmas[c] for c in columns]


def gram_matrix(units: Sequence[Unit]) -> Matrix:
    """Lay the n-grams of the units' own texts out as rows."""
    return np.stack([grams_of(u.text) for u in units]) if units else np.zeros((0, GRAM_CELLS), dtype=np.float32)

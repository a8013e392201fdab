"""Alignment of two documents: how surely each unit of one says what a unit of the other says.

Two steps. First each pair is judged by itself (words, letters, sentences, topics, headings, place). Then the whole
documents are looked at: a pair gains when its neighbours pair too, when it keeps the order of the sure pairs, and when
no other unit fits better on either side. The weights are logistic regressions over the author's own alignment of ten
agreements, with and without topics; `bench/comparison.py` prints what each step brings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analyzers.wordwise import Wordwise
from corpus.comparison.features import NAMES, Prepared, Space, prepared
from corpus.model import Document
from corpus.topics.topics import Topics, topics
from corpus.topics.vectors import Matrix

FOUND, INCONCLUSIVE = 0.5, 0.3
"""An equivalent is found from the first probability on, and in doubt between the two."""

ALIKE_ENOUGH = 0.5
"""Likeness above this says little more: agreements share their formulas."""

_PAIR = {
    "best": 5.04,
    "likeness": -2.15,
    "topic": 5.61,
    "sole": 4.74,
    "clash": -0.81,
    "untold": 16.28,
    "heading": 1.16,
    "place": 3.68,
    "zone": -1.9,
    "item": -3.01,
    "bias": -10.63,
}
_WHOLE = {"pair": 0.62, "lesser": 0.22, "greater": 0.27, "neighbours": 2.31, "order": 0.53, "bias": -0.44}
_MARGIN = 6.0
_SURE = 0.6
_REACH = 8.0
"""Sure pairs this many units away weigh e times less in the order."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two documents and the probability of each pair of their units, in their order."""

    left: Prepared
    right: Prepared
    scores: Matrix
    reasons: Matrix

    def turned(self) -> "Alignment":
        """Return the same seen from the other document."""
        return Alignment(self.right, self.left, self.scores.T, self.reasons.transpose(0, 2, 1))


def align(left: Document, right: Document, table: Topics | None = None) -> Alignment:
    """Align two documents, items of lists included; a document with itself gives the identity with score 1.

    Both sides see one alignment: rounding never makes them differ.
    """
    if right.id < left.id:
        return _align(right, left, table or topics()).turned()
    return _align(left, right, table or topics())


@lru_cache(maxsize=64)
def _align(left: Document, right: Document, table: Topics) -> Alignment:
    return aligned(Space([prepared(left, True, table), prepared(right, True, table)]), 0, 1)


def aligned(space: Space, a: int, b: int, *, whole: bool = True) -> Alignment:
    """Align two documents of a space; without `whole` each pair is judged by itself."""
    left, right = space.documents[a], space.documents[b]
    reasons = space.features(a, b)
    log_odds = pair_log_odds(reasons)
    scores = _sigmoid(_in_context(log_odds)) if whole and log_odds.size else _sigmoid(log_odds)
    _same_texts(left, right, scores)
    return Alignment(left, right, scores, reasons)


def pair_log_odds(reasons: Matrix) -> Matrix:
    """Judge each pair by itself; `reasons` are those of `features.NAMES`."""
    by = dict(zip(NAMES, reasons, strict=True))
    mean = (by["words"] + by["lead"] + by["letters"]) / 3
    best = np.maximum(np.maximum(by["words"], by["lead"]), by["sentence"])
    untold = np.clip(1 - by["topic"] - by["clash"], 0, 1) * mean
    parts = {
        "best": best,
        "likeness": np.minimum(mean, ALIKE_ENOUGH),
        "untold": untold,
        **{n: by[n] for n in ("topic", "sole", "clash", "heading", "place", "zone", "item")},
    }
    out = np.full(mean.shape, _PAIR["bias"], dtype=np.float32)
    for name, part in parts.items():
        out += np.float32(_PAIR[name]) * part
    return out


def _in_context(log_odds: Matrix) -> Matrix:
    chance = _sigmoid(log_odds)
    rows, columns = _margin(log_odds), _margin(log_odds.T).T
    parts = {
        "pair": log_odds,
        "lesser": np.minimum(rows, columns),
        "greater": np.maximum(rows, columns),
        "neighbours": _neighbours(chance),
        "order": _order(log_odds, chance),
    }
    out = np.full(log_odds.shape, _WHOLE["bias"], dtype=np.float32)
    for name, part in parts.items():
        out += np.float32(_WHOLE[name]) * part.astype(np.float32)
    return out


def _margin(log_odds: Matrix) -> Matrix:
    """Return by how much each cell beats the best other cell of its row (negative: is beaten)."""
    if log_odds.shape[1] < 2:
        return np.zeros_like(log_odds)
    ordered = np.sort(log_odds, axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    return np.clip(log_odds - np.where(log_odds == best, second, best), -_MARGIN, _MARGIN)


def _neighbours(chance: Matrix) -> Matrix:
    """Return how surely the units just before and just after pair, one of them skipped if need be."""
    n, m = chance.shape
    padded = np.zeros((n + 4, m + 4), dtype=np.float32)
    padded[2:-2, 2:-2] = chance
    out = np.zeros_like(chance)
    for step in (-1, 1):
        moves = [(step, step, 1.0), (2 * step, step, 0.7), (step, 2 * step, 0.7)]
        near = [w * padded[2 + i : 2 + i + n, 2 + j : 2 + j + m] for i, j, w in moves]
        out += np.maximum.reduce(near) / 2
    return out


def _order(log_odds: Matrix, chance: Matrix) -> Matrix:
    """Return the weighted share of the sure pairs whose order a pair keeps, near ones weighing more."""
    n, m = chance.shape
    best_row, best_column = log_odds.argmax(axis=1), log_odds.argmax(axis=0)
    rows = np.array([i for i in range(n) if chance[i, best_row[i]] > _SURE and best_column[best_row[i]] == i], int)
    if not len(rows):
        return np.full((n, m), 0.5, dtype=np.float32)
    columns = best_row[rows]
    before_row = rows[None, :] < np.arange(n)[:, None]
    before_column = columns[None, :] < np.arange(m)[:, None]
    near_row = np.exp(-np.abs(rows[None, :] - np.arange(n)[:, None]) / _REACH)
    near_column = np.exp(-np.abs(columns[None, :] - np.arange(m)[:, None]) / _REACH)
    # Σ over anchors of [both before or both after]·(near_row + near_column), as sums of products.
    r, c = before_row.astype(np.float32), before_column.astype(np.float32)
    kept = (r * near_row) @ c.T + r @ (c * near_column).T
    kept += ((1 - r) * near_row) @ (1 - c).T + (1 - r) @ ((1 - c) * near_column).T
    share: Matrix = (kept / (near_row.sum(1)[:, None] + near_column.sum(1)[None, :])).astype(np.float32)
    return share


def _same_texts(left: Prepared, right: Prepared, scores: Matrix) -> None:
    """Give the score 1 to units that say the same word for word, in the same order."""
    for i, j, size in Wordwise(left.words, right.words).get_matching_blocks():
        for k in range(size):
            if left.words[i + k]:
                scores[i + k, j + k] = 1.0


def _sigmoid(values: Matrix) -> Matrix:
    chance: Matrix = (1 / (1 + np.exp(-np.clip(values, -30, 30)))).astype(np.float32)
    return chance


def pairs(alignment: Alignment, least: float = FOUND) -> Sequence[tuple[str, str, float]]:
    """Return the aligned pairs (eId, eId, probability), many to many, in order of the left document."""
    rows, columns = np.nonzero(alignment.scores >= least)
    left, right = alignment.left.units, alignment.right.units
    return [(left[i].eid, right[j].eid, float(alignment.scores[i, j])) for i, j in zip(rows, columns, strict=True)]

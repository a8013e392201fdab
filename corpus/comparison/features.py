"""What speaks for and against two units saying the same: one matrix per reason, rows of one document by the other's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np

from analyzers.terms import terms
from corpus.clauses.units import Sentence, Unit, Zone
from corpus.comparison.kept.found import tagged_units
from corpus.errors import QueryError
from corpus.model import Document
from corpus.topics.topics import PRESENT, Tagged, Topics, topics
from corpus.topics.vectors import (
    Bag,
    Matrix,
    bag_of,
    gram_matrix,
    lemma_matrix,
    rarity,
    shared_columns,
)

NAMES = ("words", "letters", "sentence", "lead", "topic", "sole", "clash", "heading", "place", "zone", "item")
"""The reasons, in the order of `features`."""

AT_ONCE = 4000
"""Up to so many rows all products are taken at once (64 MB)."""

MOST_PAIRS = 6_000_000
"""Pairs of units of two documents that are judged; more would take gigabytes."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready for comparison; `owner_of` gives the unit of each sentence, `words` the words
    of each unit, `handed` the topics items of lists have from their lists.
    """

    document: Document
    units: tuple[Unit, ...]
    tags: tuple[tuple[Tagged, ...], ...]
    bags: tuple[Bag, ...]
    leads: tuple[Bag, ...]
    sentences: tuple[Sentence, ...]
    sentence_bags: tuple[Bag, ...]
    owner_of: tuple[int, ...]
    letters: Matrix
    words: tuple[str, ...]
    headings: tuple[frozenset[str], ...]
    handed: Mapping[int, frozenset[str]]
    table: Topics


def prepared(document: Document, whole: bool = True, table: Topics | None = None) -> Prepared:
    """Analyse a document once by a table of topics, by default the built-in one.

    Without `whole` an item of a list stands by itself only when it has a topic of its own.
    """
    return _prepared(document, whole, table or topics())


@lru_cache(maxsize=128)
def _prepared(document: Document, whole: bool, table: Topics) -> Prepared:
    laid = tagged_units(document, whole, table)
    kept = laid.units
    sentences = [(i, s) for i, u in enumerate(kept) for s in u.own]
    return Prepared(
        document,
        kept,
        laid.tags,
        tuple(bag_of(u.own, u.items) for u in kept),
        tuple(bag_of(u.own) for u in kept),
        tuple(s for _, s in sentences),
        tuple(bag_of((s,)) for _, s in sentences),
        tuple(i for i, _ in sentences),
        gram_matrix(kept),
        tuple(" ".join(t.form for s in u.sentences for t in s.terms) for u in kept),
        tuple(_heading(u) for u in kept),
        laid.handed,
        table,
    )


def _heading(unit: Unit) -> frozenset[str]:
    return frozenset(x for t in terms(unit.heading) if len(t.form) > 2 for x in t.lemmas[:1])


class Space:
    """Documents under one weighting of words, so that their units can be measured against each other.

    All products are taken at once and cut afterwards, unless the documents are large: many small products wait for
    each other's threads on a busy machine.
    """

    def __init__(self, documents: Sequence[Prepared]) -> None:
        self.documents = documents
        bags = [b for d in documents for b in d.bags]
        weights, columns = rarity(bags), shared_columns([d.bags for d in documents])
        by_unit, by_sentence = _cuts([len(d.units) for d in documents]), _cuts([len(d.sentences) for d in documents])
        sentences = [b for d in documents for b in d.sentence_bags]
        self.words = _Products(lemma_matrix(bags, weights, columns), by_unit)
        self.leads = _Products(lemma_matrix([b for d in documents for b in d.leads], weights, columns), by_unit)
        self.letters = _Products(np.concatenate([d.letters for d in documents]), by_unit)
        self.sentences = _Products(lemma_matrix(sentences, weights, columns), by_sentence)
        self.topics = _topic_matrices(documents)

    def features(self, a: int, b: int) -> Matrix:
        """Return a stack (reason, unit of a, unit of b), every value from 0 to 1.

        Raise QueryError when two documents have too many pairs of units to be judged.
        """
        left, right = self.documents[a], self.documents[b]
        if len(left.units) * len(right.units) > MOST_PAIRS:
            raise QueryError(
                f"Документы слишком велики, чтобы сопоставить их целиком: {len(left.units)} и {len(right.units)} "
                "положений. Ищите равнозначные положения по одному, без второго документа."
            )
        topic, sole, clash = self._topical(a, b)
        return np.stack(
            [
                self.words.between(a, b),
                self.letters.between(a, b),
                _best(self.sentences.between(a, b), left, right),
                self.leads.between(a, b),
                topic,
                sole,
                clash,
                _headings(left, right),
                1 - np.abs(_places(left)[:, None] - _places(right)[None, :]),
                _differ([u.zone for u in left.units], [u.zone for u in right.units]),
                _differ([u.owner is None for u in left.units], [u.owner is None for u in right.units]),
            ]
        ).astype(np.float32)

    def _topical(self, a: int, b: int) -> tuple[Matrix, Matrix, Matrix]:
        left, right = self.topics[a], self.topics[b]
        both = np.zeros((left.shape[0], right.shape[0]), dtype=np.float32)
        sole = np.zeros_like(both)
        for t in range(left.shape[1]):
            rows, cols = np.flatnonzero(left[:, t]), np.flatnonzero(right[:, t])
            if not len(rows) or not len(cols):
                continue
            met = np.minimum(left[rows, t][:, None], right[cols, t][None, :])
            many = max((left[:, t] >= PRESENT).sum(), (right[:, t] >= PRESENT).sum(), 1)
            at = np.ix_(rows, cols)
            both[at] = np.maximum(both[at], met)
            sole[at] = np.maximum(sole[at], met / np.sqrt(many))
        sure = np.minimum(left.max(axis=1, initial=0)[:, None], right.max(axis=1, initial=0)[None, :])
        return both, sole, np.maximum(sure - both, 0)


class _Products:
    """Products of the rows of one document with those of another."""

    def __init__(self, rows: Matrix, cuts: Sequence[slice]) -> None:
        self.rows, self.cuts = rows, cuts
        self.every: Matrix | None = rows @ rows.T if len(rows) <= AT_ONCE else None

    def between(self, a: int, b: int) -> Matrix:
        """Return the products, rows of a by rows of b."""
        if self.every is not None:
            return self.every[self.cuts[a], self.cuts[b]]
        out: Matrix = self.rows[self.cuts[a]] @ self.rows[self.cuts[b]].T
        return out


def _cuts(sizes: Sequence[int]) -> list[slice]:
    return [slice(end - size, end) for size, end in zip(sizes, accumulate(sizes), strict=True)]


def _best(alike: Matrix, left: Prepared, right: Prepared) -> Matrix:
    """Return the likeness of the likest sentences of each two units."""
    out = np.zeros((len(left.units), len(right.units)), dtype=np.float32)
    if alike.size:
        rows, first_row = np.unique(left.owner_of, return_index=True)
        columns, first_column = np.unique(right.owner_of, return_index=True)
        best = np.maximum.reduceat(np.maximum.reduceat(alike, first_row, axis=0), first_column, axis=1)
        out[np.ix_(rows, columns)] = best
    return out


def _topic_matrices(documents: Sequence[Prepared]) -> list[Matrix]:
    places: dict[str, int] = {}
    for document in documents:
        for tags in document.tags:
            for tag in tags:
                places.setdefault(tag.topic, len(places))
    out = []
    for document in documents:
        matrix = np.zeros((len(document.units), len(places)), dtype=np.float32)
        for row, tags in enumerate(document.tags):
            handed = document.handed.get(row, frozenset())
            for tag in tags:
                if tag.topic not in handed:
                    matrix[row, places[tag.topic]] = tag.confidence
        out.append(matrix)
    return out


def _headings(left: Prepared, right: Prepared) -> Matrix:
    kinds = {h: i for i, h in enumerate(dict.fromkeys([*left.headings, *right.headings]))}
    small = np.zeros((len(kinds), len(kinds)), dtype=np.float32)
    for one, i in kinds.items():
        for other, j in kinds.items():
            small[i, j] = len(one & other) / max(len(one | other), 1)
    rows, cols = [kinds[h] for h in left.headings], [kinds[h] for h in right.headings]
    return small[np.ix_(rows, cols)]


def _places(document: Prepared) -> Matrix:
    """Return where each unit stands in the body, 0 to 1; preamble and conclusions are its ends."""
    body = [i for i, u in enumerate(document.units) if u.zone is Zone.BODY]
    first, last = (body[0], body[-1]) if body else (0, 1)
    return np.array(
        [min(max((i - first) / max(last - first, 1), 0), 1) for i in range(len(document.units))], np.float32
    )


def _differ(left: Sequence[object], right: Sequence[object]) -> Matrix:
    kinds = {k: i for i, k in enumerate(dict.fromkeys([*left, *right]))}
    mine, others = np.array([kinds[x] for x in left]), np.array([kinds[x] for x in right])
    out: Matrix = (mine[:, None] != others[None, :]).astype(np.float32)
    return out

"""From the query tree to queries of the index; what those cannot say exactly is verified on stored streams."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise, permutations, product
from math import comb, factorial, prod

from corpus.clauses import fields
from corpus.clauses.tree import (
    GAP,
    And,
    Everything,
    Field,
    FieldName,
    Form,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Picked,
    Prefix,
    Within,
    Word,
)
from corpus.local import index
from corpus.local.records import ONE_SENTENCE
from corpus.local.verifying import Verifier

COMBINATIONS = 256
"""Phrases a phrase with alternatives or a distance is spelt out into; above, candidates are verified one by one."""

CONTEXT_WEIGHT = 0.4
"""A word in a heading or lead-in above counts this much of a word in the clause (recall only; ranking is elsewhere)."""

Vocabulary = Callable[[str], Sequence[str]]
"""Given a prefix, return the forms that begin so."""


class Translator:
    """Builds one query; the verifier looks at what cannot be spelt out."""

    def __init__(self, vocabulary: Vocabulary, verifier: Verifier) -> None:
        self._vocabulary = vocabulary
        self._verifier = verifier

    def query(self, node: Node) -> index.Query:
        """Translate a node."""
        match node:
            case And(parts):
                inner = [p for p in parts if not isinstance(p, Not)]
                return index.all_of(
                    [self.query(p) for p in inner], [self.query(n.part) for n in parts if isinstance(n, Not)]
                )
            case Or(parts):
                return index.any_of([self.query(p) for p in parts])
            case Not(part):
                return index.all_of([], [self.query(part)])
            case _:
                return self._leaf(node)

    def _leaf(self, node: Node) -> index.Query:  # noqa: PLR0911  one line for each kind of node
        match node:
            case Word():
                return self._word(node)
            case Form() | Prefix():
                return self._single(node)
            case Phrase():
                return self._phrase(node)
            case Near():
                return self._near(node)
            case Field():
                return _field(node)
            case Everything():
                return index.everything()
            case Picked(keys):
                rows = self._verifier.picked(keys)
                return index.one_of("row", rows) if rows else index.nothing()
            case _:
                return self.query(node)

    def _word(self, word: Word) -> index.Query:
        own = self._single(word)
        if word.context and word.lemmas:
            above = index.best_of([index.term("context", lemma) for lemma in word.lemmas])
            own = index.best_of([own, index.weighted(above, CONTEXT_WEIGHT)])
        return index.weighted(own, word.weight)

    def _single(self, word: Word | Form | Prefix) -> index.Query:
        spelt = self._alternatives(word)
        if not spelt:
            return index.nothing()
        if isinstance(word, Prefix):
            return index.one_of("body", spelt)
        return index.best_of([index.term("body", s) for s in spelt])

    def _alternatives(self, word: Word | Form | Prefix) -> Sequence[str]:
        """Return the terms of the body field that answer a word."""
        match word:
            case Word(lemmas=lemmas):
                return tuple(dict.fromkeys(lemmas))
            case Form(form):
                return (index.FORM + form,)
            case Prefix(prefix):
                return tuple(index.FORM + form for form in self._vocabulary(prefix))

    def _phrase(self, phrase: Phrase) -> index.Query:
        spelt = [self._alternatives(word) for word in phrase.words]
        if not all(spelt) or not spelt:
            return index.nothing()
        if prod(map(len, spelt)) <= COMBINATIONS:
            return index.best_of([index.phrase(list(enumerate(words))) for words in product(*spelt)])
        return self._verified(phrase, [self._single(word) for word in phrase.words])

    def _near(self, near: Near) -> index.Query:
        parts = [part.words if isinstance(part, Phrase) else (part,) for part in near.parts]
        spelt = [[self._alternatives(word) for word in part] for part in parts]
        if not parts or not all(part and all(part) for part in spelt):
            return index.nothing()
        if near.within is Within.ARTICLE:
            rows = self._verifier.articles(near, [self._part(part) for part in near.parts])
            return index.one_of("row", rows) if rows else index.nothing()
        exact = self._spelt_near(near, spelt)
        if exact and near.within is Within.CLAUSE:
            return exact
        if exact and near.distance < GAP:
            one = index.term("key", ONE_SENTENCE)
            return index.any_of([index.all_of([exact, one]), self._verified(near, [exact], [one])])
        return self._verified(near, [exact] if exact else self._narrowed(near, spelt))

    def _spelt_near(self, near: Near, spelt: list[list[Sequence[str]]]) -> index.Query | None:
        """Spell a distance within a clause out; None when that takes too many phrases."""
        alternatives = prod(map(len, chain(*spelt)))
        if len(spelt) == 2 and len(spelt[0]) == len(spelt[1]) == 1 and not near.ordered:
            return self._pair(near, spelt[0][0], spelt[1][0]) if alternatives <= COMBINATIONS else None
        orders = 1 if near.ordered else factorial(len(spelt))
        gaps = comb(near.distance + len(spelt) - 1, len(spelt) - 1)
        if orders * gaps * alternatives > COMBINATIONS:
            return None
        return index.best_of([index.phrase(words) for words in _spellings(spelt, near.distance, near.ordered)])

    def _pair(self, near: Near, first: Sequence[str], second: Sequence[str]) -> index.Query:
        """Spell two words in any order out; where one position answers both, look at the clause."""
        close = _close(first, second, near.distance)
        same = index.any_of([index.phrase([(0, a), (0, b)]) for a in first for b in second if a != b])
        shared = set(first) & set(second)
        if shared:
            same = index.any_of([same, index.one_of("body", sorted(shared))])
        plain = Near(near.parts, near.distance)
        return index.any_of([index.all_of([close], [same]), self._verified(plain, [close, same])])

    def _narrowed(self, near: Near, spelt: list[list[Sequence[str]]]) -> list[index.Query]:
        """Return queries that all hold where a distance does: each part, and its single words near one another."""
        out = [self._part(part) for part in near.parts]
        width = near.distance + sum(map(len, spelt)) - 2
        single = [part[0] for part in spelt if len(part) == 1]
        for first, second in pairwise(single):
            if len(first) * len(second) <= COMBINATIONS and set(first).isdisjoint(second):
                out.append(_close(first, second, width))
        return out

    def _part(self, part: Word | Form | Prefix | Phrase) -> index.Query:
        return self._phrase(part) if isinstance(part, Phrase) else self._single(part)

    def _verified(
        self, node: Phrase | Near, parts: list[index.Query], none_of: Sequence[index.Query] = ()
    ) -> index.Query:
        """Keep the engine's score, and of its candidates only those that truly match."""
        candidates = index.all_of(parts, none_of)
        rows = self._verifier.clauses(node, candidates)
        return index.all_of([candidates, index.one_of("row", rows)]) if rows else index.nothing()


def _close(first: Sequence[str], second: Sequence[str], distance: int) -> index.Query:
    """Match two words at most `distance` positions apart in any order, or at one position."""
    return index.best_of(
        [
            index.phrase([(0, a), (1, b)], distance)
            for one, other in ((first, second), (second, first))
            for a in one
            for b in other
        ]
    )


def _spellings(spelt: list[list[Sequence[str]]], distance: int, ordered: bool) -> Iterator[list[tuple[int, str]]]:
    """Yield every exact arrangement of the parts: order, free positions between them, alternatives."""
    orders = [tuple(range(len(spelt)))] if ordered else list(permutations(range(len(spelt))))
    for order in orders:
        for gaps in _gaps(len(order) - 1, distance):
            at = 0
            slots: list[tuple[int, Sequence[str]]] = []
            for part, gap in zip(order, (*gaps, 0), strict=True):
                slots.extend((at + i, words) for i, words in enumerate(spelt[part]))
                at += len(spelt[part]) + gap
            for words in product(*(words for _, words in slots)):
                yield [(position, word) for (position, _), word in zip(slots, words, strict=True)]


def _gaps(slots: int, at_most: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to leave at most so many positions free in the slots."""
    if slots == 0:
        yield ()
        return
    for first in range(at_most + 1):
        for rest in _gaps(slots - 1, at_most - first):
            yield (first, *rest)


def _field(field: Field) -> index.Query:
    if field.name is FieldName.DATE:
        return index.any_of([index.days(low, high) for low, high in fields.days(field)])
    keys = [f"{field.name}:{fields.key(field.name, value)}" for value in field.values]
    return index.one_of("key", keys) if keys else index.nothing()

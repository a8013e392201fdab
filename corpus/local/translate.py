"""From the query tree to queries of the index; what those cannot say exactly is verified on stored streams."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, permutations, product
from math import comb, factorial, prod

from corpus import fields
from corpus.local import index
from corpus.query.tree import And, Everything, Field, FieldName, Form, Near, Node, Not, Or, Phrase, Prefix, Within, Word

COMBINATIONS = 256
"""Phrases a phrase with alternatives or a distance is spelt out into; above, candidates are verified one by one."""

CONTEXT_WEIGHT = 0.4
"""A word in a heading or lead-in above counts this much of a word in the clause (recall only; ranking is elsewhere)."""

Verify = Callable[[Phrase | Near, index.Query], Sequence[int]]
"""Given a node and a query for candidates, return the rows of those that match."""

Vocabulary = Callable[[str], Sequence[str]]
"""Given a prefix, return the forms that begin so."""


class Translator:
    """Builds one query; `verify` is called for what cannot be spelt out."""

    def __init__(self, vocabulary: Vocabulary, verify: Verify) -> None:
        self._vocabulary = vocabulary
        self._verify = verify

    def query(self, node: Node) -> index.Query:  # noqa: PLR0911  one line for each kind of node
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
        orders = 1 if near.ordered else factorial(len(parts))
        gaps = comb(near.distance + len(parts) - 1, len(parts) - 1)
        exact: index.Query | None = None
        if near.within is not Within.ARTICLE and orders * gaps * prod(map(len, chain(*spelt))) <= COMBINATIONS:
            exact = index.best_of([index.phrase(words) for words in _spellings(spelt, near.distance, near.ordered)])
            if near.within is Within.CLAUSE:
                return exact
        return self._verified(near, [exact] if exact else [self._part(part) for part in near.parts])

    def _part(self, part: Word | Form | Prefix | Phrase) -> index.Query:
        return self._phrase(part) if isinstance(part, Phrase) else self._single(part)

    def _verified(self, node: Phrase | Near, parts: list[index.Query]) -> index.Query:
        """Keep the engine's score, and of its candidates only those that truly match."""
        if isinstance(node, Near) and node.within is Within.ARTICLE:
            rows = self._verify(node, index.any_of(parts))
            return index.one_of("row", rows) if rows else index.nothing()
        candidates = index.all_of(parts)
        rows = self._verify(node, candidates)
        return index.all_of([candidates, index.one_of("row", rows)]) if rows else index.nothing()


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

"""Clauses like a clause: its most telling words, ranked like a query."""

import math

from analyzers.spans import Span
from analyzers.terms import terms
from corpus.clauses.clause import Clause
from corpus.clauses.tree import Node, Or, Word
from corpus.library import Library
from corpus.search.meaning.concepts import Choice, Concept, QueryWord
from corpus.search.meaning.thesaurus import thesaurus
from corpus.search.ranking.scoring import Ranking

WORDS = 25
"""The most telling words that make the query."""


def like(library: Library, clause: Clause) -> tuple[Node | None, Ranking, tuple[QueryWord, ...]]:
    """Return what to recall, how to rank it, and the words used; no node when the clause has no telling word."""
    idle = thesaurus().idle
    counted: dict[tuple[str, ...], tuple[QueryWord, int]] = {}
    for term in terms(f"{clause.heading}\n{clause.text}"):
        if term.form in idle or term.lemmas[0] in idle:
            continue
        word = QueryWord(term.form, term.form, term.lemmas, Span(term.start, term.end))
        counted[term.lemmas] = (word, counted.get(term.lemmas, (word, 0))[1] + 1)
    statistics = library.statistics(sorted({lemma for lemmas in counted for lemma in lemmas}))

    def tells(pair: tuple[QueryWord, int]) -> float:
        held = max((statistics.frequency.get(lemma, 0) for lemma in pair[0].lemmas), default=0)
        return math.log(1 + pair[1]) * math.log(1 + statistics.clauses / (1 + held))

    words = tuple(word for word, _ in sorted(counted.values(), key=lambda p: (-tells(p), p[0].span))[:WORDS])
    concepts = tuple(Concept((i,), (Choice(w.text, (w.lemmas,), None, 1.0),)) for i, w in enumerate(words))
    parts = tuple(Word(w.text, w.lemmas) for w in words)
    node = Or(parts) if len(parts) > 1 else parts[0] if parts else None
    return node, Ranking(words, concepts, statistics), words

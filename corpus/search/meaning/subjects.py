"""What a query is about: topics of comparison named in it by their cues, headings or plain names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpus.clauses.clause import Clause
from corpus.clauses.tree import And, Field, FieldName, Node
from corpus.clauses.units import Unit, Zone, sentences
from corpus.library import Library
from corpus.search.answers import Means
from corpus.search.meaning.concepts import WEIGHTS, Choice, Concept, QueryWord
from corpus.search.meaning.thesaurus import TOPIC
from corpus.topics.topics import topics

NAMED = 1.4
"""How much a topic counts that the query calls by its usual heading."""

LED, LED_BY_ALL = 0.6, 1.0
"""How much a topic counts for the whole query that some of its words lead to, and that all of them do."""

MOST = 4
"""Topics of a query that are looked at."""

Keys = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """The topics of a query in a library: how many clauses have each, and the best that match the query."""

    frequency: Mapping[str, int] = field(default_factory=dict)
    clauses: Mapping[str, Sequence[Clause]] = field(default_factory=dict)

    def keys(self) -> Mapping[str, Keys]:
        """Return (document, eId) of the clauses of each topic."""
        return {mark: frozenset((c.document, c.eid) for c in found) for mark, found in self.clauses.items()}


@lru_cache(maxsize=1024)
def told(query: str) -> tuple[tuple[str, float], ...]:
    """Return the topics whose cues or headings a query has, as (mark, confidence), surest first.

    >>> told("кто несёт расходы")[0][0]
    'тема:expenses'
    """
    return tuple((TOPIC + t.topic, t.confidence) for t in topics().tag(as_unit(query), {"q": query}))[:MOST]


def as_unit(query: str) -> Unit:
    """Take words of a query for a unit of eId «q», to be told by topics."""
    return Unit(0, "q", Zone.BODY, "", query, True, query, sentences("q", query), (), (), None)


def shown(choice: Choice) -> str:
    """Name an alternative for the person."""
    if choice.means is not Means.TOPIC:
        return choice.text
    known = topics().by_id.get(choice.members[0][0].removeprefix(TOPIC))
    return f"тема «{known.label}»" if known else choice.text


def about(query: str, words: Sequence[QueryWord], concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """Return what the query as a whole is about, by its cues, by a topic's name and by what its words lead to."""
    busy = {i for i, word in enumerate(words) if not word.idle}
    found = {mark: WEIGHTS[Means.TOPIC] * sure for mark, sure in told(query)}
    found.update((TOPIC + name, NAMED) for name in topics().named(query))
    for concept in concepts:
        share = len(concept.words) / max(len(busy.union(concept.words)), 1)
        for choice in concept.choices:
            if choice.means is Means.TOPIC:
                led = choice.weight * (LED + (LED_BY_ALL - LED) * share)
                found[choice.text] = max(found.get(choice.text, 0.0), led)
    return tuple(Concept((), (Choice(mark, ((mark,),), Means.TOPIC, weight),)) for mark, weight in found.items())


def marks(concepts: Sequence[Concept]) -> tuple[str, ...]:
    """Return the topics among the alternatives, the weightiest first."""
    found: dict[str, float] = {}
    for concept in concepts:
        for choice in concept.choices:
            if choice.means is Means.TOPIC:
                mark = choice.members[0][0]
                found[mark] = max(found.get(mark, 0.0), choice.weight)
    return tuple(sorted(found, key=lambda mark: (-found[mark], mark))[:MOST])


def node(mark: str) -> Field:
    """Match the clauses of a topic."""
    return Field(FieldName.TOPIC, (mark.removeprefix(TOPIC),))


def counted(library: Library, asked: Sequence[str], among: Node | None = None) -> Standing:
    """Count the clauses of topics, `among` those that match where it is given."""
    where = {mark: And((node(mark), among)) if among else node(mark) for mark in asked}
    return Standing({mark: library.recall(found, 1).total for mark, found in where.items()})


def standing(library: Library, known: Standing, query: Node, most: int) -> Standing:
    """Recall the clauses of each topic that match a query, the best `most`."""
    found = {
        mark: [r.clause for r in library.recall(And((node(mark), query)), most).clauses]
        for mark, total in known.frequency.items()
        if total
    }
    return replace(known, clauses=found)

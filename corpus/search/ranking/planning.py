"""From a query as read to what the engine recalls and what the ranking weighs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from corpus.clauses.tree import And, Everything, Field, FieldName, Node, Or, Word
from corpus.library import Library, Statistics
from corpus.search.answers import Alternative, Means, Reading, SearchOptions, WordReading
from corpus.search.language.cited_places import AskedPlace, place_of
from corpus.search.language.interpreting import Read, is_filter, joined, read
from corpus.search.language.mending import Mender
from corpus.search.language.wording import understood
from corpus.search.listed import listed
from corpus.search.meaning import families, subjects
from corpus.search.meaning.concepts import Choice, Concept, QueryWord, concepts
from corpus.search.meaning.subjects import Standing
from corpus.search.meaning.thesaurus import TOPIC, thesaurus
from corpus.search.narrowing import lowered
from corpus.search.ranking.priors import Prior, prior
from corpus.search.ranking.scoring import Ranking

MOST_RECALLED = 160
"""Words and turns of speech an engine is asked for in one query, the weightiest first."""

RANKED = 200
"""Clauses an engine brings for our ranking; what lies beyond keeps the engine's order."""

COMMON = 0.25
"""Share of the library's clauses from which on a mere alternative recalls nothing of its own."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to recall (`node`; None: nothing) and how to rank it; `whole` matches clauses with all words of the query.

    Where every part must match anyway `whole` is None. `asked` is `node` with states of a day as asked.
    """

    read: Read
    asked: Node | None
    node: Node | None
    whole: Node | None
    place: AskedPlace | None
    concepts: tuple[Concept, ...]
    ranking: Ranking
    reading: Reading
    understood: str
    topics: Standing
    asked_in: str = ""
    """The words that are ranked, together; what clauses are compared with in meaning."""
    kinds: Prior | None = None
    """How kinds of acts count; None where they count alike."""


def plan(library: Library, query: str, options: SearchOptions, within: Field | None = None) -> Plan:
    """Read a query and plan its search, ranking by what is needed `within` a filter only; raise QueryError."""
    place = place_of(library, query)
    found = Read(None, (), (), (), strict=True) if place else read(library, query, options)
    known = thesaurus()
    loose = _kept(concepts(found.wishes, known, options, partial(families.kin, library)), options)
    moved = _moved(found, loose)
    asked = " ".join(w.text for w in found.wishes)
    theme = subjects.about(asked, found.wishes, loose) if found.wishes and options.topics else ()
    every = _in_order((*moved, *_fixed(found), *_kept(theme, options)))
    kinds = None if place else _kinds(library, found, options)
    among = kinds.wanted if kinds else None
    topics = subjects.counted(library, subjects.marks(every), among)
    statistics = _statistics(library, every, topics)
    if (wider := _with_vectors(library, found, every, statistics, options)) is not every:
        every, statistics = wider, _statistics(library, wider, topics)
    readings = _readings(found.words, every, statistics)
    suggested = _suggested(library, query, found, every, statistics) if found.wishes else ()
    reading = _reading(query, found, readings, suggested, place)
    asked_for = _recalled(found, place, moved, options, statistics)
    node = lowered(library, asked_for)
    topics = _standing(library, topics, node, (within, among))
    weighed = _statistics(library, every, topics, among) if among else statistics
    ranking = Ranking(found.words, every, weighed, topics=topics.keys())
    told = understood(found, readings, reading.place, options.sort)
    whole = lowered(library, _whole(found, loose, options))
    return Plan(found, asked_for, node, whole, place, every, ranking, reading, told, topics, asked, kinds)


def _moved(found: Read, loose: Sequence[Concept]) -> tuple[Concept, ...]:
    """Count the words of loose concepts among all words of the query."""
    index = {word: i for i, word in enumerate(found.words)}
    return tuple(replace(c, words=tuple(index[found.wishes[i]] for i in c.words)) for c in loose)


def _fixed(found: Read) -> tuple[Concept, ...]:
    """Return the words that stand under operators, each by itself."""
    wished = frozenset(found.wishes)
    return tuple(
        Concept((i,), (Choice(word.text, (word.lemmas,), None, 1.0),))
        for i, word in enumerate(found.words)
        if word not in wished
    )


def _reading(
    query: str, found: Read, words: tuple[WordReading, ...], suggested: tuple[str, ...], place: AskedPlace | None
) -> Reading:
    corrected = any(c.slip in ("layout", "spelling") for c in found.corrections)
    return Reading(
        words=words,
        corrections=found.corrections,
        suggestions=suggested,
        strict=found.strict,
        place=place.text if place else None,
        way_back=query if corrected else None,
    )


def _standing(library: Library, topics: Standing, node: Node | None, narrowing: Sequence[Node | None]) -> Standing:
    """Recall the best clauses of each topic among those that match the query and what narrows it."""
    asked = joined(And, [node, *narrowing]) if node else None
    return subjects.standing(library, topics, asked, RANKED) if asked else topics


def _kinds(library: Library, found: Read, options: SearchOptions) -> Prior | None:
    """Return how kinds of acts count for what is asked for; None where they count alike."""
    chosen = lowered(library, joined(And, [found.node, *options.filters]))
    return prior(listed(library), found.words, chosen) if options.prior else None


def _kept(every: Sequence[Concept], options: SearchOptions) -> tuple[Concept, ...]:
    """Leave out the alternatives a person took away."""
    if not options.without:
        return tuple(every)
    left = [
        replace(c, choices=tuple(x for x in c.choices if not x.means or subjects.shown(x) not in options.without))
        for c in every
    ]
    return tuple(c for c in left if c.choices)


def _statistics(library: Library, every: Sequence[Concept], topics: Standing, within: Node | None = None) -> Statistics:
    """Return the figures of all words and topics, `within` the acts that are asked for where it is given.

    «запрос» is rare among court decisions and common in agreements: what it tells there is what it tells.
    """
    found = library.statistics([x for x in _lemmas(every) if not x.startswith(TOPIC)], within)
    return replace(found, frequency={**found.frequency, **topics.frequency})


def _in_order(every: Sequence[Concept]) -> tuple[Concept, ...]:
    """Put single words first, in the order of the query, turns of speech after them."""
    return tuple(sorted(every, key=lambda c: (c.turn or not c.words, c.words)))


def _lemmas(every: Sequence[Concept]) -> list[str]:
    return sorted({lemma for c in every for choice in c.choices for member in choice.members for lemma in member})


def _held(choice: Choice, statistics: Statistics) -> bool:
    return all(any(statistics.frequency.get(lemma) for lemma in member) for member in choice.members)


def _lost(found: Read, every: Sequence[Concept], statistics: Statistics) -> list[Concept]:
    """Return the words that search something and that nothing in the library answers, not in a turn either."""
    wished = frozenset(found.wishes)
    turns = [set(c.words) for c in every if len(c.words) > 1 and any(_held(x, statistics) for x in c.choices)]
    return [
        c
        for c in every
        if c.words
        and not c.turn
        and found.words[c.words[0]] in wished
        and not found.words[c.words[0]].idle
        and not any(_held(choice, statistics) for choice in c.choices)
        and not any(set(c.words) < turn for turn in turns)
    ]


def _with_vectors(
    library: Library, found: Read, every: tuple[Concept, ...], statistics: Statistics, options: SearchOptions
) -> tuple[Concept, ...]:
    """Add neighbours in meaning to words that nothing in the library answers; the table is loaded only for those.

    What a person took away does not come back as a neighbour.
    """
    lost = [] if options.without or not options.vectors else _lost(found, every, statistics)
    if not lost:
        return every
    from corpus.search.meaning.neighbours import neighbours

    added = {c: neighbours(library, found.words[c.words[0]].lemmas[0]) for c in lost}
    return tuple(replace(c, choices=(*c.choices, *added[c])) if added.get(c) else c for c in every)


def _suggested(
    library: Library, query: str, found: Read, every: Sequence[Concept], statistics: Statistics
) -> tuple[str, ...]:
    """Return the query with a word the library has no way to say replaced by a similar one it has."""
    out = []
    for concept in every:
        word = found.words[concept.words[0]] if concept.words else None
        if not word or concept.turn or word.idle or any(_held(choice, statistics) for choice in concept.choices):
            continue
        near = Mender(library).near(word.form)
        if near and near != word.form:
            out.append(query[: word.span.start] + near + query[word.span.end :])
    return tuple(out[:3])


def _readings(words: Sequence[QueryWord], every: Sequence[Concept], statistics: Statistics) -> tuple[WordReading, ...]:
    """Tell each word's lemmas and the alternatives the library holds."""
    out = []
    saying: dict[int, list[Concept]] = {}
    for c in every:
        for i in dict.fromkeys(c.words):
            saying.setdefault(i, []).append(c)
    for i, word in enumerate(words):
        alternatives = {
            choice.text: Alternative(subjects.shown(choice), choice.means, round(choice.weight, 3))
            for c in saying.get(i, ())
            for choice in c.choices
            if choice.means and choice.text not in (word.text, word.form) and _held(choice, statistics)
        }
        ordered = sorted(alternatives.values(), key=lambda a: (list(Means).index(a.means), -a.weight))
        out.append(WordReading(word.text, word.lemmas, word.span, tuple(ordered)))
    return tuple(out)


def _recalled(
    found: Read, place: AskedPlace | None, loose: Sequence[Concept], options: SearchOptions, statistics: Statistics
) -> Node | None:
    """Return what the engine must match."""
    if place and place.lost:
        return None
    if place:
        where: Node = Field(FieldName.ARTICLE, (place.article,)) if place.article else Everything()
        if place.targets:
            where = Field(FieldName.DOCUMENT, place.documents)
        return joined(And, [where, *place.only, *options.filters])
    wished = _wished(loose, statistics)
    if found.node is None and wished is None:
        return joined(And, options.filters) if options.filters and not found.words else None
    if found.node is None:
        return joined(And, [wished, *options.filters])
    if wished is not None and not is_filter(found.node):
        wished = Or((*(wished.parts if isinstance(wished, Or) else (wished,)), Everything()))
    return joined(And, [found.node, wished, *options.filters])


def _whole(found: Read, loose: Sequence[Concept], options: SearchOptions) -> Node | None:
    """Ask for every word as typed (those joined by «или»: for one of them); None where none is loose."""
    words = [
        joined(Or, [Word(found.wishes[i].text, found.wishes[i].lemmas) for i in concept.words])
        for concept in loose
        if concept.words and not concept.turn and not all(found.wishes[i].idle for i in concept.words)
    ]
    return joined(And, [found.node, *words, *options.filters]) if words else None


def _wished(loose: Sequence[Concept], statistics: Statistics) -> Node | None:
    """Ask for every way to say every word; common words only as typed."""
    parts: dict[tuple[tuple[str, ...], ...], tuple[float, Node]] = {}
    for concept in loose:
        for choice in concept.choices:
            if choice.means and not _held(choice, statistics):
                continue
            if choice.means and _share(choice, statistics) > COMMON:
                continue
            node = _said(choice)
            if choice.members not in parts or parts[choice.members][0] < choice.weight:
                parts[choice.members] = (choice.weight, node)
    ordered = sorted(parts.values(), key=lambda pair: -pair[0])[:MOST_RECALLED]
    return joined(Or, [node for _, node in ordered])


def _said(choice: Choice) -> Node:
    """Ask for one way to say a word."""
    if choice.means is Means.TOPIC:
        return subjects.node(choice.members[0][0])
    words = tuple(Word(m[0], m, choice.weight, context=True) for m in choice.members)
    return words[0] if len(words) == 1 else And(words)


def _share(choice: Choice, statistics: Statistics) -> float:
    """Return the share of clauses that hold a choice at most (that of its rarest member)."""
    frequencies = [max(statistics.frequency.get(lemma, 0) for lemma in member) for member in choice.members]
    return min(frequencies, default=0) / max(statistics.clauses, 1)

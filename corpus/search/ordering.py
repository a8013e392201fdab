"""From a plan to clauses in order: recalled, ranked, the acts asked for first, what is dead last."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from corpus.clauses.clause import Clause
from corpus.clauses.tree import And, Node
from corpus.effects.lives import lives
from corpus.effects.standing import DEAD
from corpus.lexicon.reckoning import today
from corpus.library import Library, Recall
from corpus.search.answers import SearchOptions, Semantic, Sort
from corpus.search.listed import listed
from corpus.search.ranking.lifting import lifted, on_topic
from corpus.search.ranking.nearness import near_first
from corpus.search.ranking.planning import RANKED, Plan
from corpus.search.ranking.priors import Prior
from corpus.search.ranking.scoring import Scored

MOST_SORTED = 10_000
"""Clauses that can be put in order of date or document, and the farthest page."""

RANKED_WHOLE = 50
"""Clauses with every word that are ranked, beside those among the best of all."""

WHOLE = 0.8
"""Share of the best score that the best clause with every word must have for such clauses to stand first."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Clauses in order, how many match in all, and how many of those stand first: they hold every word of the query.

    Where agreements come before other kinds of acts they are clauses of agreements. `first` matches them; there are
    none where words are not told apart: conditions of which all must match, a citation, an order by date.
    """

    scored: Sequence[Scored]
    total: int
    whole: int = 0
    first: Node | None = None
    prior: bool = False
    semantic: Semantic = Semantic.ASIDE


def ordered(library: Library, found: Plan, options: SearchOptions, wanted: int) -> Ordered:
    """Return clauses in the order asked for, at least `wanted` where there are as many."""
    assert found.node is not None
    if found.place:
        return _placed(library, found)
    if options.sort is Sort.RELEVANCE:
        return _by_score(library, found, options, wanted)
    recall = library.recall(found.node, MOST_SORTED)
    clauses = [r.clause for r in recall.clauses]
    about = listed(library, {clause.document for clause in clauses})
    clauses.sort(key=lambda c: (about[c.document].source, about[c.document].place, c.order))
    if options.sort is Sort.DATE:
        clauses.sort(key=lambda c: about[c.document].date or "", reverse=True)
    return Ordered([Scored(clause, 0.0, (), (), literal=True) for clause in clauses], recall.total)


def ranked(found: Plan, clauses: Iterable[Clause], kinds: Prior | None) -> list[Scored]:
    """Score clauses by words, by the rest of their articles and by the kind of act."""
    scored = lifted([found.ranking.score(clause) for clause in clauses])
    return kinds.weighed(scored) if kinds else scored


@dataclass(frozen=True, slots=True)
class _Brought:
    """Clauses the engine brought: those to rank, the others in its order, and those known to stand first."""

    best: Mapping[tuple[str, str], Clause]
    rest: Mapping[tuple[str, str], Clause]
    held: AbstractSet[tuple[str, str]]
    total: int
    whole: int


def _brought(library: Library, found: Plan, first: Node | None, kinds: Prior | None, wanted: int) -> _Brought:
    assert found.node is not None
    # Of two recalls each brings half of what one would: a search costs the same.
    most, limit = RANKED // 2 if kinds else RANKED, min(wanted, MOST_SORTED)
    recall = library.recall(found.node, max(most, limit))
    whole = library.recall(first, max(RANKED_WHOLE, limit)) if first else Recall(0, ())
    of_kinds = library.recall(And((found.node, kinds.wanted)), most) if kinds else Recall(0, ())
    early = (*recall.clauses[:most], *whole.clauses[:RANKED_WHOLE], *of_kinds.clauses)
    best = _by_key(r.clause for r in early) | _by_key(c for some in found.topics.clauses.values() for c in some)
    rest = _by_key(r.clause for r in (*whole.clauses[RANKED_WHOLE:], *recall.clauses[most:]))
    left = {key: clause for key, clause in rest.items() if key not in best}
    return _Brought(best, left, _by_key(r.clause for r in whole.clauses).keys(), recall.total, whole.total)


def _by_key(clauses: Iterable[Clause]) -> dict[tuple[str, str], Clause]:
    return {(clause.document, clause.eid): clause for clause in clauses}


def _by_score(library: Library, found: Plan, options: SearchOptions, wanted: int) -> Ordered:
    """Rank the best clauses by words, by topics and by meaning; the others keep the engine's order."""
    kinds = found.kinds
    first = And((found.whole, kinds.wanted)) if found.whole and kinds else found.whole
    brought = _brought(library, found, first, kinds, wanted)
    near, semantic = near_first(library, found, ranked(found, brought.best.values(), kinds), options)
    head = on_topic(near) if options.topics else near
    head.sort(key=lambda s: (-s.score, s.clause.document, s.clause.order))
    scored = [*head, *map(found.ranking.score, brought.rest.values())]
    apart = kinds.shares if kinds else {}
    holds = [
        (s.whole and s.clause.document not in apart) or (s.clause.document, s.clause.eid) in brought.held
        for s in scored
    ]
    told = _is_told(head, holds[: len(head)])
    # What is in force no more stands below what is.
    dead = is_dead(library, scored)
    order = sorted(range(len(scored)), key=lambda i: (told and not holds[i], dead(scored[i])))
    in_order = [scored[i] for i in order]
    return Ordered(in_order, brought.total, brought.whole * told, first if told else None, kinds is not None, semantic)


def is_dead(library: Library, scored: Iterable[Scored]) -> Callable[[Scored], bool]:
    """Return what says which of these clauses are in force no more."""
    known, on = lives(library), today()
    known.fetch(s.clause.document for s in scored)
    return lambda s: (
        s.clause.document in known.documents and known.short(s.clause.document, on, s.clause.eid).status in DEAD
    )


def _is_told(scored: Sequence[Scored], holds: Sequence[bool]) -> bool:
    """Say whether clauses with every word of the query stand apart: not where those that say it otherwise tell more.

    «можно ли уволить за прогул»: the clause that happens to hold all the words is no better than what they mean.
    """
    best = max((s.score for s, held in zip(scored, holds, strict=True) if held), default=0.0)
    return best > 0 and best >= WHOLE * max(s.score for s in scored)


def _placed(library: Library, found: Plan) -> Ordered:
    """Keep the clauses a citation names and what lies inside, the places themselves first."""
    assert found.place is not None
    assert found.node is not None
    places = [
        (rank, r.clause)
        for r in library.recall(found.node, MOST_SORTED).clauses
        if (rank := found.place.rank(r.clause.document, r.clause.eid)) is not None
    ]
    about = listed(library, {clause.document for _, clause in places})
    places.sort(key=lambda r: (r[0], about[r[1].document].source, about[r[1].document].place, r[1].order))
    return Ordered([Scored(clause, 1.0 / (1 + rank), (), (), literal=True) for rank, clause in places], len(places))

"""The front door of searching: a library, a query as typed, an answer."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from corpus.clauses.clause import Clause
from corpus.clauses.tree import And, Field, FieldName, Node
from corpus.effects.days import today
from corpus.effects.lives import Lives, lives
from corpus.effects.standing import DEAD
from corpus.errors import NotFoundError
from corpus.library import Library, Summary
from corpus.search import cursors
from corpus.search.answers import (
    Answer,
    Explanation,
    Hit,
    Part,
    Reading,
    SearchOptions,
    Sort,
)
from corpus.search.dated import asks_state, counted, day_asked, placed, unsure
from corpus.search.documents_asked import DocumentsFound, asked_by_fields, asked_in_words
from corpus.search.hits import Labels, answer_json, explanation_json, hit
from corpus.search.language.cell_fields import asks
from corpus.search.language.interpreting import is_filter, joined
from corpus.search.meaning import likeness
from corpus.search.ranking.highlights import highlights
from corpus.search.ranking.lifting import lifted
from corpus.search.ranking.planning import RANKED, Plan, plan
from corpus.search.ranking.scoring import Scored

DEFAULT = SearchOptions()

MOST_SORTED = 10_000
"""Clauses that can be put in order of date or document, and the farthest page."""

FACET_VALUES = 50
"""Values of a facet that are counted, commonest first."""

_SECOND = 0.5
"""Share of a score that must come from the words themselves, their kin and legal synonyms; less is a second reading."""

_FRESH = 2.0
"""Seconds a list of documents is used before it is read again."""

_summaries: "WeakKeyDictionary[Library, tuple[float, dict[str, Summary]]]" = WeakKeyDictionary()


def search(library: Library, query: str, options: SearchOptions = DEFAULT) -> Answer:
    """Search a library; raise QueryError with the limit or the ambiguity named."""
    if asked := asked_in_words(library, query, options):
        return _of_documents(library, query, options, asked)
    found = plan(library, query, options)
    if asked := _by_fields(library, found, options):
        return _of_documents(library, query, options, asked)
    if found.node is None:
        return Answer(query, found.understood, found.reading, 0, ())
    on = day_asked(found.asked)
    mark = cursors.fingerprint(query, options)
    after = cursors.read(options.cursor, mark) if options.cursor else None
    ordered, total = _ordered(library, found, options, (after.offset if after else 0) + options.limit + 1)
    start = cursors.resume(after, [(s.clause.document, s.clause.eid) for s in ordered]) if after else 0
    page = ordered[start : start + options.limit]
    if options.sort is not Sort.RELEVANCE and not found.place:
        page = [found.ranking.score(s.clause) for s in page]
    told = lives(library)
    hits = tuple(_with_state(told, h, on) for h in _hits(library, found, page))
    end = start + len(page)
    following = None
    if page and end < min(len(ordered), MOST_SORTED):
        following = cursors.write(end, (page[-1].clause.document, page[-1].clause.eid), mark)
    understood = found.understood + _unsure(library, found.asked)
    return Answer(query, understood, found.reading, total, hits, _facets(library, found.node, options), following)


def _facets(library: Library, node: Node, options: SearchOptions) -> Mapping[str, Mapping[str, int]]:
    held = [name for name in options.facets if name != FieldName.STATE]
    facets = dict(library.counts(node, held, FACET_VALUES)) if held else {}
    if FieldName.STATE in options.facets:
        facets[FieldName.STATE] = counted(library, node)
    return {name: facets[name] for name in options.facets}


def _unsure(library: Library, node: Node | None) -> str:
    """Tell how many clauses more there are of which it is not known whether they are in force."""
    if node is None or not asks_state(node):
        return ""
    count = library.recall(placed(library, unsure(node)), 1).total
    return f" Ещё положений, о которых неизвестно, действуют ли они: {count} (состояние:неизвестно)." if count else ""


def _by_fields(library: Library, found: Plan, options: SearchOptions) -> DocumentsFound | None:
    """Answer a query of nothing but filters, a field of cells among them; None for any other."""
    node = found.read.node
    if node is None or found.read.words or not (is_filter(node) and asks(node)):
        return None
    return asked_by_fields(library, joined(And, [node, *options.filters]) or node)


def _of_documents(library: Library, query: str, options: SearchOptions, asked: DocumentsFound) -> Answer:
    """Answer with documents; the clauses that show why are the hits, as many as were asked for."""
    page = asked.clauses[: options.limit]
    about = _documents(library, {c.document for c in page})
    told = lives(library)
    hits = tuple(_with_state(told, hit(c, about[c.document], {}, ()), today()) for c in page if c.document in about)
    return Answer(query, asked.understood, Reading(strict=True), len(asked.clauses), hits, documents=asked.documents)


def _ordered(library: Library, found: Plan, options: SearchOptions, wanted: int) -> tuple[list[Scored], int]:
    """Return clauses in the order asked for, at least `wanted` where there are as many, and how many match."""
    assert found.node is not None
    by_score = options.sort is Sort.RELEVANCE and not found.place
    limit = max(RANKED, min(wanted, MOST_SORTED)) if by_score else MOST_SORTED
    recall = library.recall(found.node, limit)
    clauses = [r.clause for r in recall.clauses]
    if found.place:
        return _placed(library, found, clauses)
    if by_score:
        return _living_first(library, _by_score(found, clauses)), recall.total
    about = _documents(library, {clause.document for clause in clauses})
    clauses.sort(key=lambda c: (about[c.document].source, about[c.document].place, c.order))
    if options.sort is Sort.DATE:
        clauses.sort(key=lambda c: about[c.document].date or "", reverse=True)
    return [Scored(clause, 0.0, (), (), 1.0) for clause in clauses], recall.total


def _by_score(found: Plan, clauses: Sequence[Clause]) -> list[Scored]:
    """Rank the best clauses by words and by topics; the others keep the engine's order."""
    several = [clauses[:RANKED], *found.topics.clauses.values()]
    best = {(c.document, c.eid): c for some in several for c in some}
    head = lifted([found.ranking.score(clause) for clause in best.values()])
    head.sort(key=lambda s: (-s.score, s.clause.document, s.clause.order))
    rest = (clause for clause in clauses[RANKED:] if (clause.document, clause.eid) not in best)
    return [*head, *map(found.ranking.score, rest)]


def _living_first(library: Library, ranked: list[Scored]) -> list[Scored]:
    """Put what is in force no more below what is, each in its order."""
    told, on = lives(library), today()
    return sorted(
        ranked,
        key=lambda s: (
            s.clause.document in told.documents and told.short(s.clause.document, on, s.clause.eid).status in DEAD
        ),
    )


def _placed(library: Library, found: Plan, clauses: Sequence[Clause]) -> tuple[list[Scored], int]:
    """Keep the clauses a citation names and what lies inside, the places themselves first."""
    assert found.place is not None
    ranked = [
        (rank, clause) for clause in clauses if (rank := found.place.rank(clause.document, clause.eid)) is not None
    ]
    about = _documents(library, {clause.document for clause in clauses})
    ranked.sort(key=lambda r: (r[0], about[r[1].document].source, about[r[1].document].place, r[1].order))
    return [Scored(clause, 1.0 / (1 + rank), (), (), 1.0) for rank, clause in ranked], len(ranked)


def _documents(library: Library, ids: set[str]) -> Mapping[str, Summary]:
    """Return the summaries of documents, read again when they are old or one is missing."""
    at, known = _summaries.get(library, (0.0, {}))
    if time.monotonic() - at > _FRESH or not ids <= known.keys():
        known = {summary.id: summary for summary in library.documents()}
        _summaries[library] = (time.monotonic(), known)
    return known


def _hits(library: Library, found: Plan, page: Sequence[Scored]) -> tuple[Hit, ...]:
    about = _documents(library, {s.clause.document for s in page})
    above = sorted({(s.clause.document, eid) for s in page for eid in s.clause.path})
    labels: Labels = {(c.document, c.eid): c.heading for c in library.clauses(above)}
    wished = set(found.read.wishes)
    out = []
    for s in page:
        if s.clause.document not in about:
            continue
        words = list(zip(found.read.words, s.by_word, strict=False))
        spans = highlights(s.clause, found.read.node, [(w, c) for w, c in words if w in wished])
        busy = [(w, c) for w, c in words if not w.idle]
        out.append(
            replace(
                hit(s.clause, about[s.clause.document], labels, spans),
                score=round(s.score, 4),
                matched=tuple(w.text for w, c in busy if c),
                missing=tuple(w.text for w, c in busy if not c),
                second_reading=bool(busy) and s.literal < _SECOND,
            )
        )
    return tuple(out)


def _with_state(told: Lives, found: Hit, on: str) -> Hit:
    try:
        return replace(found, state=told.short(found.document, on, found.eid))
    except NotFoundError:  # deleted since it was found
        return found


def explain(library: Library, query: str, document: str, eid: str, options: SearchOptions = DEFAULT) -> Explanation:
    """Say why a clause has its score for a query; raise NotFoundError and QueryError."""
    clause = _clause(library, document, eid)
    only = Field(FieldName.DOCUMENT, (document,))
    found = plan(library, query, options, only)
    scored = found.ranking.score(clause)
    matches = False
    if found.node is not None:
        own = And((found.node, only))
        around = lifted([found.ranking.score(r.clause) for r in library.recall(own, MOST_SORTED).clauses])
        matches = any(s.clause.eid == eid for s in around)
        scored = next((s for s in around if s.clause.eid == eid), scored)
    about = _documents(library, {document})[document]
    cited = hit(clause, about, {}, ()).citation
    parts = scored.parts
    if found.place:
        rank = found.place.rank(document, eid)
        matches = rank is not None
        parts = (Part("место, названное в запросе", 1.0 / (1 + rank)),) if rank is not None else ()
    score = sum(part.value for part in parts)
    return Explanation(found.understood, cited, score, matches, parts, clause)


def _clause(library: Library, document: str, eid: str) -> Clause:
    found = library.clauses([(document, eid)])
    if not found:
        library.get(document)
        raise NotFoundError(f"В документе {document} нет положения {eid} с текстом.")
    return found[0]


def similar(library: Library, document: str, eid: str, options: SearchOptions = DEFAULT) -> Answer:
    """Find clauses like this one («более похожие»), itself excluded; raise NotFoundError."""
    clause = _clause(library, document, eid)
    node, ranking, words = likeness.like(library, clause)
    if node is None:
        return Answer("", "Мы поняли так: в положении нет слов, по которым искать похожие.", Reading(), 0, ())
    asked = placed(library, And((node, *options.filters))) if options.filters else node
    recall = library.recall(asked, RANKED)
    scored = [ranking.score(r.clause) for r in recall.clauses if (r.clause.document, r.clause.eid) != (document, eid)]
    scored.sort(key=lambda s: (-s.score, s.clause.document, s.clause.order))
    page = _living_first(library, scored)[: options.limit]
    about = _documents(library, {s.clause.document for s in page} | {document})
    above = sorted({(s.clause.document, e) for s in page for e in s.clause.path})
    labels: Labels = {(c.document, c.eid): c.heading for c in library.clauses(above)}
    hits = tuple(
        replace(
            hit(s.clause, about[s.clause.document], labels, highlights(s.clause, None, [(w, None) for w in words])),
            score=round(s.score, 4),
        )
        for s in page
    )
    cited = hit(clause, about[document], {}, ()).citation
    known = lives(library)
    told = tuple(_with_state(known, h, today()) for h in hits)
    return Answer("", f"Мы поняли так: положения, похожие на {cited}.", Reading(), max(recall.total - 1, 0), told)


__all__ = [
    "DEFAULT",
    "Answer",
    "Explanation",
    "Hit",
    "SearchOptions",
    "answer_json",
    "explain",
    "explanation_json",
    "search",
    "similar",
]

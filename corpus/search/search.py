"""The front door of searching: a library, a query as typed, an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.clauses.clause import Clause
from corpus.clauses.tree import And, Field, FieldName, Node, Picked
from corpus.effects.lives import Told, lives, short_or_none
from corpus.errors import NotFoundError
from corpus.lexicon.reckoning import today
from corpus.library import Library
from corpus.search import cursors
from corpus.search.answers import (
    Answer,
    Explanation,
    Hit,
    Notice,
    Part,
    Reading,
    SearchOptions,
    Sort,
)
from corpus.search.dated import asks_state, counted, day_asked, unsure
from corpus.search.document_answers import documents
from corpus.search.documents_asked import DocumentsFound, asked_by_fields, asked_in_words
from corpus.search.hits import Labels, answer_json, explanation_json, hit
from corpus.search.language import asked_documents as asking
from corpus.search.language.cell_fields import asks
from corpus.search.language.interpreting import is_filter, joined
from corpus.search.listed import listed
from corpus.search.meaning import likeness
from corpus.search.narrowing import lowered
from corpus.search.ordering import MOST_SORTED, Ordered, is_dead, ordered, ranked
from corpus.search.ranking.highlights import bridges, highlights
from corpus.search.ranking.planning import RANKED, Plan, plan
from corpus.search.ranking.scoring import Scored

DEFAULT = SearchOptions()

FACET_VALUES = 50
"""Values of a facet that are counted, commonest first."""


def search(library: Library, query: str, options: SearchOptions = DEFAULT) -> Answer:
    """Search a library; raise QueryError with the limit or the ambiguity named."""
    if asked := asked_in_words(library, query, options):
        return _of_documents(library, query, options, asked)
    named = None if options.as_typed else asking.asked_documents(query)
    if named and (about := documents(library, named, options.filters)):
        among = Field(FieldName.DOCUMENT, tuple(d.id for d in about))
        found = _clauses(library, query, replace(options, filters=(*options.filters, among)))
        return replace(found, documents=about, understood=f"Мы поняли так: {asking.told(named)}.")
    return _clauses(library, query, options)


def _clauses(library: Library, query: str, options: SearchOptions) -> Answer:
    """Answer with clauses, or with documents where a query is nothing but filters that ask for them."""
    found = plan(library, query, options)
    if asked := _by_fields(library, found, options):
        return _of_documents(library, query, options, asked)
    if found.node is None:
        return Answer(query, found.understood, found.reading, 0, (), notices=_lost(found))
    mark = cursors.fingerprint(query, options)
    after = cursors.read(options.cursor, mark) if options.cursor else None
    every = ordered(library, found, options, (after.offset if after else 0) + options.limit + 1)
    start = cursors.resume(after, [(s.clause.document, s.clause.eid) for s in every.scored]) if after else 0
    page = every.scored[start : start + options.limit]
    if options.sort is not Sort.RELEVANCE and not found.place:
        page = [found.ranking.score(s.clause) for s in page]
    first = max(every.whole - start, 0)
    told, on = lives(library), day_asked(found.asked)
    hits = tuple(replace(_with_state(told, h, on), whole=i < first) for i, h in enumerate(_hits(library, found, page)))
    end = start + len(page)
    following = None
    if page and end < min(len(every.scored), MOST_SORTED):
        following = cursors.write(end, (page[-1].clause.document, page[-1].clause.eid), mark)
    facets = _facets(library, _first_part(found, every), options)
    understood = found.understood + _unsure(library, found.asked)
    return Answer(
        query, understood, found.reading, every.total, hits, facets, following, every.whole, every.prior, every.semantic
    )


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
    count = library.recall(lowered(library, unsure(node)), 1).total
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
    about = listed(library, {c.document for c in page})
    told = lives(library)
    told.fetch(about)
    hits = tuple(_with_state(told, hit(c, about[c.document], {}, ()), today()) for c in page if c.document in about)
    return Answer(query, asked.understood, Reading(strict=True), len(asked.clauses), hits, documents=asked.documents)


def _lost(found: Plan) -> tuple[Notice, ...]:
    return (found.place.lost,) if found.place and found.place.lost else ()


def _first_part(found: Plan, every: Ordered) -> Node:
    """Match what facets count: the place a citation names, the clauses with every word, else all."""
    assert found.node is not None
    if found.place:
        return Picked(tuple((s.clause.document, s.clause.eid) for s in every.scored))
    return every.first or found.node


def _hits(library: Library, found: Plan, page: Sequence[Scored]) -> tuple[Hit, ...]:
    about = listed(library, {s.clause.document for s in page})
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
                second_reading=bool(busy) and not s.literal,
                bridges=bridges(s.clause, [(w, c) for w, c in words if w in wished]),
            )
        )
    return tuple(out)


def _with_state(told: Told, found: Hit, on: str) -> Hit:
    return replace(found, state=short_or_none(told, found.document, on, found.eid))


def explain(library: Library, query: str, document: str, eid: str, options: SearchOptions = DEFAULT) -> Explanation:
    """Say why a clause has its score for a query; raise NotFoundError and QueryError."""
    clause = _clause(library, document, eid)
    found = plan(library, query, options, Field(FieldName.DOCUMENT, (document,)))
    near = _brought(library, query, options, clause) or _in_its_document(library, found, clause)
    matches, scored = near is not None, near or found.ranking.score(clause)
    about = listed(library, {document})[document]
    cited = hit(clause, about, {}, ()).citation
    parts = scored.parts
    if found.place:
        rank = found.place.rank(document, eid)
        matches = rank is not None
        parts = (Part("место, названное в запросе", 1.0 / (1 + rank)),) if rank is not None else ()
    score = sum(part.value for part in parts)
    return Explanation(found.understood, cited, score, matches, parts, clause)


def _brought(library: Library, query: str, options: SearchOptions, clause: Clause) -> Scored | None:
    """Return a clause as the search itself ranks it; None where it is not among the best."""
    found = plan(library, query, options)
    if found.node is None or found.place:
        return None
    best = ordered(library, found, replace(options, sort=Sort.RELEVANCE), 1).scored
    return next((s for s in best if (s.clause.document, s.clause.eid) == (clause.document, clause.eid)), None)


def _in_its_document(library: Library, found: Plan, clause: Clause) -> Scored | None:
    """Return a clause ranked among those of its document; None where the query does not bring it."""
    if found.node is None:
        return None
    own = And((found.node, Field(FieldName.DOCUMENT, (clause.document,))))
    around = [r.clause for r in library.recall(own, MOST_SORTED).clauses]
    scored = ranked(found, around, found.kinds)
    return next((s for s in scored if s.clause.eid == clause.eid), None)


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
    asked = lowered(library, And((node, *options.filters))) if options.filters else node
    recall = library.recall(asked, RANKED)
    scored = [ranking.score(r.clause) for r in recall.clauses if (r.clause.document, r.clause.eid) != (document, eid)]
    scored.sort(key=lambda s: (-s.score, s.clause.document, s.clause.order))
    page = sorted(scored, key=is_dead(library, scored))[: options.limit]
    about = listed(library, {s.clause.document for s in page} | {document})
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

"""From the query tree to Elasticsearch queries; what those cannot say exactly is resolved to ids by the caller.

A distance in any order is spelt out as every order (`all_of` unordered lets two parts stand at one position); orders
of more than SPELT parts and distances within an article are verified on positions in Python.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise, permutations

from analyzers.terms import readings
from corpus.clauses import fields
from corpus.clauses.tree import (
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
from corpus.elastic.mapping import BEGINNINGS, LEMMAS, fitting, key, pairs
from corpus.plain import JsonObject

SPELT = 4
CONTEXT_WEIGHT = 0.4
"""A word in a heading or lead-in above counts this much of a word in the clause (recall only; ranking is elsewhere)."""

NOTHING: JsonObject = {"match_none": {}}
# Sentences of two words or more. "not_containing" a boundary would err: Lucene takes what overlaps it for held.
_SENTENCE: JsonObject = {
    "all_of": {"intervals": [{"match": {"query": x, "use_field": "bounds"}} for x in "SE"], "ordered": True}
}

Verify = Callable[[Near, JsonObject], Sequence[str]]
"""Given a node and a query for candidates, return the ids of those that match."""


def compiled(node: Node, verify: Verify) -> JsonObject:
    """Return a query that matches exactly what the node does, scored for recall."""
    match node:
        case And(parts):
            inner = [(scores(p), compiled(p, verify)) for p in parts if not isinstance(p, Not)]
            none_of = [compiled(p.part, verify) for p in parts if isinstance(p, Not)]
            return _all([q for scored, q in inner if scored], none_of, [q for scored, q in inner if not scored])
        case Or(parts):
            return _any([compiled(p, verify) for p in parts])
        case Not(part):
            return _all([], [compiled(part, verify)])
        case _:
            return _leaf(node, verify)


def _leaf(node: Node, verify: Verify) -> JsonObject:  # noqa: PLR0911  one line for each kind of node
    match node:
        case Word():
            return _weighted(_word(node), node.weight)
        case Form() | Prefix():
            return _single(node)
        case Phrase(words):
            return _phrase(words)
        case Near():
            return _near(node, verify)
        case Field():
            return _field(node)
        case Everything():
            return {"match_all": {}}
        case Picked(keys):
            named = sorted({key(*pair) for pair in keys})
            return {"constant_score": {"filter": {"terms": {"key": named}}}} if named else NOTHING
        case _:
            return compiled(node, verify)


def scores(node: Node) -> bool:
    """Say whether clauses that match may differ in score."""
    match node:
        case And(parts) | Or(parts):
            return any(map(scores, parts))
        case Word() | Form() | Phrase() | Near():
            return True
        case _:
            return False


def parts_of(near: Near) -> list[tuple[Word | Form | Prefix, ...]]:
    """Return the words of each part of a distance."""
    return [part.words if isinstance(part, Phrase) else (part,) for part in near.parts]


def _all(parts: Sequence[JsonObject], none_of: Sequence[JsonObject], unscored: Sequence[JsonObject] = ()) -> JsonObject:
    if len(parts) == 1 and not none_of and not unscored:
        return parts[0]
    told = {"must": list(parts), "filter": list(unscored), "must_not": list(none_of)}
    return {"bool": {name: queries for name, queries in told.items() if queries} or {"must": [{"match_all": {}}]}}


def _any(parts: Sequence[JsonObject]) -> JsonObject:
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"should": list(parts), "minimum_should_match": 1}} if parts else NOTHING


def _best(parts: Sequence[JsonObject]) -> JsonObject:
    return parts[0] if len(parts) == 1 else {"dis_max": {"queries": list(parts)}}


def _weighted(query: JsonObject, weight: float) -> JsonObject:
    if weight == 1 or query == NOTHING:
        return query
    if weight <= 0:
        return {"constant_score": {"filter": query, "boost": 0}}
    return {"bool": {"must": [query], "boost": weight}}


def _term(name: str, value: str, boost: float = 1.0) -> JsonObject:
    return {"term": {name: {"value": fitting(value), "boost": boost}}}


def _word(word: Word) -> JsonObject:
    lemmas = tuple(dict.fromkeys(word.lemmas))
    if not lemmas:
        return NOTHING
    own = [_term("bag", lemma) for lemma in lemmas]
    above = [_term("context_bag", lemma, CONTEXT_WEIGHT) for lemma in lemmas] if word.context else []
    return _best([*own, *above])


def _single(word: Word | Form | Prefix) -> JsonObject:
    match word:
        case Word():
            return _word(Word(word.text, word.lemmas))
        case Form(form):
            return _term("form", form)
        case Prefix(prefix) if len(prefix) in BEGINNINGS:
            return {"constant_score": {"filter": _term(f"p{len(prefix)}", prefix)}}
        case Prefix(prefix):
            return {"prefix": {"forms": {"value": prefix}}}


def _phrase(words: Sequence[Word | Form | Prefix]) -> JsonObject:
    if not words or not all(map(_possible, words)):
        return NOTHING
    if len(words) == 1:
        return _single(words[0])
    return _placed([_run(words)], [words])


def _near(near: Near, verify: Verify) -> JsonObject:
    parts = parts_of(near)
    if not parts or not all(part and all(map(_possible, part)) for part in parts):
        return NOTHING
    if near.within is Within.ARTICLE:
        ids = verify(near, _any([_phrase(part) if len(part) > 1 else _single(part[0]) for part in parts]))
        return {"ids": {"values": list(ids)}} if ids else NOTHING
    inside = near.within is Within.SENTENCE
    if near.ordered or len(parts) <= SPELT:
        orders = [parts] if near.ordered else list(permutations(parts))
        return _placed([_stretch(order, near.distance, inside=inside) for order in orders], parts, inside=inside)
    candidates = _placed([_stretch(parts, near.distance, ordered=False, inside=inside)], parts, inside=inside)
    ids = verify(near, candidates)
    return {"bool": {"must": [candidates], "filter": [{"ids": {"values": list(ids)}}]}} if ids else NOTHING


def _possible(word: Word | Form | Prefix) -> bool:
    return bool(word.lemmas) if isinstance(word, Word) else True


def _placed(
    rules: Sequence[JsonObject], parts: Sequence[Sequence[Word | Form | Prefix]], *, inside: bool = False
) -> JsonObject:
    """Filter by positions, score by the words: intervals have no BM25.

    Words side by side are looked up as pairs, which leaves positions little to do, and nothing for two plain words
    unless they must be `inside` a sentence: pairs are told over its end too.
    """
    beside = [_beside(a, b) for words in parts for a, b in pairwise(words)]
    told = not inside and len(parts) == 1 and len(parts[0]) == 2 and all(isinstance(word, Word) for word in parts[0])
    where = [] if told else [_any([{"intervals": {"form": rule}} for rule in rules])]
    scored = [_single(word) for words in parts for word in words]
    return {"bool": {"filter": [*filter(None, beside), *where], "must": scored}}


def _beside(first: Word | Form | Prefix, second: Word | Form | Prefix) -> JsonObject | None:
    """Ask for any lemmas of two words side by side; None where their lemmas are not known."""
    (one, other) = (None if isinstance(w, Prefix) else _lemmas(w) for w in (first, second))
    return {"terms": {"pairs": sorted(set(pairs(one, other)))}} if one and other else None


def _lemmas(word: Word | Form) -> tuple[str, ...]:
    """Return lemmas one of which stands wherever the word does."""
    return word.lemmas if isinstance(word, Word) else readings(word.form)


def _stretch(
    parts: Sequence[Sequence[Word | Form | Prefix]], distance: int, *, ordered: bool = True, inside: bool = False
) -> JsonObject:
    """Ask for parts with so many positions between them in all."""
    if len(parts) == 1 and (not inside or len(parts[0]) == 1):
        return _run(parts[0])
    rule: dict[str, object] = {"intervals": [_run(p) for p in parts], "ordered": ordered, "max_gaps": max(distance, 0)}
    if inside:
        rule["filter"] = {"contained_by": _SENTENCE}
    return {"all_of": rule}


def _run(words: Sequence[Word | Form | Prefix]) -> JsonObject:
    """Ask for words side by side."""
    if len(words) == 1:
        return _at(words[0])
    return {"all_of": {"intervals": [_at(word) for word in words], "ordered": True, "max_gaps": 0}}


@lru_cache(maxsize=1024)
def _at(word: Word | Form | Prefix) -> JsonObject:
    """Ask for a word at one position, by any reading; kept, since each order of a distance asks again."""
    match word:
        case Word():
            found = [_read(lemma, name) for lemma in dict.fromkeys(word.lemmas) for name in LEMMAS]
            return {"any_of": {"intervals": found}}
        case Form(form):
            return _read(form, "form")
        case Prefix(prefix) if len(prefix) in BEGINNINGS:
            return _read(prefix, f"p{len(prefix)}")
        case Prefix(prefix):
            return {"prefix": {"prefix": prefix, "use_field": "form"}}


def _read(token: str, name: str) -> JsonObject:
    return {"match": {"query": fitting(token), "use_field": name}}


def _field(field: Field) -> JsonObject:
    """Filter by values, as corpus.clauses.fields tells what answers a filter."""
    if field.name is FieldName.DATE:
        days = [{"range": {"day": {"gte": low, "lte": high}}} for low, high in fields.days(field)]
        return {"constant_score": {"filter": _any(days)}} if days else NOTHING
    values = sorted({fields.key(field.name, value) for value in field.values})
    return {"constant_score": {"filter": {"terms": {f"filter_{field.name}": values}}}} if values else NOTHING

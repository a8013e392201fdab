"""Where else in the library a clause stands: candidates from the index, judged like pairs of an alignment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analyzers.spans import Span
from analyzers.terms import terms
from corpus.citations.writing import place
from corpus.clauses import Clause
from corpus.comparison.align import FOUND
from corpus.comparison.equivalents import status_of
from corpus.comparison.model import Candidate, Equivalents, Status
from corpus.comparison.topics import PRESENT, Tagged, Topics, topics
from corpus.comparison.units import Unit, Zone, sentences
from corpus.comparison.vectors import Bag, bag_of, columns_of, lemma_matrix
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.model import Document, Kind
from corpus.query.tree import Or, Word

WORDS = 12
"""The rarest words of a clause that are asked of the index; more bring no other candidates."""

RECALLED = 60
"""Clauses the index brings for one provision."""

COPY = 0.95
"""Clauses this alike are one text: told once."""

_WEIGHTS = {"words": 4.6, "topic": 3.4, "clash": -2.0, "heading": 0.8, "item": -1.0, "bias": -4.2}
"""Of the same kind as in `align`, without what only two whole documents can tell."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A clause made ready: its words, topics and heading."""

    clause: Clause
    bag: Bag
    tags: tuple[Tagged, ...]
    words: str


def elsewhere(library: Library, document: str, eid: str | None = None) -> list[Equivalents]:
    """Return for a provision, or for each of a document, its equivalents in all other documents.

    Candidates are grouped by document, near-copies folded. Raise NotFoundError.
    """
    asked = library.get(document)
    provisions = [p for p in asked.instrument.walk() if (p.eid == eid if eid else p.text)]
    if eid and not provisions:
        raise NotFoundError(f"В документе {document} нет положения {eid}.")
    where = {s.id: (s.source, s.place) for s in library.documents()}
    table = topics()
    own = {c.eid: c for c in _clauses(asked)}
    seen: dict[tuple[str, str], Seen] = {}
    return [
        _answer(library, _seen(own[p.eid], table, seen), where, table, seen) for p in provisions if p.eid in own
    ]  # fmt: skip


def _clauses(document: Document) -> Iterator[Clause]:
    from corpus.clauses import clauses

    return clauses(document)


def _seen(clause: Clause, table: Topics, seen: dict[tuple[str, str], Seen]) -> Seen:
    key = (clause.document, clause.eid)
    if key not in seen:
        own = sentences(clause.eid, clause.text)
        heading = next((h for h in reversed(clause.context) if not h.endswith(":")), "")
        zone = {"preamble": Zone.PREAMBLE, "conclusions": Zone.CONCLUSIONS}.get(clause.eid.split("__")[0], Zone.BODY)
        unit = Unit(0, clause.eid, zone, "", clause.heading or heading, False, clause.text, own, (), (clause.eid,), None)
        tags = table.tag(unit, {clause.eid: clause.text}) if not _item(clause) else ()
        seen[key] = Seen(clause, bag_of(own), tags, " ".join(t.form for s in own for t in s.terms))
    return seen[key]


def _item(clause: Clause) -> bool:
    return bool(clause.lead_in) and clause.kind in (Kind.ALINEA, Kind.POINT)


def _answer(
    library: Library,
    asked: Seen,
    where: Mapping[str, tuple[str, int]],
    table: Topics,
    seen: dict[tuple[str, str], Seen],
) -> Equivalents:
    clause = asked.clause
    words = _rarest(library, clause)
    recalled = library.recall(Or(words), RECALLED).clauses if words else ()
    others = [_seen(r.clause, table, seen) for r in recalled if r.clause.document != clause.document and r.clause.text]
    scored = sorted(zip(_scores(library, asked, others), others, strict=True), key=lambda s: -s[0])
    candidates = _folded([(s, o) for s, o in scored if s >= FOUND / 2], where)
    best = candidates[0].score if candidates else 0.0
    status = status_of(best)
    sure = best if status is Status.FOUND else 1 - best if status is Status.ABSENT else 0.5
    told = tuple(t.topic for t in asked.tags if t.confidence >= PRESENT)
    return Equivalents(clause.document, clause.eid, status, tuple(candidates), round(sure, 3), told)


def _rarest(library: Library, clause: Clause) -> tuple[Word, ...]:
    found = {t.form: t.lemmas for t in terms(clause.text) if len(t.form) > 2 and not t.form[0].isdigit()}
    frequency = library.statistics([x for lemmas in found.values() for x in lemmas]).frequency
    ranked = sorted(found.items(), key=lambda w: max(frequency.get(x, 0) for x in w[1]))
    return tuple(Word(form, lemmas) for form, lemmas in ranked[:WORDS])


def _scores(library: Library, asked: Seen, others: Sequence[Seen]) -> list[float]:
    if not others:
        return []
    bags = [asked.bag, *(o.bag for o in others)]
    columns = columns_of(bags)
    matrix = lemma_matrix(bags, _rarity(library, bags, columns), columns)
    words = matrix[1:] @ matrix[0]
    out = []
    for likeness, other in zip(words, others, strict=True):
        topic, clash = _topical(asked.tags, other.tags)
        parts = {
            "words": 2 * float(likeness), "topic": topic, "clash": clash,
            "heading": float(bool(asked.clause.heading) and asked.clause.heading.lower() == other.clause.heading.lower()),
            "item": float(_item(asked.clause) != _item(other.clause)),
        }  # fmt: skip
        odds = _WEIGHTS["bias"] + sum(_WEIGHTS[n] * v for n, v in parts.items())
        same = bool(asked.words) and asked.words == other.words
        out.append(1.0 if same else float(1 / (1 + np.exp(-odds))))
    return out


def _rarity(library: Library, bags: Sequence[Bag], columns: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    from corpus.comparison.vectors import words_of

    names = words_of(columns)
    statistics = library.statistics(names)
    out = np.zeros(int(columns.max(initial=0)) + 1, dtype=np.float32)
    for column, name in zip(columns, names, strict=True):
        out[column] = np.log((statistics.clauses + 1) / (statistics.frequency.get(name, 0) + 0.5))
    return out


def _topical(mine: Sequence[Tagged], others: Sequence[Tagged]) -> tuple[float, float]:
    left, right = {t.topic: t.confidence for t in mine}, {t.topic: t.confidence for t in others}
    shared = max((min(left[t], right[t]) for t in left.keys() & right.keys()), default=0.0)
    sure = min(max(left.values(), default=0.0), max(right.values(), default=0.0))
    return shared, max(sure - shared, 0.0)


def _folded(scored: Sequence[tuple[float, Seen]], where: Mapping[str, tuple[str, int]]) -> list[Candidate]:
    """Tell one candidate for every text: what says nearly the same words is folded under the first."""
    out: list[Candidate] = []
    heads: list[tuple[Seen, int]] = []
    for score, other in scored:
        clause = other.clause
        head = next((n for h, n in heads if _alike(h, other)), None)
        if head is not None:
            out[head] = replace(out[head], copies=(*out[head].copies, (clause.document, clause.eid)))
            continue
        source, at = where.get(clause.document, ("", 0))
        heads.append((other, len(out)))
        shared = tuple(t.topic for t in other.tags if t.confidence >= PRESENT)
        out.append(
            Candidate(
                clause.document, source, at, clause.eid, (Span(0, len(clause.text)),), round(score, 4), clause.text,
                evidence=tuple(topics().by_id[t].label for t in shared),
            )  # fmt: skip
        )
    return out


def _alike(one: Seen, other: Seen) -> bool:
    if one.words == other.words:
        return True
    mine, theirs = set(one.words.split()), set(other.words.split())
    return len(mine & theirs) / max(len(mine | theirs), 1) >= COPY


def cited(library: Library, answers: Sequence[Equivalents]) -> list[Equivalents]:
    """Add the written place to each candidate (reads the candidates' documents)."""
    documents: dict[str, Document] = {}
    out = []
    for answer in answers:
        told = []
        for candidate in answer.candidates:
            if candidate.document not in documents:
                documents[candidate.document] = library.get(candidate.document)
            told.append(replace(candidate, citation=place(documents[candidate.document], candidate.eid)))
        out.append(replace(answer, candidates=tuple(told)))
    return out

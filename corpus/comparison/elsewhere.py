"""Where else in the library a clause stands: candidates from the index, judged like pairs of an alignment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analyzers.spans import Span
from analyzers.terms import terms
from corpus.citations.writing import place
from corpus.clauses.clause import Clause, clauses
from corpus.clauses.tree import And, Field, FieldName, Node, Or, Word
from corpus.clauses.units import Unit, Zone, sentences
from corpus.comparison.align import FOUND
from corpus.comparison.equivalents import status_of
from corpus.comparison.grid import Candidate, Equivalents, Status
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.model import Kind
from corpus.topics.own_topics import topics_in
from corpus.topics.topics import PRESENT, Tagged
from corpus.topics.vectors import Bag, Matrix, Numbers, bag_of, columns_of, lemma_matrix, words_of

WORDS = 12
"""The rarest words of a clause that are asked of the index; more bring no other candidates."""

RECALLED = 60
"""Clauses the index brings for one provision."""

JUDGED = 24
"""Of these, the likest in words are judged by their topics too."""

COPY = 0.95
"""Clauses this alike are one text: told once."""

_WEIGHTS = {"words": 4.6, "topic": 3.4, "clash": -2.0, "heading": 0.8, "item": -1.0, "bias": -3.5}
"""Of the same kind as in `align`, without what only two whole documents can tell."""


_ZONES = {"preamble": Zone.PREAMBLE, "conclusions": Zone.CONCLUSIONS}


@dataclass(frozen=True, slots=True)
class Seen:
    """A clause made ready: as a unit, and its words."""

    clause: Clause
    unit: Unit
    bag: Bag
    words: tuple[str, ...]
    vocabulary: frozenset[str]


def elsewhere(library: Library, document: str, eid: str | None = None) -> list[Equivalents]:
    """Return for a provision, or for each of a document, its equivalents in all other documents.

    Near-copies are folded under the likeliest of them. Raise NotFoundError.
    """
    asked = library.get(document)
    if eid and asked.find(eid) is None:
        raise NotFoundError(f"В документе {document} нет положения {eid}.")
    told = [clause for clause in clauses(asked) if clause.text and eid in (None, clause.eid)]
    if eid and not told:
        raise NotFoundError(f"В документе {document} у положения {eid} нет своего текста: назовите его пункт.")
    search = _Search(library)
    return [search.answer(clause) for clause in told]


class _Search:
    """What is learned of the library while a document is asked about."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.table = topics_in(library)
        self.summaries = {s.id: s for s in library.documents()}
        self.size = 0
        self.frequency: dict[str, int] = {}
        self.seen: dict[tuple[str, str], Seen] = {}
        self.tags: dict[tuple[str, str], tuple[Tagged, ...]] = {}

    def answer(self, clause: Clause) -> Equivalents:
        """Ask the index for candidates and judge them."""
        asked = self._ready(clause)
        mine = self._about(asked)
        others = self._candidates(clause, mine)
        judged = [(_score(asked, mine, other, self._about(other), words), other) for words, other in others]
        scored = sorted(judged, key=lambda s: -s[0])
        candidates = self._folded([(s, o) for s, o in scored if s >= FOUND / 2])
        best = candidates[0].score if candidates else 0.0
        status = status_of(best)
        sure = best if status is Status.FOUND else 1 - best if status is Status.ABSENT else 0.5
        told = tuple(t.topic for t in mine if t.confidence >= PRESENT)
        return Equivalents(clause.document, clause.eid, status, tuple(candidates), round(sure, 3), told)

    def _ready(self, clause: Clause) -> Seen:
        key = (clause.document, clause.eid)
        if key not in self.seen:
            own = sentences(clause.eid, clause.text)
            above = next((h for h in reversed(clause.context) if not h.endswith(":")), "")
            heading = clause.heading or above
            zone = _ZONES.get(clause.eid.partition("__")[0], Zone.BODY)
            unit = Unit(0, clause.eid, zone, "", heading, False, clause.text, own, (), (clause.eid,), None)
            words = tuple(t.form for s in own for t in s.terms)
            self.seen[key] = Seen(clause, unit, bag_of(own), words, frozenset(words))
        return self.seen[key]

    def _about(self, seen: Seen) -> tuple[Tagged, ...]:
        """Return the topics of a clause; an item of a list has none of its own here."""
        key = (seen.clause.document, seen.clause.eid)
        if key not in self.tags:
            own = {seen.unit.eid: seen.unit.text}
            self.tags[key] = () if _item(seen.clause) else self.table.tag(seen.unit, own)
        return self.tags[key]

    def _candidates(self, clause: Clause, about: Sequence[Tagged]) -> list[tuple[float, Seen]]:
        """Recall clauses by rare words, and by topic and words: the likest of each, with their likeness."""
        words = Or(self._rarest(clause))
        if not words.parts:
            return []
        asked = self._ready(clause)
        told = tuple(t.topic for t in about if t.confidence >= PRESENT)
        nodes: list[Node] = [words, And((Field(FieldName.TOPIC, told), words))] if told else [words]
        out: dict[tuple[str, str], tuple[float, Seen]] = {}
        for node in nodes:
            found = [r.clause for r in self.library.recall(node, RECALLED).clauses]
            ready = [self._ready(c) for c in found if c.document != clause.document and c.text]
            likest = sorted(zip(self._likeness(asked, ready), ready, strict=True), key=lambda s: -s[0])[:JUDGED]
            out.update(((seen.clause.document, seen.clause.eid), (likeness, seen)) for likeness, seen in likest)
        return list(out.values())

    def _rarest(self, clause: Clause) -> tuple[Word, ...]:
        found = {t.form: t.lemmas for t in terms(clause.text) if len(t.form) > 2 and not t.form[0].isdigit()}
        self._learn([x for lemmas in found.values() for x in lemmas])
        ranked = sorted(found.items(), key=lambda w: max(self.frequency[x] for x in w[1]))
        return tuple(Word(form, lemmas) for form, lemmas in ranked[:WORDS])

    def _learn(self, lemmas: Sequence[str]) -> None:
        """Ask once how many clauses hold each lemma."""
        new = [x for x in dict.fromkeys(lemmas) if x not in self.frequency]
        if new or not self.size:
            statistics = self.library.statistics(new)
            self.size = statistics.clauses
            self.frequency.update({x: statistics.frequency.get(x, 0) for x in new})

    def _likeness(self, asked: Seen, others: Sequence[Seen]) -> list[float]:
        """Return the likeness of words, weighted by their rarity in the library."""
        if not others:
            return []
        bags = [asked.bag, *(o.bag for o in others)]
        columns = columns_of(bags)
        matrix = lemma_matrix(bags, self._rarity(columns), columns)
        return [float(x) for x in matrix[1:] @ matrix[0]]

    def _rarity(self, columns: Numbers) -> Matrix:
        names = words_of(columns)
        self._learn(names)
        out = np.zeros(int(columns.max(initial=0)) + 1, dtype=np.float32)
        for column, name in zip(columns, names, strict=True):
            out[column] = np.log((self.size + 1) / (self.frequency[name] + 0.5))
        return out

    def _folded(self, scored: Sequence[tuple[float, Seen]]) -> list[Candidate]:
        """Tell one candidate for every text: what says nearly the same words is folded under the first."""
        out: list[Candidate] = []
        heads: list[Seen] = []
        for score, other in scored:
            clause = other.clause
            head = next((n for n, h in enumerate(heads) if _alike(h, other)), None)
            if head is not None:
                out[head] = replace(out[head], copies=(*out[head].copies, (clause.document, clause.eid)))
                continue
            heads.append(other)
            about = tuple(self.table.by_id[t.topic].label for t in self._about(other) if t.confidence >= PRESENT)
            out.append(self._told(clause, score, about))
        return out

    def _told(self, clause: Clause, score: float, about: tuple[str, ...]) -> Candidate:
        summary = self.summaries.get(clause.document)
        source, at = (summary.source, summary.place) if summary else ("", 0)
        written = place(summary, clause.eid) if summary else ""
        span = (Span(0, len(clause.text)),)
        return Candidate(clause.document, source, at, clause.eid, span, round(score, 4), clause.text, written, about)


def _item(clause: Clause) -> bool:
    return bool(clause.lead_in) and clause.kind in (Kind.ALINEA, Kind.POINT)


def _score(asked: Seen, mine: Sequence[Tagged], other: Seen, theirs: Sequence[Tagged], words: float) -> float:
    if asked.words and asked.words == other.words:
        return 1.0
    topic, clash = _topical(mine, theirs)
    heading = asked.unit.heading.lower()
    parts = {
        "words": 2 * words,
        "topic": topic,
        "clash": clash,
        "heading": float(bool(heading) and heading == other.unit.heading.lower()),
        "item": float(_item(asked.clause) != _item(other.clause)),
    }
    odds = _WEIGHTS["bias"] + sum(_WEIGHTS[name] * value for name, value in parts.items())
    return float(1 / (1 + np.exp(-odds)))


def _topical(mine: Sequence[Tagged], others: Sequence[Tagged]) -> tuple[float, float]:
    left, right = {t.topic: t.confidence for t in mine}, {t.topic: t.confidence for t in others}
    shared = max((min(left[t], right[t]) for t in left.keys() & right.keys()), default=0.0)
    sure = min(max(left.values(), default=0.0), max(right.values(), default=0.0))
    return shared, max(sure - shared, 0.0)


def _alike(one: Seen, other: Seen) -> bool:
    shared = len(one.vocabulary & other.vocabulary)
    return shared >= COPY * len(one.vocabulary | other.vocabulary)

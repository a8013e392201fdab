"""The one ranking for all engines: BM25 over lemmas of the clause and of what holds it, nearness, coverage, level."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzers.terms import forms, readings
from corpus.clauses import Clause
from corpus.library import Statistics
from corpus.model import Kind
from corpus.query.answers import Means, Part
from corpus.query.concepts import Choice, Concept, QueryWord
from corpus.query.thesaurus import Member


@dataclass(frozen=True, slots=True)
class Weights:
    """The ranking's numbers, each found on judged queries (bench/RESULTS.md)."""

    k1: float = 1.2
    b: float = 0.35
    heading: float = 1.0
    lead_in: float = 0.5
    above: float = 0.4
    near: float = 0.35
    exact: float = 0.1
    coverage: float = 1.0
    turn: float = 0.9
    second_choice: float = 0.15
    bare_heading: float = 0.4
    preamble: float = 0.8
    conclusions: float = 0.95
    not_in_body: float = 0.5
    window: int = 6


DEFAULT = Weights()


@dataclass(frozen=True, slots=True)
class Scored:
    """A clause with its score; `by_word` says for each query word by what it matched (None = not at all)."""

    clause: Clause
    score: float
    parts: tuple[Part, ...]
    by_word: tuple[Choice | None, ...]
    literal: float


class Ranking:
    """Scores clauses for one query."""

    def __init__(
        self,
        words: Sequence[QueryWord],
        concepts: Sequence[Concept],
        statistics: Statistics,
        weights: Weights = DEFAULT,
    ) -> None:
        self._words = words
        self._concepts = concepts
        self._weights = weights
        self._mean = max(statistics.mean_length, 1.0)
        self._slots: dict[Member, int] = {}
        self._by_lemma: dict[str, list[int]] = {}
        for concept in concepts:
            for choice in concept.choices:
                for member in choice.members:
                    self._slot(member)
        self._idf = [_idf(member, statistics) for member in self._slots]
        self._held = [any(statistics.frequency.get(lemma) for lemma in member) for member in self._slots]
        self._forms: dict[str, tuple[int, ...]] = {}
        self._above: dict[str, Counter[int]] = {}
        self._known = [self._best_idf(concept) for concept in concepts]

    def _slot(self, member: Member) -> int:
        if member not in self._slots:
            self._slots[member] = len(self._slots)
            for lemma in member:
                self._by_lemma.setdefault(lemma, []).append(self._slots[member])
        return self._slots[member]

    def _best_idf(self, concept: Concept) -> float:
        """Return how much the concept's own words tell; 0 when the library holds no way to say it."""
        own = max((self._own_idf(choice) for choice in concept.choices if choice.means is None), default=0.0)
        return own or max((c.weight * self._own_idf(c) for c in concept.choices), default=0.0)

    def _own_idf(self, choice: Choice) -> float:
        slots = [self._slots[m] for m in choice.members]
        return sum(self._idf[s] for s in slots) / math.sqrt(len(slots)) if all(self._held[s] for s in slots) else 0.0

    def _hits(self, form: str) -> tuple[int, ...]:
        found = self._forms.get(form)
        if found is None:
            slots = {slot for lemma in readings(form) for slot in self._by_lemma.get(lemma, ())}
            found = self._forms[form] = tuple(slots)
        return found

    def _count(self, text: str) -> Counter[int]:
        if text not in self._above:
            self._above[text] = Counter(slot for form in forms(text) for slot in self._hits(form))
        return self._above[text]

    def score(self, clause: Clause) -> Scored:
        """Score a clause."""
        w = self._weights
        words = forms(clause.text)
        places: dict[int, list[int]] = {}
        for at, form in enumerate(words):
            for slot in self._hits(form):
                places.setdefault(slot, []).append(at)
        heading = self._count(clause.heading)
        weight: dict[int, float] = {slot: float(len(at)) for slot, at in places.items()}
        for slot, n in heading.items():
            weight[slot] = weight.get(slot, 0.0) + w.heading * n
        body = frozenset(weight)
        if clause.lead_in:
            for slot in self._count(clause.lead_in):
                weight[slot] = weight.get(slot, 0.0) + w.lead_in
        seen: set[int] = set()
        for above in clause.context:
            if above != clause.lead_in:
                seen.update(self._count(above))
        for slot in seen:
            weight[slot] = weight.get(slot, 0.0) + w.above
        if not weight:
            return Scored(clause, 0.0, (), (None,) * len(self._words), 0.0)
        length = len(words) + len(forms(clause.heading))
        norm = w.k1 * (1 - w.b + w.b * length / self._mean)
        told = {slot: self._idf[slot] * tf * (w.k1 + 1) / (tf + norm) for slot, tf in weight.items()}
        return self._sum(clause, told, places, body)

    def _sum(
        self, clause: Clause, told: Mapping[int, float], places: Mapping[int, list[int]], body: frozenset[int]
    ) -> Scored:
        w = self._weights
        parts: list[Part] = []
        total = covered = possible = literal = 0.0
        by_word: list[Choice | None] = [None] * len(self._words)
        best_single: dict[int, float] = {}
        own_body = False
        anchors: list[list[int] | None] = []
        for concept, known in zip(self._concepts, self._known, strict=True):
            found = sorted(
                ((value, choice) for choice in concept.choices if (value := self._tell(choice, told, places)) > 0),
                key=lambda pair: -pair[0],
            )
            single = len(concept.words) == 1
            if single:
                possible += known
                anchors.append(None)
            if not found:
                continue
            value, choice = found[0]
            if len(found) > 1:
                value += w.second_choice * min(found[1][0], value)
            if not single:
                value *= w.turn
                beneath = sum(best_single.get(i, 0.0) for i in concept.words)
                value = max(0.0, value - beneath) if value > beneath else 0.0
                if not value:
                    continue
            for i in concept.words:
                if single or by_word[i] is None or choice.weight >= by_word[i].weight:
                    by_word[i] = choice
            if single:
                best_single[concept.words[0]] = value
                covered += known * min(1.0, 0.5 + 0.5 * choice.weight)
                anchors[-1] = [at for m in choice.members for at in places.get(self._slots[m], ())] or None
            own_body = own_body or any(self._slots[m] in body for m in choice.members)
            total += value
            if choice.means in (None, Means.DERIVATION, Means.SYNONYM):
                literal += value
            label = " ".join(self._words[i].text for i in concept.words)
            parts.append(Part(f"«{label}» → «{choice.text}»" if choice.means else f"«{label}»", value))
        if not parts:
            return Scored(clause, 0.0, (), tuple(by_word), 0.0)
        share = literal / total if total else 0.0
        near = w.near * self._nearness(anchors)
        if near:
            parts.append(Part("слова рядом", near))
            total += near
        factor = self._factor(clause, max(covered / possible, 0.05) if possible else 1.0, own_body=own_body)
        if factor != 1:
            parts.append(Part("полнота и место в акте", total * (factor - 1)))
        return Scored(clause, total * factor, tuple(parts), tuple(by_word), share)

    def _tell(self, choice: Choice, told: Mapping[int, float], places: Mapping[int, list[int]]) -> float:
        """Return what a choice tells of a clause: a turn of speech tells little when only part of it is there."""
        slots = [self._slots[m] for m in choice.members]
        if len(slots) == 1:
            return choice.weight * told.get(slots[0], 0.0)
        every = sum(self._idf[s] for s in slots)
        have = [s for s in slots if s in told]
        if not have or not every:
            return 0.0
        share = sum(self._idf[s] for s in have) / every
        if share < 0.6:
            return 0.0
        value = sum(told[s] for s in have) / math.sqrt(len(slots)) * share * share
        if len(have) > 1 and _window([places.get(s, []) for s in have]) > len(slots) + self._weights.window:
            value *= 0.6
        return choice.weight * value

    def _nearness(self, anchors: Sequence[list[int] | None]) -> float:
        """Reward neighbouring words of the query that stand near one another in the text."""
        total = 0.0
        singles = [k for c, k in zip(self._concepts, self._known, strict=True) if len(c.words) == 1]
        for i in range(len(anchors) - 1):
            one, two = anchors[i], anchors[i + 1]
            if one and two:
                gap = min(abs(a - b) for a in one for b in two)
                if gap:
                    total += min(singles[i], singles[i + 1]) / (1 + 0.5 * (gap - 1))
        return total

    def _factor(self, clause: Clause, coverage: float, *, own_body: bool) -> float:
        w = self._weights
        factor = (1 - w.coverage) + w.coverage * coverage if w.coverage < 1 else coverage**w.coverage
        if not clause.text:
            factor *= w.bare_heading
        if not own_body:
            factor *= w.not_in_body
        if clause.eid.startswith("preamble"):
            factor *= w.preamble
        elif clause.kind is Kind.CONCLUSIONS or clause.eid.startswith("conclusions"):
            factor *= w.conclusions
        return factor


def _idf(member: Member, statistics: Statistics) -> float:
    frequency = max((statistics.frequency.get(lemma, 0) for lemma in member), default=0) or 1
    return math.log(1 + (statistics.clauses - frequency + 0.5) / (frequency + 0.5))


def _window(places: Sequence[Sequence[int]]) -> int:
    """Return the shortest stretch that holds one place of each; large when one has none."""
    if any(not at for at in places):
        return 10_000
    events = sorted((at, i) for i, found in enumerate(places) for at in found)
    last: dict[int, int] = {}
    best = 10_000
    for at, i in events:
        last[i] = at
        if len(last) == len(places):
            best = min(best, at - min(last.values()) + 1)
    return best

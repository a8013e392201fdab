"""The one ranking for all engines: BM25 over lemmas of the clause and of what holds it, nearness, coverage, level."""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzers.terms import forms, readings
from corpus.clauses.clause import Clause
from corpus.library import Statistics
from corpus.model import Kind
from corpus.search.answers import Means, Part
from corpus.search.meaning.concepts import Choice, Concept, QueryWord
from corpus.search.meaning.subjects import shown
from corpus.search.meaning.thesaurus import TOPIC, Member
from corpus.search.ranking.weights import DEFAULT, Weights

_PLAINLY = (Means.PLAIN, Means.TOPIC)

# «информационная сфера — совокупность информации, информационной инфраструктуры…» repeats the words of any query.
_DEFINING = re.compile("термин|поняти|означа", re.IGNORECASE)

_OPENING = 12
"""Words from the beginning of a clause within which its subject is usually named."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A clause with its score; `by_word` says for each query word by what it matched (None = not at all)."""

    clause: Clause
    score: float
    parts: tuple[Part, ...]
    by_word: tuple[Choice | None, ...]
    literal: bool
    """Whether a word of the query or of its family stands in the clause or above it."""
    whole: bool = False
    """Whether heading and text hold every word of the query as typed."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a clause holds: BM25 by slot, positions in the text, the slots of heading and text."""

    told: Mapping[int, float]
    places: Mapping[int, Sequence[int]]
    body: frozenset[int]


class _Way(NamedTuple):
    """A choice made ready: its slots, what they tell together, the root of their number."""

    choice: Choice
    slots: tuple[int, ...]
    tells: float
    root: float


@dataclass(frozen=True, slots=True)
class _Match:
    """The best way a clause says a concept."""

    concept: int
    choice: Choice
    value: float
    own: float
    """Share of the value that comes from heading and text."""


class Ranking:
    """Scores clauses for one query."""

    def __init__(
        self,
        words: Sequence[QueryWord],
        concepts: Sequence[Concept],
        statistics: Statistics,
        weights: Weights = DEFAULT,
        topics: Mapping[str, Collection[tuple[str, str]]] | None = None,
    ) -> None:
        self._made = (words, concepts, statistics)
        self._marked = topics or {}
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
        self._topics = [(self._slots[(m,)], keys) for m, keys in self._marked.items() if (m,) in self._slots]
        self._idf = [_idf(member, statistics) for member in self._slots]
        self._held = [any(statistics.frequency.get(lemma) for lemma in member) for member in self._slots]
        self._ways = [[self._way(choice) for choice in concept.choices] for concept in concepts]
        self._found_by = self._inverted()
        self._by_form: dict[str, tuple[int, ...]] = {}
        self._counts: dict[str, Counter[int]] = {}
        self._typed = self._typed_slots()
        self._families = self._family_slots()
        self._scale = self._scales()
        self._asks_meaning = f"{TOPIC}definitions" in self._marked
        self._coverage_power = weights.plain_coverage if self._is_plain() else weights.coverage
        self._known = [self._scale[i] * self._tells(concept) for i, concept in enumerate(concepts)]

    def reweighted(self, weights: Weights) -> "Ranking":
        """Return the same ranking with other weights."""
        return Ranking(*self._made, weights, self._marked)

    def _slot(self, member: Member) -> None:
        if member not in self._slots:
            self._slots[member] = len(self._slots)
            for lemma in member:
                self._by_lemma.setdefault(lemma, []).append(self._slots[member])

    def _way(self, choice: Choice) -> _Way:
        slots = tuple(self._slots[m] for m in choice.members)
        return _Way(choice, slots, sum(self._idf[s] for s in slots), math.sqrt(len(slots)))

    def _inverted(self) -> dict[int, list[tuple[int, int]]]:
        """Index the ways by slot, as (concept, way)."""
        found: dict[int, list[tuple[int, int]]] = {}
        for i, ways in enumerate(self._ways):
            for k, way in enumerate(ways):
                for slot in set(way.slots):
                    found.setdefault(slot, []).append((i, k))
        return found

    def _typed_slots(self) -> list[frozenset[int]]:
        """Return the slots of each concept's words as typed; idle words and turns of speech ask for none."""
        return [
            frozenset(self._slots[self._words[i].lemmas] for i in concept.words if self._words[i].lemmas in self._slots)
            for concept in self._concepts
            if concept.words and not concept.turn and not all(self._words[i].idle for i in concept.words)
        ]

    def _family_slots(self) -> frozenset[int]:
        """Return the slots of the words as typed and of their kin."""
        return frozenset(
            self._slots[choice.members[0]]
            for concept in self._concepts
            if concept.words and not concept.turn
            for choice in concept.choices
            if choice.means in (None, Means.DERIVATION) and len(choice.members) == 1
        )

    def _scales(self) -> list[float]:
        """Return how much each concept counts: common words little, words that make a plain turn of speech less."""
        w = self._weights
        turned = {
            i
            for concept in self._concepts
            if concept.turn and any(c.means in _PLAINLY and self._is_held(c) for c in concept.choices)
            for i in concept.words
        }
        busy = [i for c in self._concepts for i in c.words if not c.turn]
        lone = all(self._words[i].common for i in busy)
        out = []
        for concept in self._concepts:
            scale = 1.0
            if not concept.words:
                scale = w.about
            elif not concept.turn:
                if all(self._words[i].common for i in concept.words) and not lone:
                    scale *= w.common
                if turned.issuperset(concept.words):
                    scale *= w.in_turn
            out.append(scale)
        return out

    def _is_plain(self) -> bool:
        """Say whether the query has a word the library knows only by its plain meaning."""
        return any(
            any(choice.means in _PLAINLY and self._is_held(choice) for choice in concept.choices)
            and not any(choice.means is None and self._is_held(choice) for choice in concept.choices)
            for concept in self._concepts
        )

    def _is_held(self, choice: Choice) -> bool:
        return all(self._held[self._slots[m]] for m in choice.members)

    def _tells(self, concept: Concept) -> float:
        """Return how much the concept's own words tell; 0 when the library holds no way to say it."""
        own = max((self._weighs(choice) for choice in concept.choices if choice.means is None), default=0.0)
        return own or max((c.weight * self._weighs(c) for c in concept.choices), default=0.0)

    def _weighs(self, choice: Choice) -> float:
        if not self._is_held(choice):
            return 0.0
        return sum(self._idf[self._slots[m]] for m in choice.members) / math.sqrt(len(choice.members))

    def _hits(self, form: str) -> tuple[int, ...]:
        """Return the slots a form answers, remembered for this query."""
        slots: list[int] = []
        for lemma in readings(form):
            if lemma in self._by_lemma:
                slots.extend(self._by_lemma[lemma])
        found = self._by_form[form] = tuple(dict.fromkeys(slots)) if slots else ()
        return found

    def _count(self, text: str) -> Counter[int]:
        found = self._counts.get(text)
        if found is None:
            known = self._by_form
            hits = (known[form] if form in known else self._hits(form) for form in forms(text))
            found = self._counts[text] = Counter(slot for slots in hits for slot in slots)
        return found

    def _evidence(self, clause: Clause) -> _Evidence:
        """Read a clause: occurrences in heading and text, presence in what holds it."""
        w = self._weights
        words = forms(clause.text)
        places: dict[int, list[int]] = {}
        known = self._by_form
        for at, form in enumerate(words):
            found = known.get(form)
            if found is None:
                found = self._hits(form)
            for slot in found:
                places.setdefault(slot, []).append(at)
        weight = {slot: float(len(at)) for slot, at in places.items()}
        if clause.heading:
            for slot, n in self._count(clause.heading).items():
                weight[slot] = weight.get(slot, 0.0) + w.heading * n
        topics = [slot for slot, keys in self._topics if (clause.document, clause.eid) in keys]
        body = frozenset((*weight, *topics))
        above: dict[int, float] = {}
        for text in clause.context:
            share = w.lead_in if text == clause.lead_in else w.above
            for slot in self._count(text):
                above[slot] = max(above.get(slot, 0.0), share)
        for slot in self._count(clause.lead_in) if clause.lead_in else ():
            above[slot] = max(above.get(slot, 0.0), w.lead_in)
        for slot, share in above.items():
            weight[slot] = weight.get(slot, 0.0) + share
        length = len(words) + len(forms(clause.heading))
        norm = w.k1 * (1 - w.b + w.b * length / self._mean)
        told = {slot: self._idf[slot] * tf * (w.k1 + 1) / (tf + norm) for slot, tf in weight.items()}
        told.update((slot, self._idf[slot]) for slot in topics)
        return _Evidence(told, places, body)

    def score(self, clause: Clause) -> Scored:
        """Score a clause."""
        evidence = self._evidence(clause)
        every = self._matches(evidence)
        matches = self._settled(every)
        by_word = self._by_word(matches)
        if not matches:
            return Scored(clause, 0.0, (), by_word, literal=False)
        told = sum(m.value for m in matches)
        literal = not self._families.isdisjoint(evidence.told)
        parts = [Part(self._label(m), m.value) for m in matches]
        near = self._weights.near * self._nearness(matches, evidence)
        if near:
            parts.append(Part("слова запроса стоят рядом", near))
        whole = bool(self._typed) and all(not evidence.body.isdisjoint(slots) for slots in self._typed)
        total = told + near
        for label, factor in self._factors(clause, matches, evidence, self._coverage(every)):
            if factor != 1:
                parts.append(Part(label, total * (factor - 1)))
                total *= factor
        return Scored(clause, total, tuple(parts), by_word, literal, whole)

    def _label(self, match: _Match) -> str:
        said = " ".join(self._words[i].text for i in self._concepts[match.concept].words)
        if not said:
            return f"весь запрос → {shown(match.choice)}"
        if match.choice.means is Means.TOPIC:
            return f"«{said}» → {shown(match.choice)}"
        return f"«{said}» → «{match.choice.text}»" if match.choice.means else f"«{said}»"

    def _matches(self, evidence: _Evidence) -> list[_Match]:
        """Return the best way the clause says each concept it says at all; a second way adds a little."""
        candidates: dict[int, set[int]] = {}
        for slot in evidence.told:
            for i, k in self._found_by.get(slot, ()):
                candidates.setdefault(i, set()).add(k)
        out = []
        for i in sorted(candidates):
            said = [(value, -k, own) for k in candidates[i] for value, own in [self._says(self._ways[i][k], evidence)]]
            said = sorted((s for s in said if s[0] > 0), reverse=True)[:2]
            if said:
                best, k, own = said[0]
                second = said[1][0] if len(said) > 1 else 0.0
                factor = self._scale[i] * (self._weights.turn if self._concepts[i].turn else 1.0)
                value = (best + self._weights.second_choice * second) * factor
                out.append(_Match(i, self._ways[i][-k].choice, value, own))
        return out

    def _says(self, way: _Way, evidence: _Evidence) -> tuple[float, float]:
        """Return what a way tells of a clause, and the share its own words give.

        A turn of speech tells nothing when only a lesser part of it is there, and less when its words are scattered.
        """
        told, w = evidence.told, self._weights
        if len(way.slots) == 1:
            return way.choice.weight * told[way.slots[0]], float(way.slots[0] in evidence.body)
        have = [s for s in way.slots if s in told]
        share = sum(self._idf[s] for s in have) / way.tells if way.tells else 0.0
        if share < w.least_share:
            return 0.0, 0.0
        value = way.choice.weight * sum(told[s] for s in have) / way.root * share * share
        if len(have) > 1 and _window([evidence.places.get(s, ()) for s in have]) > len(way.slots) + w.window:
            value *= w.scattered
        return value, sum(s in evidence.body for s in have) / len(have)

    def _settled(self, every: Sequence[_Match]) -> list[_Match]:
        """Keep of a turn and its single words whichever tell more; a turn of no word of its own tells nothing new."""
        single = {i: m for m in every if not self._concepts[m.concept].turn for i in self._concepts[m.concept].words}
        turns = sorted((m for m in every if self._concepts[m.concept].turn), key=lambda m: -m.value)
        dropped: set[int] = set()
        taken: set[int] = set()
        kept: list[_Match] = []
        for turn in turns:
            words = self._concepts[turn.concept].words
            busy = [i for i in words if not (self._words[i].idle or self._words[i].common)] or words
            beneath = {single[i].concept: single[i] for i in words if i in single}
            apart = dropped.isdisjoint(beneath) and not taken.issuperset(busy)
            if apart and turn.value > sum(m.value for m in beneath.values()):
                kept.append(turn)
                dropped.update(beneath)
                taken.update(busy)
        return [m for m in every if not self._concepts[m.concept].turn and m.concept not in dropped] + kept

    def _by_word(self, matches: Sequence[_Match]) -> tuple[Choice | None, ...]:
        found: dict[int, Choice] = {}
        for match in matches:
            for i in self._concepts[match.concept].words:
                found.setdefault(i, match.choice)
        return tuple(found.get(i) for i in range(len(self._words)))

    def _nearness(self, matches: Sequence[_Match], evidence: _Evidence) -> float:
        """Reward neighbouring words of the query that stand near one another in the text."""
        anchors: dict[int, tuple[float, list[int]]] = {}
        for match in matches:
            if not self._concepts[match.concept].turn:
                at = [p for m in match.choice.members for p in evidence.places.get(self._slots[m], ())]
                if at:
                    anchors[match.concept] = (self._known[match.concept], at)
        total = 0.0
        for i, (known, one) in anchors.items():
            if i + 1 in anchors:
                gap = min(abs(a - b) for a in one for b in anchors[i + 1][1])
                if gap:
                    total += min(known, anchors[i + 1][0]) / (1 + 0.5 * (gap - 1))
        return total

    def _factors(
        self, clause: Clause, matches: Sequence[_Match], evidence: _Evidence, coverage: float
    ) -> list[tuple[str, float]]:
        """Return what the score is multiplied by, each with its name."""
        w = self._weights
        own = sum(m.value * m.own for m in matches) / sum(m.value for m in matches)
        first = self._first(matches, evidence)
        out = [
            ("с этого положение начинается", 1 + w.opening * max(0.0, 1 - first / _OPENING)),
            ("не все слова запроса", coverage**self._coverage_power),
            ("часть слов только в заголовках и вводных фразах", w.own_words + (1 - w.own_words) * own),
        ]
        if not clause.text:
            out.append(("один заголовок", w.bare_heading))
        if clause.eid.startswith("preamble"):
            out.append(("преамбула", w.preamble))
        elif clause.kind is Kind.CONCLUSIONS or clause.eid.startswith("conclusions"):
            out.append(("заключительная часть", w.conclusions))
        elif _DEFINING.search(clause.lead_in) and not self._asks_meaning:
            out.append(("определение понятия", w.definition))
        return out

    def _first(self, matches: Sequence[_Match], evidence: _Evidence) -> float:
        """Return where in the text the weightiest concept first stands; far when it does not."""
        best = max(matches, key=lambda m: m.value)
        at = [p for member in best.choice.members for p in evidence.places.get(self._slots[member], ())[:1]]
        return min(at, default=_OPENING)

    def _coverage(self, matches: Sequence[_Match]) -> float:
        """Return the share of what the query tells that the clause answers; what the library lacks does not count.

        A turn of speech that tells less than its words, or than another turn, covers them all the same.
        """
        covered: dict[int, float] = {}
        for match in matches:
            for i in self._concepts[match.concept].words:
                covered[i] = max(covered.get(i, 0.0), 0.5 + 0.5 * min(1.0, match.choice.weight))
        had = possible = 0.0
        for concept, known in zip(self._concepts, self._known, strict=True):
            if concept.words and not concept.turn:
                possible += known
                had += known * max(covered.get(i, 0.0) for i in concept.words)
        return max(had / possible, 0.05) if possible else 1.0


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

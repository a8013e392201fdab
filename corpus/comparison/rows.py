"""The table of subjects and documents: which provisions of each document stand in which row."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from analyzers.spans import Span
from corpus.clauses.units import Unit, Zone
from corpus.comparison.align import FOUND, INCONCLUSIVE, Alignment, aligned
from corpus.comparison.features import Prepared, Space, prepared
from corpus.errors import QueryError
from corpus.model import Document
from corpus.topics.topics import PRESENT, Topics
from corpus.topics.vectors import Matrix

FEWEST, MOST = 2, 12
CELL_LIMIT = 4
"""Provisions a cell holds; a wider cell compares nothing."""

LEAST = 0.01
"""Chances below this are not looked into."""

HANDED = 0.8
"""A provision without a topic takes that of its equivalents from this probability on, though its cell be taken."""

TOUCHES, TOUCHES_LESS = 0.8, 0.1
"""Below the first confidence, and this much below its other topic, a provision leaves the cell to the others in it."""

UNTOLD = "—"
"""A row that fits no topic has this and a number made of its first provision's place for its topic."""


@dataclass(frozen=True, slots=True)
class Member:
    """A unit in a cell: its place among the document's units, how surely it belongs, and where that is seen."""

    unit: int
    score: float
    evidence: tuple[str, ...]
    places: tuple[tuple[str, Span], ...]


@dataclass(slots=True)
class Draft:
    """A row in the making: members and doubtful members by column, and why a column has none."""

    topic: str
    label: str
    members: dict[int, list[Member]] = field(default_factory=dict)
    doubtful: dict[int, list[Member]] = field(default_factory=dict)
    nearest: dict[int, tuple[float, int]] = field(default_factory=dict)
    anchors: tuple[str, ...] = ()


class Table:
    """Documents laid side by side."""

    def __init__(self, documents: Sequence[Document], table: Topics) -> None:
        if not FEWEST <= len(documents) <= MOST:
            raise QueryError(f"Сравнить можно от {FEWEST} до {MOST} документов, а названо {len(documents)}.")
        if len({d.id for d in documents}) < len(documents):
            raise QueryError("Документ назван для сравнения дважды.")
        self.topics = table
        self.columns: tuple[Prepared, ...] = tuple(prepared(d, False, table) for d in documents)
        space = Space(self.columns)
        n = len(documents)
        self.alignments = {(a, b): aligned(space, a, b) for a in range(n) for b in range(a + 1, n)}

    def scores(self, a: int, b: int) -> Alignment:
        """Return the alignment of two columns, seen from the first."""
        return self.alignments[(a, b)] if a < b else self.alignments[(b, a)].turned()

    def drafts(self) -> list[Draft]:
        """Return the rows: topics in their order, then what is aligned and fits no topic."""
        by_topic = self._by_topic()
        self._handed(by_topic)
        drafts = sorted(by_topic.values(), key=lambda d: self.topics.by_id[d.topic].order)
        for draft in drafts:
            self._narrow(draft)
            self._doubts(draft)
        return [d for d in drafts if d.members] + self._untold(drafts)

    def _by_topic(self) -> dict[str, Draft]:
        out: dict[str, Draft] = {}
        for c, column in enumerate(self.columns):
            for i, tags in enumerate(column.tags):
                for tag in tags:
                    draft = out.setdefault(tag.topic, Draft(tag.topic, self.topics.by_id[tag.topic].label))
                    member = Member(i, tag.confidence, tag.evidence, tag.places)
                    (draft.members if tag.confidence >= PRESENT else draft.doubtful).setdefault(c, []).append(member)
        return out

    def _handed(self, by_topic: Mapping[str, Draft]) -> None:
        """Give provisions without a topic that of their equivalents in other columns."""
        for c, column in enumerate(self.columns):
            for i, unit in enumerate(column.units):
                if any(t.confidence >= PRESENT for t in column.tags[i]) or unit.zone is Zone.PREAMBLE:
                    continue
                votes = self._votes(c, i)
                for topic, (chance, words) in sorted(votes.items(), key=lambda v: -v[1][0])[:1]:
                    draft = by_topic[topic]
                    if chance >= HANDED or (chance >= FOUND and c not in draft.members):
                        places = tuple((s.eid, s.span) for s in unit.own)
                        draft.members.setdefault(c, []).append(
                            Member(i, chance, (f"близко к положению: «{words}»",), places)
                        )

    def _votes(self, c: int, i: int) -> dict[str, tuple[float, str]]:
        votes: dict[str, tuple[float, str]] = {}
        for other in range(len(self.columns)):
            if other == c:
                continue
            row = self.scores(c, other).scores[i]
            if not len(row):
                continue
            best = int(row.argmax())
            for tag in self.columns[other].tags[best]:
                chance = float(row[best]) * tag.confidence
                if tag.confidence >= PRESENT and chance > votes.get(tag.topic, (0.0, ""))[0]:
                    votes[tag.topic] = (chance, _beginning(self.columns[other].units[best].text))
        return votes

    def _narrow(self, draft: Draft) -> None:
        """Keep the best few of a cell: those the other columns' members answer, then the surest."""
        for c, members in draft.members.items():
            sure = [m for m in members if not self._beside(draft.topic, c, m)]
            members = draft.members[c] = sure or members  # noqa: PLW2901  passers-by leave when others stay
            if len(members) > CELL_LIMIT:
                support = {m.unit: self._support(draft, c, m.unit) for m in members}
                ranked = sorted(members, key=lambda m: -(m.score + support[m.unit]))[:CELL_LIMIT]
                draft.members[c] = sorted(ranked, key=lambda m: m.unit)

    def _beside(self, topic: str, c: int, member: Member) -> bool:
        """Say whether a unit only touches a topic while it is surely about another one."""
        others = [t.confidence for t in self.columns[c].tags[member.unit] if t.topic != topic]
        return member.score < TOUCHES and max(others, default=0) > member.score + TOUCHES_LESS

    def _support(self, draft: Draft, c: int, unit: int) -> float:
        """Return how surely the other columns' members of a row say what a unit says, on average."""
        best = [
            float(self.scores(c, o).scores[unit, [m.unit for m in members]].max())
            for o, members in draft.members.items()
            if o != c and members
        ]
        return float(np.mean(best)) if best else 0.0

    def _doubts(self, draft: Draft) -> None:
        """For columns without members: keep what comes near, and say how near."""
        taken = {c for c, members in draft.members.items() if members}
        for c, column in enumerate(self.columns):
            if c in taken:
                draft.doubtful.pop(c, None)
                continue
            chances = np.zeros(len(column.units), dtype=np.float32)
            for o in taken:
                for m in draft.members[o]:
                    self._near(chances, c, self.scores(o, c).scores[m.unit], _sure(self.columns[o], m.unit))
            for i, unit in enumerate(column.units):
                if chances[i] >= (FOUND if _sure(column, i) else INCONCLUSIVE):
                    places = tuple((s.eid, s.span) for s in unit.own)
                    member = Member(i, float(chances[i]), ("похожие слова",), places)
                    draft.doubtful.setdefault(c, []).append(member)
            draft.doubtful[c] = sorted(draft.doubtful.get(c, ()), key=lambda m: -m.score)[:2]
            draft.nearest[c] = (float(chances.max()), int(chances.argmax())) if len(chances) else (0.0, 0)

    def _near(self, chances: Matrix, c: int, row: Matrix, about: set[str]) -> None:
        """Raise the chances of a column's units by those of one unit; likeness by another shared topic is no sign."""
        for i in np.flatnonzero(row > np.maximum(chances, LEAST)):
            if not _sure(self.columns[c], int(i)) & about:
                chances[i] = row[i]

    def _untold(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Join aligned units that are in no row, one group a row."""
        rowed = {(c, m.unit) for d in drafts for c, ms in d.members.items() for m in ms}
        groups: dict[tuple[int, int], dict[int, list[Member]]] = {}
        for (a, b), alignment in self.alignments.items():
            scores = alignment.scores
            if not scores.size:
                continue
            for i, j in zip(*np.nonzero(scores >= FOUND), strict=True):
                one, other = (a, int(i)), (b, int(j))
                free = one not in rowed and other not in rowed
                mutual = scores[i].argmax() == j and scores[:, j].argmax() == i
                if free and mutual and alignment.left.units[i].zone is not Zone.PREAMBLE:
                    _join(groups, one, other, float(scores[i, j]), self.columns)
        unique = {id(g): g for g in groups.values()}.values()
        ordered = sorted(unique, key=lambda g: (min(g), g[min(g)][0].unit))
        return [self._untold_row(group) for group in ordered]

    def _untold_row(self, group: dict[int, list[Member]]) -> Draft:
        first = min(group)
        unit = self.columns[first].units[group[first][0].unit]
        anchors = tuple(
            f"{self.columns[c].document.id}:{self.columns[c].units[m.unit].eid}"
            for c in sorted(group)
            for m in group[c]
        )
        draft = Draft(untold(anchors[0]), f"Без темы: {_label(unit)}", group, anchors=anchors)
        self._doubts(draft)
        return draft


def untold(anchor: str) -> str:
    """Name a row that fits no topic by the place («document:eid») of its first provision."""
    return UNTOLD + hashlib.sha256(anchor.encode()).hexdigest()[:8]


def _sure(column: Prepared, unit: int) -> set[str]:
    """Return what a unit is surely about: likeness that another topic explains is no doubt about this one."""
    return {t.topic for t in column.tags[unit] if t.confidence >= PRESENT}


def _join(
    groups: dict[tuple[int, int], dict[int, list[Member]]],
    one: tuple[int, int],
    other: tuple[int, int],
    score: float,
    columns: Sequence[Prepared],
) -> None:
    group, second = groups.get(one, {}), groups.get(other, {})
    if group is second and group:
        return
    for c, members in second.items():
        group.setdefault(c, []).extend(m for m in members if m.unit not in {x.unit for x in group.get(c, ())})
    for c, i in (one, other):
        if i not in {m.unit for m in group.get(c, ())}:
            places = tuple((s.eid, s.span) for s in columns[c].units[i].own)
            group.setdefault(c, []).append(Member(i, score, ("похожие слова",), places))
    for c, members in group.items():
        for member in members:
            groups[(c, member.unit)] = group


def _label(unit: Unit) -> str:
    return unit.heading if unit.heading and unit.first else f"«{_beginning(unit.text)}»"


def _beginning(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(",;") + "…"

"""Rows of a comparison: topics some document has, and aligned provisions that fit no topic."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.clauses.units import Unit, Zone
from corpus.comparison.align import FOUND, INCONCLUSIVE, Alignment, aligned
from corpus.comparison.features import Prepared, Space, prepared
from corpus.comparison.kept.found import DOUBTS, Member
from corpus.errors import QueryError
from corpus.model import Document
from corpus.topics.topics import PRESENT, Topics
from corpus.topics.vectors import Matrix

FEWEST, MOST = 2, 30

UNTOLD = "—"
"""A row that fits no topic has this and a number made of its first provision's place for its topic."""


@dataclass(slots=True)
class Draft:
    """A row in the making; one that fits no topic has members by column, doubtful ones where there are none."""

    topic: str
    label: str
    members: dict[int, list[Member]] = field(default_factory=dict)
    doubtful: dict[int, list[Member]] = field(default_factory=dict)
    anchors: tuple[str, ...] = ()
    eids: dict[int, list[str]] = field(default_factory=dict)


def checked(documents: Sequence[Document]) -> None:
    """Raise QueryError for documents that cannot be compared: too few, too many, one of them twice."""
    if not FEWEST <= len(documents) <= MOST:
        raise QueryError(f"Сравнить можно от {FEWEST} до {MOST} документов, а названо {len(documents)}.")
    if len({d.id for d in documents}) < len(documents):
        raise QueryError("Документ назван для сравнения дважды.")


class Untold:
    """Documents laid side by side to find what answers each other without a topic."""

    def __init__(self, documents: Sequence[Document], table: Topics) -> None:
        self.columns: tuple[Prepared, ...] = tuple(prepared(d, False, table) for d in documents)
        space = Space(self.columns)
        n = len(documents)
        self._alignments = {(a, b): aligned(space, a, b) for a in range(n) for b in range(a + 1, n)}

    def drafts(self, rowed: Iterable[tuple[int, str]]) -> list[Draft]:
        """Join aligned units that are in no row, one group a row; `rowed` are (column, eId) of those that are."""
        taken = set(rowed)
        groups: dict[tuple[int, int], dict[int, list[Member]]] = {}
        for (a, b), alignment in self._alignments.items():
            for i, j, score in _mutual(alignment):
                free = (a, alignment.left.units[i].eid) not in taken and (b, alignment.right.units[j].eid) not in taken
                if free and alignment.left.units[i].zone is not Zone.PREAMBLE:
                    _join(groups, (a, i), (b, j), score, self.columns)
        unique = {id(g): g for g in groups.values()}.values()
        ordered = sorted(unique, key=lambda g: (min(g), g[min(g)][0].unit))
        return [self._draft(group) for group in ordered]

    def _draft(self, group: dict[int, list[Member]]) -> Draft:
        first = min(group)
        unit = self.columns[first].units[group[first][0].unit]
        anchors = tuple(
            f"{self.columns[c].document.id}:{self.columns[c].units[m.unit].eid}"
            for c in sorted(group)
            for m in group[c]
        )
        doubtful = {c: self._near(c, group) for c in range(len(self.columns)) if c not in group}
        return Draft(untold(anchors[0]), f"Без темы: {_label(unit)}", group, doubtful, anchors)

    def _near(self, c: int, group: dict[int, list[Member]]) -> list[Member]:
        """Return what comes near a row's provisions in a column without any; what has a topic must come nearer."""
        column = self.columns[c]
        rows = [self._scores(o, c)[m.unit] for o, members in group.items() for m in members]
        chances = np.maximum.reduce(rows)
        out = []
        for i, unit in enumerate(column.units):
            told = any(t.confidence >= PRESENT for t in column.tags[i])
            if chances[i] >= (FOUND if told else INCONCLUSIVE):
                out.append(Member(i, float(chances[i]), ("похожие слова",), tuple((s.eid, s.span) for s in unit.own)))
        return sorted(out, key=lambda m: -m.score)[:DOUBTS]

    def _scores(self, a: int, b: int) -> Matrix:
        return self._alignments[a, b].scores if a < b else self._alignments[b, a].scores.T


def _mutual(alignment: Alignment) -> list[tuple[int, int, float]]:
    """Return the pairs of units that are each other's best and surely the same."""
    scores = alignment.scores
    if not scores.size:
        return []
    best, back = scores.argmax(axis=1), scores.argmax(axis=0)
    return [(i, int(j), float(scores[i, j])) for i, j in enumerate(best) if scores[i, j] >= FOUND and back[j] == i]


def untold(anchor: str) -> str:
    """Name a row that fits no topic by the place («document:eid») of its first provision."""
    return UNTOLD + hashlib.sha256(anchor.encode()).hexdigest()[:8]


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

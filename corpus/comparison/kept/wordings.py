"""The usual wording of a topic over a library: clusters of variants, what they differ in, who lacks the topic."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from analyzers.letters import folded
from corpus.comparison.grades import Grade, grade, read
from corpus.comparison.grid import CellStatus
from corpus.comparison.kept.library_cells import LibraryCells, cells_in
from corpus.comparison.table import wanted_topics
from corpus.effects.lives import Told, lives, short_or_none
from corpus.effects.standing import StateOnDay
from corpus.lexicon.durations import durations
from corpus.lexicon.reckoning import today
from corpus.library import Library, Summary
from corpus.metadata.short_names import short_names

ALIKE = 0.5
"""Clauses that name so much of the same (a share, 0 to 1) are variants of one wording."""


@dataclass(frozen=True, slots=True)
class WordingHolder:
    """A document with its clause: `year` of the act or None; `grade` is against the first holder of its
    wording, `state` that of the clause today.
    """

    document: str
    name: str
    year: str | None
    parties: tuple[str, ...]
    eid: str
    text: str
    grade: Grade
    state: StateOnDay | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a wording that is filled differently: terms of time as shown and how many say each, often first."""

    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Variants of one wording: `text` is the most typical one, `grade` how it differs from the usual wording."""

    text: str
    grade: Grade
    holders: tuple[WordingHolder, ...]
    slots: tuple[Slot, ...]

    @property
    def years(self) -> tuple[str, str] | None:
        """Return the first and the last year of its holders."""
        known = sorted(h.year for h in self.holders if h.year)
        return (known[0], known[-1]) if known else None


@dataclass(frozen=True, slots=True)
class Wordings:
    """A topic over documents: wordings, the usual one first; who lacks the topic and whose cell cannot be told."""

    topic: str
    label: str
    variants: tuple[Wording, ...]
    lacking: tuple[tuple[str, str], ...]
    unclear: tuple[tuple[str, str], ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Told:
    summary: Summary
    name: str
    eid: str
    text: str
    named: frozenset[str] = field(hash=False)


def wordings(library: Library, topic: str, documents: frozenset[str] | None = None) -> Wordings:
    """Group the clauses of a topic over all documents, or these; raise NotFoundError for an unknown topic."""
    cells = cells_in(library)
    (wanted,) = wanted_topics([topic], cells.table)
    chosen = [s for s in library.documents() if s.id in cells.kept and (documents is None or s.id in documents)]
    names = short_names(chosen)
    told = _told(library, cells, wanted, chosen, names)
    groups = grouped([t.named for t in told])
    states = lives(library)
    states.fetch(t.summary.id for t in told)
    usual = told[groups[0][0]].text if groups else ""
    return Wordings(
        wanted,
        cells.table.by_id[wanted].label if wanted in cells.table.by_id else wanted,
        tuple(_wording([told[i] for i in group], usual, states) for group in groups),
        tuple((s.id, names[s.id]) for s in chosen if cells.status(s.id, wanted) is CellStatus.ABSENT),
        tuple((s.id, names[s.id]) for s in chosen if cells.status(s.id, wanted) is CellStatus.INCONCLUSIVE),
        len(chosen),
    )


def _told(
    library: Library, cells: LibraryCells, topic: str, chosen: Sequence[Summary], names: Mapping[str, str]
) -> list[_Told]:
    """Read the sentences of the cells that have the topic."""
    kept = {s.id: cells.cell(s.id, topic) for s in chosen if cells.status(s.id, topic) is CellStatus.PRESENT}
    keys = [(id_, eid) for id_, cell in kept.items() for eid, *_ in cell.provisions]
    texts = {(c.document, c.eid): c.text for c in library.clauses(keys)}
    out = []
    for summary in sorted(chosen, key=lambda s: (s.date or "", s.id)):
        places = kept[summary.id].provisions if summary.id in kept else ()
        pieces = []
        for eid, spans, _ in places:
            text = texts.get((summary.id, eid), "")
            said = " ".join(part for s in spans if (part := text[slice(*s)].strip()))
            pieces.append(said or text)
        if text := "\n".join(p for p in pieces if p):
            out.append(_Told(summary, names[summary.id], places[0][0], text, named(text)))
    return out


def named(text: str) -> frozenset[str]:
    """Return what a clause names and settles, without its numbers and terms of time: those are slots.

    >>> named("Ответ даётся в течение 10 дней.") == named("Ответ дается в течение двух месяцев.")
    True
    """
    meaning = read(text)
    settled = (f for f in meaning.facts if not f[0].isdigit() and not f.startswith("число"))
    return frozenset((*settled, *meaning.named.names))


def grouped(clauses: Sequence[frozenset[str]]) -> list[list[int]]:
    """Group clauses that name the same, the largest group first; in a group the most typical one is first.

    >>> grouped([frozenset("абв"), frozenset("эюя"), frozenset("абг"), frozenset("аб")])
    [[3, 0, 2], [1]]
    """
    if not clauses:
        return []
    places = {word: n for n, word in enumerate(sorted(frozenset().union(*clauses)))}
    table = np.zeros((len(clauses), max(len(places), 1)), dtype=np.float32)
    for row, clause in enumerate(clauses):
        table[row, [places[w] for w in clause]] = 1
    shared, sizes = table @ table.T, table.sum(axis=1)
    alike = shared / np.maximum(sizes[:, None] + sizes[None, :] - shared, 1)
    typical = sorted(range(len(clauses)), key=lambda i: (-float(alike[i].sum()), i))
    groups: list[list[int]] = []
    for i in typical:
        near = [(float(alike[i, group].mean()), -n) for n, group in enumerate(groups)]
        best, at = max(near, default=(0.0, 0))
        if best >= ALIKE:
            groups[-at].append(i)
        else:
            groups.append([i])
    return sorted(groups, key=lambda g: -len(g))


def _wording(told: Sequence[_Told], usual: str, states: Told) -> Wording:
    first, on = told[0].text, today()
    holders = tuple(
        WordingHolder(
            t.summary.id,
            t.name,
            (t.summary.date or "")[:4] or None,
            t.summary.parties,
            t.eid,
            t.text,
            grade(first, t.text),
            short_or_none(states, t.summary.id, on, t.eid),
        )
        for t in told
    )
    return Wording(first, grade(usual, first), holders, slots([t.text for t in told]))


def slots(texts: Sequence[str]) -> tuple[Slot, ...]:
    """Return the terms of time that stand in the same place of several texts and differ.

    >>> slots(["в течение 30 дней", "в течение 45 дней", "в течение тридцати дней"])[0].values
    (('30 дней', 2), ('45 дней', 1))
    """
    found = [[d.shown for d in durations(folded(text))] for text in texts]
    out = []
    for at in range(max(map(len, found), default=0)):
        counts = Counter(shown[at] for shown in found if at < len(shown))
        if len(counts) > 1:
            out.append(Slot(tuple(sorted(counts.items(), key=lambda c: (-c[1], c[0])))))
    return tuple(out)

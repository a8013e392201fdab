"""One question in all other agreements: what each has on a topic, from kept cells, and its clause nearest to one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analyzers.terms import terms
from corpus.citations.writing import cite, place
from corpus.clauses.clause import Clause
from corpus.comparison.grid import CellStatus
from corpus.comparison.kept.brief import THERE, brief
from corpus.comparison.kept.cells import KeptCell
from corpus.comparison.kept.library_cells import LibraryCells, cells_in
from corpus.comparison.table import wanted_topics
from corpus.effects.lives import lives, short_or_none
from corpus.effects.standing import StateOnDay
from corpus.errors import NotFoundError
from corpus.lexicon.acts import TREATIES
from corpus.lexicon.reckoning import today
from corpus.library import Library, Summary
from corpus.metadata.short_names import short_names
from corpus.model import InstrumentType

OTHERS_PAGE = 100
"""Agreements told at once when nothing else is asked."""

LETTERS = 220
"""Letters of a clause that are told, at most; cut at a word."""

_ORDER = (CellStatus.PRESENT, CellStatus.INCONCLUSIVE, CellStatus.ABSENT)


@dataclass(frozen=True, slots=True)
class OtherAgreement:
    """What another agreement has on a topic: its nearest clause ("" where it has none) and the state of that clause.

    `brief` is the value read there («30 дней»), "" where none is; of an inconclusive cell the clause is only likely.
    """

    document: str
    name: str
    date: str | None
    status: CellStatus
    eid: str
    place: str
    text: str
    brief: str
    confidence: float
    decided: bool
    state: StateOnDay | None


@dataclass(frozen=True, slots=True)
class Others:
    """A page of other agreements on a topic of a provision: those that have it first, the newest first among these.

    `topics` are the topics of the provision as (id, label), the one asked first; where there is none nothing is told.
    The counts are of all other agreements.
    """

    document: str
    eid: str
    citation: str
    topic: str
    label: str
    topics: tuple[tuple[str, str], ...]
    agreements: tuple[OtherAgreement, ...]
    present: int
    absent: int
    inconclusive: int
    total: int


def others(library: Library, at: tuple[str, str], topic: str = "", start: int = 0, limit: int = OTHERS_PAGE) -> Others:
    """Say what each other agreement has on a topic of the provision `at` (document, eId); "" is its surest topic.

    Raise NotFoundError for what is not there.
    """
    cells, clause = cells_in(library), _clause(library, at)
    topics = list(_topics(cells, at, clause))
    if topic:
        topics = list(dict.fromkeys([_named(cells, topic), *topics]))
    wanted = next(iter(topics), "")
    summaries = {s.id: s for s in library.documents()}
    found = {s.id: cells.status(s.id, wanted) for s in _agreements(summaries.values(), cells, at[0]) if wanted}
    page = sorted(found, key=lambda d: _ORDER.index(found[d]))[start : start + limit]
    named = short_names(summaries[d] for d in found)
    counts, labels = list(found.values()), {t: cells.table.by_id[t].label for t in topics}
    return Others(
        *at,
        cite(summaries[at[0]], at[1]),
        wanted,
        labels.get(wanted, ""),
        tuple(labels.items()),
        tuple(_rows(library, wanted, {d: (summaries[d], named[d]) for d in page}, clause)),
        counts.count(CellStatus.PRESENT),
        counts.count(CellStatus.ABSENT),
        counts.count(CellStatus.INCONCLUSIVE),
        len(counts),
    )


def _clause(library: Library, at: tuple[str, str]) -> Clause | None:
    """Return the clause asked about; None for a unit without words of its own; raise NotFoundError for none at all."""
    found = library.clauses([at])
    if not found and library.get(at[0]).find(at[1]) is None:
        raise NotFoundError(f"В документе {at[0]} нет положения {at[1]}.")
    return next(iter(found), None)


def _named(cells: LibraryCells, topic: str) -> str:
    """Return the id of a topic named by id or label."""
    (wanted,) = wanted_topics([topic], cells.table)
    if wanted not in cells.table.by_id:
        raise NotFoundError(f"Нет темы «{topic}».")
    return wanted


def _topics(cells: LibraryCells, at: tuple[str, str], clause: Clause | None) -> Iterator[str]:
    """Yield the topics of a provision once each: surely its own, those of what holds it, those of what lies in it."""
    document, eid = at
    own, inside = [], []
    for topic in cells.table.by_id if document in cells.kept else ():
        if cells.status(document, topic) is CellStatus.PRESENT:
            for there, _, score in cells.cell(document, topic).provisions:
                own += [(-score, topic)] if there == eid else []
                inside += [topic] if there.startswith(f"{eid}__") else []
    above = [t for t in reversed(clause.topics) if t in cells.table.by_id] if clause else []
    yield from dict.fromkeys([*(topic for _, topic in sorted(own)), *above, *inside])


def _agreements(summaries: Iterable[Summary], cells: LibraryCells, but: str) -> list[Summary]:
    """Return the agreements of the library but one, the newest first."""
    kept = [s for s in summaries if s.id != but and s.id in cells.kept and InstrumentType(s.type) in TREATIES]
    return sorted(sorted(kept, key=lambda s: (s.source, s.place)), key=lambda s: s.date or "", reverse=True)


def _rows(
    library: Library, topic: str, page: Mapping[str, tuple[Summary, str]], asked: Clause | None
) -> Iterator[OtherAgreement]:
    """Yield what each agreement of a page has; words are read of these alone, in one look."""
    cells = cells_in(library)
    held = {d: cells.cell(d, topic) for d in page}
    keys = [(d, eid) for d, cell in held.items() for eid, *_ in cell.provisions]
    read = {(c.document, c.eid): c for c in library.clauses(keys)} if keys else {}
    states, words = lives(library), _words(asked)
    states.fetch(page)
    for about, name in page.values():
        cell, decision = held[about.id], cells.decision(about.id, topic)
        eid = _nearest(cell, {e: read.get((about.id, e)) for e, *_ in cell.provisions}, words)
        value = brief(cell) if cell.status is CellStatus.PRESENT else ""
        yield OtherAgreement(
            about.id,
            name,
            about.date,
            cell.status,
            eid,
            place(about, eid) if eid else "",
            _told(cell, eid, read.get((about.id, eid))),
            "" if value == THERE else value,
            cell.confidence,
            bool(decision and not decision.stale),
            short_or_none(states, about.id, today(), eid),
        )


def _nearest(cell: KeptCell, clauses: Mapping[str, Clause | None], words: frozenset[str]) -> str:
    """Return the provision of a cell that shares most words with what was asked about, of equals the surest."""

    def near(provision: tuple[str, object, float]) -> tuple[float, float]:
        own = _words(clauses[provision[0]])
        return len(words & own) / max(len(words | own), 1), provision[2]

    return max(cell.provisions, key=near)[0] if len(cell.provisions) > 1 else "".join(e for e, *_ in cell.provisions)


def _words(clause: Clause | None) -> frozenset[str]:
    return frozenset(t.lemmas[0] for t in terms(clause.text)) if clause else frozenset()


def _told(cell: KeptCell, eid: str, clause: Clause | None) -> str:
    """Return the first words of a clause from where it speaks of the topic, else its heading."""
    if clause is None or not clause.text:
        return clause.heading if clause else ""
    start = next((spans[0].start for at, spans, _ in cell.provisions if at == eid and spans), 0)
    words = ("… " if start else "") + clause.text[start:].strip()
    return words if len(words) <= LETTERS else words[:LETTERS].rpartition(" ")[0].rstrip(",;:–— ") + " …"

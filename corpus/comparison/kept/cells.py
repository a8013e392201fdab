"""Cells of a comparison: what was found on a topic as it is kept beside a document, and the lawyer's word above it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzers.spans import Span
from corpus.citations.writing import place
from corpus.clauses.units import Sentence, units
from corpus.comparison.grid import Cell, CellProvision, CellStatus, Decision, Verdict
from corpus.comparison.kept.found import Member
from corpus.model import Document
from corpus.values.value import Passage, Value, passages
from corpus.values.values import read

TAGGED_SENTENCES_ONLY = {"execution-term"}
"""Rows whose values are read in the sentences that show the topic: other terms stand beside them."""

LAWYER = ("решение юриста",)

NOTHING = 0.95
"""How surely a topic is absent that nothing in a document's Russian text tells of."""

Placed = Sequence[tuple[str, Member]]
"""Members of a cell with their eIds."""


@dataclass(frozen=True, slots=True)
class KeptCell:
    """What a document has on a topic, before any lawyer: provisions as (eId, spans, score).

    Values of a doubtful cell are kept for the day a lawyer confirms it, and told by nobody before.
    """

    status: CellStatus
    confidence: float
    provisions: tuple[tuple[str, tuple[Span, ...], float], ...] = ()
    values: tuple[Value, ...] = ()
    evidence: tuple[str, ...] = ()


ABSENT = KeptCell(CellStatus.ABSENT, NOTHING, evidence=("ничего похожего не найдено",))
FOREIGN = KeptCell(CellStatus.INCONCLUSIVE, 0.5, evidence=("русского текста в документе нет: сличить не с чем",))
"""Between texts of different languages nothing is absent."""


class Sheet:
    """A document at hand while cells are filled: its units and provisions by eId."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.units = {u.eid: u for u in units(document)}
        self.provisions = {p.eid: p for p in document.instrument.walk()}

    @property
    def foreign(self) -> bool:
        """Say whether the document has text, and none of it Russian."""
        written = [p.lang for p in self.provisions.values() if p.text]
        return bool(written) and "ru" not in written

    def text(self, eid: str) -> str:
        """Return the words of a unit with its list, a paragraph a line."""
        unit = self.units.get(eid)
        members = unit.members if unit else tuple(p.eid for p in self.provisions[eid].walk())
        lines = [(self.provisions[m].num if m != eid else None, self.provisions[m].text) for m in members]
        return "\n".join(f"{num}) {text}" if num else text for num, text in lines)

    def provision(self, eid: str, spans: tuple[Span, ...], score: float) -> CellProvision:
        """Build a cell's provision."""
        return CellProvision(eid, spans, score, self.text(eid), place(self.document, eid))

    def passages(self, eid: str, told: Sequence[Sentence]) -> list[Passage]:
        """Return sentences of a unit to be read."""
        return passages(self.units[eid], told, lambda at: self.units[at].text)


def filled(sheet: Sheet, topic: str, members: Placed, status: CellStatus = CellStatus.PRESENT) -> KeptCell:
    """Fill a cell with what was found: places, evidence, and the values read there."""
    provisions: list[tuple[str, tuple[Span, ...], float]] = []
    sources: list[Passage] = []
    evidence: list[str] = []
    for eid, member in members:
        unit = sheet.units[eid]
        spans = tuple(sorted({span for at, span in member.places if at == eid})) or tuple(s.span for s in unit.own)
        provisions.append((eid, spans, round(member.score, 3)))
        told: Sequence[Sentence] = unit.sentences
        if topic in TAGGED_SENTENCES_ONLY:
            told = [s for s in told if (s.eid, s.span) in member.places]
        sources += sheet.passages(eid, told)
        evidence += [e for e in member.evidence if e not in evidence]
    values = _with_metadata(topic, sheet.document, read(topic, sources), sources)
    sure = round(max(m.score for _, m in members), 3)
    return KeptCell(status, sure, tuple(provisions), values, tuple(evidence))


def _with_metadata(
    topic: str, document: Document, values: tuple[Value, ...], sources: Sequence[Passage]
) -> tuple[Value, ...]:
    """Complete the closing formula from the metadata read at ingest."""
    if topic != "authentic-texts" or not sources:
        return values
    made, have = document.instrument, {v.name for v in values}
    spare = [
        ("языки текста", list(made.languages), ", ".join(made.languages)),
        ("число экземпляров", made.copies, str(made.copies)),
    ]
    more = [Value(n, v, s, sources[0].eid, sources[0].span) for n, v, s in spare if v and n not in have]
    return (*values, *more)


def cell_of(sheet: Sheet, topic: str, kept: KeptCell, decision: Decision | None = None) -> Cell:
    """Show a kept cell under what was decided of it; a stale decision is told and changes nothing."""
    ruled = ruling(sheet, topic, kept, decision)
    present = ruled.status is CellStatus.PRESENT
    return Cell(
        sheet.document.id,
        ruled.status,
        ruled.confidence,
        tuple(sheet.provision(*p) for p in ruled.provisions),
        {v.name: v.value for v in ruled.values} if present else {},
        ruled.values if present else (),
        ruled.evidence,
        decision,
    )


def ruling(sheet: Sheet, topic: str, kept: KeptCell, decision: Decision | None) -> KeptCell:
    """Return what stands of a kept cell after a decision."""
    if decision is None or decision.stale:
        return kept
    if decision.verdict is Verdict.CORRECT:
        return _corrected(sheet, topic, decision)
    if decision.verdict is Verdict.REJECT or not kept.provisions:
        return KeptCell(CellStatus.ABSENT, 1.0, evidence=LAWYER)
    return replace(kept, status=CellStatus.PRESENT, confidence=1.0)


def _corrected(sheet: Sheet, topic: str, decision: Decision) -> KeptCell:
    provisions: list[tuple[str, tuple[Span, ...], float]] = []
    sources: list[Passage] = []
    for eid in decision.provisions:
        provision = sheet.provisions.get(eid)
        if provision is None:
            continue
        provisions.append((eid, (Span(0, len(provision.text)),) if provision.text else (), 1.0))
        inside = [sheet.units[p.eid] for p in provision.walk() if p.eid in sheet.units]
        sources += [p for u in inside for p in sheet.passages(u.eid, u.own)]
    return KeptCell(CellStatus.PRESENT, 1.0, tuple(provisions), read(topic, sources), LAWYER)

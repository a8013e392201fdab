"""Cells of a comparison: provisions with their words, values read out of them, and the lawyer's word above all."""

from collections.abc import Sequence
from dataclasses import replace

from analyzers.spans import Span
from corpus.citations.writing import place
from corpus.clauses.units import Sentence, units
from corpus.comparison.align import FOUND
from corpus.comparison.grid import Cell, CellProvision, CellStatus, Decision, Verdict
from corpus.comparison.rows import Member
from corpus.model import Document
from corpus.values.value import Passage, Value, passages
from corpus.values.values import read

TAGGED_SENTENCES_ONLY = {"execution-term"}
"""Rows whose values are read in the sentences that show the topic: other terms stand beside them."""

WORTH_TELLING = 0.01
"""A provision less likely than this is no near one."""

LAWYER = ("решение юриста",)

Placed = Sequence[tuple[str, Member]]
"""Members of a cell with their eIds."""


class Sheet:
    """A document at hand while cells are filled: its units and provisions by eId."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.units = {u.eid: u for u in units(document)}
        self.provisions = {p.eid: p for p in document.instrument.walk()}

    def text(self, eid: str) -> str:
        """Return the words of a unit with its list, a paragraph a line."""
        unit = self.units.get(eid)
        members = unit.members if unit else tuple(p.eid for p in self.provisions[eid].walk())
        lines = [(self.provisions[m].num if m != eid else None, self.provisions[m].text) for m in members]
        return "\n".join(f"{num}) {text}" if num else text for num, text in lines)

    def provision(self, eid: str, spans: tuple[Span, ...], score: float) -> CellProvision:
        """Build a cell's provision."""
        return CellProvision(eid, spans, round(score, 3), self.text(eid), place(self.document, eid))

    def passages(self, eid: str, told: Sequence[Sentence]) -> list[Passage]:
        """Return sentences of a unit to be read."""
        return passages(self.units[eid], told, lambda at: self.units[at].text)


def cell_of(
    sheet: Sheet, topic: str, members: Placed, doubtful: Placed, nearest: tuple[float, str], decision: Decision | None
) -> Cell:
    """Fill a cell; `nearest` is the probability of the likeliest provision, and its eId, when there are none."""
    document = sheet.document.id
    decided = decision is not None and not decision.stale
    if decided and decision is not None and decision.verdict is Verdict.REJECT:
        return Cell(document, CellStatus.ABSENT, 1.0, evidence=LAWYER, decision=decision)
    if decided and decision is not None and decision.verdict is Verdict.CORRECT:
        return _corrected(sheet, topic, decision)
    if members or (doubtful and decided):
        cell = _filled(sheet, topic, members or doubtful)
        return replace(cell, confidence=1.0 if decided else cell.confidence, decision=decision)
    if doubtful:
        cell = _filled(sheet, topic, doubtful)
        return replace(cell, status=CellStatus.INCONCLUSIVE, values={}, shown=(), decision=decision)
    if decided:
        return Cell(document, CellStatus.ABSENT, 1.0, evidence=LAWYER, decision=decision)
    chance, eid = nearest
    told = "ничего похожего не найдено"
    if chance >= WORTH_TELLING:
        told = f"ближайшее — {place(sheet.document, eid)}: {round(100 * chance)} % при пороге {round(100 * FOUND)} %"
    return Cell(document, CellStatus.ABSENT, round(1 - chance, 3), evidence=(told,), decision=decision)


def _filled(sheet: Sheet, topic: str, members: Placed) -> Cell:
    provisions, sources, evidence = [], [], []
    for eid, member in members:
        unit = sheet.units[eid]
        spans = tuple(sorted({span for at, span in member.places if at == eid})) or tuple(s.span for s in unit.own)
        provisions.append(sheet.provision(eid, spans, member.score))
        told: Sequence[Sentence] = unit.sentences
        if topic in TAGGED_SENTENCES_ONLY:
            told = [s for s in told if (s.eid, s.span) in member.places]
        sources += sheet.passages(eid, told)
        evidence += [e for e in member.evidence if e not in evidence]
    values = _with_metadata(topic, sheet.document, read(topic, sources), sources)
    sure = round(max(m.score for _, m in members), 3)
    return Cell(
        sheet.document.id,
        CellStatus.PRESENT,
        sure,
        tuple(provisions),
        {v.name: v.value for v in values},
        values,
        tuple(evidence),
    )


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


def _corrected(sheet: Sheet, topic: str, decision: Decision) -> Cell:
    provisions, sources = [], []
    for eid in decision.provisions:
        provision = sheet.provisions.get(eid)
        if provision is None:
            continue
        spans = (Span(0, len(provision.text)),) if provision.text else ()
        provisions.append(sheet.provision(eid, spans, 1.0))
        inside = [sheet.units[p.eid] for p in provision.walk() if p.eid in sheet.units]
        sources += [p for u in inside for p in sheet.passages(u.eid, u.own)]
    values = read(topic, sources)
    return Cell(
        sheet.document.id,
        CellStatus.PRESENT,
        1.0,
        tuple(provisions),
        {v.name: v.value for v in values},
        values,
        LAWYER,
        decision,
    )

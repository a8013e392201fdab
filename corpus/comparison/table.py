"""Comparison of 2 to 12 documents: rows of cells with provisions, values, differences and the lawyer's decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from analyzers.spans import Span
from corpus.citations.writing import Form, name, place
from corpus.comparison.align import FOUND
from corpus.comparison.decisions import cell_key, decisions
from corpus.comparison.model import Cell, CellProvision, CellStatus, Column, Comparison, Decision, Row, Value, Verdict
from corpus.comparison.rows import Draft, Member, Table
from corpus.comparison.summary import GROUNDS, missing_grounds, summary
from corpus.comparison.topics import Topics, topics
from corpus.comparison.units import Sentence, units
from corpus.comparison.values import Passage, passages, read
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.model import Document

SHORT_LENGTH = 60
"""Letters a column's heading may take."""

TAGGED_SENTENCES_ONLY = {"execution-term"}
"""Rows whose values are read in the sentences that show the topic: other terms stand beside them."""


def compare(
    documents: Sequence[Document],
    decided: Mapping[str, Decision] | None = None,
    only: Iterable[str] = (),
    table: Topics | None = None,
) -> Comparison:
    """Compare documents; `only` are topics to keep (ids or labels), `decided` the decisions by key.

    Raise QueryError for fewer than 2 or more than 12 documents, NotFoundError for an unknown topic.
    """
    table = table or topics()
    laid = Table(documents, table)
    columns = _columns(documents)
    wanted = _wanted(only, table)
    drafts = [
        d for d in _with_decided(laid.drafts(), documents, decided or {}, table) if not wanted or d.topic in wanted
    ]
    rows = [_row(d, laid, columns, decided or {}) for d in drafts]
    return Comparison(columns, tuple(rows))


def compare_in(library: Library, ids: Sequence[str], only: Iterable[str] = ()) -> Comparison:
    """Compare documents of a library under its decisions; raise NotFoundError, QueryError."""
    documents = [library.get(i) for i in ids]
    return compare(documents, decisions(library, documents), only)


def _wanted(only: Iterable[str], table: Topics) -> set[str]:
    labels = {t.label.lower(): t.id for t in table.by_id.values()}
    out = set()
    for wish in only:
        found = wish if wish in table.by_id else labels.get(wish.strip().lower())
        if found is None:
            raise NotFoundError(f"Нет темы «{wish}». Темы: {', '.join(t.label for t in table.by_id.values())}.")
        out.add(found)
    return out


def _columns(documents: Sequence[Document]) -> tuple[Column, ...]:
    shorts = [_short(d) for d in documents]
    out = []
    for n, (document, short) in enumerate(zip(documents, shorts, strict=True), 1):
        shown = short if shorts.count(short) == 1 else f"{short} [{n}]"
        made = document.instrument
        out.append(Column(document.id, document.source, document.place, made.title, made.date, shown))
    return tuple(out)


def _short(document: Document) -> str:
    """Name a document for a narrow column: by its date, or as undated when its whole title would be needed."""
    short, made = name(document, Form.SHORT), document.instrument
    return short if made.date or len(short) <= SHORT_LENGTH else f"{made.title.split()[0]} без даты"


def _with_decided(
    drafts: list[Draft], documents: Sequence[Document], decided: Mapping[str, Decision], table: Topics
) -> list[Draft]:
    """Add rows the machine did not find but the lawyer filled."""
    have, ids = {d.topic for d in drafts}, {d.id for d in documents}
    for decision in decided.values():
        topic = table.by_id.get(decision.topic or "")
        filled = decision.verdict is Verdict.CORRECT and decision.document in ids
        if topic is not None and topic.id not in have and filled:
            have.add(topic.id)
            drafts.append(Draft(topic.id, topic.label))
    order = {t.id: t.order for t in table.by_id.values()}
    return sorted(drafts, key=lambda d: order.get(d.topic, len(order)))


def _row(draft: Draft, laid: Table, columns: Sequence[Column], decided: Mapping[str, Decision]) -> Row:
    cells: dict[str, Cell] = {}
    for c, column in enumerate(columns):
        decision = decided.get(cell_key(column.document, draft.topic))
        cells[column.document] = _cell(draft, c, laid, decision)
    if draft.topic == "refusal":
        for document, lacking in missing_grounds(cells).items():
            if lacking:
                told = (*cells[document].evidence, f"{GROUNDS}: нет — {', '.join(lacking)}")
                cells[document] = replace(cells[document], evidence=told)
    same = _same_words(cells, laid)
    differs = not same or len({c.status for c in cells.values()}) > 1 or _values_differ(cells)
    return Row(draft.topic, draft.label, differs, cells, summary(cells, columns, same_words=same))


def _cell(draft: Draft, c: int, laid: Table, decision: Decision | None) -> Cell:
    document = laid.columns[c].document
    if decision is not None and not decision.stale and decision.verdict is not Verdict.CONFIRM:
        if decision.verdict is Verdict.REJECT:
            return Cell(document.id, CellStatus.ABSENT, 1.0, evidence=("решение юриста",), decision=decision)
        return _corrected(draft.topic, document, decision)
    members = draft.members.get(c, [])
    if members:
        cell = _filled(draft.topic, document, [(laid.columns[c].units[m.unit].eid, m) for m in members])
        sure = 1.0 if decision is not None and not decision.stale else max(m.score for m in members)
        return replace(cell, confidence=round(sure, 3), decision=decision)
    doubtful = draft.doubtful.get(c, [])
    near = draft.nearest.get(c, 0.0)
    if decision is not None and not decision.stale:  # a confirmed absence
        return Cell(document.id, CellStatus.ABSENT, 1.0, evidence=("решение юриста",), decision=decision)
    if doubtful:
        cell = _filled(draft.topic, document, [(laid.columns[c].units[m.unit].eid, m) for m in doubtful])
        return replace(cell, status=CellStatus.INCONCLUSIVE, values={}, shown=(), decision=decision)
    told = f"ни одно положение не подходит: ближайшее — {round(100 * near)} % при пороге {round(100 * FOUND)} %"
    return Cell(document.id, CellStatus.ABSENT, round(1 - near, 3), evidence=(told,), decision=decision)


def _filled(topic: str, document: Document, members: Sequence[tuple[str, Member]]) -> Cell:
    made = {u.eid: u for u in units(document)}
    provisions, sources, evidence = [], [], []
    for eid, member in members:
        unit = made[eid]
        spans = tuple(sorted({span for at, span in member.places if at == eid})) or tuple(s.span for s in unit.own)
        provisions.append(
            CellProvision(eid, spans, round(member.score, 3), whole_text(document, eid), place(document, eid))
        )
        told: Sequence[Sentence] = unit.sentences
        if topic in TAGGED_SENTENCES_ONLY:
            told = [s for s in told if (s.eid, s.span) in member.places]
        sources += passages(unit, told, lambda at: made[at].text)
        evidence += [e for e in member.evidence if e not in evidence]
    values = _with_metadata(topic, document, read(topic, sources), sources)
    return Cell(
        document.id, CellStatus.PRESENT, round(max(m.score for _, m in members), 3), tuple(provisions),
        {v.name: v.value for v in values}, values, tuple(evidence),
    )  # fmt: skip


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


def _corrected(topic: str, document: Document, decision: Decision) -> Cell:
    made = {u.eid: u for u in units(document)}
    provisions, sources = [], []
    for eid in decision.provisions:
        provision = document.find(eid)
        if provision is None:
            continue
        inside = [made[p.eid] for p in provision.walk() if p.eid in made]
        spans = (Span(0, len(provision.text)),) if provision.text else ()
        provisions.append(CellProvision(eid, spans, 1.0, whole_text(document, eid), place(document, eid)))
        sources += [p for u in inside for p in passages(u, u.own, lambda at: made[at].text)]
    values = read(topic, sources)
    return Cell(
        document.id, CellStatus.PRESENT, 1.0, tuple(provisions), {v.name: v.value for v in values}, values,
        ("решение юриста",), decision,
    )  # fmt: skip


def whole_text(document: Document, eid: str) -> str:
    """Return the words of a unit with its list, a paragraph a line."""
    unit = next((u for u in units(document) if u.eid == eid), None)
    provisions = {p.eid: p for p in document.instrument.walk()}
    members = unit.members if unit else tuple(p.eid for p in provisions[eid].walk())
    return "\n".join(_numbered(provisions[m].num if m != eid else None, provisions[m].text) for m in members)


def _numbered(num: str | None, text: str) -> str:
    return f"{num}) {text}" if num else text


def _same_words(cells: Mapping[str, Cell], laid: Table) -> bool:
    """Say whether the present cells use the same words, whatever their forms."""
    texts = set()
    for column in laid.columns:
        cell = cells[column.document.id]
        if cell.status is CellStatus.PRESENT:
            made = {u.eid: u for u in column.units}
            told = [s for p in cell.provisions if p.eid in made for s in made[p.eid].sentences]
            texts.add(tuple(t.lemmas[0] for s in told for t in s.terms))
    return len(texts) <= 1


def _values_differ(cells: Mapping[str, Cell]) -> bool:
    present = [c for c in cells.values() if c.status is CellStatus.PRESENT]
    names = {n for c in present for n in c.values}
    return any(len({_comparable(c.values.get(n)) for c in present}) > 1 for n in names)


def _comparable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return frozenset(value.items())
    return frozenset(value) if isinstance(value, list) else value

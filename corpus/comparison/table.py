"""Comparison of 2 to 12 documents: rows of cells with provisions, values, differences and the lawyer's decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.citations.writing import CitationForm, name
from corpus.comparison.cells import Sheet, cell_of
from corpus.comparison.decisions import cell_key, decisions
from corpus.comparison.differences import word
from corpus.comparison.grid import Cell, CellStatus, Column, Comparison, Decision, Row, Verdict
from corpus.comparison.rows import UNTOLD, Draft, Member, Table
from corpus.comparison.stated import stated
from corpus.comparison.summary import GROUNDS, missing_grounds, summary
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.model import Document
from corpus.topics.own_topics import topics_in
from corpus.topics.topics import Topics, topics

SHORT_LENGTH = 60
"""Letters a column's heading may take."""


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
    drafts = _without_moved(laid, _with_decided(laid.drafts(), documents, decided or {}, table), decided or {})
    drafts = [d for d in drafts if not wanted or d.topic in wanted]
    sheets = [Sheet(d) for d in documents]
    rows = [_row(d, laid, sheets, columns, decided or {}) for d in drafts]
    return Comparison(columns, tuple(rows))


def compare_in(library: Library, ids: Sequence[str], only: Iterable[str] = ()) -> Comparison:
    """Compare documents of a library under its decisions; raise NotFoundError, QueryError."""
    documents = [library.get(i) for i in ids]
    return stated(compare(documents, decisions(library, documents), only, topics_in(library)), library)


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
    short, made = name(document, CitationForm.SHORT), document.instrument
    return short if made.date or len(short) <= SHORT_LENGTH else f"{made.title.split()[0]} без даты"


def _with_decided(
    drafts: list[Draft], documents: Sequence[Document], decided: Mapping[str, Decision], table: Topics
) -> list[Draft]:
    """Add rows the machine did not find but the lawyer filled."""
    have, ids = {d.topic for d in drafts}, {d.id for d in documents}
    seen = {anchor for d in drafts for anchor in d.anchors}
    for decision in decided.values():
        if decision.verdict is not Verdict.CORRECT or decision.document not in ids or not decision.topic:
            continue
        topic, label = table.by_id.get(decision.topic), f"Без темы: {', '.join(decision.provisions)}"
        lost = decision.topic.startswith(UNTOLD) and not seen & set(decision.anchors)
        if decision.topic not in have and (topic is not None or lost):
            have.add(decision.topic)
            drafts.append(Draft(decision.topic, topic.label if topic else label, anchors=decision.anchors))
    order = {t.id: t.order for t in table.by_id.values()}
    return sorted(drafts, key=lambda d: order.get(d.topic, len(order)))


def _without_moved(laid: Table, drafts: list[Draft], decided: Mapping[str, Decision]) -> list[Draft]:
    """Take what the lawyer put under a topic out of the rows without one."""
    moved = {
        (d.document, eid)
        for d in decided.values()
        if d.verdict is Verdict.CORRECT and not d.anchors and not d.stale
        for eid in d.provisions
    }
    for draft in drafts:
        if draft.anchors and draft.members:
            for c, members in list(draft.members.items()):
                units, document = laid.columns[c].units, laid.columns[c].document.id
                draft.members[c] = [m for m in members if (document, units[m.unit].eid) not in moved]
            draft.members = {c: members for c, members in draft.members.items() if members}
    return [d for d in drafts if d.members or not d.anchors or _kept(d, decided)]


def _kept(draft: Draft, decided: Mapping[str, Decision]) -> bool:
    return any(d.topic == draft.topic for d in decided.values())


def _row(
    draft: Draft, laid: Table, sheets: Sequence[Sheet], columns: Sequence[Column], decided: Mapping[str, Decision]
) -> Row:
    cells: dict[str, Cell] = {}
    for c, column in enumerate(columns):
        decision = _decision(decided, column.document, draft)
        members, doubtful = (_placed(laid, c, m.get(c, ())) for m in (draft.members, draft.doubtful))
        chance, unit = draft.nearest.get(c, (0.0, 0))
        nearest = chance, laid.columns[c].units[unit].eid if chance else ""
        cells[column.document] = cell_of(sheets[c], draft.topic, members, doubtful, nearest, decision)
    if draft.topic == "refusal":
        for document, lacking in missing_grounds(cells).items():
            if lacking:
                told = (*cells[document].evidence, f"{GROUNDS}: нет — {', '.join(lacking)}")
                cells[document] = replace(cells[document], evidence=told)
    same = _same_words(cells, sheets)
    differs = not same or len({c.status for c in cells.values()}) > 1 or _values_differ(cells)
    return Row(draft.topic, draft.label, differs, cells, summary(cells, columns, same_words=same), draft.anchors)


def _decision(decided: Mapping[str, Decision], document: str, draft: Draft) -> Decision | None:
    """Return what was decided of a cell; a row without a topic is known by the provisions it holds."""
    exact = decided.get(cell_key(document, draft.topic))
    if exact is not None or not draft.anchors:
        return exact
    anchors = set(draft.anchors)
    alike = (d for d in decided.values() if d.document == document and d.anchors and anchors & set(d.anchors))
    return max(alike, key=lambda d: d.time, default=None)


def _placed(laid: Table, c: int, members: Sequence[Member]) -> list[tuple[str, Member]]:
    return [(laid.columns[c].units[m.unit].eid, m) for m in members]


def _same_words(cells: Mapping[str, Cell], sheets: Sequence[Sheet]) -> bool:
    """Say whether the present cells use the same words, whatever their forms."""
    texts = set()
    for sheet in sheets:
        cell = cells[sheet.document.id]
        if cell.status is CellStatus.PRESENT:
            told = [s for p in cell.provisions if p.eid in sheet.units for s in sheet.units[p.eid].sentences]
            texts.add(tuple(word(t) for s in told for t in s.terms))
    return len(texts) <= 1


def _values_differ(cells: Mapping[str, Cell]) -> bool:
    present = [c for c in cells.values() if c.status is CellStatus.PRESENT]
    names = {n for c in present for n in c.values}
    return any(len({_comparable(c.values.get(n)) for c in present}) > 1 for n in names)


def _comparable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return frozenset(value.items())
    return frozenset(value) if isinstance(value, list) else value

"""Comparison of 2 to 30 documents: rows of cells with provisions, values, differences and the lawyer's decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.citations.writing import CitationForm, name
from corpus.comparison.decisions import cell_key, decisions
from corpus.comparison.differences import word
from corpus.comparison.grid import Cell, CellStatus, Column, Comparison, Decision, Row, Verdict
from corpus.comparison.kept.cells import ABSENT, FOREIGN, KeptCell, Sheet, cell_of, filled
from corpus.comparison.kept.kept_cells import DocumentCells, made
from corpus.comparison.kept.library_cells import kept_in
from corpus.comparison.kept.stated import stated
from corpus.comparison.rows import UNTOLD, Draft, Untold, checked
from corpus.comparison.summary import GROUNDS, missing_grounds, summary
from corpus.errors import NotFoundError
from corpus.library import Library, each
from corpus.metadata.documents import summary as summary_of
from corpus.metadata.short_names import short_names
from corpus.model import Document
from corpus.topics.own_topics import topics_in
from corpus.topics.topics import Topics, topics


def compare(
    documents: Sequence[Document],
    decided: Mapping[str, Decision] | None = None,
    only: Iterable[str] = (),
    table: Topics | None = None,
    kept: Sequence[DocumentCells] | None = None,
) -> Comparison:
    """Compare documents; `only` are topics to keep (ids or labels), `decided` the decisions by key.

    `kept` are the documents' cells where they are at hand. Raise QueryError for fewer than 2 or more than 30
    documents, NotFoundError for an unknown topic.
    """
    checked(documents)
    table, decided = table or topics(), decided or {}
    wanted = wanted_topics(only, table)
    cells = kept or [made(d, table) for d in documents]
    sheets, columns = [Sheet(d) for d in documents], columns_of(documents)
    told = told_topics(cells, documents, decided, table)
    rows = [_topic_row(table.by_id[t].label, t, sheets, cells, decided) for t in told if not wanted or t in wanted]
    if not wanted or any(t.startswith(UNTOLD) for t in wanted):
        drafts = _untold(documents, cells, decided, table)
        rows += [_untold_row(d, sheets, decided) for d in drafts if not wanted or d.topic in wanted]
    return Comparison(columns, tuple(_summed(row, sheets, columns) for row in rows))


def compare_in(library: Library, ids: Sequence[str], only: Iterable[str] = ()) -> Comparison:
    """Compare documents of a library under its decisions; raise NotFoundError, QueryError."""
    documents = each(library, ids)
    kept = kept_in(library, ids)
    cells = [kept[i] for i in ids if i in kept]
    ready = cells if len(cells) == len(ids) else None
    return stated(compare(documents, decisions(library, documents), only, topics_in(library), ready), library)


def wanted_topics(only: Iterable[str], table: Topics) -> set[str]:
    """Return the ids of topics named by id or label, rows without a topic as they are; raise NotFoundError."""
    labels = {t.label.lower(): t.id for t in table.by_id.values()}
    out = set()
    for wish in only:
        found = wish if wish in table.by_id or wish.startswith(UNTOLD) else labels.get(wish.strip().lower())
        if found is None:
            raise NotFoundError(f"Нет темы «{wish}». Темы: {', '.join(t.label for t in table.by_id.values())}.")
        out.add(found)
    return out


def columns_of(documents: Sequence[Document]) -> tuple[Column, ...]:
    """Name documents for the heads of columns, no two alike."""
    names = short_names(map(summary_of, documents))
    return tuple(
        Column(d.id, d.source, d.place, d.instrument.title, d.instrument.date, names[d.id], name(d, CitationForm.FULL))
        for d in documents
    )


def told_topics(
    cells: Sequence[DocumentCells], documents: Sequence[Document], decided: Mapping[str, Decision], table: Topics
) -> list[str]:
    """Return the topics some document surely has, and those a lawyer spoke of, in their order."""
    ids = {d.id for d in documents}
    told = {t for c in cells for t, status in c.statuses.items() if status is CellStatus.PRESENT}
    told |= {d.topic for d in decided.values() if d.topic and d.document in ids}
    return sorted((t for t in told if t in table.by_id), key=lambda t: table.by_id[t].order)


def _untold(
    documents: Sequence[Document], cells: Sequence[DocumentCells], decided: Mapping[str, Decision], table: Topics
) -> list[Draft]:
    """Return the rows that fit no topic: what is aligned, and what a lawyer said of such a row once."""
    rowed = [
        (c, eid)
        for c, kept in enumerate(cells)
        for topic, status in kept.statuses.items()
        if status is CellStatus.PRESENT
        for eid, *_ in kept.cell(topic).provisions
    ]
    laid = Untold(documents, table)
    drafts, ids = laid.drafts(rowed), {d.id for d in documents}
    mine = [d for d in decided.values() if d.document in ids]
    return _without_moved(laid, [*drafts, *_said_of(drafts, mine)], decided)


def _said_of(drafts: Sequence[Draft], decided: Sequence[Decision]) -> list[Draft]:
    """Return the rows that fit no topic, are not found any more, and were filled by a lawyer."""
    have, seen = {d.topic for d in drafts}, {anchor for d in drafts for anchor in d.anchors}
    lost: dict[str, Draft] = {}
    for decision in decided:
        topic = decision.topic or ""
        corrected = topic.startswith(UNTOLD) and decision.verdict is Verdict.CORRECT
        if corrected and topic not in have and not seen & set(decision.anchors):
            label = f"Без темы: {', '.join(decision.provisions)}"
            lost.setdefault(topic, Draft(topic, label, anchors=decision.anchors))
    return list(lost.values())


def _without_moved(laid: Untold, drafts: list[Draft], decided: Mapping[str, Decision]) -> list[Draft]:
    """Take what the lawyer put under a topic out of the rows without one."""
    moved = {
        (d.document, eid)
        for d in decided.values()
        if d.verdict is Verdict.CORRECT and not d.anchors and not d.stale
        for eid in d.provisions
    }
    for draft in drafts:
        for c, members in list(draft.members.items()):
            units, document = laid.columns[c].units, laid.columns[c].document.id
            draft.members[c] = [m for m in members if (document, units[m.unit].eid) not in moved]
        draft.members = {c: members for c, members in draft.members.items() if members}
        draft.eids = {
            c: [laid.columns[c].units[m.unit].eid for m in (*draft.members.get(c, ()), *draft.doubtful.get(c, ()))]
            for c in range(len(laid.columns))
        }
    return [d for d in drafts if d.members or any(x.topic == d.topic for x in decided.values())]


def _topic_row(
    label: str, topic: str, sheets: Sequence[Sheet], cells: Sequence[DocumentCells], decided: Mapping[str, Decision]
) -> Row:
    told = {
        s.document.id: cell_of(s, topic, c.cell(topic), decided.get(cell_key(s.document.id, topic)))
        for s, c in zip(sheets, cells, strict=True)
    }
    return Row(topic, label, False, told)


def _untold_row(draft: Draft, sheets: Sequence[Sheet], decided: Mapping[str, Decision]) -> Row:
    told = {
        s.document.id: cell_of(s, draft.topic, _untold_cell(draft, c, s), _decision(decided, s.document.id, draft))
        for c, s in enumerate(sheets)
    }
    return Row(draft.topic, draft.label, False, told, anchors=draft.anchors)


def _untold_cell(draft: Draft, c: int, sheet: Sheet) -> KeptCell:
    members, doubtful = draft.members.get(c), draft.doubtful.get(c)
    placed = list(zip(draft.eids.get(c, ()), members or doubtful or (), strict=True))
    if not placed:
        return FOREIGN if sheet.foreign else ABSENT
    return filled(sheet, draft.topic, placed, CellStatus.PRESENT if members else CellStatus.INCONCLUSIVE)


def _summed(row: Row, sheets: Sequence[Sheet], columns: Sequence[Column]) -> Row:
    """Say what differs in a row."""
    cells = dict(row.cells)
    if row.topic == "refusal":
        for document, lacking in missing_grounds(cells).items():
            if lacking:
                told = (*cells[document].evidence, f"{GROUNDS}: нет — {', '.join(lacking)}")
                cells[document] = replace(cells[document], evidence=told)
    same = _same_words(cells, sheets)
    differs = not same or len({c.status for c in cells.values()}) > 1 or _values_differ(cells)
    return replace(row, differs=differs, cells=cells, summary=summary(cells, columns, same_words=same))


def _decision(decided: Mapping[str, Decision], document: str, draft: Draft) -> Decision | None:
    """Return what was decided of a cell; a row without a topic is known by the provisions it holds."""
    exact = decided.get(cell_key(document, draft.topic))
    if exact is not None or not draft.anchors:
        return exact
    anchors = set(draft.anchors)
    alike = (d for d in decided.values() if d.document == document and d.anchors and anchors & set(d.anchors))
    return max(alike, key=lambda d: d.time, default=None)


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

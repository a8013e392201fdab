"""One Russian sentence about a row, built from values and presence alone."""

from collections.abc import Mapping, Sequence

from corpus.comparison.grid import Cell, CellStatus, Column
from corpus.plain import JsonObject

GROUNDS = "основания отказа"
NOT_NAMED = "не названо"
_DUTY = {"обязательный": "отказ обязателен", "факультативный": "отказ возможен"}


def missing_grounds(cells: Mapping[str, Cell]) -> dict[str, list[str]]:
    """Return by document the grounds of refusal that others of the row have and it has not."""
    tables = {d: c.values.get(GROUNDS) or {} for d, c in cells.items()}
    every = list(dict.fromkeys(g for t in tables.values() for g in t))
    return {d: [g for g in every if g not in t] for d, t in tables.items() if t or cells[d].status is CellStatus.ABSENT}


def summary(cells: Mapping[str, Cell], columns: Sequence[Column], *, same_words: bool) -> str:
    """Say what the row's values are and where the subject is absent."""
    short = {c.document: c.short for c in columns}
    present = [d for d in cells if cells[d].status is CellStatus.PRESENT]
    absent = [d for d in cells if cells[d].status is CellStatus.ABSENT]
    doubtful = [d for d in cells if cells[d].status is CellStatus.INCONCLUSIVE]
    names = list(dict.fromkeys(n for d in present for n in cells[d].values))
    parts = [_value_part(n, present, cells, short) for n in names]
    if not parts and present:
        parts = [_presence(present, cells, short, same_words=same_words)]
    if absent and (names or len(present) > 1):
        parts.append(f"нет: {_listed(absent, short)}")
    if doubtful:
        parts.append(f"под вопросом: {_listed(doubtful, short)}")
    text = "; ".join(p for p in parts if p)
    return text[:1].upper() + text[1:] + "." if text else ""


def _presence(present: Sequence[str], cells: Mapping[str, Cell], short: Mapping[str, str], *, same_words: bool) -> str:
    if len(present) == 1:
        return f"есть только в одном документе: {short[present[0]]}"
    words = "слова те же" if same_words else "слова различаются"
    if len(present) == len(cells):
        return f"есть во всех документах, {words}"
    return f"есть в {len(present)} документах из {len(cells)}, {words}"


def _value_part(name: str, present: Sequence[str], cells: Mapping[str, Cell], short: Mapping[str, str]) -> str:
    if name == GROUNDS:
        return _grounds_part({d: cells[d].values.get(name) or {} for d in present}, short)
    shown: dict[str, list[str]] = {}
    for document in present:
        value = next((v.shown for v in cells[document].shown if v.name == name), "не указано")
        alike = next((s for s in shown if sorted(s.split(", ")) == sorted(value.split(", "))), value)
        shown.setdefault(alike, []).append(document)
    if len(shown) == 1 and len(present) == len(cells):
        return f"{name}: {next(iter(shown))} (везде)"
    return f"{name}: " + ", ".join(f"{value} ({_listed(ds, short)})" for value, ds in shown.items())


def _grounds_part(tables: Mapping[str, JsonObject], short: Mapping[str, str]) -> str:
    every = list(dict.fromkeys(g for t in tables.values() for g in t))
    alike: dict[tuple[str, ...], list[str]] = {}
    for ground in every:
        alike.setdefault(tuple(_DUTY.get(str(t.get(ground)), NOT_NAMED) for t in tables.values()), []).append(ground)
    parts = []
    for kinds, named in alike.items():
        if len(set(kinds)) > 1:
            by_kind = {k: [d for d, x in zip(tables, kinds, strict=True) if x == k] for k in dict.fromkeys(kinds)}
            told = ", ".join(f"{k} ({_listed(ds, short)})" for k, ds in by_kind.items())
            parts.append(f"{', '.join(named)} — {told}")
    if not parts:
        return f"{GROUNDS} одни и те же: {', '.join(every)}"
    return f"{GROUNDS} различаются: " + "; ".join(parts)


def _listed(documents: Sequence[str], short: Mapping[str, str]) -> str:
    return ", ".join(short[d] for d in documents)

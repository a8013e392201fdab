"""Metadata a person corrected: stored as decisions, laid over what was read whenever a file is written.

A document's id is computed from what was read, so it stays when a field is corrected; everything else (filters, lists,
citations, the resolving of references) sees the person's value. Decisions are the truth and instruments follow them:
`Library.put` and `Library.amend` call `laid`, and nothing else does.
"""

import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.citations.layered import layer as citations
from corpus.citations.layered import relations
from corpus.codec import from_json, to_json
from corpus.metadata.correctable import FIELDS, typed, written
from corpus.metadata.identity import readable_id
from corpus.model import Correction, Diagnostic, Instrument, SourceFile
from corpus.plain import JsonObject, Record

PREFIX = "metadata:"
OTHERWISE, LEFT_BEHIND = "corrected-otherwise", "corrections-left-behind"
"""Rules of the doubts this module raises."""


@dataclass(frozen=True, slots=True)
class StoredCorrection:
    """A correction as a decision; `value` None withdraws it.

    It belongs to the document of this id, and to whatever the same bytes (`sha256`) at this place are parsed to later.
    `renewed_by` and `renewed_at` tell who put it in force again after it was withdrawn, and when.
    """

    key: str
    document: str
    source: str
    place: int
    sha256: str
    field: str
    value: tuple[str, ...] | None
    read: tuple[str, ...]
    author: str
    time: str
    note: str = ""
    imported_by: str = ""
    renewed_by: str = ""
    renewed_at: str = ""

    def belongs(self, id_: str, file: SourceFile, place: int) -> bool:
        """Say whether it is about the document a place of a file holds."""
        return self.document == id_ or (self.here(file, place) and self.sha256 == file.sha256)

    def here(self, file: SourceFile, place: int) -> bool:
        """Say whether it was made of what stood at this place of a file of this name."""
        return (self.source, self.place) == (file.key, place)

    def decision(self) -> Record:
        """Return the JSON object a library stores."""
        return {"value": None, **to_json(self)}


def key(document: str, field: str) -> str:
    """Name the decision about a field of a document."""
    return f"{PREFIX}{document}:{field}"


def stored(decision: JsonObject) -> StoredCorrection | None:
    """Read a decision; None when it is none of ours or cannot be read."""
    if not str(decision.get("key", "")).startswith(PREFIX):
        return None
    try:
        found = from_json(StoredCorrection, decision)
        if found.value is not None:
            typed(found.field, found.value)
    except (KeyError, TypeError, ValueError):
        return None
    return found if isinstance(found, StoredCorrection) and found.field in FIELDS else None


def as_read(act: Instrument) -> Instrument:
    """Return an instrument as the text gives it, without the corrections it bears."""
    kept = tuple(d for d in act.diagnostics if d.rule not in {OTHERWISE, LEFT_BEHIND})
    if not act.corrected and kept == act.diagnostics:
        return act
    read = {c.field: typed(c.field, c.read) for c in act.corrected}
    return _with(act, read, corrected=(), diagnostics=kept)


def document_id(act: Instrument, source: str, place: int) -> str:
    """Return the id of the document an instrument is; corrections do not change it."""
    read = {c.field: typed(c.field, c.read) for c in act.corrected}
    type_, date, title = (read.get(name, getattr(act, name)) for name in ("type", "date", "title"))
    return readable_id(type_, date, title, source, place)


def laid(file: SourceFile, corrections: Sequence[StoredCorrection]) -> SourceFile:
    """Return a file whose instruments bear the corrections that belong to them; itself when they do already."""
    if not corrections and all(as_read(act) is act for act in file.instruments):
        return file
    made = tuple(_laid(file, place, act, corrections) for place, act in enumerate(file.instruments))
    return file if all(map(operator.is_, made, file.instruments)) else replace(file, instruments=made)


def _laid(file: SourceFile, place: int, act: Instrument, corrections: Iterable[StoredCorrection]) -> Instrument:
    id_ = document_id(act, file.key, place)
    latest: dict[str, StoredCorrection] = {}
    behind: dict[str, StoredCorrection] = {}
    for one in sorted(corrections, key=lambda c: c.time):
        if one.belongs(id_, file, place):
            latest[one.field] = one
        elif one.here(file, place) and one.value is not None:
            behind[one.field] = one
    base = as_read(act)
    values, marks, doubts = {}, [], []
    for field, one in sorted(latest.items()):
        if one.value is not None:
            values[field] = typed(field, one.value)
            now = written(getattr(base, field))
            marks.append(Correction(field, one.value, now, one.author, one.time, one.note))
            doubts += [] if now == one.read else [_otherwise(one, now)]
    doubts += [_left_behind(behind)] if behind else []
    if not marks and not doubts:
        return base
    made = _with(base, values, corrected=tuple(marks), diagnostics=(*base.diagnostics, *doubts))
    return act if (act.corrected, act.diagnostics) == (made.corrected, made.diagnostics) else made


def _with(act: Instrument, values: JsonObject, **more: Any) -> Instrument:
    """Give an instrument other values; what its title and type tell of its references is read anew."""
    made: Instrument = replace(act, **values, **more)
    if citations.LAYER in act.layers and (made.title, made.type) != (act.title, act.type):
        made = replace(made, layers={**act.layers, citations.LAYER: citations.layer(made)})
        if relations.LAYER in act.layers:
            made = replace(made, layers={**made.layers, relations.LAYER: relations.layer(made)})
    return made


def _otherwise(one: StoredCorrection, now: tuple[str, ...]) -> Diagnostic:
    was, told = ("; ".join(v) or "ничего" for v in (one.read, now))
    return Diagnostic(
        OTHERWISE,
        f"Поле «{FIELDS[one.field].name}» исправлено ({one.author}), когда в тексте читалось: {was}. "
        f"Теперь читается: {told}. Проверьте исправление или отмените его.",
    )


def _left_behind(behind: Mapping[str, StoredCorrection]) -> Diagnostic:
    names = ", ".join(f"«{FIELDS[field].name}»" for field in sorted(behind))
    return Diagnostic(
        LEFT_BEHIND,
        f"На этом месте файла стоял другой документ ({next(iter(behind.values())).document}); исправления его "
        f"сведений ({names}) к новому не применены.",
    )


def all_stored(decisions: Iterable[JsonObject]) -> Iterator[StoredCorrection]:
    """Yield the corrections among decisions."""
    for decision in decisions:
        found = stored(decision)
        if found is not None:
            yield found

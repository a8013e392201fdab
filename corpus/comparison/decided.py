"""Everything people decided, of whatever kind, in one list: told, undone, and done again.

What is undone is kept beside the decisions under a key of its own, with who undid it and when, so that it can be told
and brought back; a decision taken anew under the same key outlives it.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.codec import to_json
from corpus.comparison.decisions import (
    anchored,
    cell_decision,
    decision_of,
    equivalent_decision,
    exported,
    is_stale,
    keep,
    now,
)
from corpus.comparison.grid import Decision
from corpus.comparison.judging.judged import is_lost
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.metadata import corrections
from corpus.metadata.correcting import corrected, renew, withdraw
from corpus.metadata.corrections import StoredCorrection
from corpus.model import Document, SourceFile
from corpus.plain import JsonObject, Record

WITHDRAWN = "withdrawn:"
"""What the key of a decision begins with that was undone."""


class DecisionKind(StrEnum):
    """What a decision is about: a cell, a pair of provisions, a fact of a document, a doubt of it, a repair."""

    CELL = "cell"
    EQUIVALENT = "equivalent"
    METADATA = "metadata"
    DOUBT = "doubt"
    REPAIR = "repair"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of any kind as it was made; `withdrawn_by` and `withdrawn_at` tell who undid it and when."""

    key: str
    kind: DecisionKind
    made: Decision | StoredCorrection
    withdrawn_by: str = ""
    withdrawn_at: str = ""

    @property
    def author(self) -> str:
        """Return who did last what the list tells: undid it, put it back, or made it."""
        return self.withdrawn_by or self.made.renewed_by or self.made.author

    @property
    def time(self) -> str:
        """Return when that was (ISO 8601, UTC)."""
        return self.withdrawn_at or self.made.renewed_at or self.made.time

    @property
    def people(self) -> frozenset[str]:
        """Return everybody who made it, put it back or undid it."""
        return frozenset({self.made.author, self.made.renewed_by, self.withdrawn_by} - {""})

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents it is about."""
        other = self.made.other if isinstance(self.made, Decision) else None
        return (self.made.document, other) if other else (self.made.document,)


def decided(library: Library) -> list[Decided]:
    """Return what people decided, the latest first; what was decided anew after it was undone is told once."""
    stored = library.decisions()
    standing = {str(d["key"]) for d in stored}
    found = (_told(d) for d in stored if _original(d) == d["key"] or _original(d) not in standing)
    return sorted((one for one in found if one), key=lambda one: (one.time, one.key), reverse=True)


def chosen(every: Iterable[Decided], kind: str = "", author: str = "", *, undone: bool | None = None) -> list[Decided]:
    """Return the decisions of a kind and of a person ("" is any); `undone` leaves those that were, or were not."""
    return [
        one
        for one in every
        if kind in ("", one.kind) and (not author or author in one.people) and undone in (None, bool(one.withdrawn_by))
    ]


def stale_among(library: Library, every: Iterable[Decided]) -> list[Decision]:
    """Return the standing decisions whose text has changed, a repair's place gone; what was deleted has not."""
    known: dict[str, Document] = {}
    files: dict[str, SourceFile] = {}
    here = {summary.id for summary in library.documents()}
    out = []
    for made in (one.made for one in every if isinstance(one.made, Decision) and not one.withdrawn_by):
        named = {made.document, made.other or "", *(anchor.partition(":")[0] for anchor in made.anchors)}
        for document in (named & here) - known.keys():
            with suppress(NotFoundError):  # deleted meanwhile
                known[document] = library.get(document)
        if is_stale(made, known) or (made.document in here and is_lost(library, made, files)):
            out.append(replace(made, stale=True))
    return out


def again(library: Library, key: str, author: str) -> Decision:
    """Decide the same of the words as they stand now, in the author's name.

    Raise NotFoundError where the decision, its document or a provision it names is there no more.
    """
    made = decision_of(_stored(library, key))
    if made is None or made.doubt or made.spot:
        raise _nothing()
    one = library.get(made.document)
    if made.other:
        pair = (one, made.eid or ""), (library.get(made.other), made.other_eid or "")
        return keep(library, equivalent_decision(*pair, made.verdict, author, made.note))
    anchors = anchored(library, made.anchors)
    anew = cell_decision(one, made.topic or "", made.verdict, author, made.provisions, made.note, anchors=anchors)
    return keep(library, anew)


def exported_whole(library: Library) -> Record:
    """Return all decisions as `exported` does, and under «withdrawn» those undone, which no import takes."""
    undone = [
        {**to_json(one.made), "withdrawn_by": one.withdrawn_by, "withdrawn_at": one.withdrawn_at}
        for one in chosen(decided(library), undone=True)
    ]
    return {**exported(library), "withdrawn": undone}


def undo(library: Library, key: str, author: str) -> None:
    """Withdraw a decision and keep it to be brought back; raise NotFoundError when there is none."""
    stored = _stored(library, key)
    made = _told(stored)
    if made is None:
        raise _nothing()
    if isinstance(made.made, StoredCorrection):
        undo_fact(library, made.made.document, made.made.field, author)
        return
    _keep_withdrawn(library, stored, author)
    library.decide({"key": key, "deleted": True})


def undo_fact(library: Library, document: str, field: str, author: str) -> Document:
    """Put back what was read in a field and keep the correction to be brought back; raise NotFoundError."""
    for one in corrected(library, document, field):
        _keep_withdrawn(library, one.decision(), author)
    return withdraw(library, document, field)


def _keep_withdrawn(library: Library, stored: JsonObject, author: str) -> None:
    library.decide({**stored, "key": f"{WITHDRAWN}{stored['key']}", "withdrawn_by": author, "withdrawn_at": now()})


def redo(library: Library, key: str, author: str) -> None:
    """Put a withdrawn decision in force again as it was made, and tell who did; raise NotFoundError when there is none.

    What was decided under its key since then stays.
    """
    told = _told(_stored(library, WITHDRAWN + key))
    if told is None:
        raise _nothing()
    if not library.decisions([key]):
        if isinstance(told.made, StoredCorrection):
            renew(library, replace(told.made, renewed_by=author, renewed_at=now()))
        else:
            keep(library, replace(told.made, renewed_by=author, renewed_at=now()))
    library.decide({"key": WITHDRAWN + key, "deleted": True})


def _stored(library: Library, key: str) -> JsonObject:
    found = library.decisions([key])
    if not found:
        raise _nothing()
    return found[0]


def _nothing() -> NotFoundError:
    return NotFoundError("Такого решения нет: его уже отменили или вернули. Откройте страницу «Решения» заново.")


def _original(stored: JsonObject) -> str:
    """Return the key a decision has or had."""
    return str(stored["key"]).removeprefix(WITHDRAWN)


def _as_made(stored: JsonObject) -> JsonObject:
    return {k: v for k, v in stored.items() if k not in ("withdrawn_by", "withdrawn_at")} | {"key": _original(stored)}


def _told(stored: JsonObject) -> Decided | None:
    """Read a stored decision of any kind; None for what is none, and for a correction that is being withdrawn."""
    kind = next((k for k in DecisionKind if _original(stored).startswith(f"{k}:")), None)
    if kind is None:
        return None
    whole = _as_made(stored)
    made = corrections.stored(whole) if kind is DecisionKind.METADATA else decision_of(whole)
    if made is None or (isinstance(made, StoredCorrection) and made.value is None):
        return None
    by, at = (str(stored.get(name, "")) for name in ("withdrawn_by", "withdrawn_at"))
    return Decided(made.key, kind, made, by, at)

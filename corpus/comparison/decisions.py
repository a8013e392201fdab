"""What the lawyer decided: stored in the library, laid over what the machine found, flagged when the text changed."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from corpus.codec import from_json, to_json
from corpus.comparison.grid import Decision, Verdict
from corpus.errors import InputError, NotFoundError
from corpus.library import Library
from corpus.metadata import corrections
from corpus.metadata.correcting import mend
from corpus.metadata.corrections import StoredCorrection as Correction
from corpus.model import Document
from corpus.plain import JsonObject, Record
from corpus.topics import own_topics

NOTE_LIMIT = 4000
VERSION = 1


def cell_key(document: str, topic: str) -> str:
    """Name the decision about a document's cell."""
    return f"cell:{document}:{topic}"


def equivalent_key(document: str, eid: str, other: str, other_eid: str) -> str:
    """Name the decision about a pair of provisions, the same from either side."""
    one, two = sorted([(document, eid), (other, other_eid)])
    return f"equivalent:{one[0]}:{one[1]}:{two[0]}:{two[1]}"


def doubt_key(document: str, mark: str) -> str:
    """Name the decision about a doubt of a document; `mark` tells it from the document's other doubts."""
    return f"doubt:{document}:{mark}"


def text_hash(document: Document, eid: str) -> str:
    """Hash the words of a provision and of all inside it (eId "": of the whole document); "" when there is none."""
    holder = document.find(eid) if eid else document.instrument
    if holder is None:
        return ""
    return hashlib.sha256("\n".join(f"{p.eid}\t{p.text}" for p in holder.walk()).encode()).hexdigest()[:16]


def cell_decision(  # noqa: PLR0913  the last is told by rows without a topic alone
    document: Document,
    topic: str,
    verdict: Verdict,
    author: str,
    provisions: Sequence[str] = (),
    note: str = "",
    *,
    anchors: Sequence[tuple[Document, str]] = (),
) -> Decision:
    """Build a decision about a cell; raise NotFoundError for an unknown provision, InputError for a wrong verdict.

    It goes stale when the `provisions` change; one that names none, when anything in the document changes. The row of
    a cell without a topic is known by its `anchors`, and the decision goes stale when one of them changes.
    """
    if verdict is Verdict.ADD:
        raise InputError("О ячейке решают «confirm», «reject» или «correct».")
    if verdict is Verdict.CORRECT and not provisions:
        raise InputError("Исправление ячейки должно назвать положения; если темы в документе нет, отклоните ячейку.")
    _known(document, provisions)
    for holder, eid in anchors:
        _known(holder, [eid])
    mine = provisions or [eid for holder, eid in anchors if holder.id == document.id]
    hashes = {eid: text_hash(document, eid) for eid in mine or [""]}
    hashes |= {f"{holder.id}:{eid}": text_hash(holder, eid) for holder, eid in anchors if holder.id != document.id}
    return Decision(
        cell_key(document.id, topic),
        verdict,
        document.id,
        author,
        now(),
        topic=topic,
        provisions=tuple(provisions),
        anchors=tuple(f"{holder.id}:{eid}" for holder, eid in anchors),
        note=_noted(note),
        hashes=hashes,
    )


def anchored(library: Library, anchors: Iterable[str]) -> list[tuple[Document, str]]:
    """Read the documents of anchors («document:eid»); raise NotFoundError, or InputError for what is no anchor."""
    known: dict[str, Document] = {}
    out = []
    for anchor in anchors:
        document, colon, eid = anchor.partition(":")
        if not colon:
            raise InputError(f"«{anchor}» — не место вида документ:eid.")
        known[document] = known.get(document) or library.get(document)
        out.append((known[document], eid))
    return out


def equivalent_decision(
    left: tuple[Document, str], right: tuple[Document, str], verdict: Verdict, author: str, note: str = ""
) -> Decision:
    """Build a decision about a pair of provisions; raise NotFoundError or InputError."""
    if verdict is Verdict.CORRECT:
        raise InputError("Об эквиваленте решают «confirm», «reject» или «add».")
    (one, eid), (two, other) = left, right
    _known(one, [eid])
    _known(two, [other])
    hashes = {f"{one.id}:{eid}": text_hash(one, eid), f"{two.id}:{other}": text_hash(two, other)}
    return Decision(
        equivalent_key(one.id, eid, two.id, other),
        verdict,
        one.id,
        author,
        now(),
        eid=eid,
        other=two.id,
        other_eid=other,
        note=_noted(note),
        hashes=hashes,
    )


def doubt_decision(document: Document, mark: str, verdict: Verdict, author: str, told: tuple[str, str]) -> Decision:
    """Build a decision about a doubt, `told` by its words and its provision ("" for the whole document).

    Confirmed is what stands in the text, rejected what stands there wrongly. Raise InputError for a wrong verdict.
    """
    if verdict not in {Verdict.CONFIRM, Verdict.REJECT}:
        raise InputError("О сомнении решают «confirm» или «reject».")
    doubt, eid = told
    key = doubt_key(document.id, mark)
    return Decision(key, verdict, document.id, author, now(), eid=eid or None, doubt=doubt)


def keep(library: Library, decision: Decision) -> Decision:
    """Store a decision."""
    library.decide(to_json(replace(decision, stale=False)))
    return decision


def forget(library: Library, key: str) -> None:
    """Withdraw a decision; withdrawing what is not there is no error."""
    library.decide({"key": key, "deleted": True})


def decisions(library: Library, documents: Iterable[Document]) -> dict[str, Decision]:
    """Return the decisions that touch only these documents, by key, stale ones flagged."""
    known = {d.id: d for d in documents}
    out = {}
    for stored in library.decisions():
        decision = decision_of(stored)
        if decision and decision.document in known and (decision.other is None or decision.other in known):
            out[decision.key] = replace(decision, stale=is_stale(decision, known))
    return out


def is_stale(decision: Decision, known: Mapping[str, Document]) -> bool:
    """Say whether a text that was decided on has changed since; `known` are documents by id."""
    for where, was in decision.hashes.items():
        document, _, eid = where.rpartition(":")
        holder = known.get(document or decision.document)
        if holder is not None and text_hash(holder, eid) != was:
            return True
    return False


def decision_of(stored: JsonObject) -> Decision | None:
    """Read a stored decision about a cell, a pair, a doubt or a repair; None for any other."""
    if not str(stored.get("key", "")).startswith(("cell:", "equivalent:", "doubt:", "repair:")):
        return None
    try:
        decision = from_json(Decision, {k: v for k, v in stored.items() if k in Decision.__dataclass_fields__})
    except (TypeError, ValueError):
        return None
    return decision if isinstance(decision, Decision) else None


def exported(library: Library) -> Record:
    """Return all decisions, those about metadata too, as a versioned JSON value."""
    kept = sorted((d for d in library.decisions() if _kept(d) is not None), key=lambda d: str(d["key"]))
    topics = [own_topics.shape(t) for t in own_topics.own_topics(library)]
    return {"version": VERSION, "decisions": [dict(d) for d in kept], **({"topics": topics} if topics else {})}


def _kept(stored: JsonObject) -> Decision | Correction | None:
    """Read a decision about a comparison or a correction of metadata that stands."""
    correction = corrections.stored(stored)
    return correction if correction and correction.value is not None else decision_of(stored)


def imported(library: Library, value: Any, by: str = "") -> int:
    """Store decisions and topics exported before and return how many; an older one never replaces a newer one.

    Each bears who imported it beside who made it, so that nobody signs as another.

    Raise InputError when the value is not such an export; then nothing is stored.
    """
    if (
        not isinstance(value, Mapping)
        or value.get("version") != VERSION
        or not isinstance(value.get("decisions"), list)
    ):
        raise InputError(f"Это не выгрузка решений (ожидается JSON с version {VERSION} и списком decisions).")
    read = []
    for n, entry in enumerate(value["decisions"], 1):
        decision = _kept(entry) if isinstance(entry, Mapping) else None
        if decision is None:
            raise InputError(f"Решение {n} в выгрузке не читается; ничего не сохранено.")
        read.append(decision)
    have = {d.key: d for d in map(_kept, library.decisions()) if d is not None}
    newer = [d for d in read if d.key not in have or have[d.key].time <= d.time]
    for decision in newer:
        if isinstance(decision, Decision):
            keep(library, replace(decision, imported_by=by))
        else:
            library.decide(replace(decision, imported_by=by).decision())
    mend(library)
    return len(newer) + own_topics.take(library, value.get("topics", []), by)


def _known(document: Document, provisions: Iterable[str]) -> None:
    for eid in provisions:
        if document.find(eid) is None:
            raise NotFoundError(f"В документе {document.id} нет положения {eid}.")


def _noted(note: str) -> str:
    if len(note) > NOTE_LIMIT:
        raise InputError(f"Примечание длиннее {NOTE_LIMIT} знаков.")
    return note


def now() -> str:
    """Return the moment as decisions tell it (ISO 8601, UTC)."""
    return datetime.now(UTC).isoformat(timespec="microseconds")

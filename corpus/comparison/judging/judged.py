"""Repairs people judged: found again in a file by their places, those judged wrong to be left out of its text."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from operator import attrgetter

from analyzers.repair import THETA
from corpus.comparison.decisions import NOTE_LIMIT, decision_of, now
from corpus.comparison.grid import Decision, Verdict
from corpus.errors import InputError, NotFoundError
from corpus.library import Finding, Library
from corpus.metadata.documents import documents_of
from corpus.model import SourceFile, Withheld
from corpus.plain import JsonObject
from corpus.repairs.printed import as_repaired, sites
from corpus.repairs.spots import RepairSpot, located, same_bytes

PREFIX, _UNDONE = "repair:", "withdrawn:repair:"


def repair_mark(spot: RepairSpot) -> str:
    """Name a repair by its place in the original and its rule: the same in every library and at every reading."""
    told = repr((spot.sha256, spot.start, spot.end, spot.rule))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def mark_of(spot: RepairSpot, made: Decision | None) -> str:
    """Name a repair by the decision about it where there is one: another program may find its place elsewhere."""
    return made.key.rpartition(":")[2] if made else repair_mark(spot)


def own_judgement(made: Decision | None, document: str) -> Decision | None:
    """Return a decision that was made in this very document."""
    return made if made and made.document == document else None


def repair_key(document: str, spot: RepairSpot) -> str:
    """Name the decision about a repair of a document."""
    return f"{PREFIX}{document}:{repair_mark(spot)}"


def repair_decision(document: str, spot: RepairSpot, verdict: Verdict, signed: tuple[str, str], eid: str) -> Decision:
    """Build a decision about a repair in a provision: confirmed it stays, rejected it is taken back in the text.

    `signed` are the author and a note. Raise InputError for a wrong verdict or a note that is too long.
    """
    author, note = signed
    if verdict not in {Verdict.CONFIRM, Verdict.REJECT}:
        raise InputError("Об исправлении решают «confirm» или «reject».")
    if len(note) > NOTE_LIMIT:
        raise InputError(f"Примечание длиннее {NOTE_LIMIT} знаков.")
    told = f"«{' '.join(spot.was.split())}» → «{' '.join(spot.now.split())}»"
    key = repair_key(document, spot)
    return Decision(key, verdict, document, author, now(), eid=eid, note=note, doubt=told, spot=spot)


def judged(stored: Iterable[JsonObject]) -> list[Decision]:
    """Return the decisions about repairs among stored ones, the earliest first."""
    found = (decision_of(one) for one in stored if str(one.get("key", "")).startswith(PREFIX))
    return sorted((one for one in found if one and one.spot), key=attrgetter("time", "key"))


def judgements(file: SourceFile, made: Iterable[Decision]) -> dict[int, Decision]:
    """Return what was decided of the repairs of a file that bears them all, by their number; the latest holds."""
    ids = {document.id for document in documents_of(file)}
    out: dict[int, Decision] = {}
    for one in made:
        if one.spot and (one.document in ids or same_bytes(file, one.spot)):
            out |= dict.fromkeys(_edits_at(file, one.spot), one)
    return out


def _edits_at(file: SourceFile, spot: RepairSpot) -> Iterator[int]:
    """Yield the numbers of the edits by which the text of a file is mended at a place in the same way."""
    if (span := located(file, spot)) is None:
        return
    kinds = set(spot.rule.split("+"))
    for number in range(bisect_left(file.edits, span.start, key=attrgetter("end")), len(file.edits)):
        edit = file.edits[number]
        if edit.start > span.end:
            return
        meets = (edit.start < span.end and span.start < edit.end) or (edit.start, edit.end) == span
        if meets and edit.confidence >= THETA and kinds.intersection(edit.rule.split("+")):
            yield number


def withheld(file: SourceFile, made: Iterable[Decision]) -> tuple[Withheld, ...]:
    """Return the repairs judged wrong that stand in the words of a file that bears them all, in order."""
    wrong = {n: one for n, one in judgements(file, made).items() if one.verdict is Verdict.REJECT}
    standing = {n for act in file.instruments for n in sites(file, act)} if wrong else set()
    return tuple(Withheld(n, file.edits[n], wrong[n].author, wrong[n].time) for n in sorted(standing & wrong.keys()))


def is_lost(library: Library, made: Decision, files: dict[str, SourceFile]) -> bool:
    """Say whether the place of a repair that was judged is gone from its document; `files` are remembered ones."""
    if made.spot is None:
        return False
    with suppress(NotFoundError):
        files.setdefault(made.document, files.get(made.document) or library.source(made.document))
        return located(files[made.document], made.spot) is None
    return False


def unapplied(library: Library) -> list[str]:
    """Return a document of each file whose text does not follow what was decided of its repairs."""
    stored = library.decisions()
    named, made = judged_in(stored), judged(stored)
    out = []
    for held in library.files() if named else ():
        if held.documents and named.intersection((held.key, *held.documents)):
            with suppress(NotFoundError):  # deleted meanwhile
                file = library.source(held.documents[0])
                if withheld(as_repaired(file), made) != file.withheld:
                    out.append(held.documents[0])
    return out


def judged_in(stored: Iterable[JsonObject]) -> frozenset[str]:
    """Return the ids of documents and the keys of files whose repairs were judged, also where that was undone."""
    out = set()
    for one in stored:
        if str(one.get("key", "")).startswith((PREFIX, _UNDONE)):
            spot = one.get("spot")
            out |= {str(one.get("document")), str(spot.get("source")) if isinstance(spot, Mapping) else ""}
    return frozenset(out)


def findings(library: Library) -> Iterator[Finding]:
    """Yield a finding for each file whose text does not follow what was decided of its repairs."""
    for document in unapplied(library):
        yield Finding(
            "repair",
            f"Решения об исправлениях в документе «{document}» сохранены, но текст им не следует. "
            "Примените их: svod reindex.",
        )

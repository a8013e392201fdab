"""Doubts in words, with what may be answered; an answer is a decision: the same for the page, API and command."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from analyzers.repair import THETA
from corpus.citations.writing import place
from corpus.comparison.decided import again, decided, stale_among, undo
from corpus.comparison.decisions import cell_decision, doubt_decision, keep
from corpus.comparison.grid import Decision, Verdict
from corpus.comparison.kept.cells import Sheet
from corpus.comparison.kept.library_cells import cells_in
from corpus.errors import InputError, NotFoundError
from corpus.library import Library
from corpus.metadata.corrections import LEFT_BEHIND, OTHERWISE
from corpus.model import Document
from corpus.topics.own_topics import topics_in
from search_api.answers.doubts.doubtful import (
    Doubtful,
    DoubtKind,
    doubts_of,
    marks,
    repaired_forms,
    unsure_repairs,
)
from search_api.web.strings import text

WORDS = 1500
"""Letters of a provision that are told, at most; the rest is read at its place."""


class DoubtAct(StrEnum):
    """What may be answered: what stands there is right, or wrong; a decision is made again, or withdrawn."""

    CONFIRM = "confirm"
    REJECT = "reject"
    AGAIN = "again"
    UNDO = "undo"


YES_OR_NO = (DoubtAct.CONFIRM, DoubtAct.REJECT)


@dataclass(frozen=True, slots=True)
class DoubtPlace:
    """A provision a doubt is about, with its words, "" where it is there no more."""

    document: str
    eid: str
    name: str
    words: str

    @property
    def href(self) -> str:
        """Return its address."""
        return f"/d/{self.document}" + (f"#{self.eid}" if self.words else "")


@dataclass(frozen=True, slots=True)
class ToldDoubt:
    """A doubt in words; `what` names it among those of its document, `acts` are the answers it takes.

    `eids` are the provisions of a doubtful cell, `made` is a decision whose text changed, `left` tells of a repair that
    did not change the text.
    """

    kind: DoubtKind
    document: str
    what: str
    message: str
    acts: tuple[DoubtAct, ...]
    subject: str = ""
    reasons: tuple[str, ...] = ()
    places: tuple[DoubtPlace, ...] = ()
    eids: tuple[str, ...] = ()
    made: Decision | None = None
    left: bool = False
    page: str = ""

    @property
    def href(self) -> str:
        """Return where one looks at it."""
        return self.page or (self.places[0].href if self.places else f"/d/{self.document}")


def told(library: Library, doubt: Doubtful) -> ToldDoubt:
    """Tell a doubt in words; raise NotFoundError for one that is there no more."""
    return _TELLING[doubt.kind](library, library.get(doubt.document), doubt.what)


def answered(library: Library, asked: Doubtful, act: DoubtAct, author: str, eids: Iterable[str] | None = None) -> str:
    """Store an answer to a doubt as a decision in the author's name; return the key of the decision.

    `asked.what` is that of `ToldDoubt`; `eids` are the provisions that were seen in a doubtful cell (None: those in it
    now). Raise NotFoundError for what is doubtful no more, InputError for an answer it does not take.
    """
    if act not in (YES_OR_NO if asked.kind is not DoubtKind.STALE else (DoubtAct.AGAIN, DoubtAct.UNDO)):
        raise InputError(
            f"Ответ «{act}» не для этого сомнения: о решениях отвечают again или undo, иначе confirm или reject."
        )
    if asked.kind is DoubtKind.STALE:
        if act is DoubtAct.UNDO:
            undo(library, asked.what, author)
        else:
            again(library, asked.what, author)
        return asked.what
    whole, verdict = library.get(asked.document), Verdict(act)
    if asked.kind is DoubtKind.CELL:
        if asked.what not in topics_in(library).by_id:
            raise NotFoundError(f"Нет темы «{asked.what}».")
        seen = [e for e, *_ in cells_in(library).cell(whole.id, asked.what).provisions] if eids is None else [*eids]
        seen = seen if verdict is Verdict.CONFIRM else []
        return keep(library, cell_decision(whole, asked.what, verdict, author, seen)).key
    shown = told(library, _numbered(library, whole, asked))
    if act not in shown.acts:
        raise InputError("Это сомнение только отмечают сверенным: confirm.")
    eid = shown.places[0].eid if shown.places else ""
    return keep(library, doubt_decision(whole, shown.what, verdict, author, (shown.message, eid))).key


def faults(library: Library, document: str) -> list[Decision]:
    """Return what people found wrong in the text of a document, the latest first."""
    return [
        one.made
        for one in decided(library)
        if isinstance(one.made, Decision)
        and (one.made.document, one.made.verdict) == (document, Verdict.REJECT)
        and one.made.doubt
        and not one.withdrawn_by
    ]


def _numbered(library: Library, whole: Document, asked: Doubtful) -> Doubtful:
    """Return a doubt named by its mark as it stands among those of its document."""
    for (kind, number), mark in marks(whole, library.source(whole.id)).items():
        if (kind, mark) == (asked.kind, asked.what):
            return replace(asked, what=number)
    raise NotFoundError("Такого сомнения нет: текст с тех пор прочитан иначе. Откройте «Сомнения» заново.")


def _mark(library: Library, document: Document, kind: DoubtKind, number: str) -> str:
    return marks(document, library.source(document.id))[kind, number]


def _reading(library: Library, document: Document, what: str) -> ToldDoubt:
    """Tell a doubt about how a place was read."""
    doubt, eid = doubts_of(document.instrument)[int(what)]
    facts = doubt.rule in {OTHERWISE, LEFT_BEHIND}
    return ToldDoubt(
        DoubtKind.READING,
        document.id,
        _mark(library, document, DoubtKind.READING, what),
        doubt.message,
        (DoubtAct.CONFIRM,),
        places=tuple(_places(document, [eid] if eid and not facts else [])),
        page=f"/d/{document.id}/metadata" if facts else "",
    )


def _repair(library: Library, document: Document, what: str) -> ToldDoubt:
    """Tell a repair that is not sure: both forms, with the word they stand in."""
    file, number = library.source(document.id), int(what)
    eid = dict(unsure_repairs(file, document.instrument))[number]
    left = file.edits[number].confidence < THETA
    was, now = repaired_forms(file, number)
    return ToldDoubt(
        DoubtKind.REPAIR,
        document.id,
        _mark(library, document, DoubtKind.REPAIR, what),
        text("doubts.repair.left" if left else "doubts.repair.made", was=was, now=now),
        YES_OR_NO,
        places=tuple(_places(document, [eid] if eid else [])),
        left=left,
    )


def _cell(library: Library, document: Document, what: str) -> ToldDoubt:
    """Tell a cell of which something was found that may not be it."""
    cells = cells_in(library)
    cell = cells.cell(document.id, what)
    eids = tuple(eid for eid, _, _ in cell.provisions)
    return ToldDoubt(
        DoubtKind.CELL,
        document.id,
        what,
        text("doubts.cell"),
        YES_OR_NO,
        cells.table.by_id[what].label,
        cell.evidence,
        tuple(_places(document, eids)),
        eids,
    )


def _stale(library: Library, document: Document, what: str) -> ToldDoubt:
    """Tell a decision with the words as they stand now."""
    one = next(one for one in decided(library) if one.key == what)
    (made,) = stale_among(library, [one])
    named = _decided_on(made)
    known = {summary.id for summary in library.documents()}
    holders = {id_: library.get(id_) for id_ in named if id_ in known}
    places = tuple(p for id_, holder in holders.items() for p in _places(holder, named[id_]))
    possible = len(holders) == len(named) and all(p.words for p in places)
    topic = topics_in(library).by_id.get(made.topic or "")
    return ToldDoubt(
        DoubtKind.STALE,
        document.id,
        what,
        text("doubts.stale"),
        (DoubtAct.AGAIN, DoubtAct.UNDO) if possible else (DoubtAct.UNDO,),
        topic.label if topic else text("decisions.equivalent" if made.other else "decisions.untold"),
        places=places,
        made=made,
    )


def _decided_on(made: Decision) -> dict[str, list[str]]:
    """Return the provisions a decision is about, by document."""
    named = {made.document: [made.eid] if made.eid else list(made.provisions)}
    if made.other:
        named[made.other] = [made.other_eid or ""]
    for anchor in made.anchors:
        holder, _, eid = anchor.partition(":")
        named.setdefault(holder, []).append(eid)
    return named


_TELLING: Final[Mapping[DoubtKind, Callable[[Library, Document, str], ToldDoubt]]] = {
    DoubtKind.READING: _reading,
    DoubtKind.REPAIR: _repair,
    DoubtKind.CELL: _cell,
    DoubtKind.STALE: _stale,
}


def _places(document: Document, eids: Iterable[str]) -> Iterator[DoubtPlace]:
    """Yield provisions with their words, "" for those that are there no more."""
    sheet = Sheet(document)
    for eid in eids:
        words = sheet.text(eid) if eid in sheet.provisions else ""
        name = place(document, eid) if words else text("doubts.gone")
        cut = words if len(words) <= WORDS else words[:WORDS].rpartition(" ")[0] + " …"
        yield DoubtPlace(document.id, eid, name, cut)

"""Doubts in words, with what may be answered; an answer is a decision: the same for the page, API and command."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from analyzers.repair import THETA
from corpus.citations.writing import place
from corpus.comparison.decided import Decided, again, decided, stale_among
from corpus.comparison.decisions import cell_decision, decision_of, doubt_decision, doubt_key, keep
from corpus.comparison.grid import Decision, Verdict
from corpus.comparison.judging.judged import repair_mark
from corpus.comparison.kept.cells import Sheet
from corpus.comparison.kept.library_cells import cells_in
from corpus.errors import InputError, NotFoundError
from corpus.library import Library
from corpus.metadata.corrections import LEFT_BEHIND, OTHERWISE
from corpus.model import Diagnostic, Document, SourceFile
from corpus.repairs.printed import RepairSite, sites
from corpus.repairs.spots import spot_of
from corpus.topics.own_topics import topics_in
from ingest.withholding import judge, undo
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
    did not change the text, `mark` names one that can be taken back in it.
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
    mark: str = ""
    page: str = ""

    @property
    def href(self) -> str:
        """Return where one looks at it."""
        return self.page or (self.places[0].href if self.places else f"/d/{self.document}")


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
    teller = Teller(library)
    shown = teller.told(teller.at(whole.id).numbered(asked))
    if act not in shown.acts:
        raise InputError("Это сомнение только отмечают сверенным: confirm.")
    eid = shown.places[0].eid if shown.places else ""
    if shown.mark:
        return judge(library, whole.id, [shown.mark], verdict, (author, ""))[0].key
    return keep(library, doubt_decision(whole, shown.what, verdict, author, (shown.message, eid))).key


def faults(library: Library, document: str) -> list[Decision]:
    """Return what people found wrong in the text of a document."""
    told = (d for d in library.decisions() if str(d["key"]).startswith(doubt_key(document, "")))
    return [made for made in map(decision_of, told) if made and made.verdict is Verdict.REJECT]


class Teller:
    """Tells doubts of a library in words; those of one document together, so that it is read once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._last: _Doubted | None = None

    def told(self, doubt: Doubtful) -> ToldDoubt:
        """Tell a doubt in words; raise NotFoundError for one that is there no more."""
        at = self.at(doubt.document)
        match doubt.kind:
            case DoubtKind.READING:
                return at.reading(int(doubt.what))
            case DoubtKind.REPAIR:
                return at.repair(int(doubt.what))
            case DoubtKind.CELL:
                return self._cell(at, doubt.what)
        return self._stale(doubt)

    def at(self, document: str) -> "_Doubted":
        """Return what is read of a document."""
        if self._last is None or self._last.document.id != document:
            self._last = _Doubted(self._library.get(document), self._library.source(document))
        return self._last

    def _cell(self, at: "_Doubted", topic: str) -> ToldDoubt:
        """Tell a cell of which something was found that may not be it."""
        cells = cells_in(self._library)
        cell, label = cells.cell(at.document.id, topic), cells.table.by_id[topic].label
        eids = tuple(eid for eid, _, _ in cell.provisions)
        places, message = tuple(_places(at.sheet, eids)), text("doubts.cell")
        return ToldDoubt(DoubtKind.CELL, at.document.id, topic, message, YES_OR_NO, label, cell.evidence, places, eids)

    def _stale(self, doubt: Doubtful) -> ToldDoubt:
        """Tell a decision with the words as they stand now."""
        (made,) = stale_among(self._library, [one for one in self._decided if one.key == doubt.what])
        named, known = _decided_on(made), {summary.id for summary in self._library.documents()}
        sheets = {id_: Sheet(self._library.get(id_)) for id_ in named if id_ in known}
        places = tuple(p for id_, sheet in sheets.items() for p in _places(sheet, named[id_]))
        possible = len(sheets) == len(named) and all(p.words for p in places)
        topic = topics_in(self._library).by_id.get(made.topic or "")
        return ToldDoubt(
            DoubtKind.STALE,
            doubt.document,
            doubt.what,
            text("doubts.stale.repair" if made.spot else "doubts.stale"),
            (DoubtAct.AGAIN, DoubtAct.UNDO) if possible and not made.spot else (DoubtAct.UNDO,),
            made.doubt
            or (topic.label if topic else text("decisions.equivalent" if made.other else "decisions.untold")),
            places=places,
            made=made,
        )

    @cached_property
    def _decided(self) -> list[Decided]:
        return decided(self._library)


class _Doubted:
    """A document with its file, and what of both is asked again for each of its doubts."""

    def __init__(self, document: Document, file: SourceFile) -> None:
        self.document, self.file = document, file

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet(self.document)

    @cached_property
    def marks(self) -> Mapping[tuple[DoubtKind, str], str]:
        return marks(self.document, self.file)

    @cached_property
    def doubts(self) -> Sequence[tuple[Diagnostic, str]]:
        return doubts_of(self.document.instrument)

    @cached_property
    def unsure(self) -> Mapping[int, str]:
        return dict(unsure_repairs(self.file, self.document.instrument))

    @cached_property
    def sites(self) -> Mapping[int, RepairSite]:
        return sites(self.file, self.document.instrument)

    def reading(self, number: int) -> ToldDoubt:
        """Tell a doubt about how a place was read."""
        doubt, eid = self.doubts[number]
        facts = doubt.rule in {OTHERWISE, LEFT_BEHIND}
        return ToldDoubt(
            DoubtKind.READING,
            self.document.id,
            self.marks[DoubtKind.READING, str(number)],
            doubt.message,
            (DoubtAct.CONFIRM,),
            places=tuple(_places(self.sheet, [eid] if eid and not facts else [])),
            page=f"/d/{self.document.id}/metadata" if facts else "",
        )

    def repair(self, number: int) -> ToldDoubt:
        """Tell a repair that is not sure: both forms, with the word they stand in."""
        eid, edit = self.unsure[number], self.file.edits[number]
        left = edit.confidence < THETA
        was, now = repaired_forms(self.file, number)
        return ToldDoubt(
            DoubtKind.REPAIR,
            self.document.id,
            self.marks[DoubtKind.REPAIR, str(number)],
            text("doubts.repair.left" if left else "doubts.repair.made", was=was, now=now),
            YES_OR_NO,
            places=tuple(_places(self.sheet, [eid] if eid else [])),
            left=left,
            mark=repair_mark(spot_of(self.file, edit)) if number in self.sites else "",
        )

    def numbered(self, asked: Doubtful) -> Doubtful:
        """Return a doubt named by its mark as it stands among those of its document."""
        for (kind, number), mark in self.marks.items():
            if (kind, mark) == (asked.kind, asked.what):
                return replace(asked, what=number)
        raise NotFoundError("Такого сомнения нет: текст с тех пор прочитан иначе. Откройте «Сомнения» заново.")


def _decided_on(made: Decision) -> dict[str, list[str]]:
    """Return the provisions a decision is about, by document."""
    named = {made.document: [made.eid] if made.eid else list(made.provisions)}
    if made.other:
        named[made.other] = [made.other_eid or ""]
    for anchor in made.anchors:
        holder, _, eid = anchor.partition(":")
        named.setdefault(holder, []).append(eid)
    return named


def _places(sheet: Sheet, eids: Iterable[str]) -> Iterator[DoubtPlace]:
    """Yield provisions with their words, "" for those that are there no more."""
    document = sheet.document
    for eid in eids:
        words = sheet.text(eid) if eid in sheet.provisions else ""
        name = place(document, eid) if words else text("doubts.gone")
        cut = words if len(words) <= WORDS else words[:WORDS].rpartition(" ")[0] + " …"
        yield DoubtPlace(document.id, eid, name, cut)

"""The repairs of a document as the public contract has them: what was mended, where, and what was decided of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analyzers.repair import Edit
from analyzers.spans import Span
from corpus.citations.writing import CitationForm, cite
from corpus.comparison.grid import Decision, Verdict
from corpus.comparison.judging.judged import judged, judgements, mark_of, own_judgement
from corpus.errors import NotFoundError
from corpus.lexicon.dates import in_digits
from corpus.library import Library
from corpus.model import Document, SourceFile
from corpus.repairs.printed import RepairSite, as_repaired, sites
from corpus.repairs.runs import RepairedRun, repaired_runs
from corpus.repairs.spots import forms, spot_of
from ingest.withholding import GONE
from search_api.answers.standing import Answered
from search_api.web.strings import text


class RepairStanding(StrEnum):
    """Whether a repair stands in the text, was confirmed by a person, or was taken back."""

    MADE = "made"
    CONFIRMED = "confirmed"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class ToldRepair:
    """A repair in the words of a document: the edit, its place, what a person decided; `mark` names it."""

    mark: str
    number: int
    edit: Edit
    site: RepairSite
    standing: RepairStanding
    was: str
    now: str
    made: Decision | None

    @property
    def kind(self) -> str:
        """Say in Russian what kind of damage was mended."""
        return text(f"repair.kind.{re.split('[-+]', self.edit.rule)[0]}")

    @property
    def told(self) -> str:
        """Say who decided what of it, and when; "" for what nobody judged."""
        if self.made is None or self.standing is RepairStanding.MADE:
            return ""
        day = in_digits(self.made.time[:10])
        return text(f"repair.{self.standing}", name=self.made.author, date=day)

    @property
    def words(self) -> str:
        """Say what stands in the source, what was made of it, and who decided."""
        return f"«{self.was}» (исправлялось на «{self.now}»): {self.told}"


@dataclass(frozen=True, slots=True)
class ToldRun:
    """Whole words with their repairs, judged together; `at` is its number among those of the document, from 1."""

    at: int
    run: RepairedRun
    repairs: tuple[ToldRepair, ...]
    place: str

    @property
    def span(self) -> Span:
        """Return where it stands in the words of its provision."""
        return self.run.span

    @property
    def marks(self) -> str:
        """Return the marks of its repairs, parted by blanks."""
        return " ".join(one.mark for one in self.repairs)

    @property
    def kind(self) -> str:
        """Say what was mended."""
        return ", ".join(dict.fromkeys(one.kind for one in self.repairs))

    @property
    def told(self) -> str:
        """Say who decided what."""
        return "; ".join(dict.fromkeys(one.told for one in self.repairs if one.told))

    @property
    def judged(self) -> bool:
        """Say whether all of it was confirmed or taken back."""
        return all(one.standing is not RepairStanding.MADE for one in self.repairs)


def told_runs(library: Library, document: Document, file: SourceFile) -> list[ToldRun]:
    """Return the mended runs of a document's words in order of text."""
    known = {one.number: one for one in repairs_of(library, document, file)}
    runs = [run for held in repaired_runs(file, document.place).values() for run in held]
    return [
        ToldRun(at, run, tuple(known[n] for n in run.numbers), cite(document, run.eid, CitationForm.PLACE))
        for at, run in enumerate(runs, 1)
    ]


class RepairAnswer(Answered):
    """A repair: `was` stands in the source, `now` is what the program made of it, each with the word around.

    `span` lies in the decoded source. `told` says who judged it, `words` with the words
    themselves; `key` is that of the decision.
    """

    mark: str
    eid: str
    place: str
    standing: RepairStanding
    was: str
    now: str
    kind: str
    rule: str
    confidence: float
    span: tuple[int, int]
    told: str = ""
    words: str = ""
    key: str | None = None


class RepairsAnswer(Answered):
    """The repairs of a document in order of text, those taken back too."""

    document: str
    repairs: tuple[RepairAnswer, ...]


def repairs_of(library: Library, document: Document, file: SourceFile) -> list[ToldRepair]:
    """Return the repairs in the words of a document, in order of text, those taken back too."""
    base = as_repaired(file)
    made = judgements(base, judged(library.whole.decisions()))
    held = {one.number for one in file.withheld}
    return [
        _told(base, number, site, own_judgement(made.get(number), document.id), taken=number in held)
        for number, site in sites(base, base.instruments[document.place]).items()
    ]


def _told(file: SourceFile, number: int, site: RepairSite, made: Decision | None, *, taken: bool) -> ToldRepair:
    edit = file.edits[number]
    confirmed = made is not None and made.verdict is Verdict.CONFIRM
    standing = RepairStanding.TAKEN_BACK if taken else RepairStanding.CONFIRMED if confirmed else RepairStanding.MADE
    was, now = forms(file, edit)
    return ToldRepair(mark_of(spot_of(file, edit), made), number, edit, site, standing, was, now, made)


def taken_back(library: Library, document: Document, file: SourceFile, eid: str = "") -> Iterator[ToldRepair]:
    """Yield the repairs people took back in a document, or in one provision of it."""
    for one in repairs_of(library, document, file) if file.withheld else ():
        if one.standing is RepairStanding.TAKEN_BACK and eid in {"", one.site.eid}:
            yield one


def repairs_answer(library: Library, document: str) -> RepairsAnswer:
    """Shape the repairs of a document; raise NotFoundError."""
    whole = library.get(document)
    return RepairsAnswer(document=document, repairs=shaped(whole, repairs_of(library, whole, library.source(document))))


def repair_named(library: Library, document: str, mark: str) -> RepairAnswer:
    """Return the repair of a document with a mark; raise NotFoundError."""
    found = next((one for one in repairs_answer(library, document).repairs if one.mark == mark), None)
    if found is None:
        raise NotFoundError(GONE)
    return found


def shaped(document: Document, repairs: Sequence[ToldRepair]) -> tuple[RepairAnswer, ...]:
    """Shape repairs."""
    return tuple(
        RepairAnswer(
            mark=one.mark,
            eid=one.site.eid,
            place=cite(document, one.site.eid, CitationForm.PLACE),
            standing=one.standing,
            was=one.was,
            now=one.now,
            kind=one.kind,
            rule=one.edit.rule,
            confidence=one.edit.confidence,
            span=(one.edit.start, one.edit.end),
            told=one.told,
            words=one.words if one.told else "",
            key=one.made.key if one.made else None,
        )
        for one in repairs
    )

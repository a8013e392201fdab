"""What to look at: where a file was mended, the doubts of its reading, and the queue of all that is doubtful."""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from threading import Lock
from weakref import WeakKeyDictionary

from analyzers.spans import Span
from corpus.comparison.decided import decided, stale_among
from corpus.comparison.decisions import doubt_key
from corpus.comparison.grid import CellStatus
from corpus.comparison.judging.judged import judged, judged_in, judgements
from corpus.comparison.kept.library_cells import LibraryCells, cells_in
from corpus.errors import NotFoundError
from corpus.library import Library, StoredFile
from corpus.model import Diagnostic, Document, Instrument, SourceFile
from corpus.plain import Record
from corpus.repairs.runs import repaired_runs
from corpus.repairs.spots import forms
from search_api.answers.shapes import diagnostic_shape

SURE = 0.7
"""A repair less sure than this is looked at; one less sure than `analyzers.repair.THETA` did not change the text."""
MOST_FILES = 10_000
"""How many files' doubtful repairs are remembered."""

_lock = Lock()
_unsure: dict[tuple[object, ...], Sequence[tuple[str, int]]] = {}
_queues: "WeakKeyDictionary[Library, tuple[tuple[str, int], Sequence[Doubtful]]]" = WeakKeyDictionary()


class DoubtKind(StrEnum):
    """What is doubtful: how a place was read, a repair, a cell of comparison, a decision whose text changed."""

    READING = "reading"
    REPAIR = "repair"
    CELL = "cell"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A thing to look at in a document; `what` is the number of a doubt or a repair, a topic, a decision's key.

    What somebody has answered is doubtful no more: a doubt of reading or a repair is then known by its mark.
    """

    kind: DoubtKind
    document: str
    what: str


def doubtful(library: Library) -> Sequence[Doubtful]:
    """Return all there is to look at, a document after another as the library lists them, by kind in each.

    Kept until the library or a decision changes: who steps through the queue asks for it at every step.
    """
    moment = library.moment(), hash(repr(library.decisions()))
    with _lock:
        held = _queues.get(library)
    if held is None or held[0] != moment:
        held = moment, _doubtful(library)
        with _lock:
            _queues[library] = held
    return held[1]


def _doubtful(library: Library) -> list[Doubtful]:
    cells, repairs = cells_in(library), _repairs(library)
    stale, answered = _stale(library, cells), _answered(library)
    out = []
    for summary in library.documents():
        found = {
            DoubtKind.READING: map(str, range(summary.diagnostics)),
            DoubtKind.REPAIR: map(str, repairs.get(summary.id, ())),
            DoubtKind.CELL: _cells(cells, summary.id),
            DoubtKind.STALE: stale.get(summary.id, ()),
        }
        done = answered.get(summary.id, frozenset())
        out += [Doubtful(k, summary.id, what) for k, named in found.items() for what in named if (k, what) not in done]
    return out


def _cells(cells: LibraryCells, document: str) -> Iterator[str]:
    """Yield the topics of which something was found that may not be it, and of which nobody decided."""
    for topic in cells.table.by_id if document in cells.kept else ():
        doubted = cells.status(document, topic) is CellStatus.INCONCLUSIVE and not cells.decision(document, topic)
        if doubted and cells.cell(document, topic).provisions:
            yield topic


def _answered(library: Library) -> dict[str, frozenset[tuple[DoubtKind, str]]]:
    """Return the doubts of reading and the repairs that were answered, by document."""
    keys = {str(made["key"]) for made in library.decisions()}
    answers = [key for key in keys if key.startswith(("doubt:", "repair:"))]
    named, known = {key.split(":")[1] for key in answers}, {summary.id for summary in library.documents()}
    found = {}
    for document in named & known:
        with suppress(NotFoundError):  # deleted meanwhile
            file = library.source(document)
            marked = marks(library.get(document), file)
            told = {at for at, mark in marked.items() if doubt_key(document, mark) in keys}
            repairs = judgements(file, judged(library.decisions()))
            found[document] = frozenset(told | {(DoubtKind.REPAIR, str(number)) for number in repairs})
    return found


def marks(document: Document, file: SourceFile) -> dict[tuple[DoubtKind, str], str]:
    """Name each doubt of reading and each doubtful repair of a document by what it says and where, by its number."""
    told = {
        (DoubtKind.READING, str(n)): (d.rule, d.message, e) for n, (d, e) in enumerate(doubts_of(document.instrument))
    }
    for number, eid in unsure_repairs(file, document.instrument):
        told[DoubtKind.REPAIR, str(number)] = (*repaired_forms(file, number), eid)
    seen: Counter[tuple[str, ...]] = Counter()
    out = {}
    for at, words in told.items():
        seen[words] += 1
        out[at] = hashlib.sha256(repr((at[0], words, seen[words])).encode()).hexdigest()[:16]
    return out


def repaired_forms(file: SourceFile, number: int) -> tuple[str, str]:
    """Return what stands in the source and what the repair makes of it, with the words it stands in."""
    return forms(file, file.edits[number])


def _stale(library: Library, cells: LibraryCells) -> dict[str, list[str]]:
    """Return the keys of the decisions whose text changed, by the document they stand at."""
    ruled = {made.key: made for _, made in cells.ruled.values() if not made.anchors}  # the others name other documents
    rest = stale_among(library, (one for one in decided(library) if one.key not in ruled))
    found: dict[str, list[str]] = {}
    for made in (*(made for made in ruled.values() if made.stale), *rest):
        found.setdefault(made.document, []).append(made.key)
    return found


def _repairs(library: Library) -> dict[str, list[int]]:
    """Return the numbers of the doubtful repairs among their file's edits, by document."""
    places = {summary.id: summary.place for summary in library.documents()}
    found: dict[str, list[int]] = {}
    judged_here = judged_in(library.decisions())
    for file in library.files():
        lasting = not judged_here.intersection((file.key, *file.documents))
        for document, number in _unsure_in(library, file, places, lasting=lasting):
            found.setdefault(document, []).append(number)
    return found


def _unsure_in(
    library: Library, stored: StoredFile, places: Mapping[str, int], *, lasting: bool
) -> Sequence[tuple[str, int]]:
    """Return the doubtful repairs of a file as (document, number); read once where its edits stay as they are."""
    name = (stored.key, stored.sha256, stored.parser, stored.documents)
    with _lock:
        held = _unsure.get(name) if lasting else None
    if held is None:
        held = tuple(_unsure_of(library, [d for d in stored.documents if d in places], places))
        with _lock:
            if len(_unsure) >= MOST_FILES:
                _unsure.clear()
            if lasting:
                _unsure[name] = held
    return held


def _unsure_of(library: Library, documents: Sequence[str], places: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield the doubtful repairs of the documents of one file."""
    file = None
    for document in documents:
        file = file or library.source(document)
        for number, _ in unsure_repairs(file, file.instruments[places[document]]):
            yield document, number


def unsure_repairs(file: SourceFile, act: Instrument) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the doubtful repairs in an act among its file's edits, each with the provision it is in.

    What stands in no provision (a title) is told of the whole act, "", where the file has no other.
    """
    unsure = [(number, edit) for number, edit in enumerate(file.edits) if edit.confidence < SURE]
    held = _held(act) if unsure else []
    for number, edit in unsure:
        eid = _holder(held, Span(edit.start, edit.end))
        if eid or len(file.instruments) == 1:
            yield number, eid


def repaired_places(file: SourceFile, places: Iterable[int]) -> int:
    """Count the runs of words of a file's acts that are mended, or were before people took that back."""
    return sum(len(runs) for place in places for runs in repaired_runs(file, place).values())


def placed_doubts(file: SourceFile, documents: Mapping[int, str]) -> list[Record]:
    """Shape the doubts of a file and its acts with their places; `documents` are ids by the act's place in the file."""
    told = [diagnostic_shape(doubt) for doubt in file.diagnostics]
    for place, act in enumerate(file.instruments):
        for doubt, eid in doubts_of(act):
            told.append({**diagnostic_shape(doubt), "document": documents.get(place, ""), "eid": eid})
    return told


def doubts_of(act: Instrument) -> list[tuple[Diagnostic, str]]:
    """Return the doubts about how an act was read, in order, each with the provision it is about; "" for the whole."""
    held = _held(act)
    return [(doubt, _holder(held, doubt.span) if doubt.span else "") for doubt in act.diagnostics]


def _held(act: Instrument) -> list[tuple[int, int, str]]:
    """Return the places of the source that stand in provisions, in order, each with its provision."""
    return sorted((span.start, span.end, unit.eid) for unit in act.walk() for span in unit.source_spans)


def _holder(held: Sequence[tuple[int, int, str]], span: Span) -> str:
    """Return the provision in whose words or label a span of the source begins; "" for none."""
    after = bisect_right(held, span.start, key=itemgetter(0))
    start, end, eid = held[after - 1] if after else (0, 0, "")
    return eid if start <= span.start < end else ""

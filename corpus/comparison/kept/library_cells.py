"""The cells a library keeps, under its lawyers' decisions: read at once, kept until anything in it changes.

Cells that another table of topics or another program made are made anew when they are asked for, and kept.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from corpus.comparison.decisions import cell_key, decisions
from corpus.comparison.grid import CellStatus, Decision
from corpus.comparison.kept.cells import KeptCell, Sheet, ruling
from corpus.comparison.kept.kept_cells import DocumentCells, read, written
from corpus.errors import NotFoundError, SvodError
from corpus.library import Library, each
from corpus.topics.own_topics import topics_among, topics_in
from corpus.topics.topics import Topics

_lock = Lock()
_held: "WeakKeyDictionary[Library, LibraryCells]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class LibraryCells:
    """Every document's cells at one moment; `ruled` are those that a lawyer decided on, by document and topic."""

    moment: str
    said: tuple[tuple[str, str], ...]
    table: Topics
    kept: Mapping[str, DocumentCells] = field(default_factory=dict)
    ruled: Mapping[tuple[str, str], tuple[KeptCell, Decision]] = field(default_factory=dict)

    def status(self, document: str, topic: str) -> CellStatus:
        """Say whether a document has anything on a topic; what is not known of it cannot be told."""
        if (document, topic) in self.ruled:
            return self.ruled[document, topic][0].status
        return self.kept[document].status(topic) if document in self.kept else CellStatus.INCONCLUSIVE

    def cell(self, document: str, topic: str) -> KeptCell:
        """Return what a document has on a topic."""
        if (document, topic) in self.ruled:
            return self.ruled[document, topic][0]
        return self.kept[document].cell(topic)

    def decision(self, document: str, topic: str) -> Decision | None:
        """Return what a lawyer decided of a cell."""
        found = self.ruled.get((document, topic))
        return found[1] if found else None

    def of(self, topic: str, status: CellStatus) -> list[str]:
        """Return the documents whose cell of a topic has a status."""
        return [d for d in self.kept if self.status(d, topic) is status]


def cells_in(library: Library) -> LibraryCells:
    """Return the cells of a library as it stands."""
    stored = library.decisions()
    table, moment = topics_among(stored), library.moment()
    said = tuple((str(d["key"]), str(d.get("time", ""))) for d in stored if str(d["key"]).startswith("cell:"))
    with _lock:
        held = _held.get(library)
    if held and (held.moment, held.said, held.table) == (moment, said, table):
        return held
    kept = held.kept if held and (held.moment, held.table) == (moment, table) else kept_in(library)
    made = LibraryCells(moment, said, table, kept, _ruled(library, kept, [key for key, _ in said]))
    with _lock:
        _held[library] = made
    return made


def kept_in(library: Library, ids: Sequence[str] | None = None) -> dict[str, DocumentCells]:
    """Return the cells kept beside all documents of a library, or these, by id."""
    table = topics_in(library)
    found: dict[str, DocumentCells] = {}
    anew: dict[str, str] = {}
    for id_, text in library.cells(ids).items():
        cells = read(text, table)
        if cells is None:
            with suppress(NotFoundError):  # deleted meanwhile
                anew[id_] = written(library.get(id_), table)
                cells = read(anew[id_], table)
        if cells is not None:
            found[id_] = cells
    if anew:
        # Derived: what cannot be written now (another writes) is made again next time.
        with suppress(SvodError):
            library.keep_cells(anew)
    return found


def _ruled(
    library: Library, kept: Mapping[str, DocumentCells], keys: Sequence[str]
) -> dict[tuple[str, str], tuple[KeptCell, Decision]]:
    named = {key.split(":", 2)[1] for key in keys}
    documents = each(library, sorted(named & kept.keys()))
    decided = decisions(library, documents) if documents else {}
    out = {}
    for document in documents:
        sheet = Sheet(document)
        for decision in decided.values():
            if decision.topic and decision.key == cell_key(document.id, decision.topic):
                cell = ruling(sheet, decision.topic, kept[document.id].cell(decision.topic), decision)
                out[document.id, decision.topic] = cell, decision
    return out

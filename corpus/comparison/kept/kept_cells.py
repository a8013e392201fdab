"""Cells as they are kept beside their document: made in the same put, written as one line of JSON."""

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from analyzers.spans import Span
from analyzers.terms import VERSION
from corpus.comparison.grid import CellStatus
from corpus.comparison.kept.cells import ABSENT, FOREIGN, KeptCell, Sheet, filled
from corpus.comparison.kept.found import Member, on_topics, tagged_units
from corpus.model import Document
from corpus.programs import add_folder
from corpus.topics.topics import Topics
from corpus.values.value import Read, Value

_ROOMS = ("values", "topics", "clauses", "lexicon", "comparison")
"""Folders of corpus a cell follows from; the built-in topics are told by the table itself."""

_At = tuple[int, int]
_Row = tuple[str, float, list[tuple[str, list[_At], float]], list[tuple[str, Read, str, str, _At]], list[str]]
"""A cell as written: letter of the status, confidence, provisions (eId, spans, score), values, evidence."""

_LETTERS = {CellStatus.PRESENT: "p", CellStatus.INCONCLUSIVE: "i"}
_STATUSES = {letter: status for status, letter in _LETTERS.items()}


class DocumentCells:
    """The cells of a document by topic; a topic it has nothing on is absent (or cannot be told: `other`).

    Only the statuses are held ready: of a thousand documents they take little room, and filters ask for nothing else.
    """

    __slots__ = ("_told", "other", "statuses")

    def __init__(self, told: str) -> None:
        whole = json.loads(told)
        self.other = FOREIGN if whole["foreign"] else ABSENT
        self.statuses = {sys.intern(topic): _STATUSES[cell[0]] for topic, cell in whole["cells"].items()}
        self._told = told

    def status(self, topic: str) -> CellStatus:
        """Say whether the document has anything on a topic."""
        return self.statuses.get(topic, self.other.status)

    def cell(self, topic: str) -> KeptCell:
        """Return what the document has on a topic."""
        return _cell(_parsed(self._told)[topic]) if topic in self.statuses else self.other


@lru_cache(maxsize=256)
def _parsed(told: str) -> Mapping[str, _Row]:
    cells: dict[str, _Row] = json.loads(told)["cells"]
    return cells


def document_cells(document: Document, table: Topics) -> dict[str, KeptCell]:
    """Find and fill the cells of a document by a table of topics; absent ones are left out."""
    sheet, laid = Sheet(document), tagged_units(document, False, table)

    def placed(members: Sequence[Member]) -> list[tuple[str, Member]]:
        return [(laid.units[m.unit].eid, m) for m in members]

    return {
        topic: filled(sheet, topic, placed(found.members))
        if found.members
        else filled(sheet, topic, placed(found.doubtful), CellStatus.INCONCLUSIVE)
        for topic, found in on_topics(document, table).items()
    }


def made(document: Document, table: Topics) -> DocumentCells:
    """Make the cells of a document just as they would be kept."""
    cells = read(written(document, table), table)
    assert cells is not None
    return cells


def written(document: Document, table: Topics) -> str:
    """Write the cells of a document: a line that names the table and the program, then JSON."""
    cells = {topic: _told(cell) for topic, cell in document_cells(document, table).items()}
    whole = {"foreign": Sheet(document).foreign, "cells": cells}
    return f"{stamp(table)}\n{json.dumps(whole, ensure_ascii=False, separators=(',', ':'))}"


def read(text: str, table: Topics) -> DocumentCells | None:
    """Read written cells; None when another table or another program made them."""
    mark, _, told = text.partition("\n")
    if mark != stamp(table):
        return None
    return DocumentCells(told)


@cache
def stamp(table: Topics) -> str:
    """Name a table of topics and the program that reads by it: cells of another name are made anew."""
    total = hashlib.sha256(f"{VERSION}".encode())
    for room in _ROOMS:
        add_folder(total, files("corpus") / room, room)
    for topic in table.by_id.values():
        cues = [(c.text, c.strength) for c in topic.cues]
        told = (topic.id, topic.label, topic.headings, cues, topic.examples, topic.whole_list, topic.zone)
        total.update(repr(told).encode())
    return total.hexdigest()[:16]


def _told(cell: KeptCell) -> list[object]:
    return [
        _LETTERS[cell.status],
        cell.confidence,
        [[eid, [list(s) for s in spans], score] for eid, spans, score in cell.provisions],
        [[v.name, v.value, v.shown, v.eid, list(v.span)] for v in cell.values],
        list(cell.evidence),
    ]


def _cell(told: _Row) -> KeptCell:
    letter, confidence, provisions, values, evidence = told
    return KeptCell(
        _STATUSES[letter],
        confidence,
        tuple((eid, tuple(Span(*s) for s in spans), score) for eid, spans, score in provisions),
        tuple(Value(name, value, shown, eid, Span(*span)) for name, value, shown, eid, span in values),
        tuple(evidence),
    )

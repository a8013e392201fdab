"""What comparison answers: equivalents of a provision, and rows of cells over several documents.

Spans are relative to the own text of the provision they name. `values` hold JSON values by the names of
`corpus.values.values`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from analyzers.spans import Span
from corpus.effects.standing import StateOnDay
from corpus.plain import JsonObject
from corpus.repairs.spots import RepairSpot
from corpus.values.value import Value


class Status(StrEnum):
    """Whether a document has an equivalent of a provision."""

    FOUND = "found"
    ABSENT = "absent"
    INCONCLUSIVE = "inconclusive"


class CellStatus(StrEnum):
    """Whether a document has a provision on a row's subject."""

    PRESENT = "present"
    ABSENT = "absent"
    INCONCLUSIVE = "inconclusive"


class MatrixOrder(StrEnum):
    """Order of the matrix: by date, newest first; by rarity of topics and of what documents have; by a value."""

    DATE = "date"
    RARITY = "rarity"
    VALUE = "value"


class Verdict(StrEnum):
    """What a lawyer decided: of an equivalent (confirm, reject, add), a cell (confirm, reject, correct), a doubt."""

    CONFIRM = "confirm"
    REJECT = "reject"
    ADD = "add"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Decision:
    """A lawyer's decision, as kept in the library under `key`.

    An equivalent is (`document`, `eid`) → (`other`, `other_eid`); a cell is (`document`, `topic`) with the
    `provisions` that belong in it; a row that fits no topic is known by its `anchors` («document:eid» of what stood
    in it); a doubt about how a place was read or mended is told by its words (`doubt`), and a repair is known by its
    place in the original (`spot`): rejected, it is taken back in the text. `hashes` are those of the texts
    decided on, by eId; `stale` says that one of them has changed since; `renewed_by` and `renewed_at` tell who put it
    in force again after it was withdrawn, and when.
    """

    key: str
    verdict: Verdict
    document: str
    author: str
    time: str
    eid: str | None = None
    other: str | None = None
    other_eid: str | None = None
    topic: str | None = None
    provisions: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    note: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict, hash=False)
    stale: bool = False
    imported_by: str = ""
    renewed_by: str = ""
    renewed_at: str = ""
    doubt: str = ""
    spot: RepairSpot | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provision that may be the equivalent of another one.

    `evidence` are short Russian reasons; `copies` are (document, eId) of near-copies folded under this candidate.
    """

    document: str
    source: str
    instrument: int
    eid: str
    spans: tuple[Span, ...]
    score: float
    text: str = ""
    citation: str = ""
    evidence: tuple[str, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Equivalents:
    """The answer for one provision. `confidence` is that of the status, 0 to 1."""

    document: str
    eid: str
    status: Status
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 0.0
    topics: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class CellProvision:
    """A provision in a cell: `text` its whole words with list items, `spans` what belongs to the row's subject."""

    eid: str
    spans: tuple[Span, ...]
    score: float
    text: str
    citation: str
    state: StateOnDay | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One document's place in a row; `evidence` are short Russian reasons for the status."""

    document: str
    status: CellStatus
    confidence: float
    provisions: tuple[CellProvision, ...] = ()
    values: JsonObject = field(default_factory=dict, hash=False)
    shown: tuple[Value, ...] = ()
    evidence: tuple[str, ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A subject over all documents; `summary` is a Russian sentence built from values and presence.

    `anchors` («document:eid») are the provisions that make a row that fits no topic; other rows have none.
    """

    topic: str
    label: str
    differs: bool
    cells: Mapping[str, Cell] = field(hash=False)
    summary: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A compared document: `short` is a heading for a narrow column, `cited` its name in full."""

    document: str
    source: str
    instrument: int
    title: str
    date: str | None
    short: str
    cited: str = ""
    state: StateOnDay | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole table, columns in the order asked for, rows in the order lawyers expect."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Change(StrEnum):
    """How a run of words differs between two texts."""

    SAME = "same"
    FORM = "form"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of the left text and what stands for it in the right one; an absent side is None.

    `weighty` marks numbers, negations and words of duty or right («не», «30», «вправе»). A moved run is told twice:
    once where it stood, once where it stands.
    """

    change: Change
    left: Span | None
    right: Span | None
    weighty: bool = False

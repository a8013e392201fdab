"""The domain: a source file holds instruments, an instrument holds provisions.

Names follow Akoma Ntoso 3.0. All types are immutable; spans are half-open and in code points.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from analyzers.repair import Edit
from analyzers.spans import Span, merged
from corpus.plain import JsonObject


class InstrumentType(StrEnum):
    """What an instrument calls itself."""

    AGREEMENT = "agreement"
    TREATY = "treaty"
    CONVENTION = "convention"
    PROTOCOL = "protocol"
    MEMORANDUM = "memorandum"
    LAW = "law"
    EDICT = "edict"
    DECREE = "decree"
    ORDER = "order"
    DIRECTIVE = "directive"
    RULING = "ruling"
    ACT = "act"


class Kind(StrEnum):
    """What a provision is."""

    PREAMBLE = "preamble"
    SECTION = "section"
    PART = "part"
    CHAPTER = "chapter"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    POINT = "point"
    ALINEA = "alinea"
    CONCLUSIONS = "conclusions"
    ATTACHMENT = "attachment"
    NOTE = "note"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a provision's text and the run of the decoded source it came from.

    The runs are equal character by character when their lengths are equal and no edit lies inside; a piece made by an
    edit (a rejoined word) maps as a whole.
    """

    text: Span
    source: Span


@dataclass(frozen=True, slots=True)
class Variant:
    """What an uncertain repair would make of text[span] (of the heading, if so): found by searches, never shown."""

    span: Span
    text: str
    in_heading: bool = False


@dataclass(frozen=True, slots=True)
class Provision:
    """A unit of an instrument (article, paragraph, point, alinea); one recursive type for every level.

    `text` is the unit's own first paragraph; further paragraphs and numbered units are `children`, in document order.
    `num` is as printed, without its stop or bracket. `label_spans` are the places of number and heading in the
    decoded source; `trace` maps `text` to it, in order of text. `variants` are in order, those of the heading first.
    """

    eid: str
    kind: Kind
    text: str
    num: str | None = None
    heading: str | None = None
    trace: tuple[Piece, ...] = ()
    label_spans: tuple[Span, ...] = ()
    children: tuple["Provision", ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def source_spans(self) -> tuple[Span, ...]:
        """Return where number, heading and own text stand in the decoded source, in order, disjoint."""
        return merged([*self.label_spans, *(piece.source for piece in self.trace)])

    @property
    def lang(self) -> str:
        """Return the language of the provision's text by its code: "ru" but in the part «lang_kk» of an act."""
        root = self.eid.partition("__")[0]
        return root.removeprefix("lang_") if root.startswith("lang_") else "ru"

    def walk(self) -> Iterator["Provision"]:
        """Yield this provision and all inside it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A doubt about a document: `rule` for programs, `message` in Russian, `span` in the decoded source."""

    rule: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in the decoded source a metadata field was read, and how sure (0 to 1)."""

    field: str
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person put in place of a metadata field as read; both are texts, one a value, none for an empty field.

    `time` is ISO 8601 in UTC.
    """

    field: str
    value: tuple[str, ...]
    read: tuple[str, ...]
    author: str
    time: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Furniture:
    """A run of the decoded source that belongs to no provision: page number, rule, signature table, mark-up."""

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One act (an agreement, a decree, a protocol).

    `title` is the printed title in sentence case. Dates are ISO 8601. `status` is "draft" or None. `short_name` is one
    a person gave, else None. `duration` and
    `notice_period` (for ending an agreement) are «неопределенный», «5 лет», «5 лет с продлением», «6 месяцев». A field
    a person corrected holds the person's value; `corrected` says so and what was read. `layers` hold what stands beside
    the text (references, topics, entities) as JSON values, keyed by layer name. `ended_from` is the first day an act is
    in force no more where only a person knows it (a denunciation).
    """

    type: InstrumentType
    title: str
    date: str | None = None
    place: str | None = None
    number: str | None = None
    parties: tuple[str, ...] = ()
    issuer: str | None = None
    languages: tuple[str, ...] = ()
    copies: int | None = None
    prevailing_language: str | None = None
    in_force_from: str | None = None
    duration: str | None = None
    notice_period: str | None = None
    status: str | None = None
    signatories: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    provisions: tuple[Provision, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    corrected: tuple[Correction, ...] = ()
    short_name: str | None = None
    layers: JsonObject = field(default_factory=dict, hash=False)
    ended_from: str | None = None

    def walk(self) -> Iterator[Provision]:
        """Yield every provision in document order."""
        for provision in self.provisions:
            yield from provision.walk()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A repair a person took back: the edit, its number among all the file's edits, who decided so and when."""

    number: int
    edit: Edit
    author: str
    time: str


@dataclass(frozen=True, slots=True)
class RepairedAct:
    """An act, by its place in the file, as it was read with all repairs: what undoing puts back."""

    place: int
    act: Instrument


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as read: its bytes' hash, decoded text, repairs, what was left out, and the instruments in it.

    `name` is the path relative to the ingested folder with the folder's name, "/" between parts, or the file's name.
    `beside` says that another file of the same name, with other bytes, was there when this one was put beside it.
    `fund` names the fund it was first put into: names and bytes of one fund are unknown to another.
    `pages` gives the first code point of each page where the format has pages. `parser` names the version of the
    program that parsed it; it is no part of the parse: the same parse by another version is the same.
    `edits` are those the text bears; `withheld` were taken back by people, and `repaired` are the acts they stood in.
    """

    name: str
    sha256: str
    format: str
    encoding: str | None
    text: str
    edits: tuple[Edit, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: tuple[int, ...] = ()
    parser: str = ""
    beside: bool = False
    fund: str = ""
    withheld: tuple[Withheld, ...] = ()
    repaired: tuple[RepairedAct, ...] = ()

    @property
    def key(self) -> str:
        """Return what the file is known by in a library: its name and fund and, beside another, its bytes' hash.

        >>> SourceFile("а.txt", "12" * 32, "text", None, "", beside=True).key
        'а.txt//121212121212'
        >>> SourceFile("а.txt", "12" * 32, "text", None, "", fund="sdelka").key
        'а.txt//@sdelka'
        """
        fund = f"{_BESIDE}@{self.fund}" if self.fund else ""
        return f"{self.name}{fund}{_BESIDE}{self.sha256[:12]}" if self.beside else self.name + fund


_BESIDE = "//"
"""No name has it: its parts are parted by one stroke."""


def name_of(key: str) -> str:
    """Return the name of a file by its key.

    >>> name_of("папка/а.txt"), name_of("а.txt//121212121212")
    ('папка/а.txt', 'а.txt')
    """
    return key.partition(_BESIDE)[0]


@dataclass(frozen=True, slots=True)
class Document:
    """An instrument in a library: its id, the file it stands in and its 0-based place there."""

    id: str
    source: str
    place: int
    instrument: Instrument

    def find(self, eid: str) -> Provision | None:
        """Return the provision with this eId."""
        return next((p for p in self.instrument.walk() if p.eid == eid), None)

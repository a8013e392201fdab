"""How files, documents and clauses are written in the truth, and how a clause enters the index."""

import json
import sqlite3
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, replace
from functools import lru_cache
from typing import Any

from analyzers.terms import VERSION
from corpus import codec
from corpus.citations.layered import cited
from corpus.clauses import fields, streams
from corpus.clauses.clause import Clause, clauses
from corpus.clauses.tree import FieldName
from corpus.comparison.kept import kept_cells
from corpus.eid import article
from corpus.errors import InputError, LibraryUnavailableError
from corpus.library import NOBODY, Origin, Summary
from corpus.local.index import IndexEntry
from corpus.metadata.documents import digest, documents_of, summary
from corpus.model import Document, Instrument, Kind, SourceFile, Variant
from corpus.plain import JsonObject
from corpus.topics.topics import Topics

LAYOUT = VERSION * 1000 + 8
"""Of analysis and index entries together; an index with another number is rebuilt. Raise the last figure."""

ONE_SENTENCE = "sentences:1"
"""The key of clauses whose text is one sentence, where a distance within a clause is one within a sentence."""

_UNIT_BITS = 24
"""A document has fewer clauses than 2 to this power."""

_REMEMBERED = 100_000
"""Bytes up to which an instrument as written is remembered when read: 1,000 provisions have some 80,000."""

RESTORE = "Загрузите файл заново или восстановите библиотеку из резервной копии."

_COMPRESSION = 1
"""zlib's fastest: the texts shrink to a third, and a put spends no time on it."""


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause, the order of the first clause of its unit, its streams, and what it answers to filters."""

    clause: Clause
    unit: int
    body: tuple[streams.Placed, ...]
    context: tuple[streams.Placed, ...]
    values: fields.Values

    def entry(self, row: int, gen: int, doc: int, document: fields.Values) -> IndexEntry:
        """Make the index entry; `document` are the values of its document."""
        values = {**document, **self.values}
        keys = [f"{n}:{fields.key(n, v)}" for n, own in values.items() if n is not FieldName.DATE for v in own]
        if not self.body or self.body[-1].sentence < 2:
            keys.append(ONE_SENTENCE)
        day = max((fields.day(date) for date in document[FieldName.DATE]), default=0)
        facets = [(str(n), v) for n in fields.CLAUSE_FIELDS for v in self.values[n]]
        unit = doc << _UNIT_BITS | self.unit
        return IndexEntry(row, gen, doc, self.clause.order, unit, day, self.body, self.context, keys, facets)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document and its clauses, ready to be written."""

    document: Document
    summary: str
    facets: str
    instrument: bytes
    values: fields.Values
    clauses: tuple[ClauseRow, ...]
    cells: str = ""

    @property
    def words(self) -> int:
        """Return the words of all bodies."""
        return sum(len(c.body) for c in self.clauses)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file ready to be written; `deleted` says by place which of its documents are, and since when."""

    name: str
    sha256: str
    file: bytes
    digest: str
    parser: str
    documents: tuple[DocumentRow, ...]
    deleted: Mapping[int, int] = field(default_factory=dict)
    origin: Origin = NOBODY


def file_row(file: SourceFile, table: Topics) -> FileRow:
    """Prepare a file, cells by a table of topics with it; raise InputError when it cannot be written."""
    for number, instrument in enumerate(file.instruments, 1):
        eids = Counter(p.eid for p in instrument.walk())
        if repeated := [eid for eid, times in eids.items() if times > 1]:
            raise InputError(
                f"Файл «{file.name}» не сохранён: в акте {number} повторяются обозначения положений "
                f"({', '.join(repeated[:3])}). Это ошибка программы: сообщите о ней, приложив файл.",
            )
    try:
        return FileRow(
            file.key,
            file.sha256,
            packed(replace(file, instruments=(), parser="")),
            digest(file),
            file.parser,
            tuple(replace(document_row(d), cells=kept_cells.written(d, table)) for d in documents_of(file)),
        )
    except UnicodeEncodeError as error:
        raise InputError(
            f"Файл «{file.name}» содержит знаки, которых нет в Unicode ({error.reason}); сохраните его в UTF-8.",
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"Файл «{file.name}» не сохранён: {error!r}. Это ошибка программы: сообщите о ней, приложив файл.",
        ) from error


def document_row(document: Document) -> DocumentRow:
    """Prepare a document."""
    values = fields.document_values(document)
    return DocumentRow(
        document,
        _text(astuple(summary(document))),
        _text(values),
        packed(document.instrument),
        values,
        tuple(clause_rows(document)),
    )


def clause_rows(document: Document) -> Iterator[ClauseRow]:
    """Prepare the clauses of a document."""
    named = cited.keys(document.instrument)
    units: dict[str, int] = {}
    for clause in clauses(document):
        unit = units.setdefault(article(clause.eid), clause.order)
        values = fields.clause_values(clause, named)
        yield ClauseRow(clause, unit, streams.body(clause), streams.context(clause), values)


@contextmanager
def legible() -> Iterator[None]:
    """Turn what reading a damaged value raises into a sentence with the remedy."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise LibraryUnavailableError(
            f"Запись библиотеки повреждена ({error}). Что именно: svod check. {RESTORE}"
        ) from error


def packed(value: SourceFile | Instrument) -> bytes:
    """Write a model value."""
    return zlib.compress(codec.dumps(value).encode(), _COMPRESSION)


@legible()
def unpacked_file(value: bytes, instruments: Sequence[Instrument], parser: str = "") -> SourceFile:
    """Read a file and give it its instruments and its parser's name."""
    file: SourceFile = codec.loads(SourceFile, zlib.decompress(value).decode())
    return replace(file, instruments=tuple(instruments), parser=parser)


@legible()
def unpacked_whole(value: bytes, parser: str) -> SourceFile:
    """Read a file written with its instruments."""
    file: SourceFile = codec.loads(SourceFile, zlib.decompress(value).decode())
    return replace(file, parser=parser)


def whole_file(truth: sqlite3.Connection, gen: int) -> tuple[SourceFile, dict[int, int]]:
    """Read a file with all its instruments, and which of them, by place, are deleted since when."""
    file, parser = truth.execute("SELECT file, parser FROM sources WHERE gen = ?", (gen,)).fetchone()
    found = truth.execute(
        "SELECT place, deleted, instrument FROM documents WHERE gen = ? ORDER BY place", (gen,)
    ).fetchall()
    whole = unpacked_file(file, [unpacked_instrument(data) for *_, data in found], parser)
    return whole, {place: at for place, at, _ in found if at}


def unpacked_instrument(value: bytes) -> Instrument:
    """Read an instrument; one that was read a moment ago is remembered."""
    return _remembered(value) if len(value) <= _REMEMBERED else _read_instrument(value)


@legible()
def _read_instrument(value: bytes) -> Instrument:
    instrument: Instrument = codec.loads(Instrument, zlib.decompress(value).decode())
    return instrument


_remembered = lru_cache(maxsize=64)(_read_instrument)


def unit_key(number: int) -> tuple[int, int]:
    """Return the document number and unit of an index entry's unit number."""
    return number >> _UNIT_BITS, number & (1 << _UNIT_BITS) - 1


def clause_data(clause: Clause) -> str:
    """Write what a clause's row does not hold in columns of its own."""
    variants = codec.to_json(clause.variants)
    held = (clause.kind, clause.heading, clause.text, clause.lead_in, clause.context, clause.path)
    return _text((*held, variants, clause.topics))


def clause_columns(row: ClauseRow) -> tuple[int, str, int, str, str]:
    """Return order, eId, unit, data and stream as the truth holds them."""
    clause = row.clause
    return clause.order, clause.eid, row.unit, clause_data(clause), streams.written(row.body)


@legible()
def read_clause(document: str, eid: str, order: int, data: str) -> Clause:
    """Read a clause."""
    held = (*json.loads(data), (), ())[:8]
    kind, heading, text, lead_in, context, path, told, topics = held
    variants = codec.from_json(tuple[Variant, ...], told)
    above = (tuple(context), tuple(path))
    return Clause(document, eid, Kind(kind), order, heading, text, lead_in, *above, variants, tuple(topics))


def read_decision(data: str) -> JsonObject | None:
    """Read a decision; None when it is damaged."""
    try:
        value = read_entry(data)
    except LibraryUnavailableError:
        return None
    return value if "key" in value else None


@legible()
def read_summary(data: str) -> Summary:
    """Read a summary."""
    columns: Any = (tuple(v) if isinstance(v, list) else v for v in json.loads(data))
    return Summary(*columns)


@legible()
def read_values(data: str) -> fields.Values:
    """Read the printed values of a document."""
    return {FieldName(name): tuple(map(sys.intern, found)) for name, found in json.loads(data).items()}


def written_entry(entry: JsonObject) -> str:
    """Write a decision, an entry of a register or a note of the trail: JSON, its CRC-32 on a line of its own."""
    told = json.dumps(dict(entry), ensure_ascii=False)
    return f"{told}\n{zlib.crc32(told.encode()):08x}"


@legible()
def read_entry(data: str) -> JsonObject:
    """Read what `written_entry` wrote; entries of libraries made before 30 November 2026 have no sum."""
    told, _, summed = data.partition("\n")
    if summed and summed != f"{zlib.crc32(told.encode()):08x}":
        raise ValueError("контрольная сумма не сходится")
    entry: JsonObject = dict(json.loads(told))
    return entry


@legible()
def read_names(data: str) -> tuple[str, ...]:
    """Read the ids of a version's documents."""
    return tuple(json.loads(data))


def _text(value: Sequence[object] | fields.Values) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

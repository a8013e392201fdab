"""A file from bytes to instruments."""

import hashlib
from pathlib import Path

from analyzers.repair import Repaired, repair
from corpus.errors import InputError
from corpus.model import Furniture, Instrument, SourceFile
from ingest.instruments import Segment, split
from ingest.lines import read_lines
from ingest.metadata import read_metadata
from ingest.paragraphs import read_paragraphs
from ingest.readers import read
from ingest.source import SourceText
from ingest.structure import provisions


def parse_file(path: Path, name: str | None = None) -> SourceFile:
    """Read and parse a file; raise InputError naming the file and the remedy when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: файл не читается ({error.strerror}). Проверьте путь и права доступа.") from error
    return parse_bytes(data, name or path.name)


def parse_bytes(data: bytes, name: str) -> SourceFile:
    """Parse a file's bytes."""
    return parse_source(read(data, name), name, hashlib.sha256(data).hexdigest())


def parse_source(source: SourceText, name: str, sha256: str) -> SourceFile:
    """Repair a decoded text and parse it into instruments."""
    repaired = repair(source.text)
    lines, dropped = read_lines(source, repaired)
    segments = split(read_paragraphs(lines, blocks=source.paragraphs))
    furniture = tuple(Furniture(repaired.to_source(*d.span), d.rule) for d in dropped)
    instruments = tuple(_instrument(segment, repaired) for segment in segments)
    return SourceFile(
        name, sha256, source.format, source.encoding, source.text, repaired.edits, (*source.furniture, *furniture),
        instruments, source.diagnostics, source.pages,
    )  # fmt: skip


def _instrument(segment: Segment, repaired: Repaired) -> Instrument:
    tree, diagnostics = provisions(segment, repaired)
    bare = Instrument(segment.type, "", provisions=tree, diagnostics=diagnostics)
    return read_metadata(bare, segment, repaired)

"""A file from bytes to instruments."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from analyzers.repair import Repaired, repair
from corpus.effects.force import published
from corpus.model import Furniture, Instrument, SourceFile
from ingest import editorial
from ingest.acts.doubts import act_doubts, file_doubts
from ingest.acts.instruments import split
from ingest.acts.parts.segments import Segment
from ingest.acts.structure import provisions
from ingest.formats import read
from ingest.layers.layering import layered
from ingest.layout.lines import Dropped, read_lines
from ingest.layout.paragraphs import Paragraph, read_paragraphs
from ingest.layout.running import text_lines
from ingest.listing import read_bytes
from ingest.metadata import read_metadata
from ingest.source import SourceText
from ingest.timings import Timings
from ingest.version import parser


@dataclass(frozen=True, slots=True)
class Given:
    """What parsing may be given: words of the library's own for repair, and where to sum up seconds by step."""

    vocabulary: Mapping[str, int] = field(default_factory=dict)
    timings: Timings = field(default_factory=Timings)


def parse_file(path: Path, name: str | None = None) -> SourceFile:
    """Read and parse a file; raise InputError naming the file and the remedy when it cannot be read."""
    return parse_bytes(read_bytes(path), name or path.name)


def parse_bytes(data: bytes, name: str, given: Given | None = None) -> SourceFile:
    """Parse a file's bytes in this very process; what is foreign goes through `ingest.parsing`."""
    given = given or Given()
    with given.timings.step("чтение"):
        source = read(data, name)
    return parse_source(source, name, hashlib.sha256(data).hexdigest(), given)


def parse_source(source: SourceText, name: str, sha256: str, given: Given | None = None) -> SourceFile:
    """Repair a decoded text and parse it into instruments."""
    given = given or Given()
    timings = given.timings
    with timings.step("исправление"):
        repaired = repair(source.text, given.vocabulary)
    with timings.step("структура"):
        paragraphs, left_out = printed(source, repaired)
        segments = split(paragraphs)
        bare = [_bare(segment, repaired) for segment in segments]
    with timings.step("реквизиты"):
        acts = [read_metadata(act, segment, repaired) for act, segment in zip(bare, segments, strict=True)]
    with timings.step("слои"):
        instruments = tuple(
            layered(_noted(act, segment, repaired)) for act, segment in zip(acts, segments, strict=True)
        )
    furniture = tuple(Furniture(repaired.to_source(*d.span), d.rule) for d in left_out)
    return SourceFile(
        name,
        sha256,
        source.format,
        source.encoding,
        source.text,
        repaired.edits,
        (*source.furniture, *furniture),
        instruments,
        (*source.diagnostics, *file_doubts(source.text)),
        source.pages,
        parser(),
    )


def printed(source: SourceText, repaired: Repaired) -> tuple[list[Paragraph], list[Dropped]]:
    """Return the paragraphs of a repaired text, and what was left out as furniture."""
    lines, marks = read_lines(source, repaired)
    kept, pages = text_lines(lines, blocks=source.paragraphs)
    return read_paragraphs(kept, blocks=source.paragraphs, marked=source.format == "markdown"), [*marks, *pages]


def _noted(act: Instrument, segment: Segment, repaired: Repaired) -> Instrument:
    """Add doubts, and where the publisher's notes stand; an act without any has no such layer."""
    act = replace(act, diagnostics=(*act.diagnostics, *act_doubts(act, segment, repaired)))
    rows = editorial.layer(act, segment, repaired)
    return replace(act, layers={**act.layers, published.LAYER: rows}) if rows else act


def _bare(segment: Segment, repaired: Repaired) -> Instrument:
    tree, diagnostics = provisions(segment, repaired)
    return Instrument(segment.type, "", provisions=tree, diagnostics=diagnostics)

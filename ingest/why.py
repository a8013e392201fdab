"""Why each paragraph of a file was read as it was: its zone and role, the rule that gave it and the runner-up."""

from dataclasses import dataclass

from analyzers.repair import repair
from analyzers.spans import Span
from ingest.acts.once import read_once
from ingest.acts.roles import Read, Role
from ingest.pipeline import printed
from ingest.source import SourceText

OTHER_LANGUAGE = "languages decided over the whole text"


@dataclass(frozen=True, slots=True)
class Why:
    """A paragraph with its reading; `span` is its place in the decoded source, `zone` "" in another language."""

    text: str
    span: Span | None
    zone: str
    read: Read
    runner_up: Read | None


def explained(source: SourceText) -> tuple[Why, ...]:
    """Tell the reading of every paragraph of a decoded text, in order."""
    repaired = repair(source.text)
    read = read_once(printed(source, repaired)[0])
    roles = dict(zip(read.places, zip(read.told, read.zones, strict=True), strict=True))
    out = []
    for i, paragraph in enumerate(read.paragraphs):
        origin = paragraph.content.origin()
        span = repaired.to_source(*origin) if origin else None
        if i in read.others:
            out.append(Why(paragraph.text, span, "", Read(Role.OTHER_LANGUAGE, OTHER_LANGUAGE, 1.0), None))
            continue
        told, zone = roles[i]
        out.append(Why(paragraph.text, span, zone, told.best, told.reads[1] if len(told.reads) > 1 else None))
    return tuple(out)

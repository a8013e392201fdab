"""Tell why each paragraph of a file was read as it was: its zone and role, the rule that gave it and the runner-up."""

from analyzers.repair import repair
from ingest.acts.explained import Explained, Why
from ingest.acts.once import read_once
from ingest.acts.roles import Read, Role
from ingest.pipeline import printed
from ingest.source import SourceText

OTHER_LANGUAGE = "languages decided over the whole text"


def explained(source: SourceText) -> Explained:
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
    return Explained(tuple(out))

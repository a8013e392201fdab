"""The place of a repair in the original, known again when the file is read by another program or in another version."""

import re
from dataclasses import dataclass, replace

from analyzers.repair import Edit
from analyzers.spans import Span
from corpus.model import SourceFile

AROUND = 60
"""Letters of the original on either side by which a place is known."""
BESIDE = 30
"""Letters beside a repair that are told with it, at most."""


@dataclass(frozen=True, slots=True)
class RepairSpot:
    """A run of a decoded source and the rule that mends it, with its words and those around.

    `source` and `sha256` are the file's key and the hash of its bytes, `now` is what the repair writes.
    """

    source: str
    sha256: str
    start: int
    end: int
    rule: str
    was: str
    now: str
    before: str
    after: str


def spot_of(file: SourceFile, edit: Edit) -> RepairSpot:
    """Return the place of an edit of a file."""
    before, after = file.text[max(edit.start - AROUND, 0) : edit.start], file.text[edit.end : edit.end + AROUND]
    was = file.text[edit.start : edit.end]
    return RepairSpot(file.key, file.sha256, edit.start, edit.end, edit.rule, was, edit.replacement, before, after)


def same_bytes(file: SourceFile, spot: RepairSpot) -> bool:
    """Say whether a file is the one a place was seen in, itself or beside another of its name."""
    return spot.sha256 == file.sha256 and spot.source in {file.key, replace(file, beside=True).key}


def located(file: SourceFile, spot: RepairSpot) -> Span | None:
    """Return where a place stands in a file now; None when its words are gone, or stand there more than once."""
    around = f"{spot.before}{spot.was}{spot.after}"
    first = spot.start - len(spot.before)
    if not (spot.sha256 == file.sha256 and file.text.startswith(around, max(first, 0))):
        first = file.text.find(around)
        if first < 0 or file.text.find(around, first + 1) >= 0:
            return None
    return Span(first + len(spot.before), first + len(spot.before) + len(spot.was))


def forms(file: SourceFile, edit: Edit) -> tuple[str, str]:
    """Return what stands in the source and what the repair makes of it, with the words it stands in."""
    before = re.split(r"\s", file.text[max(edit.start - BESIDE, 0) : edit.start])[-1]
    after = re.split(r"\s", file.text[edit.end : edit.end + BESIDE])[0]
    was, now = f"{before}{file.text[edit.start : edit.end]}{after}", f"{before}{edit.replacement}{after}"
    return " ".join(was.split()), " ".join(now.split())

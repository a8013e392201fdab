"""The reading of a file's paragraphs, told."""

from dataclasses import dataclass

from analyzers.spans import Span
from ingest.acts.roles import Read


@dataclass(frozen=True, slots=True)
class Why:
    """A paragraph with its reading; `span` is its place in the decoded source, `zone` "" in another language."""

    text: str
    span: Span | None
    zone: str
    read: Read
    runner_up: Read | None


@dataclass(frozen=True, slots=True)
class Explained:
    """Every paragraph of a file, in order."""

    paragraphs: tuple[Why, ...]

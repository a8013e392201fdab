"""The versions of a document's file, one shape for all doors."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from corpus.library import Version
from corpus.plain import Record


class VersionAnswer(BaseModel):
    """A state of the file: who put it and when (ISO 8601, UTC; "" where it is not known)."""

    model_config = ConfigDict(frozen=True)

    number: int
    sha256: str
    author: str
    at: str
    documents: tuple[str, ...]
    current: bool


class VersionsAnswer(BaseModel):
    """The versions of the file a document stands in, the first put first."""

    model_config = ConfigDict(frozen=True)

    document: str
    versions: tuple[VersionAnswer, ...]


def versions_answer(document: str, versions: Sequence[Version]) -> VersionsAnswer:
    """Shape the versions of a document's file."""
    told = (
        VersionAnswer(
            number=v.number,
            sha256=v.sha256,
            author=v.origin.author,
            at=v.origin.at,
            documents=v.documents,
            current=v.current,
        )
        for v in versions
    )
    return VersionsAnswer(document=document, versions=tuple(told))


def versions_shape(document: str, versions: Sequence[Version]) -> Record:
    """Return the same as JSON values."""
    return versions_answer(document, versions).model_dump(mode="json")

"""The one protocol for a store with an index. Engines store and recall; `corpus.search` ranks for all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from corpus.clauses.clause import Clause
from corpus.clauses.tree import Node
from corpus.errors import NotFoundError, SvodError, absent
from corpus.kept_vectors import KeptVectors
from corpus.model import Document, SourceFile, name_of
from corpus.plain import JsonObject

Progress = Callable[[int, int], None]
"""Called with (done, total)."""
ERASED: Final = "erased"
"""The register of what was erased; see `corpus.rights.erasures`."""


class Put(StrEnum):
    """What became of a file that was put."""

    STORED = "stored"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


class Other(StrEnum):
    """What is to become of a file whose name is stored with other bytes."""

    REFUSE = "refuse"
    VERSION = "version"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who put a file, when (ISO 8601, UTC) and into which fund; "" where it is not known."""

    author: str = ""
    at: str = ""
    fund: str = ""


NOBODY = Origin()
"""The origin of what nobody is known to have put."""


@dataclass(frozen=True, slots=True)
class Version:
    """A state of a file: its number from 1, bytes' hash and origin; `current` is the one that is searched.

    `documents` are those that were not deleted when it was current.
    """

    number: int
    sha256: str
    origin: Origin
    documents: tuple[str, ...]
    current: bool = False


@dataclass(frozen=True, slots=True)
class PutOutcome:
    """The outcome, the ids of the file's documents and, for a duplicate, the name under which the bytes are stored."""

    put: Put
    documents: tuple[str, ...]
    stored_as: str | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file a library holds: its bytes' hash, who parsed it, the ids of its documents that are not deleted.

    `key` is as in SourceFile; `whole` says that none of its documents is deleted.
    """

    key: str
    sha256: str
    parser: str
    documents: tuple[str, ...]
    whole: bool
    origin: Origin = NOBODY

    @property
    def name(self) -> str:
        """Return the file's name; files that stand beside one another share it."""
        return name_of(self.key)


@dataclass(frozen=True, slots=True)
class Summary:
    """A document without its provisions, for lists, filters and citations."""

    id: str
    source: str
    place: int
    type: str
    title: str
    date: str | None
    place_signed: str | None
    number: str | None
    parties: tuple[str, ...]
    issuer: str | None
    languages: tuple[str, ...]
    status: str | None
    provisions: int
    diagnostics: int
    short_name: str | None = None
    """What a person called it for short; `corpus.metadata.short_names` makes one where there is none."""
    days: tuple[str, ...] = ()
    """Day of force, last day ("" for none known), "1" where the act itself must be read; () was not read yet."""


KEPT = 30 * 86_400
"""Seconds a deleted document is kept, so that the deletion can be undone."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A deleted document that can still be brought back, and when it was deleted (seconds of the epoch)."""

    summary: Summary
    at: int


@dataclass(frozen=True, slots=True)
class Recalled:
    """A clause an engine brought, with the engine's own score (only for choosing which few hundred to rank)."""

    clause: Clause
    score: float


@dataclass(frozen=True, slots=True)
class Recall:
    """The best clauses, in the engine's order, and how many match in all."""

    total: int
    clauses: tuple[Recalled, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 needs: how many clauses, mean length of a body in positions, clauses that hold each lemma."""

    clauses: int
    mean_length: float
    frequency: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something `check` found wrong, in Russian, with the remedy."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the library answers, which engine it is, and how much it holds."""

    ready: bool
    engine: str
    documents: int
    clauses: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note of the trail: its place in it (later ones are greater) and what it says."""

    place: str
    said: Mapping[str, str]


class Library(Protocol):
    """A store with an index. Every method may raise LibraryUnavailableError; readers never see half a file."""

    @property
    def whole(self) -> "Library":
        """Return the library with every fund: itself, unless it is a part by `within`."""

    @property
    def vectors(self) -> KeptVectors:
        """Return the vectors kept beside the clauses that are seen; only those of `whole` may be written."""

    def within(self, funds: frozenset[str]) -> "Library":
        """Return the library as who may read these funds alone sees it: nothing of it tells that there is more.

        It is read only; what is written goes to `whole`.
        """

    def move(self, document: str, fund: str) -> None:
        """Put the file a document stands in into another fund, its key unchanged; raise NotFoundError."""

    def registered(self, *kinds: str) -> Sequence[JsonObject]:
        """Return the entries of registers (JSON objects with "register" and "key"), by register and key."""

    def register(self, kind: str, key: str, entry: JsonObject | None) -> None:
        """Write an entry of a register, durable and seen by every process on return; None removes it."""

    def note(self, said: Mapping[str, str]) -> None:
        """Add to the trail, which nothing changes or shortens."""

    def trail(self, before: str = "", limit: int = 100) -> Sequence[Noted]:
        """Return notes of the trail, the last first; those that stand before the place `before`."""

    def put(self, file: SourceFile, other: Other = Other.VERSION, origin: Origin = NOBODY) -> PutOutcome:
        """Store a file and its documents in one atomic, durable step.

        Another parse of the same bytes under the same name replaces. With other bytes `other` decides: VERSION
        replaces and keeps what was there as a version, BESIDE stores another file of this name, REFUSE raises
        OtherBytesError. The same file again is `unchanged`; the same bytes under another name are a `duplicate` and
        are not stored. What a person corrected (`corpus.metadata`) is laid over the file first. Raise LibraryBusyError
        while another writes.
        """

    def put_many(
        self, files: Iterable[SourceFile], other: Other = Other.VERSION, origin: Origin = NOBODY
    ) -> Iterator[PutOutcome | SvodError]:
        """Store files in batches, answering each in order once it is durable and searchable.

        Each file is stored whole or not at all; one that cannot be stored is answered by its error. What was answered
        stays when the iteration breaks off.
        """

    def get(self, document: str) -> Document:
        """Return a document with its layers; raise NotFoundError."""

    def read(self, documents: Sequence[str]) -> Mapping[str, Document]:
        """Return by id those of the documents that are there, in one reading of the store."""

    def source(self, document: str) -> SourceFile:
        """Return the file a document stands in, with all its instruments, deleted ones too; raise NotFoundError."""

    def moment(self) -> str:
        """Return a name of the library as it stands now: another one once what readers see has changed."""

    def files(self) -> Sequence[StoredFile]:
        """Return all files that have a document or never had one, by name."""

    def documents(self) -> Sequence[Summary]:
        """Return all documents, by source and place."""

    def generations(self) -> Mapping[str, int]:
        """Return by document a number that is another one once the document's file was written or read anew."""

    def versions(self, document: str) -> Sequence[Version]:
        """Return the versions of the file a document stands in, the first put first; raise NotFoundError."""

    def version(self, document: str, number: int) -> SourceFile:
        """Return the file a document stands in as it was in a version; raise NotFoundError."""

    def delete(self, document: str) -> None:
        """Remove a document; raise NotFoundError. For KEPT seconds `restore` brings it back.

        While other documents of its file are there, the same file put again brings it back too (`replaced`).
        """

    def deleted(self) -> Sequence[Deleted]:
        """Return the deleted documents that can be brought back, the last deleted first."""

    def restore(self, document: str) -> None:
        """Bring a deleted document back, and no other one of its file.

        Raise NotFoundError when it is not kept (any more), ConflictError when its file's bytes were stored under
        another name meanwhile.
        """

    def amend(self, document: str, reading: SourceFile | None = None) -> PutOutcome:
        """Write the file of a document again with its corrections as they are stored now; raise NotFoundError.

        Another `reading` of the same bytes takes its place where one is given; raise ConflictError when the bytes are
        others by now. It is `unchanged` when nothing differs, else `replaced` in one atomic, durable step.
        """

    def forget(self, document: str) -> None:
        """Give up a deleted document for good; its file goes with its last document. Raise NotFoundError."""

    def erase(self, *documents: str) -> None:
        """Erase the words of documents, deleted or not, from all that is kept; raise NotFoundError.

        Their files' other documents stay; the files' earlier versions and the decisions that name the documents go. On
        return the words stand nowhere, the index and the pages of files that are free included.
        """

    def cells(self, documents: Sequence[str] | None = None) -> Mapping[str, str]:
        """Return what is kept beside all documents, or these, by id: their cells as written in the same put.

        They are those of `corpus.comparison.kept.kept_cells`; "" where none are kept. Unknown documents are left out.
        """

    def keep_cells(self, cells: Mapping[str, str]) -> None:
        """Keep other cells beside documents, by id; what readers see of the documents themselves does not change."""

    def recall(self, query: Node, limit: int) -> Recall:
        """Return the clauses that match, best `limit` first by the engine's own score; ties by document and order."""

    def clauses(self, keys: Sequence[tuple[str, str]]) -> Sequence[Clause]:
        """Return clauses by (document, eId), in the order asked; unknown keys are left out."""

    def counts(self, query: Node, fields: Sequence[str], size: int) -> Mapping[str, Mapping[str, int]]:
        """Count matching clauses by value of each field (the `FieldName` values, and "year").

        Values are as printed; at most `size` for each field, commonest first, then by value.
        """

    def statistics(self, lemmas: Sequence[str], within: Node | None = None) -> Statistics:
        """Return the figures BM25 needs for these lemmas, over all clauses or those that match; the mean is of all."""

    def terms(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """Return forms that begin so, with the number of clauses that hold each, commonest first, then by form."""

    def decisions(self, keys: Sequence[str] | None = None) -> Sequence[JsonObject]:
        """Return stored decisions (JSON objects with a "key"), all or those of the keys."""

    def decide(self, decision: JsonObject) -> None:
        """Store a decision under its "key", replacing an earlier one; {"key": k, "deleted": true} removes it."""

    def reindex(self, progress: Progress | None = None) -> int:
        """Rebuild the index from the truth; return the number of clauses."""

    def check(self) -> Sequence[Finding]:
        """Verify truth and index against each other; an empty answer is a sound library."""

    def health(self) -> Health:
        """Say whether the library answers; never raise."""

    def close(self) -> None:
        """Let go of files and connections."""


def no_version(document: str, number: int, last: int) -> NotFoundError:
    """Say that a document has no such version."""
    return NotFoundError(f"У документа «{document}» нет версии {number}: версии от 1 до {last}. Список: svod versions.")


def each(library: Library, documents: Sequence[str]) -> list[Document]:
    """Return documents read together, in the order asked; raise NotFoundError where one is not there."""
    found = library.read(documents)
    for document in documents:
        if document not in found:
            raise absent(document)
    return [found[document] for document in documents]

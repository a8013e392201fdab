"""The library for more than one machine: everything in Elasticsearch, any number of processes at once."""

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from corpus.clauses.clause import Clause
from corpus.clauses.tree import Node
from corpus.comparison.judging import judged
from corpus.elastic import mapping
from corpus.elastic.client import Client
from corpus.elastic.connection import Connection
from corpus.elastic.control import Control, ControlState, ControlView
from corpus.elastic.failures import MissingError, UnreachableError
from corpus.elastic.indices import Names, prepare
from corpus.elastic.keeping.entries import Barring, Entries
from corpus.elastic.keeping.vector_records import VectorRecords
from corpus.elastic.reindexing import Reindexing
from corpus.elastic.searching import Searching
from corpus.elastic.store import Store, Stored
from corpus.elastic.writing import Writing
from corpus.errors import LibraryUnavailableError, SvodError, absent
from corpus.library import (
    KEPT,
    NOBODY,
    Deleted,
    Finding,
    Health,
    Noted,
    Origin,
    Other,
    Progress,
    PutOutcome,
    Recall,
    Statistics,
    StoredFile,
    Summary,
    Version,
    no_version,
)
from corpus.metadata import correcting
from corpus.metadata.correcting import mend
from corpus.model import Document, SourceFile
from corpus.plain import JsonObject

_ATTEMPTS = 5
_KEPT_DOCUMENTS = 64
_KEPT_LEMMAS, _SETS = 50_000, 8
_PARTS = 32

_Answer = TypeVar("_Answer")


class ElasticLibrary:
    """A library in an Elasticsearch cluster; may be used by many threads and processes at once.

    Nothing is asked of the cluster before the first call, so a service may start before it, and goes on after it.
    """

    def __init__(
        self, url: str | Connection, prefix: str, *, part: "tuple[ElasticLibrary, frozenset[str]] | None" = None
    ) -> None:
        """Name a library, or a part of one: the whole and the funds of it that are seen."""
        connection = url if isinstance(url, Connection) else Connection(tuple(url.split(",")))
        self.connection = connection
        self.prefix = prefix
        self._names = Names(prefix)
        self._client: Client = part[0]._client if part else Client(connection)  # noqa: SLF001  its own class
        self._whole = part[0] if part else self
        self._barring = Barring(self._client, self._names.store, part[1]) if part else None
        self._entries = Entries(self._client, self._names.store)
        self.vectors = VectorRecords(self._client, self._names, self._seen)
        self._parts: dict[frozenset[str], ElasticLibrary] = {}
        self._lock = threading.Lock()
        self._control = Control(self._client, self._names.control)
        self._truth = Store(self._client, self._names.store)
        self._writing = Writing(self._client, self._names, self._control, self._truth)
        self._view: ControlView | None = None
        self._counted: _Counted | None = None
        self._document = lru_cache(_KEPT_DOCUMENTS)(self._truth.document)

    # Writing

    def put(self, file: SourceFile, other: Other = Other.VERSION, origin: Origin = NOBODY) -> PutOutcome:
        """Store a file and its documents in one atomic, durable step; see `Library.put`."""
        # A call of its own may take as long as patience lasts, so that a library without patience answers in time.
        end = time.monotonic() + self.connection.patience - self.connection.within
        while True:
            try:
                return self._writing.put(file, other, origin)
            except UnreachableError:
                if time.monotonic() > end:
                    raise
                time.sleep(random.uniform(0.1, 0.5))  # noqa: S311  spreads retries, guards nothing

    def put_many(
        self, files: Iterable[SourceFile], other: Other = Other.VERSION, origin: Origin = NOBODY
    ) -> Iterator[PutOutcome | SvodError]:
        """Store files, answering each in order; one that cannot be stored is answered by its error."""
        for file in files:
            try:
                yield self.put(file, other, origin)
            except LibraryUnavailableError:
                raise
            except SvodError as error:
                yield error

    def delete(self, document: str) -> None:
        """Remove a document; raise NotFoundError. For KEPT seconds `restore` brings it back."""
        self._writing.delete(document)

    def restore(self, document: str) -> None:
        """Bring a deleted document back; see `Library.restore`."""
        self._writing.restore(document)

    def amend(self, document: str, reading: SourceFile | None = None) -> PutOutcome:
        """Write the file of a document again with its corrections as they are stored now; see `Library.amend`."""
        return self._writing.amend(document, reading)

    def forget(self, document: str) -> None:
        """Give up a deleted document for good; raise NotFoundError."""
        self._writing.forget(document)

    def erase(self, *documents: str) -> None:
        """Erase the words of documents from all that is kept; see `Library.erase`."""
        for document in documents:
            self._writing.erase(document)
        self._document.cache_clear()

    def decide(self, decision: JsonObject) -> None:
        """Store a decision under its "key"; {"key": k, "deleted": true} removes it."""
        self._made()
        key = str(decision["key"])
        where = {"_index": self._names.store, "_id": _decision_id(key), "require_alias": True}
        if decision.get("deleted"):
            self._client.bulk([({"delete": where}, None)], refresh=True)
            return
        record = {"record": "decision", "key": key, "data": json.dumps(dict(decision), ensure_ascii=False)}
        self._client.bulk([({"index": where}, record)], refresh=True)

    def move(self, document: str, fund: str) -> None:
        """Put the file a document stands in into another fund; raise NotFoundError."""
        self._writing.move(document, fund)

    # Who may do what, and what was done

    @property
    def whole(self) -> "ElasticLibrary":
        """Return the library with every fund."""
        return self._whole

    def within(self, funds: frozenset[str]) -> "ElasticLibrary":
        """Return the library as who may read these funds alone sees it; see `Library.within`."""
        with self._lock:
            if funds not in self._parts:
                while len(self._parts) >= _PARTS:
                    self._parts.pop(next(iter(self._parts)))
                self._parts[funds] = ElasticLibrary(self.connection, self.prefix, part=(self, funds))
            return self._parts[funds]

    def registered(self, *kinds: str) -> Sequence[JsonObject]:
        """Return the entries of registers, by register and key."""
        nothing: list[JsonObject] = []
        return self._seen(lambda _: self._entries.entries(kinds), nothing)

    def register(self, kind: str, key: str, entry: JsonObject | None) -> None:
        """Write an entry of a register; None removes it."""
        self._made()
        self._entries.write(kind, key, entry)

    def note(self, said: Mapping[str, str]) -> None:
        """Add to the trail."""
        self._made()
        self._entries.note(said)

    def trail(self, before: str = "", limit: int = 100) -> Sequence[Noted]:
        """Return notes of the trail, the last first."""
        nothing: list[Noted] = []
        return self._seen(lambda _: self._entries.trail(before, limit), nothing)

    def _made(self) -> None:
        """Make the library where there is none."""
        if self._state() is None:
            prepare(self._client, self._names, self._control)

    def reindex(self, progress: Progress | None = None) -> int:
        """Rebuild the index from the truth beside the old one, verify it, and swap; return the number of clauses."""
        if self._state() is None:
            return 0
        clauses = Reindexing(self._client, self._names, self._control, self._truth).run(progress)
        return clauses if not mend(self) else self.health().clauses

    # Reading

    def get(self, document: str) -> Document:
        """Return a document with its layers; raise NotFoundError."""

        def answer(view: ControlView) -> Document | None:
            found = self._truth.holder(view, document)
            return self._document(*found) if found else None

        return self._held(document, answer)

    def read(self, documents: Sequence[str]) -> Mapping[str, Document]:
        """Return by id those of the documents that are there; see `Library.read`."""
        nothing: dict[str, Document] = {}
        return self._seen(lambda view: self._truth.read(view, documents), nothing)

    def source(self, document: str) -> SourceFile:
        """Return the file a document stands in, all its instruments included; raise NotFoundError."""

        def answer(view: ControlView) -> SourceFile | None:
            found = self._truth.holder(view, document)
            return self._truth.source(found[0]) if found else None

        return self._held(document, answer)

    def versions(self, document: str) -> Sequence[Version]:
        """Return the versions of the file a document stands in, the first put first; raise NotFoundError."""
        old, now = self._versions(document)
        before = [Version(n, s.sha256, s.origin, s.documents) for n, s in enumerate(old, 1)]
        return [*before, Version(len(old) + 1, now.sha256, now.origin, now.documents, current=True)]

    def version(self, document: str, number: int) -> SourceFile:
        """Return the file a document stands in as it was in a version; raise NotFoundError."""
        old, _ = self._versions(document)
        if number == len(old) + 1:
            return self.source(document)
        found = self._truth.version(old[number - 1].gen) if 1 <= number <= len(old) else None
        if found is None:
            raise no_version(document, number, len(old) + 1)
        return found

    def _versions(self, document: str) -> tuple[list[Stored], Stored]:
        def answer(view: ControlView) -> tuple[list[Stored], Stored] | None:
            found = self._truth.holder(view, document)
            now = self._truth.file(found[0]) if found else None
            return (self._truth.versions(now.name, now.gen), now) if now else None

        return self._held(document, answer)

    def files(self) -> Sequence[StoredFile]:
        """Return all files that have a document or never had one, by name."""
        nothing: list[StoredFile] = []
        found = self._seen(lambda view: [f.listed() for f in self._truth.files(view) if not f.kept], nothing)
        return sorted(found, key=lambda f: f.name)

    def documents(self) -> Sequence[Summary]:
        """Return all documents, by source and place."""
        nothing: list[Summary] = []
        found = self._seen(lambda view: list(self._truth.summaries(view)), nothing)
        return sorted(found, key=lambda s: (s.source, s.place))

    def generations(self) -> Mapping[str, int]:
        """Return the generation in which each document's file was written."""
        nothing: dict[str, int] = {}
        return self._seen(lambda view: dict(self._truth.generations(view)), nothing)

    def moment(self) -> str:
        """Return what is visible by the control document."""
        return str(self._current())

    def deleted(self) -> Sequence[Deleted]:
        """Return the deleted documents that can be brought back, the last deleted first."""
        since = int(time.time()) - KEPT
        nothing: list[Deleted] = []
        return self._seen(lambda v: [Deleted(s, at) for _, at, s in self._truth.deleted(v, since)], nothing)

    def clauses(self, keys: Sequence[tuple[str, str]]) -> Sequence[Clause]:
        """Return clauses by (document, eId), in the order asked; unknown keys are left out."""
        return self._searched(lambda search: search.clauses(keys), [])

    def cells(self, documents: Sequence[str] | None = None) -> Mapping[str, str]:
        """Return the cells kept beside all documents, or these, by id; see `Library.cells`."""
        nothing: dict[str, str] = {}
        return self._seen(lambda view: self._truth.cells(view, documents), nothing)

    def keep_cells(self, cells: Mapping[str, str]) -> None:
        """Keep other cells beside documents; see `Library.keep_cells`."""
        self._seen(lambda view: self._truth.keep_cells(view, cells), None)

    def decisions(self, keys: Sequence[str] | None = None) -> Sequence[JsonObject]:
        """Return stored decisions, all by key or those of the keys in the order asked."""
        if keys is None:
            body = {"query": {"term": {"record": "decision"}}, "sort": ["key"], "_source": ["data"]}
            return self._seen(
                lambda _: [json.loads(h["_source"]["data"]) for h in self._client.pages(self._names.store, body)], []
            )
        ids = [_decision_id(key) for key in keys]
        nothing: list[JsonObject | None] = []
        found = self._seen(lambda _: self._client.gets(self._names.store, ids), nothing)
        return [json.loads(record["data"]) for record in found if record]

    def recall(self, query: Node, limit: int) -> Recall:
        """Return the clauses that match, best `limit` first by the engine's score; ties by document and order."""
        return self._searched(lambda search: search.recall(query, limit), Recall(0, ()))

    def counts(self, query: Node, fields: Sequence[str], size: int) -> Mapping[str, Mapping[str, int]]:
        """Count matching clauses by value of each field, commonest first, at most `size` values each."""
        return self._searched(lambda search: search.counts(query, fields, size), {name: {} for name in fields})

    def statistics(self, lemmas: Sequence[str], within: Node | None = None) -> Statistics:
        """Return the figures BM25 needs for these lemmas, over all clauses or those that match; the mean is of all."""
        none = Statistics(0, 0.0, dict.fromkeys(lemmas, 0))
        return self._seen(lambda view: self._statistics(view, lemmas, within), none)

    def terms(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """Return forms that begin so, with the number of clauses that hold each, commonest first, then by form."""
        return self._searched(lambda search: search.terms(prefix, limit), []) if limit > 0 else []

    # The library as a whole

    def check(self) -> Sequence[Finding]:
        """Verify truth and index against each other; an empty answer is a sound library."""
        if self._current() is None:
            return []
        checking = Reindexing(self._client, self._names, self._control, self._truth)
        found = list(checking.check(lambda: self._control.read()[0]))
        return found or [*correcting.findings(self), *judged.findings(self)]

    def health(self) -> Health:
        """Say whether the library answers; never raise."""
        try:
            clauses = self._seen(lambda view: self._statistics(view, []).clauses, 0)
            documents = self._seen(self._truth.count, 0)
        except SvodError as error:
            return Health(ready=False, engine="elasticsearch", documents=0, clauses=0, detail=str(error))
        detail = "" if self._view else "Библиотека ещё пуста."
        return Health(ready=True, engine="elasticsearch", documents=documents, clauses=clauses, detail=detail)

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    # How readers and writers meet

    def _state(self) -> ControlState | None:
        """Read the control document in real time; None where the library was never written."""
        try:
            state, _ = self._control.read()
        except MissingError:
            return None
        return state if state.index else None

    def _current(self, state: ControlState | None = None) -> ControlView | None:
        """Return the view of a state, by default of that read now; None where the library was never written."""
        state = state or self._state()
        if state is None:
            self._view = None
            return None
        if not mapping.current(state.index):
            raise LibraryUnavailableError(
                f"Индекс «{state.index}» сделан другой версией программы. Перестройте его: "
                f"svod reindex --library {self._client.connection.hosts[0]}/{self._names.prefix}"
            )
        known, view = self._view, state.view
        if known is None or not view.same_moment(known):
            with self._lock:
                barred = self._barring.barred(view) if self._barring else ()
            self._view = known = replace(view, barred=barred)
        return known

    def _seen(self, ask: Callable[[ControlView], _Answer], empty: _Answer) -> _Answer:
        """Answer from the view of this moment."""
        view = self._current()
        return empty if view is None else ask(view)

    def _searched(self, ask: Callable[[Searching], _Answer], empty: _Answer) -> _Answer:
        """Answer from the last known view if the search itself tells that it is the view of this moment.

        So a look at the control document costs no request of its own; when it tells of another moment, the question
        is asked again.
        """
        known, witness = self._view, None
        if known is not None:
            search = Searching(self._client, self._names, known, confirmed=False)
            with suppress(MissingError):
                answer = ask(search)
                witness = search.witness
                if witness and self._current(witness) is known:
                    return answer
        view = self._current(witness)
        return empty if view is None else ask(Searching(self._client, self._names, view))

    def _held(self, document: str, ask: Callable[[ControlView], _Answer | None]) -> _Answer:
        """Return what a view holds of a document; raise NotFoundError."""
        for _ in range(_ATTEMPTS):
            found = self._seen(ask, None)
            if found is not None:
                return found
            if self._seen(lambda view: self._truth.holder(view, document), None) is None:
                break
        raise absent(document)

    def _statistics(self, view: ControlView, lemmas: Sequence[str], within: Node | None = None) -> Statistics:
        """Count what was not yet counted in this view."""
        search = Searching(self._client, self._names, view)
        counted = self._counted
        if counted is None or counted.view is not view or counted.is_full():
            counted = self._counted = _Counted(view, *search.size())
        if within not in counted.sets:
            counted.sets[within] = (search.recall(within, 0).total if within else counted.clauses, {})
        clauses, frequency = counted.sets[within]
        missing = [lemma for lemma in dict.fromkeys(lemmas) if lemma not in frequency]
        if missing:
            frequency.update(search.frequency(missing, within))
        mean = counted.words / counted.clauses if counted.clauses else 0.0
        return Statistics(clauses, mean, {lemma: frequency[lemma] for lemma in lemmas})


@dataclass(slots=True)
class _Counted:
    """What was counted in one view: all clauses and words, and by set (None: all) its size and each lemma's clauses."""

    view: ControlView
    clauses: int
    words: float
    sets: dict[Node | None, tuple[int, dict[str, int]]] = field(default_factory=dict)

    def is_full(self) -> bool:
        """Say whether as much is remembered as may be."""
        return len(self.sets) > _SETS or sum(len(frequency) for _, frequency in self.sets.values()) > _KEPT_LEMMAS


def _decision_id(key: str) -> str:
    """Return a record id for a key of any length."""
    return "decision-" + hashlib.sha256(key.encode()).hexdigest()

"""The default library: a folder, no server."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from analyzers.lemmas import folded
from corpus.clauses import fields
from corpus.clauses.clause import Clause
from corpus.clauses.tree import Node
from corpus.comparison.judging import judged
from corpus.errors import LibraryBusyError, LibraryUnavailableError, NotFoundError, SvodError, absent
from corpus.library import (
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
    Recalled,
    Statistics,
    StoredFile,
    Summary,
    Version,
    no_version,
)
from corpus.local import index
from corpus.local import records as rows
from corpus.local.checking import REINDEX, check
from corpus.local.index import Index, IndexDamagedError, IndexHit
from corpus.local.keeping.registers import Registers
from corpus.local.keeping.sums import damaged
from corpus.local.keeping.vector_rows import VectorRows
from corpus.local.rebuilding import index_folder, rebuild
from corpus.local.store import State, Store, advance, meta
from corpus.local.translate import Translator
from corpus.local.verifying import Verifier
from corpus.local.view import View, open_view
from corpus.local.writing import Session, kept_since, writer_lock
from corpus.metadata import correcting
from corpus.metadata.correcting import mend
from corpus.model import Document, SourceFile, name_of
from corpus.plain import JsonObject

PATIENCE = 2.0
"""Seconds a writer waits for another before it reports the library as busy."""

TRANSLATIONS = 32
"""Translated queries a view keeps."""

PARTS = 32
"""Sets of funds whose readers' views are kept."""

_ATTEMPTS = 50
"""Times a reader follows a truth that moves on while it opens the index."""

_KEPT_FACETS = 200_000
"""Documents whose values for facets are held in memory, some 2 kB each."""

_Facets = Mapping[str, tuple[str, ...]]
_Pinned = tuple[sqlite3.Connection, View]
_Answer = TypeVar("_Answer")


class LocalLibrary:
    """A store (SQLite) with an index (tantivy) in a folder; may be used by many threads and processes at once."""

    def __init__(
        self, folder: Path, *, patience: float = PATIENCE, part: "tuple[LocalLibrary, frozenset[str]] | None" = None
    ) -> None:
        """Open the library of a folder, or a part of one: the whole and the funds of it that are seen."""
        self.folder = folder
        self._patience = patience
        self._whole, funds = part or (self, None)
        self._store = Store(folder, funds)
        self._registers = Registers(self._store)
        self.vectors = VectorRows(self._store)
        self._parts: dict[frozenset[str], LocalLibrary] = {}
        self._opening = threading.Lock()
        self._writing = threading.Lock()
        self._index: tuple[int, Index] | None = None
        self._view: View | None = None
        self._facets: dict[int | str, _Facets] = {}
        self._listed: tuple[int, tuple[Summary, ...]] | None = None

    # Writing

    def put(self, file: SourceFile, other: Other = Other.VERSION, origin: Origin = NOBODY) -> PutOutcome:
        """Store a file and its documents in one atomic, durable step; see `Library.put`."""
        (outcome,) = self.put_many([file], other, origin)
        if isinstance(outcome, SvodError):
            raise outcome
        return outcome

    def put_many(
        self, files: Iterable[SourceFile], other: Other = Other.VERSION, origin: Origin = NOBODY
    ) -> Iterator[PutOutcome | SvodError]:
        """Store files in batches, answering each in order once it is durable and searchable.

        Each file is stored whole or not at all; one that cannot be stored is answered by its error. The writer's lock
        is held until the files end; what was answered stays when the iteration breaks off.
        """
        with self._session() as session:
            yield from session.put(files, other, origin)

    def delete(self, document: str) -> None:
        """Remove a document; raise NotFoundError. For KEPT seconds `restore` brings it back."""
        with self._session() as session:
            with self._store.reading() as truth:
                row = _document_row(truth, document)
            session.delete(row.doc, int(time.time()))

    def restore(self, document: str) -> None:
        """Bring a deleted document back; see `Library.restore`."""
        with self._session() as session:
            with self._store.reading() as truth:
                row = _kept_row(truth, document)
                file, deleted = rows.whole_file(truth, row.gen)
            session.restore(row.gen, file, {place: at for place, at in deleted.items() if place != row.place})

    def amend(self, document: str, reading: SourceFile | None = None) -> PutOutcome:
        """Write the file of a document again with its corrections as they are stored now; see `Library.amend`."""
        with self._session() as session:
            with self._store.reading() as truth:
                gen = _document_row(truth, document).gen
                file, deleted = rows.whole_file(truth, gen)
            return session.amend(gen, file, deleted, reading)

    def forget(self, document: str) -> None:
        """Give up a deleted document for good; raise NotFoundError."""
        with self._session() as session:
            with self._store.reading() as truth:
                row = _kept_row(truth, document)
            session.delete(row.doc, 1)
        self.vectors.drop_orphans()

    def erase(self, *documents: str) -> None:
        """Erase the words of documents from all that is kept; see `Library.erase`."""
        with self._session() as session:
            for document in documents:
                with self._store.reading() as truth:
                    found = truth.execute(
                        "SELECT gen, place FROM documents JOIN sources USING (gen) WHERE id = ? AND state = ?",
                        (document, State.VISIBLE),
                    ).fetchone()
                if not found:
                    raise absent(document)
                gen, place = found
                session.erase(gen, place, document)
        with self._locked():
            rebuild(self._store)
            self._view = self._index = None
            self.vectors.drop_orphans()
            self._store.clear()

    def decide(self, decision: JsonObject) -> None:
        """Store a decision under its "key"; {"key": k, "deleted": true} removes it."""
        key = str(decision["key"])
        with self._store.writing() as truth:
            if decision.get("deleted"):
                truth.execute("DELETE FROM decisions WHERE key = ?", (key,))
            else:
                truth.execute("INSERT OR REPLACE INTO decisions VALUES (?, ?)", (key, rows.written_entry(decision)))

    def reindex(self, progress: Progress | None = None) -> int:
        """Rebuild the index from the truth; return the number of clauses."""
        with self._locked():
            rebuilt = rebuild(self._store, progress)
        return rebuilt if not mend(self) else self.health().clauses

    # Who may do what, and what was done

    @property
    def whole(self) -> "LocalLibrary":
        """Return the library with every fund."""
        return self._whole

    def within(self, funds: frozenset[str]) -> "LocalLibrary":
        """Return the library as who may read these funds alone sees it; see `Library.within`."""
        with self._opening:
            if funds not in self._parts:
                while len(self._parts) >= PARTS:
                    self._parts.pop(next(iter(self._parts)))
                self._parts[funds] = LocalLibrary(self.folder, patience=self._patience, part=(self, funds))
            return self._parts[funds]

    def move(self, document: str, fund: str) -> None:
        """Put the file a document stands in into another fund; raise NotFoundError."""
        with self._locked(), self._store.writing() as truth:
            truth.execute("UPDATE sources SET fund = ? WHERE gen = ?", (fund, _document_row(truth, document).gen))
            advance(truth, "epoch")

    def registered(self, *kinds: str) -> Sequence[JsonObject]:
        """Return the entries of registers, by register and key."""
        return self._registers.entries(kinds)

    def register(self, kind: str, key: str, entry: JsonObject | None) -> None:
        """Write an entry of a register; None removes it."""
        self._registers.write(kind, key, entry)

    def note(self, said: Mapping[str, str]) -> None:
        """Add to the trail."""
        self._registers.note(said)

    def trail(self, before: str = "", limit: int = 100) -> Sequence[Noted]:
        """Return notes of the trail, the last first."""
        return self._registers.trail(before, limit)

    # Reading the truth

    def get(self, document: str) -> Document:
        """Return a document with its layers; raise NotFoundError."""
        with self._store.reading() as truth:
            row = _document_row(truth, document)
            (data,) = truth.execute("SELECT instrument FROM documents WHERE doc = ?", (row.doc,)).fetchone()
        return Document(document, name_of(row.name), row.place, rows.unpacked_instrument(data))

    def read(self, documents: Sequence[str]) -> Mapping[str, Document]:
        """Return by id those of the documents that are there; see `Library.read`."""
        with self._store.reading() as truth:
            found = truth.execute(
                "SELECT s.id, s.name, s.place, d.instrument FROM shown s JOIN documents d USING (doc)"
                " WHERE s.id IN (SELECT value FROM json_each(?))",
                (json.dumps(documents),),
            ).fetchall()
        return {i: Document(i, name_of(name), place, rows.unpacked_instrument(data)) for i, name, place, data in found}

    def versions(self, document: str) -> Sequence[Version]:
        """Return the versions of the file a document stands in, the first put first; raise NotFoundError."""
        with self._store.reading() as truth:
            _, gen, name, _ = _document_row(truth, document)
            found = truth.execute(
                "SELECT sha256, author, at, fund, documents FROM versions WHERE name = ? ORDER BY gen", (name,)
            ).fetchall()
            sha256, *origin = truth.execute(
                "SELECT sha256, author, at, fund FROM sources WHERE gen = ?", (gen,)
            ).fetchone()
            now = [
                i
                for (i,) in truth.execute(
                    "SELECT id FROM documents WHERE gen = ? AND NOT deleted ORDER BY place", (gen,)
                )
            ]
        old = [Version(n, row[0], Origin(*row[1:4]), rows.read_names(row[4])) for n, row in enumerate(found, 1)]
        return [*old, Version(len(old) + 1, sha256, Origin(*origin), tuple(now), current=True)]

    def version(self, document: str, number: int) -> SourceFile:
        """Return the file a document stands in as it was in a version; raise NotFoundError."""
        with self._store.reading() as truth:
            _, gen, name, _ = _document_row(truth, document)
            found = truth.execute(
                "SELECT file, parser FROM versions WHERE name = ? ORDER BY gen LIMIT 1 OFFSET ?",
                (name, max(number, 1) - 1),
            ).fetchone()
            if number >= 1 and found:
                return rows.unpacked_whole(*found)
            count = truth.execute("SELECT count(*) FROM versions WHERE name = ?", (name,)).fetchone()[0]
            if number == count + 1:
                return rows.whole_file(truth, gen)[0]
        raise no_version(document, number, count + 1)

    def source(self, document: str) -> SourceFile:
        """Return the file a document stands in, all its instruments included; raise NotFoundError."""
        with self._store.reading() as truth:
            return rows.whole_file(truth, _document_row(truth, document).gen)[0]

    def files(self) -> Sequence[StoredFile]:
        """Return all files that have a document or never had one, by name."""
        with self._store.reading() as truth:
            files = truth.execute(
                "SELECT gen, name, sha256, parser, author, at, fund FROM living ORDER BY name"
            ).fetchall()
            held: dict[int, list[tuple[str, int]]] = {gen: [] for gen, *_ in files}
            for gen, id_, deleted in truth.execute("SELECT gen, id, deleted FROM documents ORDER BY gen, place"):
                held.get(gen, []).append((id_, deleted))
        return [
            StoredFile(
                name,
                sha256,
                parser,
                tuple(i for i, gone in held[gen] if not gone),
                not any(g for _, g in held[gen]),
                Origin(*origin),
            )
            for gen, name, sha256, parser, *origin in files
        ]

    def documents(self) -> Sequence[Summary]:
        """Return all documents, by source and place."""
        with self._store.reading() as truth:
            epoch, listed = meta(truth, "epoch"), self._listed
            if listed is None or listed[0] != epoch:
                found = truth.execute("SELECT summary FROM shown ORDER BY name, place")
                self._listed = listed = (epoch, tuple(rows.read_summary(data) for (data,) in found))
        return list(listed[1])

    def generations(self) -> Mapping[str, int]:
        """Return the generation in which each document's file was written."""
        with self._store.reading() as truth:
            return dict(truth.execute("SELECT id, gen FROM shown").fetchall())

    def moment(self) -> str:
        """Return the epoch."""
        return str(self._store.epoch())

    def deleted(self) -> Sequence[Deleted]:
        """Return the deleted documents that can be brought back, the last deleted first."""
        with self._store.reading() as truth:
            found = truth.execute(
                "SELECT summary, deleted FROM hidden WHERE deleted >= ? ORDER BY deleted DESC, doc DESC",
                (kept_since(),),
            ).fetchall()
        return [Deleted(rows.read_summary(data), at) for data, at in found]

    def clauses(self, keys: Sequence[tuple[str, str]]) -> Sequence[Clause]:
        """Return clauses by (document, eId), in the order asked; unknown keys are left out."""
        statement = "SELECT ord, data FROM clauses JOIN shown USING (doc) WHERE id = ? AND eid = ?"
        out = []
        with self._store.reading() as truth:
            for document, eid in keys:
                found = truth.execute(statement, (document, eid)).fetchone()
                if found:
                    out.append(rows.read_clause(document, eid, *found))
        return out

    def decisions(self, keys: Sequence[str] | None = None) -> Sequence[JsonObject]:
        """Return stored decisions, all by key or those of the keys in the order asked."""
        with self._store.reading() as truth:
            found = dict(truth.execute("SELECT key, value FROM decisions ORDER BY key"))
        return [rows.read_entry(found[key]) for key in (found if keys is None else keys) if key in found]

    def cells(self, documents: Sequence[str] | None = None) -> Mapping[str, str]:
        """Return the cells kept beside all documents, or these, by id; see `Library.cells`."""
        with self._store.reading() as truth:
            if documents is None:
                return dict(truth.execute("SELECT id, cells FROM shown"))
            asked = json.dumps(list(documents))
            return dict(
                truth.execute("SELECT id, cells FROM shown WHERE id IN (SELECT value FROM json_each(?))", (asked,))
            )

    def keep_cells(self, cells: Mapping[str, str]) -> None:
        """Keep other cells beside documents; see `Library.keep_cells`."""
        with self._store.writing() as truth:
            truth.executemany(
                "UPDATE documents SET cells = ? WHERE id = ? AND doc IN (SELECT doc FROM shown)",
                [(text, id_) for id_, text in cells.items()],
            )

    # Reading the index

    def recall(self, query: Node, limit: int) -> Recall:
        """Return the clauses that match, best `limit` first by the index's score; ties by document and order."""

        def answer(truth: sqlite3.Connection, view: View) -> Recall:
            visible = view.visible(_translated(truth, view, query))
            found = view.searcher.best(visible, max(limit, 1), lambda: view.rank(truth))
            return Recall(found.total, tuple(_recalled(truth, found.hits[: max(limit, 0)])))

        return self._asked(answer)

    def counts(self, query: Node, fields_: Sequence[str], size: int) -> Mapping[str, Mapping[str, int]]:
        """Count matching clauses by value of each field, commonest first, at most `size` values each."""

        def answer(truth: sqlite3.Connection, view: View) -> dict[str, dict[str, int]]:
            translated = view.visible(_translated(truth, view, query))
            by_document = view.searcher.tally(translated, "doc")
            values = self._values(truth, by_document)
            out = {}
            for name in fields_:
                counts: dict[str, int] = {}
                if name in fields.CLAUSE_FIELDS:
                    counts = {str(v): n for v, n in view.searcher.tally(translated, name).items()}
                else:
                    for doc, n in by_document.items():
                        for value in values[doc][name]:
                            counts[value] = counts.get(value, 0) + n
                out[name] = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size])
            return out

        return self._asked(answer)

    def _values(self, truth: sqlite3.Connection, docs: Iterable[int | str]) -> Mapping[int | str, _Facets]:
        """Return the printed values of documents for facets; a document's number never gets other ones."""
        known = self._facets if len(self._facets) < _KEPT_FACETS else {}
        known.update(_document_values(truth, [int(doc) for doc in docs if doc not in known]))
        self._facets = known
        return known

    def statistics(self, lemmas: Sequence[str], within: Node | None = None) -> Statistics:
        """Return the figures BM25 needs for these lemmas, over all clauses or those that match; the mean is of all."""

        def answer(truth: sqlite3.Connection, view: View) -> Statistics:
            asked = [_translated(truth, view, within)] if within else []
            clauses = view.searcher.count(view.visible(asked[0])) if asked else view.clauses
            known, everywhere = view.counted(within), view.counted(None)
            for lemma in lemmas:
                if lemma not in known and everywhere.get(lemma) == 0:
                    known[lemma] = 0
                if lemma not in known:
                    known[lemma] = view.searcher.count(view.visible(index.all_of([index.term("body", lemma), *asked])))
            mean = view.words / view.clauses if view.clauses else 0.0
            return Statistics(clauses, mean, {lemma: known[lemma] for lemma in lemmas})

        return self._asked(answer)

    def terms(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """Return forms that begin so, with the number of clauses that hold each, commonest first, then by form."""

        def answer(_: sqlite3.Connection, view: View) -> list[tuple[str, int]]:
            begins = index.FORM + folded(prefix)
            found = view.searcher.vocabulary(begins, view.visible(index.everything()))
            found.sort(key=lambda item: (-item[1], item[0]))
            return [(form.removeprefix(index.FORM), n) for form, n in found[:limit]]

        return self._asked(answer)

    # The library as a whole

    def check(self) -> Sequence[Finding]:
        """Verify truth and index against each other; an empty answer is a sound library."""
        try:
            with self._pinned() as pinned:
                found = [*check(*pinned), *damaged(index_folder(self.folder, pinned[1].index_number))]
        except IndexDamagedError as error:
            with self._store.reading() as truth:
                return [Finding("index", f"{error} {REINDEX}"), *check(truth, None)]
        return found or [*correcting.findings(self), *judged.findings(self)]

    def health(self) -> Health:
        """Say whether the library answers; never raise."""
        try:
            view = self._asked(lambda _, view: view)
        except SvodError as error:
            return Health(ready=False, engine="local", documents=0, clauses=0, detail=str(error))
        return Health(ready=True, engine="local", documents=view.documents, clauses=view.clauses)

    def close(self) -> None:
        """Let go of files and connections."""
        parts, self._parts = self._parts, {}
        for part in parts.values():
            part.close()
        self._view = self._index = None
        self._store.close()

    # How readers and the writer meet

    def _asked(self, answer: Callable[[sqlite3.Connection, View], _Answer]) -> _Answer:
        """Answer from a pinned view; rebuild a damaged index once."""
        try:
            with self._pinned() as pinned:
                return answer(*pinned)
        except IndexDamagedError:
            self._whole.mend_index()
            self._view = None
        try:
            with self._pinned() as pinned:
                return answer(*pinned)
        except IndexDamagedError as error:
            raise LibraryUnavailableError(f"{error} Перестроить его не удалось: проверьте диск.") from error

    @contextmanager
    def _pinned(self) -> Iterator[_Pinned]:
        """Give a snapshot of the truth and the view of the index that belongs to it."""
        for _ in range(_ATTEMPTS):
            with self._store.reading() as truth:
                view = self._current_view(truth)
                if view:
                    yield truth, view
                    return
        raise LibraryUnavailableError(f"Библиотека «{self.folder}» меняется слишком быстро. Повторите.", 1)

    def _current_view(self, truth: sqlite3.Connection) -> View | None:
        epoch = meta(truth, "epoch")
        view = self._view
        if view and view.epoch == epoch:
            return view
        with self._opening:
            try:
                view = open_view(self._store, truth, self._current_index(truth))
            except IndexDamagedError:
                if self._store.epoch() != epoch:
                    return None
                raise
            self._view = view or self._view
            return view

    def _current_index(self, truth: sqlite3.Connection) -> Index:
        if self._whole is not self:
            return self._whole._current_index(truth)  # noqa: SLF001  the index is the whole's
        number = meta(truth, "index")
        if meta(truth, "analysis") != rows.LAYOUT:
            raise IndexDamagedError("Указатель поиска сделан другой версией программы.")
        if not self._index or self._index[0] != number:
            self._index = (number, Index(index_folder(self.folder, number)))
        return self._index[1]

    def mend_index(self) -> None:
        """Rebuild a damaged index unless another process has done so meanwhile."""
        try:
            with self._locked():
                self._sound_index()
        except LibraryBusyError as error:
            raise LibraryUnavailableError(
                f"Указатель поиска библиотеки «{self.folder}» перестраивает другая программа. Повторите через минуту.",
            ) from error

    def _sound_index(self) -> Index:
        """Return the index, rebuilt when it is not sound. The caller holds the lock."""
        self._view = self._index = None
        try:
            with self._pinned() as (truth, _):
                return self._current_index(truth)
        except IndexDamagedError:
            self._index = None
            rebuild(self._store)
        with self._pinned() as (truth, _):
            return self._current_index(truth)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the writer's lock against the other threads of this process and against other processes."""
        with self._writing, writer_lock(self.folder, self._patience):
            yield

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self._locked():
            session = Session(self._store, self._sound_index())
            try:
                yield session
            except BaseException:
                session.close()
                raise
            session.finish()


def _translated(truth: sqlite3.Connection, view: View, query: Node) -> index.Query:
    def forms(prefix: str) -> list[str]:
        return [form.removeprefix(index.FORM) for form, _ in view.searcher.vocabulary(index.FORM + prefix)]

    # Hits, counts and sorting of one search ask for the same tree; looking at candidates takes up to a second.
    translated = view.translated.get(query)
    if translated is None:
        translated = Translator(forms, Verifier(truth, view.searcher)).query(query)
        if len(view.translated) >= TRANSLATIONS:
            view.translated.clear()
        view.translated[query] = translated
    return translated


class _Row(NamedTuple):
    """Where a document stands in the truth."""

    doc: int
    gen: int
    name: str
    place: int


def _document_row(truth: sqlite3.Connection, document: str) -> _Row:
    found = truth.execute("SELECT doc, gen, name, place FROM shown WHERE id = ?", (document,)).fetchone()
    if not found:
        raise absent(document)
    return _Row(*found)


def _kept_row(truth: sqlite3.Connection, document: str) -> _Row:
    """Read a deleted document's row while it is kept; raise NotFoundError."""
    found = truth.execute(
        "SELECT doc, gen, name, place FROM hidden WHERE id = ? AND deleted >= ?", (document, kept_since())
    ).fetchone()
    if not found:
        raise NotFoundError(f"Документа «{document}» среди удалённых нет: вернуть его уже нельзя.")
    return _Row(*found)


def _recalled(truth: sqlite3.Connection, hits: Sequence[IndexHit]) -> Iterator[Recalled]:
    """Read the clauses of hits."""
    asked = json.dumps([hit.row for hit in hits])
    statement = (
        "SELECT row, id, eid, ord, data FROM clauses JOIN documents USING (doc)"
        " WHERE row IN (SELECT value FROM json_each(?))"
    )
    found = {row: rows.read_clause(*columns) for row, *columns in truth.execute(statement, (asked,))}
    if missing := next((hit.row for hit in hits if hit.row not in found), None):
        raise IndexDamagedError(f"Указатель поиска повреждён: положения {missing} в библиотеке нет.")
    yield from (Recalled(found[hit.row], hit.score) for hit in hits)


def _document_values(truth: sqlite3.Connection, docs: Sequence[int]) -> dict[int | str, _Facets]:
    """Read the printed values of documents for facets."""
    out: dict[int | str, _Facets] = {}
    statement = "SELECT doc, facets FROM documents WHERE doc IN (SELECT value FROM json_each(?))"
    for doc, values in truth.execute(statement, (json.dumps(list(docs)),)):
        own = rows.read_values(values)
        out[doc] = {**{str(name): found for name, found in own.items()}, fields.YEAR: fields.year(own)}
    return out


__all__ = ["PATIENCE", "LocalLibrary", "State"]

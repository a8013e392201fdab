"""The one writer of a local library: a lock across processes, batches of files, the index kept up."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import astuple, replace
from pathlib import Path

from corpus.errors import ConflictError, InputError, LibraryBusyError, OtherBytesError, SvodError
from corpus.library import KEPT, NOBODY, Origin, Other, Put, PutOutcome
from corpus.local import records as rows
from corpus.local.index import Index, IndexDamagedError, Writer
from corpus.local.store import State, Store, advance, explained, unavailable
from corpus.metadata.corrections import PREFIX, StoredCorrection, all_stored, laid
from corpus.metadata.documents import digest, documents_of
from corpus.metadata.erasing import without
from corpus.metadata.placing import Held, placed, reread
from corpus.model import SourceFile, name_of
from corpus.topics import own_topics
from corpus.topics.own_topics import topics_among
from corpus.topics.topics import Topics

BATCH_FILES = 32
BATCH_LETTERS = 3_000_000
BATCH_SECONDS = 1.0
"""A batch is committed when it has so many files or letters or its first file waits so long."""


@contextmanager
def writer_lock(folder: Path, patience: float) -> Iterator[None]:
    """Hold the writer's lock of a library, waiting `patience` seconds; raise LibraryBusyError.

    An exclusive transaction on a database of its own: works alike everywhere and dies with the process.
    """
    with explained(folder):
        lock = sqlite3.connect(folder / "writer.lock", timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            lock.execute("PRAGMA journal_mode = MEMORY")
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                raise LibraryBusyError(
                    f"В библиотеку «{folder}» сейчас пишет другая программа. Повторите, когда она закончит.",
                ) from error
            yield
        finally:
            lock.close()


class Session:
    """Writes while the lock is held; `finish` leaves nothing behind that readers must skip."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store = store
        self._index = index
        self._writer: Writer | None = None
        self._drop_pending()

    def put(
        self, files: Iterable[SourceFile], other: Other = Other.VERSION, origin: Origin = NOBODY
    ) -> Iterator[PutOutcome | SvodError]:
        """Store files in batches; answer each in order, after it is durable and searchable."""
        batch: list[rows.FileRow | PutOutcome | SvodError] = []
        letters, since = 0, time.monotonic()
        for file in files:
            waiting = [row for row in batch if isinstance(row, rows.FileRow)]
            if any(name_of(row.name) == file.name or row.sha256 == file.sha256 for row in waiting):
                yield from self._commit(batch)
                batch, letters = [], 0
            since = since if batch else time.monotonic()
            batch.append(self._prepared(file, other, origin))
            letters += len(file.text)
            late = time.monotonic() - since > BATCH_SECONDS
            if len(batch) >= BATCH_FILES or letters >= BATCH_LETTERS or late:
                yield from self._commit(batch)
                batch, letters = [], 0
        yield from self._commit(batch)

    def delete(self, doc: int, at: int) -> None:
        """Hide a document at once, as deleted `at` (seconds of the epoch); its rows stay while it can be restored."""
        with self._store.writing() as truth:
            truth.execute("UPDATE documents SET deleted = ? WHERE doc = ?", (at, doc))
            advance(truth, "epoch")

    def restore(self, gen: int, file: SourceFile, deleted: Mapping[int, int]) -> None:
        """Write a file again in place of its generation `gen`; `deleted` says, by place, since when documents are.

        Raise ConflictError when its bytes would then be stored under two names.
        """
        with self._store.reading() as truth:
            origin = _origin(truth, gen)
            others = truth.execute(
                "SELECT name FROM living WHERE sha256 = ? AND gen != ? AND fund = ?", (file.sha256, gen, origin.fund)
            ).fetchone()
        if others:
            raise ConflictError(f"То же содержимое уже загружено под именем «{others[0]}»: возвращать нечего.")
        self._written(
            [replace(rows.file_row(laid(file, self._corrections()), self._topics()), deleted=deleted, origin=origin)]
        )

    def erase(self, gen: int, place: int, document: str) -> None:
        """Take a document's words out of all rows; the caller then clears what the files still hold."""
        with self._store.reading() as truth:
            origin, (file, deleted) = _origin(truth, gen), rows.whole_file(truth, gen)
            (key,) = truth.execute("SELECT name FROM sources WHERE gen = ?", (gen,)).fetchone()
        gone = {**deleted, place: 1}
        if len(gone) < len(file.instruments):
            row = rows.file_row(laid(without(file, frozenset({place})), self._corrections()), self._topics())
            self._written([replace(row, deleted=gone, origin=origin)])
        with self._store.writing() as truth:
            if len(gone) == len(file.instruments):
                truth.execute("UPDATE sources SET state = ? WHERE gen = ?", (State.RETIRED, gen))
            truth.execute("DELETE FROM versions WHERE name = ?", (key,))
            found = truth.execute("SELECT key, value FROM decisions").fetchall()
            named = [(k,) for k, value in found if document in value]
            truth.executemany("DELETE FROM decisions WHERE key = ?", named)
            advance(truth, "epoch")

    def finish(self) -> None:
        """Remove what no reader may see any more, and give the index's lock back.

        Everything put is durable by now: what cannot be removed (a full disk) stays hidden until the next session.
        """
        with suppress(SvodError, OSError):
            self._remove_hidden()
        # A short log now is what lets a put on a full disk later be undone with all its space given back.
        with suppress(SvodError):
            self._store.give_space_back()
        self.close()

    def _remove_hidden(self) -> None:
        self._retire_forgotten()
        with self._store.reading() as truth:
            gens = retired_gens(truth)
            docs = [d for (d,) in truth.execute("SELECT doc FROM documents WHERE deleted AND clauses > 0")]
        if gens or docs:
            writer = self._open_writer()
            writer.remove("gen", gens)
            writer.remove("doc", docs)
            writer.commit()
            with self._store.writing() as truth:
                purge(truth, gens)
                truth.executemany("DELETE FROM clauses WHERE doc = ?", ((d,) for d in docs))
                truth.executemany("UPDATE documents SET clauses = 0, words = 0 WHERE doc = ?", ((d,) for d in docs))

    def _retire_forgotten(self) -> None:
        """Retire the files whose documents are all deleted and no longer kept."""
        with self._store.reading() as truth:
            gens = truth.execute(
                "SELECT gen, name FROM hidden WHERE gen NOT IN (SELECT gen FROM living)"
                " GROUP BY gen HAVING max(deleted) < ?",
                (kept_since(),),
            ).fetchall()
        if gens:
            with self._store.writing() as truth:
                truth.executemany(
                    "UPDATE sources SET state = ? WHERE gen = ?", [(State.RETIRED, gen) for gen, _ in gens]
                )
                truth.executemany("DELETE FROM versions WHERE name = ?", [(name,) for _, name in gens])
                advance(truth, "epoch")

    def close(self) -> None:
        """Give the index's lock back."""
        if self._writer:
            writer, self._writer = self._writer, None
            writer.close()

    def amend(
        self, gen: int, file: SourceFile, deleted: Mapping[int, int], reading: SourceFile | None = None
    ) -> PutOutcome:
        """Write the file of a generation again with its corrections as they are now; see `Library.amend`."""
        made = laid(reread(file, reading), self._corrections())
        ids = tuple(d.id for d in documents_of(file) if d.place not in deleted)
        if made is file:
            return PutOutcome(Put.UNCHANGED, ids)
        with self._store.reading() as truth:
            origin = _origin(truth, gen)
        self._written([replace(rows.file_row(made, self._topics()), deleted=deleted, origin=origin)])
        return PutOutcome(Put.REPLACED, ids)

    def _corrections(self) -> list[StoredCorrection]:
        return list(all_stored(self._decided(PREFIX)))

    def _topics(self) -> Topics:
        return topics_among(self._decided(own_topics.PREFIX))

    def _decided(self, prefix: str) -> list[Mapping[str, object]]:
        """Return the readable decisions whose keys begin so."""
        with self._store.reading() as truth:
            found = truth.execute("SELECT value FROM decisions WHERE key >= ? AND key < ?", (prefix, f"{prefix}\uffff"))
            return [read for (value,) in found if (read := rows.read_decision(value))]

    def _prepared(self, file: SourceFile, other: Other, origin: Origin) -> rows.FileRow | PutOutcome | SvodError:
        try:
            file = laid(placed(file, other, self._held, origin.fund), self._corrections())
            origin = replace(origin, fund=self._fund(file, origin.fund))
            return self._known(file, origin.fund) or replace(rows.file_row(file, self._topics()), origin=origin)
        except (InputError, OtherBytesError) as error:
            return error

    def _held(self, key: str) -> Held | None:
        """Return what is stored under a key and not deleted."""
        with self._store.reading() as truth:
            found = truth.execute("SELECT sha256, author, at, fund FROM living WHERE name = ?", (key,)).fetchone()
        return Held(found[0], Origin(*found[1:])) if found else None

    def _fund(self, file: SourceFile, fund: str) -> str:
        """Return the fund of what is stored under a file's key, one only kept too; else the one it is put into."""
        with self._store.reading() as truth:
            statement = "SELECT fund FROM sources WHERE name = ? AND state = ?"
            found = truth.execute(statement, (file.key, State.VISIBLE)).fetchone()
        return str(found[0]) if found else fund

    def _known(self, file: SourceFile, fund: str) -> PutOutcome | None:
        """Answer for a file its fund holds already just so, or under another name; one only kept is not.

        The same parse by another version of the program is only noted as that version's.
        """
        with self._store.reading() as truth:
            found = truth.execute(
                "SELECT gen, name, digest, parser FROM living WHERE sha256 = ? AND fund = ?"
                " ORDER BY name = ? DESC, name",
                (file.sha256, fund, file.key),
            ).fetchone()
            if not found:
                return None
            gen, name, was, parser = found
            documents = truth.execute(
                "SELECT id, deleted FROM documents WHERE gen = ? ORDER BY place", (gen,)
            ).fetchall()
        ids = tuple(id_ for id_, deleted in documents if not deleted)
        if name != file.key:
            return PutOutcome(Put.DUPLICATE, ids, name_of(name))
        if len(ids) != len(documents) or was != digest(file):
            return None
        if parser != file.parser:
            with self._store.writing() as truth:
                truth.execute("UPDATE sources SET parser = ? WHERE gen = ?", (file.parser, gen))
        return PutOutcome(Put.UNCHANGED, ids)

    def _commit(self, batch: list[rows.FileRow | PutOutcome | SvodError]) -> Iterator[PutOutcome | SvodError]:
        """Write a batch: pending rows, index, then the transaction that makes it visible."""
        files = [item for item in batch if isinstance(item, rows.FileRow)]
        outcomes = iter(self._written(files) if files else ())
        for item in batch:
            yield next(outcomes) if isinstance(item, rows.FileRow) else item

    def _written(self, files: list[rows.FileRow]) -> list[PutOutcome]:
        """Write a batch: names of its generations, then rows, index and visibility as one transaction.

        The index is committed inside it, so that what fails anywhere leaves nothing but hidden generations.
        """
        with self._store.writing() as truth:
            first = advance(truth, "next_gen", len(files))
            truth.executemany(
                "INSERT INTO sources (gen, state, name, sha256, file) VALUES (?, ?, ?, ?, x'')",
                ((gen, State.PENDING, file.name, file.sha256) for gen, file in enumerate(files, first)),
            )
        try:
            writer = self._open_writer()
            with self._store.writing() as truth:
                retired = retired_gens(truth)
                for gen, file in enumerate(files, first):
                    self._insert(truth, writer, gen, file)
                outcomes = [_reveal(truth, gen, file) for gen, file in enumerate(files, first)]
                purge(truth, retired)
                advance(truth, "epoch")
                writer.remove("gen", retired)
                with explained(self._store.folder):
                    writer.commit()
        except IndexDamagedError as error:
            self._undo()
            raise unavailable(self._store.folder, str(error)) from error
        except BaseException:
            self._undo()
            raise
        return outcomes

    def _insert(self, truth: sqlite3.Connection, writer: Writer, gen: int, file: rows.FileRow) -> None:
        """Write the rows of a file and hand its clauses to the index."""
        truth.execute(
            "UPDATE sources SET file = ?, digest = ?, parser = ?, author = ?, at = ?, fund = ? WHERE gen = ?",
            (file.file, file.digest, file.parser, *astuple(file.origin), gen),
        )
        for row in file.documents:
            doc, place = advance(truth, "next_doc"), row.document.place
            deleted = file.deleted.get(place, 0)
            counted = (0, 0) if deleted else (len(row.clauses), row.words)
            truth.execute(
                "INSERT INTO documents"
                " (doc, gen, id, place, deleted, clauses, words, summary, facets, instrument, cells)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    doc,
                    gen,
                    row.document.id,
                    place,
                    deleted,
                    *counted,
                    row.summary,
                    row.facets,
                    row.instrument,
                    row.cells,
                ),
            )
            if not deleted:
                insert_clauses(truth, writer, (gen, doc), row)

    def _undo(self) -> None:
        """Give back the space of a batch that failed; its generations stay hidden until the next session."""
        with suppress(SvodError, OSError):
            if self._writer:
                self._writer.rollback()
        with suppress(SvodError):
            self._store.give_space_back()

    def _drop_pending(self) -> None:
        """Remove what a killed or failed writer left behind."""
        with self._store.reading() as truth:
            gens = [g for (g,) in truth.execute("SELECT gen FROM sources WHERE state = ?", (State.PENDING,))]
        if gens:
            writer = self._open_writer()
            writer.remove("gen", gens)
            with explained(self._store.folder):
                writer.commit()
            with self._store.writing() as truth:
                purge(truth, gens)
                # A reader that opened the index before and asks for the hidden generations after must ask again.
                advance(truth, "epoch")

    def _open_writer(self) -> Writer:
        if not self._writer:
            with explained(self._store.folder):
                self._writer = self._index.writer()
        return self._writer


def insert_clauses(truth: sqlite3.Connection, writer: Writer, key: tuple[int, int], row: rows.DocumentRow) -> None:
    """Write the clauses of a document to truth and index; `key` is its (generation, document number)."""
    gen, doc = key
    first = advance(truth, "next_row", len(row.clauses))
    truth.executemany(
        "INSERT INTO clauses (row, doc, ord, eid, unit, data, stream) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((number, doc, *rows.clause_columns(c)) for number, c in enumerate(row.clauses, first)),
    )
    for number, c in enumerate(row.clauses, first):
        writer.add(c.entry(number, gen, doc, row.values))


def _reveal(truth: sqlite3.Connection, gen: int, file: rows.FileRow) -> PutOutcome:
    """Make a generation visible in place of its predecessor, a kept one too."""
    archive(truth, file)
    replaced = truth.execute("SELECT 1 FROM living WHERE name = ?", (file.name,)).fetchone()
    truth.execute(
        "UPDATE sources SET state = ? WHERE name = ? AND state = ?", (State.RETIRED, file.name, State.VISIBLE)
    )
    truth.execute("UPDATE sources SET state = ? WHERE gen = ?", (State.VISIBLE, gen))
    return PutOutcome(Put.REPLACED if replaced else Put.STORED, tuple(d.document.id for d in file.documents))


def archive(truth: sqlite3.Connection, file: rows.FileRow) -> None:
    """Keep what a file with other bytes is about to replace as a version."""
    found = truth.execute(
        "SELECT gen, sha256, author, at, fund, parser FROM sources WHERE name = ? AND state = ? AND sha256 != ?",
        (file.name, State.VISIBLE, file.sha256),
    ).fetchone()
    if found:
        gen, sha256, *origin, parser = found
        whole, _ = rows.whole_file(truth, gen)
        ids = [id_ for (id_,) in truth.execute("SELECT id FROM documents WHERE gen = ? ORDER BY place", (gen,))]
        truth.execute(
            "INSERT INTO versions (gen, name, sha256, author, at, fund, parser, documents, file)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (gen, file.name, sha256, *origin, parser, json.dumps(ids), rows.packed(whole)),
        )


def _origin(truth: sqlite3.Connection, gen: int) -> Origin:
    return Origin(*truth.execute("SELECT author, at, fund FROM sources WHERE gen = ?", (gen,)).fetchone())


def kept_since() -> int:
    """Return the moment before which deleted documents are given up."""
    return int(time.time()) - KEPT


def retired_gens(truth: sqlite3.Connection) -> list[int]:
    """Return generations whose files have a newer one, not removed from the index yet."""
    return [g for (g,) in truth.execute("SELECT gen FROM sources WHERE state = ?", (State.RETIRED,))]


def purge(truth: sqlite3.Connection, gens: Iterable[int]) -> None:
    """Delete generations with their documents and clauses."""
    truth.executemany("DELETE FROM sources WHERE gen = ?", ((g,) for g in gens))

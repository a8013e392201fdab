"""The truth of a local library: one SQLite file (WAL, synchronous=FULL) that only this module reads and writes.

Every put of a file makes a generation, first recorded as PENDING. One transaction then writes its rows, commits its
clauses to the index, makes it VISIBLE and its predecessor RETIRED. `epoch` counts those transactions: within one epoch
the visible set never changes.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

from corpus.errors import LibraryBusyError, LibraryUnavailableError
from corpus.local.migrations import FORMAT, PARTS, TABLES, VECTORS, VIEWS, format_of, migrate

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    gen INTEGER PRIMARY KEY, state INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,
    file BLOB NOT NULL, digest TEXT NOT NULL DEFAULT '', parser TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '', at TEXT NOT NULL DEFAULT '', fund TEXT NOT NULL DEFAULT ''
);
CREATE TABLE versions (
    gen INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL,
    fund TEXT NOT NULL, parser TEXT NOT NULL, documents TEXT NOT NULL, file BLOB NOT NULL
);
CREATE INDEX versions_name ON versions (name);
CREATE UNIQUE INDEX sources_visible ON sources (name) WHERE state = 1;
CREATE INDEX sources_sha256 ON sources (sha256);
CREATE INDEX sources_state ON sources (state);
CREATE TABLE documents (
    doc INTEGER PRIMARY KEY, gen INTEGER NOT NULL REFERENCES sources (gen) ON DELETE CASCADE, id TEXT NOT NULL,
    place INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0, clauses INTEGER NOT NULL, words INTEGER NOT NULL,
    summary TEXT NOT NULL, facets TEXT NOT NULL, instrument BLOB NOT NULL, cells TEXT NOT NULL DEFAULT ''
);
CREATE INDEX documents_gen ON documents (gen);
CREATE INDEX documents_id ON documents (id);
CREATE TABLE clauses (
    row INTEGER PRIMARY KEY, doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE, ord INTEGER NOT NULL,
    eid TEXT NOT NULL, unit INTEGER NOT NULL, data TEXT NOT NULL, stream TEXT NOT NULL
);
CREATE UNIQUE INDEX clauses_place ON clauses (doc, eid);
CREATE INDEX clauses_unit ON clauses (doc, unit);
CREATE TABLE decisions (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('epoch', 0), ('index', 0), ('next_gen', 1), ('next_doc', 1), ('next_row', 1), ('analysis', 0);
"""
_PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "cache_size = -16000",
    "journal_size_limit = 33554432",
)
_BUSY_SECONDS = 10.0


class State(IntEnum):
    """What a generation of a file is to readers."""

    PENDING = 0
    VISIBLE = 1
    RETIRED = 2


class Store:
    """Connections to the truth: `reading` gives a snapshot, `writing` a durable transaction.

    With `funds` its readers see these alone; the library must have been opened whole before.
    """

    def __init__(self, folder: Path, funds: frozenset[str] | None = None) -> None:
        self.path = folder / "truth.sqlite"
        self.folder = folder
        self._funds = funds
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        if funds is None:
            with explained(folder):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                if not self.path.exists():
                    self.path.touch(mode=0o600)
                self._prepare()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose reads all see one moment."""
        with explained(self.folder), self._connection() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection in a write transaction; durable when the block ends, undone when it raises."""
        with explained(self.folder), self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    def epoch(self) -> int:
        """Return the epoch as of now, whatever snapshots are open."""
        with self.reading() as snapshot:
            return meta(snapshot, "epoch")

    def give_space_back(self) -> None:
        """Shorten the write-ahead log to nothing where no reader needs it."""
        with explained(self.folder), self._connection() as connection:
            connection.execute("PRAGMA busy_timeout = 200")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.execute(f"PRAGMA busy_timeout = {int(_BUSY_SECONDS * 1000)}")

    def clear(self) -> None:
        """Write the file anew, so that nothing deleted stands in its free pages or in the write-ahead log."""
        with explained(self.folder), self._connection() as connection:
            connection.execute("VACUUM")
        self.give_space_back()

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._closed:
                raise LibraryUnavailableError(f"Библиотека «{self.folder}» закрыта.")
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._connect()
        try:
            yield connection
        except sqlite3.Error:
            connection.close()
            raise
        except BaseException:
            self._keep(connection)
            raise
        else:
            self._keep(connection)

    def _keep(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if self._funds is not None:
            connection.execute("CREATE TEMP TABLE readable (fund TEXT PRIMARY KEY) WITHOUT ROWID")
            connection.executemany("INSERT INTO readable VALUES (?)", ((fund,) for fund in self._funds))
            for view in PARTS:
                connection.execute(view)
        return connection

    def _prepare(self) -> None:
        """Make the tables of a new library or bring those of an older format up; refuse a newer one untouched."""
        connection = self._connect()
        try:
            if (found := format_of(connection)) > FORMAT:
                raise LibraryUnavailableError(
                    f"Библиотека «{self.folder}» записана более новой версией программы (формат {found}, эта читает "
                    f"до {FORMAT}). Обновите программу; библиотека не тронута.",
                )
            _log_ahead(connection)
            if format_of(connection) == 0:
                connection.execute("BEGIN EXCLUSIVE")
                if format_of(connection) == 0:
                    for statement in _SCHEMA.split(";\n"):
                        connection.execute(statement)
                    for statement in (*TABLES, *VECTORS, *VIEWS):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA user_version = {FORMAT}")
                connection.commit()
            migrate(connection)
        finally:
            connection.close()


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch a database to write-ahead logging.

    SQLite does not wait here as it does elsewhere: of six processes that open a new library together, one in a hundred
    is told "locked" at once, since two hold the file for reading and both want to write its header.
    """
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def meta(connection: sqlite3.Connection, key: str) -> int:
    """Read a counter; raise sqlite3.DatabaseError where it is lost."""
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    if found is None or not isinstance(found[0], int):
        raise sqlite3.DatabaseError(f"no counter {key!r}")
    return found[0]


def advance(connection: sqlite3.Connection, key: str, by: int = 1) -> int:
    """Add to a counter and return what it was before."""
    before = meta(connection, key)
    connection.execute("UPDATE meta SET value = ? WHERE key = ?", (before + by, key))
    return before


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into sentences for the person."""
    try:
        yield
    except sqlite3.OperationalError as error:
        reason = str(error)
        if "full" in reason:
            raise disk_full(folder) from error
        if "locked" in reason or "busy" in reason:
            raise LibraryBusyError(
                f"Библиотека «{folder}» занята другой программой. Повторите через минуту."
            ) from error
        raise unavailable(folder, reason) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # its schema may read as no text
        raise LibraryUnavailableError(
            f"Файл «{folder / 'truth.sqlite'}» повреждён ({error}). Восстановите библиотеку из резервной копии.",
        ) from error
    except OSError as error:
        if error.errno in {28, 122}:
            raise disk_full(folder) from error
        raise unavailable(folder, error.strerror or str(error)) from error


def disk_full(folder: Path) -> LibraryUnavailableError:
    """Say that the disk is full."""
    return LibraryUnavailableError(
        f"На диске, где лежит библиотека «{folder}», нет места; ничего не записано. Освободите место и повторите.",
    )


def unavailable(folder: Path, reason: str) -> LibraryUnavailableError:
    """Say that the library cannot be read or written, and why."""
    return LibraryUnavailableError(
        f"Библиотека «{folder}» недоступна: {reason}. Проверьте путь и права на папку или укажите другую (--library).",
    )

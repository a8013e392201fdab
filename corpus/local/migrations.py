"""The numbered formats of the truth, and the step that leads from each to the next; each is one transaction."""

import sqlite3
from collections.abc import Callable

FORMAT = 5
"""The format this program writes."""
RIGHTS = 4
"""The first format with registers and the trail."""


VIEWS = (
    # A file without documents never had one: then the file itself is what is stored.
    """CREATE VIEW living AS SELECT * FROM sources WHERE state = 1 AND (
        EXISTS (SELECT 1 FROM documents d WHERE d.gen = sources.gen AND NOT d.deleted)
        OR NOT EXISTS (SELECT 1 FROM documents d WHERE d.gen = sources.gen))""",
    """CREATE VIEW shown AS SELECT documents.*, name, fund
        FROM documents JOIN sources USING (gen) WHERE state = 1 AND NOT deleted""",
    """CREATE VIEW hidden AS SELECT documents.*, name, fund
        FROM documents JOIN sources USING (gen) WHERE state = 1 AND deleted""",
    "CREATE VIEW barred AS SELECT gen FROM sources WHERE 0",
)
"""What readers ask for: files with a document that is not deleted, documents shown, deleted ones that are kept.

`barred` are generations a reader may not see; of the whole library there are none.
"""

PARTS = (
    "CREATE TEMP VIEW living AS SELECT * FROM main.living WHERE fund IN (SELECT fund FROM readable)",
    "CREATE TEMP VIEW shown AS SELECT * FROM main.shown WHERE fund IN (SELECT fund FROM readable)",
    "CREATE TEMP VIEW hidden AS SELECT * FROM main.hidden WHERE fund IN (SELECT fund FROM readable)",
    "CREATE TEMP VIEW barred AS SELECT gen FROM main.sources WHERE fund NOT IN (SELECT fund FROM readable)",
)
"""The same views for a connection that may read the funds of its table `readable`; they stand before the others."""

TABLES = (
    """CREATE TABLE registers (register TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (register, key)) WITHOUT ROWID""",
    "CREATE TABLE trail (place INTEGER PRIMARY KEY AUTOINCREMENT, said TEXT NOT NULL)",
    "CREATE TRIGGER trail_kept BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END",
    "CREATE TRIGGER trail_same BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END",
)
"""Who may do what (users, keys, funds, sessions…), and the trail of what was done."""

VECTORS = (
    "CREATE TABLE vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID",
    """CREATE TABLE embedded (row INTEGER PRIMARY KEY REFERENCES clauses (row) ON DELETE CASCADE,
        key TEXT NOT NULL)""",
    "CREATE INDEX embedded_key ON embedded (key)",
)
"""Vectors of a sentence model by text, and the clauses that have theirs."""


def _versions(truth: sqlite3.Connection) -> None:
    """1 → 2: files tell who put them, when and into which fund; what was replaced is kept as a version.

    Libraries made before 21 November 2026 lack a file's digest and its parser's name too.
    """
    had = {row[1] for row in truth.execute("PRAGMA table_info(sources)")}
    for name in ("digest", "parser", "author", "at", "fund"):
        if name not in had:
            truth.execute(f"ALTER TABLE sources ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
    truth.execute(
        "CREATE TABLE versions (gen INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL,"
        " author TEXT NOT NULL, at TEXT NOT NULL, fund TEXT NOT NULL, parser TEXT NOT NULL,"
        " documents TEXT NOT NULL, file BLOB NOT NULL)"
    )
    truth.execute("CREATE INDEX versions_name ON versions (name)")


def _cells(truth: sqlite3.Connection) -> None:
    """2 → 3: documents have their cells beside them; those of older libraries are made when first asked for."""
    truth.execute("ALTER TABLE documents ADD COLUMN cells TEXT NOT NULL DEFAULT ''")


def _rights(truth: sqlite3.Connection) -> None:
    """3 → 4: registers of users, keys and funds, the trail; documents shown tell their fund."""
    for statement in TABLES:
        truth.execute(statement)
    for view in ("living", "shown", "hidden", "barred"):
        truth.execute(f"DROP VIEW IF EXISTS {view}")
    for statement in VIEWS:
        truth.execute(statement)


def _vectors(truth: sqlite3.Connection) -> None:
    """4 → 5: clauses may have vectors; a library that has none is searched by words, as before."""
    for statement in VECTORS:
        truth.execute(statement)


STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _versions, 2: _cells, 3: _rights, 4: _vectors}
"""By the format each begins from."""


def format_of(truth: sqlite3.Connection) -> int:
    """Return the format a database is written in; 0 for an empty one."""
    return int(truth.execute("PRAGMA user_version").fetchone()[0])


def migrate(truth: sqlite3.Connection) -> None:
    """Bring a database up to FORMAT step by step; a step that breaks off leaves the format it began from."""
    while (found := format_of(truth)) < FORMAT:
        truth.execute("BEGIN EXCLUSIVE")
        try:
            if format_of(truth) == found:
                STEPS[found](truth)
                truth.execute(f"PRAGMA user_version = {found + 1}")
            truth.commit()
        except BaseException:
            truth.rollback()
            raise

"""The numbered formats of the truth, and the step that leads from each to the next; each is one transaction."""

import sqlite3
from collections.abc import Callable

FORMAT = 2
"""The format this program writes."""


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


STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _versions}
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

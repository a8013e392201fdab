"""What `svod check` verifies."""

import sqlite3
from collections.abc import Iterator

from corpus.library import Finding
from corpus.local.view import View


def check(truth: sqlite3.Connection, view: View | None = None) -> Iterator[Finding]:
    """Verify the truth by itself or, with a view, the index against it."""
    yield from ()

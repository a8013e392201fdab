"""Vectors in the truth: each text's once, and which clauses have theirs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from corpus.kept_vectors import KeptVector, Unembedded
from corpus.local.records import read_clause
from corpus.local.store import Store

_PAGE: Final = 200
"""Clauses read at a time."""


class VectorRows:
    """The vectors of a local library."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def held(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Return the vectors that are kept, by key."""
        statement = "SELECT key, vector FROM vectors WHERE key IN (SELECT value FROM json_each(?))"
        with self._store.reading() as truth:
            return dict(truth.execute(statement, (json.dumps(list(keys)),)))

    def missing(self) -> Iterator[Unembedded]:
        """Yield the clauses that have no vector yet."""
        statement = (
            "SELECT row, id, eid, ord, data FROM clauses JOIN shown USING (doc)"
            " WHERE row > ? AND row NOT IN (SELECT row FROM embedded) ORDER BY row LIMIT ?"
        )
        last = 0
        while True:
            with self._store.reading() as truth:
                found = truth.execute(statement, (last, _PAGE)).fetchall()
            for row, document, eid, order, data in found:
                yield Unembedded(str(row), read_clause(document, eid, order, data).said)
                last = row
            if len(found) < _PAGE:
                return

    def keep(self, vectors: Sequence[KeptVector]) -> None:
        """Keep vectors beside their clauses."""
        with self._store.writing() as truth:
            for kept in vectors:
                truth.execute(
                    "INSERT OR REPLACE INTO embedded (row, key) SELECT row, ? FROM clauses WHERE row = ?",
                    (kept.key, int(kept.place)),
                )
                truth.execute(
                    "INSERT OR IGNORE INTO vectors (key, vector)"
                    " SELECT ?, ? WHERE EXISTS (SELECT 1 FROM embedded WHERE key = ?)",
                    (kept.key, kept.vector, kept.key),
                )

    def share(self) -> tuple[int, int]:
        """Return how many clauses have a vector, and how many there are."""
        with self._store.reading() as truth:
            ((have,),) = truth.execute("SELECT count(*) FROM embedded JOIN clauses USING (row) JOIN shown USING (doc)")
            ((clauses,),) = truth.execute("SELECT coalesce(sum(clauses), 0) FROM shown")
        return have, clauses

    def drop_orphans(self) -> None:
        """Remove the vectors of texts that no clause says any more."""
        with self._store.writing() as truth:
            truth.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM embedded)")

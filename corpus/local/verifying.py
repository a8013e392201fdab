"""Exact answers for phrases and distances the index can only narrow down: candidates are read and looked at."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from corpus import streams
from corpus.local.index import Query, Searcher
from corpus.places import near, near_in_article, places
from corpus.query.tree import Near, Phrase, Within

_CHUNK = 500
"""Rows fetched with one statement."""


class Verifier:
    """Looks at the stored streams of one moment of the truth."""

    def __init__(self, truth: sqlite3.Connection, searcher: Searcher) -> None:
        self._truth = truth
        self._searcher = searcher

    def rows(self, node: Phrase | Near, candidates: Query) -> list[int]:
        """Return the candidates that match."""
        rows = self._searcher.rows(candidates)
        if isinstance(node, Near) and node.within is Within.ARTICLE:
            return self._in_articles(node, rows)
        out: list[int] = []
        for chunk in chunks(rows):
            found = self._truth.execute(f"SELECT row, stream FROM clauses WHERE row IN ({marks(chunk)})", chunk)  # noqa: S608
            out.extend(row for row, text in found if _matches(node, streams.read(text)))
        return out

    def _in_articles(self, node: Near, rows: list[int]) -> list[int]:
        """Return the clauses that hold a part of the distance in articles that hold all parts."""
        parts: dict[tuple[int, str], set[int]] = defaultdict(set)
        for chunk in chunks(rows):
            found = self._truth.execute(f"SELECT doc, unit, stream FROM clauses WHERE row IN ({marks(chunk)})", chunk)  # noqa: S608
            for doc, unit, text in found:
                stream = streams.read(text)
                parts[doc, unit].update(i for i, part in enumerate(node.parts) if places(part, stream))
        out: list[int] = []
        for (doc, unit), present in parts.items():
            if len(present) == len(node.parts):
                clauses = self._truth.execute(
                    "SELECT row, stream FROM clauses WHERE doc = ? AND unit = ? ORDER BY ord", (doc, unit)
                ).fetchall()
                matching = near_in_article(node, [streams.read(text) for _, text in clauses])
                out.extend(clauses[i][0] for i in matching)
        return out


def _matches(node: Phrase | Near, stream: Sequence[streams.Placed]) -> bool:
    return bool(places(node, stream)) if isinstance(node, Phrase) else near(node, stream)


def chunks(rows: Sequence[int]) -> list[Sequence[int]]:
    """Cut rows into runs for one statement each."""
    return [rows[i : i + _CHUNK] for i in range(0, len(rows), _CHUNK)]


def marks(values: Sequence[object]) -> str:
    """Return as many question marks."""
    return ",".join("?" * len(values))

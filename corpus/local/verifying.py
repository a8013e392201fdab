"""Exact answers for phrases and distances the index can only narrow down: candidates are read and looked at."""

import sqlite3
from collections.abc import Sequence

from analyzers.terms import readings
from corpus import streams
from corpus.local import rows
from corpus.local.index import Query, Searcher
from corpus.places import Part, fits, near, near_in_article, places
from corpus.query.tree import GAP, Near, Phrase
from corpus.streams import Placed

_CHUNK = 500
"""Rows fetched with one statement."""


class Verifier:
    """Looks at the stored streams of one moment of the truth."""

    def __init__(self, truth: sqlite3.Connection, searcher: Searcher) -> None:
        self._truth = truth
        self._searcher = searcher

    def clauses(self, node: Phrase | Near, candidates: Query) -> list[int]:
        """Return the rows of candidates that match."""
        sieve = _Sieve(node)
        out: list[int] = []
        for chunk in chunks(self._searcher.rows(candidates)):
            found = self._truth.execute(f"SELECT row, stream FROM clauses WHERE row IN ({marks(chunk)})", chunk)  # noqa: S608
            out.extend(row for row, text in found if _matches(node, sieve.read(text)))
        return out

    def articles(self, node: Near, parts: Sequence[Query]) -> list[int]:
        """Return the rows of clauses that match a distance within an article; `parts` find each part."""
        units = set.intersection(*(set(self._searcher.rows(part, "unit")) for part in parts))
        out: list[int] = []
        for unit in units:
            clauses = self._truth.execute(
                "SELECT row, stream FROM clauses WHERE doc = ? AND unit = ? ORDER BY ord", rows.unit_key(unit)
            ).fetchall()
            matching = near_in_article(node, [streams.read(text) for _, text in clauses])
            out.extend(clauses[i][0] for i in matching)
        return out


class _Sieve:
    """Reads of a stream only the words that answer any word of a node; each form is judged once."""

    def __init__(self, node: Phrase | Near) -> None:
        parts: Sequence[Part] = node.parts if isinstance(node, Near) else (node,)
        self._words = [w for part in parts for w in (part.words if isinstance(part, Phrase) else (part,))]
        self._kept: dict[str, bool] = {}

    def read(self, text: str) -> list[Placed]:
        out: list[Placed] = []
        at = 0
        for number, line in enumerate(text.split("\n")):
            forms = line.split()
            for position, form in enumerate(forms, at):
                kept = self._kept.get(form)
                if kept is None:
                    kept = self._kept[form] = self._answers(form)
                if kept:
                    out.append(Placed(position, number, form, readings(form)))
            at += len(forms) + (0 if number else GAP)
        return out

    def _answers(self, form: str) -> bool:
        placed = Placed(0, 0, form, readings(form))
        return any(fits(word, placed) for word in self._words)


def _matches(node: Phrase | Near, stream: Sequence[Placed]) -> bool:
    return bool(places(node, stream)) if isinstance(node, Phrase) else near(node, stream)


def chunks(values: Sequence[int]) -> list[Sequence[int]]:
    """Cut rows into runs for one statement each."""
    return [values[i : i + _CHUNK] for i in range(0, len(values), _CHUNK)]


def marks(values: Sequence[object]) -> str:
    """Return as many question marks."""
    return ",".join("?" * len(values))

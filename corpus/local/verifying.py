"""Exact answers for phrases and distances the index can only narrow down: candidates are read and looked at."""

import json
import sqlite3
import time
from collections.abc import Sequence

from corpus.clauses import streams
from corpus.clauses.matching import ACROSS, Part, Place, fits, near_in_article_places, near_places
from corpus.clauses.tree import GAP, Near, Phrase
from corpus.errors import QueryError
from corpus.local import records as rows
from corpus.local.index import Query, Searcher

_CHUNK = 500
"""Rows fetched with one statement."""
LONGEST_LOOK = 1.5
"""Seconds of processor time that looking at candidates may take, so that any query answers or fails within two."""


class Verifier:
    """Looks at the stored streams of one moment of the truth, for one query."""

    def __init__(self, truth: sqlite3.Connection, searcher: Searcher) -> None:
        self._truth = truth
        self._searcher = searcher
        self._until = time.thread_time() + LONGEST_LOOK

    def clauses(self, node: Phrase | Near, candidates: Query) -> list[int]:
        """Return the rows of candidates that match; raise QueryError when there are too many to look at."""
        sieve = _Sieve(node)
        out: list[int] = []
        for chunk in chunks(self._searcher.rows(candidates)):
            self._in_time()
            found = self._truth.execute(
                "SELECT row, stream FROM clauses WHERE row IN (SELECT value FROM json_each(?))", (json.dumps(chunk),)
            )
            out.extend(row for row, text in found if sieve.matches(text))
        return out

    def articles(self, node: Near, parts: Sequence[Query]) -> list[int]:
        """Return the rows of clauses that match a distance within an article; `parts` find each part.

        Raise QueryError when there are too many articles to look at.
        """
        sieve = _Sieve(node)
        units = set.intersection(*(set(self._searcher.rows(part, "unit")) for part in parts))
        out: list[int] = []
        for unit in units:
            self._in_time()
            clauses = self._truth.execute(
                "SELECT row, stream FROM clauses WHERE doc = ? AND unit = ? ORDER BY ord", rows.unit_key(unit)
            ).fetchall()
            matching = near_in_article_places(node, [sieve.running(text) for _, text in clauses])
            out.extend(clauses[i][0] for i in matching)
        return out

    def picked(self, keys: Sequence[tuple[str, str]]) -> list[int]:
        """Return the rows of clauses by (document, eId)."""
        statement = (
            "SELECT row FROM json_each(?) AS asked"
            " JOIN shown ON shown.id = json_extract(asked.value, '$[0]')"
            " JOIN clauses ON clauses.doc = shown.doc AND clauses.eid = json_extract(asked.value, '$[1]')"
        )
        return [row for (row,) in self._truth.execute(statement, (json.dumps(keys),))]

    def _in_time(self) -> None:
        if time.thread_time() > self._until:
            raise QueryError(
                "Запрос слишком общий: слова в нём так часты, что положения не просмотреть за две секунды. "
                "Добавьте слово пореже, уменьшите расстояние или назовите документ."
            )


class _Sieve:
    """Finds the places of a node's parts in stored streams; each form is judged once."""

    def __init__(self, node: Phrase | Near) -> None:
        self._node = node
        self._parts: Sequence[Part] = node.parts if isinstance(node, Near) else (node,)
        self._words = [w for part in self._parts for w in (part.words if isinstance(part, Phrase) else (part,))]
        self._answers: dict[str, int] = {}

    def matches(self, text: str) -> bool:
        """Say whether the clause with this stream matches."""
        found = self._places(self._read(text))
        return near_places(self._node, found) if isinstance(self._node, Near) else bool(found[0])

    def running(self, text: str) -> tuple[int, list[list[Place]]]:
        """Return the words of a clause, and the places of the parts, the gap after its heading left out."""
        heading, _, rest = text.partition("\n")
        gap = len(heading.split()) + GAP
        found = self._places(self._read(text))
        packed = [[p if p.start < gap else Place(p.start - GAP, p.end - GAP) for p in own] for own in found]
        return gap - GAP + len(rest.split()), packed

    def _read(self, text: str) -> dict[int, tuple[int, int]]:
        """Return sentence and answered words (bits) by position, of positions that answer any."""
        out: dict[int, tuple[int, int]] = {}
        answers = self._answers
        at = 0
        for number, line in enumerate(text.split("\n")):
            forms = line.split()
            for position, form in enumerate(forms, at):
                bits = answers.get(form)
                if bits is None:
                    bits = answers[form] = self._judged(form)
                if bits:
                    out[position] = (number, bits)
            at += len(forms) + (0 if number else GAP)
        return out

    def _judged(self, form: str) -> int:
        placed = streams.placed(form)
        return sum(1 << n for n, word in enumerate(self._words) if fits(word, placed))

    def _places(self, stream: dict[int, tuple[int, int]]) -> list[list[Place]]:
        out = []
        first = 0
        for part in self._parts:
            if isinstance(part, Phrase):
                bits = range(first, first + len(part.words))
                starts = [p for p in stream if all(stream.get(p + i, _NONE)[1] >> b & 1 for i, b in enumerate(bits))]
                out.append([Place(p, p + len(bits), self._sentence(stream, p, len(bits))) for p in starts])
                first += len(bits)
            else:
                out.append([Place(p, p + 1, number) for p, (number, bits) in stream.items() if bits >> first & 1])
                first += 1
        return out

    @staticmethod
    def _sentence(stream: dict[int, tuple[int, int]], start: int, length: int) -> int:
        """Return the sentence a phrase stands in."""
        first = stream[start][0]
        return first if stream[start + length - 1][0] == first else ACROSS


_NONE = (0, 0)


def chunks(values: Sequence[int]) -> list[Sequence[int]]:
    """Cut rows into runs for one statement each."""
    return [values[i : i + _CHUNK] for i in range(0, len(values), _CHUNK)]

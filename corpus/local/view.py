"""A view pairs a moment of the truth with a state of the index that holds all that is visible at that moment.

Proof that a reader never meets a mixture. Whatever becomes visible is in the index before the epoch that shows it,
and nothing visible in an epoch leaves the index while it lasts. So an index state opened after a snapshot of epoch E
holds all that E shows, if the epoch is still E afterwards. What else it holds (files being written, versions not yet
removed) the truth lists as hidden, before or after the index was opened: both lists are excluded.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.clauses.tree import Node
from corpus.local import index
from corpus.local.index import Index, IndexDamagedError, Query, Searcher
from corpus.local.store import State, Store, meta

_SETS = 8
"""Sets of clauses whose lemmas are remembered, beside all."""


@dataclass(slots=True)
class View:
    """What is visible in one epoch; `frequency`, `ranks` and `translated` are filled as they are asked for."""

    epoch: int
    index_number: int
    searcher: Searcher
    hidden: Sequence[Query]
    documents: int
    clauses: int
    words: int
    frequency: dict[Node | None, dict[str, int]] = field(default_factory=dict)
    ranks: dict[int, int] = field(default_factory=dict)
    translated: dict[Node, Query] = field(default_factory=dict)

    def visible(self, query: Query) -> Query:
        """Leave out what is hidden."""
        return index.all_of([query], self.hidden) if self.hidden else query

    def counted(self, within: Node | None) -> dict[str, int]:
        """Return what is known of the clauses that hold each lemma, of all or of those that match."""
        if within not in self.frequency and len(self.frequency) > _SETS:
            self.frequency.clear()
        return self.frequency.setdefault(within, {})

    def rank(self, truth: sqlite3.Connection) -> dict[int, int]:
        """Return the place of each document number in the order of document ids."""
        if not self.ranks:
            rows = truth.execute("SELECT doc FROM shown ORDER BY id")
            self.ranks = {doc: rank for rank, (doc,) in enumerate(rows)}
        return self.ranks


def open_view(store: Store, truth: sqlite3.Connection, found: Index) -> View | None:
    """Pair a snapshot with the index; None when the truth moved on meanwhile; raise IndexDamagedError."""
    epoch = meta(truth, "epoch")
    before = _hidden(truth)
    searcher = found.searcher()
    with store.reading() as now:
        if meta(now, "epoch") != epoch:
            return None
        after = _hidden(now)
    gens, docs = before[0] | after[0], before[1] | after[1]
    hidden = [index.one_of(name, sorted(numbers)) for name, numbers in (("gen", gens), ("doc", docs)) if numbers]
    documents, clauses, words = truth.execute(
        "SELECT count(*), coalesce(sum(clauses), 0), coalesce(sum(words), 0) FROM shown"
    ).fetchone()
    view = View(epoch, meta(truth, "index"), searcher, hidden, documents, clauses, words)
    size = searcher.count(view.visible(index.everything())) if hidden else searcher.size
    if size != clauses:
        raise IndexDamagedError(f"В указателе поиска {size} положений, в библиотеке {clauses}.")
    return view


def _hidden(truth: sqlite3.Connection) -> tuple[set[int], set[int]]:
    """Return the generations and documents the index may hold and no reader may see."""
    statement = "SELECT gen FROM sources WHERE state IN (?, ?) UNION SELECT gen FROM barred"
    gens = {g for (g,) in truth.execute(statement, (State.PENDING, State.RETIRED))}
    docs = {d for (d,) in truth.execute("SELECT doc FROM documents WHERE deleted AND clauses > 0")}
    return gens, docs

"""The derived index of a local library. The one place that imports tantivy.

A clause is one entry. In the field "body" every position holds all lemmas of its word and, with "=" before it, the
exact form, so that a phrase may mix both; "context" holds the lemmas of headings and lead-ins above. "key" holds
filter values as "name:value".
"""

import heapq
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy
from tantivy import DocAddress, Occur, Query, SearchResult, Token

from corpus.clauses.streams import Placed
from corpus.errors import SvodError
from corpus.local.keeping.sums import OPENED, damaged

FORM = "="
"""Before an exact form, so that it is no lemma."""

_HEAP = 64_000_000
_NUMBERS = ("row", "gen", "doc", "order", "unit", "day")
_FACETS = ("article", "kind", "topic")


class IndexDamagedError(SvodError):
    """The index is missing, stale or unreadable; the library rebuilds it from the truth."""

    code = "index-damaged"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A clause for the index: row, generation and document in the truth, order there, unit, day, streams and keys.

    `unit` numbers what a distance within an article runs in, over all documents.
    """

    row: int
    gen: int
    doc: int
    order: int
    unit: int
    day: int
    body: Sequence[Placed]
    context: Sequence[Placed]
    keys: Sequence[str]
    facets: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class IndexHit:
    """An entry that matches: its row and score."""

    row: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """How many entries match, and the best in order."""

    total: int
    hits: Sequence[IndexHit]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_text_field("body", tokenizer_name="raw", index_option="position")
    builder.add_text_field("context", tokenizer_name="raw", index_option="freq")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    for name in _FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


SCHEMA = _schema()


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn every failure of the engine, Rust panics included, into IndexDamagedError; leave full disks as OSError."""
    try:
        yield
    except (OSError, ValueError, TypeError, LookupError) as error:
        if "No space left" in str(error):
            raise OSError(28, "No space left on device") from error
        raise IndexDamagedError(f"Указатель поиска не читается: {error}") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise IndexDamagedError(f"Указатель поиска повреждён: {error}") from error
        raise


class Index:
    """The index in one folder."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder
        with _guarded():
            if create:
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
            elif not tantivy.Index.exists(str(folder)):
                raise IndexDamagedError("Указателя поиска нет.")
            elif wrong := next(damaged(folder, OPENED), None):
                raise IndexDamagedError(wrong.message)
            self._index = tantivy.Index(SCHEMA, str(folder), reuse=True)
            self._index.config_reader("manual")

    def writer(self) -> "Writer":
        """Open the one writer; raise OSError when there is another."""
        with _guarded():
            return Writer(self._index.writer(_HEAP, 1))

    def searcher(self) -> "Searcher":
        """Return a view of the last commit."""
        with _guarded():
            self._index.reload()
            return Searcher(self._index.searcher())


class Writer:
    """Adds and removes entries; nothing is seen before `commit`."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer = writer

    def add(self, entry: IndexEntry) -> None:
        """Add a clause."""
        document = tantivy.Document()
        for name in _NUMBERS:
            document.add_unsigned(name, getattr(entry, name))
        tokens = []
        for word in entry.body:
            tokens.append(Token(FORM + word.form, word.position, 0, 0))
            tokens.extend(Token(lemma, word.position, 0, 0) for lemma in word.lemmas)
        context = [Token(lemma, word.position, 0, 0) for word in entry.context for lemma in word.lemmas]
        document.add_pre_tokenized_text("body", tantivy.PreTokenizedString("", tokens))
        document.add_pre_tokenized_text("context", tantivy.PreTokenizedString("", context))
        for key in entry.keys:
            document.add_text("key", key)
        for name, value in entry.facets:
            document.add_text(name, value)
        with _guarded():
            self._writer.add_document(document)

    def remove(self, name: str, numbers: Iterable[int]) -> None:
        """Remove the entries whose "gen" or "doc" is one of these."""
        with _guarded():
            # delete_documents_by_term takes a Python int for a signed number and deletes nothing (tantivy 0.27).
            for number in numbers:
                self._writer.delete_documents_by_query(Query.term_query(SCHEMA, name, number))

    def commit(self) -> None:
        """Make it durable and visible to searchers opened from now on."""
        with _guarded():
            self._writer.commit()

    def rollback(self) -> None:
        """Forget what was not committed, its files too."""
        with _guarded():
            self._writer.rollback()
            self._writer.garbage_collect_files()

    def close(self) -> None:
        """Wait for merges and give the writer's lock back."""
        with _guarded():
            self._writer.wait_merging_threads()
        del self._writer


class Searcher:
    """A fixed view of the index."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    @property
    def size(self) -> int:
        """Return how many entries there are."""
        return int(self._searcher.num_docs)

    def count(self, query: Query) -> int:
        """Return how many entries match."""
        with _guarded():
            return _total(self._searcher.search(query, 1))

    def best(self, query: Query, limit: int, ranks: Callable[[], Mapping[int, int]]) -> Found:
        """Return the best by score, ties by the rank of their document and by order."""
        with _guarded():
            result = self._searcher.search(query, limit + 1)
            hits, total = result.hits, _total(result)
            if len(hits) <= limit or hits[limit - 1][0] != hits[limit][0]:
                return Found(total, self._ordered(hits[:limit], limit, ranks))
            lowest = hits[limit][0]
            if hits[0][0] == lowest:
                first = self._first_documents(query, limit, ranks())
                query = all_of([query, one_of("doc", first)])
                return Found(total, self._ordered(self._all(query), limit, ranks))
            tied = [h for h in self._searcher.search(query, total, count=False).hits if h[0] == lowest]
            above = [h for h in hits if h[0] > lowest]
            best = self._ordered(above, limit, ranks)
            return Found(total, [*best, *self._ordered(tied, limit - len(best), ranks)])

    def _all(self, query: Query) -> list[tuple[float, DocAddress]]:
        total = _total(self._searcher.search(query, 1))
        return list(self._searcher.search(query, total, count=False).hits) if total else []

    def _numbers(self, name: str, at: Sequence[DocAddress]) -> list[int]:
        numbers = [n for n in self._searcher.fast_field_values(name, list(at)) if isinstance(n, int)]
        if len(numbers) < len(at):
            raise IndexDamagedError(f"Указатель поиска повреждён: нет чисел поля «{name}».")
        return numbers

    def _first_documents(self, query: Query, limit: int, ranks: Mapping[int, int]) -> list[int]:
        """Return the documents by rank, as many as hold the first `limit` of what matches and scores alike."""
        counts = self.tally(query, "doc")
        out, held = [], 0
        for doc in sorted((int(d) for d in counts), key=ranks.__getitem__):
            if held >= limit:
                break
            out.append(doc)
            held += counts[doc]
        return out

    def _ordered(
        self, hits: Sequence[tuple[float, DocAddress]], limit: int, ranks: Callable[[], Mapping[int, int]]
    ) -> list[IndexHit]:
        """Read the numbers of entries and return the first by score, rank and order."""
        if not hits:
            return []
        scores, at = zip(*hits, strict=True)
        docs, orders = (self._numbers(name, at) for name in ("doc", "order"))
        rank = ranks()
        keys = [(-s, rank[d], o, n) for n, (s, d, o) in enumerate(zip(scores, docs, orders, strict=True))]
        first = heapq.nsmallest(limit, keys) if limit < len(keys) else sorted(keys)
        rows = self._numbers("row", [at[n] for *_, n in first])
        return [IndexHit(row, -score) for row, (score, *_) in zip(rows, first, strict=True)]

    def rows(self, query: Query, name: str = "row") -> list[int]:
        """Return a number field of all matching entries."""
        with _guarded():
            hits = self._all(query)
            return self._numbers(name, [address for _, address in hits])

    def tally(self, query: Query, name: str) -> dict[int | str, int]:
        """Count matching entries by value of a number field or facet."""
        with _guarded():
            found = self._searcher.aggregate(query, {"by": {"terms": {"field": name, "size": 1_000_000}}})
        return {
            int(b["key"]) if name in _NUMBERS else str(b["key"]): int(b["doc_count"]) for b in found["by"]["buckets"]
        }

    def vocabulary(self, prefix: str, visible: Query | None = None, *, name: str = "body") -> list[tuple[str, int]]:
        """Return terms of a field that begin so, with the number of visible entries that hold each."""
        with _guarded():
            return list(self._searcher.terms_with_prefix(name, prefix, filter_query=visible))


def _total(result: SearchResult) -> int:
    """Return how many matched (the stubs of tantivy 0.27 lack this attribute)."""
    return int(result.count)  # type: ignore[attr-defined]


def term(name: str, value: str | int) -> Query:
    """Match entries with this term."""
    return Query.term_query(SCHEMA, name, value, "freq" if name in {"body", "context"} else "basic")


def one_of(name: str, values: Iterable[int | str]) -> Query:
    """Match entries with any of these terms, all alike in score."""
    return Query.term_set_query(SCHEMA, name, list(values))


def phrase(terms: Sequence[tuple[int, str]], slop: int = 0) -> Query:
    """Match bodies with these terms at these positions from one another.

    Of two terms side by side, `slop` lets so many positions stand between; the other way round two fewer, and one
    position that holds both terms counts as near (measured on tantivy 0.27 against brute force).
    """
    if len(terms) == 1:
        return term("body", terms[0][1])
    return Query.phrase_query(SCHEMA, "body", list(terms), slop)


def days(low: int, high: int) -> Query:
    """Match entries whose day lies in low..high, both included."""
    return Query.range_query(SCHEMA, "day", tantivy.FieldType.Unsigned, low, high)


def everything() -> Query:
    """Match every entry."""
    return Query.all_query()


def nothing() -> Query:
    """Match no entry."""
    return Query.empty_query()


def weighted(query: Query, weight: float) -> Query:
    """Scale the score."""
    return query if weight == 1 else Query.boost_query(query, weight)


def best_of(queries: Sequence[Query]) -> Query:
    """Match what any matches, with the best single score."""
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(list(queries))


def any_of(queries: Sequence[Query]) -> Query:
    """Match what any matches, scores added."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, q) for q in queries]) if queries else nothing()


def all_of(queries: Sequence[Query], none_of: Sequence[Query] = ()) -> Query:
    """Match what all match and none of the others does."""
    if len(queries) == 1 and not none_of:
        return queries[0]
    must = [(Occur.Must, q) for q in queries] or [(Occur.Must, everything())]
    return Query.boolean_query([*must, *((Occur.MustNot, q) for q in none_of)])


__all__ = [
    "FORM",
    "SCHEMA",
    "Found",
    "Index",
    "IndexDamagedError",
    "IndexEntry",
    "IndexHit",
    "Query",
    "Searcher",
    "Writer",
    "all_of",
    "any_of",
    "best_of",
    "days",
    "everything",
    "nothing",
    "one_of",
    "phrase",
    "term",
    "weighted",
]

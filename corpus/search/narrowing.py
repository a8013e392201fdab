"""What a condition lets through: put in words an engine knows, and asked for documents instead of clauses."""

from collections.abc import Sequence
from typing import overload

from corpus.clauses.tree import And, FieldName, Node
from corpus.library import Library, Summary
from corpus.search.answers import SearchOptions
from corpus.search.dated import placed
from corpus.search.language.cell_fields import resolved
from corpus.search.language.interpreting import joined, read


@overload
def lowered(library: Library, node: Node) -> Node: ...
@overload
def lowered(library: Library, node: None) -> None: ...
def lowered(library: Library, node: Node | None) -> Node | None:
    """Put what an engine knows in the place of states of a day and of what documents have on topics."""
    return None if node is None else resolved(library, placed(library, node))


def through(library: Library, summaries: Sequence[Summary], node: Node | None) -> list[Summary]:
    """Return the documents, in their order, with a clause that a condition lets through; all where there is none."""
    if node is None:
        return list(summaries)
    field = str(FieldName.DOCUMENT)
    held = library.counts(lowered(library, node), (field,), max(len(summaries), 1))[field]
    return [summary for summary in summaries if summary.id in held]


def documents_through(library: Library, query: str, filters: Sequence[Node]) -> frozenset[str] | None:
    """Return the documents with a clause that has all a query asks; None when nothing is asked. Raise QueryError."""
    asked = read(library, query, SearchOptions(all_words=True)).node if query.strip() else None
    node = joined(And, [asked, *filters])
    return None if node is None else frozenset(s.id for s in through(library, library.documents(), node))

"""The documents a query and filters let through, for lists and tables that show documents and not clauses."""

from collections.abc import Sequence

from corpus.clauses.tree import And, Field, FieldName
from corpus.library import Library
from corpus.search.answers import SearchOptions
from corpus.search.language.cell_fields import resolved
from corpus.search.language.interpreting import joined, read


def documents_through(library: Library, query: str, filters: Sequence[Field]) -> frozenset[str] | None:
    """Return the documents with a clause that has all a query asks; None when nothing is asked. Raise QueryError."""
    asked = read(library, query, SearchOptions(all_words=True)).node if query.strip() else None
    node = joined(And, [asked, *filters])
    if node is None:
        return None
    field = str(FieldName.DOCUMENT)
    most = max(len(library.documents()), 1)
    return frozenset(library.counts(resolved(library, node), (field,), most)[field])

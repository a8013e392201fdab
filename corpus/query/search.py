"""The front door of searching: a library, a query as typed, an answer."""

from corpus.library import Library
from corpus.query.answers import Answer, Explanation, Hit, SearchOptions

DEFAULT = SearchOptions()


def search(library: Library, query: str, options: SearchOptions = DEFAULT) -> Answer:
    """Search a library; raise QueryError with the limit or the ambiguity named."""
    raise NotImplementedError


def explain(library: Library, query: str, document: str, eid: str, options: SearchOptions = DEFAULT) -> Explanation:
    """Say why a clause has its score for a query; raise NotFoundError and QueryError."""
    raise NotImplementedError


def similar(library: Library, document: str, eid: str, options: SearchOptions = DEFAULT) -> Answer:
    """Find clauses like this one («более похожие»), itself excluded; raise NotFoundError."""
    raise NotImplementedError


def answer_json(answer: Answer) -> dict[str, object]:
    """Turn an answer into the public JSON shape."""
    raise NotImplementedError


__all__ = ["DEFAULT", "Answer", "Explanation", "Hit", "SearchOptions", "answer_json", "explain", "search", "similar"]

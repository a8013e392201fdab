"""Vectors as records of the truth, one a clause: of its generation, with which they go; no index is made of them.

A clause's own record could not take them later: what an index of clauses derives is not in its source, and a part of a
record cannot be written without the whole. Here they outlive a reindex, too.
"""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Protocol, TypeVar

from corpus.elastic.client import Client
from corpus.elastic.control import ControlView
from corpus.elastic.indices import Names
from corpus.kept_vectors import KeptVector, Unembedded, batches
from corpus.plain import JsonObject

_PAGE: Final = 500
_ASKED: Final = 1_000
"""Keys asked for in one request."""
_Answer = TypeVar("_Answer")


class _Seen(Protocol):
    """Asks something of the view of this moment; answers the second where the library was never written."""

    def __call__(self, ask: Callable[[ControlView], _Answer], empty: _Answer, /) -> _Answer:
        """Answer."""


class VectorRecords:
    """The vectors of a library in a cluster."""

    def __init__(self, client: Client, names: Names, seen: _Seen) -> None:
        self._client = client
        self._names = names
        self._seen = seen

    def held(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Return the vectors that are kept, by key: of what is replaced just now, too."""
        nothing: dict[str, bytes] = {}
        return self._seen(lambda _: self._held(keys), nothing)

    def _held(self, keys: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        asked = list(dict.fromkeys(keys))
        for at in range(0, len(asked), _ASKED):
            query = [{"term": {"record": "vector"}}, {"terms": {"key": asked[at : at + _ASKED]}}]
            body = {
                "query": {"bool": {"filter": query}},
                "collapse": {"field": "key"},
                "size": _ASKED,
                "track_total_hits": False,
                "_source": ["key", "data"],
            }
            for hit in self._client.search(self._names.store, body)["hits"]["hits"]:
                found[hit["_source"]["key"]] = base64.b64decode(hit["_source"]["data"])
        return found

    def missing(self) -> Iterator[Unembedded]:
        """Yield the clauses that have no vector yet."""
        nothing: Iterator[Unembedded] = iter(())
        return self._seen(self._missing, nothing)

    def _missing(self, view: ControlView) -> Iterator[Unembedded]:
        body = {"query": {"bool": {"filter": view.filter()}}, "sort": ["key"], "_source": ["heading", "text"]}
        for page in batches(self._client.pages(self._names.clauses, body, _PAGE), _PAGE):
            yield from self._bare(page)

    def _bare(self, page: Sequence[JsonObject]) -> Iterator[Unembedded]:
        """Yield those of some clauses that have no vector."""
        there = self._client.gets(self._names.store, [_id(hit["_id"]) for hit in page], ("gen",))
        for hit, record in zip(page, there, strict=True):
            if record is None:
                yield Unembedded(hit["_id"], hit["_source"]["text"] or hit["_source"]["heading"])

    def keep(self, vectors: Sequence[KeptVector]) -> None:
        """Keep vectors beside their clauses; what was written for a generation erased meanwhile is taken back."""
        self._seen(lambda view: self._written(view, vectors), None)
        self._seen(lambda view: self._taken_back(view, vectors), None)

    def _written(self, view: ControlView, vectors: Sequence[KeptVector]) -> None:
        living = [kept for kept in vectors if view.shows(_gen(kept.place))]
        self._client.bulk(
            (
                (
                    {"index": {"_index": self._names.store, "_id": _id(kept.place), "require_alias": True}},
                    {
                        "record": "vector",
                        "gen": _gen(kept.place),
                        "key": kept.key,
                        "data": base64.b64encode(kept.vector).decode(),
                    },
                )
                for kept in living
            ),
            refresh=True,
        )

    def _taken_back(self, view: ControlView, vectors: Sequence[KeptVector]) -> None:
        gone = [kept for kept in vectors if not view.shows(_gen(kept.place))]
        self._client.bulk(
            (
                ({"delete": {"_index": self._names.store, "_id": _id(kept.place), "require_alias": True}}, None)
                for kept in gone
            ),
            refresh=True,
        )

    def share(self) -> tuple[int, int]:
        """Return how many clauses have a vector, and how many there are."""
        return self._seen(self._share, (0, 0))

    def _share(self, view: ControlView) -> tuple[int, int]:
        told = [{"term": {"record": "vector"}}]
        bodies = [
            (index, {"query": {"bool": {"filter": [*view.filter(), *more]}}, "size": 0, "track_total_hits": True})
            for index, more in ((self._names.store, told), (self._names.clauses, []))
        ]
        have, clauses = (int(answer["hits"]["total"]["value"]) for answer in self._client.many(bodies))
        return min(have, clauses), clauses

    def drop_orphans(self) -> None:
        """Do nothing: vectors go with their generation."""


def _id(clause: str) -> str:
    """Return the id of a clause's vector."""
    return f"vector-{clause}"


def _gen(clause: str) -> int:
    """Return the generation of a clause by its id (`mapping.entries`)."""
    return int(clause.partition("-")[0])

"""Registers, the trail and the funds of generations as records of the truth."""

import hashlib
import json
import time
import uuid
from collections.abc import Mapping, Sequence

from corpus.elastic.client import Client
from corpus.elastic.control import ControlView
from corpus.library import Noted
from corpus.plain import JsonObject


class Entries:
    """Reads and writes registers and the trail."""

    def __init__(self, client: Client, alias: str) -> None:
        self._client = client
        self._alias = alias

    def entries(self, kinds: Sequence[str]) -> list[JsonObject]:
        """Return the entries of registers, by register and key."""
        query = {"terms": {"record": [f"register-{kind}" for kind in kinds]}}
        body = {"query": query, "sort": ["record", "key"], "_source": ["data"]}
        return [json.loads(hit["_source"]["data"]) for hit in self._client.pages(self._alias, body)]

    def write(self, kind: str, key: str, entry: JsonObject | None) -> None:
        """Write an entry; None removes it."""
        digest = hashlib.sha256(f"{kind}\0{key}".encode()).hexdigest()
        where = {"_index": self._alias, "_id": f"register-{digest}", "require_alias": True}
        if entry is None:
            self._client.bulk([({"delete": where}, None)], refresh=True)
            return
        data = json.dumps({**entry, "register": kind, "key": key}, ensure_ascii=False)
        record = {"record": f"register-{kind}", "key": key, "data": data}
        self._client.bulk([({"index": where}, record)], refresh=True)

    def note(self, said: Mapping[str, str]) -> None:
        """Add to the trail: a record is created, never written over."""
        place = f"{time.time_ns():020}-{uuid.uuid4().hex[:8]}"
        where = {"_index": self._alias, "_id": f"trail-{place}", "require_alias": True}
        record = {"record": "trail", "key": place, "data": json.dumps(dict(said), ensure_ascii=False)}
        self._client.bulk([({"create": where}, record)], refresh=True)

    def trail(self, before: str, limit: int) -> list[Noted]:
        """Return notes of the trail, the last first."""
        query: list[JsonObject] = [{"term": {"record": "trail"}}]
        if before:
            query.append({"range": {"key": {"lt": before}}})
        body = {"query": {"bool": {"filter": query}}, "sort": [{"key": "desc"}], "size": limit}
        hits = self._client.search(self._alias, body)["hits"]["hits"]
        return [Noted(hit["_source"]["key"], json.loads(hit["_source"]["data"])) for hit in hits]


class Barring:
    """Which visible generations stand in funds that are not read; a generation's fund never changes."""

    def __init__(self, client: Client, alias: str, funds: frozenset[str]) -> None:
        self._client = client
        self._alias = alias
        self._readable = funds
        self._barred: set[int] = set()
        self._asked_from = 0

    def barred(self, view: ControlView) -> tuple[int, ...]:
        """Return them; only generations that may have become visible since the last call are asked about."""
        query = [*view.filter(), {"term": {"record": "file"}}, {"range": {"gen": {"gte": self._asked_from}}}]
        body = {"query": {"bool": {"filter": query}}, "_source": ["gen", "summary"], "sort": ["gen"]}
        for hit in self._client.pages(self._alias, body):
            source = hit["_source"]
            fund = (*json.loads(source["summary"]).get("origin", ()), "", "", "")[2]
            if fund not in self._readable:
                self._barred.add(source["gen"])
        self._asked_from = min((*view.hidden, view.next))
        self._barred.difference_update(view.hidden)
        return tuple(sorted(self._barred))

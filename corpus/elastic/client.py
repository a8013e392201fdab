"""The one place that imports elasticsearch: few verbs, each with a deadline, their errors turned into ours."""

import base64
import json
import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch

from corpus.elastic.connection import Connection
from corpus.elastic.failures import (
    BUSY,
    BulkItemError,
    MissingError,
    TooLargeError,
    reason_of,
    told,
    unavailable,
    untrusted,
)
from corpus.errors import SvodError
from corpus.plain import JsonObject, Record

BULK_BYTES = 8_000_000
"""Largest bulk request: well under the server's 100 MB, small enough for its memory breakers."""


@dataclass(frozen=True, slots=True)
class Versioned:
    """A record with what optimistic concurrency needs."""

    source: JsonObject
    seq_no: int
    primary_term: int


class Client:
    """A cluster. Every call ends within its deadline, by an answer or an error."""

    def __init__(self, connection: Connection) -> None:
        # Its warnings repeat what our own error says, and would reach the person's terminal.
        logging.getLogger("elastic_transport").setLevel(logging.ERROR)
        self.connection = connection
        secured: Record = {}
        if connection.api_key:
            secured["api_key"] = connection.api_key
        elif connection.user:
            # The client itself encodes a pair as ASCII; Elasticsearch reads UTF-8.
            pair = f"{connection.user}:{connection.password or ''}".encode()
            secured["basic_auth"] = base64.b64encode(pair).decode()
        if connection.ca_file and connection.encrypted:
            secured["ca_certs"] = str(connection.ca_file)
        self._client = Elasticsearch(
            list(connection.hosts), max_retries=0, retry_on_timeout=False, dead_node_backoff_factor=0.5, **secured
        )

        self._timed: dict[int, Elasticsearch] = {}

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(self, index: str, key: str) -> Versioned | None:
        """Read a record in real time; None when there is none; raise MissingError for the index."""
        try:
            found = self._call(lambda c: c.get(index=index, id=key, realtime=True))
        except MissingError as error:
            if "index_not_found" in str(error):
                raise
            return None
        return Versioned(found["_source"], found["_seq_no"], found["_primary_term"])

    def gets(self, index: str, keys: Sequence[str], fields: Sequence[str] | None = None) -> list[JsonObject | None]:
        """Read several records, or these fields of them, in real time; None for what is not there."""
        if not keys:
            return []
        answer = self._call(lambda c: c.mget(index=index, ids=list(keys), realtime=True, source_includes=fields))
        return [found["_source"] if found.get("found") else None for found in answer["docs"]]

    def pages(self, index: str, body: JsonObject, size: int = 1000) -> Iterator[JsonObject]:
        """Yield all hits of a search whose "sort" tells every hit apart."""
        after: list[Any] | None = None
        while True:
            page = {**body, "size": size, "track_total_hits": False, **({"search_after": after} if after else {})}
            hits = self.search(index, page, within=10.0)["hits"]["hits"]
            yield from hits
            if len(hits) < size:
                return
            after = hits[-1]["sort"]

    def write(self, index: str, key: str, source: JsonObject, was: Versioned | None, *, refresh: bool = False) -> None:
        """Write a record if it is still as it was read (None: not there); raise StaleError.

        With `refresh` every search that begins after the return sees it, on whichever copy.
        It is tried once: whoever gets LibraryUnavailableError must read to learn whether it was written.
        """
        where: Record = {"op_type": "create"} if was is None else {}
        if was is not None:
            where = {"if_seq_no": was.seq_no, "if_primary_term": was.primary_term}
        within = f"{max(int(self.connection.within * 1000) - 400, 500)}ms"
        self._call(
            lambda c: c.index(
                index=index, id=key, document=source, refresh=refresh, timeout=within, require_alias=True, **where
            ),
            once=True,
        )

    def search(self, index: str, body: JsonObject, within: float | None = None) -> JsonObject:
        """Search; no shard may be left out of the answer."""
        found: JsonObject = self._call(
            lambda c: c.search(index=index, body=dict(body), allow_partial_search_results=False), within=within
        )
        return found

    def many(self, searches: Sequence[tuple[str, JsonObject]]) -> list[JsonObject]:
        """Run several searches, (index, body) each, in one request."""
        lines: list[JsonObject] = []
        for index, body in searches:
            lines += [{"index": index, "allow_partial_search_results": False}, body]
        answers = self._call(lambda c: c.msearch(searches=lines))["responses"]
        for answer in answers:
            if "error" in answer:
                raise told(int(answer.get("status", 500)), {"error": answer["error"]}, self.connection)
        return list(answers)

    def bulk(self, operations: Iterable[tuple[JsonObject, JsonObject | None]], *, refresh: bool = False) -> None:
        """Write records, each durably; raise BulkItemError naming those refused for good.

        Operations are (action line, record); busy items are sent again with growing, random pauses.
        """
        batch: list[tuple[str, ...]] = []
        size = 0
        refused: list[tuple[str, str]] = []
        for operation in operations:
            lines = tuple(json.dumps(x, ensure_ascii=False) for x in operation if x is not None)
            weight = sum(map(len, lines)) * 2
            if batch and size + weight > BULK_BYTES:
                refused += self._parted(batch, refresh=refresh)
                batch, size = [], 0
            batch.append(lines)
            size += weight
        if batch:
            refused += self._parted(batch, refresh=refresh)
        if refused:
            raise BulkItemError(refused)

    def _parted(self, batch: list[tuple[str, ...]], *, refresh: bool) -> list[tuple[str, str]]:
        """Send a bulk in as many parts as the server's limit asks for; return the items refused for good."""
        try:
            return self._batch(batch, refresh=refresh)
        except TooLargeError as error:
            if len(batch) == 1:
                ((_, where),) = json.loads(batch[0][0]).items()
                return [(str(where.get("_id")), str(error))]
        half = len(batch) // 2
        return self._parted(batch[:half], refresh=refresh) + self._parted(batch[half:], refresh=refresh)

    def _batch(self, batch: list[tuple[str, ...]], *, refresh: bool) -> list[tuple[str, str]]:
        """Send one bulk until no item is merely busy; return the items refused for good."""
        refused: list[tuple[str, str]] = []
        end = time.monotonic() + self.connection.patience
        pause = 0.1
        while True:
            lines = [line for operation in batch for line in operation]
            answer = self._call(
                lambda c, lines=lines: c.bulk(  # type: ignore[misc]
                    operations=lines, refresh=refresh, timeout=f"{int(self.connection.within * 1000)}ms"
                ),
                within=self.connection.bulk_within,
                refused_within=self.connection.patience,
            )
            again = []
            for operation, item in zip(batch, answer["items"], strict=True):
                ((action, result),) = item.items()
                if result["status"] in BUSY:
                    again.append(operation)
                elif result["status"] >= 300 and not (action == "delete" and result["status"] == 404):
                    refused.append((str(result.get("_id")), reason_of(result.get("error", {}))))
            if not again:
                return refused
            if time.monotonic() > end:
                raise unavailable(self.connection, "кластер перегружен, записи не приняты")
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  spreads retries, guards nothing
            batch, pause = again, min(pause * 2, 5.0)

    def indices(self, pattern: str) -> Record:
        """Return the indices that match: aliases, mappings and settings by name."""
        return dict(self._call(lambda c: c.indices.get(index=pattern, allow_no_indices=True)))

    def create(self, index: str, body: JsonObject) -> None:
        """Create an index; one that is there already is fine."""
        try:
            self._call(
                lambda c: c.indices.create(index=index, **body, timeout="15s", wait_for_active_shards="1"),
                within=max(self.connection.patience, 15.0),
            )
        except SvodError as error:
            if "resource_already_exists" not in str(error):
                raise

    def drop(self, index: str) -> None:
        """Delete an index; one that is not there is fine."""
        self._call(lambda c: c.indices.delete(index=index, ignore_unavailable=True), within=15.0)

    def alias(self, actions: Sequence[JsonObject]) -> None:
        """Change aliases in one atomic step."""
        self._call(lambda c: c.indices.update_aliases(actions=list(actions)), within=15.0)

    def refresh(self, index: str) -> None:
        """Make all that was written visible to searches."""
        self._call(lambda c: c.indices.refresh(index=index), within=30.0)

    def merge(self, index: str) -> None:
        """Merge an index into one segment (bench and freshly built indexes)."""
        self._call(lambda c: c.indices.forcemerge(index=index, max_num_segments=1), within=600.0)

    def size(self, index: str) -> int:
        """Return the bytes the primary shards of an index take."""
        stats = self._call(lambda c: c.indices.stats(index=index, metric="store"))
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def status(self) -> str:
        """Return the cluster's colour."""
        return str(self._call(lambda c: c.cluster.health(timeout="1s"))["status"])

    def _call(
        self,
        call: Callable[[Elasticsearch], Any],
        *,
        within: float | None = None,
        refused_within: float | None = None,
        once: bool = False,
    ) -> Any:
        """Make a call, on other nodes and again while that can help, until its deadline.

        `refused_within` bounds the time spent on lost nodes and busy answers, where the call itself may take longer.
        """
        within = within or self.connection.within
        start = time.monotonic()
        hosts, attempt = len(self.connection.hosts), 0
        while True:
            left = start + within - time.monotonic()
            spare = start + (refused_within or within) - time.monotonic()
            share = left if once or hosts == 1 or within > 5 else max(left / 2, 0.3)
            try:
                return self._call_once(call, max(share, 0.2))
            except ApiError as error:
                problem = told(error.status_code, error.body, self.connection)
                if error.status_code not in BUSY or once:
                    raise problem from error
            except TransportError as error:
                problem = _unreached(error, self.connection)
                if once or (attempt >= hosts and spare < 0.5) or (attempt >= hosts and refused_within is None):
                    raise problem from error
            attempt += 1
            pause = random.uniform(0.5, 1.5) * min(0.05 * 2**attempt, 1.0)  # noqa: S311
            if min(left, spare) - pause < 0.2 or time.monotonic() - start + pause > within:
                raise problem
            time.sleep(pause)

    def _call_once(self, call: Callable[[Elasticsearch], Any], within: float) -> Any:
        # Making a client with another timeout costs a third of a millisecond: those made are kept.
        tenths = max(round(within * 10), 1)
        timed = self._timed.get(tenths)
        if timed is None:
            timed = self._timed[tenths] = self._client.options(request_timeout=tenths / 10)
        answer = call(timed)
        return answer.body if hasattr(answer, "body") else answer


def _unreached(error: TransportError, connection: Connection) -> SvodError:
    """Turn a failure to connect into ours; its cause tells what to mend."""
    if isinstance(error, TlsError):
        return untrusted(connection)
    if isinstance(error, ConnectionTimeout):
        return unavailable(connection, "не отвечает")
    named = "NameResolutionError" not in repr(error.__cause__)
    return unavailable(connection, "нет связи" if named else "нет узла с таким именем")

"""The truth of a library: what a file and its documents are as records, chunked, hashed, tagged by generation."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace

from corpus import codec
from corpus.comparison.kept import kept_cells
from corpus.elastic.client import Client
from corpus.elastic.control import ControlView
from corpus.errors import LibraryUnavailableError
from corpus.library import NOBODY, Origin, StoredFile, Summary
from corpus.metadata.corrections import PREFIX, StoredCorrection, all_stored
from corpus.metadata.documents import digest, documents_of, summary
from corpus.metadata.placing import Held
from corpus.model import Document, Instrument, SourceFile
from corpus.plain import JsonObject, Record
from corpus.topics import own_topics
from corpus.topics.own_topics import topics_among
from corpus.topics.topics import Topics

CHUNK = 2_000_000
"""Characters of a record's data; what is longer goes on in records of its own."""

_HEAD = {"excludes": ["data"]}

_RESTORE = "Восстановите библиотеку из копии (svod copy)."

_TOGETHER = 32
"""Documents read in one request: an answer of more than 100 MB would be refused."""

_SAME = 100
"""Files of one name or content looked at: several only where deleted ones are kept."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A visible file: its generation, name, hash, and the ids of its documents that are not deleted.

    `deleted` says by place which are, and since when (seconds of the epoch).
    """

    gen: int
    name: str
    sha256: str
    documents: tuple[str, ...]
    deleted: Mapping[int, int]
    digest: str = ""
    parser: str = ""
    origin: Origin = NOBODY

    @property
    def kept(self) -> bool:
        """Say whether all of the file's documents are deleted, so that it is only kept to bring them back."""
        return bool(self.deleted) and not self.documents

    def told(self) -> str:
        """Return what the file's record says of it."""
        said = {
            "name": self.name,
            "sha256": self.sha256,
            "documents": self.documents,
            "deleted": list(self.deleted.items()),
            "digest": self.digest,
            "parser": self.parser,
            "origin": astuple(self.origin),
        }
        return json.dumps(said, ensure_ascii=False)

    def listed(self) -> StoredFile:
        """Return the file as a library lists it."""
        return StoredFile(self.name, self.sha256, self.parser, self.documents, not self.deleted, self.origin)


def records(
    gen: int, file: SourceFile, deleted: Mapping[int, int], origin: Origin, table: Topics
) -> Iterator[tuple[str, JsonObject]]:
    """Yield the records of a file as (id, record)."""
    documents = documents_of(file)
    kept = tuple(d.id for d in documents if d.place not in deleted)
    stored = Stored(gen, file.key, file.sha256, kept, deleted, digest(file), file.parser, origin)
    head = {"record": "file", "gen": gen, "name": _short(file.key), "sha256": _short(file.sha256)}
    bare = codec.dumps(replace(file, instruments=(), parser=""))
    yield from _chunks(f"{gen}-file", {**head, "summary": stored.told()}, bare)
    for document in documents:
        head = {
            "record": "document",
            "gen": gen,
            "document": document.id,
            "place": document.place,
            "deleted": deleted.get(document.place, 0),
            "summary": written_summary(document),
        }
        yield from _chunks(f"{gen}-{document.place}", head, codec.dumps(document.instrument))
        if document.place not in deleted:
            yield cells_record(gen, document.place, document.id, kept_cells.written(document, table))


def written_summary(document: Document) -> str:
    """Write a document's summary."""
    return json.dumps(asdict(summary(document)), ensure_ascii=False)


def cells_record(gen: int, place: int, document: str, cells: str) -> tuple[str, dict[str, object]]:
    """Return the record of a document's cells: apart from it, so that all can be read without any text."""
    record = {"record": "cells", "gen": gen, "document": document, "place": place, "data": cells}
    return f"{gen}-{place}-cells", record


def version_records(stored: Stored, file: SourceFile) -> Iterator[tuple[str, JsonObject]]:
    """Yield the records of a file kept as a version: of no generation, lest they go with it; `place` names its own."""
    head = {"record": "version", "gen": 0, "name": _short(stored.name), "summary": stored.told(), "place": stored.gen}
    yield from _chunks(f"version-{stored.gen}", head, codec.dumps(file))


def _chunks(key: str, head: JsonObject, data: str) -> Iterator[tuple[str, JsonObject]]:
    parts = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]
    digest = hashlib.sha256(data.encode()).hexdigest()
    yield key, {**head, "parts": len(parts), "hash": digest, "data": parts[0]}
    for number, part in enumerate(parts[1:], 1):
        yield f"{key}-{number}", {"record": "part", "gen": head["gen"], "data": part}


class Store:
    """Reads the records of visible generations."""

    def __init__(self, client: Client, alias: str) -> None:
        self._client = client
        self._alias = alias

    def known(self, view: ControlView, name: str, sha256: str, fund: str = "") -> tuple[Stored | None, Stored | None]:
        """Return the file of this name, and a file of other names with these bytes in a fund."""
        bodies = [
            {
                "query": {"bool": {"filter": [*view.filter(), {"term": {"record": "file"}}, term]}},
                "_source": _HEAD,
                "size": _SAME,
                "sort": ["name"],
            }
            for term in ({"term": {"name": _short(name)}}, {"term": {"sha256": _short(sha256)}})
        ]
        named, same = (
            [_stored(hit["_source"]) for hit in a["hits"]["hits"]]
            for a in self._client.many([(self._alias, body) for body in bodies])
        )
        return next(iter(named), None), next(
            (s for s in same if s.name != name and not s.kept and s.origin.fund == fund), None
        )

    def held(self, view: ControlView, key: str) -> Held | None:
        """Return what is stored under a key and not deleted."""
        stored, _ = self.known(view, key, "")
        return Held(stored.sha256, stored.origin) if stored and not stored.kept else None

    def fund(self, view: ControlView, key: str, fund: str) -> str:
        """Return the fund of what is stored under a key, one only kept too; else the one named."""
        stored, _ = self.known(view, key, "")
        return stored.origin.fund if stored else fund

    def versions(self, name: str, before: int | None = None) -> list[Stored]:
        """Return what a file's key held (before a generation), the first put first."""
        query: list[JsonObject] = [{"term": {"record": "version"}}, {"term": {"name": _short(name)}}]
        if before is not None:
            query.append({"range": {"place": {"lt": before}}})
        body = {"query": {"bool": {"filter": query}}, "_source": _HEAD, "sort": ["place"]}
        return [_stored(hit["_source"], "place") for hit in self._client.pages(self._alias, body)]

    def version(self, gen: int) -> SourceFile | None:
        """Read the file kept as the version that was generation `gen`."""
        read = self._read(f"version-{gen}")
        if read is None:
            return None
        file: SourceFile = codec.loads(SourceFile, read[1])
        return replace(file, parser=_stored(read[0], "place").parser)

    def archive(self, stored: Stored) -> None:
        """Keep a file as a version before another one with other bytes takes its place."""
        file = self.source(stored.gen)
        if file is not None:
            where = {"_index": self._alias, "require_alias": True}
            written = ((key, record) for key, record in version_records(stored, file))
            self._client.bulk((({"index": {**where, "_id": key}}, record) for key, record in written), refresh=True)

    def forget_versions(self, name: str) -> None:
        """Remove all versions of a file."""
        for old in self.versions(name):
            (head,) = self._client.gets(self._alias, [f"version-{old.gen}"])
            keys = [f"version-{old.gen}", *(f"version-{old.gen}-{n}" for n in range(1, head["parts"] if head else 1))]
            where = {"_index": self._alias, "require_alias": True}
            self._client.bulk((({"delete": {**where, "_id": key}}, None) for key in keys), refresh=True)

    def forget_decisions(self, document: str) -> None:
        """Remove the decisions that name a document."""
        body = {"query": {"term": {"record": "decision"}}, "sort": ["key"], "_source": ["data"]}
        named = [hit for hit in self._client.pages(self._alias, body) if document in hit["_source"]["data"]]
        where = {"_index": self._alias, "require_alias": True}
        self._client.bulk((({"delete": {**where, "_id": hit["_id"]}}, None) for hit in named), refresh=True)

    def holder(self, view: ControlView, document: str) -> tuple[int, int] | None:
        """Return the generation and place of a document."""
        query = [*view.filter(), {"term": {"document": document}}, {"term": {"deleted": 0}}]
        body = {"query": {"bool": {"filter": query}}, "_source": ["gen", "place"], "size": 1}
        hits = self._client.search(self._alias, body)["hits"]["hits"]
        return (hits[0]["_source"]["gen"], hits[0]["_source"]["place"]) if hits else None

    def deleted(self, view: ControlView, since: int) -> Iterator[tuple[int, int, Summary]]:
        """Yield (generation, when, summary) of the documents deleted `since` then, the last deleted first."""
        query = [*view.filter(), {"term": {"record": "document"}}, {"range": {"deleted": {"gte": since}}}]
        body = {
            "query": {"bool": {"filter": query}},
            "_source": ["gen", "deleted", "summary"],
            "sort": [{"deleted": "desc"}, {"gen": "desc"}, "place"],
        }
        for hit in self._client.pages(self._alias, body):
            source = hit["_source"]
            yield source["gen"], source["deleted"], _summary(source["summary"])

    def forgotten(self, view: ControlView, before: int) -> list[Stored]:
        """Return files with a document deleted `before` then whose documents may all be given up."""
        query = [*view.filter(), {"term": {"record": "document"}}, {"range": {"deleted": {"gt": 0, "lt": before}}}]
        body = {
            "query": {"bool": {"filter": query}},
            "size": 0,
            "aggs": {"gens": {"terms": {"field": "gen", "size": 1000}}},
        }
        found = self._client.search(self._alias, body)["aggregations"]["gens"]["buckets"]
        heads = [self.file(int(bucket["key"])) for bucket in found]
        return [h for h in heads if h and h.kept and max(h.deleted.values()) < before]

    def files(self, view: ControlView) -> Iterator[Stored]:
        """Yield the visible files by generation."""
        query = [*view.filter(), {"term": {"record": "file"}}]
        body = {"query": {"bool": {"filter": query}}, "_source": _HEAD, "sort": ["gen"]}
        for hit in self._client.pages(self._alias, body):
            yield _stored(hit["_source"])

    def corrections(self) -> tuple[StoredCorrection, ...]:
        """Return the stored corrections of metadata."""
        query = [{"term": {"record": "decision"}}, {"prefix": {"key": PREFIX}}]
        body = {"query": {"bool": {"filter": query}}, "sort": ["key"], "_source": ["data"]}
        hits = self._client.pages(self._alias, body)
        return tuple(all_stored(json.loads(hit["_source"]["data"]) for hit in hits))

    def topics(self) -> Topics:
        """Return the table of topics in force."""
        query = [{"term": {"record": "decision"}}, {"prefix": {"key": own_topics.PREFIX}}]
        body = {"query": {"bool": {"filter": query}}, "sort": ["key"], "_source": ["data"]}
        return topics_among(json.loads(hit["_source"]["data"]) for hit in self._client.pages(self._alias, body))

    def cells(self, view: ControlView, documents: Sequence[str] | None) -> dict[str, str]:
        """Return the cells kept beside all documents, or these, by id."""
        among = [{"terms": {"document": list(documents)}}] if documents is not None else []
        kept: dict[str, str] = {}
        for record, fields in (("document", ["document"]), ("cells", ["document", "data"])):
            living = [{"term": {"deleted": 0}}] if record == "document" else []
            query = [*view.filter(), {"term": {"record": record}}, *living, *among]
            body = {"query": {"bool": {"filter": query}}, "_source": fields, "sort": ["gen", "place"]}
            for hit in self._client.pages(self._alias, body):
                id_ = hit["_source"]["document"]
                if record == "document" or id_ in kept:
                    kept[id_] = hit["_source"].get("data", "")
        return kept

    def keep_cells(self, view: ControlView, cells: Mapping[str, str]) -> None:
        """Keep other cells beside documents."""
        where = {"_index": self._alias, "require_alias": True}
        held = [(id_, self.holder(view, id_)) for id_ in cells]
        made = [cells_record(*found, id_, cells[id_]) for id_, found in held if found]
        self._client.bulk((({"index": {**where, "_id": key}}, record) for key, record in made), refresh=True)

    def note_parser(self, stored: Stored, parser: str) -> None:
        """Note that a file's stored parse is that of another version of the program too."""
        where = {"_index": self._alias, "_id": f"{stored.gen}-file", "require_alias": True}
        told = replace(stored, parser=parser).told()
        self._client.bulk([({"update": where}, {"doc": {"summary": told}})], refresh=True)

    def untold(self, gen: int, documents: Sequence[Document]) -> list[Document]:
        """Return the documents of a generation whose stored summary is not what they say."""
        keys = [f"{gen}-{document.place}" for document in documents]
        heads = self._client.gets(self._alias, keys, ("summary",))
        return [d for d, head in zip(documents, heads, strict=True) if head and head["summary"] != written_summary(d)]

    def retell(self, gen: int, documents: Sequence[Document]) -> None:
        """Write the summaries of documents anew."""
        where = {"_index": self._alias, "require_alias": True}
        anew = (
            ({"update": {**where, "_id": f"{gen}-{document.place}"}}, {"doc": {"summary": written_summary(document)}})
            for document in self.untold(gen, documents)
        )
        self._client.bulk(anew, refresh=True)

    def file(self, gen: int) -> Stored | None:
        """Return a file's head by generation, whether visible or not."""
        (found,) = self._client.gets(self._alias, [f"{gen}-file"])
        return _stored(found) if found else None

    def summaries(self, view: ControlView) -> Iterator[Summary]:
        """Yield the visible documents."""
        body = {"query": _shown(view), "_source": ["summary"], "sort": ["gen", "place"]}
        for hit in self._client.pages(self._alias, body):
            yield _summary(hit["_source"]["summary"])

    def generations(self, view: ControlView) -> Iterator[tuple[str, int]]:
        """Yield the ids of the visible documents with their generations."""
        body = {"query": _shown(view), "_source": ["document", "gen"], "sort": ["gen", "place"]}
        for hit in self._client.pages(self._alias, body):
            yield hit["_source"]["document"], hit["_source"]["gen"]

    def count(self, view: ControlView) -> int:
        """Return how many documents are visible."""
        body = {"query": _shown(view), "size": 0, "track_total_hits": True}
        return int(self._client.search(self._alias, body)["hits"]["total"]["value"])

    def document(self, gen: int, place: int) -> Document | None:
        """Read a document; None when its generation is gone; raise LibraryUnavailableError when it is damaged."""
        read = self._read(f"{gen}-{place}")
        if read is None:
            return None
        return _document(*read)

    def read(self, view: ControlView, documents: Sequence[str]) -> dict[str, Document]:
        """Read those of the documents that a view shows, by id; raise LibraryUnavailableError when one is damaged."""
        found: dict[str, Document] = {}
        for at in range(0, len(documents), _TOGETHER):
            query = _shown(view)
            query["bool"]["filter"].append({"terms": {"document": list(documents[at : at + _TOGETHER])}})
            hits = self._client.search(self._alias, {"query": query, "size": _TOGETHER})["hits"]["hits"]
            for head, data in self._whole([(hit["_id"], hit["_source"]) for hit in hits]):
                found[head["document"]] = _document(head, data)
        return found

    def source(self, gen: int) -> SourceFile | None:
        """Read a file with all its instruments, those of deleted documents included; None when it is gone."""
        read = self._read(f"{gen}-file")
        if read is None:
            return None
        file: SourceFile = codec.loads(SourceFile, read[1])
        body = {
            "query": {"bool": {"filter": [{"term": {"gen": gen}}, {"term": {"record": "document"}}]}},
            "sort": ["place"],
            "_source": ["place"],
        }
        places = [hit["_source"]["place"] for hit in self._client.pages(self._alias, body)]
        documents = [self.document(gen, place) for place in places]
        return replace(file, instruments=tuple(d.instrument for d in documents if d), parser=_stored(read[0]).parser)

    def _read(self, key: str) -> tuple[JsonObject, str] | None:
        (head,) = self._client.gets(self._alias, [key])
        return next(self._whole([(key, head)] if head else []), None)

    def _whole(self, heads: Sequence[tuple[str, JsonObject]]) -> Iterator[tuple[JsonObject, str]]:
        """Yield first records, by id, with all their data; those whose parts are gone are left out."""
        keys = [f"{key}-{n}" for key, head in heads for n in range(1, head["parts"])]
        parts = dict(zip(keys, self._client.gets(self._alias, keys), strict=True))
        for key, head in heads:
            rest = [parts[f"{key}-{n}"] for n in range(1, head["parts"])]
            if None in rest:
                continue
            data = head["data"] + "".join(part["data"] for part in rest if part)
            if hashlib.sha256(data.encode()).hexdigest() != head["hash"]:
                raise LibraryUnavailableError(f"Запись {key} повреждена. {_RESTORE}")
            yield head, data


def _document(head: JsonObject, data: str) -> Document:
    """Make a document of its record."""
    instrument: Instrument = codec.loads(Instrument, data)
    return Document(head["document"], _summary(head["summary"]).source, head["place"], instrument)


def _shown(view: ControlView) -> JsonObject:
    """Return the query for the documents that are visible and not deleted."""
    return {"bool": {"filter": [*view.filter(), {"term": {"record": "document"}}, {"term": {"deleted": 0}}]}}


def _short(value: str) -> str:
    """Return a value that fits a keyword field (32,766 bytes)."""
    return value if len(value) <= 1000 else hashlib.sha256(value.encode()).hexdigest()


def _stored(source: JsonObject, gen: str = "gen") -> Stored:
    told = json.loads(source["summary"])
    deleted = [(d, 1) if isinstance(d, int) else (d[0], d[1]) for d in told["deleted"]]
    return Stored(
        source[gen],
        told["name"],
        told["sha256"],
        tuple(told["documents"]),
        dict(deleted),
        told.get("digest", ""),
        told.get("parser", ""),
        Origin(*told.get("origin", ())),
    )


def _summary(data: str) -> Summary:
    try:
        read: Record = {k: tuple(v) if isinstance(v, list) else v for k, v in json.loads(data).items()}
        return Summary(**read)
    except (ValueError, TypeError, AttributeError) as error:
        raise LibraryUnavailableError(f"Сведения документа повреждены ({error}). {_RESTORE}") from error

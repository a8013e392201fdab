"""Searching the clauses' index: everything here sees one view, the moment the control document tells."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from analyzers.lemmas import folded
from corpus import codec
from corpus.clauses import streams
from corpus.clauses.clause import Clause
from corpus.clauses.matching import near, near_in_article, places
from corpus.clauses.tree import Near, Node, Within
from corpus.elastic import mapping
from corpus.elastic.client import Client
from corpus.elastic.control import PROBE, ControlState, ControlView, witnessed
from corpus.elastic.indices import Names
from corpus.elastic.queries import compiled
from corpus.errors import QueryError
from corpus.library import Recall, Recalled
from corpus.model import Kind, Variant
from corpus.plain import JsonObject

CANDIDATES = 50_000
"""Clauses looked at one by one for a distance the engine cannot tell exactly; above, the query is refused."""

KEYS = 2000
"""Clauses asked for by key in one request; lemmas counted in one request."""

_TERMS = 10_000
_ORDER = [{"_score": "desc"}, {"document": "asc"}, {"order": "asc"}]


class Searching:
    """One library's clauses, as they were at one moment.

    The first search carries a look at the control document in the same request; `witness` is what it said.
    """

    def __init__(self, client: Client, names: Names, view: ControlView, *, confirmed: bool = True) -> None:
        self._client = client
        self._names = names
        self._view = view
        self._confirmed = confirmed
        self.witness: ControlState | None = None

    def recall(self, query: Node, limit: int) -> Recall:
        """Return the best clauses and how many match."""
        body = {
            "query": self._seen(compiled(query, self._verified)),
            "size": max(limit, 0),
            "sort": _ORDER,
            "track_total_hits": True,
        }
        hits = self._search(body)["hits"]
        found = [Recalled(_clause(hit["_source"]), float(hit["sort"][0])) for hit in hits["hits"]]
        return Recall(int(hits["total"]["value"]), tuple(found))

    def clauses(self, keys: Sequence[tuple[str, str]]) -> list[Clause]:
        """Return clauses by key, in the order asked."""
        found: dict[tuple[str, str], Clause] = {}
        for at in range(0, len(keys), KEYS):
            asked = sorted({mapping.key(*key) for key in keys[at : at + KEYS]})
            query = {"bool": {"filter": [{"terms": {"key": asked}}], "must_not": self._view.excluded()}}
            body = {"query": query, "size": KEYS, "track_total_hits": False}
            for hit in self._search(body)["hits"]["hits"]:
                clause = _clause(hit["_source"])
                found[clause.document, clause.eid] = clause
        return [found[key] for key in keys if key in found]

    def counts(self, query: Node, names: Sequence[str], size: int) -> dict[str, dict[str, int]]:
        """Count matching clauses by value of each field."""
        if not names:
            return {}
        order = [{"_count": "desc"}, {"_key": "asc"}]
        aggs = {
            name: {"terms": {"field": f"facet_{name}", "size": size, "shard_size": max(size * 4, 1000), "order": order}}
            for name in names
        }
        body = {"query": self._seen(compiled(query, self._verified)), "size": 0, "aggs": aggs}
        found = self._search(body)["aggregations"]
        return {name: {b["key"]: b["doc_count"] for b in found[name]["buckets"]} for name in names}

    def size(self) -> tuple[int, float]:
        """Return how many clauses there are, and the words in all bodies."""
        body = {
            "query": {"bool": {"filter": self._view.filter()}},
            "size": 0,
            "track_total_hits": True,
            "aggs": {"words": {"sum": {"field": "length"}}},
        }
        answer = self._search(body)
        return int(answer["hits"]["total"]["value"]), float(answer["aggregations"]["words"]["value"])

    def frequency(self, lemmas: Sequence[str], within: Node | None = None) -> dict[str, int]:
        """Return the clauses that hold each lemma, of all or of those that match."""
        out: dict[str, int] = {}
        for at in range(0, len(lemmas), KEYS):
            out |= self._frequency(lemmas[at : at + KEYS], within)
        return out

    def _frequency(self, lemmas: Sequence[str], within: Node | None) -> dict[str, int]:
        among = [*self._view.filter(), *([compiled(within, self._verified)] if within else [])]
        bodies = [
            {
                "query": {"bool": {"filter": [{"term": {"bag": mapping.fitting(lemma)}}, *among]}},
                "size": 0,
                "track_total_hits": True,
            }
            for lemma in lemmas
        ]
        answers = self._client.many([(self._names.clauses, body) for body in bodies])
        return {lemma: a["hits"]["total"]["value"] for lemma, a in zip(lemmas, answers, strict=True)}

    def terms(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return forms that begin so with the number of clauses that hold each, commonest first."""
        begins = folded(prefix)
        agg = {"field": "forms", "size": min(limit, _TERMS), "order": [{"_count": "desc"}, {"_key": "asc"}]}
        if begins:
            agg["include"] = _literal(begins) + ".*"
        seen: list[JsonObject] = [*self._view.filter(), *([{"prefix": {"forms": {"value": begins}}}] if begins else [])]
        body = {"query": {"bool": {"filter": seen}}, "size": 0, "aggs": {"forms": {"terms": agg}}}
        found = self._search(body)["aggregations"]["forms"]["buckets"]
        return [(b["key"], b["doc_count"]) for b in found]

    def _search(self, body: JsonObject) -> JsonObject:
        if self._confirmed:
            return self._client.search(self._names.clauses, body)
        self._confirmed = True
        told, answer = self._client.many([(self._names.control, PROBE), (self._names.clauses, body)])
        self.witness = witnessed(told)
        return answer

    def _seen(self, query: JsonObject) -> JsonObject:
        return {"bool": {"must": [query], "must_not": self._view.excluded()}}

    def _verified(self, node: Near, candidates: JsonObject) -> list[str]:
        """Return the ids of the clauses that truly match, by their positions."""
        if node.within is Within.ARTICLE:
            return self._in_articles(node, candidates)
        hits = self._candidates({"query": self._seen(candidates)}, ["heading", "text", "variants"])
        return [hit["_id"] for hit in hits if near(node, _stream(hit["_source"]))]

    def _in_articles(self, node: Near, candidates: JsonObject) -> list[str]:
        """Return the clauses that hold a part of the distance in articles that hold all of its parts."""
        present: dict[str, set[int]] = defaultdict(set)
        for hit in self._candidates({"query": self._seen(candidates)}, ["heading", "text", "variants"]):
            stream = _stream(hit["_source"])
            present[_unit(hit)].update(i for i, part in enumerate(node.parts) if places(part, stream))
        units = [unit for unit, parts in present.items() if len(parts) == len(node.parts)]
        out: list[str] = []
        for at in range(0, len(units), KEYS):
            query = self._seen({"constant_score": {"filter": {"terms": {"unit": units[at : at + KEYS]}}}})
            whole: dict[str, list[Any]] = defaultdict(list)
            for hit in self._candidates({"query": query}, ["heading", "text", "variants", "order"]):
                whole[_unit(hit)].append(hit)
            for hits in whole.values():
                hits.sort(key=lambda hit: hit["_source"]["order"])
                matching = near_in_article(node, [_stream(hit["_source"]) for hit in hits])
                out.extend(hits[i]["_id"] for i in matching)
        return out

    def _candidates(self, body: JsonObject, source: Sequence[str]) -> list[Any]:
        asked = {
            **body,
            "size": CANDIDATES + 1,
            "_source": list(source),
            "docvalue_fields": ["unit"],
            "track_total_hits": False,
            "sort": "_doc",
        }
        hits = self._search(asked)["hits"]["hits"]
        if len(hits) > CANDIDATES:
            raise QueryError("Запрос слишком общий для расстояния такого вида: уточните слова или добавьте условия.")
        return list(hits)


def _literal(text: str) -> str:
    """Quote a text for Lucene's regular expressions."""
    return "".join(c if c.isalnum() else "\\" + c for c in text)


def _unit(hit: JsonObject) -> str:
    return str(hit["fields"]["unit"][0])


def _stream(source: JsonObject) -> tuple[streams.Placed, ...]:
    return streams.body(Clause("", "", Kind.BODY, 0, source["heading"], source["text"], "", (), (), _variants(source)))


def _variants(source: JsonObject) -> tuple[Variant, ...]:
    # Few clauses have any, and a search reads hundreds of clauses.
    told = source.get("variants")
    return codec.from_json(tuple[Variant, ...], told) if told else ()


def _clause(source: JsonObject) -> Clause:
    return Clause(
        source["document"],
        source["eid"],
        Kind(source["kind"]),
        source["order"],
        source["heading"],
        source["text"],
        source["lead_in"],
        tuple(source["context"]),
        tuple(source["path"]),
        _variants(source),
        tuple(source.get("topics", ())),
    )

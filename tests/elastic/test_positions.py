"""The protocol and the query tree fit Elasticsearch: what `intervals` over parallel fields can and cannot tell.

These are the findings the engine is built on, shown on the bare node. Where the server cannot tell exactly, the
product spells it out otherwise (corpus.elastic.queries) or verifies positions in Python.
"""

from collections.abc import Iterator

import pytest

from corpus.elastic import mapping
from corpus.elastic.client import Client
from corpus.elastic.connection import Connection
from corpus.plain import JsonObject
from tests import elasticsearch_node

# One record a line: form with "|" between heading and text, then l0 and l1.
RECORDS = {
    "суда": ("суда|отказ в исполнении", ["суд|отказ в исполнение", "судно|_ _ _"]),
    "далеко": ("отказ самого суда стали", ["отказ сам суд стать", "_ самый судно сталь"]),
    "одно": ("судов", ["судно", "суд"]),
    "фразы": ("первая часть. вторая часть", ["первый часть второй часть", "_ _ _ _"]),
}


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(Connection((elasticsearch_node.shared_url(),)))


@pytest.fixture(scope="module")
def index(client: Client) -> Iterator[str]:
    name = elasticsearch_node.new_prefix()
    client.create(name, mapping.body(mapping.CLAUSES))
    operations: list[tuple[JsonObject, JsonObject]] = []
    for key, (form, lemmas) in RECORDS.items():
        record = {"form": form.replace(".", "").split("|"), "gen": 1}
        record |= {f"l{i}": stream.split("|") for i, stream in enumerate(lemmas)}
        operations.append(({"index": {"_index": name, "_id": key}}, record))
    client.bulk(operations, refresh=True)
    yield name
    client.drop(name)


def at(token: str, name: str) -> JsonObject:
    return {"match": {"query": token, "use_field": name}}


def word(lemma: str) -> JsonObject:
    return {"any_of": {"intervals": [at(lemma, name) for name in mapping.LEMMAS]}}


def together(*parts: JsonObject, gaps: int, ordered: bool) -> JsonObject:
    return {"all_of": {"intervals": list(parts), "max_gaps": gaps, "ordered": ordered}}


def found(client: Client, index: str, rule: JsonObject) -> set[str]:
    hits = client.search(index, {"query": {"intervals": {"form": rule}}, "_source": False})["hits"]["hits"]
    return {hit["_id"] for hit in hits}


CASES = {
    "a word by a further reading": (word("суд"), {"суда", "далеко", "одно"}),
    "a phrase over two readings": (together(word("судно"), word("сталь"), gaps=0, ordered=True), {"далеко"}),
    "a phrase of a lemma and an exact form": (
        together(word("суд"), at("стали", "form"), gaps=0, ordered=True),
        {"далеко"},
    ),
    "a phrase does not span heading and text": (together(word("суд"), word("отказ"), gaps=0, ordered=True), set()),
    "the gap is 100 positions: not 99": (together(word("суд"), word("отказ"), gaps=99, ordered=True), set()),
    "the gap is 100 positions": (together(word("суд"), word("отказ"), gaps=100, ordered=True), {"суда"}),
    "near in any order": (together(word("суд"), word("отказ"), gaps=1, ordered=False), {"далеко"}),
    # Two parts of one unordered distance may stand at one position: hence every order is spelt out.
    "unordered parts share a position": (
        together(word("суд"), word("судно"), gaps=5, ordered=False),
        {"суда", "далеко", "одно"},
    ),
    "ordered parts do not": (together(word("суд"), word("судно"), gaps=5, ordered=True), set()),
    "a prefix at a position": (
        together({"prefix": {"prefix": "сам", "use_field": "form"}}, word("суд"), gaps=0, ordered=True),
        {"далеко"},
    ),
}


@pytest.mark.parametrize(("rule", "expected"), CASES.values(), ids=CASES)
def test_intervals(client: Client, index: str, rule: JsonObject, expected: set[str]) -> None:
    assert found(client, index, rule) == expected


def test_not_containing_takes_what_overlaps_for_held(client: Client, index: str) -> None:
    """«вторая» begins where «часть вторая» ends: it does not contain it, Lucene says it does; contained_by is exact."""
    inside = together(word("второй"), word("часть"), gaps=0, ordered=True)
    edge = together(at("часть", "form"), at("вторая", "form"), gaps=0, ordered=True)
    whole = together(at("вторая", "form"), at("часть", "form"), gaps=0, ordered=True)
    before = together(at("первая", "form"), at("часть", "form"), gaps=0, ordered=True)
    held = {"all_of": {**before["all_of"], "filter": {"not_containing": edge}}}
    assert found(client, index, held) == set()
    assert found(client, index, {"all_of": {**inside["all_of"], "filter": {"contained_by": whole}}}) == {"фразы"}


def test_a_field_no_mapping_names_is_refused(client: Client, index: str) -> None:
    from corpus.elastic.failures import BulkItemError

    with pytest.raises(BulkItemError, match="strict"):
        client.bulk([({"index": {"_index": index, "_id": "x"}}, {"gen": 1, "unheard_of": 1})])


def test_an_index_is_never_made_by_writing(client: Client) -> None:
    from corpus.errors import SvodError

    with pytest.raises(SvodError):
        client.write(f"{elasticsearch_node.new_prefix()}-none", "x", {"state": {}}, None)

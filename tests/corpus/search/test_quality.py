"""Accuracy floors on judged queries: the reference ones, and our own over the treaties (bench/judged.txt)."""

import pytest

from bench import judged
from corpus.local.library import LocalLibrary
from corpus.search.answers import SearchOptions
from corpus.search.search import search
from ingest.pipeline import parse_file
from tests.shared import need

FLOORS = [
    ("seeds", "gold/queries.json", 0.985),
    ("seeds", "gold/queries_plain_words.json", 0.92),
    ("texts/treaties", "legal", 0.93),
    ("texts/treaties", "plain", 0.88),
]


@pytest.fixture(scope="module", params=["seeds", "texts/treaties"])
def filled(request, tmp_path_factory):
    library = LocalLibrary(tmp_path_factory.mktemp("judged") / "library")
    for path in sorted(need(request.param).iterdir()):
        library.put(parse_file(path, path.name))
    yield request.param, library
    library.close()


def test_ndcg_stays_above_its_floor(filled):
    folder, library = filled
    for where, name, floor in FLOORS:
        if where != folder:
            continue
        queries = judged.gold(need(name), name) if "/" in name else [q for q in judged.own() if q.kind == name]
        total = 0.0
        for query in queries:
            hits = search(library, query.query, SearchOptions(limit=10)).hits
            total += judged.ndcg([(h.source, h.instrument, h.eid) for h in hits], query)
        assert total / len(queries) >= floor, name

"""Times of the library in Elasticsearch beside a plain index: python -m bench.elastic [CLAUSES]   (default 100,000).

Clauses are sentences of ../shared/texts. One node, one run, the same client; each question is asked of both in turn, so
that a busy machine slows both alike. "plain" is an index of the same text read by Elasticsearch's `russian` analyzer
(../shared/elasticsearch/plugin carries it to the test build), asked with `match` (and its phrase forms). Ours is
`ElasticLibrary.recall(…, 10)`: the control document is read, the clauses come back as objects.
"""

import hashlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

from analyzers.sentences import sentences
from analyzers.terms import terms
from corpus.elastic.client import Client, Json
from corpus.elastic.connection import Connection
from corpus.elastic.library import ElasticLibrary
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile
from corpus.query.tree import And, Field, FieldName, Near, Node, Or, Phrase, Word
from tests.elasticsearch_node import Cluster, distribution

SHARED = Path(__file__).resolve().parents[2] / "shared"
PER_FILE = 1000
ASKED = 300
CHANCE = random.Random(11)
PLAIN = "plain-russian"


def russian_distribution() -> Path:
    """Return a copy of the server with the plugin that carries the `russian` analyzer."""
    stock = distribution()
    home = stock.parent / "with-plugin" / stock.name
    if not (home / "plugins/lab-basics").exists():
        shutil.copytree(stock, home)
        shutil.copytree(SHARED / "elasticsearch/plugin", home.parent / "plugin", dirs_exist_ok=True)
        subprocess.run(["bash", str(home.parent / "plugin/build.sh"), str(home)], check=True, stdout=subprocess.DEVNULL)
    return home


def texts(wanted: int) -> list[str]:
    """Return so many sentences of the shared texts, each once; when they run out, pairs of them."""
    found: dict[str, None] = {}
    for path in sorted((SHARED / "texts").rglob("*")):
        if path.suffix not in {".txt", ".md", ".html"} or len(found) >= wanted:
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        text = unescape(re.sub(r"<[^>]+>", " ", text)) if path.suffix == ".html" else text
        for line in text.splitlines():
            for start, end in sentences(line.strip()):
                sentence = line.strip()[start:end]
                if len(sentence) > 30 and re.search("[а-я]{4}", sentence):
                    found.setdefault(sentence)
    out = list(found)[:wanted]
    while len(out) < wanted:
        out.append(" ".join(CHANCE.sample(out[: len(found)], 2)))
    return out


def files(clauses: list[str]) -> Iterator[SourceFile]:
    kinds = list(InstrumentType)
    for number in range(0, len(clauses), PER_FILE):
        own = clauses[number : number + PER_FILE]
        articles = tuple(Provision(f"art_{n}", Kind.ARTICLE, text, str(n)) for n, text in enumerate(own, 1))
        kind = kinds[number // PER_FILE % len(kinds)]
        instrument = Instrument(kind, f"Акт {number}", f"{1990 + number % 30}-05-17", provisions=articles)
        digest = hashlib.sha256(f"{number}{own[0]}".encode()).hexdigest()
        yield SourceFile(f"{number:06}.txt", digest, "text", "utf-8", "\n".join(own), instruments=(instrument,))


def fill_plain(client: Client, clauses: list[str]) -> None:
    kinds = [str(kind) for kind in InstrumentType]
    fields = {"text": {"type": "text", "analyzer": "russian"}, "type": {"type": "keyword"}}
    settings = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "30s"}
    client.create(PLAIN, {"settings": settings, "mappings": {"properties": fields}})
    for at in range(0, len(clauses), PER_FILE):
        kind = kinds[at // PER_FILE % len(kinds)]
        own = clauses[at : at + PER_FILE]
        client.bulk(({"index": {"_index": PLAIN}}, {"text": text, "type": kind}) for text in own)
    client.refresh(PLAIN)


def word(text: str) -> Word:
    return Word(text, terms(text)[0].lemmas)


def run_of(clauses: list[str], length: int) -> list[str]:
    """Return words that stand side by side somewhere."""
    while True:
        found = re.findall("[А-Яа-яё]+", CHANCE.choice(clauses))
        if len(found) > length:
            at = CHANCE.randrange(len(found) - length)
            return found[at : at + length]


def content(clauses: list[str]) -> str:
    return next(w for w in iter(lambda: run_of(clauses, 1)[0], "") if len(w) > 4)


Pair = tuple[Node, Json]


def questions(clauses: list[str]) -> dict[str, Callable[[], Pair]]:
    """Return for each operator a maker of our node and the plain query."""

    def match(kind: str, query: str, **options: object) -> Json:
        return {kind: {"text": {"query": query, **options}}}

    def one() -> Pair:
        w = content(clauses)
        return word(w), match("match", w)

    def three() -> Pair:
        own = [content(clauses) for _ in range(3)]
        return Or(tuple(map(word, own))), match("match", " ".join(own))

    def phrase() -> Pair:
        own = run_of(clauses, 2)
        return Phrase(tuple(map(word, own))), match("match_phrase", " ".join(own))

    def distance() -> Pair:
        own = run_of(clauses, 4)
        return Near((word(own[0]), word(own[3])), 5), match("match_phrase", f"{own[0]} {own[3]}", slop=5)

    def filtered() -> Pair:
        w = content(clauses)
        plain = {"bool": {"must": [match("match", w)], "filter": [{"term": {"type": "agreement"}}]}}
        return And((word(w), Field(FieldName.TYPE, ("agreement",)))), plain

    return {"one term": one, "three terms": three, "phrase": phrase, "distance": distance, "filter": filtered}


def percentiles(spent: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(spent, n=20)
    return cuts[9] * 1000, cuts[18] * 1000


def measure(library: ElasticLibrary, client: Client, make: Callable[[], Pair]) -> tuple[list[float], list[float]]:
    ours, theirs = [], []
    for number in range(ASKED + 30):
        node, query = make()
        began = time.perf_counter()
        library.recall(node, 10)
        half = time.perf_counter()
        client.search(PLAIN, {"query": query, "size": 10, "track_total_hits": True})
        end = time.perf_counter()
        if number >= 30:
            ours.append(half - began)
            theirs.append(end - half)
    return ours, theirs


def main(number: int) -> None:
    clauses = texts(number)
    cluster = Cluster.start(1, home=russian_distribution(), small=False, heap="1g")
    try:
        client = Client(Connection((cluster.url,), patience=60.0))
        library = ElasticLibrary(Connection((cluster.url,), patience=60.0), "bench")
        began = time.perf_counter()
        list(library.put_many(files(clauses)))
        ours = time.perf_counter() - began
        began = time.perf_counter()
        fill_plain(client, clauses)
        plain = time.perf_counter() - began
        for index in ("bench-clauses", PLAIN):
            client.merge(index)
        told = f"{number} clauses, {sum(map(len, clauses)) / 1e6:.1f} M letters"
        print(told)
        print(f"{'':14}{'ours':>20}{'russian, match':>20}{'ratio':>8}")
        print(f"{'put, s':14}{ours:20.1f}{plain:20.1f}{ours / plain:8.2f}")
        size, other = client.size("bench-clauses") / 1e6, client.size(PLAIN) / 1e6
        print(f"{'index, MB':14}{size:20.1f}{other:20.1f}{size / other:8.2f}")
        print(f"{'truth, MB':14}{client.size('bench-store') / 1e6:20.1f}")
        for name, make in questions(clauses).items():
            mine, theirs = (percentiles(spent) for spent in measure(library, client, make))
            print(f"{name + ' p50, ms':14}{mine[0]:20.2f}{theirs[0]:20.2f}{mine[0] / theirs[0]:8.2f}")
            print(f"{name + ' p95, ms':14}{mine[1]:20.2f}{theirs[1]:20.2f}{mine[1] / theirs[1]:8.2f}", flush=True)
        library.close()
    finally:
        cluster.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

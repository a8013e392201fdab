"""Times of the library in Elasticsearch beside a plain index: python -m bench.elastic [CLAUSES]   (default 100,000).

Clauses are sentences of ../shared/texts. One node, one run, the same client; each question is asked of both in turn, so
that a busy machine slows both alike. "plain" is an index of the same text read by Elasticsearch's `russian` analyzer
(../shared/elasticsearch/plugin carries it to the test build), asked with `match` (and its phrase forms) and an exact
count. Ours is `ElasticLibrary.recall`: what a service does for a search before its own ranking, with the look at the
control document that makes the answer one moment of the library, clauses back as objects. Both bring as many hits: 10,
as a plain search does, and 200, as our ranking asks for.

Words are such as both index: the `russian` analyzer drops «в», «и», «на», so that its phrase of those is a phrase of
one word; "phrase, any words" shows that case too. CPU is what one question costs, client and server together; it
hardly depends on what else the machine does. "search" is the whole of `svod search` on the words of "three terms".
"""

import hashlib
import os
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
from corpus.clauses.tree import And, Field, FieldName, Near, Node, Or, Phrase, Word
from corpus.elastic.client import Client, Json
from corpus.elastic.connection import Connection
from corpus.elastic.library import ElasticLibrary
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile
from corpus.search.search import search
from tests.elasticsearch_node import Cluster, distribution

SHARED = Path(__file__).resolve().parents[2] / "shared"
PER_FILE = 1000
ASKED = 300
WARM = 30
HITS = (10, 200)
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


def run_of(clauses: list[str], length: int, *, content: bool = True) -> list[str]:
    """Return words that stand side by side somewhere, the first and the last with a meaning of their own if `content`."""
    while True:
        found = re.findall("[А-Яа-яё]+", CHANCE.choice(clauses))
        if len(found) > length:
            at = CHANCE.randrange(len(found) - length)
            run = found[at : at + length]
            if not content or (len(run[0]) > 4 and len(run[-1]) > 4):
                return run


Pair = tuple[Node, Json]


def questions(clauses: list[str]) -> dict[str, Callable[[], Pair]]:
    """Return for each operator a maker of our node and the plain query."""

    def match(kind: str, query: str, **options: object) -> Json:
        return {kind: {"text": {"query": query, **options}}}

    def one() -> Pair:
        (w,) = run_of(clauses, 1)
        return word(w), match("match", w)

    def three() -> Pair:
        own = [run_of(clauses, 1)[0] for _ in range(3)]
        return Or(tuple(map(word, own))), match("match", " ".join(own))

    def phrase(*, content: bool = True) -> Pair:
        own = run_of(clauses, 2, content=content)
        return Phrase(tuple(map(word, own))), match("match_phrase", " ".join(own))

    def distance() -> Pair:
        own = run_of(clauses, 4)
        return Near((word(own[0]), word(own[3])), 5), match("match_phrase", f"{own[0]} {own[3]}", slop=5)

    def filtered() -> Pair:
        (w,) = run_of(clauses, 1)
        plain = {"bool": {"must": [match("match", w)], "filter": [{"term": {"type": "agreement"}}]}}
        return And((word(w), Field(FieldName.TYPE, ("agreement",)))), plain

    return {
        "one term": one,
        "three terms": three,
        "phrase": phrase,
        "phrase, any words": lambda: phrase(content=False),
        "distance": distance,
        "filter": filtered,
    }


def percentiles(spent: list[float]) -> tuple[float, float]:
    """Return p50 and p95 in milliseconds."""
    cuts = statistics.quantiles(spent, n=20)
    return cuts[9] * 1000, cuts[18] * 1000


Ask = Callable[[Pair], object]


def timed(ours: Ask, theirs: Ask, pairs: list[Pair]) -> list[tuple[float, float]]:
    """Ask both in turn; return p50 and p95 of each."""
    spent: tuple[list[float], list[float]] = ([], [])
    for pair in pairs:
        for ask, own in zip((ours, theirs), spent, strict=True):
            began = time.perf_counter()
            ask(pair)
            own.append(time.perf_counter() - began)
    return [percentiles(own[WARM:]) for own in spent]


def processor(ask: Ask, pairs: list[Pair], server: int) -> float:
    """Return milliseconds of processor a question costs here and in the server."""

    def used() -> float:
        user, system = Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") + time.process_time()

    began = used()
    for pair in pairs:
        ask(pair)
    return (used() - began) / len(pairs) * 1000


def compare(library: ElasticLibrary, client: Client, server: int, clauses: list[str]) -> None:
    """Print a line for each operator and number of hits."""
    told = ("p50, ms", "russian", "ratio", "p95, ms", "russian", "ratio", "CPU, ms", "russian", "ratio")
    print(f"{'':26}" + "".join(f"{x:>9}" for x in told))
    for hits in HITS:

        def ours(pair: Pair, hits: int = hits) -> object:
            return library.recall(pair[0], hits)

        def theirs(pair: Pair, hits: int = hits) -> object:
            return client.search(PLAIN, {"query": pair[1], "size": hits, "track_total_hits": True})

        for name, make in questions(clauses).items():
            pairs = [make() for _ in range(ASKED + WARM)]
            mine, other = timed(ours, theirs, pairs)
            cost = [processor(ask, pairs, server) for ask in (ours, theirs)]
            figures = ((mine[0], other[0]), (mine[1], other[1]), cost)
            line = "".join(f"{a:9.2f}{b:9.2f}{a / b:9.2f}" for a, b in figures)
            print(f"{name + f', {hits} hits':26}{line}", flush=True)
    queries = [" ".join(run_of(clauses, 1)[0] for _ in range(3)) for _ in range(ASKED // 3)]
    spent = []
    for query in queries:
        began = time.perf_counter()
        search(library, query)
        spent.append(time.perf_counter() - began)
    print(f"{'search':26}{percentiles(spent)[0]:9.2f}{'':18}{percentiles(spent)[1]:9.2f}")


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
        size, other = client.size("bench-clauses") / 1e6, client.size(PLAIN) / 1e6
        print(f"put {ours:.0f} s, plain {plain:.0f} s, {ours / plain:.1f} times")
        print(
            f"index {size:.0f} MB, plain {other:.0f} MB, {size / other:.1f} times; truth {client.size('bench-store') / 1e6:.0f} MB"
        )
        compare(library, client, cluster.nodes[0].server() or 0, clauses)
        library.close()
    finally:
        cluster.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

"""Replay judged queries: ours, ours with each feature off, tantivy's own Russian stemmer, Elasticsearch's `russian`.

    python -m bench.relevance [--shared ../shared] [--crowd] [--elasticsearch URL] [--write]

Sets: the reference queries over ../shared/seeds, our own (bench/judged.txt) over ../shared/texts/treaties, and those
written blind (bench/judged.blind.txt) over both, everyday ones over treaties (bench/judged.everyday.txt), daily ones over
both in one library (bench/judged.daily.txt). `--crowd` puts all of them and ../shared/texts/distractors in one library;
there a second row passes over answers from files whose provisions nobody judged for the set. `--elasticsearch` names a node that has the analyzer `russian`
(../shared/elasticsearch/plugin on the small node, or an official image). `--write` puts the table into RESULTS.md.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import tantivy

from bench.judged import Judged, gold, ndcg, own
from corpus.clauses.clause import Clause, clauses
from corpus.library import Library
from corpus.local.library import LocalLibrary
from corpus.search.answers import SearchOptions
from corpus.search.ranking.lifting import lifted
from corpus.search.ranking.planning import RANKED, plan
from corpus.search.ranking.weights import DEFAULT, Weights
from corpus.search.search import search
from ingest.pipeline import parse_file

HERE = Path(__file__).resolve().parent
Ranked = Sequence[tuple[str, int, str]]
System = Callable[[str], Ranked]

SWITCHES = {
    "without derivations": SearchOptions(derivations=False),
    "without synonyms and plain words": SearchOptions(synonyms=False),
    "without topics": SearchOptions(topics=False),
    "without word vectors": SearchOptions(vectors=False),
    "words alone": SearchOptions(derivations=False, synonyms=False, topics=False, vectors=False),
}
WEIGHTS = {
    "without nearness": replace(DEFAULT, near=0.0),
    "without coverage": replace(DEFAULT, coverage=0.0),
    "without lead-ins": replace(DEFAULT, lead_in=0.0),
    "without headings above": replace(DEFAULT, above=0.0),
    "headings as text": replace(DEFAULT, heading=1.0, bare_heading=1.0),
    "without own-words factor": replace(DEFAULT, own_words=1.0),
    "without neighbours in the article": replace(DEFAULT, neighbours=0.0),
    "without opening bonus": replace(DEFAULT, opening=0.0),
    "common words as others": replace(DEFAULT, common=1.0),
    "turns of speech as loose words": replace(DEFAULT, turn=0.0, in_turn=1.0),
    "preambles and conclusions as others": replace(DEFAULT, preamble=1.0, conclusions=1.0),
    "definitions as others": replace(DEFAULT, definition=1.0),
    "without topics of the whole query": replace(DEFAULT, about=0.0),
    "without length norm": replace(DEFAULT, b=0.0),
}


def filled(folders: Sequence[Path]) -> LocalLibrary:
    """Put all files of folders into a throw-away library."""
    library = LocalLibrary(Path(tempfile.mkdtemp(prefix="svod-relevance-")) / "library")
    for folder in folders:
        for path in sorted(p for p in folder.iterdir() if p.is_file()):
            library.put(parse_file(path, path.name))
    return library


def ours(library: Library, options: SearchOptions) -> System:
    """Search as the product does."""
    ten = replace(options, limit=10)
    return lambda query: [(h.source, h.instrument, h.eid) for h in search(library, query, ten).hits]


def passing(library: Library, judged: Sequence[str]) -> System:
    """Search as the product does, and pass over answers from the reference files and treaties that nobody judged."""
    most = SearchOptions(limit=50)

    def run(query: str) -> Ranked:
        hits = [(h.source, h.instrument, h.eid) for h in search(library, query, most).hits]
        return [hit for hit in hits if hit[0] not in judged][:10]

    return run


def weighted(library: Library, weights: Weights) -> System:
    """Rank with other weights; recall as the product does."""
    places = {s.id: (s.source, s.place) for s in library.documents()}

    def run(query: str) -> Ranked:
        found = plan(library, query, SearchOptions())
        if found.node is None:
            return []
        ranking = found.ranking.reweighted(weights)
        several = [[r.clause for r in library.recall(found.node, RANKED).clauses], *found.topics.clauses.values()]
        best = {(c.document, c.eid): c for clauses in several for c in clauses}
        scored = lifted([ranking.score(clause) for clause in best.values()], weights)
        scored.sort(key=lambda s: (-s.score, s.clause.document, s.clause.order))
        return [(*places[s.clause.document], s.clause.eid) for s in scored[:10]]

    return run


def every_clause(library: Library) -> Iterator[tuple[tuple[str, int], Clause]]:
    """Yield all clauses with file and place."""
    for summary in library.documents():
        for clause in clauses(library.get(summary.id)):
            yield (summary.source, summary.place), clause


def full_text(clause: Clause) -> str:
    """Return what the baselines index: headings above, lead-in, heading, text."""
    return "\n".join((*clause.context, clause.heading, clause.text))


def stemmed(library: Library) -> System:
    """Search with tantivy's own Russian stemmer and its default query (any of the words)."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="ru")
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    index = tantivy.Index(builder.build())
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    index.register_tokenizer("ru", analyzer.filter(tantivy.Filter.stemmer("russian")).build())
    writer = index.writer()
    for (source, place), clause in every_clause(library):
        writer.add_document(tantivy.Document(text=full_text(clause), key=f"{source}\t{place}\t{clause.eid}"))
    writer.commit()
    index.reload()

    def run(query: str) -> Ranked:
        searcher = index.searcher()
        words = " ".join(re.findall(r"\w+", query))
        hits = searcher.search(index.parse_query(words, ["text"]), 10).hits
        keys = [searcher.doc(address)["key"][0].split("\t") for _, address in hits]
        return [(source, int(place), eid) for source, place, eid in keys]

    return run


def elastic(library: Library, url: str) -> System:
    """Search with Elasticsearch's `russian` analyzer and `match`."""
    from elasticsearch import Elasticsearch, helpers

    client = Elasticsearch(url)
    name = f"relevance-{time.time_ns()}"
    fields = {"text": {"type": "text", "analyzer": "russian"}}
    client.indices.create(index=name, mappings={"properties": fields}, settings={"number_of_replicas": 0})
    helpers.bulk(
        client,
        (
            {"_index": name, "_id": f"{source}\t{place}\t{clause.eid}", "text": full_text(clause)}
            for (source, place), clause in every_clause(library)
        ),
        refresh=True,
    )

    def run(query: str) -> Ranked:
        hits = client.search(index=name, query={"match": {"text": query}}, size=10, source=False)["hits"]["hits"]
        keys = [h["_id"].split("\t") for h in hits]
        return [(source, int(place), eid) for source, place, eid in keys]

    return run


def mean(system: System, queries: Sequence[Judged]) -> float:
    """Return the mean nDCG@10."""
    return sum(ndcg(system(q.query), q) for q in queries) / len(queries)


def table(rows: Sequence[tuple[str, Sequence[float]]], heads: Sequence[str]) -> str:
    """Write a Markdown table, nDCG@10 with three digits."""
    lines = ["| system | " + " | ".join(heads) + " |", "|---|" + "---|" * len(heads)]
    lines += [f"| {name} | " + " | ".join(f"{v:.3f}" for v in values) + " |" for name, values in rows]
    return "\n".join(lines)


def measure(sets: dict[str, tuple[LocalLibrary, list[Judged]]], url: str | None, *, full: bool) -> str:
    """Run every system over every set."""
    systems: dict[str, Callable[[LocalLibrary], System]] = {
        "svod": lambda lib: ours(lib, SearchOptions()),
        "tantivy, Russian stemmer, default query": stemmed,
    }
    if url:
        systems["Elasticsearch `russian`, match"] = lambda lib: elastic(lib, url)
    if full:
        for name, options in SWITCHES.items():
            systems[f"svod {name}"] = lambda lib, options=options: ours(lib, options)
        for name, weights in WEIGHTS.items():
            systems[f"svod, {name}"] = lambda lib, weights=weights: weighted(lib, weights)
    rows = []
    for name, make in systems.items():
        built: dict[int, System] = {}
        values = []
        for library, queries in sets.values():
            system = built.setdefault(id(library), make(library) if id(library) not in built else built[id(library)])
            values.append(mean(system, queries))
        rows.append((name, values))
        print(name, " ".join(f"{v:.4f}" for v in values), flush=True)
    heads = [f"{name} ({len(queries)})" for name, (_, queries) in sets.items()]
    return table(rows, heads)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--elasticsearch", metavar="URL")
    parser.add_argument("--crowd", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    queries = {
        "reference": gold(args.shared / "gold/queries.json", "legal"),
        "reference, plain words": gold(args.shared / "gold/queries_plain_words.json", "plain"),
        "own": [q for q in own() if q.kind == "legal"],
        "own, plain words": [q for q in own() if q.kind == "plain"],
    }
    seeds, treaties = args.shared / "seeds", args.shared / "texts/treaties"
    small, wide = filled([seeds]), filled([treaties])
    homes = {"reference": small, "reference, plain words": small, "own": wide, "own, plain words": wide}
    for where, home, folder in (("reference", small, seeds), ("treaties", wide, treaties)):
        files = {path.name for path in folder.iterdir()}
        for kind in ("legal", "plain"):
            name = f"blind, {where}, {kind}"
            queries[name] = [q for q in own("judged.blind.txt") if q.kind == kind and q.relevant[0][0] in files]
            homes[name] = home
    queries["everyday"], queries["daily"] = own("judged.everyday.txt"), own("judged.daily.txt")
    homes |= {"everyday": wide, "daily": filled([seeds, treaties])}
    found = measure({name: (homes[name], q) for name, q in queries.items()}, args.elasticsearch, full=True)
    crowd = ""
    if args.crowd:
        big = filled([seeds, treaties, args.shared / "texts/distractors"])
        crowd = measure({name: (big, q) for name, q in queries.items()}, args.elasticsearch, full=False)
        for name, q in queries.items():
            unjudged = {id(small): treaties, id(wide): seeds}.get(id(homes[name]))
            passed = [path.name for path in unjudged.iterdir()] if unjudged else []
            crowd += f"\n{name}, unjudged agreements passed over: {mean(passing(big, passed), q):.3f}"
    if args.write:
        write(found, crowd)


def write(found: str, crowd: str) -> None:
    """Put the tables into RESULTS.md between the marks of this section."""
    path = HERE / "RESULTS.md"
    text = path.read_text("utf-8") if path.exists() else "# Results\n"
    begin, end = "<!-- relevance -->", "<!-- /relevance -->"
    body = NOTE.replace("TABLE", found) + (f"\n{CROWD}\n\n{crowd}\n" if crowd else "")
    section = f"{begin}\n{body}\n{end}"
    if begin in text:
        before, _, rest = text.partition(begin)
        text = before + section + rest.partition(end)[2]
    else:
        text = text.rstrip() + "\n\n" + section + "\n"
    path.write_text(text, "utf-8")


NOTE = """## Relevance (bench/relevance.py)

nDCG@10 over clause-level judgements, scored as ../shared/score/search.py does. "reference" are ../shared/gold/queries.json
and queries_plain_words.json over ../shared/seeds; "own" are the 60 queries of bench/judged.txt over
../shared/texts/treaties, judged before any tuning (first run .863 and .705). "blind" are the 407 queries of
bench/judged.blind.txt in five sets, each written before the words for it and measured before anything was changed; the
table after this one tells what each gave first and gives now. Baselines index each clause with its headings and lead-in.

TABLE
"""
CROWD = """With seeds, treaties and the 480 distractors in one library (34,500 clauses): court rulings and laws that answer a query
count as wrong, since nobody judged them."""

if __name__ == "__main__":
    main()

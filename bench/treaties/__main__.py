"""Print the table of the benchmark: `python -m bench.treaties [--elasticsearch URL]`, from the project alone."""

import argparse
import tempfile
from pathlib import Path

from bench.judged import Judged, own
from bench.relevance import elastic, mean, ours, stemmed, table
from corpus.local.library import LocalLibrary
from corpus.search.answers import SearchOptions
from ingest.pipeline import parse_file

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "ingest/samples"


def samples(folder: Path) -> LocalLibrary:
    """Put the sample files of the package into a library in a folder."""
    library = LocalLibrary(folder / "library")
    for path in sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".md")):
        library.put(parse_file(path, path.name))
    return library


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--elasticsearch", metavar="URL", help="a node that has the analyzer `russian`")
    args = parser.parse_args()
    queries: dict[str, list[Judged]] = {}
    for query in own("treaties/queries.txt"):
        queries.setdefault(query.kind, []).append(query)
    with tempfile.TemporaryDirectory() as folder:
        library = samples(Path(folder))
        systems = {
            "svod": ours(library, SearchOptions()),
            "svod, words alone": ours(
                library, SearchOptions(derivations=False, synonyms=False, topics=False, vectors=False)
            ),
            "BM25, Russian stemmer (tantivy)": stemmed(library),
        }
        if args.elasticsearch:
            systems["BM25, Elasticsearch `russian`"] = elastic(library, args.elasticsearch)
        rows = [(name, [mean(system, several) for several in queries.values()]) for name, system in systems.items()]
        library.close()
    print("nDCG@10\n")
    print(table(rows, [f"{kind} ({len(several)})" for kind, several in queries.items()]))


if __name__ == "__main__":
    main()

"""Queries judged by grades: python -m bench.graded NAME [--shared ../shared]   (NAME.json of this folder).

Prints one figure, nDCG@10 with the grades as gains, and no query: such a set is one that nobody has tuned on. The library
holds the files the set names and nothing else.
"""

import argparse
import json
import math
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from corpus import eid as eids
from corpus.library import Library, Summary
from corpus.local.library import LocalLibrary
from corpus.search.answers import SearchOptions
from corpus.search.search import search
from ingest.pipeline import parse_file

HERE = Path(__file__).resolve().parent
HITS = 10
Place = tuple[str, str]


def filled(library: LocalLibrary, folder: Path, acts: Mapping[str, Mapping[str, Any]]) -> None:
    """Put the files that hold the acts of a set into a library."""
    for name in sorted({act["file"] for act in acts.values()}):
        library.put(parse_file(folder / name))


def known(library: Library, acts: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the document of each act: of those of its file, type and date the one whose title is likest its name."""
    listed = library.documents()
    return {key: max(listed, key=lambda s, act=act: _like(s, act)).id for key, act in acts.items()}


def _like(summary: Summary, act: Mapping[str, Any]) -> tuple[bool, bool, bool, float]:
    same = (summary.type == act["type"], summary.date == act["date"])
    return summary.source == Path(act["file"]).name, *same, token_set_ratio(act["name"], summary.title)


def grade(place: Place, judged: Mapping[Place, int]) -> Place | None:
    """Return the judged place whose grade a hit has: its own, or that of the nearest that holds it."""
    document, eid = place
    while (document, eid) not in judged:
        held = eids.parent(eid)
        if held is None:
            return None
        eid = held
    return document, eid


def ndcg(hits: Sequence[Place], judged: Mapping[Place, int]) -> float:
    """Return nDCG of the first ten hits; every judged place counts once."""
    used: set[Place] = set()
    gained = 0.0
    for rank, hit in enumerate(hits[:HITS]):
        found = grade(hit, judged)
        if found and found not in used:
            used.add(found)
            gained += judged[found] / math.log2(rank + 2)
    best = sorted(judged.values(), reverse=True)[:HITS]
    return gained / sum(g / math.log2(rank + 2) for rank, g in enumerate(best))


def main() -> None:
    """Ask every query and print the mean."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args = parser.parse_args()
    told = json.loads((HERE / f"{args.name}.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        library = LocalLibrary(Path(folder) / "library")
        filled(library, args.shared / "texts", told["acts"])
        documents = known(library, told["acts"])
        gained = []
        for query in told["queries"]:
            judged = {(documents[j["act"]], eid): grade for j in query["judged"] for eid, grade in j["eids"].items()}
            hits = search(library, query["query"], SearchOptions(limit=HITS)).hits
            gained.append(ndcg([(h.document, h.eid) for h in hits], judged))
        library.close()
    print(f"{args.name}: nDCG@{HITS} {sum(gained) / len(gained):.4f} ({len(gained)} queries)")


if __name__ == "__main__":
    main()

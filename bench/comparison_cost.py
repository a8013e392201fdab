"""Cost of comparison: python -m bench.comparison_cost [DOCUMENTS…]   (default 10 100 1000; 100 clauses each)

Documents are drawn from the articles of the agreements in ../shared with one word in ten exchanged, so that formulas
recur as they do in a real library. Times are seconds of the processor, with the machine's load beside them.
"""

import hashlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wordfreq import top_n_list

from bench.comparison import own, read
from corpus.comparison.elsewhere import elsewhere
from corpus.comparison.table import compare, compare_in
from corpus.documents import documents_of
from corpus.local.library import LocalLibrary
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile

CHANCE = random.Random(5)
CLAUSES = 100
WORDS = [w for w in top_n_list("ru", 5000) if w.isalpha() and len(w) > 4]


def renamed(provision: Provision, old: str, new: str) -> Provision:
    words = [CHANCE.choice(WORDS) if CHANCE.random() < 0.1 else w for w in provision.text.split(" ")]
    children = tuple(renamed(c, old, new) for c in provision.children)
    return replace(provision, eid=new + provision.eid[len(old) :], text=" ".join(words), trace=(), children=children)


def files(count: int, articles: list[Provision]) -> Iterator[SourceFile]:
    for number in range(count):
        made: list[Provision] = []
        while sum(1 for p in made for _ in p.walk()) < CLAUSES:
            article = CHANCE.choice(articles)
            made.append(replace(renamed(article, article.eid, f"art_{len(made) + 1}"), num=str(len(made) + 1)))
        instrument = Instrument(InstrumentType.AGREEMENT, f"Соглашение {number}", "2001-02-03", provisions=tuple(made))
        text = "\n".join(p.text for p in instrument.walk())
        digest = hashlib.sha256(f"{number}{text}".encode()).hexdigest()
        yield SourceFile(f"{number:05}.txt", digest, "text", "utf-8", text, instruments=(instrument,))


def timed(what, *args) -> float:
    """Return the processor's seconds; the wall clock says more of a busy machine than of the program."""
    began = time.process_time()
    what(*args)
    return time.process_time() - began


def main(*counts: int) -> None:
    documents = read(own()[0])
    articles = [p for d in documents.values() for p in d.instrument.provisions if p.kind is Kind.ARTICLE]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    twelve = [documents_of(f)[0] for f in files(12, articles)]
    sizes = [sum(1 for _ in d.instrument.walk()) for d in twelve]
    cold, warm = timed(compare, twelve), min(timed(compare, twelve) for _ in range(3))
    print(f"12 documents of {min(sizes)}–{max(sizes)} provisions compared: cold {cold:.2f}, warm {warm:.2f}")
    previous = None
    for count in counts:
        library = LocalLibrary(Path(tempfile.mkdtemp()))
        stored = sum(1 for _ in library.put_many(files(count, articles)))
        some = [s.id for s in library.documents()[:3]]
        first, again = (timed(elsewhere, library, some[0]) for _ in range(2))
        one = timed(elsewhere, library, some[1], "art_3")
        few = timed(compare_in, library, some)
        clauses = library.health().clauses
        print(
            f"{stored:5} documents, {clauses:6} clauses: one document against all {first:.2f}, again {again:.2f}; "
            f"one provision {one:.3f}; three documents compared {few:.2f}"
        )
        if previous:
            print(f"{'':6}clauses ×{clauses / previous[0]:.0f}, time ×{again / previous[1]:.1f}")
        previous = clauses, again
        library.close()


if __name__ == "__main__":
    main(*(map(int, sys.argv[1:]) if len(sys.argv) > 1 else (10, 100, 1000)))

"""Cost of comparison: python -m bench.comparison_cost [DOCUMENTS…]   (default 10 100 1000; 100 clauses each; 5 min)

Documents are drawn from the articles of the agreements in ../shared with one word in ten exchanged, so that formulas
recur as they do in a real library. Times are seconds by the clock, those of the processor in brackets, with the
machine's load beside them. Writes its lines into RESULTS.md.
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

from bench.comparison import own, read, write
from corpus.comparison.elsewhere import elsewhere
from corpus.comparison.table import compare, compare_in
from corpus.local.library import LocalLibrary
from corpus.metadata.documents import documents_of
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


class Timed:
    """Seconds by the clock and of the processor that a call took."""

    def __init__(self, what, *args) -> None:
        began, spent = time.perf_counter(), time.process_time()
        what(*args)
        self.clock, self.processor = time.perf_counter() - began, time.process_time() - spent

    def __str__(self) -> str:
        return f"{self.clock:.2f} ({self.processor:.2f})"


def best_of(times: int, what, *args) -> Timed:
    return min((Timed(what, *args) for _ in range(times)), key=lambda t: t.clock)


def main(*counts: int) -> None:
    documents = read(own()[0])
    articles = [p for d in documents.values() for p in d.instrument.provisions if p.kind is Kind.ARTICLE]
    twelve = [documents_of(f)[0] for f in files(12, articles)]
    sizes = [sum(1 for _ in d.instrument.walk()) for d in twelve]
    cold, warm = Timed(compare, twelve), best_of(3, compare, twelve)
    lines = [
        (
            f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors. 12 documents of {min(sizes)}–{max(sizes)} "
            f"provisions compared: cold {cold}, warm {warm} s."
        ),
        "",
        "| documents | clauses | one document against all | again | one provision | three compared |",
        "|---|---|---|---|---|---|",
    ]
    for count in counts:
        library = LocalLibrary(Path(tempfile.mkdtemp()))
        stored = sum(1 for _ in library.put_many(files(count, articles)))
        some = [s.id for s in library.documents()[:3]]
        first, again = Timed(elsewhere, library, some[0]), best_of(2, elsewhere, library, some[0])
        one, few = best_of(3, elsewhere, library, some[1], "art_3"), best_of(2, compare_in, library, some)
        lines.append(f"| {stored} | {library.health().clauses} | {first} | {again} | {one} | {few} |")
        print(lines[-1])
        library.close()
    write("bench.comparison_cost", lines)


if __name__ == "__main__":
    main(*(map(int, sys.argv[1:]) if len(sys.argv) > 1 else (10, 100, 1000)))

"""Times of the local library: python -m bench.local [CLAUSES] [FOLDER]   (default 100,000 clauses, a temporary folder).

Clauses of 40 words on average are drawn from the 20,000 commonest Russian words by their frequency. Each operator is
asked with words of many frequencies; p50 and p95 are milliseconds for `recall(…, 300)`, the clauses read included, and
for the engine alone (count and the best 300).
"""

import hashlib
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from wordfreq import top_n_list, word_frequency

from analyzers.terms import terms
from corpus.local.library import LocalLibrary, _translated
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile
from corpus.query.tree import And, Everything, Field, FieldName, Near, Node, Or, Phrase, Prefix, Within, Word

PER_FILE = 200
CHANCE = random.Random(7)
VOCABULARY = [w for w in top_n_list("ru", 20_000) if w.isalpha()]
WEIGHTS = [word_frequency(w, "ru") for w in VOCABULARY]


def files(clauses: int) -> Iterator[SourceFile]:
    """Generate files of two hundred clauses."""
    for number in range(clauses // PER_FILE):
        texts = [" ".join(CHANCE.choices(VOCABULARY, WEIGHTS, k=CHANCE.randint(10, 70))) for _ in range(PER_FILE)]
        articles = tuple(Provision(f"art_{n}", Kind.ARTICLE, text, str(n)) for n, text in enumerate(texts, 1))
        instrument = Instrument(
            CHANCE.choice(list(InstrumentType)), f"Акт {number}", f"{1990 + number % 30}-05-17", provisions=articles
        )
        text = "\n".join(texts)
        digest = hashlib.sha256(text.encode()).hexdigest()
        yield SourceFile(f"{number:05}.txt", digest, "text", "utf-8", text, instruments=(instrument,))


def word(text: str) -> Word:
    return Word(text, terms(text)[0].lemmas, context=True)


def words(number: int, top: int = 3000) -> tuple[Word, ...]:
    return tuple(word(w) for w in CHANCE.sample(VOCABULARY[:top], number))


def pair() -> tuple[Word, ...]:
    return tuple(word(w) for w in CHANCE.choices(VOCABULARY, WEIGHTS, k=2))


OPERATORS: dict[str, Callable[[], Node]] = {
    "one word": lambda: words(1)[0],
    "three words, any": lambda: Or(words(3)),
    "eight words, any": lambda: Or(words(8)),
    "two words, all": lambda: And(pair()),
    "phrase": lambda: Phrase(pair()),
    "near 5": lambda: Near(pair(), 5),
    "near 40": lambda: Near(pair(), 40),
    "near 5, sentence": lambda: Near(pair(), 5, within=Within.SENTENCE),
    "near 5, article": lambda: Near(words(2), 5, within=Within.ARTICLE),
    "prefix": lambda: Prefix(words(1)[0].text[:4]),
    "word and type": lambda: And((words(1)[0], Field(FieldName.TYPE, ("agreement",)))),
    "word and dates": lambda: And((words(1)[0], Field(FieldName.DATE, low="2000", high="2010"))),
    "everything": Everything,
}


def timed(ask: Callable[[Node], object], queries: list[Node]) -> str:
    for query in queries[:3]:
        ask(query)
    spent = []
    for query in queries:
        began = time.perf_counter()
        ask(query)
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    return f"{statistics.median(spent):9.2f}{spent[int(len(spent) * 0.95)]:9.2f}"


def main(clauses: int = 100_000, where: str = "") -> None:
    folder = Path(where or tempfile.mkdtemp())
    library = LocalLibrary(folder)
    if not library.documents():
        began = time.perf_counter()
        stored = sum(1 for _ in library.put_many(files(clauses)))
        print(f"put {stored} files of {PER_FILE} clauses: {time.perf_counter() - began:.1f} s")
    for name in ("truth.sqlite", "index-*"):
        size = sum(f.stat().st_size for p in folder.glob(name) for f in ([p] if p.is_file() else p.iterdir()))
        print(f"{name}: {size / 1e6:.0f} MB")
    print(f"{library.health().clauses} clauses\n{'':22}{'recall(300) p50, p95':>20}{'engine p50, p95':>18}")
    for name, make in OPERATORS.items():
        queries = [make() for _ in range(60)]

        def engine(query: Node) -> object:
            with library._pinned() as (truth, view):  # noqa: SLF001
                return view.searcher.best(view.visible(_translated(truth, view, query)), 300, lambda: view.rank(truth))

        print(f"{name:22}{timed(lambda q: library.recall(q, 300), queries):>20}{timed(engine, queries):>18}")
    print(
        f"{'statistics, 8 words':22}{timed(lambda q: library.statistics([x for w in q.parts for x in w.lemmas]), [Or(words(8)) for _ in range(60)]):>20}"
    )
    print(
        f"{'counts of 4 fields':22}{timed(lambda q: library.counts(q, ['type', 'year', 'kind', 'party'], 20), [words(1)[0] for _ in range(60)]):>20}"
    )
    library.close()
    if not where:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*([int(sys.argv[1])] if len(sys.argv) > 1 else []), *sys.argv[2:3])

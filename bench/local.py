"""Times of the local library: python -m bench.local [CLAUSES] [FOLDER] [--write]   (100,000 clauses, a temporary folder).

`--write` puts the tables into RESULTS.md; some ten minutes on an idle machine, most of it filling the library. A folder
that holds a library is used as it is. Clauses of 40 words on average are drawn from the 20,000 commonest Russian words by their frequency. Each operator is
asked with words of many frequencies; p50 and p95 are milliseconds for `recall(…, 300)`, the clauses read included, and
for the engine alone (count and the best 300). The second table are whole searches as a person types them, the worst we
could think of: each must answer or be refused within 2 s.
"""

import hashlib
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from wordfreq import top_n_list, word_frequency

from analyzers.terms import terms
from corpus.clauses.tree import And, Everything, Field, FieldName, Near, Node, Or, Phrase, Prefix, Within, Word
from corpus.errors import QueryError
from corpus.local.library import LocalLibrary, _translated
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile
from corpus.search.answers import SearchOptions, Sort
from corpus.search.search import search

PER_FILE = 200
BEGIN, END = "<!-- bench.local -->", "<!-- end -->"
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


LONG = [w for w in VOCABULARY if len(w) > 5]
HARD = {
    "256 common words": lambda: " ".join(VOCABULARY[10:266])[:1000].rpartition(" ")[0],
    "30 prefixes of three letters": lambda: " ИЛИ ".join(f"{w[:3]}*" for w in CHANCE.sample(LONG, 30)),
    "phrase of prefixes": lambda: '"' + " ".join(f"{w[:3]}*" for w in CHANCE.sample(LONG, 4)) + '"',
    "distance of four common words": lambda: " РЯДОМ/100 ".join(VOCABULARY[:4]),
    "distance in an article": lambda: " РЯДОМ/статья ".join(VOCABULARY[:2]),
    "distance in a sentence": lambda: " РЯДОМ/предложение ".join(VOCABULARY[:3]),
    "distance of 20 prefixes": lambda: " РЯДОМ/100 ".join(f"{w[:3]}*" for w in CHANCE.sample(LONG, 20)),
    "alternatives multiplied": lambda: " РЯДОМ/9 ".join(
        f"({a} ИЛИ {b})" for a, b in zip(LONG[:6], LONG[6:12], strict=True)
    ),
    "not one word": lambda: f"НЕ {VOCABULARY[50]}",
    "everything by date": lambda: "дата:1900..2100",
    "forty unknown words": lambda: " ".join(f"{w[::-1]}ъщ" for w in CHANCE.sample(LONG, 40)),
    "a question": lambda: "кто платит за исполнение запроса и сколько ждать ответа",
}
TWO_SECONDS = 2000.0


def spent(ask: Callable[[], object]) -> float:
    """Return milliseconds of wall clock."""
    began = time.perf_counter()
    with suppress(QueryError):
        ask()
    return (time.perf_counter() - began) * 1000


def quantiles(times: Iterable[float]) -> tuple[float, float]:
    """Return p50 and p95."""
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)]


def operators(library: LocalLibrary) -> Iterator[str]:
    """Yield the rows of the first table."""

    def engine(query: Node) -> object:
        with library._pinned() as (truth, view):  # noqa: SLF001
            return view.searcher.best(view.visible(_translated(truth, view, query)), 300, lambda: view.rank(truth))

    for name, make in OPERATORS.items():
        queries = [make() for _ in range(60)]
        for query in queries[:3]:
            library.recall(query, 300)
        whole = quantiles(spent(lambda q=q: library.recall(q, 300)) for q in queries)
        alone = quantiles(spent(lambda q=q: engine(q)) for q in queries)
        yield f"| {name} | {whole[0]:.2f} | {whole[1]:.2f} | {alone[0]:.2f} | {alone[1]:.2f} |"
    lemmas = [[x for w in words(8) for x in w.lemmas] for _ in range(60)]
    p50, p95 = quantiles(spent(lambda x=x: library.statistics(x)) for x in lemmas)
    yield f"| statistics, 8 words | {p50:.2f} | {p95:.2f} | | |"
    names = ["type", "year", "kind", "party"]
    p50, p95 = quantiles(spent(lambda q=q: library.counts(q, names, 20)) for q in [words(1)[0] for _ in range(60)])
    yield f"| counts of 4 fields | {p50:.2f} | {p95:.2f} | | |"


def hard(library: LocalLibrary) -> Iterator[str]:
    """Yield the rows of the second table; the slowest of three different queries counts."""
    for name, make in HARD.items():
        for sort in (Sort.RELEVANCE, Sort.DATE):
            asked = [make() for _ in range(3)]
            worst = max(spent(lambda q=q, s=sort: search(library, q, SearchOptions(sort=s))) for q in asked)
            late = " **late**" if worst > TWO_SECONDS else ""
            yield f"| {name}, {sort} | {worst:.0f}{late} |"


def main(clauses: int, where: str, *, write: bool) -> None:
    """Fill a library unless it is there, measure, print and write."""
    folder = Path(where or tempfile.mkdtemp())
    library = LocalLibrary(folder)
    began = time.perf_counter()
    if not library.documents():
        stored = sum(1 for _ in library.put_many(files(clauses)))
        print(f"put {stored} files of {PER_FILE} clauses: {time.perf_counter() - began:.1f} s")
    for name in ("truth.sqlite", "index-*"):
        size = sum(f.stat().st_size for p in folder.glob(name) for f in ([p] if p.is_file() else p.iterdir()))
        print(f"{name}: {size / 1e6:.0f} MB")
    lines = [
        f"Local library, {library.health().clauses:,} clauses, ms:",
        "",
        "| operator | recall(300) p50 | p95 | engine alone p50 | p95 |",
        "|---|---|---|---|---|",
        *shown(operators(library)),
        "",
        "Whole searches, worst of three, ms (limit 2,000):",
        "",
        "| query, order | ms |",
        "|---|---|",
        *shown(hard(library)),
    ]
    if write:
        results = Path(__file__).with_name("RESULTS.md")
        before, _, rest = results.read_text("utf-8").partition(BEGIN)
        text = "\n".join(lines)
        results.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.partition(END)[2]}", "utf-8")
    library.close()
    if not where:
        shutil.rmtree(folder)


def shown(rows: Iterable[str]) -> Iterator[str]:
    """Print rows as they come."""
    for row in rows:
        print(row, flush=True)
        yield row


if __name__ == "__main__":
    given = [a for a in sys.argv[1:] if a != "--write"]
    main(int(given[0]) if given else 100_000, given[1] if len(given) > 1 else "", write="--write" in sys.argv)

"""States of a library of acts that amend one another: python -m bench.states [ACTS] [AMENDING] [URL] (default 1,000, 300).

With the URL of an Elasticsearch, what pages cost there instead: milliseconds by the clock, in a new process, again, and
after changes as a service reads them (25 p95); tests/elastic/test_round_trips.py counts the requests. Else CPU time,
which a busy machine hardly lengthens: to consolidate every edition of every act of a library nobody has read; per page
of ten hits, to tell their states, in a new process, after changes, and after changes as a service reads them beside its
answers; of searches, beside a library of the same words where no act changes another. Targets: 20 s for 1,000 acts with
300 amending ones; 5 ms p95 a page; 1.1.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from corpus.effects.lives import Lives, Told, lives
from corpus.effects.standing import StateOnDay
from corpus.elastic.connection import Connection
from corpus.elastic.library import ElasticLibrary
from corpus.lexicon.reckoning import today
from corpus.local.library import LocalLibrary
from corpus.search.search import search
from ingest.pipeline import parse_bytes
from search_api.service.work.beside import read_touched

PAGE, CHANGES = 10, 20


def place(n: int) -> str:
    """Name a place by a number: treaties that differ in a number alone are not told from one another."""
    heads, middles, ends = (
        ["Ба", "Ве", "Ги", "До", "Жу", "Ка", "Ле", "Ми", "Но", "Ру"],
        ["ра", "не", "ли", "до", "ву", "ке", "ты", "по", "са", "ми"],
        ["рог", "нец", "лим", "дар", "вол"],
    )
    return heads[n % 10] + middles[n // 10 % 10] + middles[n // 100 % 10] + ends[n // 1000 % 5]


def treaty(n: int) -> str:
    """Print an invented treaty of thirty points."""
    points = "\n\n".join(
        f"{i}. Стороны хранят улей номер {n} на посту {i} не дольше {i + 2} дней." for i in range(1, 11)
    )
    articles = "\n\n".join(f"Статья {a}\n\n{points}" for a in range(1, 4))
    return (
        f"СОГЛАШЕНИЕ\nмежду Липовцем и Вереском о перевале {place(n)}\n\nг. Липовец, 3 мая 2004 года\n\n"
        f"Стороны согласились о нижеследующем:\n\n{articles}\n\n"
        "Статья 4\n\nНастоящее Соглашение вступает в силу с даты его подписания.\n"
    )


def protocol(n: int, target: int) -> str:
    """Print a protocol that changes three points of a treaty."""
    orders = "\n\n".join(
        f"{i}) в пункте {i} статьи {i} слова «на посту {i}» заменить словами «на складе {n}»;" for i in range(1, 4)
    )
    return (
        f"ПРОТОКОЛ\nо внесении изменений в Соглашение между Липовцем и Вереском о перевале {place(target)} от 3 мая 2004 года\n\n"
        f"г. Липовец, {1 + n % 28} июля {2005 + n % 10} года\n\nСтороны согласились о нижеследующем:\n\nСтатья 1\n\n"
        f"Внести в Соглашение следующие изменения:\n\n{orders}\n\n"
        "Статья 2\n\nНастоящий Протокол вступает в силу с даты его подписания.\n"
    )


def idle(text: str) -> str:
    """Turn a protocol that changes a treaty into one of the same words that changes nothing."""
    return text.replace("о внесении изменений в", "о списках к").replace("заменить словами", "стоят рядом со словами")


def library_of(texts: list[str]) -> LocalLibrary:
    """Put texts into a library of their own."""
    library = LocalLibrary(Path(tempfile.mkdtemp()) / "library")
    list(library.put_many(parse_bytes(t.encode(), f"{i}.txt") for i, t in enumerate(texts)))
    return library


def spent(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return the milliseconds of CPU, or of another clock, that work takes."""
    began = clock()
    work()
    return 1000 * (clock() - began)


def p95(took: Sequence[float]) -> float:
    """Return the time that one in twenty exceeds."""
    return statistics.quantiles(took, n=20)[18]


def pages_of(told: Told, ids: Sequence[str], clock: Callable[[], float] = time.process_time) -> list[float]:
    """Tell the states of all documents, a page at a time; return the milliseconds of each page."""

    def page(at: int) -> list[StateOnDay]:
        told.fetch(ids[at : at + PAGE])
        return [told.short(document, today(), "art_1__para_1") for document in ids[at : at + PAGE]]

    return [spent(partial(page, at), clock) for at in range(0, len(ids), PAGE)]


def shown(name: str, took: Sequence[float]) -> str:
    """Write how long pages took."""
    return f"{name}: first {took[0]:.1f} ms, p50 {statistics.median(took[1:]):.2f}, p95 {p95(took[1:]):.2f} ms"


def on_elasticsearch(url: str, texts: Sequence[str]) -> None:
    """Print what pages cost on an Elasticsearch, in a new process, with nothing and with everything read."""
    library = ElasticLibrary(Connection((url,), patience=60.0), f"bench-states-{os.getpid()}")
    list(library.put_many(parse_bytes(t.encode(), f"{i}.txt") for i, t in enumerate(texts)))
    ids = [s.id for s in library.documents()]
    told = lives(library)
    print(f"what acts on what: {spent(lambda: told.relations.actors, time.perf_counter):.0f} ms, once")
    for name in ("pages of a new process", "pages again"):
        print(shown(name, pages_of(told, ids, time.perf_counter)))
    took = []
    for n in range(CHANGES):
        library.put(parse_bytes(protocol(len(texts) + n, n).encode(), f"ещё {n}.txt"))
        read_touched(library)
        took += pages_of(lives(library), ids[:100], time.perf_counter)
    print(shown(f"pages of ten after each of {CHANGES} more protocols, as a service reads", took))


def main() -> None:
    """Print the figures."""
    acts, amending = (int(a) for a in [*sys.argv[1:3], "1000", "300"][:2])
    treaties = [treaty(n) for n in range(acts - amending)]
    protocols = [protocol(n, n % max((acts - amending) // 2, 1)) for n in range(amending)]
    if len(sys.argv) > 3:
        on_elasticsearch(sys.argv[3], [*treaties, *protocols])
        return
    library = library_of([*treaties, *protocols])
    ids = [s.id for s in library.documents()]
    began = time.process_time()
    fresh = Lives(library)
    changed = sum(len(fresh.life(i).editions) > 1 for i in ids)
    print(f"consolidated: {time.process_time() - began:.1f} s of CPU, {len(ids)} acts, {changed} with several editions")
    print(shown("pages of a new process", pages_of(lives(library), ids)))
    for beside in (False, True):
        took = []
        for n in range(CHANGES):
            more = n + CHANGES * beside
            library.put(parse_bytes(protocol(acts + more, n).encode(), f"ещё {more}.txt"))
            if beside:
                read_touched(library)
            took += pages_of(lives(library), ids[:100])
        print(shown(f"pages of ten after each of {CHANGES} more protocols" + ", as a service reads" * beside, took))
    still = library_of([*treaties, *(idle(p) for p in protocols)])
    queries = [f"улей на {where} {n}" for where in ("посту", "складе") for n in range(1, 41)]
    times: dict[LocalLibrary, list[float]] = {library: [], still: []}
    for query in [queries[0], *queries]:
        for one, kept in times.items():
            kept.append(spent(partial(search, one, query)))
    with_states, without = (kept[1:] for kept in times.values())
    print(
        f"search p95: {p95(with_states):.1f} ms, {p95(with_states) / p95(without):.2f} of a library where no act changes another"
    )


if __name__ == "__main__":
    main()

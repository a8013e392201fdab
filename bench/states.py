"""States of a library of acts that amend one another: python -m bench.states [ACTS] [AMENDING]   (default 1,000 and 300).

CPU seconds, which a busy machine does not lengthen: to consolidate every edition of every act after the library has
changed, and, per page of ten hits, to tell their states. Targets: 20 s for 1,000 acts with 300 amending ones; 5 ms p95.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from corpus.effects.lives import Lives
from corpus.lexicon.reckoning import today
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes

PAGE = 10


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


def main() -> None:
    """Print the figures."""
    acts, amending = (int(a) for a in [*sys.argv[1:], "1000", "300"][:2])
    texts = [treaty(n) for n in range(acts - amending)]
    texts += [protocol(n, n % max((acts - amending) // 2, 1)) for n in range(amending)]
    library = LocalLibrary(Path(tempfile.mkdtemp()) / "library")
    list(library.put_many(parse_bytes(t.encode(), f"{i}.txt") for i, t in enumerate(texts)))
    ids, on = [s.id for s in library.documents()], today()
    began = time.process_time()
    lives = Lives(library)
    changed = sum(len(lives.life(i).editions) > 1 for i in ids)
    print(f"consolidated: {time.process_time() - began:.1f} s of CPU, {len(ids)} acts, {changed} with several editions")
    fresh = Lives(library)
    pages = []
    for at in range(0, len(ids), PAGE):
        began = time.process_time()
        for document in ids[at : at + PAGE]:
            fresh.short(document, on, "art_1__para_1")
        pages.append(time.process_time() - began)
    first, rest = pages[0], sorted(pages[1:])
    p95 = rest[int(len(rest) * 0.95) - 1] if rest else first
    print(
        f"page of {PAGE}: first {1000 * first:.1f} ms (reads what acts), then p50 {1000 * statistics.median(rest):.2f}, "
        f"p95 {1000 * p95:.2f} ms, each document asked for the first time"
    )


if __name__ == "__main__":
    main()

"""Times of the pages over HTTP: python -m bench.pages [CLAUSES] [FOLDER]   (default 100,000 clauses, a temporary folder).

`svod serve` runs as a process of its own and is asked by one person, keep-alive; beside it the same bytes come from a
bare FastAPI route (bench.bare), also a process: what is left is what the library and the template take. "CPU" is the
processor time of the service, user and system, which a busy machine does not lengthen. The target of the project: p95
of a search <= 50 ms, of a document of 300 provisions <= 100 ms. The table goes into bench/RESULTS.md as well.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx

from bench.local import VOCABULARY, files
from corpus.local.library import LocalLibrary
from corpus.model import SourceFile
from search_api.service.samples import sample_files

CHANCE = random.Random(11)
ROUNDS = 200
RESULTS = Path(__file__).with_name("RESULTS.md")


def long_document() -> SourceFile:
    """The longest sample, its provisions repeated to three hundred."""
    from ingest.pipeline import parse_bytes

    parsed = [parse_bytes(f.read_bytes(), f.name) for f in sample_files()]
    longest = max(parsed, key=lambda f: len(list(f.instruments[0].walk())))
    act = longest.instruments[0]
    articles, n = [], 0
    while sum(len(list(a.walk())) for a in articles) < 300:
        n += 1
        articles += [_renumbered(p, f"{p.eid}-{n}") for p in act.provisions if p.kind == "article"]
    return replace(
        longest, name="длинный.txt", sha256="f" * 64, instruments=(replace(act, provisions=tuple(articles)),)
    )


def _renumbered(provision: object, eid: str) -> object:
    old = provision.eid
    children = tuple(_renumbered(c, eid + c.eid[len(old) :]) for c in provision.children)
    return replace(provision, eid=eid, children=children)


@contextmanager
def serving(*command: str) -> Iterator[tuple[httpx.Client, Callable[[], float]]]:
    """Run a service; give a client of it and the milliseconds of processor time it has taken so far."""
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        with httpx.Client(base_url=url, headers={"Accept": "text/html"}, timeout=60) as client:
            yield client, lambda: cpu(process.pid)
        process.terminate()


def cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def settled(taken: Callable[[], float]) -> None:
    """Wait until the service has warmed up."""
    before = -1.0
    while taken() - before > 20:
        before = taken()
        time.sleep(1)


def times(ask: Callable[[], httpx.Response], taken: Callable[[], float]) -> tuple[float, float, float, bytes]:
    """Return p50 and p95 in ms, processor time a request in ms, and the last page."""
    spent, content, before = [], b"", 0.0
    for number in range(ROUNDS + 10):
        before = taken() if number == 10 else before
        began = time.perf_counter()
        answer = ask()
        if number >= 10:
            spent.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text[:300]
        content = answer.content
    used = (taken() - before) / ROUNDS
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1], used, content


def main() -> None:
    clauses = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "library"
    library = LocalLibrary(folder)
    if library.health().clauses < clauses:
        for _ in library.put_many(files(clauses)):
            pass
        library.put(long_document())
    document = next(s for s in library.documents() if s.source == "длинный.txt")
    card = f"/d/{document.id}/{library.get(document.id).instrument.provisions[3].eid}/card"
    common = VOCABULARY[200:4000]
    pages: dict[str, Callable[[], str]] = {
        "search, three words": lambda: "/?q=" + quote(" ".join(CHANCE.sample(common, 3))),
        "search, phrase or field": lambda: "/?q=" + quote(f"ст:{CHANCE.randint(1, 9)} {CHANCE.choice(common)}"),
        "search, 100 hits": lambda: "/?n=100&q=" + quote(CHANCE.choice(common)),
        "search, eight words": lambda: "/?q=" + quote(" ".join(CHANCE.sample(common, 8))),
        f"document, {document.provisions} provisions": lambda: f"/d/{document.id}",
        "the same with hits": lambda: f"/d/{document.id}?q=" + quote("отказ запрос"),
        "document with repairs": lambda: f"/d/{document.id}?repairs=1",
        "card of a provision": lambda: card,
        "library": lambda: "/library",
        "suggestions": lambda: "/suggest?q=" + quote(CHANCE.choice(common)[:4]),
        "help": lambda: "/help",
    }
    health = library.health()
    head = f"{health.clauses:,} clauses, {health.documents:,} documents; milliseconds, {ROUNDS} requests each."
    lines = ["| page | p50 | p95 | CPU | bare p50 | bare p95 | bytes |", "|---|---|---|---|---|---|---|"]
    library.close()
    pages_folder = Path(tempfile.mkdtemp())
    command = ("-c", "from search_api.main import main; main()", "serve", "--library", str(folder), "--port", "0")
    with serving(*command) as (svod, taken), serving("-m", "bench.bare", str(pages_folder)) as (plain, other):
        svod.get("/?q=" + quote("запрос"))
        settled(taken)
        for number, (name, address) in enumerate(pages.items()):
            p50, p95, used, content = times(lambda address=address: svod.get(address()), taken)
            (pages_folder / f"{number}.html").write_bytes(content)
            b50, b95, _, _ = times(lambda number=number: plain.get(f"/{number}"), other)
            lines.append(f"| {name} | {p50:.1f} | {p95:.1f} | {used:.1f} | {b50:.1f} | {b95:.1f} | {len(content):,} |")
            print(lines[-1], flush=True)
    load = f"Load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors."
    record("\n".join([head, load, "", *lines]))


def record(table: str) -> None:
    """Write the table into bench/RESULTS.md between its marks."""
    text = RESULTS.read_text("utf-8")
    begin, end = "<!-- pages -->", "<!-- /pages -->"
    if begin not in text:
        text += f"\n{begin}\n{end}\n"
    before, _, rest = text.partition(begin)
    after = rest.partition(end)[2]
    RESULTS.write_text(f"{before}{begin}\n## Pages (bench/pages.py)\n\n{table}\n{end}{after}", "utf-8")


if __name__ == "__main__":
    main()

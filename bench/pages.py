"""Times of the pages over HTTP: python -m bench.pages [CLAUSES] [FOLDER]   (default 100,000 clauses, a temporary folder).

Each page is asked of a running service by one person, keep-alive, and beside it the same bytes of a bare FastAPI
route: what is left is what the library and the template take. The target of the project: p95 of a search ≤ 50 ms, of a
document of 300 provisions ≤ 100 ms.
"""

import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from bench.local import VOCABULARY, files
from corpus.local.library import LocalLibrary
from corpus.model import SourceFile
from search_api.app import create_app
from search_api.samples import sample_files
from search_api.settings import Settings

CHANCE = random.Random(11)
ROUNDS = 60


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
def serving(app: FastAPI) -> Iterator[httpx.Client]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Accept": "text/html"}, timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join()


def times(ask: Callable[[], httpx.Response]) -> tuple[float, float, bytes]:
    spent, content = [], b""
    for number in range(ROUNDS + 5):
        began = time.perf_counter()
        answer = ask()
        if number >= 5:
            spent.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text[:300]
        content = answer.content
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1], content


def main() -> None:
    clauses = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "library"
    library = LocalLibrary(folder)
    if library.health().clauses < clauses:
        for _ in library.put_many(files(clauses)):
            pass
        library.put(long_document())
    document = next(s for s in library.documents() if s.source == "длинный.txt")
    common = VOCABULARY[200:4000]
    pages: dict[str, Callable[[], str]] = {
        "search, three words": lambda: "/?q=" + quote(" ".join(CHANCE.sample(common, 3))),
        "search, phrase or field": lambda: "/?q=" + quote(f"ст:{CHANCE.randint(1, 9)} {CHANCE.choice(common)}"),
        "search, 100 hits": lambda: "/?n=100&q=" + quote(CHANCE.choice(common)),
        f"document, {document.provisions} provisions": lambda: f"/d/{document.id}",
        "document with repairs": lambda: f"/d/{document.id}?repairs=1",
        "card of a provision": lambda: f"/d/{document.id}/{library.get(document.id).instrument.provisions[3].eid}/card",
        "library": lambda: "/library",
        "suggestions": lambda: "/suggest?q=" + quote(CHANCE.choice(common)[:4]),
        "help": lambda: "/help",
    }
    bare = FastAPI()
    kept: dict[str, str] = {}

    @bare.get("/{number}")
    def same(number: str) -> HTMLResponse:
        return HTMLResponse(kept[number])

    print(
        f"{library.health().clauses:,} clauses, {library.health().documents:,} documents; milliseconds, {ROUNDS} requests each\n"
    )
    print("| page | p50 | p95 | bare p50 | bare p95 | bytes |\n|---|---|---|---|---|---|")
    with serving(create_app(lambda: library, Settings())) as svod, serving(bare) as plain:
        for name, address in pages.items():
            p50, p95, content = times(lambda address=address: svod.get(address()))
            kept["page"] = content.decode()
            b50, b95, _ = times(lambda: plain.get("/page"))
            print(f"| {name} | {p50:.1f} | {p95:.1f} | {b50:.1f} | {b95:.1f} | {len(content):,} |", flush=True)
    library.close()


if __name__ == "__main__":
    main()

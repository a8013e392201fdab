"""What other processes do in the tests of the local library; the fork server loads this once, the dictionary included."""

import hashlib
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from analyzers.lemmas import lemmas
from corpus.errors import SvodError
from corpus.local.library import LocalLibrary
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile

lemmas("прогрев")

SPAWN = get_context("forkserver")
SPAWN.set_forkserver_preload([__name__])

NAMES = 12


def version_of(name: str, version: int) -> SourceFile:
    """Make a file all of whose clauses name its version; versions differ in how many clauses they have."""
    articles = tuple(
        Provision(f"art_{n}", Kind.ARTICLE, f"Редакция в{version} статьи {n} о сроках и расходах Сторон.", str(n))
        for n in range(1, 4 + version % 5)
    )
    instruments = tuple(
        Instrument(InstrumentType.AGREEMENT, f"Соглашение {place}", provisions=articles) for place in range(2)
    )
    text = f"{name} {version}"
    return SourceFile(name, hashlib.sha256(text.encode()).hexdigest(), "text", "utf-8", text, instruments=instruments)


def clauses_of(version: int) -> int:
    """Return how many clauses a version has."""
    return 2 * (3 + version % 5)


def numbered(start: int) -> Iterator[tuple[str, int]]:
    """Name files and versions without end."""
    version = start
    while True:
        yield f"папка/{version % NAMES}.txt", version
        version += 1


def ingest(folder: Path, start: int, batch: int, acknowledged: Connection) -> None:
    """Put files in batches without end and tell each one that is acknowledged."""
    library = LocalLibrary(folder, patience=5)
    tasks = numbered(start)
    acknowledged.send(None)
    while True:
        names = [next(tasks) for _ in range(batch)]
        for (name, version), _ in zip(names, library.put_many(version_of(*task) for task in names), strict=True):
            acknowledged.send((name, version))


def replace_often(folder: Path, times: int, done: Connection) -> None:
    """Replace one file many times."""
    library = LocalLibrary(folder, patience=5)
    for version in range(1, times + 1):
        library.put(version_of("папка/один.txt", version))
    library.close()
    done.send(times)


def open_new(folder: Path, number: int, answer: Connection) -> None:
    """Wait for the word, then open a library that may not exist yet and put a file of one's own."""
    answer.send("ready")
    answer.recv()
    try:
        library = LocalLibrary(folder, patience=20)
        library.health()
        answer.send(str(library.put(version_of(f"{number}.txt", number)).put))
    except SvodError as error:
        answer.send(f"{type(error).__name__}: {error}")


def hold(folder: Path, ready: Connection) -> None:
    """Hold the writer's lock by never ending a put."""

    def files() -> Iterator[SourceFile]:
        yield version_of("папка/первый.txt", 1)
        ready.send("held")
        ready.recv()

    list(LocalLibrary(folder).put_many(files()))
    ready.send("done")


def put_within(folder: Path, limit: int, answer: Connection) -> None:
    """Put a large file while no file may grow beyond `limit` bytes; tell the error."""
    library = LocalLibrary(folder)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        library.put(large("большой.txt"))
    except SvodError as error:
        answer.send((type(error).__name__, str(error)))
    else:
        answer.send(("stored", ""))


def large(name: str) -> SourceFile:
    """Make a file whose rows take 2 MB and more: numbers, which neither compress well nor take long to analyse."""
    words = [str(int(hashlib.sha256(str(n).encode()).hexdigest()[:24], 16)) for n in range(20_000)]
    provisions = tuple(
        Provision(f"para_{n}", Kind.PARAGRAPH, " ".join(words[n * 40 : n * 40 + 40]), str(n)) for n in range(1, 500)
    )
    text = " ".join(words)
    return SourceFile(
        name,
        hashlib.sha256(text.encode()).hexdigest(),
        "text",
        "utf-8",
        text,
        instruments=(Instrument(InstrumentType.ACT, "Акт большой", provisions=provisions),),
    )


@contextmanager
def running(task, *args) -> Iterator[tuple]:
    """Run a task in another process, give it and our end of the pipe, and end it."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=task, args=(*args, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()

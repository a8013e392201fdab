"""Ingest of many files: parsed in parallel processes, stored in order, reported file by file."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.errors import InputError, SvodError
from corpus.library import Library, Put, PutOutcome, StoredFile
from corpus.metadata.correcting import mend
from corpus.model import SourceFile
from corpus.topics.own_topics import classifier
from ingest.listing import Listed, listed
from ingest.pipeline import Given, parse_bytes, parse_source, read_bytes
from ingest.readers import expand, read
from ingest.readers.ocr import NO_TEXT_LAYER, recognised
from ingest.timings import Timings
from ingest.version import parser
from search_api.cli.console import quiet, say
from search_api.service.vocabulary import own_words

PARALLEL_BYTES = 2_000_000
"""Below so much input, starting processes (0.6 s each, mostly the dictionary) costs more than it saves."""
AHEAD = 4
"""Files parsed ahead of the library per process, so that a big folder never fills the memory."""

_TOLD = {
    Put.STORED: "загружен",
    Put.REPLACED: "заменён",
    Put.UNCHANGED: "без изменений",
    Put.DUPLICATE: "уже есть под именем",
}
Parsed = list[tuple[str, SourceFile | str | None, Timings]]
"""Of each file: its name, and what it was parsed to, why it could not be, or None where that was done before."""


@dataclass(frozen=True, slots=True)
class Options:
    """How files are parsed: the library's own words for repair, and whether scans are recognised.

    `held` are (name, SHA-256) of an archive's files that this program parsed before.
    """

    vocabulary: Mapping[str, int] = field(default_factory=dict)
    ocr: bool = False
    held: frozenset[tuple[str, str]] = frozenset()


Task = tuple[Listed, Options]


@dataclass(slots=True)
class Report:
    """What became of each file, and seconds by step."""

    files: list[dict[str, Any]] = field(default_factory=list)
    timings: Timings = field(default_factory=Timings)

    @property
    def failed(self) -> int:
        """Count the files that could not be stored."""
        return sum(f["status"] == "failed" for f in self.files)

    def shape(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"files": self.files, "failed": self.failed, "seconds": self.timings.seconds}


def ingest_paths(
    library: Library, paths: Sequence[Path], *, timed: bool = False, ocr: bool = False, again: bool = False
) -> Report:
    """Parse and store every file; a bad file is reported and the rest go on.

    A file whose bytes this version of the program parsed before under this name is not parsed again, unless `again`.
    `timed` measures the analysis of words by itself; `ocr` has scans without a text layer recognised.

    Raise LibraryBusyError and LibraryUnavailableError, for then the rest has no chance either.
    """
    report = Report()
    mend(library)
    files = list(listed(paths))
    held = {} if again else {f.name: f for f in library.files() if f.whole and f.parser == parser()}
    new = []
    for file in files:
        if _parsed_before(file, held):
            _unchanged(report, held[file.name])
        else:
            new.append(file)
    options = Options(own_words(library) if new else {}, ocr)
    with _bar(len(new)) as advance:
        _store(library, _parsed(_tasks(new, held, options), report, advance, held), report, timed=timed)
    return report


def _parsed_before(file: Listed, held: Mapping[str, StoredFile]) -> bool:
    """Say whether a file's bytes are those held under its name."""
    if file.problem or file.name not in held:
        return False
    try:
        return hashlib.sha256(read_bytes(file.path)).hexdigest() == held[file.name].sha256
    except SvodError:
        return False


def _tasks(files: list[Listed], held: Mapping[str, StoredFile], options: Options) -> list[Task]:
    """Give each file, should it be an archive, what is held of the files in it."""
    inside: dict[str, set[tuple[str, str]]] = {}
    for name, stored in held.items():
        for parent in PurePosixPath(name).parents:
            inside.setdefault(str(parent), set()).add((name, stored.sha256))
    return [(file, replace(options, held=frozenset(inside.get(file.name, ())))) for file in files]


def _parsed(
    tasks: list[Task], report: Report, advance: Callable[[], None], held: Mapping[str, StoredFile]
) -> Iterator[SourceFile]:
    """Yield parsed files in order; note the failures, and what in an archive was parsed before."""
    for parsed in _work(tasks):
        advance()
        for name, result, timings in parsed:
            report.timings.add(timings)
            if isinstance(result, str):
                say(result)
                report.files.append({"source": name, "status": "failed", "message": result})
            elif result is None:
                _unchanged(report, held[name])
            else:
                yield result


def _unchanged(report: Report, stored: StoredFile) -> None:
    _note(report, stored.name, PutOutcome(Put.UNCHANGED, stored.documents))


def _work(tasks: list[Task]) -> Iterator[Parsed]:
    total = sum(f.path.stat().st_size for f, _ in tasks if not f.problem)
    processes = min(len(tasks), os.cpu_count() or 1)
    if processes < 2 or total < PARALLEL_BYTES:
        yield from (parse_listed(*task) for task in tasks)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: list[tuple[Listed, Future[Parsed]]] = []
        for file, options in tasks:
            waiting.append((file, pool.submit(parse_listed, file, options)))
            if len(waiting) >= processes * AHEAD:
                yield _result(*waiting.pop(0))
        for file, future in waiting:
            yield _result(file, future)


def _result(file: Listed, future: "Future[Parsed]") -> Parsed:
    try:
        return future.result()
    except BrokenProcessPool:
        message = f"{file.name}: разбор прерван — процесс остановлен системой (возможно, не хватило памяти)."
        return [(file.name, message, Timings())]


def parse_listed(file: Listed, options: Options | None = None) -> Parsed:
    """Parse one listed file, the files of an archive each by itself; a problem is its message."""
    if file.problem:
        return [(file.name, file.problem, Timings())]
    try:
        entries = expand(read_bytes(file.path), file.name)
    except SvodError as error:
        return [(file.name, str(error), Timings())]
    return [_parse(name, data, options or Options()) for name, data in entries]


def _parse(name: str, data: bytes, options: Options) -> tuple[str, SourceFile | str | None, Timings]:
    timings = Timings()
    if options.held and (name, hashlib.sha256(data).hexdigest()) in options.held:
        return name, None, timings
    given = Given(options.vocabulary, timings)
    try:
        try:
            return name, parse_bytes(data, name, given), timings
        except InputError as error:
            if not options.ocr or error.code != NO_TEXT_LAYER:
                raise
            source = read(recognised(data, name), name)
            return name, parse_source(source, name, hashlib.sha256(data).hexdigest(), given), timings
    except SvodError as error:
        return name, str(error), timings
    except RecursionError:
        return name, f"{name}: вложенность пунктов слишком велика. Проверьте, тот ли это файл.", timings
    except Exception as error:  # noqa: BLE001  one bad file never stops the rest
        import structlog

        structlog.get_logger().error("parse failed", file=name, kind=f"{type(error).__name__}: {error}")
        return name, f"{name}: разобрать не удалось из-за внутренней ошибки. Сообщите о ней, приложив файл.", timings


def _store(library: Library, files: Iterator[SourceFile], report: Report, *, timed: bool) -> None:
    names: list[str] = []
    classified = classifier(library)

    def named() -> Iterator[SourceFile]:
        for file in map(classified, files):
            names.append(file.name)
            if timed:
                _analyse(file, report.timings)
            yield file

    outcomes = library.put_many(named())
    for i, outcome in enumerate(outcomes):
        name = names[i]
        if isinstance(outcome, PutOutcome):
            _note(report, name, outcome)
        else:
            message = str(outcome) if isinstance(outcome, InputError) else f"{name}: {outcome}"
            say(message)
            report.files.append({"source": name, "status": "failed", "message": message})


def _note(report: Report, name: str, outcome: PutOutcome) -> None:
    """Tell and report what became of a file."""
    also = f" {outcome.stored_as}" if outcome.put is Put.DUPLICATE and outcome.stored_as else ""
    say(f"{name}: {_TOLD[outcome.put]}{also}, актов: {len(outcome.documents)}")
    entry: dict[str, Any] = {"source": name, "status": str(outcome.put), "documents": list(outcome.documents)}
    report.files.append(entry | ({"stored_as": outcome.stored_as} if outcome.stored_as else {}))


def _analyse(file: SourceFile, timings: Timings) -> None:
    """Measure the words' analysis by itself; what the library then does of it comes from the cache."""
    from analyzers.terms import terms

    with timings.step("леммы"):
        for instrument in file.instruments:
            for provision in instrument.walk():
                terms(provision.text)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], None]]:
    """Show a progress bar on a terminal."""
    if quiet() or total < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Загрузка"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)

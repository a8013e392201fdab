"""Ingest of many files: parsed in parallel processes, stored in order, reported file by file."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import InputError, SvodError
from corpus.library import Library, Put, PutOutcome, StoredFile
from corpus.metadata.correcting import mend
from corpus.model import SourceFile
from corpus.topics.own_topics import classifier
from ingest.confined.limits import default_limits
from ingest.confined.nursery import NURSERY
from ingest.confined.pool import Pool
from ingest.listing import Listed, listed, read_bytes
from ingest.parsing import Offered, Options, Parsed, Parsing
from ingest.timings import Timings
from ingest.version import parser
from search_api.cli.console import quiet, say
from search_api.service.vocabulary import own_words

_TOLD = {
    Put.STORED: "загружен",
    Put.REPLACED: "заменён",
    Put.UNCHANGED: "без изменений",
    Put.DUPLICATE: "уже есть под именем",
}


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
    if not new:
        return report
    with parsing_service() as parsing, _bar(len(new)) as advance:
        options = Options(own_words(library), ocr, _holding(held))
        _store(library, _parsed(parsing.files(map(_offered, new), options), report, advance, held), report, timed=timed)
    return report


@contextmanager
def parsing_service() -> Iterator[Parsing]:
    """Open the service of a command: as many children as there are processors, their libraries loading meanwhile."""
    NURSERY.start()
    limits = default_limits()
    parsing = Parsing(Pool(max(os.cpu_count() or 1, 1), most=limits.parse_memory), limits)
    try:
        yield parsing
    finally:
        parsing.close()


def _offered(file: Listed) -> Offered:
    return Offered(file.name, lambda: _loaded(file))


def _loaded(file: Listed) -> bytes:
    if file.problem:
        raise InputError(file.problem)
    return read_bytes(file.path)


def parsed_listed(paths: Iterable[Path]) -> Iterator[Parsed]:
    """Parse files and the files of folders and archives; a problem is its refusal."""
    with parsing_service() as parsing:
        for outcomes in parsing.files(map(_offered, listed(paths))):
            yield from outcomes


def _holding(held: Mapping[str, StoredFile]) -> Callable[[str, str], bool]:
    return lambda name, sha256: name in held and held[name].sha256 == sha256


def _parsed_before(file: Listed, held: Mapping[str, StoredFile]) -> bool:
    """Say whether a file's bytes are those held under its name."""
    if file.problem or file.name not in held:
        return False
    try:
        return hashlib.sha256(read_bytes(file.path)).hexdigest() == held[file.name].sha256
    except SvodError:
        return False


def _parsed(
    parsed: Iterable[tuple[Parsed, ...]],
    report: Report,
    advance: Callable[[], None],
    held: Mapping[str, StoredFile],
) -> Iterator[SourceFile]:
    """Yield parsed files in order; note the failures, and what in an archive was parsed before."""
    for outcomes in parsed:
        advance()
        for one in outcomes:
            report.timings.add(one.timings)
            if one.refusal:
                say(str(one.refusal))
                report.files.append({"source": one.name, "status": "failed", "message": str(one.refusal)})
            elif one.file is None:
                _unchanged(report, held[one.name])
            else:
                yield one.file


def _unchanged(report: Report, stored: StoredFile) -> None:
    _note(report, stored.name, PutOutcome(Put.UNCHANGED, stored.documents))


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

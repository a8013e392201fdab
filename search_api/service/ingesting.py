"""Ingest of many files: parsed in parallel processes, stored in order, reported file by file."""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.errors import InputError, LibraryBusyError, LibraryUnavailableError, OtherBytesError, SvodError
from corpus.library import NOBODY, Library, Origin, Other, Put, PutOutcome, StoredFile
from corpus.metadata.correcting import mend
from corpus.model import SourceFile
from corpus.plain import Record
from ingest.acts.roles import Read
from ingest.confined.limits import default_limits
from ingest.confined.nursery import NURSERY
from ingest.confined.pool import Pool
from ingest.explained import Explained
from ingest.listing import Listed, listed, read_bytes
from ingest.parsing import Offered, Options, Parsed, Parsing
from ingest.timings import Timings
from ingest.version import parser
from ingest.withholding import reader, settle
from search_api.cli.console import file_bar, say
from search_api.service.vocabulary import own_words

_TOLD = {
    Put.STORED: "загружен",
    Put.REPLACED: "обновлён",
    Put.UNCHANGED: "без изменений",
    Put.DUPLICATE: "уже есть под именем",
}


@dataclass(slots=True)
class Report:
    """What became of each file, and seconds by step."""

    files: list[Record] = field(default_factory=list)
    timings: Timings = field(default_factory=Timings)

    @property
    def failed(self) -> int:
        """Count the files that could not be stored."""
        return sum(f["status"] == "failed" for f in self.files)

    def shape(self) -> Record:
        """Return the JSON form."""
        return {"files": self.files, "failed": self.failed, "seconds": self.timings.seconds}


Asked = Callable[[str], Other]
"""Asks a person what is to become of a file whose name is taken by other bytes; told the sentence that says so."""


@dataclass(frozen=True, slots=True)
class Intake:
    """How files are taken: `other` decides of names taken by other bytes, `asked` asks a person where it refuses.

    `timed` measures the analysis of words by itself; `ocr` has scans without a text layer recognised; `again` parses
    anew what this version of the program parsed before.
    """

    other: Other = Other.REFUSE
    asked: Asked | None = None
    origin: Origin = NOBODY
    timed: bool = False
    ocr: bool = False
    again: bool = False


def ingest_paths(library: Library, paths: Sequence[Path], intake: Intake = Intake()) -> Report:
    """Parse and store every file; a bad file is reported and the rest go on.

    Raise LibraryBusyError and LibraryUnavailableError, for then the rest has no chance either.
    """
    report = Report()
    mend(library)
    settle(library)
    files = list(listed(paths))
    held: Held = {}
    if not intake.again:
        mine = (f for f in library.files() if f.origin.fund == intake.origin.fund)
        held = {(f.name, f.sha256): f for f in mine if f.whole and f.parser == parser()}
    new = []
    for file in files:
        if before := _parsed_before(file, held):
            _unchanged(report, before)
        else:
            new.append(file)
    if not new:
        return report
    with parsing_service() as parsing, file_bar("Загрузка", len(new)) as bar:
        options = Options(own_words(library), intake.ocr, _holding(held))
        outcomes = parsing.watched(bar.goes).files(map(_offered, new), options)
        refused = _store(library, _parsed(outcomes, report, bar.advance, held), report, intake)
    for taken, sentence in refused:  # a person is asked where no bar is drawn any more
        _told_of(report, taken, _answered(library, taken, intake, sentence))
    return report


Held = dict[tuple[str, str], StoredFile]
"""Files this version of the program parsed, by name and hash."""


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
    files = list(listed(paths))
    with parsing_service() as parsing, file_bar("Разбор", len(files)) as bar:
        for outcomes in parsing.watched(bar.goes).files(map(_offered, files)):
            bar.advance()
            yield from outcomes


def explained_listed(paths: Iterable[Path]) -> Iterator[Parsed | Record]:
    """Read files and those of folders, and tell of each paragraph what it was taken for and why; or its refusal."""
    with parsing_service() as parsing:
        for file in listed(paths):
            try:
                offered = _offered(file)
                yield {"source": offered.name, "paragraphs": _why(parsing.explain(offered.load(), offered.name))}
            except InputError as refusal:
                yield Parsed(file.name, refusal=refusal)


def _why(explained: Explained) -> list[Record]:
    """Shape the reading of a text's paragraphs."""

    def shape(read: Read) -> Record:
        return {"role": str(read.role), "rule": read.rule, "certainty": read.certainty}

    return [
        {
            "text": one.text,
            "span": [one.span.start, one.span.end] if one.span else None,
            "zone": one.zone,
            **shape(one.read),
            "runner_up": shape(one.runner_up) if one.runner_up else None,
        }
        for one in explained.paragraphs
    ]


def _holding(held: Held) -> Callable[[str, str], bool]:
    return lambda name, sha256: (name, sha256) in held


def _parsed_before(file: Listed, held: Held) -> StoredFile | None:
    """Return what is held of a file's bytes under its name."""
    if file.problem or not any(name == file.name for name, _ in held):
        return None
    try:
        return held.get((file.name, hashlib.sha256(read_bytes(file.path)).hexdigest()))
    except SvodError:
        return None


def _parsed(
    parsed: Iterable[tuple[Parsed, ...]],
    report: Report,
    advance: Callable[[], None],
    held: Held,
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
                _unchanged(report, held[one.name, one.held])
            else:
                yield one.file


def _unchanged(report: Report, stored: StoredFile) -> None:
    _note(report, stored.name, PutOutcome(Put.UNCHANGED, stored.documents))


def _store(
    library: Library, files: Iterator[SourceFile], report: Report, intake: Intake
) -> list[tuple[SourceFile, str]]:
    """Store files; return those a person is to be asked about, with what is told of them."""
    pending: deque[SourceFile] = deque()
    decided = reader(library)

    def given() -> Iterator[SourceFile]:
        for parsed in files:
            file = decided(replace(parsed, fund=intake.origin.fund))
            pending.append(file)
            if intake.timed:
                _analyse(file, report.timings)
            yield file

    refused = []
    for outcome in library.put_many(given(), intake.other, intake.origin):
        file = pending.popleft()
        if isinstance(outcome, OtherBytesError) and intake.asked:
            refused.append((file, str(outcome)))
        else:
            _told_of(report, file, outcome)
    return refused


def _answered(library: Library, file: SourceFile, intake: Intake, sentence: str) -> PutOutcome | SvodError:
    """Store a file as the person decides who is asked."""
    assert intake.asked is not None
    try:
        return library.put(file, intake.asked(sentence), intake.origin)
    except (LibraryBusyError, LibraryUnavailableError):
        raise
    except SvodError as error:
        return error


def _told_of(report: Report, file: SourceFile, outcome: PutOutcome | SvodError) -> None:
    name = file.name
    if isinstance(outcome, PutOutcome):
        _note(report, name, outcome)
        doubts = [d.message for d in (*file.diagnostics, *(d for act in file.instruments for d in act.diagnostics))]
        for doubt in doubts:
            say(f"    ! {doubt}")
        report.files[-1]["diagnostics"] = doubts
        return
    message = str(outcome) if isinstance(outcome, InputError | OtherBytesError) else f"{name}: {outcome}"
    say(message)
    report.files.append({"source": name, "status": "failed", "code": outcome.code, "message": message})


def _note(report: Report, name: str, outcome: PutOutcome) -> None:
    """Tell and report what became of a file."""
    also = f" {outcome.stored_as}" if outcome.put is Put.DUPLICATE and outcome.stored_as else ""
    say(f"{name}: {_TOLD[outcome.put]}{also}, актов: {len(outcome.documents)}")
    entry: Record = {"source": name, "status": str(outcome.put), "documents": list(outcome.documents)}
    report.files.append(entry | ({"stored_as": outcome.stored_as} if outcome.stored_as else {}))


def _analyse(file: SourceFile, timings: Timings) -> None:
    """Measure the words' analysis by itself; what the library then does of it comes from the cache."""
    from analyzers.terms import terms

    with timings.step("леммы"):
        for instrument in file.instruments:
            for provision in instrument.walk():
                terms(provision.text)

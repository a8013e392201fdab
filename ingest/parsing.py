"""The one service that parses files: many in; acts or refusals out, in order. Reading happens in confined children."""

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TypeVar

from corpus.errors import InputError
from corpus.model import SourceFile
from ingest.confined.answers import NoAnswerError, answered, answered_file
from ingest.confined.libreoffice import docx_from_doc
from ingest.confined.limits import Limits, default_limits
from ingest.confined.ocr import recognised
from ingest.confined.pool import FaultError, Job, Pool, Stage
from ingest.confined.wire import Frame, Head
from ingest.explained import Explained
from ingest.source import SourceText
from ingest.timings import Timings

AHEAD = 4
"""Files parsed ahead of who takes them per child, so that a big folder never fills the memory."""
_CONVERSION, _NO_TEXT_LAYER = "needs-conversion", "no-text-layer"
_AGAIN = "Откройте файл в редакторе и сохраните заново."
_PARTS = "Разделите его на части."
_READING = {
    "memory": "для разбора нужно больше {memory} МБ памяти: файл повреждён, опасен или слишком велик. {parts}",
    "depth": "разметка вложена слишком глубоко: файл повреждён или опасен. {again}",
    "damaged": "файл повреждён или записан с ошибками ({detail}). {again}",
    "killed": "разбор файла прерван: он потребовал недозволенного или исчерпал память. {again}",
    "time": "разбор не окончен за {seconds:.0f} с и прерван: файл слишком велик или опасен. {parts}",
    "output": "содержимое файла разворачивается больше чем в {output} МБ. {parts}",
}
_PARSING = _READING | {
    "memory": "файл велик: на разбор не хватает {memory} МБ памяти. {parts}",
    "depth": "вложенность пунктов слишком велика. Проверьте, тот ли это файл.",
    "damaged": "разобрать не удалось из-за внутренней ошибки ({detail}). Сообщите о ней, приложив файл.",
    "killed": "разбор прерван системой (возможно, не хватило памяти). {parts}",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A file to parse: its source name, and how its bytes come; `load` may raise an InputError."""

    name: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Options:
    """How files are parsed: the library's own words for repair, and whether scans are recognised.

    `held` says of a file inside an archive (its name, SHA-256) that this program parsed it before.
    """

    vocabulary: Mapping[str, int] = field(default_factory=dict)
    ocr: bool = False
    held: Callable[[str, str], bool] = lambda *_: False


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file was parsed to, or why it could not be; neither where it was parsed before.

    `refusal` is a Russian sentence that names the file and the remedy; `held` is the hash of what was parsed before.
    """

    name: str
    file: SourceFile | None = None
    refusal: InputError | None = None
    timings: Timings = field(default_factory=Timings)
    held: str = ""


@dataclass(frozen=True, slots=True)
class Underway:
    """A file under way: `page` of its `pages` is read (0 where it has none or they are not counted yet).

    `parsing`: it is read, its text is being taken apart.
    """

    name: str
    page: int = 0
    pages: int = 0
    parsing: bool = False

    @classmethod
    def of(cls, name: str, stage: Mapping[str, int]) -> "Underway":
        """Tell what a child told so far.

        >>> Underway.of("книга.pdf", {"pages": 250, "page": 37})
        Underway(name='книга.pdf', page=37, pages=250, parsing=False)
        """
        return cls(name, stage.get("page", 0), stage.get("pages", 0), "letters" in stage)


Watch = Callable[[Underway], None]
"""Hears how far files are, in the threads that wait for them."""


class Parsing:
    """Parses files in confined children, a few at once; `watch` hears how far each is, in several threads."""

    def __init__(self, pool: Pool, limits: Limits | None = None, watch: Watch = lambda _: None) -> None:
        self._pool, self._limits, self._watch = pool, limits or default_limits(), watch

    def files(self, offered: Iterable[Offered], options: Options | None = None) -> Iterator[tuple[Parsed, ...]]:
        """Yield what became of each file in order, of an archive's files together; one bad file never stops the rest.

        Raise BusyError when the service has no room for more.
        """
        options = options or Options()
        waiting: deque[Future[tuple[Parsed, ...]]] = deque()
        threads = ThreadPoolExecutor(self._pool.number, thread_name_prefix="parsing")
        try:
            for one in offered:
                waiting.append(threads.submit(self._one, one, options))
                if len(waiting) >= self._pool.number * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)

    def parse(self, data: bytes, name: str, vocabulary: Mapping[str, int] | None = None) -> SourceFile:
        """Parse one file that is no archive; raise InputError naming the file and the remedy."""
        _, blob = self._sent(data, name, Options(vocabulary or {}), expand=False)
        return _read(answered_file, blob, name)

    def read(self, data: bytes, name: str) -> SourceText:
        """Decode a file into its text; raise InputError when it is empty, damaged, protected or of no known kind."""
        _, blob = self._asked("read", data, name, {"expand": False})
        return _read(partial(answered, SourceText), blob, name)

    def explain(self, data: bytes, name: str) -> Explained:
        """Tell what each paragraph of one file that is no archive was taken for; raise InputError."""
        _, blob = self._asked("why", data, name, {})
        return _read(partial(answered, Explained), blob, name)

    def expand(self, data: bytes, name: str) -> tuple[tuple[str, bytes], ...]:
        """Return the files to read: those of a zip archive, named "archive.zip/path", or the file itself."""
        return _entries(self._run("read", data, name, {"expand": True})) or ((name, data),)

    def within(self, limits: Limits) -> "Parsing":
        """Return a service of the same children under other limits."""
        return Parsing(self._pool, limits, self._watch)

    def watched(self, watch: Watch) -> "Parsing":
        """Return a service of the same children of which is heard how far each file is."""
        return Parsing(self._pool, self._limits, watch)

    def close(self) -> None:
        """End the children, at work or not."""
        self._pool.close()

    def _one(self, offered: Offered, options: Options) -> tuple[Parsed, ...]:
        try:
            data = offered.load()
            frame = self._sent(data, offered.name, options, expand=True)
            if entries := _entries(frame):
                return tuple(self._entry(entry, body, options) for entry, body in entries)
            return (_parsed(frame, offered.name),)
        except InputError as refusal:
            return (Parsed(offered.name, refusal=refusal),)

    def _entry(self, name: str, data: bytes, options: Options) -> Parsed:
        sha256 = hashlib.sha256(data).hexdigest()
        if options.held(name, sha256):
            return Parsed(name, held=sha256)
        try:
            return _parsed(self._sent(data, name, options, expand=False), name)
        except InputError as refusal:
            return Parsed(name, refusal=refusal)

    def _sent(self, data: bytes, name: str, options: Options, *, expand: bool) -> Frame:
        """Parse bytes; a scan is recognised first where that is wished."""
        sha256 = hashlib.sha256(data).hexdigest()
        given = {"vocabulary": dict(options.vocabulary), "sha256": sha256, "expand": expand}
        try:
            return self._asked("parse", data, name, given)
        except InputError as error:
            if not options.ocr or error.code != _NO_TEXT_LAYER:
                raise
        return self._asked("parse", recognised(data, name), name, given)

    def _asked(self, task: str, data: bytes, name: str, given: Head) -> Frame:
        """Ask a child; what only LibreOffice understands is converted first."""
        try:
            return self._run(task, data, name, given)
        except InputError as error:
            if error.code != _CONVERSION:
                raise
        limits = self._limits
        converted = docx_from_doc(data, name, limits.reading(len(data)), limits.memory)
        return self._run(task, converted, name, {**given, "converted": True})

    def _run(self, task: str, data: bytes, name: str, given: Head) -> Frame:
        limits = self._limits

        def seconds(stage: Stage) -> float:
            if "letters" in stage:
                return limits.parsing(stage["letters"])
            return limits.reading(len(data), stage.get("pages", 0))

        def told(stage: Stage) -> None:
            self._watch(Underway.of(name, stage))

        head = {"name": name, "converted": False, **given}
        try:
            return self._pool.run(Job(task, head, data, seconds, limits.memory, limits.output, told))
        except FaultError as fault:
            raise _refusal(name, fault, limits, seconds(fault.stage)) from fault
        except InputError as error:
            said = str(error)
            refusal = InputError(said if said.startswith(name) else f"{name}: {said}")
            refusal.code = error.code
            raise refusal from None


def _refusal(name: str, fault: FaultError, limits: Limits, seconds: float) -> InputError:
    parsing = "letters" in fault.stage
    said = (_PARSING if parsing else _READING).get(fault.kind, _READING["damaged"])
    if parsing and fault.kind == "damaged":
        logging.getLogger(__name__).error("parse failed: %s\n%s", name, fault.trace)
    memory = limits.parse_memory if parsing else limits.memory
    facts = {"memory": memory, "output": limits.output, "seconds": seconds, "detail": fault.detail}
    return InputError(f"{name}: " + said.format(again=_AGAIN, parts=_PARTS, **facts))


def _entries(frame: Frame) -> tuple[tuple[str, bytes], ...]:
    """Cut the files of an archive out of an answer."""
    head, blob = frame
    out, place = [], 0
    for name, size in head["done"].get("entries", ()):
        out.append((str(name), blob[place : place + int(size)]))
        place += int(size)
    return tuple(out)


def _parsed(frame: Frame, name: str) -> Parsed:
    head, blob = frame
    spent = Timings({str(step): float(seconds) for step, seconds in head["done"]["timings"].items()})
    return Parsed(name, _read(answered_file, blob, name), timings=spent)


_T = TypeVar("_T")


def _read(how: Callable[[bytes], _T], blob: bytes, name: str) -> _T:
    """Read what a child wrote; raise InputError when it is not what it should be."""
    try:
        return how(blob)
    except NoAnswerError as error:
        raise InputError(f"{name}: {_READING['killed'].format(again=_AGAIN)}") from error


@cache
def _own() -> Parsing:
    limits = default_limits()
    return Parsing(Pool(2, most=limits.parse_memory), limits)


def read(data: bytes, name: str, limits: Limits | None = None) -> SourceText:
    """Decode one file by this process's own service."""
    return (_own() if limits is None else _own().within(limits)).read(data, name)


def parse(data: bytes, name: str) -> SourceFile:
    """Parse one file by this process's own service."""
    return _own().parse(data, name)


def expand(data: bytes, name: str) -> tuple[tuple[str, bytes], ...]:
    """Return the files of an archive, or the file itself, by this process's own service."""
    return _own().expand(data, name)

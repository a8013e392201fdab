"""Uploaded bytes into the library: one outcome per file, one bad file never stops the rest."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol

import structlog
from fastapi import UploadFile

from corpus.errors import InputError, LibraryBusyError, LibraryUnavailableError, SvodError
from corpus.library import NOBODY, Library, Origin, Other, Summary
from ingest.parsing import Offered, Options, Parsed, Parsing, Underway
from ingest.withholding import reader
from search_api.answers.doubts.doubtful import placed_doubts, repaired_places
from search_api.answers.responses import RefusedFile, UploadedFile
from search_api.answers.shapes import summary_shape
from search_api.service.settings import MIB
from search_api.service.vocabulary import own_words

_NAME_LIMIT = 200
Upload = tuple[str, BinaryIO]
"""A file's name as the browser sends it, and its bytes."""


def source_name(name: str) -> str:
    r"""Make a safe `source` of an uploaded file's name: folders kept, no way up, no control characters.

    >>> source_name("C:\\дела\\..\\текст\x00.txt"), source_name("../../etc/passwd"), source_name("")
    ('дела/текст.txt', 'etc/passwd', 'без-имени.txt')
    """
    name = unicodedata.normalize("NFC", re.sub(r"^[A-Za-z]:", "", name)).replace("\\", "/")
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cs", "Cf"})
    parts = [part.strip() for part in name.split("/") if part.strip() not in {"", ".", ".."}]
    path = PurePosixPath(*parts) if parts else PurePosixPath("без-имени.txt")
    if len(str(path)) > _NAME_LIMIT:
        path = PurePosixPath(path.stem[: _NAME_LIMIT - len(path.suffix[:10])] + path.suffix[:10])
    return str(path)


def owned(files: Iterable[UploadFile]) -> list[Upload]:
    """Take the bytes of uploads away from their request, which closes what it holds when it is answered."""
    taken: list[Upload] = []
    for file in files:
        taken.append((file.filename or "", file.file))
        file.file = BytesIO()
    return taken


@dataclass(frozen=True, slots=True)
class Taking:
    """How uploads are taken: files of at most `max_file` bytes, `other` for names taken by other bytes."""

    max_file: int
    origin: Origin = NOBODY
    other: Other = Other.REFUSE


class Watcher(Protocol):
    """Who hears of an upload."""

    def goes(self, file: Underway, /) -> None:
        """Hear how far a file is."""

    def became(self, file: UploadedFile, /) -> None:
        """Hear what became of a file."""


def take(
    library: Library,
    uploads: Iterable[Upload],
    parsing: Parsing,
    taking: Taking,
    watcher: Watcher | None = None,
) -> list[UploadedFile]:
    """Store each file, and each file of an archive; a watcher hears how far they are and of each outcome as it comes.

    Raise LibraryBusyError, LibraryUnavailableError and BusyError, for then the rest has no chance either.
    """
    options = Options(own_words(library))
    offered = (_offered(source_name(name), stream, taking.max_file) for name, stream in uploads)
    taken = []
    watched = parsing.watched(watcher.goes) if watcher else parsing
    for outcomes in watched.files(offered, options):
        for one in outcomes:
            taken.append(_taken(library, one, taking))
            if watcher:
                watcher.became(taken[-1])
    return taken


def _offered(name: str, stream: BinaryIO, max_file: int) -> Offered:
    return Offered(name, lambda: _bytes(name, stream, max_file))


def _refused(name: str, error: SvodError) -> UploadedFile:
    return UploadedFile(file=name, outcome="failed", problem=RefusedFile(code=error.code, detail=str(error)))


def _taken(library: Library, parsed: Parsed, taking: Taking) -> UploadedFile:
    name = source_name(parsed.name)
    if parsed.file is None:
        return _refused(name, parsed.refusal or InputError(f"Файл «{name}» не разобран."))
    try:
        file = reader(library)(replace(parsed.file, name=name, fund=taking.origin.fund))
        outcome = library.put(file, taking.other, taking.origin)
    except (LibraryBusyError, LibraryUnavailableError):
        raise
    except SvodError as error:
        return _refused(name, error)
    except Exception as error:  # noqa: BLE001  one bad file never stops the rest
        structlog.get_logger().exception("upload failed", file=name, exc_info=error)
        problem = RefusedFile(code="error", detail=f"Файл «{name}» не удалось сохранить: внутренняя ошибка.")
        return UploadedFile(file=name, outcome="failed", problem=problem)
    brought = _summaries(library, outcome.documents)
    return UploadedFile.model_validate(
        {
            "file": name,
            "outcome": outcome.put,
            "stored_as": outcome.stored_as,
            "documents": [summary_shape(s) for s in brought],
            "repairs": repaired_places(file, range(len(file.instruments))),
            "diagnostics": placed_doubts(file, {s.place: s.id for s in brought}),
        }
    )


def _bytes(name: str, stream: BinaryIO, max_file: int) -> bytes:
    data = stream.read(max_file + 1)
    if len(data) > max_file:
        raise InputError(f"Файл «{name}» больше {max_file // MIB} МБ. Разделите его на части.")
    return data


def _summaries(library: Library, ids: Iterable[str]) -> list[Summary]:
    wanted = set(ids)
    return [summary for summary in library.documents() if summary.id in wanted]

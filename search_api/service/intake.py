"""Uploaded bytes into the library: one outcome per file, one bad file never stops the rest."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import BinaryIO

import structlog

from corpus.errors import InputError, LibraryBusyError, LibraryUnavailableError, SvodError
from corpus.library import Library, Summary
from corpus.model import SourceFile
from corpus.topics.own_topics import classifier
from search_api.answers.responses import RefusedFile, UploadedFile
from search_api.answers.shapes import diagnostic_shape, summary_shape
from search_api.service.parsing import parsers
from search_api.service.settings import MIB, Settings
from search_api.service.vocabulary import own_words

_NAME_LIMIT = 200
Upload = tuple[str, BinaryIO]
"""A file's name as the browser sends it, and its bytes."""
Parse = Callable[[bytes, str], SourceFile]


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


def take(
    library: Library, uploads: Iterable[Upload], settings: Settings, parse: Parse | None = None
) -> list[UploadedFile]:
    """Store each file, parsed in a process of its own unless by `parse`.

    Raise LibraryBusyError and LibraryUnavailableError, for then the rest has no chance either.
    """
    words = {} if parse else own_words(library)
    limits = settings.parse_seconds, settings.parse_memory

    def apart(data: bytes, name: str) -> SourceFile:
        return parsers.parse(data, name, words, limits)

    by = parse or apart
    return [one for name, stream in uploads for one in _taken(library, source_name(name), stream, settings, by)]


def _taken(library: Library, name: str, stream: BinaryIO, settings: Settings, parse: Parse) -> list[UploadedFile]:
    """Store an uploaded file, or each file of an archive."""
    from ingest.readers import expand

    try:
        entries = expand(_bytes(name, stream, settings.max_file), name)
    except SvodError as error:
        return [_refused(name, error)]
    return [_take(library, source_name(entry), data, parse) for entry, data in entries]


def _refused(name: str, error: SvodError) -> UploadedFile:
    return UploadedFile(file=name, outcome="failed", problem=RefusedFile(code=error.code, detail=str(error)))


def _take(library: Library, name: str, data: bytes, parse: Parse) -> UploadedFile:
    try:
        file = classifier(library)(parse(data, name))
        outcome = library.put(file)
    except (LibraryBusyError, LibraryUnavailableError):
        raise
    except SvodError as error:
        return _refused(name, error)
    except Exception as error:  # noqa: BLE001  one bad file never stops the rest
        structlog.get_logger().exception("upload failed", file=name, exc_info=error)
        problem = RefusedFile(code="error", detail=f"Файл «{name}» не удалось сохранить: внутренняя ошибка.")
        return UploadedFile(file=name, outcome="failed", problem=problem)
    doubts = [*file.diagnostics, *(d for act in file.instruments for d in act.diagnostics)]
    return UploadedFile.model_validate(
        {
            "file": name,
            "outcome": outcome.put,
            "stored_as": outcome.stored_as,
            "documents": [summary_shape(s) for s in _summaries(library, outcome.documents)],
            "diagnostics": [diagnostic_shape(d) for d in doubts],
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

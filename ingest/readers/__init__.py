"""Readers: a file's bytes into its decoded text. The type is decided by content, not by name."""

from dataclasses import replace

from corpus.errors import InputError
from ingest.readers.encoding import decode
from ingest.readers.kinds import FileKind, extension_doubt, foreign, kind_of
from ingest.readers.office import docx_from_doc
from ingest.readers.plain import read_plain
from ingest.readers.sandbox import Limits, confined, default_limits
from ingest.readers.wire import source_of
from ingest.source import SourceText

__all__ = ["Limits", "expand", "read"]

MAX_BYTES, MAX_PLAIN_BYTES = 64 << 20, 48 << 20
_BLANK = b" \t\r\n\f\v\x00\x1a"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(data: bytes, name: str, limits: Limits | None = None) -> SourceText:
    r"""Decode a file; raise InputError when it is empty, damaged, protected, or of no known kind or encoding.

    Plain text and Markdown keep their characters, but line ends become "\n" and a byte order mark is dropped: every
    offset of the product refers to `SourceText.text`. Other formats come as paragraphs parted by a blank line; forced
    line breaks stay inside them, tables are lines with tabs between cells, running heads and page numbers are left out,
    footnotes come last and are listed as furniture. `name` is only shown in messages and checked against the content.
    """
    _check_size(data, name)
    kind = kind_of(data)
    if kind is FileKind.TEXT:
        source = _read_plain(data, name)
    elif kind is FileKind.DOC:
        converted, doubts = docx_from_doc(data, name, limits or default_limits())
        source = source_of(confined(FileKind.PACKAGE, converted, name, limits)[0]["source"])
        source = replace(source, format="doc", diagnostics=source.diagnostics + doubts)
    else:
        source = source_of(confined(kind, data, name, limits)[0]["source"])
    return replace(source, diagnostics=source.diagnostics + extension_doubt(FileKind(source.format), name))


def expand(data: bytes, name: str, limits: Limits | None = None) -> tuple[tuple[str, bytes], ...]:
    """Return the files to read, (name, bytes): those of a zip archive, named "archive.zip/path", or the file itself.

    A zip inside a zip is returned as it is; `read` refuses it. Paths are names only, never used to open anything.
    """
    if kind_of(data) is not FileKind.PACKAGE:
        return ((name, data),)
    _check_size(data, name)
    answer, blob = confined("expand", data, name, limits)
    files, place = [], 0
    for entry, size in answer["entries"]:
        files.append((str(entry), blob[place : place + size]))
        place += size
    return tuple(files) or ((name, data),)


def _check_size(data: bytes, name: str) -> None:
    if not data:
        raise InputError(f"{name}: файл пуст (0 байт). Проверьте, что он скачан или скопирован целиком.")
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: файл больше {MAX_BYTES >> 20} МБ. Разделите его на части.")
    head = data
    for mark in _MARKS:
        head = head.removeprefix(mark)
    if not head.strip(_BLANK):
        raise InputError(f"{name}: в файле только пробелы и пустые строки; текста в нём нет.")


def _read_plain(data: bytes, name: str) -> SourceText:
    if len(data) > MAX_PLAIN_BYTES:
        raise InputError(f"{name}: текст больше {MAX_PLAIN_BYTES >> 20} МБ. Разделите его на части.")
    reason = foreign(data)
    if reason:
        raise InputError(f"{name}: {reason}.")
    source = read_plain(decode(data, name))
    if not source.text.strip():
        raise InputError(f"{name}: в файле нет текста, только пробелы и пустые строки.")
    return source

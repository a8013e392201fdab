"""Readers: a file's bytes into its decoded text. The type is decided by content, not by name."""

from dataclasses import replace

from corpus.errors import InputError
from ingest.readers.encoding import decode
from ingest.readers.kinds import SUPPORTED, FileKind, extension_doubt, foreign, kind_of
from ingest.readers.plain import read_plain
from ingest.source import SourceText

_BLANK = b" \t\r\n\f\v\x00\x1a"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(data: bytes, name: str) -> SourceText:
    r"""Decode a file; raise InputError when it is empty, damaged, protected, or of no known kind or encoding.

    Plain text and Markdown keep their characters, but line ends become "\n" and a byte order mark is dropped: every
    offset of the product refers to `SourceText.text`. `name` is only shown in messages and checked against the content.
    """
    if not data:
        raise InputError(f"{name}: файл пуст (0 байт). Проверьте, что он скачан или скопирован целиком.")
    if not data.removeprefix(_MARKS[0]).removeprefix(_MARKS[1]).removeprefix(_MARKS[2]).strip(_BLANK):
        raise InputError(f"{name}: в файле только пробелы и пустые строки; текста в нём нет.")
    kind = kind_of(data)
    if kind is not FileKind.TEXT:
        raise InputError(f"{name}: формат {kind} пока не поддерживается. Принимаются {SUPPORTED}.")
    reason = foreign(data)
    if reason:
        raise InputError(f"{name}: {reason}.")
    source = read_plain(decode(data, name))
    if not source.text.strip():
        raise InputError(f"{name}: в файле нет текста, только пробелы и пустые строки.")
    return replace(source, diagnostics=source.diagnostics + extension_doubt(FileKind(source.format), name))

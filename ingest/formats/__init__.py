"""Formats of files: bytes into decoded text, in this very process. Foreign bytes are read in a confined one."""

from collections.abc import Callable
from dataclasses import replace

from corpus.errors import InputError
from ingest.formats import archive
from ingest.formats.plain.mojibake import is_garbled
from ingest.formats.registry import Format, extension_doubt, format_of, formats
from ingest.source import SourceText

__all__ = ["MAX_BYTES", "expand", "formats", "read"]

MAX_BYTES = 64 << 20
_BLANK = b" \t\r\n\f\v\x00\x1a"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(data: bytes, name: str, told: Callable[..., None] = lambda **_: None) -> SourceText:
    r"""Decode a file; raise InputError when it is empty, damaged, protected, or of no known kind or encoding.

    Plain text and Markdown keep their characters, but line ends become "\n" and a byte order mark is dropped: every
    offset of the product refers to `SourceText.text`. Other formats come as paragraphs parted by a blank line; forced
    line breaks stay inside them, tables are lines with tabs between cells, running heads and page numbers are left out,
    footnotes come last and are listed as furniture. `name` is only shown in messages and checked against the content.
    `told` hears the number of `pages` before they are read, then each `page`, where the format has pages.
    """
    _check_size(data, name)
    known = format_of(data)
    if known.pages is not None:
        told(pages=known.pages(data))
    source = known.by_page(data, name, lambda page: told(page=page)) if known.by_page else known.reader(data, name)
    if is_garbled(source.text):
        raise InputError(
            f"{name}: вместо букв в файле знаки чужой кодировки, и какой — по ним не узнать. "
            "Откройте исходный файл в редакторе, выберите кодировку вручную и сохраните в UTF-8."
        )
    return replace(source, diagnostics=source.diagnostics + extension_doubt(name, source.format))


def expand(data: bytes, name: str) -> list[tuple[str, bytes]]:
    """Return the files of a zip archive, named "archive.zip/path"; [] for one file.

    A zip inside a zip is returned as it is; `read` refuses it. Paths are names only, never used to open anything.
    """
    if not is_zip(format_of(data)):
        return []
    _check_size(data, name)
    return archive.entries(data, name)


def is_zip(known: Format) -> bool:
    """Say whether a format is a zip, whose parts say what it is."""
    return known.name == archive.ZIP.name


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

"""A zip that is no document: the files in it, for the pipeline to read one by one."""

import re

from corpus.errors import InputError
from ingest.formats.office.packages import Package, open_package
from ingest.formats.registry import Format, formats
from ingest.source import SourceText

MAX_FILES = 1_000
_FOREIGN = {
    "xl/workbook.xml": "таблица Excel",
    "ppt/presentation.xml": "презентация",
    "META-INF/container.xml": "книга EPUB",
}
_FOREIGN_TYPES = {
    b"application/epub": "книга EPUB",
    b"application/vnd.oasis.opendocument.spreadsheet": "таблица ODS",
    b"application/vnd.oasis.opendocument.presentation": "презентация",
    b"application/vnd.oasis.opendocument.graphics": "рисунок ODG",
}
_CLUTTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_UTF8_NAME = 0x800


def _document(package: Package) -> Format | None:
    """Return the format of a zip that is a document."""
    return next((known for known in formats() if known.inside and known.inside(package)), None)


def _foreign(package: Package) -> str | None:
    """Name a zip that is one thing, but no document with a text; None for documents and archives."""
    kind = package.part("mimetype").strip() if "mimetype" in package else b""
    by_type = next((said for start, said in _FOREIGN_TYPES.items() if kind.startswith(start)), None)
    return by_type or next((said for part, said in _FOREIGN.items() if part in package), None)


def entries(data: bytes, name: str) -> list[tuple[str, bytes]]:
    """Inflate the files of an archive, named by the archive and their path in it; [] for one file that is a zip."""
    package = open_package(data, name)
    if _document(package) or _foreign(package):
        return []
    inside = [info for info in package.entries.values() if not info.is_dir() and not _CLUTTER.search(info.filename)]
    if len(inside) > MAX_FILES:
        raise InputError(f"{name}: в архиве больше {MAX_FILES} файлов. Разделите его на части.")
    return [(f"{name}/{_shown(info.filename, info.flag_bits)}", package.part(info.filename)) for info in inside]


def _shown(filename: str, flags: int) -> str:
    """Undo cp437, by which zipfile reads names that Russian archivers wrote in cp866 or UTF-8."""
    if flags & _UTF8_NAME:
        return filename
    try:
        raw = filename.encode("cp437")
    except UnicodeEncodeError:
        return filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp866")


def _read(data: bytes, name: str) -> SourceText:
    package = open_package(data, name)
    if known := _document(package):
        return known.reader(data, name)
    if said := _foreign(package):
        raise InputError(f"{name}: это {said}, а не документ с текстом. Сохраните нужный текст как DOCX или PDF.")
    raise InputError(
        f"{name}: это архив ZIP с файлами. Загрузите его целиком командой svod ingest или распакуйте и загрузите файлы."
    )


ZIP = Format(
    "zip",
    "архив ZIP",
    ("zip",),
    _read,
    lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")),
    libraries=("zipfile", "zlib"),
)

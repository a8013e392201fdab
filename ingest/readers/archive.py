"""A zip that is no document: the files in it, for the pipeline to read one by one."""

import re

from corpus.errors import InputError
from ingest.readers.kinds import FileKind
from ingest.readers.packages import Package, open_package

MAX_FILES = 1_000
_ODT = b"application/vnd.oasis.opendocument.text"
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


def package_kind(package: Package) -> FileKind:
    """Tell DOCX, ODT and a plain archive apart by what is inside."""
    if "mimetype" in package and package.part("mimetype").strip().startswith(_ODT):
        return FileKind.ODT
    if "[Content_Types].xml" in package:
        types = package.part("[Content_Types].xml")
        if b"wordprocessingml" in types or b"ms-word" in types or "word/document.xml" in package:
            return FileKind.DOCX
    if "word/document.xml" in package:
        return FileKind.DOCX
    return FileKind.ODT if "content.xml" in package and "mimetype" not in package else FileKind.ZIP


def foreign_package(package: Package) -> str | None:
    """Name a zip that is one thing, but no document with a text; None for documents and archives."""
    kind = package.part("mimetype").strip() if "mimetype" in package else b""
    by_type = next((said for start, said in _FOREIGN_TYPES.items() if kind.startswith(start)), None)
    return by_type or next((said for part, said in _FOREIGN.items() if part in package), None)


def entries(data: bytes, name: str) -> list[tuple[str, bytes]]:
    """Inflate the files of an archive, named by the archive and their path in it; [] for one file that is a zip."""
    package = open_package(data, name)
    if package_kind(package) is not FileKind.ZIP or foreign_package(package):
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

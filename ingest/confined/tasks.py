"""What a confined child does with a file: find its reader, and write the result for the journey home."""

from collections.abc import Callable
from typing import Any

from corpus.errors import InputError
from ingest.readers import archive
from ingest.formats.office.docx import read_docx
from ingest.formats.markup.html import read_html, read_mhtml
from ingest.formats.registry import FileKind
from ingest.formats.office.odt import read_flat_odt, read_odt
from ingest.formats.office.packages import open_package
from ingest.formats.pdf.pdf import read_pdf
from ingest.formats.markup.rtf import read_rtf
from ingest.readers.wire import values_of
from ingest.source import SourceText

_READERS: dict[FileKind, Callable[[bytes, str], SourceText]] = {
    FileKind.HTML: read_html,
    FileKind.MHTML: read_mhtml,
    FileKind.PDF: read_pdf,
    FileKind.RTF: read_rtf,
    FileKind.FLAT_ODT: read_flat_odt,
}


def parse(kind: str, data: bytes, name: str) -> tuple[dict[str, Any], bytes]:
    """Return an answer (JSON values) and its bytes: a source text, or an archive's entries."""
    if kind == "expand":
        entries = archive.entries(data, name)
        return {"entries": [(entry, len(body)) for entry, body in entries]}, b"".join(body for _, body in entries)
    reader = _READERS.get(FileKind(kind), _read_package)
    return {"source": values_of(reader(data, name))}, b""


def _read_package(data: bytes, name: str) -> SourceText:
    package = open_package(data, name)
    kind = archive.package_kind(package)
    if kind is FileKind.DOCX:
        return read_docx(package)
    if kind is FileKind.ODT:
        return read_odt(package)
    if said := archive.foreign_package(package):
        raise InputError(f"{name}: это {said}, а не документ с текстом. Сохраните нужный текст как DOCX или PDF.")
    raise InputError(
        f"{name}: это архив ZIP с файлами. Загрузите его целиком командой svod ingest или распакуйте и загрузите файлы."
    )

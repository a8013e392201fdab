"""What a file is, told by its first bytes; its name is only checked against that."""

import re
from collections.abc import Callable
from enum import StrEnum

from corpus.model import Diagnostic


class FileKind(StrEnum):
    """The kinds a reader exists for, and PACKAGE: a zip whose contents decide (DOCX, ODT or an archive)."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    MHTML = "mhtml"
    PDF = "pdf"
    RTF = "rtf"
    DOC = "doc"
    DOCX = "docx"
    ODT = "odt"
    FLAT_ODT = "fodt"
    PACKAGE = "package"
    ZIP = "zip"


_EXTENSIONS = {
    **{
        extension: FileKind(extension)
        for extension in ("html", "pdf", "rtf", "doc", "docx", "odt", "fodt", "zip", "mhtml")
    },
    "txt": FileKind.TEXT,
    "md": FileKind.MARKDOWN,
    "markdown": FileKind.MARKDOWN,
    "htm": FileKind.HTML,
    "xhtml": FileKind.HTML,
    "mht": FileKind.MHTML,
}
_SHOWN = {
    FileKind.TEXT: "простой текст",
    FileKind.MARKDOWN: "Markdown",
    FileKind.MHTML: "веб-архив MHTML",
    FileKind.DOC: "документ Word 97–2003",
    FileKind.ZIP: "архив ZIP",
}
_PLAIN = {FileKind.TEXT, FileKind.MARKDOWN}
_OPEN_DOCUMENT = {FileKind.ODT, FileKind.FLAT_ODT}
SUPPORTED = "TXT, MD, HTML, PDF, DOCX, DOC, RTF, ODT или ZIP"

# Signatures of what no reader exists for, with the remedy the person is told.
_FOREIGN = (
    (b"\x89PNG", "это изображение. Распознайте его: ocrmypdf -l rus --image-dpi 300 файл.png файл.pdf"),
    (b"\xff\xd8\xff", "это изображение. Распознайте его: ocrmypdf -l rus --image-dpi 300 файл.jpg файл.pdf"),
    (b"II*\x00", "это изображение TIFF. Распознайте его: ocrmypdf -l rus файл.tif файл.pdf"),
    (b"MM\x00*", "это изображение TIFF. Распознайте его: ocrmypdf -l rus файл.tif файл.pdf"),
    (b"GIF8", "это изображение. Нужен документ с текстом"),
    (b"AT&TFORM", "это DjVu. Преобразуйте его в PDF с текстовым слоем (ddjvu -format=pdf, затем ocrmypdf -l rus)"),
    (b"Rar!", "это архив RAR. Распакуйте его или переупакуйте в ZIP"),
    (b"7z\xbc\xaf", "это архив 7z. Распакуйте его или переупакуйте в ZIP"),
    (b"\x1f\x8b", "это архив gzip. Распакуйте его или переупакуйте в ZIP"),
    (b"BZh", "это архив bzip2. Распакуйте его или переупакуйте в ZIP"),
    (b"\xfd7zXZ", "это архив xz. Распакуйте его или переупакуйте в ZIP"),
    (b"\x7fELF", "это программа, а не документ"),
    (b"MZ", "это программа, а не документ"),
)
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+"
    rb"<(?:!doctype\s++html|html|head|body|meta|title|p|div|table|span|font|h[1-6]|center|style|link)\b(?=[^<>\s]*+[>\s])",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(
    rb"\A(?:(?!MIME-Version|Content-Type:\s*+multipart/related)[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){0,20}+"
    rb"(?:MIME-Version|Content-Type:\s*+multipart/related)",
    re.IGNORECASE,
)
_HEAD = 4096
_TESTS: tuple[tuple[FileKind, Callable[[bytes], object]], ...] = (
    (FileKind.PDF, lambda head: b"%PDF-" in head[:1024]),
    (FileKind.RTF, lambda head: head.lstrip().startswith(b"{\\rtf")),
    (FileKind.DOC, lambda head: head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    (FileKind.PACKAGE, lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))),
    (FileKind.FLAT_ODT, lambda head: head.lstrip().startswith(b"<?xml") and b"<office:document" in head),
    (FileKind.HTML, _HTML.match),
    (FileKind.MHTML, lambda head: b"multipart/related" in head.lower() and _MHTML.match(head)),
)


def kind_of(data: bytes) -> FileKind:
    """Tell the kind by content."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = data[2:_HEAD].decode("utf-16-le" if data[:1] == b"\xff" else "utf-16-be", "ignore").encode()
    return next((kind for kind, test in _TESTS if test(head)), FileKind.TEXT)


def foreign(data: bytes) -> str | None:
    """Say what an unreadable kind of file is and what to do about it."""
    if data[:2] == b"MZ" and b"\x00" not in data[:256]:
        return None
    remedy = next((text for mark, text in _FOREIGN if data.startswith(mark)), None)
    if remedy is None and re.match(rb"\s*(\xef\xbb\xbf)?<\?xml\b", data[:_HEAD]):
        return f"это XML неизвестного вида. Сохраните документ как DOCX, ODT или PDF (принимаются {SUPPORTED})"
    return remedy


def extension_doubt(kind: FileKind, name: str) -> tuple[Diagnostic, ...]:
    """Report a name whose extension promises another kind."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    promised = _EXTENSIONS.get(extension)
    if promised is None or promised is kind or {promised, kind} <= _PLAIN or {promised, kind} <= _OPEN_DOCUMENT:
        return ()
    shown = _SHOWN.get(kind, kind.upper())
    message = f"Расширение «.{extension}» не отвечает содержимому: это {shown}; файл прочитан по содержимому."
    return (Diagnostic("extension", message),)

"""Files no reader exists for, told by their first bytes with the remedy."""

import re

from ingest.formats.registry import supported

_HEAD = 4096
_KNOWN = (
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


def foreign(data: bytes) -> str | None:
    """Say what an unreadable kind of file is and what to do about it."""
    if data[:2] == b"MZ" and b"\x00" not in data[:256]:
        return None
    remedy = next((text for mark, text in _KNOWN if data.startswith(mark)), None)
    if remedy is None and re.match(rb"\s*+(?:\xef\xbb\xbf)?+<\?xml\b", data[:_HEAD]):
        return f"это XML неизвестного вида. Сохраните документ как DOCX, ODT или PDF (принимаются {supported()})"
    return remedy

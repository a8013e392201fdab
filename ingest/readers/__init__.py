"""Readers: a file's bytes into its decoded text. The type is decided by content, not by name."""

from charset_normalizer import from_bytes

from corpus.errors import InputError
from ingest.source import SourceText


def read(data: bytes, name: str) -> SourceText:
    """Decode a file; raise InputError when it is empty, binary or in no known encoding."""
    if not data.strip():
        raise InputError(f"{name}: файл пуст.")
    best = from_bytes(data, cp_isolation=["utf_8", "utf_16", "cp1251", "koi8_r", "cp866"]).best()
    if best is None:
        raise InputError(f"{name}: не удалось определить кодировку. Сохраните файл в UTF-8.")
    return SourceText(str(best), "text", best.encoding)

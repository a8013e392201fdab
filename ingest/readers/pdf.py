"""PDF."""

from corpus.errors import InputError
from ingest.source import SourceText


def read_pdf(data: bytes, name: str) -> SourceText:
    """Stub."""
    raise InputError(f"{name}: пока нет.")

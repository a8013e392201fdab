"""On which page of its file a provision begins, where the pages are fixed: in PDF."""

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import PurePosixPath

from corpus.library import Library
from corpus.model import Document, Provision, SourceFile

_PAGELESS = frozenset({".txt", ".md", ".html", ".htm", ".xhtml", ".docx", ".odt", ".rtf", ".doc"})
"""Names whose files are not read to learn their pages: reading a code of 1.5 M characters to learn it has none takes
longer than the search that found it."""


def fixed_pages(file: SourceFile) -> tuple[int, ...]:
    """Return the first code point of each page; () for formats whose pages depend on fonts and printer."""
    return file.pages if file.format == "pdf" else ()


def page_of(pages: Sequence[int], provision: Provision) -> int | None:
    """Return the 1-based page on which a provision (or the first unit inside it) begins; None without pages.

    >>> from analyzers.spans import Span
    >>> from corpus.model import Kind
    >>> page_of((0, 10), Provision("art_1", Kind.ARTICLE, "", label_spans=(Span(12, 15),)))
    2
    """
    start = next((part.source_spans[0].start for part in provision.walk() if part.source_spans), None)
    return max(bisect_right(pages, start), 1) if pages and start is not None else None


def pages_of(library: Library, document: Document) -> tuple[int, ...]:
    """Return the pages of the file a document stands in as `fixed_pages` does."""
    return pages_of_file(library, document.id, document.source)


def pages_of_file(library: Library, document: str, source: str) -> tuple[int, ...]:
    """Return the same by a document's id and the name of its file; `source` tells most files without reading them."""
    return () if PurePosixPath(source).suffix.lower() in _PAGELESS else fixed_pages(library.source(document))

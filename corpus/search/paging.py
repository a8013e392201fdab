"""The page of its file on which each hit of an answer begins."""

from dataclasses import replace

from corpus.library import Library
from corpus.pages import page_of, pages_of_file
from corpus.search.answers import Answer


def paged(library: Library, answer: Answer) -> Answer:
    """Tell the page of every hit whose file has pages; each file is read once."""
    found: dict[str, dict[str, int | None]] = {}
    for hit in answer.hits:
        if hit.document not in found:
            found[hit.document] = _by_eid(library, hit.document, hit.source)
    return replace(answer, hits=tuple(replace(h, page=found[h.document].get(h.eid)) for h in answer.hits))


def _by_eid(library: Library, id_: str, source: str) -> dict[str, int | None]:
    pages = pages_of_file(library, id_, source)
    return {p.eid: page_of(pages, p) for p in library.get(id_).instrument.walk()} if pages else {}

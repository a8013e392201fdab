"""The head of a document's pages: its tabs with what each holds, counted."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.citations.permalinks import content_hash
from corpus.citations.writing import CitationForm, cite
from corpus.library import Library
from corpus.model import Document, Provision, SourceFile
from search_api.answers.doubts.doubtful import doubts_of, repaired_places
from search_api.answers.standing import Standing, Stated


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about how a document was read, and the provision it is about ("" where it is about the whole)."""

    message: str
    eid: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What every page of a document shows above its tabs."""

    document: Document
    stated: Stated
    repairs: int
    doubts: int


def head(document: Document, file: SourceFile, standing: Standing) -> Head:
    """Gather the head of a document's pages."""
    repairs = repaired_places(file, [document.place])
    return Head(document, standing.stated(document), repairs, len(document.instrument.diagnostics))


def doubts(document: Document) -> list[Doubt]:
    """Return the doubts about how a document was read, in order, each with its place."""
    return [
        Doubt(told.message, eid, cite(document, eid, CitationForm.PLACE) if eid else "")
        for told, eid in doubts_of(document.instrument)
    ]


def words_then(library: Library, document: str, eid: str, hash_: str) -> str:
    """Return the words of a provision when its content had a hash, from an earlier version of its file; "" if none."""
    for version in sorted(library.versions(document), key=lambda v: -v.number):
        if version.current:
            continue
        for provision in _provisions(library.version(document, version.number)):
            if provision.eid == eid and content_hash(provision) == hash_.lower():
                return unlabelled(provision)
    return ""


def unlabelled(provision: Provision) -> str:
    """Return the words of a provision with all inside it, a line each, without their numbers."""
    lines = (" ".join(filter(None, [p.heading, p.text])) for p in provision.walk())
    return "\n".join(filter(None, lines))


def _provisions(file: SourceFile) -> Iterator[Provision]:
    for instrument in file.instruments:
        yield from instrument.walk()

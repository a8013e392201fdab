"""Formats register themselves: told by content, promised by extension, each by one alone."""

from collections import Counter

import pytest

from ingest.formats.registry import extension_doubt, format_of, formats, supported

HEADS = {
    "pdf": b"%PDF-1.7\n",
    "rtf": b"  {\\rtf1\\ansi",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "zip": b"PK\x03\x04" + bytes(50),
    "fodt": b'<?xml version="1.0"?>\n<office:document xmlns:office="urn:o">',
    "html": b"<!-- a --><!-- b -->\n<html lang=ru>",
    "mhtml": b"From: a\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n",
    "text": "Статья 1. Переправы".encode(),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_format_is_told_by_its_first_bytes(name: str) -> None:
    assert format_of(HEADS[name]).name == name


def test_every_format_is_told_somehow() -> None:
    told_by_another = {"markdown"}
    inside = {known.name for known in formats() if known.inside}
    assert {known.name for known in formats()} == HEADS.keys() | inside | told_by_another


def test_names_and_extensions_belong_to_one_format() -> None:
    names = Counter(known.name for known in formats())
    extensions = Counter(extension for known in formats() for extension in known.extensions)
    assert set(extensions.values()) == set(names.values()) == {1}
    assert all(known.extensions[0].upper() in supported() for known in formats())


@pytest.mark.parametrize(
    ("file", "of", "doubted"),
    [
        ("акт.pdf", "text", True),
        ("акт.txt", "markdown", False),
        ("акт.odt", "fodt", False),
        ("акт.doc", "docx", True),
        ("акт.doc", "doc", False),
        ("акт", "pdf", False),
        ("акт.иное", "pdf", False),
    ],
)
def test_an_extension_that_promises_another_format_is_told(file: str, of: str, doubted: bool) -> None:
    assert bool(extension_doubt(file, of)) == doubted

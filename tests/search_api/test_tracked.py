"""DOCX of an edition: reject every change and the text as signed stands there, accept them and the edition does."""

import io
import zipfile
from pathlib import Path

from lxml import etree

from corpus.akn.importing import from_akn
from corpus.effects.lives import as_on, lives
from search_api.exports.forms import exported
from tests.corpus.akn.test_akn import valid
from tests.search_api import dated

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _texts(content: bytes, dropped: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    out = []
    for paragraph in body.iter(f"{W}p"):
        parts = [
            t.text or ""
            for t in paragraph.iter(f"{W}t", f"{W}delText")
            if not any(a.tag == W + dropped for a in t.iterancestors())
        ]
        out.append("".join(parts))
    return [text for text in out if text.strip()]


def test_changes_lead_from_the_text_as_signed_to_the_edition(tmp_path: Path) -> None:
    library = dated.dated(tmp_path / "library")
    treaty = dated.document(library, "договор.txt")
    content = exported(library, treaty, "docx", "2010-01-01")
    rejected, accepted = _texts(content, "ins"), _texts(content, "del")
    assert "1. Стороны пропускают ульи через границу по спискам." in rejected
    assert "1. Стороны пропускают ульи через границу по спискам поста." in accepted
    assert any("Каждый улей" in text for text in rejected)
    assert not any("Каждый улей" in text for text in accepted)
    assert b"w:author" in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


def test_an_edition_as_akoma_ntoso_is_valid_and_comes_back(tmp_path: Path) -> None:
    library = dated.dated(tmp_path / "library")
    for name in ("договор.txt", "прежний.txt", "изменения.txt"):
        document = dated.document(library, name)
        for on in (None, "2005-01-01", "2010-01-01"):
            data = valid(exported(library, document, "akn", on))
            expected = library.get(document) if on is None else as_on(lives(library), library.get(document), on)
            assert from_akn(data) == expected
    data = exported(library, dated.document(library, "договор.txt"), "akn").decode()
    for element in ('type="replacement"', 'type="repeal"', "temporalGroup", "entryIntoForce", 'status="removed"'):
        assert element in data
    assert 'type="endOfEnactment"' in exported(library, dated.document(library, "прежний.txt"), "akn").decode()

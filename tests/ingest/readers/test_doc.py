import shutil
import subprocess

import pytest

from corpus.errors import InputError
from ingest.readers import read
from tests.ingest.readers import writers

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PARAS = [
    writers.Para("СОГЛАШЕНИЕ", 1, True, "СОГЛАШЕНИЕ"),
    writers.Para("Стороны обмениваются копиями документов."),
    writers.Para("Статья 5. Сроки"),
]

pytestmark = pytest.mark.xdist_group("libreoffice")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_doc_is_read_through_libreoffice(tmp_path):
    (tmp_path / "x.rtf").write_bytes(writers.rtf(PARAS))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
    ]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "x.rtf"], capture_output=True, timeout=120, check=True)
    source = read((tmp_path / "x.doc").read_bytes(), "x.doc")
    assert source.format == "doc"
    assert source.text == "СОГЛАШЕНИЕ\n\nСтороны обмениваются копиями документов.\n\nСтатья 5. Сроки"
    assert [d.rule for d in source.diagnostics] == ["converted"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "паролем"),
        (OLE + "Workbook".encode("utf-16-le"), "не документ Word"),
    ],
)
def test_what_is_no_word_document_is_told(data, said):
    with pytest.raises(InputError, match=said):
        read(data, "x.doc")


def test_without_libreoffice_the_remedy_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="LibreOffice"):
        read(OLE + "WordDocument".encode("utf-16-le"), "x.doc")

import shutil
import struct
import tracemalloc

import pytest

from corpus.errors import InputError
from ingest.confined import libreoffice as reader
from ingest.formats.office.doc import check_word
from ingest.parsing import read
from tests.ingest.readers import office, writers

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PARAS = [
    writers.Para("СОГЛАШЕНИЕ", 1, True, "СОГЛАШЕНИЕ"),
    writers.Para("Стороны обмениваются копиями документов."),
    writers.Para("Статья 5. Сроки"),
]

OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
pytestmark = pytest.mark.xdist_group("libreoffice")


@pytest.fixture
def word(tmp_path):
    """A document LibreOffice wrote."""
    (tmp_path / "x.rtf").write_bytes(writers.rtf(PARAS))
    return (office.convert(tmp_path, [tmp_path / "x.rtf"], "doc") / "x.doc").read_bytes()


@OFFICE
def test_a_doc_is_read_through_libreoffice(word):
    source = read(word, "x.doc")
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
        read(_sound(), "x.doc")


def _with_sector(data, entry, number):
    """Write another first sector into the directory's entry of a name."""
    place = data.index(entry.encode("utf-16-le")) + 116
    return data[:place] + struct.pack("<I", number) + data[place + 4 :]


@OFFICE
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:2_000] + data[2_007:],
        lambda data: data[:30] + b"\x20\x00" + data[32:],
        lambda data: _with_sector(data, "WordDocument", 0x7FFF_FFFF),
        lambda data: _with_sector(data, "1Table", 0x7FFF_FFFF),
        lambda data: data[:76] + b"\xff\xff\xff\x00" + data[80:],
    ],
    ids=["cut off", "shifted", "sectors of 4 GB", "no text", "no table", "no chains"],
)
def test_a_damaged_doc_never_starts_libreoffice(word, damage, monkeypatch):
    monkeypatch.setattr(reader, "_convert", lambda *_: pytest.fail("LibreOffice was started"))
    with pytest.raises(InputError, match="поврежд"):
        read(damage(word), "x.doc")


def _container(first, more, *sectors):
    """A compound file's header over sectors of our own."""
    head = struct.pack("<8s16xHHHHH6xIII4xIIIII", OLE[:8], 62, 3, 0xFFFE, 9, 6, 0, 0, first, 4096, END, 0, more, 0)
    table = struct.pack("<109I", 0, *[FREE] * 108)
    return head + table + b"".join(struct.pack("<128I", *(row + [FREE] * 128)[:128]) for row in sectors)


def _sound():
    """A container with a Word document that has no text."""
    chains = struct.pack("<128I", *[FREE - 2, END, *range(3, 10), END, *[FREE] * 118])
    streams = [("Root Entry", 5, END, 0), ("WordDocument", 2, 2, 4096), ("0Table", 2, END, 0), ("", 0, END, 0)]
    entries = [
        struct.pack("<64sHB49xIQ", title.encode("utf-16-le"), 2 * len(title) + 2, kind, start, size)
        for title, kind, start, size in streams
    ]
    return _container(1, END) + chains + b"".join(entries) + struct.pack("<H8xH4084x", 0xA5EC, 0)


END, FREE = 0xFFFF_FFFE, 0xFFFF_FFFF
MANY = 20_000
HOSTILE = {
    "one sector named 2.5 million times": _container(0, 1, [END], *([0] * 127 + [n + 2] for n in range(MANY)), [FREE]),
    "a list of sectors in a circle": _container(0, 1, [END], [FREE] * 127 + [1]),
    "a chain in a circle": _container(0, END, [1, 0], [FREE]),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_container_takes_no_memory(data):
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="поврежд"):
            check_word(data, "x.doc")
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


@OFFICE
def test_a_protected_doc_is_told(word):
    place = word.index(b"\xec\xa5") + 10
    flags = struct.unpack_from("<H", word, place)[0] | 0x0100
    with pytest.raises(InputError, match="паролем"):
        read(word[:place] + struct.pack("<H", flags) + word[place + 2 :], "x.doc")

"""The same agreement in every format gives the same provisions: the reference texts, written out at run time."""

import os
import shutil

import pytest

from ingest.parsing import parse
from tests.ingest.readers import office, writers
from tests.ingest.readers.shared import f1, gold
from tests.shared import need

FLOOR = 0.995
# Signs the old code pages lack, as typists replaced them.
TYPEWRITER = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "№": "N"})


def _text(encoding, replaced=None):
    return lambda _, text: text.translate(replaced or {}).encode(encoding, "replace")


WRITERS = {
    "docx": lambda paras, _: writers.docx(paras),
    "html": lambda paras, _: writers.html(paras),
    "html-utf8": lambda paras, _: writers.html(paras, "utf-8"),
    "odt": lambda paras, _: writers.odt(paras),
    "rtf": lambda paras, _: writers.rtf(paras),
    "rtf-unicode": lambda paras, _: writers.rtf(paras, escapes=True),
    "pdf-spacing": lambda paras, _: writers.pdf_of(paras, "spacing"),
    "pdf-blanks": lambda paras, _: writers.pdf_of(paras, "blanks"),
    "pdf-glyphs": lambda paras, _: writers.pdf_of(paras, "glyphs"),
    "pdf-rotated": lambda paras, _: writers.pdf_of(paras, "spacing", rotate=180),
    "utf-8": _text("utf-8-sig"),
    "utf-16": _text("utf-16"),
    "cp1251": _text("cp1251"),
    "koi8-r": _text("koi8_r", TYPEWRITER),
    "cp866": _text("cp866", {key: value for key, value in TYPEWRITER.items() if key != ord("№")}),
}


def paragraphs(text):
    return writers.read_markdown(text) if "#" in text else writers.read_wrapped(text)


@pytest.mark.parametrize("way", WRITERS)
def test_a_format_gives_the_provisions_of_the_reference(way):
    pairs = []
    for name, instruments in gold().items():
        text = need(f"seeds/{name}").read_text("utf-8")
        data = WRITERS[way](paragraphs(text), text)
        pairs.append((parse(data, f"{name}.{way.partition('-')[0]}"), instruments))
    assert f1(pairs) >= FLOOR


SOAK = bool(os.environ.get("SVOD_SOAK"))
# LibreOffice takes seconds to start: the hardest looks by default, every look in every format by `make soak`.
BY_DEFAULT = {("official", "pdf"), ("columns", "pdf"), ("spaced", "pdf"), ("hanging", "rtf")}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize(
    ("look", "target"),
    [(look, target) for look in office.LOOKS for target in office.FILTERS if SOAK or (look, target) in BY_DEFAULT],
)
def test_what_libreoffice_writes_is_read_alike(look, target, tmp_path):
    files = []
    for name in gold():
        paras = paragraphs(need(f"seeds/{name}").read_text("utf-8"))
        files.append(tmp_path / f"{name[:3]}.fodt")
        files[-1].write_text(office.flat(paras, office.LOOKS[look]), "utf-8")
    out = office.convert(tmp_path, files, target)
    pairs = [
        (parse((out / f"{name[:3]}.{target}").read_bytes(), f"x.{target}"), instruments)
        for name, instruments in gold().items()
    ]
    assert f1(pairs) >= FLOOR

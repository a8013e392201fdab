"""Every real file of ../shared/texts is read, or refused for the right reason."""

import re

import pytest

from corpus.errors import InputError
from ingest.parsing import parse, read
from tests.shared import SHARED, need

# file, format read, articles printed in it ("Статья N" at a line's start), a phrase that must be there
FILES = [
    ("formats/14_dev_direct.pdf", "pdf", 3, "О ПЕРСОНАЛЬНЫХ ДАННЫХ"),
    ("formats/doc_000008.html", "html", 0, "П Р И К А З"),
    (
        "formats/fstek17.pdf",
        "pdf",
        0,
        "от 11 февраля 2013 г. № 17",
    ),  # its fonts have no way back to letters but the order of glyphs
    ("formats/sample.rtf", "rtf", 0, "Тест"),
    ("formats/ukodeksrf.pdf", "pdf", 11, "Глава 1. Задачи и принципы Уголовного кодекса"),
    ("formats/ukrf.doc", "odt", 8, "Столбец\tСтрока"),
    ("formats/ukrf.docx", "docx", 8, "Столбец\tСтрока"),
    ("formats/ukrf.odt", "odt", 8, "Столбец\tСтрока"),
    ("formats/with_applications.html", "html", 10, "РЕШЕНИЕ"),
    ("formats/zakon.rtf", "rtf", 24, "О государственной регистрации юридических"),
    ("laws/102107048.html", "html", 78, "Статья 52³"),
    ("laws/102380990.html", "html", 423, "Статья 123⁴"),
    ("treaties/udhr.html", "html", 30, "2. При осуществлении своих прав"),
]
REFUSED = [("formats/tz_scan_1page.pdf", "ocrmypdf -l rus"), ("formats/empty_document.html", "нет текста")]


@pytest.mark.parametrize(("name", "file_format", "articles", "phrase"), FILES, ids=[row[0] for row in FILES])
def test_a_real_file_is_read(name, file_format, articles, phrase):
    source = read(need(f"texts/{name}").read_bytes(), name)
    assert source.format == file_format
    assert phrase in source.text
    assert len(re.findall(r"(?m)^Статья \d+", source.text)) == articles
    assert "�" not in source.text


@pytest.mark.parametrize(("name", "said"), REFUSED)
def test_what_holds_no_text_is_refused(name, said):
    with pytest.raises(InputError, match=said):
        read(need(f"texts/{name}").read_bytes(), name)


# Counted in the text itself: the word in either alphabet at a line's start, behind mark-up or glued to what follows.
_PRINTED = re.compile(r"(?m)^[\s#*>\\]*(?:[СC]т[аa]тья|СТАТЬЯ)\s*[\dIVXLCХІ]+")
_GLUED = re.compile(r"(?m)(?<=[.;:»)])\s++Статья\s(\d{1,3})\b")
_ALL = sorted(
    f"{p.parent.name}/{p.name}" for f in ("formats", "laws", "treaties") for p in (SHARED / "texts" / f).glob("*")
)


@pytest.mark.parametrize("name", [name for name in _ALL if name not in dict(REFUSED)])
def test_every_printed_article_is_found(name):
    parsed = parse(need(f"texts/{name}").read_bytes(), name)
    found = [p.eid for act in parsed.instruments for p in act.walk() if p.kind.value == "article"]
    # Glued to the end of the article before it, a heading begins no line: its neighbours prove it.
    glued = sum(f"art_{int(n)}" in found for n in _GLUED.findall(parsed.text))
    assert 0 <= len(found) - len(_PRINTED.findall(parsed.text)) <= glued
    assert parsed.instruments


def test_the_same_document_in_three_formats_is_the_same_text():
    texts = {
        read(need(f"texts/formats/ukrf.{extension}").read_bytes(), "x").text for extension in ("docx", "odt", "doc")
    }
    assert len(texts) == 1


@pytest.mark.parametrize("folder", ["laws", "treaties", "distractors"])
def test_plain_files_come_as_they_stand(folder):
    for path in sorted(need(f"texts/{folder}").iterdir()):
        if path.suffix in (".txt", ".md"):
            data = path.read_bytes()
            assert read(data, path.name).text == data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")

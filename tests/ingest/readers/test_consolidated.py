"""Consolidated texts: raised numbers of added units and marks of repealed ones give the same provisions in every format."""

import re

import pytest

from corpus.errors import InputError
from ingest.parsing import expand, parse, read
from tests.ingest.readers import writers

MAST = (
    "Мачта хранится стоя под навесом, который община строит за свой счёт не позднее первого снега и разбирает весной, "
    "когда последняя лодка спущена на воду."
)
# A raised number stands between carets.
LAW = (
    "ЗАКОН",
    "О лодках и вёслах",
    "(в ред. закона от 12.03.2004 № 5-З)",
    "Глава 1. Учёт",
    "Статья 12. Книга лодок",
    "1. Лодки вносятся в книгу.",
    "2. Исключена. — Закон от 12.03.2004 № 5-З.",
    "2^1^. Вёсла вносятся вместе с лодками.",
    "3. Книгу ведёт смотритель.",
    "Статья 12^1^. Осмотр",
    "Осмотр проводится весной.",
    "Сноска. Статья 12^1^ введена законом от 12.03.2004 № 5-З.",
    "Статья 12^1-1^. Повторный осмотр",
    "Повторный осмотр проводится осенью.",
    "Статья 13. Утратила силу.",
    "Статья 14 исключена. — Закон от 12.03.2004 № 5-З.",
    "Глава 1^1^. Паруса",
    "Статья 15. Парус",
    "Парус хранится сухим.",
    "Глава 2 утратила силу. — Закон от 12.03.2004 № 5-З.",
    "Глава 3. Мачты",
    "Статья 16. Мачта",
    MAST,
)
WANTED = [
    "chp_1",
    "art_12",
    "art_12__para_1",
    "art_12__para_2",
    "art_12__para_2-1",
    "art_12__para_3",
    "art_12-1",
    "art_12-1-1",
    "art_13",
    "art_14",
    "chp_1-1",
    "art_15",
    "chp_2",
    "chp_3",
    "art_16",
]
RAISED = re.compile(r"\^([^^]+)\^")


def marked(before, after):
    return [RAISED.sub(lambda m: f"{before}{m[1]}{after}", line) for line in LAW]


def html():
    return ("<meta charset=utf-8>" + "".join(f"<p>{line}</p>" for line in marked("<sup>", "</sup>"))).encode()


def docx(raised="<w:vertAlign w:val='superscript'/>"):
    run = '<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>'
    lines = []
    for line in LAW:
        pieces = enumerate(RAISED.split(line))
        runs = (run.format(f"<w:rPr>{raised}</w:rPr>" if i % 2 else "", piece) for i, piece in pieces)
        lines.append(f"<w:p>{''.join(runs)}</w:p>")
    return writers.docx_package("".join(lines))


def odt(position):
    style = (
        '<style:style style:name="S" style:family="text">'
        f'<style:text-properties style:text-position="{position}"/></style:style>'
    )
    lines = marked('<text:span text:style-name="S">', "</text:span>")
    return writers.odt_package("".join(f"<text:p>{line}</text:p>" for line in lines), style)


def rtf(command):
    lines = [RAISED.sub(lambda m: f"\0{m[1]}\1", line) for line in LAW]
    text = "\\par\n".join(writers._rtf_text(line, escapes=True) for line in lines)
    return ("{\\rtf1\\ansi " + text.replace("\0", f"{{\\{command} ").replace("\1", "}") + "\\par}").encode()


def pdf():
    """Print raised numbers in small type, glyph by glyph, as a word processor does."""
    out, y = [], 790.0
    for line in LAW:
        *first, last = writers._lines(line, 450, 12, 0)
        for whole in first:
            out.append(writers.show(whole, 85, y))
            y -= 14
        x = 85.0
        for i, piece in enumerate(RAISED.split(last)):
            size, rise = (7, 4.2) if i % 2 else (12, 0)
            out.append(writers.show(piece, x, y + rise, size))
            x += writers.measured(piece, size)
        y -= 25
    return writers.pdf(["".join(out)])


FORMS = {
    "txt": lambda: "\n\n".join(line.replace("^1-1^", ".1-1").replace("^1^", "¹") for line in LAW).encode(),
    "html": html,
    "docx": docx,
    "odt super": lambda: odt("super 58%"),
    "odt by a share": lambda: odt("40% 60%"),
    "rtf super": lambda: rtf("super"),
    "rtf up": lambda: rtf("up6"),
    "pdf": pdf,
}


@pytest.mark.parametrize("form", FORMS)
def test_added_and_repealed_units(form):
    (act,) = parse(FORMS[form](), f"law.{form.split()[0]}").instruments
    units = {p.eid: p for p in act.walk()}
    assert list(units) == WANTED
    assert units["art_12-1"].heading == "Осмотр"
    assert units["art_14"].text.startswith("исключена")
    assert any(note.startswith("Сноска.") for note in act.notes)


PACKAGES = [
    ({"mimetype": "application/epub+zip", "a.xhtml": "<p>Книга</p>"}, "EPUB"),
    ({"META-INF/container.xml": "<container/>", "a.xhtml": "<p>Книга</p>"}, "EPUB"),
    ({"xl/workbook.xml": "<x/>", "docProps/app.xml": "<x/>"}, "Excel"),
    ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}, "ODS"),
]


@pytest.mark.parametrize(("parts", "said"), PACKAGES)
def test_a_book_or_a_table_is_no_archive_of_documents(parts, said):
    ((name, data),) = expand(writers.package(parts), "x.zip")
    assert name == "x.zip"
    with pytest.raises(InputError, match=said):
        read(data, name)

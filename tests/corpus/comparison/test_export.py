import csv
import io
import json
import zipfile
from dataclasses import replace

import pytest
from docx import Document as Docx
from docx.enum.text import WD_UNDERLINE
from lxml import etree

from corpus.comparison.decisions import cell_decision
from corpus.comparison.grid import Verdict
from corpus.comparison.table import compare
from corpus.effects.standing import StateOnDay, Validity
from corpus.errors import QueryError
from search_api.exports.tables import About, exported, harmless
from tests.corpus.comparison.samples import ARCHIVE, POSTAL, article, document

EVIL = '=cmd|"/c calc"!A1 <script>alert(1)</script> | расходы несут Стороны `x` \x0b'
HOSTILE = replace(
    ARCHIVE,
    title="=HYPERLINK(1) | <b>",
    provisions=(*ARCHIVE.provisions[:-1], article(9, text=EVIL), ARCHIVE.provisions[-1]),
)
ONE = document(POSTAL)
NOTE = cell_decision(ONE, "disputes", Verdict.CONFIRM, "=Анна", note="+7")
TABLE = compare([ONE, document(HOSTILE, "b")], {NOTE.key: NOTE})


def sheet(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {n: book.read(n).decode() for n in book.namelist() if n.endswith(".xml")}


def rows_of(data):
    """Read the first sheet's strings."""
    parts = {n: etree.fromstring(xml.encode()) for n, xml in sheet(data).items()}
    shared = ["".join(si.itertext()) for si in parts["xl/sharedStrings.xml"]]
    found = parts["xl/worksheets/sheet1.xml"].findall(".//{*}row")
    return [[shared[int(c.findtext("{*}v"))] if c.find("{*}v") is not None else "" for c in row] for row in found]


def test_json_is_the_shape():
    assert json.loads(exported(TABLE, "json"))["documents"] == [c.document for c in TABLE.columns]


def test_csv_has_no_live_formula():
    rows = list(csv.reader(io.StringIO(exported(TABLE, "csv").decode("utf-8-sig"))))
    assert len(rows) == len(TABLE.rows) + 1
    assert {len(r) for r in rows} == {2 + 5 * 2}
    cells = [c for r in rows for c in r]
    assert not [c for c in cells if c[:1] in tuple("=+-@\t\r")]
    assert any("=cmd" in c for c in cells)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1"])
def test_what_a_spreadsheet_would_run_is_quoted(text):
    assert harmless(text) == "'" + text


def test_xlsx_has_no_formula_and_links_to_the_site_alone():
    parts = sheet(exported(TABLE, "xlsx"))
    assert not [n for n, xml in parts.items() if n.startswith("xl/worksheets") and ("<f>" in xml or "hyperlink" in xml)]
    main = parts["xl/worksheets/sheet1.xml"]
    assert 'orientation="landscape"' in main
    assert "pane" in main
    assert "=cmd" in parts["xl/sharedStrings.xml"]
    with zipfile.ZipFile(io.BytesIO(exported(TABLE, "xlsx", About(site="http://127.0.0.1:8000")))) as book:
        links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert f"http://127.0.0.1:8000/d/{ONE.id}/art_5" in links


def test_xlsx_has_columns_of_their_own_for_words_differences_values_and_decisions():
    lines = rows_of(exported(TABLE, "xlsx"))
    head, expenses = lines[0], [x for x in lines if x[0] == "Расходы"]
    assert head == ["Тема", "Итог", "Документ", "Есть", "Место", "Текст", "Отличия", "Значения", "Решение"]
    assert expenses[0][5] == ONE.find("art_5").text
    assert expenses[0][6] == ""
    assert expenses[1][6].startswith(("по существу", "другими словами"))
    assert expenses[0][7] == "кто несёт расходы: каждая своё"
    (decided,) = [x for x in lines if x[0] == "Разрешение споров" and x[8]]
    assert decided[8].startswith("подтверждено, =Анна")


@pytest.mark.parametrize("form", ["csv", "md", "html", "docx", "xlsx"])
def test_no_file_is_named_and_no_sign_stands_in_the_words(form):
    data = exported(TABLE, form)
    if form in {"docx", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(book.read(n) for n in book.namelist() if n.endswith(".xml"))
    words = data.decode("utf-8-sig")
    assert "проба/" not in words
    assert not [sign for sign in ("[+", "+]", "[!", "[~", "[−") if sign in words]


def test_docx_has_a_cover_an_overview_and_a_topic_a_block():
    state = StateOnDay(Validity.IN_FORCE, "2026-02-01", None)
    stated = replace(TABLE, columns=tuple(replace(c, state=state) for c in TABLE.columns))
    book = Docx(io.BytesIO(exported(stated, "docx", About("01.02.2026"))))
    section = book.sections[0]
    assert section.page_width > section.page_height
    heads = [p.text for p in book.paragraphs if p.style.name == "Heading 2"]
    assert heads == ["Обзор", *(r.label for r in TABLE.rows)]
    cover = "\n".join(p.text for p in book.paragraphs[:4])
    assert "По состоянию на 01.02.2026." in cover
    assert cover.count("[действует]") == 2
    assert all(len(t.columns) <= 5 for t in book.tables)
    tables = book.tables[1:]
    assert len(tables) == len(TABLE.rows)
    assert "tblHeader" in etree.tostring(tables[0].rows[0]._tr).decode()
    words = "\n".join(c.text for t in book.tables for r in t.rows for c in r.cells)
    runs = [r for t in tables for row in t.rows for c in row.cells for p in c.paragraphs for r in p.runs]
    assert [r for r in runs if r.bold and r.underline is True]
    assert [r for r in runs if r.bold and r.underline == WD_UNDERLINE.DOUBLE]
    assert [r for r in runs if r.font.strike]
    assert not [r for r in runs if r.font.color.rgb]
    assert "PAGE" in etree.tostring(section.footer._element).decode()
    assert "ст. 5" in words
    assert "Нет" in words
    assert "fldSimple" not in etree.tostring(book.element).decode()


def test_html_escapes_and_prints_on_a_landscape_page():
    page = exported(TABLE, "html").decode()
    assert "<script>" not in page
    assert "<b>" not in page
    assert "A4 landscape" in page
    assert etree.HTML(page).xpath("count(//tbody/tr)") == len(TABLE.rows)


def test_markdown_keeps_its_columns():
    lines = [x for x in exported(TABLE, "md").decode().splitlines() if x.startswith("| ")]
    assert len(lines) == len(TABLE.rows) + 1
    assert {line.replace("\\|", "").count(" | ") for line in lines} == {2}


def test_an_unknown_format_is_refused():
    with pytest.raises(QueryError):
        exported(TABLE, "odt")

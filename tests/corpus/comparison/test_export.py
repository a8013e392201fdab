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
from corpus.errors import QueryError
from search_api.exports.tables import exported, harmless
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


def test_json_is_the_shape():
    assert json.loads(exported(TABLE, "json"))["documents"] == [c.document for c in TABLE.columns]


def test_csv_has_no_live_formula():
    rows = list(csv.reader(io.StringIO(exported(TABLE, "csv").decode("utf-8-sig"))))
    assert len(rows) == len(TABLE.rows) + 1
    assert {len(r) for r in rows} == {3 + 3 * 2}
    cells = [c for r in rows for c in r]
    assert not [c for c in cells if c[:1] in tuple("=+-@\t\r")]
    assert any("=cmd" in c for c in cells)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1"])
def test_what_a_spreadsheet_would_run_is_quoted(text):
    assert harmless(text) == "'" + text


def test_xlsx_has_no_formula_and_no_link():
    parts = sheet(exported(TABLE, "xlsx"))
    assert not [n for n, xml in parts.items() if n.startswith("xl/worksheets") and ("<f>" in xml or "hyperlink" in xml)]
    main = parts["xl/worksheets/sheet1.xml"]
    assert 'orientation="landscape"' in main
    assert "pane" in main
    assert "=cmd" in parts["xl/sharedStrings.xml"]


def test_docx_is_landscape_repeats_its_head_and_marks_by_type():
    book = Docx(io.BytesIO(exported(TABLE, "docx")))
    section = book.sections[0]
    assert section.page_width > section.page_height
    table = book.tables[0]
    assert len(table.rows) == len(TABLE.rows) + 1
    assert "tblHeader" in etree.tostring(table.rows[0]._tr).decode()
    words = "\n".join(c.text for r in table.rows for c in r.cells)
    runs = [r for row in table.rows for c in row.cells for p in c.paragraphs for r in p.runs]
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

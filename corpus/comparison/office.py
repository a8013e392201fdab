"""A comparison as DOCX and XLSX."""

import io
from typing import Any

from corpus.comparison.export import TITLE, marked, places_line, told, values_line
from corpus.comparison.marking import LEGEND, SIGNS, Mark, Piece
from corpus.comparison.model import CellStatus, Comparison, Row

_XML_UNFIT = {c: None for c in range(32) if c not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
_XLSX_CELL = 32_767
"""Characters a cell of a spreadsheet holds."""


def _fit(text: str) -> str:
    """Drop characters XML cannot hold."""
    return text.translate(_XML_UNFIT)


def as_docx(comparison: Comparison) -> bytes:
    """Write a table a lawyer can send: A4 landscape, the header row on every page, signs beside type and weight."""
    from docx import Document as Docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    book = Docx()
    book.core_properties.title = TITLE
    book.core_properties.language = "ru-RU"
    section = book.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(12)
    style = book.styles["Normal"]
    style.font.size = Pt(8)
    book.add_heading(TITLE, 1)
    for n, column in enumerate(comparison.columns, 1):
        book.add_paragraph(_fit(f"{n}. {column.title} ({column.source})"))
    book.add_paragraph(LEGEND)
    table = book.add_table(rows=1, cols=len(comparison.columns) + 1, style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, ["Тема", *(c.short for c in comparison.columns)], strict=True):
        cell.paragraphs[0].add_run(_fit(text)).bold = True
    _repeat(table.rows[0])
    for row in comparison.rows:
        _docx_row(table.add_row(), row, comparison)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _repeat(header: Any) -> None:
    """Have a row repeated at the head of every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    flag = OxmlElement("w:tblHeader")
    flag.set(qn("w:val"), "true")
    header._tr.get_or_add_trPr().append(flag)  # noqa: SLF001  python-docx has no other way to it


def _docx_row(line: Any, row: Row, comparison: Comparison) -> None:
    parts, cells = marked(row, comparison), line.cells
    title = cells[0].paragraphs[0]
    title.add_run(_fit(row.label) + (" ≠" if row.differs else "")).bold = True
    cells[0].add_paragraph(_fit(row.summary))
    for place, column in zip(cells[1:], comparison.columns, strict=True):
        cell = row.cells[column.document]
        paragraph = place.paragraphs[0]
        if told(cell):
            paragraph.add_run(_fit(told(cell))).italic = True
        if cell.provisions:
            if told(cell):
                paragraph = place.add_paragraph()
            paragraph.add_run(_fit(places_line(cell))).bold = True
            body = place.add_paragraph()
            for piece in parts[column.document]:
                _docx_piece(body, piece)
        if cell.shown:
            place.add_paragraph().add_run(_fit(values_line(cell))).italic = True


def _docx_piece(paragraph: Any, piece: Piece) -> None:
    from docx.enum.text import WD_UNDERLINE

    before, after = SIGNS[piece.mark]
    run = paragraph.add_run(_fit(f"{before}{piece.text}{after}"))
    if piece.mark in (Mark.NEW, Mark.WEIGHTY):
        run.bold = True
        run.underline = WD_UNDERLINE.DOUBLE if piece.mark is Mark.WEIGHTY else True
    elif piece.mark is Mark.FORM:
        run.underline = WD_UNDERLINE.DOTTED
    elif piece.mark is Mark.MOVED:
        run.italic = True
    elif piece.mark is Mark.GONE:
        run.font.strike = True


def as_xlsx(comparison: Comparison) -> bytes:
    """Write a sheet with frozen headings and a filter; nothing in it is a formula or a link."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = Workbook(out, plain)
    sheet = book.add_worksheet("Сравнение")
    wrap = {"text_wrap": True, "valign": "top"}
    head, body = book.add_format({**wrap, "bold": True, "border": 1}), book.add_format({**wrap, "border": 1})
    doubt = book.add_format({**wrap, "border": 1, "italic": True, "pattern": 17, "fg_color": "#D9D9D9"})
    columns = ["Тема", "Различается", "Итог", *(c.short for c in comparison.columns)]
    for n, text in enumerate(columns):
        sheet.write_string(0, n, _cut(text), head)
    for r, row in enumerate(comparison.rows, 1):
        parts = marked(row, comparison)
        for n, text in enumerate([row.label, "да" if row.differs else "нет", row.summary]):
            sheet.write_string(r, n, _cut(text), body)
        for n, column in enumerate(comparison.columns, 3):
            cell = row.cells[column.document]
            words = "".join(f"{SIGNS[p.mark][0]}{p.text}{SIGNS[p.mark][1]}" for p in parts[column.document])
            shown = [told(cell), places_line(cell), words, values_line(cell)]
            text = "\n".join(x for x in shown if x)
            sheet.write_string(r, n, _cut(text), body if cell.status is CellStatus.PRESENT else doubt)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, len(columns) - 1, 48)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(comparison.rows), 1), 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    legend = book.add_worksheet("Пометы")
    legend.write_string(0, 0, LEGEND, body)
    legend.set_column(0, 0, 120)
    for n, column in enumerate(comparison.columns, 1):
        legend.write_string(n, 0, _cut(f"{n}. {column.title} ({column.source})"), body)
    book.close()
    return out.getvalue()


def _cut(text: str) -> str:
    fit = _fit(text)
    return fit if len(fit) <= _XLSX_CELL else fit[: _XLSX_CELL - 1] + "…"

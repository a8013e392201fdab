"""A comparison as DOCX and XLSX."""

import io
from typing import Any

from corpus.comparison.grid import CellStatus, Comparison, Row
from corpus.effects.standing import bracketed
from search_api.exports.marking import LEGEND, LEGEND_HEAD, LEGEND_MARKS, SIGNS, Mark, Piece
from search_api.exports.tables import TITLE, marked, places_line, told, values_line

_XML_UNFIT = {c: None for c in range(32) if c not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
PAGE_WIDTH, MARGIN, SUBJECT_WIDTH = 297, 12, 46
"""Millimetres of the page, its margins and the column of subjects."""

WHOLE = 900
"""A row whose longest cell has no more characters is not cut by the end of a page."""

_XLSX_CELL = 32_767
"""Characters a cell of a spreadsheet holds."""


def _fit(text: str) -> str:
    """Drop characters XML cannot hold."""
    return text.translate(_XML_UNFIT)


def as_docx(comparison: Comparison) -> bytes:
    """Write a table a lawyer can send: A4 landscape, the header row on every page, differences marked by type."""
    from docx import Document as Docx

    book = Docx()
    book.core_properties.title = TITLE
    book.core_properties.language = "ru-RU"
    _page(book)
    book.add_heading(TITLE, 1)
    for n, column in enumerate(comparison.columns, 1):
        date = f" от {column.date[8:]}.{column.date[5:7]}.{column.date[:4]}" if column.date else ""
        book.add_paragraph(_fit(f"{n}. {column.title}{date}{bracketed(column.state)} ({column.source})"))
    legend = book.add_paragraph(f"{LEGEND_HEAD} ")
    for n, (mark, words) in enumerate(LEGEND_MARKS.items()):
        legend.add_run("; " if n else "")
        _docx_piece(legend, Piece(words, mark))
    legend.add_run(".")
    table = book.add_table(rows=1, cols=len(comparison.columns) + 1, style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, ["Тема", *(c.short for c in comparison.columns)], strict=True):
        cell.paragraphs[0].add_run(_fit(text)).bold = True
    _flag(table.rows[0], "w:tblHeader")
    for row in comparison.rows:
        _docx_row(table.add_row(), row, comparison)
    _widths(table, len(comparison.columns))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _page(book: Any) -> None:
    """Lay out A4 landscape with small type and the page's number at its foot."""
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = book.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    style = book.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(9)
    style.paragraph_format.space_after = Pt(2)
    book.styles["Heading 1"].paragraph_format.space_before = Pt(0)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = foot.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001  python-docx has no other way to a page's number


def _widths(table: Any, documents: int) -> None:
    """Give the subjects a narrow column and the documents the rest."""
    from docx.shared import Mm

    whole = PAGE_WIDTH - 2 * MARGIN
    first = min(SUBJECT_WIDTH, whole / (documents + 1))
    for n, column in enumerate(table.columns):
        width = Mm(first if n == 0 else (whole - first) / documents)
        column.width = width
        for cell in column.cells:
            cell.width = width


def _flag(row: Any, name: str) -> None:
    """Give a row a property: repeated at the head of every page (w:tblHeader), never cut by one (w:cantSplit)."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    flag = OxmlElement(name)
    flag.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(flag)  # noqa: SLF001  python-docx has no other way to it


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
    if max(len(c.text) for c in cells) <= WHOLE:
        _flag(line, "w:cantSplit")


def _docx_piece(paragraph: Any, piece: Piece) -> None:
    from docx.enum.text import WD_UNDERLINE

    run = paragraph.add_run(_fit(piece.text))
    if piece.mark in (Mark.NEW, Mark.WEIGHTY):
        run.bold = True
        run.underline = WD_UNDERLINE.DOUBLE if piece.mark is Mark.WEIGHTY else True
    elif piece.mark is Mark.FORM:
        run.underline = WD_UNDERLINE.DOTTED
    elif piece.mark is Mark.MOVED:
        run.italic, run.underline = True, WD_UNDERLINE.WAVY
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
        legend.write_string(n, 0, _cut(f"{n}. {column.title}{bracketed(column.state)} ({column.source})"), body)
    book.close()
    return out.getvalue()


def _cut(text: str) -> str:
    fit = _fit(text)
    return fit if len(fit) <= _XLSX_CELL else fit[: _XLSX_CELL - 1] + "…"

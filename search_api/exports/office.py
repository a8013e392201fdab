"""A comparison as DOCX."""

import io
from typing import TYPE_CHECKING

from corpus.comparison.grid import Cell, Column, Comparison, Row
from corpus.effects.standing import bracketed
from search_api.exports.holding import fit
from search_api.exports.marking import LEGEND_HEAD, LEGEND_MARKS, Mark, Piece
from search_api.exports.tables import TITLE, About, marked, places_line, reading, told, values_line

if TYPE_CHECKING:
    from docx.document import Document as Book
    from docx.table import Table
    from docx.table import _Cell as Place
    from docx.table import _Row as Line
    from docx.text.paragraph import Paragraph

PAGE_WIDTH, MARGIN, SUBJECT_WIDTH = 297, 12, 46
"""Millimetres of the page, its margins and the column of subjects."""

ABREAST = 4
"""Documents side by side on a page; more stand in tables below."""

WHOLE = 900
"""A row whose longest cell has no more characters is not cut by the end of a page."""


def as_docx(comparison: Comparison, about: About) -> bytes:
    """Write what a lawyer sends on: a cover, an overview, then a topic a block, differences marked by type."""
    from docx import Document as Docx

    book = Docx()
    book.core_properties.title = TITLE
    book.core_properties.language = "ru-RU"
    _page(book)
    _cover(book, comparison, about)
    _overview(book, comparison)
    for row in comparison.rows:
        _topic(book, row, comparison)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cover(book: "Book", comparison: Comparison, about: About) -> None:
    book.add_heading(TITLE, 1)
    if about.day:
        book.add_paragraph(f"По состоянию на {about.day}.")
    for n, column in enumerate(comparison.columns, 1):
        book.add_paragraph(fit(f"{n}. {column.cited or column.title}{bracketed(column.state)}"))
    legend = book.add_paragraph(f"{LEGEND_HEAD} ")
    for n, (mark, words) in enumerate(LEGEND_MARKS.items()):
        legend.add_run("; " if n else "")
        _docx_piece(legend, Piece(words, mark))
    legend.add_run(".")


def _overview(book: "Book", comparison: Comparison) -> None:
    """Write the short readings of all topics, a table for every few documents."""
    book.add_heading("Обзор", 2)
    for columns in _sheets(comparison):
        table = _table(book, ["Тема", *(c.short for c in columns)])
        for row in comparison.rows:
            cells = _line(table).cells
            cells[0].paragraphs[0].add_run(fit(row.label))
            for place, column in zip(cells[1:], columns, strict=True):
                place.paragraphs[0].add_run(fit(reading(row.cells[column.document])))
        _widths(table, SUBJECT_WIDTH)
        book.add_paragraph()


def _topic(book: "Book", row: Row, comparison: Comparison) -> None:
    """Write a topic: its summary, then the provisions side by side, a few documents at a time."""
    book.add_heading(fit(row.label), 2)
    if row.summary:
        book.add_paragraph(fit(row.summary))
    parts = marked(row, comparison)
    for columns in _sheets(comparison):
        table = _table(book, [c.short for c in columns])
        line = _line(table)
        for place, column in zip(line.cells, columns, strict=True):
            _cell(place, row.cells[column.document], parts[column.document])
        if max(len(c.text) for c in line.cells) <= WHOLE:
            _flag(line, "w:cantSplit")
        _widths(table, 0)
        book.add_paragraph()


def _sheets(comparison: Comparison) -> list[tuple[Column, ...]]:
    """Part the documents so that a page holds no more than ABREAST."""
    every = comparison.columns
    return [every[n : n + ABREAST] for n in range(0, len(every), ABREAST)]


def _table(book: "Book", heads: list[str]) -> "Table":
    table: Table = book.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(fit(text)).bold = True
    _flag(table.rows[0], "w:tblHeader")
    return table


def _line(table: "Table") -> "Line":
    line: Line = table.add_row()  # type: ignore[no-untyped-call]
    return line


def _cell(place: "Place", cell: Cell, parts: list[Piece]) -> None:
    paragraph = place.paragraphs[0]
    if told(cell):
        paragraph.add_run(fit(told(cell))).italic = True
    if cell.provisions:
        if told(cell):
            paragraph = place.add_paragraph()
        paragraph.add_run(fit(places_line(cell))).bold = True
        body = place.add_paragraph()
        for piece in parts:
            _docx_piece(body, piece)
    if cell.shown:
        place.add_paragraph().add_run(fit(values_line(cell))).italic = True


def _page(book: "Book") -> None:
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


def _widths(table: "Table", first: int) -> None:
    """Give the first column so many millimetres (0: as the others), and the others the rest of the page alike."""
    from docx.shared import Mm

    columns = list(table.columns)
    rest = (PAGE_WIDTH - 2 * MARGIN - first) / max(len(columns) - bool(first), 1)
    for n, column in enumerate(columns):
        width = Mm(first if first and n == 0 else rest)
        column.width = width
        for cell in column.cells:
            cell.width = width


def _flag(row: "Line", name: str) -> None:
    """Give a row a property: repeated at the head of every page (w:tblHeader), never cut by one (w:cantSplit)."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    flag = OxmlElement(name)
    flag.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(flag)  # noqa: SLF001  python-docx has no other way to it


def _docx_piece(paragraph: "Paragraph", piece: Piece) -> None:
    from docx.enum.text import WD_UNDERLINE

    run = paragraph.add_run(fit(piece.text))
    if piece.mark in (Mark.NEW, Mark.WEIGHTY):
        run.bold = True
        run.underline = WD_UNDERLINE.DOUBLE if piece.mark is Mark.WEIGHTY else True
    elif piece.mark is Mark.FORM:
        run.underline = WD_UNDERLINE.DOTTED
    elif piece.mark is Mark.MOVED:
        run.italic, run.underline = True, WD_UNDERLINE.WAVY
    elif piece.mark is Mark.GONE:
        run.font.strike = True

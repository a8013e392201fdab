"""A comparison as XLSX: a line for each topic and document, and the overview."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.comparison.grid import Cell, CellStatus, Comparison
from search_api.exports.holding import fit, workbook
from search_api.exports.marking import in_words
from search_api.exports.tables import (
    STATUS,
    About,
    base_of,
    clean,
    decision_line,
    places_line,
    reading,
    values_line,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""Characters a cell of a spreadsheet holds."""

_WRAP = {"text_wrap": True, "valign": "top", "border": 1}
_HEADS = ("Тема", "Итог", "Документ", "Есть", "Место", "Текст", "Отличия", "Значения", "Решение")
_WIDTHS = (28, 40, 30, 12, 20, 70, 40, 30, 30)


def as_xlsx(comparison: Comparison, about: About) -> bytes:
    """Write sheets with frozen headings and filters; nothing in them is a formula, links lead to `about.site` alone."""
    out = io.BytesIO()
    book = workbook(out)
    body = book.add_format(_WRAP)
    _whole(book, comparison, about)
    short = book.add_worksheet("Обзор")
    lines = [["Тема", *(c.short for c in comparison.columns)]]
    lines += [[r.label, *(reading(r.cells[c.document]) for c in comparison.columns)] for r in comparison.rows]
    _lines(short, lines, body)
    acts = book.add_worksheet("Документы")
    _lines(acts, [[c.cited or c.title, c.state.told if c.state else ""] for c in comparison.columns], body)
    book.close()
    return out.getvalue()


def _whole(book: "Workbook", comparison: Comparison, about: About) -> None:
    """Write a line for each topic and document."""
    sheet, head = book.add_worksheet("Сопоставление"), book.add_format({**_WRAP, "bold": True})
    body, link = book.add_format(_WRAP), book.add_format({**_WRAP, "underline": 1, "font_color": "#1D4E6F"})
    doubt = book.add_format({**_WRAP, "italic": True, "pattern": 17, "fg_color": "#D9D9D9"})
    for n, text in enumerate(_HEADS):
        sheet.write_string(0, n, text, head)
        sheet.set_column(n, n, _WIDTHS[n])
    at = 0
    for row in comparison.rows:
        base = base_of(row, comparison)
        for column in comparison.columns:
            at, cell = at + 1, row.cells[column.document]
            style = body if cell.status is CellStatus.PRESENT else doubt
            for n, text in enumerate((row.label, row.summary, column.short, *_told(base, cell))):
                if about.site and cell.provisions and _HEADS[n] == "Место":
                    place = f"{about.site}/d/{column.document}/{cell.provisions[0].eid}"
                    sheet.write_url(at, n, place, link, _cut(text))
                else:
                    sheet.write_string(at, n, _cut(text), style)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(at, 1), len(_HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _told(base: Cell | None, cell: Cell) -> tuple[str, ...]:
    """Return what the columns from «Есть» on say of a cell."""
    words = places_line(cell), clean(cell), in_words(base, cell)
    return (STATUS[cell.status], *words, values_line(cell), decision_line(cell))


def _lines(sheet: "Worksheet", lines: Sequence[Sequence[str]], style: object) -> None:
    for r, line in enumerate(lines):
        for n, text in enumerate(line):
            sheet.write_string(r, n, _cut(text), style)
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, max(map(len, lines), default=1), 24)
    sheet.freeze_panes(1, 1)


def _cut(text: str) -> str:
    whole = fit(text)
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"

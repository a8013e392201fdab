"""The matrix as a file: JSON, CSV, XLSX. Documents are rows, topics columns; no formula comes alive in any of them."""

import csv
import io
from collections.abc import Callable

from corpus.comparison.grid import CellStatus
from corpus.comparison.kept.matrix import Matrix, MatrixDocument
from corpus.effects.standing import NAMES
from corpus.errors import QueryError
from corpus.lexicon.dates import in_digits
from search_api.answers.matrix_shapes import matrix_answer
from search_api.exports.holding import fit, workbook
from search_api.exports.tables import harmless

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TITLE = "Темы по документам"
_HEAD = ("Документ", "Дата", "Состояние")


def matrix_file(found: Matrix, form: str, site: str = "") -> bytes:
    """Write a matrix; `site` is the address links lead to. Raise QueryError for an unknown format."""
    writers: dict[str, Callable[[Matrix, str], bytes]] = {"json": _json, "csv": _csv, "xlsx": _xlsx}
    if form not in writers:
        raise QueryError(f"Неизвестный вид «{form}». Есть: table, {', '.join(writers)}.")
    return writers[form](found, site)


def _json(found: Matrix, _: str) -> bytes:
    return (matrix_answer(found).model_dump_json(indent=1) + "\n").encode()


def _about(document: MatrixDocument) -> list[str]:
    state = NAMES[document.state.status] if document.state else ""
    return [document.title or document.name, in_digits(document.date) if document.date else "", state]


def _csv(found: Matrix, _: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(x) for x in (*_HEAD, *(t.label for t in found.topics))])
    for document in found.documents:
        cells = found.cells[document.id]
        writer.writerow([harmless(x) for x in (*_about(document), *(cells[t.topic].brief for t in found.topics))])
    # The mark tells spreadsheets that the bytes are UTF-8.
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(found: Matrix, site: str) -> bytes:
    """Write a sheet with frozen heads and a filter; what is absent or doubtful is marked by type and ground."""
    out = io.BytesIO()
    book = workbook(out)
    wrap = {"text_wrap": True, "valign": "top", "border": 1}
    head = book.add_format({**wrap, "bold": True})
    kinds = {
        CellStatus.PRESENT: book.add_format(wrap),
        CellStatus.ABSENT: book.add_format({**wrap, "bg_color": "#F3D9D5"}),
        CellStatus.INCONCLUSIVE: book.add_format({**wrap, "italic": True, "bg_color": "#FDF3DF"}),
    }
    sheet = book.add_worksheet("Темы")
    for n, text in enumerate((*_HEAD, *(t.label for t in found.topics))):
        sheet.write_string(0, n, fit(text), head)
    for r, document in enumerate(found.documents, 1):
        for n, text in enumerate(_about(document)):
            sheet.write_string(r, n, fit(text), kinds[CellStatus.PRESENT])
        for n, topic in enumerate(found.topics, len(_HEAD)):
            cell = found.cells[document.id][topic.topic]
            style = kinds[cell.status]
            if site and cell.eids:
                sheet.write_url(r, n, f"{site}/d/{document.id}/{cell.eids[0]}", style, fit(cell.brief))
            else:
                sheet.write_string(r, n, fit(cell.brief), style)
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, len(_HEAD) + len(found.topics) - 1, 18)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(found.documents), 1), len(_HEAD) + len(found.topics) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_paper(9)
    book.close()
    return out.getvalue()

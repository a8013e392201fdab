"""A comparison as a file: JSON, Markdown, HTML, CSV, XLSX, DOCX. No formula comes alive in any of them."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.comparison.grid import Cell, CellStatus, Column, Comparison, Row, Verdict
from corpus.comparison.kept.brief import brief
from corpus.comparison.kept.cells import KeptCell
from corpus.effects.standing import bracketed
from corpus.errors import QueryError
from search_api.answers.compared import comparison_shape
from search_api.exports.marking import LEGEND_HEAD, LEGEND_MARKS, Mark, Piece, in_words, pieces, reference


@dataclass(frozen=True, slots=True)
class About:
    """What a file says beside the comparison: the day, and the address links lead to."""

    day: str = ""
    site: str = ""


NOTHING = About()

STATUS = {CellStatus.PRESENT: "есть", CellStatus.ABSENT: "нет", CellStatus.INCONCLUSIVE: "под вопросом"}
VERDICTS = {
    Verdict.CONFIRM: "подтверждено",
    Verdict.REJECT: "отклонено",
    Verdict.CORRECT: "исправлено",
    Verdict.ADD: "добавлено",
}
TITLE = "Сопоставление документов"


def exported(comparison: Comparison, form: str, about: About = NOTHING) -> bytes:
    """Write a comparison in one of the formats; raise QueryError for an unknown one."""
    from search_api.exports.office import as_docx
    from search_api.exports.sheets import as_xlsx

    writers: dict[str, Callable[[Comparison, About], bytes]] = {
        "json": as_json,
        "md": as_markdown,
        "html": as_html,
        "csv": as_csv,
        "xlsx": as_xlsx,
        "docx": as_docx,
    }
    if form not in writers:
        raise QueryError(f"Неизвестный вид «{form}». Есть: {', '.join(writers)}.")
    return writers[form](comparison, about)


def harmless(text: str) -> str:
    """Make a text that a spreadsheet would take for a formula a plain text.

    >>> harmless("=1+1"), harmless("ст. 5")
    ("'=1+1", 'ст. 5')
    """
    return (
        f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r") or (text[:1] in "\t\r\n" and text) else text
    )


def told(cell: Cell) -> str:
    """Tell a cell that is not simply present: absent or doubtful, and what the lawyer decided."""
    parts = [] if cell.status is CellStatus.PRESENT else [STATUS[cell.status].capitalize()]
    if cell.status is CellStatus.ABSENT and cell.evidence:
        parts.append(f"({cell.evidence[0]})")
    if cell.decision is not None:
        stale = ", но текст с тех пор изменился" if cell.decision.stale else ""
        note = f": {cell.decision.note}" if cell.decision.note else ""
        parts.append(f"[решение: {cell.decision.author}, {cell.decision.time[:10]}{stale}{note}]")
    return " ".join(parts)


def values_line(cell: Cell) -> str:
    """Write the values of a cell in one line."""
    return "; ".join(f"{v.name}: {v.shown}" for v in cell.shown)


def places_line(cell: Cell) -> str:
    """Write where a cell's provisions stand."""
    return ", ".join(p.citation + bracketed(p.state) for p in cell.provisions)


def clean(cell: Cell) -> str:
    """Write the words of a cell's provisions, nothing marked."""
    return "\n".join(p.text for p in cell.provisions)


def reading(cell: Cell) -> str:
    """Tell a cell in one short reading."""
    return brief(KeptCell(cell.status, cell.confidence, values=cell.shown))


def decision_line(cell: Cell) -> str:
    """Write what a lawyer decided of a cell: who, when, the note."""
    if cell.decision is None:
        return ""
    stale = "; текст с тех пор изменился" if cell.decision.stale else ""
    note = f": {cell.decision.note}" if cell.decision.note else ""
    return f"{VERDICTS[cell.decision.verdict]}, {cell.decision.author}, {cell.decision.time[:10]}{note}{stale}"


def base_of(row: Row, comparison: Comparison) -> Cell | None:
    """Return the cell the others of a row are told against."""
    first = reference(row, comparison)
    return row.cells[first] if first else None


def marked(row: Row, comparison: Comparison) -> dict[str, list[Piece]]:
    """Cut every cell of a row into marked pieces, by document."""
    base = reference(row, comparison)
    return {d: pieces(row.cells[base] if base else None, c) for d, c in row.cells.items()}


def as_json(comparison: Comparison, _: About = NOTHING) -> bytes:
    """Write the shape of the public contract."""
    return (json.dumps(comparison_shape(comparison), ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(comparison: Comparison, _: About = NOTHING) -> bytes:
    """Write a row a line, for each document place, words and values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = ["Тема", "Итог"]
    for column in comparison.columns:
        head += [f"{column.short}: {what}" for what in ("место", "текст", "отличия", "значения", "решение")]
    writer.writerow([harmless(h) for h in head])
    for row in comparison.rows:
        line, base = [row.label, row.summary], base_of(row, comparison)
        for column in comparison.columns:
            cell = row.cells[column.document]
            words = clean(cell) or STATUS[cell.status].capitalize()
            line += [places_line(cell), words, in_words(base, cell), values_line(cell), decision_line(cell)]
        writer.writerow([harmless(x) for x in line])
    # The mark tells spreadsheets that the bytes are UTF-8.
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_markdown(comparison: Comparison, _: About = NOTHING) -> bytes:
    """Write a table of GitHub's Markdown."""
    lines = [f"# {TITLE}", "", *(_md_column(n, c) for n, c in enumerate(comparison.columns, 1))]
    lines += ["", "| Тема | " + " | ".join(_md(c.short) for c in comparison.columns) + " |"]
    lines.append("|---" * (len(comparison.columns) + 1) + "|")
    for row in comparison.rows:
        base = base_of(row, comparison)
        first = f"**{_md(row.label)}**<br>{_md(row.summary)}"
        cells = [_md_cell(row.cells[c.document], base) for c in comparison.columns]
        lines.append("| " + " | ".join([first, *cells]) + " |")
    return ("\n".join(lines) + "\n").encode()


def _md_column(n: int, column: Column) -> str:
    return f"{n}. {_md((column.cited or column.title) + bracketed(column.state))}"


def _md(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", text).replace("\n", "<br>")


def _md_cell(cell: Cell, base: Cell | None) -> str:
    shown = (
        _md(told(cell)),
        f"**{_md(places_line(cell))}**" if cell.provisions else "",
        _md(clean(cell)),
        f"*{_md(in_words(base, cell))}*" if in_words(base, cell) else "",
        _md(values_line(cell)),
    )
    return "<br>".join(x for x in shown if x)


_STYLE = (
    "body{font:14px/1.4 sans-serif;margin:1em}table{border-collapse:collapse;width:100%;table-layout:fixed}"
    "th,td{border:1px solid #777;padding:.4em;vertical-align:top;text-align:left;overflow-wrap:anywhere}"
    "thead{display:table-header-group}thead th{position:sticky;top:0;background:#eee}"
    ".new{font-weight:600;text-decoration:underline}.weighty{font-weight:700;text-decoration:underline double}"
    ".form{text-decoration:underline dotted}.moved{font-style:italic;text-decoration:underline wavy}"
    ".gone{text-decoration:line-through}"
    ".absent{background:repeating-linear-gradient(45deg,#fff,#fff 6px,#eee 6px,#eee 8px)}"
    "@page{size:A4 landscape;margin:12mm}tr{break-inside:avoid}"
)
_TAGS = {Mark.NEW: "ins", Mark.WEIGHTY: "ins", Mark.GONE: "del", Mark.FORM: "span", Mark.MOVED: "span"}


def as_html(comparison: Comparison, _: About = NOTHING) -> bytes:
    """Write a page that stands by itself and prints on A4 landscape."""
    head = "".join(
        f'<th scope="col">{html.escape(c.short)}<br><small>{html.escape(c.title + bracketed(c.state))}</small></th>'
        for c in comparison.columns
    )
    body = "".join(_html_row(row, comparison) for row in comparison.rows)
    page = (
        f'<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f"<style>{_STYLE}</style></head>"
        f"<body><h1>{TITLE}</h1><p>{_html_legend()}</p><table><thead><tr>"
        f'<th scope="col">Тема</th>{head}</tr></thead><tbody>{body}</tbody></table></body></html>\n'
    )
    return page.encode()


def _html_legend() -> str:
    told = "; ".join(_html_piece(Piece(words, mark)) for mark, words in LEGEND_MARKS.items())
    return f"{LEGEND_HEAD} {told}."


def _html_row(row: Row, comparison: Comparison) -> str:
    parts = marked(row, comparison)
    differs = " <strong>≠</strong>" if row.differs else ""
    first = f'<th scope="row">{html.escape(row.label)}{differs}<br><small>{html.escape(row.summary)}</small></th>'
    cells = "".join(_html_cell(row.cells[c.document], parts[c.document]) for c in comparison.columns)
    return f"<tr>{first}{cells}</tr>"


def _html_cell(cell: Cell, parts: list[Piece]) -> str:
    shown = [f"<em>{html.escape(told(cell))}</em>"] if told(cell) else []
    if cell.provisions:
        shown += [f"<strong>{html.escape(places_line(cell))}</strong>", "".join(_html_piece(p) for p in parts)]
    if cell.shown:
        shown.append(f"<small>{html.escape(values_line(cell))}</small>")
    return f'<td class="{cell.status}">' + "<br>".join(shown) + "</td>"


def _html_piece(piece: Piece) -> str:
    text = html.escape(piece.text).replace("\n", "<br>")
    if piece.mark is Mark.SAME:
        return text
    tag = _TAGS[piece.mark]
    return f'<{tag} class="{piece.mark}">{text}</{tag}>'

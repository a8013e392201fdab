"""A document and the hits of a search as files to take away."""

import io
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analyzers.spans import Span
from corpus.citations.writing import CitationForm, cite
from corpus.effects.standing import bracketed
from corpus.model import Kind
from corpus.search.answers import Hit
from search_api.answers.doubts.repairs_told import RepairAnswer
from search_api.answers.reading import label
from search_api.answers.standing import Stated
from search_api.exports.holding import fit, workbook
from search_api.web import strings

_HEADED = {Kind.ARTICLE, Kind.SECTION, Kind.CHAPTER, Kind.PART, Kind.ATTACHMENT}
_DEPTH = {Kind.SECTION: 2, Kind.PART: 2, Kind.CHAPTER: 2, Kind.ATTACHMENT: 2, Kind.ARTICLE: 3}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Format:
    """How to write something: the media type and the writer."""

    media_type: str
    write: Callable[..., bytes]


Left = Sequence[RepairAnswer]
"""The repairs people took back in a document: its words stand as in the source there."""


def _lines(stated: Stated, left: Left) -> list[tuple[int, str]]:
    """Lay a document out as (heading level or 0, line): title, state, provisions, words left as printed."""
    act = stated.document.instrument
    out = [(1, act.title)] if act.title else []
    out += [(0, line.text) for line in stated.lines]
    for provision in act.walk():
        mark = bracketed(stated.mark(provision.eid)).strip()
        head = " ".join(x for x in (label(provision), provision.heading or "", mark) if x)
        if provision.kind in _HEADED or provision.heading:
            out.append((_DEPTH.get(provision.kind, 4), head))
            head = ""
        if provision.text:
            out.append((0, " ".join(x for x in (head, provision.text) if x)))
    out += [(3, strings.text("export.printed"))] if left else []
    return out + [(0, f"{one.place}: {one.words}") for one in left]


def as_text(stated: Stated, left: Left = ()) -> bytes:
    """Write a document as plain text, a line for each paragraph, blank lines around headings."""
    parts = [f"\n{line}\n" if level else line for level, line in _lines(stated, left)]
    return ("\n".join(parts).strip() + "\n").encode()


def as_markdown(stated: Stated, left: Left = ()) -> bytes:
    r"""Write a document as Markdown; what would be read as mark-up is escaped.

    >>> escaped("1. Пункт *с* звёздами")
    '1\\. Пункт \\*с\\* звёздами'
    """
    parts = [f"{'#' * level} {escaped(line)}" if level else escaped(line) for level, line in _lines(stated, left)]
    return ("\n\n".join(parts) + "\n").encode()


def escaped(line: str) -> str:
    """Escape what Markdown would read as mark-up."""
    line = "".join("\\" + c if c in "\\`*_{}[]<>#|~" else c for c in line)
    head, stop, tail = line.partition(".")
    if stop and head.isdecimal():
        return f"{head}\\.{tail}"
    return "\\" + line if line[:1] in {"-", "+", "="} else line


def as_json(stated: Stated, left: Left = ()) -> bytes:
    """Write a document as the public JSON shape, with the words left as printed."""
    shape = {**stated.shape(), "taken_back": [one.model_dump(mode="json") for one in left]}
    return (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode()


def as_word(stated: Stated, left: Left = ()) -> bytes:
    """Write a document as DOCX: headings by their level, the citation in the foot of the page."""
    import docx

    file = docx.Document()
    file.core_properties.title = stated.document.instrument.title
    file.sections[0].footer.paragraphs[0].text = cite(stated.document, "", CitationForm.FULL)
    for level, line in _lines(stated, left):
        if level:
            file.add_heading(fit(line), level - 1)
        else:
            file.add_paragraph(fit(line))
    return _saved(file)


def _saved(file: Any) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


DOCUMENT_FORMATS: Mapping[str, Format] = {
    "json": Format("application/json", as_json),
    "md": Format("text/markdown; charset=utf-8", as_markdown),
    "txt": Format("text/plain; charset=utf-8", as_text),
    "docx": Format(WORD, as_word),
}


def hits_as_word(query: str, hits: Sequence[Hit]) -> bytes:
    """Write hits as DOCX under the titles of their acts: the words of the query bold, the citation under each."""
    import docx

    file = docx.Document()
    file.core_properties.title = fit(query)[:200]
    file.add_heading(f"По запросу «{fit(query)}»", 1)
    for title, held in itertools.groupby(hits, key=lambda hit: hit.title):
        file.add_heading(fit(title), 2)
        for n, hit in enumerate(held):
            if n == 0 and hit.short_name:
                file.add_paragraph(fit(hit.short_name))
            if hit.lead_in:
                opening = file.add_paragraph(fit(hit.lead_in))
                opening.runs[0].italic = opening.paragraph_format.keep_with_next = True
            paragraph = file.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_after = docx.shared.Pt(2)
            for text, bold in _bold(hit.text or hit.heading, hit.highlights if hit.text else ()):
                paragraph.add_run(fit(text)).bold = bold
            cited = file.add_paragraph().add_run(fit(hit.citation + bracketed(hit.state)))
            cited.font.size, cited.font.color.rgb = docx.shared.Pt(9.5), docx.shared.RGBColor(0x57, 0x60, 0x6B)
    return _saved(file)


def _bold(text: str, highlights: Sequence[Span]) -> list[tuple[str, bool]]:
    out, at = [], 0
    for start, end in highlights:
        out += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [*out, (text[at:], False)]


def hits_as_sheet(query: str, hits: Sequence[Hit]) -> bytes:
    """Write hits as XLSX, a row each; no text is ever read as a formula."""
    out = io.BytesIO()
    book = workbook(out)
    book.set_properties({"title": fit(query)[:200]})
    sheet = book.add_worksheet("Найденное")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, ["Ссылка", "Документ", "Место", "Текст", "Файл", "Состояние"], bold)
    for row, hit in enumerate(hits, 1):
        text = "\n".join(x for x in (hit.lead_in, hit.text or hit.heading) if x)
        cells = [
            hit.citation,
            hit.short_name or hit.title,
            " · ".join(hit.breadcrumb),
            text,
            hit.source,
            hit.state.told if hit.state else "",
        ]
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, fit(cell)[:32_000], wrapped)
    for column, width in enumerate([34, 44, 34, 90, 30, 30]):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


HIT_FORMATS: Mapping[str, Format] = {"docx": Format(WORD, hits_as_word), "xlsx": Format(_SHEET, hits_as_sheet)}

"""Paragraphs as the readers of marked-up formats find them, and the decoded text made of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analyzers.letters import LOWER_DIGITS, RAISE_DIGITS
from analyzers.spans import Span
from corpus.errors import InputError
from corpus.model import Diagnostic, Furniture
from ingest.layout.languages import Language, language_of
from ingest.source import Hint, SourceText

MAX_CHARS = 10_000_000
TRACKED_CHANGES = Diagnostic(
    "tracked-changes",
    "В файле были правки в режиме рецензирования: прочитан текст, в котором все они приняты. "
    "Проверьте, что это нужная редакция.",
)
CONTENTS = Diagnostic("contents", "Оглавление (автоматическое) не включено в текст.")

_PIECED = re.compile(r"(?<=\d)(?P<first>[⁰¹²³⁴-⁹]{1,2})[-–](?P<second>[⁰¹²³⁴-⁹]{1,2})(?![⁰¹²³⁴-⁹])")
_COMPOUND = re.compile(r"\d{1,2}[-–.]\d{1,2}")
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2007\u2008\u2009\u202f\v", " "))
# Soft hyphens, zero-width signs and control characters print nothing; "\f" marks a page until assembly.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_MARKER = r"(?:\d++(?:\.\d++)*+[.)]|[а-яё][.)]|(?:Статья|Глава|Раздел|РАЗДЕЛ|ГЛАВА|СТАТЬЯ)\s++[\dIVXLC]++)"
_NUMBER_TAB = re.compile(rf"^({_MARKER}|[-–—•])[ ]*+\t[ \t]*+")
_NEW_LINE_STARTS = re.compile(rf"(?:[ \t]{{2,}}+\S|{_MARKER}\s)")
_ARTICLE = re.compile(r"\s*+Статья\s++\d", re.IGNORECASE)
_LONG_ITEM = 40
_SIDE_BY_SIDE = 3
"""Rows of a table that set a text in two languages side by side."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a table: its lines, and how it looks (see `ingest.source.Hint`).

    `note` marks a footnote: it is printed apart from the text it belongs to.
    """

    text: str
    heading: int = 0
    bold: bool = False
    centred: bool = False
    indent: int = 0
    note: bool = False


def superscript(text: str) -> str:
    """Write raised digits so that they stay apart from the number before them; other raised text stays as it is.

    >>> "статья 12" + superscript("1"), "статья 52" + superscript("1-1"), "10" + superscript("-2")
    ('статья 12¹', 'статья 52.1-1', '10-²')
    """
    bare = text.strip()
    if _COMPOUND.fullmatch(bare):
        return f".{bare}"
    return text.translate(RAISE_DIGITS) if re.fullmatch(r"\d{1,3}|[-–]\d{1,2}", bare) else text


def _compound(match: re.Match[str]) -> str:
    """Write a raised «1-1» printed in pieces as `superscript` writes it whole."""
    return f".{match['first']}-{match['second']}".translate(LOWER_DIGITS)


def tidy(text: str) -> str:
    """Drop what prints nothing and the blanks at line ends; blanks between words stay (letter-spacing needs them)."""
    lines = []
    for line in _PIECED.sub(_compound, _UNSEEN.sub("", text.translate(_BLANKS))).split("\n"):
        clean = _NUMBER_TAB.sub(r"\1 ", line.strip(" \t"))
        lines.append(re.sub(r"(?<! ) *+\t[ \t]*+", "\t", clean))
    return "\n".join(lines).strip("\n")


def split_lines(block: Block) -> list[Block]:
    """Part a block whose forced line breaks stand for paragraphs; titles and signatures stay together."""
    lines = _UNSEEN.sub("", block.text.translate(_BLANKS)).split("\n")
    if len(lines) == 1:
        return [replace(block, text=tidy(block.text))]
    display = bool(block.heading or block.bold or block.centred)
    parts: list[list[str]] = [[]]
    for before, line in zip(["", *lines], lines, strict=False):
        if not line.strip():
            parts.append([])
        elif parts[-1] and (_NEW_LINE_STARTS.match(line) or (not display and _ends_paragraph(before, line))):
            parts.append([line])
        else:
            parts[-1].append(line)
    return [replace(block, text=tidy("\n".join(part))) for part in parts if part]


def _ends_paragraph(before: str, line: str) -> bool:
    """Judge a forced break in running text: behind a stop it parts sentences, behind a comma items of a list."""
    if re.search(r"[;:]\s*+$", before):
        return True
    if re.search(r"[.!?][»”\")]?\s*+$", before):
        return not line.strip()[:1].islower()
    return bool(re.search(r",\s*+$", before)) and len(line) > _LONG_ITEM


def table_blocks(rows: Sequence[Sequence[Sequence[Block]]]) -> list[Block]:
    """Write a table's rows as lines with tabs between cells; a table that only lays text out is read through.

    Where a table lays out a page (place and date, the articles in one cell, signatures), rows of one cell are text.
    A text set in two languages side by side is read column by column, the Russian one first.
    """
    rows = [[[block for block in cell if block.text.strip()] for cell in row] for row in rows]
    if columns := _by_language(rows):
        return columns
    if _is_layout(rows):
        return [block for row in rows for cell in row for block in cell]
    return _in_lines(rows)


def _in_lines(rows: Sequence[Sequence[Sequence[Block]]]) -> list[Block]:
    page = any(_is_text(row) for row in rows)
    blocks: list[Block] = []
    lines: list[str] = []
    for row in rows:
        if page and sum(map(bool, row)) == 1:
            blocks += [*_lines(lines), *(block for cell in row for block in cell)]
            lines = []
            continue
        cells = [" ".join(block.text.replace("\n", " ").replace("\t", " ") for block in cell) for cell in row]
        if any(cells):
            lines.append("\t".join(cells).rstrip("\t"))
    return [*blocks, *_lines(lines)]


def _by_language(rows: Sequence[Sequence[Sequence[Block]]]) -> list[Block]:
    """Return the columns of a table one after another where they speak different languages, else nothing.

    A row of one cell over both columns is of neither: such rows go with the Russian column.
    """
    width = max(map(len, rows), default=0)
    beside = [row for row in rows if len(row) == width]
    if width < 2 or len(beside) < _SIDE_BY_SIDE:
        return []
    columns = [[block for row in rows if i < len(row) for block in row[i]] for i in range(width)]
    spoken = [language_of(" ".join(block.text for block in column)) for column in columns]
    told = [language for language in spoken if language]
    if Language.RU not in told or len(set(told)) < 2 or len(set(told)) != len(told):
        return []
    order = sorted(range(width), key=lambda i: spoken[i] is not Language.RU)
    return [block for i in order for block in columns[i]]


def _lines(lines: Sequence[str]) -> list[Block]:
    return [Block("\n".join(lines))] if lines else []


def _is_text(row: Sequence[Sequence[Block]]) -> bool:
    """Say whether a row is one cell of running text: an article, or several paragraphs of it."""
    filled = [cell for cell in row if cell]
    if len(filled) != 1:
        return False
    lines = [line for block in filled[0] for line in block.text.splitlines()]
    return len(lines) > 3 or (len(lines) > 1 and any(_ARTICLE.match(line) for line in lines))


def _is_layout(rows: Sequence[Sequence[Sequence[Block]]]) -> bool:
    filled = [[cell for cell in row if cell] for row in rows]
    if all(len(row) <= 1 for row in filled):
        return True
    # A page set in a table has cells of many paragraphs; in a table of data or signatures they are short.
    longest = max(len(cell) for row in filled for cell in row)
    return longest > 8 or any(block.heading for row in filled for cell in row for block in cell)


def assemble(
    blocks: Iterable[Block], file_format: str, doubts: Iterable[Diagnostic] = (), encoding: str | None = None
) -> SourceText:
    r"""Write blocks one below another, parted by a blank line; footnotes come last and are listed as furniture.

    A "\f" in a block begins a page: it is taken out and its place is told in `pages`. Raise InputError beyond 10 M
    characters.
    """
    ordered = sorted(_printed(blocks), key=lambda block: block.note)
    parts: list[str] = []
    hints: list[Hint] = []
    furniture: list[Furniture] = []
    breaks: list[int] = []
    offset = 0
    for block in ordered:
        if parts:
            parts.append("\n\n")
            offset += 2
        lead, *pieces = block.text.split("\f")
        place = offset + len(lead)
        for piece in pieces:
            breaks.append(place)
            place += len(piece)
        text = lead + "".join(pieces)
        begun = len(breaks) - len(pieces)
        for line in (0, *(match.end() for match in re.finditer("\n", text))):
            page = 1 + begun + sum(place <= offset + line for place in breaks[begun:])
            hints.append(Hint(offset + line, block.heading, block.bold, block.centred, block.indent, page))
        if block.note:
            furniture.append(Furniture(Span(offset, offset + len(text)), "footnote"))
        parts.append(text)
        offset += len(text)
        if offset > MAX_CHARS:
            raise InputError("в документе больше 10 миллионов знаков. Разделите его на части.")
    return _source("".join(parts), file_format, hints, breaks, (encoding, tuple(furniture), tuple(doubts)))


def _printed(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield blocks with text; a page that begins in an empty one begins in the next."""
    feeds = ""
    for block in blocks:
        if block.text.strip():
            yield replace(block, text=feeds + block.text) if feeds else block
            feeds = ""
        else:
            feeds += "\f" * block.text.count("\f")


def _source(
    text: str,
    file_format: str,
    hints: list[Hint],
    breaks: list[int],
    rest: tuple[str | None, tuple[Furniture, ...], tuple[Diagnostic, ...]],
) -> SourceText:
    encoding, furniture, doubts = rest
    pages = (0, *breaks) if breaks else ()
    if not pages:
        hints = [replace(hint, page=0) for hint in hints]
    return SourceText(text, file_format, encoding, True, tuple(hints), furniture, pages, doubts)

"""Plain text and Markdown: the file's own characters, with what its lines say of themselves."""

import re

from corpus.errors import InputError
from corpus.model import Diagnostic
from ingest.formats.foreign import foreign
from ingest.formats.plain.encoding import decode
from ingest.formats.registry import Format
from ingest.source import Hint, SourceText

# An ATX heading, a bold run or a link: what office Markdown writers produce and typed Russian text does not; «рек**, а
# на островах**» has two marks of footnotes.
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6} ++\S|(?<![^\s(«\"])\*\*[^\s*][^*\n]*+\*\*|^ {0,3}(?:```|~~~)|\]\((?:https?://|#|/)", re.MULTILINE
)
_MARKED_LINE = re.compile(r"^ {0,3}(#{1,6} ++\S.*+|\*\*[^*\n]++\*\*:?\\?)[ \t]*+$", re.MULTILINE)
_INDENTED_LINE = re.compile(r"^([ \t]{2,}+)\S", re.MULTILINE)
_TAB = 8
_MAX_BYTES = 48 << 20


def read_plain(data: bytes, name: str) -> SourceText:
    """Return text or Markdown as it stands; form feeds begin pages; headings, bold lines and indents become hints."""
    if len(data) > _MAX_BYTES:
        raise InputError(f"{name}: текст больше {_MAX_BYTES >> 20} МБ. Разделите его на части.")
    if reason := foreign(data):
        raise InputError(f"{name}: {reason}.")
    decoded = decode(data, name)
    text = decoded.text
    if not text.strip():
        raise InputError(f"{name}: в файле нет текста, только пробелы и пустые строки.")
    markdown = bool(_MARKDOWN.search(text))
    hints = _marked(text) if markdown else _indented(text)
    pages = (0, *(m.end() for m in re.finditer("\f", text))) if "\f" in text else ()
    doubts: tuple[Diagnostic, ...] = decoded.doubts
    return SourceText(
        text, "markdown" if markdown else "text", decoded.encoding, hints=hints, pages=pages, diagnostics=doubts
    )


def _marked(text: str) -> tuple[Hint, ...]:
    hints = []
    for match in _MARKED_LINE.finditer(text):
        line = match[1]
        level = len(line) - len(line.lstrip("#"))
        hints.append(Hint(match.start(), heading=level, bold="**" in line))
    return tuple(hints)


def _indented(text: str) -> tuple[Hint, ...]:
    hints = []
    for match in _INDENTED_LINE.finditer(text):
        indent = len(match[1].expandtabs(_TAB))
        hints.append(Hint(match.start(), indent=indent))
    return tuple(hints)


TEXT = Format(
    "text",
    "простой текст",
    ("txt",),
    read_plain,
    signature=lambda _: True,
    libraries=("charset_normalizer",),
    family="plain",
    last=True,
)
MARKDOWN = Format("markdown", "Markdown", ("md", "markdown"), read_plain, family="plain")

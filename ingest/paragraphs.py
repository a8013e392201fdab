"""Printed lines into paragraphs: how the text is wrapped is read off the whole document, then lines are joined."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from analyzers.spans import Span
from ingest.lines import Line
from ingest.markers import Marker, Style, division, numbered
from ingest.traced import Traced, join

WRAP_WIDTH = 115
"""Characters: no print of Russian acts has longer lines (A4, 12 pt); longer lines are paragraphs."""

FULL_WIDTH = 50
"""Characters: a line of a wrapped text that is shorter ends its paragraph."""

NARROWEST = 40
"""Characters: texts in narrow columns are wrapped so; in a text of shorter lines every line is a paragraph."""

_TERMINAL = re.compile(r"[.;:!?…][)»\"”*]*$|[.;:,]$")
_SENTENCE_END = re.compile(r"[.;:!?…][)»\"”*]*$")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:г|гг|ст|п|пп|ч|им|ул|д|стр|т\.\s?д|т\.\s?п|др|обл|руб|тыс|млн|в\.\s?в|№)\.$")
_PLACE_LINE = re.compile(r"(?:г|гор|пос|с)\.\s?[А-ЯЁ]")
_SIGNED = re.compile(r"^(?:за\s+[А-ЯЁ]|\(?подпис[ьи]\)?|[А-ЯЁA-Z]\.\s?(?:[А-ЯЁA-Z]\.\s?)?[А-ЯЁ])", re.IGNORECASE)
# The name of an act alone on its line, in capitals: it stands by itself whatever is printed above.
_ACT_LINE = re.compile(
    r"(?:[А-ЯЁ]+(?:ЫЙ|ИЙ|ОЕ|АЯ)\s+){0,2}(?:СОГЛАШЕНИЕ|ДОГОВОР|КОНВЕНЦИЯ|ПРОТОКОЛ|МЕМОРАНДУМ|ЗАКОН|УКАЗ|ПОСТАНОВЛЕНИЕ|ПРИКАЗ|"
    r"РАСПОРЯЖЕНИЕ|ОПРЕДЕЛЕНИЕ|РЕШЕНИЕ|ПОЛОЖЕНИЕ|ИНСТРУКЦИЯ|ПРАВИЛА|УСТАВ)\s?\*?"
)
# Words that cannot end a sentence.
_OPEN_END = frozenset({
    "и", "или", "а", "но", "либо", "в", "во", "на", "с", "со", "к", "ко", "по", "о", "об", "обо", "от", "до", "для",
    "из", "при", "за", "под", "над", "между", "через", "без", "не", "ни", "как", "что", "чем", "их", "его", "ее",
    "которые", "который", "которая", "которых", "этих", "эти", "этой", "этого", "данной", "течение", "статьи", "статья",
    "пункта", "пункт",
})  # fmt: skip


class Wrap(StrEnum):
    """How the lines of a text make paragraphs."""

    LINE = "line"
    BLOCK = "block"
    INDENT = "indent"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the repaired text with what its print says of it.

    `dash` is the place of a list dash taken off; `marker` the number or word at its start, still in the text.
    """

    content: Traced
    level: int = 0
    bold: bool = False
    centred: bool = False
    indent: int = 0
    dash: Span | None = None
    gap: int = 0
    lines: int = 1
    marks: tuple[Span, ...] = ()
    marker: Marker | None = None
    division: Marker | None = None

    @property
    def text(self) -> str:
        """Return the words, blanks collapsed."""
        return self.content.text

    @property
    def display(self) -> bool:
        """Say whether the print sets it apart: a heading, bold, centred or all in capitals."""
        return bool(self.level or self.bold or self.centred or is_capitals(self.text))

    @property
    def ended(self) -> bool:
        """Say whether it ends with a stop."""
        return ends(self.text)


def ends(text: str) -> bool:
    """Say whether a text ends with a stop (a stop of an abbreviation is none) or stands whole in brackets."""
    if text.startswith("(") and text.endswith(")"):
        return True
    return bool(_TERMINAL.search(text)) and not _ABBREVIATED.search(text)


def is_capitals(text: str) -> bool:
    """Say whether a text of three letters or more is printed in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def read_paragraphs(lines: list[Line], *, blocks: bool = False, marked: bool = False) -> list[Paragraph]:
    """Join lines into paragraphs; `blocks` tells that every block of lines is one, `marked` that it is Markdown."""
    wrap = Wrap.BLOCK if blocks else wrapping(lines)
    width = sorted(len(line.text) + line.indent for line in lines)[int(0.9 * (len(lines) - 1))] if lines else 0
    if wrap is not Wrap.LINE and not blocks:
        lines = _centred(lines, width)
    groups: list[list[Line]] = []
    for line in lines:
        goes_on = not line.gap if blocks else bool(groups) and _continues(groups[-1], line, wrap, width, marked=marked)
        if groups and goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    return _rejoined([_paragraph(group) for group in groups])


def wrapping(lines: list[Line]) -> Wrap:
    """Read off how the text is wrapped.

    Lines longer than a page is wide are paragraphs; so are lines on which the next line's first word would have fitted,
    or that mostly end with a stop. A text where lines after an indented line stand further left has indented
    paragraphs; of other wrapped texts, which must show words or many lines broken at the margin, blocks are paragraphs.
    """
    body = [line for line in lines if not line.level]
    if not body or sum(len(line.text) > WRAP_WIDTH for line in body) > 0.05 * len(body):
        return Wrap.LINE
    width = sorted(len(line.text) + line.indent for line in body)[int(0.95 * (len(body) - 1))]
    least = min(FULL_WIDTH, 0.8 * width) if width >= NARROWEST else FULL_WIDTH
    full = [(a, b) for a, b in pairwise(body) if not b.gap and len(a.text) + a.indent >= least and not a.hard]
    cut = [(a, b) for a, b in full if not _SENTENCE_END.search(a.text) and not _fits(a, b, width)]
    first = sum(0 < a.indent <= 12 and b.indent == 0 for a, b in cut)
    if first >= max(2, 0.05 * len(body)):
        return Wrap.INDENT
    broken = sum((b.text[0].islower() and not a.text.endswith(",")) or _last_word(a.text) in _OPEN_END for a, b in cut)
    proved = broken >= 2 or len(cut) >= max(2, 0.12 * len(body))
    return Wrap.BLOCK if proved and len(cut) >= 0.35 * len(full) else Wrap.LINE


def _fits(line: Line, following: Line, width: int) -> bool:
    """Say whether the next line's first word would still have fitted on this one."""
    return line.indent + len(line.text) + 1 + len(following.text.split(maxsplit=1)[0]) <= width


def _centred(lines: list[Line], width: int) -> list[Line]:
    """Mark lines printed in the middle: both margins equal, further in than a paragraph begins."""
    indents = Counter(line.indent for line in lines if 0 < line.indent <= 12)
    usual = indents.most_common(1)[0][0] if indents else 0
    return [
        replace(line, centred=True)
        if line.indent > max(usual + 1, 3) and abs(2 * line.indent + len(line.text) - width) <= 8
        else line
        for line in lines
    ]


def _continues(group: list[Line], line: Line, wrap: Wrap, width: int, *, marked: bool) -> bool:  # noqa: PLR0911  ordered rules
    """Say whether a line goes on the paragraph of the lines before it."""
    last = group[-1]
    if line.gap and not line.feed:
        return False
    if line.bullet or line.level or last.level or _ACT_LINE.fullmatch(line.text):
        return False
    if line.feed and line.gap and (wrap is Wrap.LINE or _narrow(last, width) or ends(last.text)):
        return False
    if division(line.text) and (last.text.endswith((".", ";", ":")) or not line.text.endswith((",", "и"))):
        return False
    if division(group[0].text) and len(group) == 1 and wrap is not Wrap.BLOCK and not last.bold:
        return False
    if line.bold != last.bold:
        return False
    if line.bold:
        return not ends(last.text) or last.hard
    marker = numbered(line.text)
    if marker and ends(last.text) and marker.style is not Style.LETTER_DOT:
        return False
    if _SIGNED.match(line.text) and not last.text.endswith(","):
        return _narrow(last, width) is False and not ends(last.text)
    if last.hard:
        return not re.search(r"[,;:]$", last.text) and not ends(last.text)
    if wrap is Wrap.LINE:
        return marked and not ends(last.text)
    return _wrapped(group, line, wrap, width)


def _wrapped(group: list[Line], line: Line, wrap: Wrap, width: int) -> bool:
    last = group[-1]
    lower = line.text[:1].islower()
    if line.centred and last.centred:
        return True
    if line.centred != last.centred:
        return False
    if last.text.endswith((":", ";")) and (_fits(last, line, width) or last.text.endswith(":") or _is_item(group)):
        return False
    if wrap is Wrap.INDENT:
        return line.indent == 0 and (last.indent <= 12) and (lower or not _narrow(last, width) or group[0].indent > 0)
    return (
        lower or not _narrow(last, width) or not (ends(last.text) or is_capitals(last.text) != is_capitals(line.text))
    )


def _is_item(group: list[Line]) -> bool:
    """Say whether a paragraph goes on a list: it begins in lower case or with a number."""
    return group[0].text[:1].islower() or numbered(group[0].text) is not None


def _narrow(line: Line, width: int) -> bool:
    """Say whether a line ends well before the margin, as the last line of a paragraph does."""
    return len(line.text) + line.indent < 0.7 * width


def _paragraph(group: list[Line]) -> Paragraph:
    first = group[0]
    content = join([line.content for line in group])
    dash = first.bullet
    if dash is None and (match := re.match(r"[–—−-]\s*(?=[а-яёА-ЯЁ«\"(])", content.text)):
        dash = content.cut(0, match.end()).origin()
        content = content.cut(match.end())
    return Paragraph(
        content, first.level, all(line.bold for line in group), all(line.centred for line in group),
        first.indent, dash, first.gap + (2 if first.feed else 0), len(group),
        tuple(mark for line in group for mark in line.marks), numbered(content.text), division(content.text),
    )  # fmt: skip


def _rejoined(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Join paragraphs cut by a page break: the first has no stop, the second goes on in lower case.

    Where many paragraphs lack a stop (lists printed without), only a word that cannot end a sentence proves a cut.
    """
    cuts = [i for i in range(1, len(paragraphs)) if _cut(paragraphs[i - 1], paragraphs[i])]
    lower = sum(p.text[:1].islower() for p in paragraphs)
    sloppy = len(cuts) > 4 and len(cuts) > 0.25 * lower
    joined: list[Paragraph] = []
    at = set(cuts)
    for i, paragraph in enumerate(paragraphs):
        if i in at and joined and (not sloppy or _last_word(joined[-1].text) in _OPEN_END):
            before = joined[-1]
            joined[-1] = replace(
                before, content=join([before.content, paragraph.content]), lines=before.lines + paragraph.lines,
                marks=before.marks + paragraph.marks,
            )  # fmt: skip
        else:
            joined.append(paragraph)
    return joined


def _cut(before: Paragraph, after: Paragraph) -> bool:
    """Say whether two paragraphs are one cut in two; «Кража -» is whole: «наказывается …» is the next."""
    if after.dash or after.level or after.bold or after.marker or _PLACE_LINE.match(after.text):
        return False
    if before.level or before.bold or before.division or ends(before.text):
        return False
    if re.search(r"\s[–—-]$", before.text):
        return False
    open_end = _last_word(before.text) in _OPEN_END or before.text.count('"') % 2 == 1 != before.text.startswith('"')
    if after.text[:1].isdigit():
        return open_end
    if not after.text[:1].islower():
        return False
    return len(before.text) >= 25 or open_end or before.text.endswith("-")


def _last_word(text: str) -> str:
    words = re.findall(r"\w+", text.lower())
    return words[-1] if words else ""

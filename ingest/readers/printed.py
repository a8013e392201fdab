"""Printed lines into paragraphs: by indents, leading, short last lines and numbers; over page breaks too."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.readers.blocks import Block, tidy
from ingest.readers.glyphs import PrintedLine

_MARKER = re.compile(
    r"(?:\d+(?:\.\d+)*[.)]|[а-яё]\)|[-–—•]\s|(?:Статья|Глава|Раздел|ГЛАВА|РАЗДЕЛ|СТАТЬЯ|Приложение|ПРИЛОЖЕНИЕ)\s)"
)
_TERMINAL = re.compile(r"[.;:!?…][)»”\"]*$")
_NOTE = re.compile(r"[¹²³⁴-⁹]|\*{1,3}\s?\S|\d{1,2}\s")
_INDENT, _LEADING = 0.7, 1.3
_MAX_HEADING = 250


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual in a document: type size, edges of the text, distance of baselines (points)."""

    size: float
    left: float
    right: float
    leading: float
    indent: float = -1.0  # where first lines usually begin

    @property
    def width(self) -> float:
        return max(1.0, self.right - self.left)


def paragraphs(pages: Sequence[Sequence[PrintedLine]]) -> list[Block]:
    r"""Join lines into blocks, in reading order; "\f" stands where a page begins."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    size = _usual(line.size for line in lines for _ in range(len(line.text)))
    sizes = sorted({round(line.size) for line in lines if line.size > 1.08 * size}, reverse=True)
    blocks: list[Block] = []
    group: list[PrintedLine] = []
    notes: list[Block] = []
    whole = measure = _measure(lines, size, None)
    for number, page in enumerate(pages, 1):
        body, page_notes = _without_notes(page, size)
        notes += page_notes
        measure = _measure(body, size, whole)
        if number > 1 and not body:
            group = _closed(group, measure, sizes, blocks)
            blocks.append(Block("\f"))
        for index, line in enumerate(body):
            turned = index == 0 and number > 1
            if group and _begins(group, line, measure, turned=turned):
                group = _closed(group, measure, sizes, blocks)
            if turned and not group:
                blocks.append(Block("\f"))
            group.append(line)
    _closed(group, measure, sizes, blocks)
    return blocks + notes


def _usual(values: Iterable[float]) -> float:
    return Counter(round(value, 1) for value in values).most_common(1)[0][0]


def _measure(lines: Sequence[PrintedLine], size: float, before: _Measure | None) -> _Measure:
    """Measure a page by its own lines where there are enough, else keep the measure of the page before."""
    body = [line for line in lines if abs(line.size - size) < 0.15 * size and line.columns == 1]
    if len(body) < 6:
        if before is not None:
            return before
        body = list(lines) or body
    if not body:
        return _Measure(size, 0, 500, 1.2 * size)
    lefts = sorted(line.x0 for line in body)
    rights = sorted(line.x1 for line in body)
    steps = [a.y - b.y for a, b in pairwise(body) if 0 < a.y - b.y < 2.6 * size]
    leading = _usual(steps) if steps else 1.2 * size
    left = lefts[len(lefts) // 20]
    right = rights[-1 - len(rights) // 100]
    if before is not None and abs(left - before.left) < 1.5 * size and abs(right - before.right) < 0.12 * before.width:
        left, right = before.left, max(right, before.right)
    inner = Counter(round(x) for x in lefts if x > left + _INDENT * size).most_common(1)
    indent = float(inner[0][0]) if inner and inner[0][1] >= 3 else -1.0
    return _Measure(size, left, right, leading, indent if indent > 0 or before is None else before.indent)


def _without_notes(page: Sequence[PrintedLine], size: float) -> tuple[list[PrintedLine], list[Block]]:
    """Set footnotes apart: the small lines at a page's foot, from the first that begins with a mark."""
    lines = list(page)
    start = len(lines)
    while start and lines[start - 1].size < 0.9 * size:
        start -= 1
    marks = [i for i in range(start, len(lines)) if _NOTE.match(lines[i].text)]
    if not marks or start == 0:
        return lines, []
    notes: list[list[str]] = []
    for i in range(marks[0], len(lines)):
        if i in marks:
            notes.append([])
        notes[-1].append(lines[i].text)
    return lines[: marks[0]], [Block(tidy(_flowed(note)), note=True) for note in notes]


def _begins(group: Sequence[PrintedLine], line: PrintedLine, measure: _Measure, *, turned: bool) -> bool:
    """Say whether a line begins a paragraph."""
    last = group[-1]
    unlike = (last.columns > 1) != (line.columns > 1) or abs(last.size - line.size) > 0.12 * max(last.size, line.size)
    if unlike or (not turned and _is_gap(last.y - line.y, group, line, measure)):
        return True
    if line.columns > 1:
        return False
    centred = _centred(last, measure), _centred(line, measure)
    if all(centred):
        return turned or last.bold != line.bold
    column = _column(group, line, measure)
    if any(centred):
        return not _title_goes_on(last, line, measure)
    if last.bold != line.bold and (_MARKER.match(line.text) or line.x0 - column.left > _INDENT * line.size):
        return True
    return _begins_by_shape(group, line, column)


def _title_goes_on(last: PrintedLine, line: PrintedLine, measure: _Measure) -> bool:
    """Say whether a centred line and one that fills the width belong to one title."""
    if last.bold != line.bold or _TERMINAL.search(last.text) or _MARKER.match(line.text):
        return False
    filled = line if _centred(last, measure) else last
    if filled.x0 - measure.left > line.size or measure.right - filled.x1 > 4 * line.size:
        return False
    return (
        line.bold or (last.text.isupper() and line.text.isupper()) or last.text.endswith(",") or line.text[:1].islower()
    )


def _is_gap(step: float, group: Sequence[PrintedLine], line: PrintedLine, measure: _Measure) -> bool:
    """Say whether the distance to the line above is wider than between lines of a paragraph."""
    usual = min([a.y - b.y for a, b in pairwise(group) if a.y > b.y] or [measure.leading])
    return step > _LEADING * max(measure.leading, usual) and step > 1.25 * line.size


def _column(group: Sequence[PrintedLine], line: PrintedLine, measure: _Measure) -> _Measure:
    """Narrow the measure to the column the lines stand in, where the text runs in columns."""
    middle = (measure.left + measure.right) / 2
    x0, x1 = min(g.x0 for g in (*group, line)), max(g.x1 for g in (*group, line))
    if x1 < middle + 0.1 * measure.width and len(group) > 1:
        return replace(measure, right=x1)
    return replace(measure, left=x0) if x0 > middle - 0.1 * measure.width else measure


def _begins_by_shape(group: Sequence[PrintedLine], line: PrintedLine, column: _Measure) -> bool:
    last = group[-1]
    step = _INDENT * line.size
    if len(group) > 1 and last.x0 - line.x0 > step:
        return True  # back from the lines of a hanging item
    if _has_room(last, line, column):
        return True  # its first word would have stood on the line above, had it belonged there
    if line.x0 - last.x0 > step:
        # The second line of a hanging item is indented too.
        return not (len(group) == 1 and _MARKER.match(last.text) and not _TERMINAL.search(last.text))
    if len(group) == 1 and abs(line.x0 - last.x0) <= step and last.x0 - column.left > step:
        return True  # two first lines in a row: a paragraph of one line
    if column.indent < 0 and last.text.endswith(";") and line.text[:1].islower():
        return True  # in print without first-line indents only the semicolon parts the items of a list
    return bool(_MARKER.match(line.text) and _TERMINAL.search(last.text))


def _has_room(last: PrintedLine, line: PrintedLine, column: _Measure) -> bool:
    """Say whether the first word of a line would have fitted on the line above."""
    if re.search(r"\w[-‐]$", last.text) or line.text[:1] in ",.;:)»":
        return False
    if not re.search(r"[.,;:!?…)»”\"]$", last.text) and line.text[:1].islower():
        return False  # ragged lines break early at links and changes of type
    word = re.split(r"[ \t]", line.text, maxsplit=1)[0]
    wide = (line.x1 - line.x0) / max(1, len(line.text)) * (len(word) + 1)
    return last.x1 + wide + 0.6 * line.size < column.right


def _centred(line: PrintedLine, measure: _Measure) -> bool:
    before, after = line.x0 - measure.left, measure.right - line.x1
    if abs(line.x0 - measure.indent) < 2 or min(before, after) < 1.5 * line.size:
        return False
    return abs(before - after) < max(0.02 * measure.width, 0.7 * line.size)


def _closed(
    group: Sequence[PrintedLine], measure: _Measure, sizes: Sequence[int], blocks: list[Block]
) -> list[PrintedLine]:
    """Write a group of lines as a block; return the empty group to begin with."""
    if group:
        centred = all(_centred(line, measure) for line in group)
        table = group[0].columns > 1
        texts: list[str] = []
        for before, line in zip([None, *group[:-1]], group, strict=True):
            texts.append(("\f" if before is not None and line.page != before.page else "") + line.text)
        text = (
            "\n".join(texts)
            if centred or table or group[0].x0 > measure.left + 0.45 * measure.width
            else _flowed(texts)
        )
        bold = all(line.bold for line in group)
        indent = max(0, round((group[0].x0 - measure.left) / (0.5 * measure.size)))
        blocks.append(Block(tidy(text), _level(group, sizes, text, centred=centred), bold, centred, indent))
    return []


def _flowed(lines: Sequence[str]) -> str:
    """Join lines with a blank; a hyphen at a line's end keeps its line break for repair to judge."""
    text = ""
    for line in lines:
        text += ("\n" if re.search(r"\w[-‐]$", text) else " " if text else "") + line
    return text


def _level(group: Sequence[PrintedLine], sizes: Sequence[int], text: str, *, centred: bool) -> int:
    """Guess a heading's level: larger type first, then bold centred, then bold."""
    if len(text) > _MAX_HEADING or group[0].columns > 1:
        return 0
    place = round(median(line.size for line in group))
    if place in sizes:
        return min(3, sizes.index(place) + 1)
    bold = all(line.bold for line in group)
    return (4 if centred else 5) if bold and not _TERMINAL.search(text) else 0

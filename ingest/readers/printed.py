"""Printed lines into paragraphs: by indents, leading, short last lines and numbers; over page breaks too."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median

from ingest.readers.blocks import Block, superscript, tidy
from ingest.readers.glyphs import PrintedLine

_MARKER = re.compile(
    r"(?:\d{1,3}(?:\.\d+)*[.)]|[а-яё]\)|[-–—•]\s|"
    r"(?:Статья|Глава|Раздел|ГЛАВА|РАЗДЕЛ|СТАТЬЯ)\s+[\dIVXLC]+[-.\d]*(?:$|\s+[^(\sа-яё])|(?:Приложение|ПРИЛОЖЕНИЕ)\s)"
)
# The dot of an abbreviation before a number ends no sentence: «2018, № 24, ст. ⏎ 3407)».
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:ст|стр|п|пп|ч|гл|с|т|г|гг|см|рис|табл)\.$")
_TERMINAL = re.compile(r"[.;:!?…][)»”\"]*$")
_NOTE = re.compile(r"([¹²³⁴-⁹][⁰¹²³⁴-⁹]?|\*{1,3}|\d{1,2}(?=[\sА-ЯЁA-Z«]))\s*(?=\S)")
_COMPOUND = re.compile(r"\d[-‐–/]$")
_INDENT = 0.7
_LOOSE, _TIGHT = 1.3, 1.14  # leadings between paragraphs: where steps vary (recognised scans), where they are even
_MAX_HEADING = 250


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual in a document: type size, edges of the text, distance of baselines (points)."""

    size: float
    left: float
    right: float
    leading: float
    indent: float = -1.0  # where first lines usually begin
    gap: float = _LOOSE  # leadings that part paragraphs

    @property
    def width(self) -> float:
        return max(1.0, self.right - self.left)


def paragraphs(pages: Sequence[Sequence[PrintedLine]]) -> list[Block]:
    r"""Join lines into blocks, in reading order; "\f" stands where a page begins."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    size = _usual(line.size for line in lines for _ in range(len(line.text)))
    whole = {
        column: _measure([line for line in lines if not column or line.column == column], size, None)
        for column in {0, *(line.column for line in lines)}
    }
    setter = _Setter(sorted({round(line.size) for line in lines if line.size > 1.08 * size}, reverse=True), whole[0])
    notes: list[Block] = []
    for number, page in enumerate(pages):
        fed = number > 0
        for column, stretch in groupby(page, key=lambda line: line.column):
            body, found = _without_notes(list(stretch), size, first=fed or not number)
            notes += found
            if body:
                setter.turn(_measure(body, size, whole[column]))
                setter.add(body, fed=fed)
                fed = False
        if fed:
            setter.close()
            setter.blocks.append(Block("\f"))
    setter.close()
    return setter.blocks + notes


@dataclass(slots=True)
class _Setter:
    """Gathers lines into blocks; `group` are the lines of the block that is open."""

    sizes: list[int]
    measure: _Measure
    group: list[PrintedLine] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def turn(self, measure: _Measure) -> None:
        """Go on in the next column or page: the open lines are moved there, to be compared with what follows."""
        moved = measure.left - self.measure.left
        self.group = [replace(line, x0=line.x0 + moved, x1=line.x1 + moved) for line in self.group]
        self.measure = measure

    def add(self, lines: Sequence[PrintedLine], *, fed: bool) -> None:
        """Take the lines of a column; `fed` tells that a page begins with them."""
        for index, line in enumerate(lines):
            turned = index == 0 and bool(self.group) and (fed or line.y > self.group[-1].y)
            if self.group and _begins(self.group, line, self.measure, turned=turned):
                self.close()
            if fed and index == 0 and not self.group:
                self.blocks.append(Block("\f"))
            self.group.append(line)

    def close(self) -> None:
        """Write the open lines as a block."""
        if self.group:
            self.blocks.append(_block(self.group, self.measure, self.sizes))
            self.group = []


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
    leading, even = _leading(steps) if steps else (1.2 * size, False)
    left = lefts[len(lefts) // 20]
    right = rights[-1 - len(rights) // 100]
    if before is not None and abs(left - before.left) < 1.5 * size and abs(right - before.right) < 0.12 * before.width:
        left, right = before.left, max(right, before.right)
    inner = Counter(round(x) for x in lefts if x > left + _INDENT * size).most_common(1)
    indent = float(inner[0][0]) if inner and inner[0][1] >= 3 else -1.0
    indent = indent if indent > 0 or before is None else before.indent
    return _Measure(size, left, right, leading, indent, _TIGHT if even else _LOOSE)


def _leading(steps: Sequence[float]) -> tuple[float, bool]:
    """Return the least usual distance of baselines, and whether the print keeps to a few distances."""
    counts = Counter(round(step, 1) for step in steps).most_common(4)
    usual = [step for step, count in counts if count >= 0.12 * len(steps)]
    return min(usual or [counts[0][0]]), sum(count for _, count in counts) >= max(4, 0.6 * len(steps))


def _without_notes(lines: list[PrintedLine], size: float, *, first: bool) -> tuple[list[PrintedLine], list[Block]]:
    """Set footnotes apart: the small lines at a column's foot, from the first that begins with a mark."""
    start = len(lines)
    while start and lines[start - 1].size < 0.9 * size:
        start -= 1
    marks = [i for i in range(start, len(lines)) if _NOTE.match(lines[i].text)]
    if not marks or (start == 0 and first):
        return lines, []
    notes: list[list[str]] = []
    for i in range(marks[0], len(lines)):
        if i in marks:
            notes.append([])
        notes[-1].append(_NOTE.sub(r"\1 ", lines[i].text, count=1) if i in marks else lines[i].text)
    body = _without_marks(lines[: marks[0]], [note[0] for note in notes])
    return body, [Block(tidy(_flowed(note)), note=True) for note in notes]


def _without_marks(lines: list[PrintedLine], notes: Sequence[str]) -> list[PrintedLine]:
    """Take the marks of a page's footnotes out of its text; a raised digit behind a digit is part of a number."""
    for note in notes:
        match = re.match(r"\d{1,2}|[¹²³⁴-⁹⁰]{1,2}", note)
        if match is None:
            continue
        mark = re.compile(rf"(?<=[^\d\s⁰¹²³⁴-⁹]){superscript(match[0])}(?![⁰¹²³⁴-⁹])")
        place = next((i for i, line in enumerate(lines) if mark.search(line.text)), None)
        if place is not None:
            lines[place] = replace(lines[place], text=mark.sub("", lines[place].text, count=1))
    return lines


def _begins(group: Sequence[PrintedLine], line: PrintedLine, measure: _Measure, *, turned: bool) -> bool:
    """Say whether a line begins a paragraph."""
    last = group[-1]
    unlike = (last.columns > 1) != (line.columns > 1) or abs(last.size - line.size) > 0.12 * max(last.size, line.size)
    # Without indents a sentence that ends a page most often ends its paragraph.
    ended = turned and measure.indent < 0 and _TERMINAL.search(last.text) and line.text[:1].isupper()
    if unlike or ended or (not turned and _is_gap(last.y - line.y, group, line, measure)):
        return True
    if line.columns > 1:
        return False
    centred = _centred(last, measure), _centred(line, measure)
    if all(centred):
        return turned or last.bold != line.bold
    column = _column(group, line, measure)
    if any(centred) or (line.bold and all(_balanced(g, measure) for g in (*group, line))):
        return turned or not _title_goes_on(last, line, measure)
    if last.bold != line.bold and (_MARKER.match(line.text) or not _flush(last if last.bold else line, column)):
        return True
    return _begins_by_shape(group, line, column)


def _flush(line: PrintedLine, column: _Measure) -> bool:
    """Say whether a line begins at the edge, as one in the middle of a paragraph does."""
    return abs(line.x0 - column.left) < 0.1 * line.size


def _title_goes_on(last: PrintedLine, line: PrintedLine, measure: _Measure) -> bool:
    """Say whether a centred line and one that fills the width belong to one title."""
    if last.bold != line.bold or _TERMINAL.search(last.text) or _MARKER.match(line.text):
        return False
    if not (_balanced(last, measure) and _balanced(line, measure)):
        return False
    return (
        line.bold or (last.text.isupper() and line.text.isupper()) or last.text.endswith(",") or line.text[:1].islower()
    )


def _is_gap(step: float, group: Sequence[PrintedLine], line: PrintedLine, measure: _Measure) -> bool:
    """Say whether the distance to the line above is wider than between lines of a paragraph."""
    usual = min([a.y - b.y for a, b in pairwise(group) if a.y > b.y] or [measure.leading])
    return step > measure.gap * max(measure.leading, usual) and step > 1.1 * line.size


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
    return bool(_MARKER.match(line.text) and _TERMINAL.search(last.text)) and not _ABBREVIATED.search(last.text)


def _has_room(last: PrintedLine, line: PrintedLine, column: _Measure) -> bool:
    """Say whether the first word of a line would have fitted on the line above."""
    if re.search(r"\w[-‐]$", last.text) or line.text[:1] in ",.;:)»":
        return False
    word = re.split(r"[ \t]", line.text, maxsplit=1)[0]
    wide = (line.x1 - line.x0) / max(1, len(line.text)) * (len(word) + 1)
    room = column.right - last.x1 - wide - 0.6 * line.size
    if not re.search(r"[.,;:!?…)»”\"]$", last.text) and line.text[:1].islower():
        return room > 0.25 * column.width  # ragged lines break early at links and changes of type
    return room > 0


def _centred(line: PrintedLine, measure: _Measure) -> bool:
    """Say whether a line stands in the middle, clear of both edges."""
    clear = min(line.x0 - measure.left, measure.right - line.x1) >= 1.5 * line.size
    return clear and abs(line.x0 - measure.indent) >= 2 and _balanced(line, measure)


def _balanced(line: PrintedLine, measure: _Measure) -> bool:
    """Say whether a line's margins are alike, as those of a centred line and of one that fills the width are."""
    before, after = line.x0 - measure.left, measure.right - line.x1
    return abs(before - after) < max(0.02 * measure.width, 0.7 * line.size)


def _block(group: Sequence[PrintedLine], measure: _Measure, sizes: Sequence[int]) -> Block:
    """Write a group of lines as a block."""
    centred = all(_centred(line, measure) for line in group)
    table = group[0].columns > 1
    texts: list[str] = []
    for before, line in zip([None, *group[:-1]], group, strict=True):
        texts.append(("\f" if before is not None and line.page != before.page else "") + line.text)
    apart = centred or table or group[0].x0 > measure.left + 0.45 * measure.width
    text = "\n".join(texts) if apart else _flowed(texts)
    bold = all(line.bold for line in group)
    indent = max(0, round((group[0].x0 - measure.left) / (0.5 * measure.size)))
    return Block(tidy(text), _level(group, sizes, text), bold, centred, indent)


def _flowed(lines: Sequence[str]) -> str:
    """Join lines with a blank; a hyphen at a line's end keeps its line break for repair to judge, but in a number."""
    text = ""
    for line in lines:
        if _COMPOUND.search(text) and line[:1].isdigit():
            text += line
        else:
            text += ("\n" if re.search(r"\w[-‐]$", text) else " " if text else "") + line
    return text


def _level(group: Sequence[PrintedLine], sizes: Sequence[int], text: str) -> int:
    """Guess a heading's level by larger type; bold and centred type says so by itself."""
    if len(text) > _MAX_HEADING or group[0].columns > 1:
        return 0
    place = round(median(line.size for line in group))
    return min(3, sizes.index(place) + 1) if place in sizes else 0

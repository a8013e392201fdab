"""Printed lines into paragraphs: by indents, leading, short last lines and numbers; over page breaks too."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice, pairwise
from statistics import median

from corpus.lexicon.acts import ACT_LINE
from ingest.formats.blocks import Block, tidy
from ingest.formats.pdf.glyphs import PrintedLine
from ingest.formats.pdf.measure import INDENT, Measure, balanced, centred, measure_of, reaches, usual
from ingest.layout.footnotes import begins_note, references, without_reference

_MARKER = re.compile(
    r"(?:\d{1,3}[.)]|[а-яё]\)|[-–—•]\s|"
    r"(?:Статья|Глава|Раздел|ГЛАВА|РАЗДЕЛ|СТАТЬЯ)\s++[\dIVXLC]++[-.\d]*+(?:$|\s++[^(\sа-яё])|(?:Приложение|ПРИЛОЖЕНИЕ)\s)"
)
_DIVISION = re.compile(r"(?:Статья|Глава|Раздел|ГЛАВА|РАЗДЕЛ|СТАТЬЯ)\s++[\dIVXLC]++[-.\d]*+")
# The dot of an abbreviation before a number ends no sentence: «2018, № 24, ст. ⏎ 3407)».
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:ст|стр|п|пп|ч|гл|с|т|г|гг|см|рис|табл)\.$")
_TERMINAL = re.compile(r"[.;:!?…][)»”\"]*+$")
_COMPOUND = re.compile(r"\d[-‐–/]$")
_MAX_HEADING = 250


def paragraphs(pages: Sequence[Sequence[PrintedLine]]) -> list[Block]:
    r"""Join lines into blocks, in reading order; "\f" stands where a page begins."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    size = usual(line.size for line in lines for _ in range(len(line.text)))
    whole = {
        column: measure_of([line for line in lines if not column or line.column == column], size, None)
        for column in {0, *(line.column for line in lines)}
    }
    setter = _Setter(sorted({round(line.size) for line in lines if line.size > 1.08 * size}, reverse=True), whole[0])
    notes: list[Block] = []
    for number, page in enumerate(pages):
        fed = number > 0
        page_notes: list[Block] = []
        bodies: list[list[PrintedLine]] = []
        referred = _referred(page)
        for _, stretch in groupby(page, key=lambda line: line.column):
            body, found = _without_notes(list(stretch), size, referred, first=not bodies)
            page_notes += found
            bodies += [body] if body else []
        _take_marks(bodies, page_notes)
        notes += page_notes
        for body in bodies:
            setter.turn(measure_of(body, size, whole[body[0].column]))
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
    measure: Measure
    group: list[PrintedLine] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def turn(self, measure: Measure) -> None:
        """Go on in the next column or page: the open lines are moved there, to be compared with what follows.

        Each end keeps its distance from its edge: a line that ended short of a wide column still does.
        """
        left, right = measure.left - self.measure.left, measure.right - self.measure.right
        self.group = [replace(line, x0=line.x0 + left, x1=line.x1 + right) for line in self.group]
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


def _referred(page: Sequence[PrintedLine]) -> set[str]:
    return {mark for line in page for mark in references(line.text)}


def _without_notes(
    lines: list[PrintedLine], size: float, referred: Collection[str], *, first: bool
) -> tuple[list[PrintedLine], list[Block]]:
    """Set footnotes apart: the small lines at a column's foot, from the first that begins with a mark."""
    start = len(lines)
    while start and lines[start - 1].size < 0.9 * size:
        start -= 1
    marks = {i: match for i in range(start, len(lines)) if (match := begins_note(lines[i].text, referred))}
    if not marks or (start == 0 and first):
        return lines, []
    notes: list[list[str]] = []
    for i in range(min(marks), len(lines)):
        if match := marks.get(i):
            notes.append([match[0].replace(" ", "") + " " + lines[i].text[match.end() :]])
        else:
            notes[-1].append(lines[i].text)
    return lines[: min(marks)], [Block(tidy(_flowed(note)), note=True) for note in notes]


def _take_marks(bodies: Sequence[list[PrintedLine]], notes: Sequence[Block]) -> None:
    """Take the marks of a page's footnotes out of its text; a raised digit behind a digit is part of a number."""
    for note in notes:
        marked = (
            (body, i, text)
            for body in bodies
            for i in range(len(body))
            if (text := without_reference(body[i].text, note.text))
        )
        for body, place, text in islice(marked, 1):
            body[place] = replace(body[place], text=text)


def _begins(group: Sequence[PrintedLine], line: PrintedLine, measure: Measure, *, turned: bool) -> bool:
    """Say whether a line begins a paragraph."""
    last = group[-1]
    unlike = (last.columns > 1) != (line.columns > 1) or abs(last.size - line.size) > 0.12 * max(last.size, line.size)
    if (
        unlike
        or (turned and _ends_page(last, line, measure))
        or (not turned and _is_gap(last.y - line.y, group, line, measure))
    ):
        return True
    if line.columns > 1:
        return False
    in_middle = centred(last, measure), centred(line, measure)
    if all(in_middle):
        return turned or last.bold != line.bold
    column = _column(group, line, measure)
    if any(in_middle) or (line.bold and all(balanced(g, measure) for g in (*group, line))):
        return turned or not _title_goes_on(last, line, measure)
    if last.bold != line.bold and (_MARKER.match(line.text) or not _flush(last if last.bold else line, column)):
        return True
    return (turned and _stops_short(group, column)) or _begins_by_shape(group, line, column)


def _ends_page(last: PrintedLine, line: PrintedLine, measure: Measure) -> bool:
    """Say whether a sentence that ends a page ends its paragraph: without indents, and before other type, it does."""
    parted = measure.indent < 0 or last.bold != line.bold
    return parted and bool(_TERMINAL.search(last.text)) and line.text[:1].isupper()


def _stops_short(group: Sequence[PrintedLine], column: Measure) -> bool:
    """Say whether a justified paragraph ended with its last line: all above it reach the edge, this one does not.

    A line of one word cannot be stretched, and tells nothing.
    """
    *above, last = group
    stretched = column.justified and " " in last.text and all(reaches(line, column) for line in above)
    return stretched and column.right - last.x1 > 0.5 * last.size


def _flush(line: PrintedLine, column: Measure) -> bool:
    """Say whether a line begins at the edge, as one in the middle of a paragraph does."""
    return abs(line.x0 - column.left) < 0.1 * line.size


def _title_goes_on(last: PrintedLine, line: PrintedLine, measure: Measure) -> bool:
    """Say whether a centred line and one that fills the width belong to one title."""
    if last.bold != line.bold or _TERMINAL.search(last.text) or _MARKER.match(line.text):
        return False
    if not (balanced(last, measure) and balanced(line, measure)):
        return False
    return (
        line.bold or (last.text.isupper() and line.text.isupper()) or last.text.endswith(",") or line.text[:1].islower()
    )


def _is_gap(step: float, group: Sequence[PrintedLine], line: PrintedLine, measure: Measure) -> bool:
    """Say whether the distance to the line above is wider than between lines of a paragraph."""
    usual = min([a.y - b.y for a, b in pairwise(group) if a.y > b.y] or [measure.leading])
    return step > measure.gap * max(measure.leading, usual) and step > 1.1 * line.size


def _column(group: Sequence[PrintedLine], line: PrintedLine, measure: Measure) -> Measure:
    """Narrow the measure to the column the lines stand in, where the text runs in columns."""
    middle = (measure.left + measure.right) / 2
    x0, x1 = min(g.x0 for g in (*group, line)), max(g.x1 for g in (*group, line))
    if x1 < middle + 0.1 * measure.width and len(group) > 1:
        return replace(measure, right=x1)
    return replace(measure, left=x0) if x0 > middle - 0.1 * measure.width else measure


def _begins_by_shape(group: Sequence[PrintedLine], line: PrintedLine, column: Measure) -> bool:
    last = group[-1]
    step = INDENT * line.size
    if _stands_alone(line.text.strip()) or (len(group) > 1 and last.x0 - line.x0 > step):
        return True  # a heading, or back from the lines of a hanging item
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


def _stands_alone(text: str) -> bool:
    """Say whether a line heads what follows, however full the line above seems: «Статья 4», «ПРОТОКОЛ»."""
    return bool(_DIVISION.fullmatch(text) or ACT_LINE.fullmatch(text))


def _has_room(last: PrintedLine, line: PrintedLine, column: Measure) -> bool:
    """Say whether the first word of a line would have fitted on the line above."""
    if re.search(r"\w[-‐]$", last.text) or line.text[:1] in ",.;:)»":
        return False
    word = re.split(r"[ \t]", line.text, maxsplit=1)[0]
    wide = (line.x1 - line.x0) / max(1, len(line.text)) * (len(word) + 1)
    room = column.right - last.x1 - wide - 0.6 * line.size
    if not re.search(r"[.,;:!?…)»”\"]$", last.text) and line.text[:1].islower():
        return room > 0.25 * column.width  # ragged lines break early at links and changes of type
    return room > 0


def _block(group: Sequence[PrintedLine], measure: Measure, sizes: Sequence[int]) -> Block:
    """Write a group of lines as a block."""
    in_middle = all(centred(line, measure) for line in group)
    table = group[0].columns > 1
    texts: list[str] = []
    for before, line in zip([None, *group[:-1]], group, strict=True):
        texts.append(("\f" if before is not None and line.page != before.page else "") + line.text)
    apart = in_middle or table or group[0].x0 > measure.left + 0.45 * measure.width
    text = "\n".join(texts) if apart else _flowed(texts)
    bold = all(line.bold for line in group)
    indent = max(0, round((group[0].x0 - measure.left) / (0.5 * measure.size)))
    return Block(tidy(text), _level(group, sizes, text), bold, in_middle, indent)


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

"""Printed lines into paragraphs: how the text is wrapped is read off the whole document, then lines are joined."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from analyzers.spans import Span
from corpus.lexicon.acts import ACT_LINE
from ingest.acts.markers import Marker, Style, division, numbered
from ingest.layout.edges import FORMULA, REMARK, SIGNED, SIGNERS, names_act, remarked
from ingest.layout.lines import Line
from ingest.layout.series import counted
from ingest.layout.traced import Traced, join
from ingest.layout.wrapping import Margin, Wrap, is_open, margin_of, wrapping

_TERMINAL = re.compile(r"[.;:!?…][)»\"”*]*+$|[.;:,]$")
_SENTENCE_END = re.compile(r"[.;:!?…][)»\"”*]*+$")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:г|гг|ст|п|пп|ч|им|ул|д|стр|т\.\s?д|т\.\s?п|др|обл|руб|тыс|млн|в\.\s?в|№)\.$")
_PLACE_LINE = re.compile(r"(?:г|гор|пос|с)\.\s?[А-ЯЁ]")
_HALF_SIGNED = re.compile(r"За\s[А-ЯЁ][а-яё]+")
"""«За Правительство ⏎ Республики Альбия»."""
_PARTY = re.compile(
    r"(?:[А-ЯЁ][а-яё]{1,64}(?:ая|ое)\s)?(?:Правительство|Республика|Королевство|Федерация|Княжество)\s|Стороны[\s,]"
)
"""A party in the nominative: «Горная Республика и …» begins a preamble, no title goes on with it."""
_PLACE_AND_DAY = re.compile(
    r"(?:\((?:г\.\s?)?[А-ЯЁ][^()]{2,60}\d{4}[^()]{0,12}\)|\[(?:г\.\s?)?[А-ЯЁ][^][]{2,60}\d{4}[^][]{0,12}\])"
)
"""«(Велинск, 3 мая 2001 г.)» under a title."""
_DAY_LINE = re.compile(
    r"(?:(?:г\.\s?|город\s)?[А-ЯЁ][а-яё-]{2,30},?\s)?[«\"]?\d{1,2}[»\"]?(?:\s[а-я]{3,8}\s|\.\d{2}\.)\d{4}(?:\s?(?:года|г\.))?"
)
"""«Велинск, 3 мая 2001 года» or the day alone under a title."""
_PLACE_ALONE = re.compile(
    r"(?:[Гг](?:ор)?\.\s?|[Гг]ород\s)[А-ЯЁ][а-яё-]{2,30}(?:[ -][А-ЯЁ][а-яё-]{2,30})?(?:,?\s" + _DAY_LINE.pattern + r")?"
)
"""«г. Велинск» in a line of its own, or with the day at the line's other end."""
_NUMBER_OF_ACT = re.compile(r"(?:№\s?)?\d{1,4}\.\s(?=[А-ЯЁ\s]{6,40}\Z|[А-ЯЁ]{6,20}\s(?:между|об?)\s)")
"""«125. СОГЛАШЕНИЕ»: collections number their acts."""
_LABEL = re.compile(r"(?:Приложение|ПРИЛОЖЕНИЕ)\b|к\s[А-ЯЁ]")
"""The label of an annex: its name stands under it."""
_PLACE_AND_DAY_LAST = re.compile(r"\s(?P<day>" + _PLACE_AND_DAY.pattern + r")\Z")


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
    letters = sum(map(str.isalpha, text))
    return letters >= 3 and sum(map(str.isupper, text)) >= 0.9 * letters


def read_paragraphs(lines: list[Line], *, blocks: bool = False, marked: bool = False) -> list[Paragraph]:
    """Join lines into paragraphs; `blocks` tells that every block of lines is one, `marked` that it is Markdown."""
    wrap = Wrap.BLOCK if blocks else wrapping(lines)
    margin = margin_of(lines)
    if wrap is not Wrap.LINE and not blocks:
        lines = _centred(lines, margin.width)
    groups: list[list[Line]] = []
    labelled = {} if blocks else counted([line.text for line in lines], lines=True)
    for i, line in enumerate(lines):
        goes_on = not line.gap if blocks else bool(groups) and _continues(groups, line, wrap, margin, marked=marked)
        goes_on &= i not in labelled
        if groups and goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    return _rejoined([paragraph for group in groups for paragraph in _parted(_paragraph(group))])


def _parted(paragraph: Paragraph) -> list[Paragraph]:
    """Part a title from the place and day printed behind it: «СОГЛАШЕНИЕ о лодках (Велинск, 3 мая 2001 г.)»."""
    content = paragraph.content
    if (number := _NUMBER_OF_ACT.match(paragraph.text)) and _is_numbered_title(paragraph.text[number.end() :]):
        marks = (*paragraph.marks, *content.cut(0, number.end()).origins())
        return [replace(paragraph, content=content.cut(number.end()), marker=None, marks=marks)]
    match = _PLACE_AND_DAY_LAST.search(paragraph.text) if paragraph.text.endswith((")", "]")) else None
    if match is None or paragraph.marker or not _is_titled(paragraph.text, match["day"][1:-1]):
        return [paragraph]
    below = replace(paragraph, content=content.cut(match.start("day")), level=0, dash=None, marks=(), gap=0)
    return [replace(paragraph, content=content.cut(0, match.start()).strip()), below]


def _is_numbered_title(rest: str) -> bool:
    return bool(ACT_LINE.fullmatch(rest) or (ACT_LINE.match(rest) and not ends(rest)))


def _is_titled(text: str, inside: str) -> bool:
    """Say whether a text with something in brackets behind it is a title with its place and day."""
    return bool(ACT_LINE.match(text) or (names_act(text) and _DAY_LINE.fullmatch(inside)))


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


def _continues(groups: list[list[Line]], line: Line, wrap: Wrap, margin: Margin, *, marked: bool) -> bool:  # noqa: PLR0911  ordered rules
    """Say whether a line goes on the paragraph of the lines before it."""
    group = groups[-1]
    last = group[-1]
    if _stands_apart(groups, line, wrap):
        return False
    if line.feed and line.gap:
        return wrap is not Wrap.LINE and not _SENTENCE_END.search(last.text) and not _is_short(last, line, margin)
    if line.bold:
        return not ends(last.text) or last.hard
    if ends(last.text) and FORMULA.match(line.text):
        return False
    marker = numbered(line.text)
    if marker and ends(last.text) and marker.style is not Style.LETTER_DOT:
        return False
    if SIGNED.match(line.text) and not last.text.endswith(","):
        return not margin.has_room(last, line) and not ends(last.text)
    if last.hard:
        return not re.search(r"[,;:]$", last.text) and not ends(last.text)
    if wrap is Wrap.LINE:
        return marked and not ends(last.text)
    return _wrapped(groups, line, wrap, margin)


def _begins_anew(groups: list[list[Line]], line: Line) -> bool:
    """Say whether a line begins an act: its name alone or under signatures (no long post goes on); or its preamble."""
    if ACT_LINE.fullmatch(line.text):
        return True
    if names_act(line.text):
        last = [line for group in groups[-SIGNERS:] for line in group[-SIGNERS:]][-SIGNERS:]
        return any(SIGNED.match(line.text) for line in last)
    return bool(_PARTY.match(line.text)) and names_act(groups[-1][0].text)


def _stands_apart(groups: list[list[Line]], line: Line, wrap: Wrap) -> bool:
    """Say whether print alone parts a line from those before it."""
    group = groups[-1]
    last = group[-1]
    if (line.gap and not line.feed) or line.level or last.level or line.bold != last.bold:
        return True
    if line.bullet and not _is_dash_inside(last, line, wrap):
        return True
    if _is_line_of_its_own(group, line) or _begins_anew(groups, line):
        return True
    if division(line.text) and (last.text.endswith((".", ";", ":")) or not line.text.endswith((",", "и"))):
        return True
    found = division(group[0].text) if len(group) == 1 else None
    return found is not None and (found.end == len(last.text) or wrap is not Wrap.BLOCK) and not last.bold


def _is_line_of_its_own(group: list[Line], line: Line) -> bool:
    return _tells_day(group, line) or _is_remark(group, line)


def _is_remark(group: list[Line], line: Line) -> bool:
    """Say whether a publisher's remark in brackets ends before a line, or begins with it behind a finished sentence."""
    if ends(group[-1].text) and REMARK.match(line.text):
        return True
    text = " ".join(before.text for before in group) if group[0].text.startswith("(") else ""
    return bool(text) and remarked(text) == len(text)


def _tells_day(group: list[Line], line: Line) -> bool:
    """Say whether a line, or the last one, tells place and day in brackets; or under a title, without them."""
    bracketed = _PLACE_AND_DAY.fullmatch(line.text) or _PLACE_AND_DAY.fullmatch(group[-1].text)
    if bracketed or _PLACE_ALONE.fullmatch(group[-1].text):
        return True
    if _PLACE_ALONE.fullmatch(line.text):
        return not (is_open(group[-1].text) or group[-1].text.endswith(","))
    return bool(_is_title(group) and _DAY_LINE.fullmatch(line.text))


def _is_dash_inside(last: Line, line: Line, wrap: Wrap) -> bool:
    """Say whether a dash at a line's start is of the sentence above: «(далее именуемое ⏎ – Бюро)»."""
    opened = last.text.count("(") > last.text.count(")")
    return wrap is not Wrap.LINE and line.text[:1].isupper() and opened


def _wrapped(groups: list[list[Line]], line: Line, wrap: Wrap, margin: Margin) -> bool:  # noqa: PLR0911  ordered rules
    group = groups[-1]
    last = group[-1]
    lower = line.text[:1].islower()
    if line.centred and last.centred:
        return True
    if line.centred != last.centred:
        return False
    if last.text.endswith((":", ";")) and (margin.has_room(last, line) or last.text.endswith(":") or _is_item(group)):
        return False
    if wrap is Wrap.INDENT:
        return line.indent == 0 and (last.indent <= 12) and (lower or not _narrow(last, margin) or group[0].indent > 0)
    if lower:
        return not _breaks_off(group, line, margin)
    if _is_headed(groups, line, margin):
        return False
    if ends(last.text):
        return not margin.has_room(last, line)
    if is_capitals(last.text) != is_capitals(line.text):
        return not _narrow(last, margin)
    if len(group) > 1 or _is_title(group) or _HALF_SIGNED.fullmatch(last.text):
        return True
    return not _is_short(last, line, margin)


def _is_headed(groups: list[list[Line]], line: Line, margin: Margin) -> bool:
    """Say whether what is above a line heads it: a heading of an article or a list, the label of an annex."""
    last = groups[-1][-1]
    if _is_heading(groups):
        return numbered(line.text) is not None or _is_short(last, line, margin)
    if ends(last.text):
        return False
    labelled = _LABEL.match(groups[-1][0].text) is not None and _is_short(last, line, margin)
    return labelled or _numbers_under(line, last, margin)


def _numbers_under(line: Line, last: Line, margin: Margin) -> bool:
    """Say whether «1. Переправы …» stands under a short line: the title of an annex, a heading without a stop."""
    marker = numbered(line.text)
    if marker is None or marker.style is not Style.NUMBER or not line.text[marker.end : marker.end + 1].isupper():
        return False
    return _narrow(last, margin) and margin.has_room(last, line) and not is_open(last.text)


def _breaks_off(group: list[Line], line: Line, margin: Margin) -> bool:
    """Say whether a line ends at a comma long before the margin: «желая сберечь озеро, ⏎ согласились …»."""
    last = group[-1]
    apart = last.text.endswith(",") and not _is_title(group)
    return apart and _narrow(last, margin) and margin.has_room(last, line)


def _is_title(group: list[Line]) -> bool:
    """Say whether a paragraph is a title: its lines are broken where the names in it part."""
    return bool(ACT_LINE.fullmatch(group[0].text)) or is_capitals(group[0].text)


def _is_heading(groups: list[list[Line]]) -> bool:
    """Say whether the last group may be the heading under «Статья 5»."""
    above = groups[-2][-1].text if len(groups) > 1 else ""
    found = division(above)
    return found is not None and found.end == len(above) and not _SENTENCE_END.search(groups[-1][-1].text)


def _is_short(last: Line, line: Line, margin: Margin) -> bool:
    """Say whether a line ended before the margin and the next one begins a sentence."""
    goes_on = is_open(last.text) or last.text.endswith((",", "-"))
    return _narrow(last, margin) and margin.has_room(last, line) and not goes_on and line.text[:1].isupper()


def _is_item(group: list[Line]) -> bool:
    """Say whether a paragraph goes on a list: it begins in lower case or with a number."""
    return group[0].text[:1].islower() or numbered(group[0].text) is not None


def _narrow(line: Line, margin: Margin) -> bool:
    """Say whether a line ends well before the margin, as the last line of a paragraph does."""
    return len(line.text) + line.indent < 0.7 * margin.width


def _paragraph(group: list[Line]) -> Paragraph:
    first = group[0]
    content = join([first.content, *(_whole(line) for line in group[1:])])
    dash = first.bullet.origin() if first.bullet else None
    if dash is None and (match := re.match(r"[–—−-]\s*+(?=[а-яёА-ЯЁ«\"(])", content.text)):
        dash = content.cut(0, match.end()).origin()
        content = content.cut(match.end())
    return Paragraph(
        content,
        first.level,
        all(line.bold for line in group),
        all(line.centred for line in group),
        first.indent,
        dash,
        first.gap + (2 if first.feed else 0),
        len(group),
        tuple(mark for line in group for mark in line.marks),
        numbered(content.text),
        division(content.text),
    )


def _whole(line: Line) -> Traced:
    """Return a line that goes on a sentence, with the dash at its start."""
    return join([line.bullet, line.content], "") if line.bullet else line.content


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
        if i in at and joined and (not sloppy or is_open(joined[-1].text)):
            before = joined[-1]
            joined[-1] = replace(
                before,
                content=join([before.content, paragraph.content]),
                lines=before.lines + paragraph.lines,
                marks=before.marks + paragraph.marks,
            )
        else:
            joined.append(paragraph)
    return joined


def _is_place_line(text: str) -> bool:
    return bool(_PLACE_LINE.match(text) or _PLACE_ALONE.fullmatch(text))


def _cut(before: Paragraph, after: Paragraph) -> bool:
    """Say whether two paragraphs are one cut in two; «Кража -» is whole: «наказывается …» is the next."""
    if after.dash or after.level or after.bold or after.marker or _is_place_line(after.text):
        return False
    if before.level or before.bold or before.division or ends(before.text):
        return False
    if re.search(r"\s[–—-]$|[;,]\s(?:и|или|либо|а\sтакже)$", before.text):
        return False
    open_end = is_open(before.text) or before.text.count('"') % 2 == 1 != before.text.startswith('"')
    if after.text[:1].isdigit():
        return open_end
    if not after.text[:1].islower():
        return False
    return len(before.text) >= 25 or open_end or before.text.endswith("-")

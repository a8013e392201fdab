"""How the lines of a text make paragraphs, and where the right margin is: read off the mass of its lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ingest.layout.lines import Line

WRAP_WIDTH = 115
"""Characters: no print of Russian acts has longer lines (A4, 12 pt); longer lines are paragraphs."""
FULL_WIDTH = 50
"""Characters: a line of a wrapped text that is shorter ends its paragraph."""
NARROWEST = 40
"""Characters: texts in narrow columns are wrapped so; in a text of shorter lines every line is a paragraph."""

_SENTENCE_END = re.compile(r"[.;:!?…][)»\"”*]*+\Z")
# Words that cannot end a sentence.
_OPEN_END = frozenset(
    {
        "и",
        "или",
        "а",
        "но",
        "либо",
        "в",
        "во",
        "на",
        "с",
        "со",
        "к",
        "ко",
        "по",
        "о",
        "об",
        "обо",
        "от",
        "до",
        "для",
        "из",
        "при",
        "за",
        "под",
        "над",
        "между",
        "через",
        "без",
        "не",
        "ни",
        "как",
        "что",
        "чем",
        "их",
        "его",
        "ее",
        "которые",
        "который",
        "которая",
        "которых",
        "этих",
        "эти",
        "этой",
        "этого",
        "данной",
        "течение",
        "статьи",
        "статья",
        "пункта",
        "пункт",
    }
)
_LAST_WORD = re.compile(r"(?<!\w)\w++(?=\W*+\Z)")


class Wrap(StrEnum):
    """How the lines of a text make paragraphs."""

    LINE = "line"
    BLOCK = "block"
    INDENT = "indent"


@dataclass(frozen=True, slots=True)
class Margin:
    """The right margin: the usual `width` of a full line, and how far a line and the next line's first word `reach`.

    Both in characters; lines of a proportional print that go on never reach less (a tenth of them may: letters differ).
    """

    width: int
    reach: int

    def has_room(self, line: Line, following: Line) -> bool:
        """Say whether the next line's first word would still have fitted on this one: its paragraph ended there."""
        return _reach(line, following) < self.reach


def margin_of(lines: Sequence[Line]) -> Margin:
    """Measure the right margin of a text: where most lines end, or further out where sentences are broken."""
    lengths = sorted(line.indent + len(line.text) for line in lines)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    broken = _going_on(lines)
    ends = sorted(line.indent + len(line.text) for line, _ in broken)
    width = max(width, ends[len(ends) // 2]) if len(ends) > 1 else width
    reaches = sorted(_reach(a, b) for a, b in broken)
    return Margin(width, min(reaches[len(reaches) // 10], width + 1) if len(reaches) >= 5 else width + 1)


def wrapping(lines: Sequence[Line]) -> Wrap:
    """Read off how the text is wrapped.

    Lines longer than a page is wide are paragraphs, unless sentences go on from line to line at one margin; so are
    lines on which the next line's first word would have fitted, or that mostly end with a stop. A text where lines
    after an indented line stand further left has indented paragraphs; of other wrapped texts, which must show words or
    many lines broken at the margin, blocks are paragraphs.
    """
    body = [line for line in lines if not line.level]
    if not body:
        return Wrap.LINE
    massed = _at_one_margin(body)
    if not massed and sum(len(line.text) > WRAP_WIDTH for line in body) > 0.05 * len(body):
        return Wrap.LINE
    width = sorted(len(line.text) + line.indent for line in body)[int(0.95 * (len(body) - 1))]
    least = min(FULL_WIDTH, 0.8 * width) if width >= NARROWEST else FULL_WIDTH
    full = [(a, b) for a, b in pairwise(body) if not b.gap and len(a.text) + a.indent >= least and not a.hard]
    cut = [(a, b) for a, b in full if not _SENTENCE_END.search(a.text) and _reach(a, b) > width]
    first = sum(0 < a.indent <= 12 and b.indent == 0 for a, b in cut)
    if first >= max(2, 0.05 * len(body)):
        return Wrap.INDENT
    broken = sum(_is_broken(a, b) for a, b in cut)
    proved = broken >= 2 or len(cut) >= max(2, 0.12 * len(body))
    return Wrap.BLOCK if massed or (proved and len(cut) >= 0.35 * len(full)) else Wrap.LINE


def last_word(text: str) -> str:
    """Return the last word in lower case, "" when there is none."""
    found = _LAST_WORD.search(text[-64:])
    return found[0].lower() if found else ""


def is_open(text: str) -> bool:
    """Say whether a text ends with a word that cannot end a sentence."""
    return last_word(text) in _OPEN_END


def _reach(line: Line, following: Line) -> int:
    return line.indent + len(line.text) + 1 + len(following.text.split(maxsplit=1)[0])


def _is_broken(line: Line, following: Line) -> bool:
    return (following.text[0].islower() and not line.text.endswith(",")) or is_open(line.text)


def _going_on(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return the pairs of lines that are surely of one sentence."""
    return [(a, b) for a, b in _unfinished(lines) if _is_broken(a, b)]


def _unfinished(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return the pairs of lines that look like one sentence: no stop, and the next line begins in lower case."""
    return [
        (a, b)
        for a, b in pairwise(lines)
        if not (b.gap or b.level or b.bullet or a.level or a.hard or a.centred or _SENTENCE_END.search(a.text))
        and len(a.text) > NARROWEST
        and (b.text[0].islower() or is_open(a.text))
    ]


def _at_one_margin(lines: Sequence[Line]) -> bool:
    """Say whether many sentences go on from line to line, and most of them at one margin.

    The margin is where the mass of lines ends: a few that run over it (words glued at lost breaks) do not move it.
    Lines twice as long as any print are paragraphs, whatever wrapped form or table stands beside them.
    """
    if sum(len(line.text) > 2 * WRAP_WIDTH for line in lines) > 0.05 * len(lines):
        return False
    lengths = sorted(line.indent + len(line.text) for line, _ in _unfinished(lines))
    if len(lengths) < max(3, 0.2 * len(lines)):
        return False
    printed = [n for n in lengths if n <= WRAP_WIDTH]
    if len(printed) < 0.5 * len(lengths):
        return False
    low, high = printed[len(printed) // 4], printed[int(0.75 * (len(printed) - 1))]
    return high - low <= 0.2 * high

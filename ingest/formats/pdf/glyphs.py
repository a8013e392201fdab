"""Glyphs of a printed page into lines of text: where words end is read off the distances between characters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.formats.blocks import superscript

# In widths of the type size. Inside words glyphs touch (kerning stays under a tenth); a word blank is a quarter, in
# tight justified lines a fifth; from two and a half on it is another column.
_TOUCHING, _WORD_GAP, _COLUMN_GAP, _SPACED_AT_MOST = 0.12, 0.17, 2.5, 1.6
_STRETCHED = 5.0  # a blank of a justified line with few words
_MAX_BLANKS = 8
_LEAST_SMALL, _LARGEST_SMALL = 0.6, 0.9  # small capitals, in sizes of the capitals beside them


class Glyph(NamedTuple):
    """A printed character: horizontal extent, baseline, type size (points, y upwards), and its font."""

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of one column: its text (columns of a table parted by tabs), place, type size and page (1-based).

    `bold` is type set apart, by weight or by letter-spacing throughout; `column` numbers the columns of a page, 0 is
    a line over its full width.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    page: int = 1
    column: int = 0

    @property
    def columns(self) -> int:
        """Return how many columns of a table the line crosses."""
        return self.text.count("\t") + 1


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by baseline, top to bottom; raised and lowered small type joins the line it belongs to."""
    rows: list[tuple[float, float, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=lambda g: (-g.y, g.x0)):
        home = None
        for index in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            y, size, _ = rows[index]
            apart = y - glyph.y
            if apart <= 0.3 * min(size, glyph.size) or (
                apart <= 0.45 * max(size, glyph.size) and _small(size, glyph.size)
            ):
                home = index
                break
        if home is None:
            rows.append((glyph.y, glyph.size, [glyph]))
            continue
        y, size, members = rows[home]
        members.append(glyph)
        if glyph.size > size * 1.15:  # the row began with a raised digit: the full-size glyph gives the baseline
            rows[home] = (glyph.y, glyph.size, members)
    return [sorted(members, key=lambda g: g.x0) for _, _, members in rows]


def _small(one: float, other: float) -> bool:
    return min(one, other) < 0.85 * max(one, other)


def line_of(row: Sequence[Glyph], page: int) -> PrintedLine | None:
    """Write a row of glyphs as text; None when it prints nothing."""
    printed, blanks = _without_blanks(row)
    if not printed:
        return None
    printed = _without_small_capitals(printed)
    size = _body_size(printed)
    base = median(g.y for g in printed if g.size > 0.85 * size)
    gaps = [(b.x0 - a.x1) / size for a, b in pairwise(printed)]
    parts = [_shown(printed[0], base, size)]
    separators = _separators(printed, gaps, blanks)
    parts += [
        separator + _shown(glyph, base, size, before)
        for (before, glyph), separator in zip(pairwise(printed), separators, strict=True)
    ]
    inner = [gap for gap, separator in zip(gaps, separators, strict=True) if not separator]
    spaced = len(inner) >= 3 and sum(gap > _TOUCHING for gap in inner) >= 0.9 * len(inner)
    bold = spaced or sum(g.bold for g in printed) >= 0.9 * len(printed)
    text = _joined_raised("".join(parts))
    return PrintedLine(text, printed[0].x0, max(g.x1 for g in printed), base, size, bold, page)


def _body_size(glyphs: Sequence[Glyph]) -> float:
    sizes: dict[float, int] = {}
    for glyph in glyphs:
        sizes[round(glyph.size, 1)] = sizes.get(round(glyph.size, 1), 0) + 1
    return max(sizes.items(), key=lambda item: (item[1], item[0]))[0] or 1.0


def _without_blanks(row: Sequence[Glyph]) -> tuple[list[Glyph], list[int]]:
    """Take blanks out and count them before each glyph; a glyph drawn twice (imitated bold) is kept once."""
    printed: list[Glyph] = []
    blanks: list[int] = []
    waiting = 0
    for glyph in row:
        if not glyph.text.strip():
            waiting += 1
            continue
        if any(g.text == glyph.text and abs(g.x0 - glyph.x0) < 0.12 * glyph.size for g in printed[-3:]):
            continue
        printed.append(glyph)
        blanks.append(waiting)
        waiting = 0
    return printed, blanks[1:]


def _without_small_capitals(printed: list[Glyph]) -> list[Glyph]:
    """Write small capitals as small letters: capitals of two sizes on one baseline, more of them small."""
    letters = [g for g in printed if g.text.isalpha()]
    large = max((g.size for g in printed if g.text.isalnum()), default=0.0)
    small = [g for g in letters if g.size < _LARGEST_SMALL * large]
    capitals = all(g.text.isupper() and g.size > _LEAST_SMALL * large and abs(g.y - letters[0].y) < 0.5 for g in small)
    if not capitals or len(small) <= len(letters) // 2 or not all(g.text.isupper() for g in letters):
        return printed
    return [
        g._replace(text=g.text.lower(), size=large) if g.text.isalpha() and g.size < _LARGEST_SMALL * large else g
        for g in printed
    ]


def _shown(glyph: Glyph, base: float, size: float, before: Glyph | None = None) -> str:
    """Write a glyph; small digits above the line, or hard behind a digit of full size, are raised."""
    if glyph.size >= 0.85 * size:
        return glyph.text
    follows = before is not None and before.text.isdigit() and glyph.x0 - before.x1 < _TOUCHING * size
    raised = glyph.y > base + 0.12 * size or (follows and glyph.y > base - 0.08 * size)
    return superscript(glyph.text) if raised else glyph.text


def _joined_raised(text: str) -> str:
    """Close the hair space before a raised digit: «12 ¹» is «12¹»."""
    for digit in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        text = text.replace(f" {digit}", digit) if digit in text else text
    return text


def _separators(printed: Sequence[Glyph], gaps: Sequence[float], blanks: Sequence[int]) -> list[str]:
    """Say what stands between each glyph and the next: nothing, blanks, or a tab."""
    out = []
    for gap, count in zip(gaps, blanks, strict=True):
        if gap > (_STRETCHED if count == 1 else _COLUMN_GAP):
            out.append("\t")
        elif count:
            out.append(" " * min(count, _MAX_BLANKS))
        else:
            out.append(" " if gap > _WORD_GAP else "")
    wide = [gap for gap, separator in zip(gaps, out, strict=True) if separator]
    if "\t" in out and len(wide) >= 3 and max(wide) < min(_STRETCHED, 1.3 * min(wide)):
        out = [" " if separator == "\t" else separator for separator in out]  # even gaps: a justified line of few words
    _close_spacing(printed, gaps, blanks, out)
    _widen_word_gaps(gaps, blanks, out)
    return out


def _close_spacing(printed: Sequence[Glyph], gaps: Sequence[float], blanks: Sequence[int], out: list[str]) -> None:
    """Join letters set apart by character spacing: in a run of even gaps only the wider ones part words."""
    for start, end in _runs(gaps, blanks):
        first, last = start, end
        if not blanks[first] and first > 0 and gaps[first - 1] <= _TOUCHING:
            first += 1  # the gap behind an ordinary word is that word's end
        if not blanks[last - 1] and last < len(gaps) and gaps[last] <= _TOUCHING and printed[last + 1].text.isalnum():
            last -= 1
        inner = sorted(gaps[i] for i in range(first, last) if not blanks[i])
        if len(inner) < 3:
            continue
        usual = inner[len(inner) // 3]
        for i in range(first, last):
            if not blanks[i]:
                out[i] = " " if gaps[i] > 1.4 * usual and gaps[i] > usual + 0.15 else ""


def _runs(gaps: Sequence[float], blanks: Sequence[int]) -> list[tuple[int, int]]:
    """Find runs of joints none of which touches, at least three of them without a blank."""
    runs, start = [], None
    for i in range(len(gaps) + 1):
        apart = i < len(gaps) and (blanks[i] > 0 or gaps[i] > _TOUCHING) and gaps[i] <= _SPACED_AT_MOST
        if apart and start is None:
            start = i
        elif not apart and start is not None:
            if sum(not blanks[j] for j in range(start, i)) >= 3:
                runs.append((start, i))
            start = None
    return runs


def _widen_word_gaps(gaps: Sequence[float], blanks: Sequence[int], out: list[str]) -> None:
    """Keep the wider gap of words whose letters are parted by blanks: two blanks, as in typed text."""
    start = None
    for i in range(len(gaps) + 1):
        if i < len(gaps) and blanks[i] and out[i] != "\t":
            start = i if start is None else start
            continue
        if start is not None and i - start >= 3:
            usual = sorted(gaps[start:i])[(i - start) // 3]
            for j in range(start, i):
                if blanks[j] == 1 and gaps[j] > 1.5 * usual and gaps[j] > usual + 0.1:
                    out[j] = "  "
        start = None

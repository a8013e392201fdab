"""A line as items with the gaps between them: what spacing and fragments look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLANKS = "[ \\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
LETTER = "[А-Яа-яЁё]"
_ITEM = re.compile(rf"{LETTER}++|\d++|[^\W\d_]++|\S")
_WIDTHS = {"\t": 4.0, "\u00a0": 0.98, "\u2003": 2.0, "\u2001": 2.0, "\u3000": 2.0}
_THIN = frozenset("\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f")
CLOSERS = frozenset(";:,.!?)]»”…")
OPENERS = frozenset("([«„№")
DASHES = frozenset("–—−")


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a number or one other character; `gap` is the width of the blanks before it, 0 when it stands close."""

    start: int
    end: int
    text: str
    gap: float

    @property
    def single(self) -> bool:
        """Say whether it is one character wide."""
        return self.end - self.start == 1

    @property
    def cyrillic(self) -> bool:
        """Say whether it is made of Russian letters."""
        return "а" <= self.text[0].lower() <= "я" or self.text[0] in "ёЁ"


def items(text: str, start: int, end: int) -> list[Item]:
    """Cut text[start:end], one line, into items; blanks are counted in widths of a common blank."""
    out, at = [], start
    for match in _ITEM.finditer(text, start, end):
        gap = text[at : match.start()]
        out.append(Item(match.start(), match.end(), match[0], width(gap)))
        at = match.end()
    return out


def width(gap: str) -> float:
    r"""Return the width of blanks in common blanks.

    >>> width("  "), width("\u2009")
    (2.0, 0.5)
    """
    return sum(0.5 if c in _THIN else _WIDTHS.get(c, 1.0) for c in gap)


def lines(text: str, at: int) -> tuple[int, int]:
    r"""Return the bounds of the line that holds an offset.

    >>> lines("ab\ncd", 4)
    (3, 5)
    """
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def segments(found: list[Item]) -> Iterator[list[Item]]:
    """Yield the stretches of Russian words that only blanks part."""
    part: list[Item] = []
    for item in found:
        if part and not (item.cyrillic and item.gap):
            yield part
            part = []
        if item.cyrillic:
            part.append(item)
    if part:
        yield part

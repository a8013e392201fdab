"""Page numbers and running heads of printed pages: found by place and repetition, taken out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from analyzers.letters import folded
from corpus.lexicon.acts import OPENERS
from ingest.formats.pdf.glyphs import PrintedLine
from ingest.layout.edges import UNTITLED, goes_on, opens

_NUMBER = re.compile(
    r"(?:[-–—]\s*+)?(?:стр(?:аница|\.)?|с\.|лист|page)?\s*+\d{1,4}\s*+(?:(?:из|/|of)\s*+\d{1,4})?(?:\s*+[-–—])?|[ivxlc]{1,6}",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:#|[¹²³⁴-⁹]{1,64}\s*+)[^\W\d_]")
_DIGITS = re.compile(r"\d++")
_BETWEEN = re.compile(r"[\W\d_]++")
_MARGIN = 0.12
_BEHIND = 0.2  # how far in a head of several lines reaches that stands at one height on many pages
_DEEPEST, _DEEPEST_FIXED = 3, 6
_LEVEL = 2.0  # points


def without_furniture(
    pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]
) -> tuple[list[list[PrintedLine]], list[str]]:
    """Return the pages without page numbers and running heads, and the running heads that were taken out."""
    sheets = [_Sheet(tuple(page), height) for page, height in zip(pages, heights, strict=True)]
    repeated = Counter(key for sheet in sheets for key in {key for key, _ in sheet.edges()})
    least = max(2, min(3, len(pages)))
    running = {key for key, count in repeated.items() if count >= least and _says_something(key[0])}
    fixed = _fixed(sheets)
    titles = _titles(sheets, running | {key for _, key in fixed})
    running -= titles
    fixed = {(number, key) for number, key in fixed if key not in titles}
    kept_pages: list[list[PrintedLine]] = []
    heads: dict[str, None] = {}
    for number, sheet in enumerate(sheets):
        taken = {id(line) for top in (True, False) for line in _edge(sheet, number, running, fixed, top=top)}
        kept_pages.append([line for line in sheet.lines if id(line) not in taken])
        shown = (line.text.strip() for line in sheet.lines if id(line) in taken)
        heads |= dict.fromkeys(text for text in shown if not _NUMBER.fullmatch(text))
    return kept_pages, list(heads)


_Key = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The lines of a page and its height (points)."""

    lines: tuple[PrintedLine, ...]
    height: float

    def ordered(self, *, top: bool) -> list[PrintedLine]:
        """Return the lines from an edge inwards."""
        return sorted(self.lines, key=lambda line: -line.y if top else line.y)

    def edges(self, deepest: int = _DEEPEST, margin: float = _MARGIN) -> list[tuple[_Key, PrintedLine]]:
        """Name the lines near the edges by text without digits and by side."""
        near = [(line, top) for top in (True, False) for line in self.ordered(top=top)[:deepest]]
        return [(_key(line, top=top), line) for line, top in near if _in_margin(line, self.height, margin)]


def _fixed(sheets: Sequence[_Sheet]) -> set[tuple[int, _Key]]:
    """Find what stands at one height on many pages: the same words, or a number that counts them."""
    places: dict[tuple[_Key, int | None], list[tuple[int, float]]] = {}
    for number, sheet in enumerate(sheets):
        for key, line in sheet.edges(_DEEPEST_FIXED, _BEHIND):
            counted = _NUMBER.fullmatch(line.text.strip()) and _DIGITS.search(line.text)
            if counted or _says_something(key[0]):
                places.setdefault((key, int(counted[0]) - number if counted else None), []).append((number, line.y))
    found: set[tuple[int, _Key]] = set()
    for (key, _), marks in places.items():
        height = median(y for _, y in marks)
        level = [(number, key) for number, y in marks if abs(y - height) < _LEVEL]
        if len(level) >= max(2 if len(sheets) < 5 else 3, 0.3 * len(sheets)):
            found.update(level)
    return found


def _titles(sheets: Sequence[_Sheet], heads: set[_Key]) -> set[_Key]:
    """Find what begins as an act does, over and over, and where an act may begin each time: titles of short acts.

    «Протокол о лодках» heads six acts of a page each; as a head it would stand inside sentences and articles, too.
    """
    places: dict[_Key, list[bool]] = {}
    above = ""
    for sheet in sheets:
        lines = sheet.ordered(top=True)
        texts = [line.text.strip() for line in lines if not {_key(line, top=True), _key(line, top=False)} & heads]
        texts = [text for text in texts if not _NUMBER.fullmatch(text)]
        for line, below in pairwise(lines[: _DEEPEST_FIXED + 1]):
            key = _key(line, top=True)
            if key in heads and opens(_BETWEEN.sub(" ", folded(key[0])).strip()):
                untitled = goes_on(above, texts[0] if texts else "") or goes_on("", below.text.strip())
                places.setdefault(key, []).append(untitled)
        above = texts[-1] if texts else above
    return {key for key, untitled in places.items() if sum(untitled) < UNTITLED * len(untitled)}


def _edge(
    sheet: _Sheet, number: int, running: set[_Key], fixed: set[tuple[int, _Key]], *, top: bool
) -> list[PrintedLine]:
    """Return the furniture at one edge: what is printed on every page, or stands clear of the text."""
    ordered = sheet.ordered(top=top)
    steps = [abs(a.y - b.y) for a, b in pairwise(ordered) if a.y != b.y]
    leading = median(steps) if len(steps) > 3 else 1.2 * ordered[0].size if ordered else 0
    found: list[PrintedLine] = []
    reached = 0
    for place, line in enumerate(ordered[:_DEEPEST_FIXED]):
        key = _key(line, top=top)
        is_number = _NUMBER.fullmatch(line.text.strip())
        is_fixed = (number, key) in fixed
        outer = place < _DEEPEST and _in_margin(line, sheet.height)
        is_fixed &= outer or "#" not in key[0]  # deeper only words without a number: «1. …» begins text, too
        if not (outer and (is_number or key in running)) and not (is_fixed and (outer or reached == place)):
            break
        reached = place + 1
        inner = ordered[place + 1] if place + 1 < len(ordered) else None
        clear = inner is not None and abs(line.y - inner.y) > 1.2 * leading
        if clear or (is_fixed and outer):
            found = ordered[:reached]
    return found


def _key(line: PrintedLine, *, top: bool) -> _Key:
    return _DIGITS.sub("#", re.sub(r"\s++", " ", line.text.strip())), top


def _in_margin(line: PrintedLine, height: float, margin: float = _MARGIN) -> bool:
    return line.y > (1 - margin) * height - line.size or line.y < margin * height


def _says_something(key: str) -> bool:
    """Leave out «# #», a row of figures, and what repeats itself: «Статья #», «ПРОТОКОЛ», notes («#Утратила.»)."""
    if _NOTE.match(key):
        return False
    said = key.replace("#", "").strip(" .-–—№")
    if folded(said.replace(" ", "")) in OPENERS and ("#" not in key or said.lower() == "приложение"):
        return False
    return len(said) > 3 and not re.match(r"(?:статья|глава|раздел|пункт|§)", said, re.IGNORECASE)

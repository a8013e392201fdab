"""Page numbers and running heads of printed pages: found by place and repetition, taken out."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.glyphs import PrintedLine

_NUMBER = re.compile(
    r"(?:[-–—]\s*)?(?:стр(?:аница|\.)?|с\.|лист|page)?\s*\d{1,4}\s*(?:(?:из|/|of)\s*\d{1,4})?(?:\s*[-–—])?|[ivxlc]{1,6}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12
_DEEPEST = 3


def without_furniture(
    pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]
) -> tuple[list[list[PrintedLine]], list[str]]:
    """Return the pages without page numbers and running heads, and the running heads that were taken out."""
    repeated = Counter(key for page, height in zip(pages, heights, strict=True) for key in {*_keys(page, height)})
    least = max(2, min(3, len(pages)))
    running = {key for key, count in repeated.items() if count >= least and _says_something(key[0])}
    kept_pages: list[list[PrintedLine]] = []
    heads: dict[str, None] = {}
    for page, height in zip(pages, heights, strict=True):
        taken = [line for top in (True, False) for line in _edge(page, height, running, top=top)]
        kept_pages.append([line for line in page if line not in taken])
        heads |= dict.fromkeys(line.text.strip() for line in taken if not _NUMBER.fullmatch(line.text.strip()))
    return kept_pages, list(heads)


def _edge(
    page: Sequence[PrintedLine], height: float, running: set[tuple[str, bool]], *, top: bool
) -> list[PrintedLine]:
    """Return the furniture at one edge: page numbers and running heads that stand clear of the text."""
    ordered = sorted(page, key=lambda line: -line.y if top else line.y)
    steps = [abs(a.y - b.y) for a, b in pairwise(ordered) if a.y != b.y]
    leading = median(steps) if len(steps) > 3 else 1.2 * ordered[0].size if ordered else 0
    found: list[PrintedLine] = []
    for place, line in enumerate(ordered[:_DEEPEST]):
        number = _NUMBER.fullmatch(line.text.strip())
        if not _in_margin(line, height) or not (number or _key(line, top=top) in running):
            break
        inner = ordered[place + 1] if place + 1 < len(ordered) else None
        if inner is not None and abs(line.y - inner.y) > 1.2 * leading:
            found = ordered[: place + 1]
    return found


def _keys(page: Sequence[PrintedLine], height: float) -> list[tuple[str, bool]]:
    """Name the lines near a page's edges by text without digits and by side."""
    ordered = sorted(page, key=lambda line: -line.y)
    edge = [(line, True) for line in ordered[:_DEEPEST]] + [(line, False) for line in ordered[-_DEEPEST:]]
    return [_key(line, top=top) for line, top in edge if _in_margin(line, height)]


def _key(line: PrintedLine, *, top: bool) -> tuple[str, bool]:
    return _DIGITS.sub("#", re.sub(r"\s+", " ", line.text.strip())), top


def _in_margin(line: PrintedLine, height: float) -> bool:
    return line.y > (1 - _MARGIN) * height - line.size or line.y < _MARGIN * height


def _says_something(key: str) -> bool:
    """Leave out «# #», a row of figures, and headings, which repeat their word with another number: «Статья #»."""
    said = key.replace("#", "").strip(" .-–—")
    return len(said) > 3 and not re.match(r"(?:статья|глава|раздел|пункт|§)", said, re.IGNORECASE)

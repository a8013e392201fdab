"""Page numbers and running heads of printed pages: found by place and repetition, taken out."""

import re
from collections import Counter
from collections.abc import Sequence

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
    kept_pages: list[list[PrintedLine]] = []
    heads: dict[str, None] = {}
    for page, height in zip(pages, heights, strict=True):
        kept = list(page)
        for from_top in (True, False):
            for _ in range(_DEEPEST):
                line = _outermost(kept, from_top=from_top)
                if line is None or not _is_furniture(line, kept, height, repeated, least):
                    break
                kept.remove(line)
                if not _NUMBER.fullmatch(line.text.strip()):
                    heads[line.text.strip()] = None
        kept_pages.append(kept)
    return kept_pages, list(heads)


def _outermost(lines: Sequence[PrintedLine], *, from_top: bool) -> PrintedLine | None:
    if not lines:
        return None
    return max(lines, key=lambda line: line.y) if from_top else min(lines, key=lambda line: line.y)


def _keys(page: Sequence[PrintedLine], height: float) -> list[tuple[str, bool]]:
    """Name the lines near a page's edges by text without digits and by side."""
    ordered = sorted(page, key=lambda line: -line.y)
    edge = [(line, True) for line in ordered[:_DEEPEST]] + [(line, False) for line in ordered[-_DEEPEST:]]
    return [_key(line, top=top) for line, top in edge if _in_margin(line, height)]


def _key(line: PrintedLine, *, top: bool) -> tuple[str, bool]:
    return _DIGITS.sub("#", re.sub(r"\s+", " ", line.text.strip())), top


def _in_margin(line: PrintedLine, height: float) -> bool:
    return line.y > (1 - _MARGIN) * height - line.size or line.y < _MARGIN * height


def _is_furniture(
    line: PrintedLine, page: Sequence[PrintedLine], height: float, repeated: Counter[tuple[str, bool]], least: int
) -> bool:
    if not _in_margin(line, height) or len(page) < 2:
        return False
    if _NUMBER.fullmatch(line.text.strip()):
        return _is_apart(line, page)
    key = _key(line, top=line.y > height / 2)
    # «# #» alone would take tables of figures; a heading repeats its word with another number: «Статья #».
    said = key[0].replace("#", "").strip(" .-–—")
    return (
        repeated[key] >= least
        and len(said) > 3
        and not re.match(r"(?:статья|глава|раздел|пункт|§)", said, re.IGNORECASE)
    )


def _is_apart(line: PrintedLine, page: Sequence[PrintedLine]) -> bool:
    """Say whether a number stands clear of the text, as a cell or an item of a list does not."""
    gaps = [abs(other.y - line.y) for other in page if other is not line]
    return min(gaps) > 1.15 * line.size

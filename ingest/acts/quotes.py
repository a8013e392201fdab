"""Paragraphs inside a quotation: whole articles quoted by an amending act are its own text."""

import re

from ingest.acts.markers import Style
from ingest.layout.paragraphs import Paragraph

_ANNOUNCED = (
    r"(?:следующего\s++содержания|в\s++(?:следующей|новой)\s++редакции|словами|текстом|изложить\s++в\s++редакции)\s*+:?"
)
_OPENER = re.compile(_ANNOUNCED + "$", re.IGNORECASE)
_OPENED = re.compile(_ANNOUNCED + r"\s*+(?=[«\"“])", re.IGNORECASE)
_OPENS = re.compile(r"[«\"“]")
_CLOSES = re.compile(r"[»\"”][;.,]?\s*+$")
LONGEST = 400
"""Paragraphs: a quotation not closed within so many is a slip of the printer, not a quotation."""


def quoted(paragraphs: tuple[Paragraph, ...]) -> set[int]:
    """Return the indices of paragraphs that stand inside a quotation begun before them or at their start."""
    inside: set[int] = set()
    i = 0
    while i < len(paragraphs):
        begins = _begins(paragraphs, i)
        if begins or _left_open(paragraphs[i].text):
            end = _closing(paragraphs, i)
            if end is not None:
                inside.update(range(i if begins else i + 1, end + 1))
                i = end
        i += 1
    return inside | _unquoted(paragraphs, inside)


def _unquoted(paragraphs: tuple[Paragraph, ...], inside: set[int]) -> set[int]:
    """Return the articles that «… статьями 9 и 10 следующего содержания:» quotes without quotation marks.

    They end where the act's own next article stands: «Статья 2» behind «Статья 1» with articles 9 and 10 in it.
    """
    articles = [(i, n) for i, p in enumerate(paragraphs) if i not in inside and (n := _article(p))]
    found: set[int] = set()
    last = 0
    for k, (i, number) in enumerate(articles):
        if i in found:
            continue
        opened = last and i and _OPENER.search(paragraphs[i - 1].text)
        near = articles[k + 1 : k + 1 + LONGEST] if opened else []
        own = next((j for j, other in near if other == last + 1), None)
        if own is not None and own - i <= LONGEST:
            found.update(range(i, own))
        else:
            last = number
    return found


def _article(paragraph: Paragraph) -> int:
    """Return the number of an article's heading, 0 for any other paragraph."""
    marker = paragraph.division
    return marker.value[0] if marker and marker.style is Style.ARTICLE and paragraph.text[:1].isupper() else 0


def _left_open(text: str) -> bool:
    """Say whether a paragraph ends inside the quotation it announces: «изложить в следующей редакции: «Статья 2»."""
    rest = text[max((opened.end() for opened in _OPENED.finditer(text)), default=len(text)) :]
    return rest.count("«") + rest.count("“") > rest.count("»") + rest.count("”") or rest.count('"') % 2 == 1


def _begins(paragraphs: tuple[Paragraph, ...], i: int) -> bool:
    text = paragraphs[i].text
    if not _OPENS.match(text) or i == 0:
        return False
    before = paragraphs[i - 1].text
    unit = bool(re.match(r"[«\"“]\s*+(?:статья|глава|раздел|часть|\d++[.)]|[а-я]\))", text, re.IGNORECASE))
    return bool(_OPENER.search(before)) or (unit and before.endswith((":", ";", ".")))


def _closing(paragraphs: tuple[Paragraph, ...], start: int) -> int | None:
    depth = 0
    for i in range(start, min(len(paragraphs), start + LONGEST)):
        text = paragraphs[i].text
        depth += text.count("«") + text.count("“") - text.count("»") - text.count("”")
        balanced = depth <= 0 if text.count("»") or depth else True
        straight = text.count('"') % 2 == (1 if i != start or not text.endswith(('"', '";', '".')) else 0)
        if _CLOSES.search(text) and balanced and (straight or "»" in text or i == start):
            return i
    return None

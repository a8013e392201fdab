"""Headings that have no number, printed plainly over points and articles: seen by how often they stand so."""

import re
from collections.abc import Collection

from ingest.acts.markers import Style
from ingest.layout.paragraphs import Paragraph

USUAL = 3
"""So many in a text are its manner; one or two may be a line that lost its stop."""
LINES = 4
"""Lines of such a heading at most."""
LONGEST = 150
"""Characters of each of them."""
_FINISHED = re.compile(r"[.!?][»\"”)]*+\Z")
_STRANGE = re.compile(r"[│_=<>\d]")
"""What tables, forms and formulae have, and headings have not."""


def plain_headings(paragraphs: tuple[Paragraph, ...], skip: Collection[int]) -> dict[int, range]:
    """Return by first line the lines of headings over a numbered point or «Статья N»: behind a finished sentence.

    Of 506 real texts nine print them so, from three to forty-eight a text; each was an alinea of the point before.
    """
    found: dict[int, range] = {}
    for i, paragraph in enumerate(paragraphs):
        if i in skip or not _may_be_headed(paragraph):
            continue
        begin = i
        while begin > max(0, i - LINES) and _is_plain(paragraphs[begin - 1]):
            begin -= 1
        before = paragraphs[begin - 1] if 0 < begin < i else None
        opened = before is not None and paragraph.division is not None and before.text.endswith(":")
        if before and (opened or _FINISHED.search(before.text)) and paragraphs[begin].text[:1].isupper():
            found[begin] = range(begin, i)
    return found if len(found) >= USUAL else {}


def _may_be_headed(paragraph: Paragraph) -> bool:
    if paragraph.division:
        return paragraph.division.style is Style.ARTICLE and paragraph.division.end == len(paragraph.text)
    return paragraph.marker is not None and paragraph.marker.style is Style.NUMBER


def _is_plain(paragraph: Paragraph) -> bool:
    if paragraph.marker or paragraph.division or paragraph.dash or paragraph.ended:
        return False
    return len(paragraph.text) <= LONGEST and not _STRANGE.search(paragraph.text) and paragraph.text[0] not in "(["

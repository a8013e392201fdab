"""Names that sign nothing: lists of persons inside a text, told from signatures over the whole text.

Signatures end an act. A run of names is a list where the act goes on behind it (its next number or article, its
concluding formula), or where an unfinished sentence calls for it («в составе:») up to the position of who signs.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.acts.markers import Marker, follows, is_first
from ingest.acts.roles import Role, Told
from ingest.acts.title_lines import signs_as
from ingest.layout.paragraphs import Paragraph

LONGEST = 200
"""Characters of a line of a list of persons; a longer one is a sentence."""
BACK = 400
"""Paragraphs looked back for the number that the one behind a list goes on."""
_STRANGE = frozenset(
    {Role.TITLE, Role.ATTACHMENT, Role.ISSUER, Role.CONCLUSION, Role.DIVISION, Role.NUMBERED, Role.NOTE}
)
_LEAD = re.compile(r"[:,]\Z")
_ITEM = re.compile(r"\s[–—-]\s|:\Z")


def rosters(paragraphs: Sequence[Paragraph], told: Sequence[Told]) -> set[int]:
    """Return the places of paragraphs that look like signatures and stand in a list of the text."""
    listed: set[int] = set()
    for begin, end in _runs(paragraphs, told):
        if _goes_on(paragraphs, told, begin, end):
            listed.update(range(begin, end))
        elif begin and _LEAD.search(paragraphs[begin - 1].text):
            listed.update(range(begin, _closing(paragraphs, begin, end)))
    return {i for i in listed if told[i].certainty(Role.SIGNATURE)}


def _runs(paragraphs: Sequence[Paragraph], told: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """Yield the runs of short lines of which some look like signatures."""
    begin = 0
    for i in range(len(paragraphs) + 1):
        if i < len(paragraphs) and _may_list(paragraphs[i], told[i]):
            continue
        if any(told[j].role is Role.SIGNATURE for j in range(begin, i)):
            yield begin, i
        begin = i + 1


def _may_list(paragraph: Paragraph, told: Told) -> bool:
    if paragraph.marker or paragraph.division or told.role in _STRANGE or len(paragraph.text) > LONGEST:
        return False
    # «Утвердить комиссию в составе:» leads to a list; «Члены комиссии:» stands in it.
    return len(paragraph.text) < LONGEST // 2 or told.role is Role.SIGNATURE or bool(_ITEM.search(paragraph.text))


def _goes_on(paragraphs: Sequence[Paragraph], told: Sequence[Told], begin: int, end: int) -> bool:
    """Say whether the act goes on behind a run: a number or article next to the last before it, or its formula."""
    after = next((i for i in range(end, len(told)) if told[i].role not in (Role.NOTE, Role.EDITORIAL)), None)
    if after is None:
        return False
    if told[after].role is Role.CONCLUSION:
        return any(told[i].role is Role.SIGNATURE for i in range(after + 1, min(after + LONGEST, len(told))))
    this = paragraphs[after].division or paragraphs[after].marker
    if this is None or is_first(this):
        return False
    return any(follows(this.style, before, this) == 0 for before in _numbers(paragraphs, told, begin, this))


def _numbers(paragraphs: Sequence[Paragraph], told: Sequence[Told], begin: int, this: Marker) -> Iterator[Marker]:
    """Yield the numbers of a style before a run, the nearest first, as far as its act goes back."""
    for i in range(begin - 1, max(-1, begin - 1 - BACK), -1):
        if told[i].certainty(Role.TITLE) >= 0.8 or told[i].role is Role.ATTACHMENT:
            return
        marker = paragraphs[i].division or paragraphs[i].marker
        if marker and marker.style is this.style:
            yield marker


def _closing(paragraphs: Sequence[Paragraph], begin: int, end: int) -> int:
    """Return where who signs begins under a list that an unfinished sentence calls for.

    It is the last position or «За …» below which nothing is listed. A list without it is one where its lead has a
    number; else nothing is told of it.
    """
    last = max((i for i in range(begin, end) if _ITEM.search(paragraphs[i].text)), default=begin)
    signing = [i for i in range(last + 1, end) if signs_as(paragraphs[i])]
    if not signing:
        return end if paragraphs[begin - 1].marker else begin
    parties = [i for i in signing if paragraphs[i].text.startswith(("За ", "ЗА "))]
    at = parties[0] if parties else signing[-1]
    while at - 1 > last and at - 1 in signing:
        at -= 1
    return at

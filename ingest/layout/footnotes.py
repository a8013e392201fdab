"""Footnotes of plain text: what stands under a rule with a mark that the text above refers to, and those marks."""

import re
from collections.abc import Sequence

from analyzers.letters import LOWER_DIGITS
from ingest.layout.traced import Traced

_DRAWN = re.compile(r"_{5,}+")
"""A rule of underscores: an unmistakable mark under it is a note's, found in the text or not."""
_NOTE = re.compile(
    r"(?:(?P<sure>\*{1,4}|†|[¹²³⁴-⁹][⁰¹²³⁴-⁹]?|\[\d{1,2}\])\)?|(?P<plain>\(\d{1,2}\)|\d{1,2}[.)]?(?=\s)))\s*+(?=[«\"А-ЯЁA-Zа-яё])"
)
_REFERENCE = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[»\"”)]))(?<!\dм)(?<!\d\sм)(?<!\sкм)(?<!\sсм)"
    r"(?:(?P<digits>\d{1,2})\)?(?![\w)])|(?P<raised>[¹²³⁴-⁹][⁰¹²³⁴-⁹]?)|\((?P<round>\d{1,2})\)|(?P<sign>\*{1,4}+|†)\)?)"
    r"|(?<=\w)\s?\[(?P<square>\d{1,2})\]"
)
"""«причалов¹», «причалов1)», «причалов*», «причалов [1]»; «100 м2» refers to nothing."""
_ENDED = re.compile(r"[.;)]$")


class Foot:
    """Tells the lines of footnotes from those of the text, reading down; `marks` are the references met, by line."""

    def __init__(self) -> None:
        self._under, self._drawn, self._open = False, False, False
        self._read = 0
        self._references: dict[str, tuple[int, int, int]] = {}
        self.marks: dict[int, list[tuple[int, int]]] = {}

    def reads(self, raw: str, rule: str | None, above: Sequence[Traced], *, apart: bool) -> str | None:
        """Read the next line that is not empty; return its rule: "footnote" when it is one.

        `above` is the text so far; `apart` tells of a blank line before.
        """
        text = raw.strip()
        if rule == "rule":
            self._under, self._drawn, self._open = True, bool(_DRAWN.fullmatch(text)), False
            return rule
        match = _NOTE.match(text)
        noted = bool(match and (self._under or match["sure"]) and self._refers(match, above))
        if noted or (self._open and not apart and "\f" not in raw):
            self._open = not _ENDED.search(text)
            return "footnote"
        self._under = self._open = False
        return rule

    def _refers(self, match: re.Match[str], above: Sequence[Traced]) -> bool:
        """Find the mark in the text above, which is read once; a plain number is none without it."""
        for i in range(self._read, len(above)):
            for found in _REFERENCE.finditer(above[i].text):
                self._references[_key(found[0])] = (i, *found.span())
        self._read = len(above)
        place = self._references.pop(_key(match["sure"] or match["plain"]), None)
        if place is not None:
            self.marks.setdefault(place[0], []).append(place[1:])
            self._under = True
        return place is not None or bool(self._under and self._drawn and match["sure"])


def _key(mark: str) -> str:
    """Return what a mark and its note share: the number, or the sign."""
    return mark.translate(LOWER_DIGITS).strip(" \u00a0.()[]")

"""Footnotes of plain text: what stands under a rule with a mark that the text above refers to, and those marks."""

import re
from collections.abc import Collection, Sequence

from analyzers.letters import LOWER_DIGITS
from ingest.layout.traced import Traced

FULL_WIDTH = 50
"""Characters: behind a shorter line of a note the next one is of it only where it begins in lower case."""

_DRAWN = re.compile(r"_{5,}+")
"""A rule of underscores: an unmistakable mark under it is a note's, found in the text or not."""
_NOTE = re.compile(
    r"(?:(?P<sure>(?:\*{1,4}|†|[¹²³⁴-⁹][⁰¹²³⁴-⁹]?|\[\d{1,2}\]|<\s?\d{1,3}\s?>)\s?\)?)|(?P<plain>\(\d{1,2}\)|\d{1,2}[.)]?(?=[\s«А-ЯЁA-Z])))"
    r"\s*+(?=[«\"А-ЯЁA-Zа-яё])"
)
_REFERENCE = re.compile(
    r"(?<!\dм)(?<!\d\sм)(?<!\sкм)(?<!\sсм)(?:"
    r"(?:(?<=[^\W\d_])|(?<=[»\"”)]))(?:\d{1,2}\)?(?![\w)])|\(\d{1,2}\))"
    r"|(?<=[^\d\s*⁰¹²³⁴-⁹])(?:[¹²³⁴-⁹][⁰¹²³⁴-⁹]?(?![⁰¹²³⁴-⁹])|\*{1,4}|†)\)?"
    r"|(?<=\w)\s?\[\d{1,2}\]|(?<=\S)\s?<\s?\d{1,3}\s?>)"
)
"""«причалов¹», «причалов1)», «причалов*», «причалов [1]», «причалов < 1 >»; «100 м2» refers to nothing."""
_ENDED = re.compile(r"[.;)]$")


class Foot:
    """Tells the lines of footnotes from those of the text, reading down; `marks` are the references met, by line."""

    def __init__(self) -> None:
        self._under, self._drawn, self._open, self._full = False, False, False, False
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
        if noted or (self._open and not apart and "\f" not in raw and (self._full or text[:1].islower())):
            self._open, self._full = not _ENDED.search(text), len(text) >= FULL_WIDTH
            return "footnote"
        self._under = self._open = False
        return rule

    def _refers(self, match: re.Match[str], above: Sequence[Traced]) -> bool:
        """Find the mark in the text above, which is read once; a plain number is none without it."""
        for i in range(self._read, len(above)):
            self._references |= {mark: (i, *place) for mark, place in references(above[i].text).items()}
        self._read = len(above)
        place = self._references.pop(key(match[0]), None)
        if place is not None:
            start, end = place[1:]
            self.marks.setdefault(place[0], []).append(
                (start, end - _closes_more(above[place[0]].text[start:end], match[0]))
            )
            self._under = True
        return place is not None or bool(self._under and self._drawn and match["sure"])


def begins_note(text: str, referred: Collection[str]) -> re.Match[str] | None:
    """Match the mark a footnote begins with; a number with a stop or a bracket is one only where it is referred to."""
    match = _NOTE.match(text)
    sure = match and (match["sure"] or match["plain"].isdigit())
    return match if match and (sure or key(match[0]) in referred) else None


def references(text: str) -> dict[str, tuple[int, int]]:
    """Find the marks behind words of a text: what each shares with its note, and its place."""
    return {key(found[0]): found.span() for found in _REFERENCE.finditer(text)}


def without_reference(text: str, note: str) -> str | None:
    """Return a text without the mark that a note begins with, None where it has none.

    >>> without_reference("рек и причалов1) и переправ", "1) Кроме островов."), without_reference("рек", "1) Кроме.")
    ('рек и причалов и переправ', None)
    """
    match = _NOTE.match(note)
    place = references(text).get(key(match[0])) if match else None
    if match is None or place is None:
        return None
    return text[: place[0]] + text[place[1] - _closes_more(text[slice(*place)], match[0]) :]


def key(mark: str) -> str:
    """Return what a mark and its note share: the number, or the sign."""
    return mark.translate(LOWER_DIGITS).strip(" \u00a0.()[]<>")


def _closes_more(mark: str, note: str) -> bool:
    """Say whether the bracket behind a mark is of the text: «(причалов¹)» with a note «¹ …»."""
    return mark.endswith(")") and not mark.startswith("(") and ")" not in note

"""Stray blanks beside marks."""

import re
from collections.abc import Iterator
from itertools import chain

from analyzers.repair.compounds import compound
from analyzers.repair.edits import Edit
from analyzers.repair.tokens import lines
from analyzers.repair.words import Evidence

_B = "[ \u00a0\u2009\u202f]"
_BEFORE = re.compile(rf"{_B}[;,:!?.)»](?=[\s;,.:)»\"*_]|\Z)")
_AFTER = re.compile(rf"[(«„]{_B}++(?=[^\W_])")
_QUOTE = re.compile(rf"{_B}\"(?={_B}|[.,;:)])")
_HYPHENS = re.compile(r" -(?=[А-Яа-яЁё])"), re.compile(r"- (?=[А-Яа-яЁё])(?<=[А-Яа-яЁё]..)")
_LEFT = re.compile(r"(?<![^\W_])[А-Яа-яЁё]{2,}+\Z")
_RIGHT = re.compile(r"[А-Яа-яЁё]{2,}+(?![^\W_])")


def stops(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Take out blanks between a word and its stop, inside brackets and quotes, and beside a hyphen of a word.

    >>> found = stops("лиц ; ( суда ) и научно -исследовательская, дела - да", Evidence(""))
    >>> [(e.start, e.end) for e in sorted(found, key=lambda e: e.start)]
    [(3, 4), (7, 8), (12, 13), (23, 24)]
    """
    for match in _BEFORE.finditer(text):
        start = match.start()
        while start and text[start - 1] in " \u00a0\u2009\u202f":
            start -= 1
        if start and (text[start - 1].isalnum() or text[start - 1] in ')»"*') and _no_list(text, match.end() - 1):
            yield Edit(start, match.end() - 1, "", "stop", 0.95)
    for match in _AFTER.finditer(text):
        yield Edit(match.start() + 1, match.end(), "", "stop", 0.9)
    yield from _quotes(text)
    yield from _hyphens(text, evidence)


def _no_list(text: str, at: int) -> bool:
    """Say whether the mark is no ellipsis, smiley or leader of dots."""
    return not (text[at] == "." and text[at + 1 : at + 2] in {".", "\u00a0"})


def _quotes(text: str) -> Iterator[Edit]:
    """Close straight quotes up to their word where the count in the paragraph tells which way they face."""
    line_end, count, at, even = -1, 0, 0, True
    for match in _QUOTE.finditer(text):
        quote = match.end() - 1
        if quote > line_end:
            start, line_end = lines(text, quote)
            count, at, even = 0, start, text.count('"', start, line_end) % 2 == 0
        count, at = count + text.count('"', at, quote), quote
        if not even:
            continue
        if count % 2:
            if text[quote - 2].isalnum():
                yield Edit(quote - 1, quote, "", "stop", 0.8)
        elif text[quote + 1] in " \u00a0" and text[quote + 2 : quote + 3].isalnum():
            yield Edit(quote + 1, quote + 2, "", "stop", 0.8)


def _hyphens(text: str, evidence: Evidence) -> Iterator[Edit]:
    for match in chain.from_iterable(p.finditer(text) for p in _HYPHENS):
        left = _LEFT.search(text[max(match.start() - 40, 0) : match.start()])
        right = _RIGHT.match(text, match.end())
        if left and right and right[0].islower() and compound(left[0], right[0], evidence) >= 0.85:
            at = match.start() + (match[0][0] == "-")
            yield Edit(at, at + 1, "", "hyphen-gap", 0.85)

"""Pairs the quotation marks of an order: which opens what is quoted, which closes it, which nothing closes."""

import re
from bisect import bisect_right

_OPENERS = {"«": "»", "„": "“", "“": "”"}


def quotes(text: str) -> tuple[dict[int, int], frozenset[int]]:
    """Pair the outer quotation marks of a text: opening to closing, and openings nothing closes.

    A straight mark opens after a blank or a bracket before a letter, else it closes.
    """
    text = _TITLE_LEFT_OPEN.sub(lambda m: f"{m[1] or m[3]} {m[2] or m[4]}", text)
    pairs: dict[int, int] = _blocks(text)
    stack: list[tuple[int, str]] = []
    inside = -1
    for at, char in enumerate(text):
        inside = max(inside, pairs.get(at, -1))
        if char not in '«»„“”"' or at <= inside:
            continue
        if _closes(text, at, char, stack):
            start, _ = stack.pop()
            if not stack:
                pairs[start] = at
        elif char not in {"»", "”"}:
            stack.append((at, _OPENERS.get(char, char)))
    return pairs, frozenset(start for start, _ in stack)


_TITLE_LEFT_OPEN = re.compile(
    r"(«Об?\s[^«»\n]{3,300}+)«([^«»\n]{3,300}+»)(?=[^«»]*+(?:«|$))|"
    r"(\"Об?\s[^\"\n]{3,300}+(?<=[\s(]))\"(?=[^\W_])([^\"\n]{3,300}+\")(?=[^\"]*+(?:(?<=[\s(])\"|$))"
)
"""A title whose inner marks are left open: «О внесении изменений в Закон «О пасеках» слова «…» исключить."""
_OPENS_LINE = re.compile(r"(?<![^\n])\"")
_ENDS_LINE = re.compile(r"\"(?=[;.,]{0,2}(?:\n|$))")


def _blocks(text: str) -> dict[int, int]:
    """Pair straight marks around whole paragraphs: from one that opens a line to one that ends a line.

    Inner marks are printed as carelessly as they please: a block ends where the marks since its beginning are even,
    or with the last line that ends in one.
    """
    pairs: dict[int, int] = {}
    marks = [at for at, char in enumerate(text) if char == '"']
    place = {at: i for i, at in enumerate(marks)}
    closings = [place[m.start()] for m in _ENDS_LINE.finditer(text)]
    even = {parity: [c for c in closings if c % 2 == parity] for parity in (0, 1)}
    done = -1
    for match in _OPENS_LINE.finditer(text):
        start = place[match.start()]
        if start <= done or not closings or closings[-1] <= start:
            continue
        fitting = even[1 - start % 2]
        first = bisect_right(fitting, start)
        done = fitting[first] if first < len(fitting) else closings[-1]
        pairs[match.start()] = marks[done]
    return pairs


def _closes(text: str, at: int, char: str, stack: list[tuple[int, str]]) -> bool:
    if not stack:
        return False
    if char == '"':
        opens = (at == 0 or text[at - 1].isspace() or text[at - 1] in '(«„“"') and text[at + 1 : at + 2].isalnum()
        return stack[-1][1] == '"' and not opens
    return char == stack[-1][1] or (char in "»”" and stack[-1][1] in "»”")

"""Words cut by a hyphen at the end of a line or page, and soft hyphens anywhere."""

import re
from collections.abc import Iterator

from analyzers.lemmas import folded
from analyzers.repair.compounds import compound
from analyzers.repair.edits import THETA, Edit
from analyzers.repair.words import LONGEST, Evidence

_L = "А-Яа-яЁё"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_UNSEEN = re.compile(f"[{_INVISIBLE}]++")
_BREAK = re.compile(
    rf"[-‐‑¬\u00ad][ \t\u00a0]*+(?:\r?\n|\f)(?:[ \t\u00a0\f]*+\r?\n){{0,6}}"
    rf"(?P<page>[ \t]*+(?:[-–—][ \t]*+)?\d{{1,4}}[ \t]*+(?:[-–—][ \t]*+)?(?:\r?\n[ \t\f]*+){{1,6}})?"
    rf"[ \t\u00a0\f>]*+(?=[{_L}])"
)
_SPACED_END = re.compile(
    r"(?<![^\W_])(?<![^\W_] )([А-Яа-яЁё](?: [А-Яа-яЁё]){1,64}+) ?\n ?"
    r"([а-яё](?: [а-яё]){0,64})(?![^\W_])(?! [^\W_](?![^\W_]))"
)
"""Letters parted by one blank before and after a line end."""
_SPACED_SCREEN = re.compile(r"\n(?<=[А-Яа-яЁё] [А-Яа-яЁё]\n| [А-Яа-яЁё] \n) ?[а-яё](?![^\W_])")
_NO_WORD, _SURER = 20.0, 3.0
"""Nats of what is no word, and by which one word must be likelier than two."""
_LINE_END = re.compile(rf"([{_L}]{{1,64}}+)[ \t]*+\r?\n[ \t]*+([а-яё]++)")
_LEFT = re.compile(rf"(?:[{_L}]{{1,64}}+(?:[-‐‑][{_L}]{{1,64}}+){{0,8}}+|\d{{1,64}}+)\Z")
_RIGHT = re.compile(rf"[{_L}]++(?:[-‐‑][{_L}]++)*+")


def hyphens(text: str, evidence: Evidence) -> Iterator[Edit]:
    r"""Join words over a hyphen at a line end; a hyphen that belongs to the word stays.

    >>> text = "обеспече-\nние научно-\nисследовательских и 15-\nдневный"
    >>> [(text[e.start : e.end], e.replacement) for e in hyphens(text, Evidence(""))]
    [('-\n', ''), ('-\n', '-'), ('-\n', '-')]
    """
    unseen = _UNSEEN.finditer(text) if any(c in text for c in _INVISIBLE) else ()
    for match in unseen:
        start, end = match.span()
        if text[start - 1 : start].isalpha() and text[end : end + 1].isalpha():
            yield Edit(start, end, "", "soft-hyphen" if "\u00ad" in match[0] else "invisible", 0.95)
    for match in _BREAK.finditer(text):
        left = _LEFT.search(text[max(match.start() - 64, 0) : match.start()])
        right = _RIGHT.match(text, match.end())
        if left and right:
            yield from _joined(text, match, (left[0], right[0]), evidence)


def spaced_lines(text: str, evidence: Evidence) -> Iterator[Edit]:
    r"""Join a letter-spaced word that a line end cuts, where wider gaps part the words; the gaps become blanks.

    >>> [e.replacement for e in spaced_lines("о  п р а в и т е л ь\nс т в е  и  д р у г и х", Evidence(""))]
    [' правительстве ']
    """
    if not _SPACED_SCREEN.search(text):
        return
    done = 0
    for match in _SPACED_END.finditer(text):
        left, right = match[1].replace(" ", ""), match[2].replace(" ", "")
        if 5 < len(left + right) <= LONGEST and evidence.known(left + right):
            halves = sum(evidence.cost(folded(half)) or _NO_WORD for half in (left, right))
            if (evidence.cost(folded(left + right)) or _NO_WORD) + _SURER < halves:
                evidence.zones += 1
                start, end = match.span()
                before, after = text[max(start - 4, done) : start], text[end : end + 4]
                wide = len(before) - len(before.rstrip(" ")), len(after) - len(after.lstrip(" "))
                start, end = (
                    at + way * n if n > 1 else at for at, way, n in zip((start, end), (-1, 1), wide, strict=True)
                )
                word = " " * (wide[0] > 1) + left + right + " " * (wide[1] > 1)
                yield Edit(start, end, word, "spaced-line", 0.9)
                done = end


def broken_lines(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Join a letter-spaced word that a line end cut without a hyphen («г о с у д а р с т», «в а»).

    Only texts with letter-spaced runs are looked at; one half at least must be no word.
    """
    if not evidence.zones:
        return
    for match in _LINE_END.finditer(text):
        left, right = match[1], match[2]
        if (
            len(left + right) > 4
            and evidence.known(left + right)
            and (not (evidence.known(left) and evidence.known(right)) or _likelier(left, right, evidence))
        ):
            yield Edit(match.end(1), match.start(2), "", "spaced-line", 0.85)


def _likelier(left: str, right: str, evidence: Evidence) -> bool:
    """Say whether two halves are likelier one word: «доку ментов»."""
    whole, one, two = (evidence.cost(folded(word)) or _NO_WORD for word in (left + right, left, right))
    return whole + 2 * _SURER < one + two


def _joined(text: str, match: re.Match[str], halves: tuple[str, str], evidence: Evidence) -> Iterator[Edit]:
    left, right = halves
    tail, head = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
    whole = _whole(tail, head, evidence)
    kept = compound(tail, head, evidence, at_line_end=True)
    if max(whole, kept) < 0.5:
        return
    hyphen, second = ("", "hyphen kept") if whole >= kept else ("-", "hyphen dropped")
    sure = max(THETA, min(0.98, 0.5 + abs(whole - kept) / 2))
    start = match.start()
    if match["page"]:
        moved = text[match.end() : match.end() + len(right)]
        yield Edit(
            start, match.end() + len(right), hyphen + moved + text[start + 1 : match.end()], "hyphen-page", sure, second
        )
    elif text[start] == "-" and hyphen:
        yield Edit(start, match.end(), "-", "hyphen", sure, second)
    else:
        yield Edit(start, match.end(), hyphen, "hyphen", sure, second)


def _whole(left: str, right: str, evidence: Evidence) -> float:
    """Return how sure the halves are one word without a hyphen, 0..1."""
    word = left + right
    if left.isdigit() or (right[0].isupper() and not left.isupper()):
        return 0.0
    if evidence.known(word):  # «судебномедицинский» is in the dictionary, but nobody writes it
        return 0.98 if evidence.usual(word) or not right[0].islower() else 0.9
    if evidence.own.get(folded(word), 0):
        return 0.9
    if not evidence.known(left) or not evidence.known(right) or len(left) < 3 or len(right) < 3:
        return 0.8
    return 0.6

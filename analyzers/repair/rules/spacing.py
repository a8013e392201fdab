"""Letters parted by blanks: zones of single characters, with the gaps between words kept or lost."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzers.repair.edits import THETA, Edit
from analyzers.repair.rules.lists import ONE_LETTER, TWO_LETTER
from analyzers.repair.rules.unspacing import read_run
from analyzers.repair.tokens import BLANKS, CLOSERS, DASHES, Item, items, lines
from analyzers.repair.words import Evidence, unlisted

_GAPS = "[ \t\u00a0\u2002\u2003\u2005-\u200a\u202f]"
SCREEN = re.compile(f"{_GAPS}[А-Яа-яЁё]{_GAPS}{{1,64}}+[А-Яа-яЁё](?![^\\W_])")
_GOES_ON = re.compile(rf"{BLANKS}++\S(?![^\W_])")
_KNOWN_SHARE, _LONG_SHARE = 0.6, 0.35
"""Share of letters in known words that proves wide gaps part words; less will do beside a long known word."""
_NUMBER_LINE = re.compile(
    r"(?m)^[^\S\n]*+(?:[^\s\d](?=[^\S\n]|$)[^\S\n]*+)*+\d(?: \S(?!\S))(?:[^\S\n]++\S(?!\S))*+[^\S\n]*+$"
)
_SPACED_TEXT, _SHORT_LINE = 2, 5
"""Letter-spaced runs from which on a text is a letter-spaced one; items of a line that tells nothing."""
_LIKE_PREFIXES = frozenset(["под", "над", "без", "при", "пред", "за", "от", "меж", "не", "по", "вне", "до", "со"])
"""Words that begin others: «подбассейн» is one."""
_LONG_ZONE, _LETTERS = 60, 6
"""A zone longer than this with fewer different characters is no text."""
_BARE = '()«»"„“”;:,.!?-–—№'


def spaced(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Close up letter-spaced words.

    >>> [e.replacement for e in spaced("и п р о т и в  с о б с т в е н н о с т и ;", Evidence(""))]
    ['против', ' ', 'собственности;']
    >>> [e.replacement for e in spaced("О п р и ч и н а х о т к а з а", Evidence(""))]
    ['причинах', 'отказа']
    """
    done = 0
    for match in SCREEN.finditer(text):
        if match.start() < done or not _third(text, match):
            continue
        start, done = lines(text, match.start())
        found = items(text, start, done)
        zones = [*_zones(found), (len(found), len(found))]
        free = 0
        for (first, last), (then, _) in pairwise(zones):
            edits = list(_close_up(text, found, range(first, last), range(free, then), evidence))
            yield from edits
            while edits and free < len(found) and found[free].start < edits[-1].end:
                free += 1
    if evidence.zones > _SPACED_TEXT:
        yield from _numbers(text, evidence)


def _numbers(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Close up lines with hardly a letter («В  1 9 7 7  г .») in a text whose words are letter-spaced, gaps kept."""
    for match in _NUMBER_LINE.finditer(text):
        found = items(text, *match.span())
        if not SCREEN.search(match[0]) and len({item.gap for item in found[1:]}) > 1 and len(found) > _SHORT_LINE:
            joined = _kept(found, evidence)
            if joined is not None:
                yield from _written(text, found, joined, ("spaced", 0.9, None))


def _third(text: str, match: re.Match[str]) -> bool:
    """Say whether a single character stands before or after two single letters."""
    at = match.start()
    if _GOES_ON.match(text, match.end()):
        return True
    before = text[max(at - 8, 0) : at].rstrip(" \t\u00a0")
    return before[-1:].isalnum() and not before[-2:-1].isalnum()


def _zones(found: list[Item]) -> Iterator[tuple[int, int]]:
    """Yield (first, last + 1) of runs of single characters parted by blanks, with three letters or more."""
    first = 0
    while first < len(found):
        last = first
        while last < len(found) and _member(found, last) and (last == first or found[last].gap):
            last += 1
        letters = sum(i.cyrillic for i in found[first:last])
        unit = _unit(found, first, last)
        if letters >= (5 if unit else 3):
            yield first, last
        first = max(last, first + 1)


def _unit(found: list[Item], first: int, last: int) -> bool:
    """Say whether a run may be a unit after its number: «6 м и в пределах»; wide gaps tell it is not."""
    gaps = {item.gap for item in found[first + 1 : last]}
    number = found[first].text.isdigit() or (first > 0 and found[first - 1].text[-1].isdigit())
    return number and len(gaps) < 2


def _member(found: list[Item], at: int) -> bool:
    """Say whether an item is one character that may belong to a letter-spaced run: nothing but marks stands close."""
    item = found[at]
    if not item.single or item.text in "*#|_`~":
        return False
    before = found[at - 1] if at and not item.gap else None
    after = found[at + 1] if at + 1 < len(found) and not found[at + 1].gap else None
    if item.text.isalnum():
        return not (before and (before.text.isalnum() or before.text in ".,-/")) and not (
            after
            and (after.text.isalnum() or after.text in "-/" or (after.text in ".," and _letter_follows(found, at + 2)))
        )
    return before is None and after is None


def _letter_follows(found: list[Item], at: int) -> bool:
    return at < len(found) and not found[at].gap and found[at].text.isalnum()


def _close_up(text: str, found: list[Item], at: range, around: range, evidence: Evidence) -> Iterator[Edit]:
    zone = found[at.start : at.stop]
    if len(zone) > _LONG_ZONE and len({item.text for item in zone}) < _LETTERS:
        return  # «а а а а …»
    joined = _kept(zone, evidence)
    if joined is not None:
        evidence.zones += 1
        _part_strange(zone, joined, evidence)
        yield from _written(text, zone, joined, ("spaced", 0.99, None))
        return
    lost = read_run(found, at, around, evidence)
    if lost is not None:
        evidence.zones += 1
        why = ("spaced-gaps-lost", max(lost.confidence, THETA), lost.runner_up)
        yield from _written(text, lost.run, lost.close, why)
    elif _one_strange_word(zone):
        yield from _written(text, zone, [False] + [True] * (len(zone) - 1), ("spaced-unknown", 0.7, None))


def _one_strange_word(zone: Sequence[Item]) -> bool:
    """Say whether five letters or more at even gaps may be a name: written as one is, not in order of the alphabet."""
    word = "".join(i.text for i in zone).rstrip(_BARE)
    if len(word) < 5 or not word.isalpha() or len({i.gap for i in zone[1:]}) > 1:
        return False
    ordered = sum(abs(ord(b) - ord(a)) == 1 for a, b in pairwise(word.lower()))
    return (word.isupper() or word[1:].islower()) and ordered < 2 and bool(set(word.lower()) & set("аеёиоуыэюя"))


def _written(
    text: str, zone: Sequence[Item], joined: Sequence[bool], why: tuple[str, float, str | None]
) -> Iterator[Edit]:
    """Write a zone as edits: one for each word, one for each wide gap; joined[i] closes the gap before zone[i]."""
    start = 0
    for i in range(1, len(zone) + 1):
        if i < len(zone) and joined[i]:
            continue
        word = "".join(x.text for x in zone[start:i])
        if i - start > 1 and text[zone[start].start : zone[i - 1].end] != word:
            yield Edit(zone[start].start, zone[i - 1].end, word, *why)
        if (
            i < len(zone)
            and zone[i].gap > 1
            and zone[i].single
            and zone[i - 1].single
            and text[zone[i - 1].end : zone[i].start] != " "
        ):
            yield Edit(zone[i - 1].end, zone[i].start, " ", *why)
        start = i


def _kept(zone: list[Item], evidence: Evidence) -> list[bool] | None:
    """Say which gaps to close where wider gaps part the words; None when it makes no words."""
    gaps = [item.gap for item in zone[1:]]
    narrow = min(gaps)
    joined = [False] + [gap <= narrow for gap in gaps]
    for i, item in enumerate(zone):
        if i and item.text in CLOSERS:
            joined[i] = True
        if item.text in DASHES:
            joined[i] = False
            if i + 1 < len(zone):
                joined[i + 1] = False
    words = [w for w in _words(zone, joined) if any(c.isalpha() for c in w)] or [""]
    known = sum(len(w) for w in words if _plausible(w, evidence) or (len(w) > 4 and w.istitle()))
    total = sum(map(len, words))
    if evidence.zones > 2 and len(set(gaps)) == 2 and len(zone) > 5:
        return joined  # a text spaced like this elsewhere: names, numbers and abbreviations too («С З  Р Ф  2 0 1 0»)
    long = any(len(w) > 4 and evidence.known(w) for w in words)
    share = _LONG_SHARE if long and total > 9 else _KNOWN_SHARE
    if max(map(len, words)) < 2 or max(gaps) == narrow or known < share * total:
        return None
    return joined


def _part_strange(zone: list[Item], joined: list[bool], evidence: Evidence) -> None:
    """Part what no dictionary holds where it reads as words: one of the wide gaps was lost («и п р о т и в»)."""
    start = 0
    for i in range(1, len(zone) + 1):
        if i < len(zone) and joined[i]:
            continue
        word = "".join(x.text for x in zone[start:i])
        if len(word) > 3 and word.isalpha() and not word.istitle() and not evidence.known(word):
            found = read_run(zone[start:i], range(i - start), range(i - start), evidence)
            prefixed = found is not None and len(found.words) == 2 and found.words[0] in _LIKE_PREFIXES
            if found and not prefixed and all(_plausible(w, evidence) for w in found.words):
                total = sum(evidence.cost(w) or unlisted(len(w), standing=True) for w in found.words)
                if total < unlisted(len(word), standing=True):
                    joined[start + 1 : i] = found.close[1:]
        start = i


def _words(zone: Sequence[Item], joined: Sequence[bool]) -> list[str]:
    words: list[str] = []
    for item, close in zip(zone, joined, strict=True):
        if close and words:
            words[-1] += item.text
        else:
            words.append(item.text)
    return [w.strip(_BARE) for w in words]


def _plausible(word: str, evidence: Evidence) -> bool:
    if len(word) < 3:
        low = word.lower()
        return low in ONE_LETTER or low in TWO_LETTER or (word.isupper() and evidence.known(word))
    return evidence.known(word)

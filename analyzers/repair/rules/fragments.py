"""Words with stray blanks inside («ч елове ка», «СО ГЛА ШЕ НИЕ»): found by their pieces, joined by the lattice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from math import log

from analyzers.frequencies import common_words
from analyzers.lemmas import folded, is_known, is_name
from analyzers.repair.edits import Edit
from analyzers.repair.grammar import GOVERNS, cases, parts
from analyzers.repair.lattice import NEVER, Stretch, Word, read
from analyzers.repair.rules.lists import ABBREVIATIONS, ONE_LETTER, TWO_LETTER
from analyzers.repair.words import LONGEST, Evidence

_PIECES = re.compile(r"([Ё-ё]++)")
_NEAR = frozenset((" ", "  ", "\u00a0", "\u2009", "\u202f", "\t"))
CLEAN = 1e-4
"""Share of word gaps that are stray blanks in a text that shows little of them."""
SPACED = 0.3
"""The same between two lone letters in a text with letter-spaced words."""
_LONG_PREPOSITION = re.compile(" о (?<![^\\s(«].{4})(?<=[вскВСК]...)(?=([а-яё]{3,32}))")
"""«с о дня», «в о всех»: no two prepositions of one letter follow each other."""
DENSEST = 0.3
BLOCK = 300
"""Words over which the share of stray blanks is measured."""
_RARE, _STRANGE = 1, 2
_STICKY = ("между", "для", "об", "от", "о", "на", "по", "в", "с", "к")
_MOST = 8
"""Pieces of one word."""
_SURE_SHARE = 0.01
_DOUBT = 2.2
"""Nats by which words apart must win for none to look for them as one."""


class _Text:
    """A text as what stands between words (even indices) and words (odd); `offsets[i]` is where `pieces[i]` begins."""

    def __init__(self, text: str) -> None:
        self.pieces: list[str] = _PIECES.split(text)
        self.met: dict[tuple[str, str, str], bool] = {}

    @cached_property
    def offsets(self) -> list[int]:
        """Return where each piece begins, and where the last ends."""
        return [0, *accumulate(map(len, self.pieces))]

    def word(self, at: int) -> str:
        """Return the word at an index, "" where there is none."""
        return self.pieces[at] if 0 <= at < len(self.pieces) and at % 2 else ""

    def near(self, at: int) -> bool:
        """Say whether only a blank or two part words at and at + 2."""
        return 0 <= at < len(self.pieces) - 2 and self.pieces[at + 1] in _NEAR


@dataclass(frozen=True, slots=True)
class _Join:
    """The pieces first..last (indices, every other one) make one word."""

    first: int
    last: int
    sure: float
    runner_up: str | None


def prepositions(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Join «с о», «в о», «к о».

    >>> [(e.start, e.end) for e in prepositions("срок с о дня в о тношении", Evidence(""))]
    [(6, 7)]
    """
    for match in _LONG_PREPOSITION.finditer(text):
        word = match[1]
        if evidence.known(word) or not evidence.known("о" + word):
            yield Edit(match.start(), match.start() + 1, "", "fragments", 0.9)


def mended(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Join words that stray blanks cut in pieces.

    >>> [e.replacement for e in mended("права ч елове ка и обще ственного порядка", Evidence(""))]
    ['человека', 'общественного']
    """
    laid = _Text(text)
    pieces = laid.pieces
    strange, found = _suspicious(laid, evidence)
    if not found:
        yield from _swallowed(laid, strange, ())
        return
    joins = [j for stretch in _stretches(laid, found) for j in _joins(laid, stretch, CLEAN, evidence)]
    rates = _dense(laid, joins)
    if rates:
        joins = [j for j in joins if j.first // (2 * BLOCK) not in rates]
        for stretch in _stretches(laid, [i for i in range(1, len(pieces), 2) if i // (2 * BLOCK) in rates]):
            joins += _joins(laid, stretch, rates.get(stretch[0] // (2 * BLOCK), CLEAN), evidence)
    else:
        yield from _swallowed(laid, strange, joins)
    for join in sorted(joins, key=lambda j: j.first):
        word = "".join(pieces[join.first : join.last + 1 : 2])
        yield Edit(laid.offsets[join.first], laid.offsets[join.last + 1], word, "fragments", join.sure, join.runner_up)


def _suspicious(laid: _Text, evidence: Evidence) -> tuple[list[int], list[int]]:
    """Return the indices of words nobody knows, and of pieces that make a word with what is beside them."""
    pieces, common = laid.pieces, common_words()
    words = pieces[1::2]
    ranks = {word: rank for word in set(words) if (rank := _rank(word))}
    odd = [(i, word) for i, word in zip(range(1, len(pieces), 2), words, strict=True) if word in ranks]
    strange = [i for i, word in odd if ranks[word] == _STRANGE]
    return strange, [
        i
        for i, word in odd
        if (_makes_common(pieces, i, common) if ranks[word] == _RARE else _may_join(laid, i, evidence))
    ]


def _swallowed(laid: _Text, strange: Sequence[int], joins: Sequence[_Join]) -> Iterator[Edit]:
    """Part a preposition from the noun it is stuck to: «Протоколо порядке»; not a surname («Сумкина»)."""
    for i in strange:
        low = folded(laid.pieces[i])
        if len(low) < 7 or not laid.near(i) or any(j.first <= i <= j.last for j in joins):
            continue
        follows = cases(folded(laid.word(i + 2)))
        for preposition in _STICKY[: None if laid.pieces[i].islower() else 5]:
            noun = low[: -len(preposition)]
            if not low.endswith(preposition) or noun not in common_words() or len(noun) < 5:
                continue
            if "NOUN" in parts(noun) and follows & GOVERNS[preposition] and not is_name(noun):
                at = laid.offsets[i + 1] - len(preposition)
                yield Edit(at, at, " ", "glued-preposition", 0.8)
                break


@lru_cache(maxsize=200_000)
def _rank(piece: str) -> int:
    """Say how much letters look like a piece of a word: not at all, _RARE or _STRANGE."""
    low = folded(piece)
    if len(low) < 3:
        return 0 if low in (ONE_LETTER if len(low) == 1 else TWO_LETTER) else _STRANGE
    if low in common_words():
        return _STRANGE if len(low) == 3 and not is_known(low) else 0
    return _RARE if is_known(low) else _STRANGE


def _makes_common(pieces: list[str], at: int, common: frozenset[str]) -> bool:
    """Say whether a piece and the next or the one before make a common word."""
    piece = pieces[at].lower()
    if at > 1 and pieces[at - 1] in _NEAR and pieces[at - 2].lower() + piece in common:
        return True
    return at + 2 < len(pieces) and pieces[at + 1] in _NEAR and piece + pieces[at + 2].lower() in common


def _may_join(laid: _Text, at: int, evidence: Evidence) -> bool:
    """Say whether a piece and its neighbours make a known word; farther ones are tried if short or seldom."""
    pieces = laid.pieces
    before = pieces[at - 2] if at > 1 and pieces[at - 1] in _NEAR else ""
    after = pieces[at + 2] if pieces[at + 1] in _NEAR and at + 2 < len(pieces) else ""
    if not (before or after):
        return False
    if (before and _piece_like(before)) or (after and _piece_like(after)):
        return _windows_join(laid, at, evidence)
    key = (before, pieces[at], after)
    if key not in laid.met:
        laid.met[key] = _windows_join(laid, at, evidence)
    return laid.met[key]


def _windows_join(laid: _Text, at: int, evidence: Evidence) -> bool:
    """Say whether any run of pieces about one makes a word."""
    first, last = at, at
    if len(laid.pieces[at]) == 1 and at and laid.pieces[at - 1][-2:-1].isdigit():
        return False  # a unit: «300 Н и более»
    while first > at - 2 * _MOST and laid.near(first - 2) and laid.word(first - 2):
        first -= 2
        if not _piece_like(laid.pieces[first]):
            break
    while last < at + 2 * _MOST and laid.near(last) and laid.word(last + 2):
        last += 2
        if not _piece_like(laid.pieces[last]):
            break
    for begin in range(first, at + 1, 2):
        for end in range(max(at, begin + 2), last + 1, 2):
            if _whole("".join(laid.pieces[begin : end + 1 : 2]), evidence):
                return True
    return False


def _whole(word: str, evidence: Evidence) -> bool:
    """Say whether pieces put together make a word, or an abbreviation the text uses where words are letter-spaced."""
    low = folded(word)
    if word.isupper() and len(word) < 5 and evidence.zones > 2 and evidence.own.get(low, 0) > 1:
        return True
    if len(word) == 2:
        return low in TWO_LETTER and _one_case(word)
    return len(word) <= LONGEST and _one_case(word) and evidence.known(word)


def _piece_like(word: str) -> bool:
    return len(word) < 4 or _rank(word) > 0


def _one_case(word: str) -> bool:
    return word[1:].islower() or word.isupper()


def _stretches(laid: _Text, found: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of the chains of words around some, with up to _MOST words of context on each side."""
    begun, ended = -1, -1
    for at in found:
        first, last = at, at
        while first > max(at - 2 * _MOST, ended) and laid.near(first - 2) and laid.word(first - 2):
            first -= 2
        while last < at + 2 * _MOST and laid.near(last) and laid.word(last + 2):
            last += 2
        if first <= ended:
            ended = max(ended, last)
            continue
        if begun >= 0:
            yield begun, ended
        begun, ended = first, last
    if begun >= 0:
        yield begun, ended


def _joins(laid: _Text, stretch: tuple[int, int], rate: float, evidence: Evidence) -> list[_Join]:
    """Return the joins of the best reading of a chain of words, given the share of stray blanks about it."""
    first, last = stretch
    if first == last:
        return []
    words = laid.pieces[first : last + 1 : 2]
    cut, join, owner = [], [], []
    for i, word in enumerate(words):
        lone = evidence.zones > 2 and i and len(word) == 1 == len(words[i - 1])
        here = max(rate, SPACED) if lone else rate
        cut += [-log(1 - here)] + [NEVER] * (len(word) - 1)
        join += [-log(here)] + [0.0] * (len(word) - 1)
        owner += [first + 2 * i] * len(word)
    before = laid.pieces[first - 1].rstrip(" ")[-1:] if first > 1 else "\n"
    after = laid.pieces[last + 1].lstrip(" ")[:1] or "\n"
    found = read(Stretch("".join(words), cut, join, before, after), evidence)
    joins = [_Join(owner[w.start], owner[w.end - 1], w.sure, w.runner_up) for w in found]
    if rate > CLEAN:
        joins += _doubtful(found, owner)
    return [j for j in joins if j.first != j.last and _acceptable(laid, j.first, j.last)]


def _doubtful(found: Sequence[Word], owner: Sequence[int]) -> Iterator[_Join]:
    """Yield what may be one word in a damaged text though it reads as several: searches find it."""
    free = 0
    for word in found:
        start, end = word.other
        if word.margin < _DOUBT and start >= free and owner[start] <= owner[word.start] and end > word.end:
            apart = all(owner[w.start] == owner[w.end - 1] for w in found if w.start < end and start < w.end)
            if apart and owner[end - 1] != owner[start]:
                yield _Join(owner[start], owner[end - 1], 1 - word.sure, None)
                free = end


def _acceptable(laid: _Text, first: int, last: int) -> bool:
    """Say whether the pieces are no abbreviations («УК РФ», «по ст. 5», «по дов-ти»)."""
    pieces = laid.pieces[first : last + 1 : 2]
    if laid.pieces[first - 1].endswith("-") and len(pieces[0]) == 1:
        return False  # «гражданка К-н ему»
    if laid.pieces[last + 1].startswith("-") and len(pieces[-1]) < 5 and pieces[-1][-1] not in "ое":
        return False  # «по дов-ти»
    length = sum(map(len, pieces))
    if all(len(p) == 1 for p in pieces):
        return length < 3  # longer runs are letter-spacing or an alphabet
    if length > 5:
        return True
    before_stop = laid.pieces[last + 1][:1] == "."
    if pieces[0].isupper() and pieces[-1].isupper():
        return any(len(w) > 5 and w.isupper() for w in (laid.word(first - 2), laid.word(last + 2))) and (
            folded("".join(pieces)) in common_words()
        )
    return not (before_stop and (length < 4 or (len(pieces[-1]) > 1 and folded(pieces[-1]) in ABBREVIATIONS)))


def _dense(laid: _Text, joins: Sequence[_Join]) -> dict[int, float]:
    """Return the share of stray blanks in each block of BLOCK words that shows many."""
    counts: dict[int, int] = {}
    for join in joins:
        if join.sure > 0.9:
            counts[join.first // (2 * BLOCK)] = counts.get(join.first // (2 * BLOCK), 0) + 1
    words = min(BLOCK, max(len(laid.pieces) // 2, 1))
    return {b: min(DENSEST, 1.5 * n / words) for b, n in counts.items() if n > 1 and n / words >= _SURE_SHARE}

"""Word-level differences of two texts: a change of form is lighter than one of word, moved parts are recognised."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from analyzers.spans import Span
from analyzers.terms import Term, terms
from analyzers.wordwise import Wordwise
from corpus.comparison.grid import Change, Difference
from corpus.lexicon.numerals import is_numeral

MOVED_WORDS = 3
"""A shorter run that stands elsewhere is no moved part."""

_MOST_WORK = 200_000
"""Pairs of equal words looked at for moved parts (50 ms); what is not found by then is told as removed and added."""

# What turns a provision round: negation, exclusion, duty and right.
_WEIGHTY = {
    "не",
    "ни",
    "нет",
    "без",
    "кроме",
    "исключение",
    "вправе",
    "право",
    "обязанный",
    "обязать",
    "обязываться",
    "обязательство",
    "должный",
    "надлежать",
    "подлежать",
    "мочь",
    "может",
    "отказывать",
    "отказываться",
    "отказать",
    "запрещать",
    "запрещаться",
    "запрещено",
    "только",
    "исключительно",
    "незамедлительно",
    "письменный",
    "письменно",
    "нельзя",
    "допускаться",
}


_ENDING = r"(?:ий|ая|ее|ие|ый|ое|ые|его|ого|ему|ому|им|ым|ей|ой|ую|юю|ем|ом|их|ых|ими|ыми)(?:ся)?$"
_ACTIVE = re.compile(rf"[а-я]{{2}}(?:ющ|ущ|ащ|ящ|вш){_ENDING}")
_PASSIVE = re.compile(rf"[а-я]{{2}}(?:ем|им|нн){_ENDING}")


_GONE, _COME = (Change.REMOVED, Change.CHANGED), (Change.ADDED, Change.CHANGED)


@dataclass(frozen=True, slots=True)
class _Run:
    change: Change
    left: Sequence[Term]
    right: Sequence[Term]


def word(term: Term) -> str:
    """Return what makes a word the same in other forms: its lemma, with the voice of a participle.

    «Запрашиваемая» and «запрашивающая Сторона» are forms of one verb and opposite parties.
    """
    voice = "/а" if _ACTIVE.search(term.form) else "/п" if _PASSIVE.search(term.form) else ""
    return term.lemmas[0] + voice


def _same_word(one: Term, two: Term) -> bool:
    shared = set(one.lemmas) & set(two.lemmas)
    return bool(shared) and word(one).partition("/")[2] == word(two).partition("/")[2]


def weighty(term: Term) -> bool:
    """Say whether a word is a number, a negation or a word of duty or right."""
    return term.form[0].isdigit() or bool(_WEIGHTY & {term.form, *term.lemmas}) or is_numeral(term.form)


def differences(left: str, right: str) -> tuple[Difference, ...]:
    """Compare two texts word by word; every word of either text stands in exactly one run, in order.

    >>> [(d.change.value, d.left and left[slice(*d.left)]) for left in ["в течение трёх суток"]
    ...  for d in differences(left, "в течение пяти суток")]
    [('same', 'в течение'), ('changed', 'трёх'), ('same', 'суток')]
    """
    mine, others = terms(left), terms(right)
    runs = _with_moves(list(_runs(mine, others)))
    return tuple(_told(run) for run in runs if run.left or run.right)


def likeness(left: str, right: str) -> float:
    """Return the share of words two texts have in common in order, 0 to 1, whatever their forms."""
    mine, others = [word(t) for t in terms(left)], [word(t) for t in terms(right)]
    return Wordwise(mine, others).ratio()


def _runs(mine: Sequence[Term], others: Sequence[Term]) -> Iterator[_Run]:
    keys = [word(t) for t in mine], [word(t) for t in others]
    for tag, i1, i2, j1, j2 in Wordwise(*keys).get_opcodes():
        one, two = mine[i1:i2], others[j1:j2]
        if tag == "equal" or (len(one) == len(two) and all(_same_word(a, b) for a, b in zip(one, two, strict=True))):
            yield from _by_form(one, two)
        elif tag == "replace":
            yield _Run(Change.CHANGED, one, two)
        elif tag == "delete":
            yield _Run(Change.REMOVED, one, ())
        else:
            yield _Run(Change.ADDED, (), two)


def _by_form(one: Sequence[Term], two: Sequence[Term]) -> Iterator[_Run]:
    start = 0
    for k in range(1, len(one) + 1):
        if k == len(one) or (one[k].form == two[k].form) != (one[start].form == two[start].form):
            same = one[start].form == two[start].form
            yield _Run(Change.SAME if same else Change.FORM, one[start:k], two[start:k])
            start = k


def _with_moves(runs: list[_Run]) -> list[_Run]:
    """Cut out of removed and added runs the longest stretches that stand in both, while work is left."""
    left = _MOST_WORK
    while True:
        gone = {n: [word(t) for t in run.left] for n, run in enumerate(runs) if run.change in _GONE}
        come = {n: [word(t) for t in run.right] for n, run in enumerate(runs) if run.change in _COME}
        best: tuple[int, int, int, int, int] | None = None
        left -= len(runs) + sum(map(len, gone.values())) + sum(map(len, come.values()))
        for a, b in _sharing(gone, come):
            left -= _work(gone[a], come[b])
            if left < 0:
                return runs
            match = SequenceMatcher(None, gone[a], come[b], autojunk=False).find_longest_match()
            if best is None or match.size > best[4]:
                best = (a, match.a, b, match.b, match.size)
        if best is None:
            return runs
        runs = _cut(runs, best)


def _sharing(gone: Mapping[int, list[str]], come: Mapping[int, list[str]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of runs that have MOVED_WORDS words side by side in common, in order."""
    holders: dict[tuple[str, ...], set[int]] = {}
    for b, words in come.items():
        for stretch in _stretches(words):
            holders.setdefault(stretch, set()).add(b)
    for a, words in gone.items():
        yield from ((a, b) for b in sorted({b for stretch in _stretches(words) for b in holders.get(stretch, ())}))


def _stretches(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[k:] for k in range(MOVED_WORDS)), strict=False)


def _work(gone: Sequence[str], come: Sequence[str]) -> int:
    """Return how many pairs of equal words a search for the longest stretch of two runs looks at."""
    counts = Counter(come)
    return len(gone) + len(come) + sum(counts[w] for w in gone)


def _cut(runs: list[_Run], move: tuple[int, int, int, int, int]) -> list[_Run]:
    a, i, b, j, size = move
    out: list[_Run] = []
    for n, run in enumerate(runs):
        left, right = run.left, run.right
        if n not in (a, b):
            out.append(run)
            continue
        lefts = [left[:i], left[i : i + size], left[i + size :]] if n == a else [left, (), ()]
        rights = [right[:j], right[j : j + size], right[j + size :]] if n == b else [right, (), ()]
        if n == a and n != b:
            out += [_plain(lefts[0], right), _Run(Change.MOVED, lefts[1], ()), _plain(lefts[2], ())]
        elif n == b and n != a:
            out += [_plain(left, rights[0]), _Run(Change.MOVED, (), rights[1]), _plain((), rights[2])]
        else:
            out += [_plain(lefts[0], rights[0]), _Run(Change.MOVED, lefts[1], ()), _Run(Change.MOVED, (), rights[1])]
            out += [_plain(lefts[2], rights[2])]
    return [r for r in out if r.left or r.right]


def _plain(left: Sequence[Term], right: Sequence[Term]) -> _Run:
    return _Run(Change.CHANGED if left and right else Change.REMOVED if left else Change.ADDED, left, right)


def _told(run: _Run) -> Difference:
    changed = run.change in (Change.CHANGED, Change.ADDED, Change.REMOVED)
    heavy = changed and (any(map(weighty, (*run.left, *run.right))) or _turned(run))
    return Difference(run.change, _span(run.left), _span(run.right), heavy)


def _turned(run: _Run) -> bool:
    """Say whether a participle of one verb changed its voice: the parties changed places."""
    mine, others = {word(t) for t in run.left}, {word(t) for t in run.right}
    verbs = {w.partition("/")[0] for w in mine - others if "/" in w}
    return bool(verbs & {w.partition("/")[0] for w in others - mine if "/" in w})


def _span(words: Sequence[Term]) -> Span | None:
    return Span(words[0].start, words[-1].end) if words else None

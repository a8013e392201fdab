"""Word-level differences of two texts: a change of form is lighter than one of word, moved parts are recognised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from analyzers.spans import Span
from analyzers.terms import Term, terms
from corpus.comparison.durations import numeral
from corpus.comparison.model import Change, Difference

MOVED_WORDS = 3
"""A shorter run that stands elsewhere is no moved part."""

# What turns a provision round: negation, exclusion, duty and right.
_WEIGHTY = {
    "не", "ни", "нет", "без", "кроме", "исключение", "вправе", "право", "обязанный", "обязать", "обязываться",
    "обязательство", "должный", "надлежать", "подлежать", "мочь", "может", "отказывать", "отказываться", "отказать",
    "запрещать", "запрещаться", "запрещено", "только", "исключительно", "незамедлительно", "письменный", "письменно",
    "нельзя", "допускаться",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Run:
    change: Change
    left: Sequence[Term]
    right: Sequence[Term]


def weighty(term: Term) -> bool:
    """Say whether a word is a number, a negation or a word of duty or right."""
    return term.form[0].isdigit() or bool(_WEIGHTY & {term.form, *term.lemmas}) or numeral(term.lemmas[0]) > 0


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
    mine, others = [t.lemmas[0] for t in terms(left)], [t.lemmas[0] for t in terms(right)]
    return SequenceMatcher(None, mine, others, autojunk=False).ratio()


def _runs(mine: Sequence[Term], others: Sequence[Term]) -> Iterator[_Run]:
    keys = [t.lemmas[0] for t in mine], [t.lemmas[0] for t in others]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        one, two = mine[i1:i2], others[j1:j2]
        if tag == "equal" or (
            len(one) == len(two) and all(set(a.lemmas) & set(b.lemmas) for a, b in zip(one, two, strict=True))
        ):
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
    """Cut out of removed and added runs the longest stretches that stand in both."""
    while True:
        best: tuple[int, int, int, int, int] | None = None
        for a, gone in enumerate(runs):
            if gone.change not in (Change.REMOVED, Change.CHANGED) or len(gone.left) < MOVED_WORDS:
                continue
            for b, come in enumerate(runs):
                if come.change not in (Change.ADDED, Change.CHANGED) or len(come.right) < MOVED_WORDS:
                    continue
                keys = [t.lemmas[0] for t in gone.left], [t.lemmas[0] for t in come.right]
                match = SequenceMatcher(None, *keys, autojunk=False).find_longest_match()
                if match.size >= MOVED_WORDS and (best is None or match.size > best[4]):
                    best = (a, match.a, b, match.b, match.size)
        if best is None:
            return runs
        runs = _cut(runs, best)


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
    heavy = run.change in (Change.CHANGED, Change.ADDED, Change.REMOVED) and any(map(weighty, (*run.left, *run.right)))
    return Difference(run.change, _span(run.left), _span(run.right), heavy)


def _span(words: Sequence[Term]) -> Span | None:
    return Span(words[0].start, words[-1].end) if words else None

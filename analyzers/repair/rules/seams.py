"""Words in small letters that lost the blank between them: «полномочиясторон», «русском,киргизском»."""

import re
from collections.abc import Iterator

from analyzers.frequencies import share
from analyzers.lemmas import folded, is_known, is_name
from analyzers.repair.edits import Edit
from analyzers.repair.grammar import cases, forms, parts
from analyzers.repair.rules.lists import FIRST_PARTS, HYPHEN_HEADS, PREFIXES, apposed
from analyzers.repair.words import Evidence

_WORD = re.compile(r"(?<![^\W_])(?<!-)[а-яё]{9,40}+(?![^\W_]|-)")
_COMMA = re.compile(r",(?<=[а-яё]{3},)(?=[а-яё]{3})")
_BEFORE, _AFTER = re.compile(r"(?<![^\W_])[а-яё]{3,64}+\Z"), re.compile(r"[а-яё]{3,64}+(?![^\W_])")
_LEAST, _LONGER = 4, 5
"""Letters of the second word, and of the first one, of a word beside a preposition or a verb."""
_USUAL, _RARE = 3e-7, 2e-9
"""Shares of general texts: of a word that may be parted off, and of one nobody writes."""
_BOTH = 2e-11
"""The shares of both words together: «привалочных» and «никотинсодержащий» are rare words, not two."""
_FIRST, _LAST = frozenset(("или", "для", "если", "чтобы")), frozenset(("или", "для", "если", "чтобы", "между", "при"))
"""Words that join others, and never begin or end one."""
_VERBS = frozenset(("VERB", "PRTS"))
_DESCRIBING = frozenset(("ADJF", "PRTF"))
_COMPOUNDED = re.compile(r"(?<!ств)(?<![оеиы])[ое]\Z")
"""How first parts of compounds end («право», «много», «земле»); «обязательство», «решение», «настоящее» do not."""


def seams(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Part a word nobody knows into two that are usual and agree, and words about a comma without its blank.

    >>> found = seams("полномочиясторон на русском,киргизском языках, видеосвязью", Evidence(""))
    >>> [(e.start, e.confidence) for e in found]
    [(10, 0.85), (28, 0.9)]
    """
    told: dict[str, int | None] = {}
    for match in _WORD.finditer(text):
        word = folded(match[0])
        if word not in told:
            told[word] = _seam(word, evidence)
        if (at := told[word]) is not None:
            mark = "-" if _apposed(word[:at], word[at:]) else " "
            yield Edit(match.start() + at, match.start() + at, mark, "glued", 0.85)
    for match in _COMMA.finditer(text):
        left, right = _BEFORE.search(text[max(0, match.start() - 64) : match.start()]), _AFTER.match(text, match.end())
        if left and right and evidence.known(left[0]) and evidence.known(right[0]):
            yield Edit(match.end(), match.end(), " ", "glued", 0.9)


def _seam(word: str, evidence: Evidence) -> int | None:
    """Return where a folded word falls apart; None when it is a word or no parting is proved."""
    if evidence.known(word) or share(word) > _RARE or evidence.own.get(word, 0) > 1 or evidence.made(word):
        return None
    partings = [at for at in range(3, len(word) - 2) if _parts(word[:at], word[at:])]
    return max(partings, key=lambda at: share(word[:at]) * share(word[at:]), default=None)


def _parts(left: str, right: str) -> bool:
    if not (is_known(left) and is_known(right) and min(share(left), share(right)) > _USUAL):
        return False
    if share(left) * share(right) < _BOTH:
        return False
    if left in FIRST_PARTS | PREFIXES | HYPHEN_HEADS or is_name(left) or is_name(right):
        return False
    if left in _FIRST or right in _LAST:
        return max(len(left), len(right)) >= _LONGER
    return len(left) >= _LONGER and len(right) >= _LEAST and _follow(left, right)


def _apposed(left: str, right: str) -> bool:
    """Say whether a word lost its hyphen: «государствчленов»."""
    return apposed(right) and "NOUN" in parts(left) and "NOUN" in parts(right) and bool(cases(left) & cases(right))


def _follow(left: str, right: str) -> bool:
    """Say whether grammar binds two words: «русском языке», «порядок исполнения», «является основанием»."""
    first, second = parts(left), parts(right)
    described = bool(first & _DESCRIBING and forms(left) & forms(right) and second & {"NOUN", *_DESCRIBING})
    if _COMPOUNDED.search(left):
        return described and "NOUN" not in first
    governed = cases(right) & ({"gent", "ablt"} if "NOUN" in second else {"gent"})
    if described or ("NOUN" in first and governed and second & {"NOUN", *_DESCRIBING}):
        return True
    if first <= _VERBS and len(left) > _LONGER:
        return bool(second & {"NOUN", "INFN", *_DESCRIBING})
    return second <= _VERBS and len(right) > _LONGER and "NOUN" in first and "nomn" in cases(left)

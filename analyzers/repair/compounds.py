"""Does a hyphen belong to the word?"""

import re

from analyzers.lemmas import folded, is_name
from analyzers.repair.grammar import cases, parts
from analyzers.repair.rules.lists import HYPHEN_HEADS, HYPHEN_TAILS, SOFT_HEADS, apposed
from analyzers.repair.words import Evidence

_ADVERBS = {
    "по": re.compile(r"\w{1,64}(?:[ое]му|ски|цки|ьи)\Z"),
    "во": re.compile(r"\w{1,64}ых\Z|третьих\Z"),
    "в": re.compile(r"\w{1,64}ых\Z|третьих\Z"),
}


def compound(left: str, right: str, evidence: Evidence, *, at_line_end: bool = False) -> float:
    """Return how sure «left-right» is one hyphenated word, 0..1; between words of one line a hyphen may be a dash.

    >>> e = Evidence("")
    >>> [compound(*w.split("-"), e) for w in ("научно-исследовательская", "кое-кто", "обеспече-ние", "15-дневный")]
    [0.97, 0.97, 0.0, 0.97]
    """
    if left.isupper() and right.isupper() and len(right) > 1:
        left, right = left.lower(), right.lower()
    one, two = folded(left), folded(right)
    if one[-1:].isdigit() or evidence.own.get(f"{one}-{two}") or evidence.in_dictionary(f"{one}-{two}"):
        return 0.97
    if right[:1].isupper():
        proper = is_name(two) or not evidence.known(left) or parts(one) & {"ADVB", "ADJS"} or one in HYPHEN_HEADS
        return 0.95 if left[:1].isupper() and (at_line_end or proper) else 0.0
    found = _particle(one, two, evidence)
    if found is None and evidence.known(right):
        found = _adjective(one, two)
        if found is None and evidence.known(left) and min(len(one), len(two)) > (2 if at_line_end else 3):
            found = _nouns(one, two, at_line_end=at_line_end)
    return found or 0.0


def _particle(one: str, two: str, evidence: Evidence) -> float | None:
    """Judge «кто-либо», «по-новому», «вице-президент»."""
    if two in HYPHEN_TAILS:
        return 0.95 if evidence.known(one) else 0.0
    if one in _ADVERBS and _ADVERBS[one].match(two):
        return 0.95 if evidence.known(two) else 0.0
    if one in HYPHEN_HEADS:
        return 0.95 if evidence.known(two) or two in HYPHEN_HEADS else 0.0
    return None


def _adjective(one: str, two: str) -> float | None:
    """Judge «научно-технический»."""
    if len(one) < 3 or not (one[-1] == "о" or one in SOFT_HEADS) or parts(one) & {"PREP", "CONJ"}:
        return None
    if not parts(two) & {"ADJF", "ADVB", "PRTF"}:
        return None
    return 0.95 if parts(one) & {"ADVB", "ADJS", "COMP"} or not parts(one) else 0.85


def _nouns(one: str, two: str, *, at_line_end: bool) -> float | None:
    """Judge «государства-члены»: two nouns in one case."""
    named = parts(one) & {"NOUN", "PRTF"} if apposed(two) else "NOUN" in parts(one)
    if not named or "NOUN" not in parts(two) or not cases(one) & cases(two):
        return None
    return 0.9 if apposed(two) else 0.7 if at_line_end else 0.4

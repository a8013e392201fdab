"""Does a hyphen belong to the word?"""

import re

from analyzers.lemmas import folded, is_name
from analyzers.repair.grammar import cases, parts
from analyzers.repair.words import Evidence

_TAILS = frozenset("то либо нибудь таки ка с".split())
_HEADS = frozenset(
    "кое кой экс вице обер унтер штаб видео аудио веб онлайн интернет медиа блок бизнес факс пресс генерал премьер конференц".split()
)
_ADVERBS = {
    "по": re.compile(r"\w+(?:[ое]му|ски|цки|ьи)\Z"),
    "во": re.compile(r"\w+ых\Z|третьих\Z"),
    "в": re.compile(r"\w+ых\Z|третьих\Z"),
}
_SOFT = frozenset("обще внешне внутри средне древне выше ниже дальне ближне южно вне сельско".split())
"""First parts in «е» and the like; any in «о» may be one."""
_NOUNS = re.compile(
    r"(?:член|участни|учредител|депозитари|министр|президент|секретар|инспектор|директор|наблюдател|исполнител|экспедитор|"
    r"нотариус|консультант|юрист|город|столиц|правопреемни|получател|отправител|импорт[её]р|экспорт[её]р|инвалид|сирот|продаж|передач|сдач|мигрант|беженц|апатрид|заявител|страховщик)"
)
"""Second nouns that legal Russian hangs on a first one: «государства-члены», «премьер-министр», «купля-продажа»."""


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
        proper = is_name(two) or not evidence.known(left) or parts(one) & {"ADVB", "ADJS"} or one in _HEADS
        return 0.95 if left[:1].isupper() and (at_line_end or proper) else 0.0
    if two in _TAILS or (one in _ADVERBS and _ADVERBS[one].match(two)):
        return 0.95 if evidence.known(left if two in _TAILS else right) else 0.0
    if one in _HEADS:
        return 0.95 if evidence.known(right) or two in _HEADS else 0.0
    if not evidence.known(right):
        return 0.0
    if len(one) > 2 and (one[-1] == "о" or one in _SOFT) and not parts(one) & {"PREP", "CONJ"}:
        if parts(two) & {"ADJF", "ADVB", "PRTF"}:
            return 0.95 if parts(one) & {"ADVB", "ADJS", "COMP"} or not parts(one) else 0.85
    if not evidence.known(left) or min(len(one), len(two)) < 4:
        return 0.0
    named = parts(one) & {"NOUN", "PRTF"} if _NOUNS.match(two) else "NOUN" in parts(one)
    if named and "NOUN" in parts(two) and cases(one) & cases(two):
        return 0.9 if _NOUNS.match(two) else 0.7 if at_line_end else 0.4
    return 0.0

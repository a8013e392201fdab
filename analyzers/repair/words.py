"""What is a word, and how likely: the dictionary, general frequencies, the text's own vocabulary."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from math import log

from analyzers.frequencies import share
from analyzers.lemmas import folded, is_known, is_name, known_prefixes
from analyzers.repair.grammar import forms, parts
from analyzers.repair.rules.lists import NOUN_PREFIXES, ONE_LETTER, PREFIXES, TWO_LETTER

LONGEST = 32
"""Letters of the longest word looked for («административно-территориального» is 30)."""
_WORD = re.compile("[а-я]{2,}+(?:-[а-я]{2,}+)*+")
_RARE = 2e-9
_UNLISTED = 12.0
UNLISTED_LETTER = 2.4
"""Nats for each letter of a word nobody knows, made of letter-spaced ones."""
_ABBREVIATED, _CAPITAL = 6.0, 3.3
"""Nats of an abbreviation nobody knows, and of each of its letters."""
_NAME = 5.0
_NAMES_END = re.compile(
    r"[а-я]{2,64}(?:[оеё]в|ин|ын|ск|цк|евич|ович|[ое]вн|ичн)(?:а|ой|ым|у|е|ы|ом|ий|ого|ому|ая|ую|ые|ых|ем|)\Z"
)
"""How surnames and patronymics end."""
_VOWELS = "аеиоуыэюя"
_PREFIXED, _COMPOUNDED = 7.0, 10.0
"""Nats more than its last part for a word nobody lists made with a prefix, or of two stems («ледорезные»)."""


class Evidence:
    """Judges words for one text; `vocabulary` are counts of words of the corpus around it, folded.

    `zones` counts the letter-spaced runs found so far: where there are some, two lone letters may be another.
    """

    def __init__(self, text: str, vocabulary: Mapping[str, int] | None = None) -> None:
        self._text = text
        self._corpus = vocabulary or {}
        self.zones = 0
        self._known: dict[str, bool] = {}

    @cached_property
    def own(self) -> Counter[str]:
        """Count the words of the text itself, folded."""
        return Counter(_WORD.findall(folded(self._text)))

    @cached_property
    def _own_total(self) -> int:
        return max(self.own.total(), 1)

    def known(self, word: str) -> bool:
        """Say whether a word is in the dictionary, or the corpus uses it.

        >>> e = Evidence("")
        >>> e.known("статьи"), e.known("статъи"), e.known("научно-исследовательская"), e.known("п")
        (True, False, True, False)
        """
        answer = self._known.get(word)
        if answer is None:
            answer = self._known[word] = self._is_word(word)
        return answer

    def _is_word(self, word: str) -> bool:
        lower = folded(word)
        if len(lower) < 2:
            return lower in ONE_LETTER
        if self._corpus.get(lower, 0) > 1:
            return True
        if is_known(lower):
            return not (word.islower() and is_name(lower))
        return "-" in lower and all(part.isdigit() or self.known(part) for part in word.split("-"))

    def usual(self, word: str) -> bool:
        """Say whether a word is met in general texts, or in this one."""
        low = folded(word)
        return share(low) > _RARE or self.own.get(low, 0) > 0

    def in_dictionary(self, word: str) -> bool:
        """Say whether the dictionary itself holds a folded word."""
        return is_known(word)

    def cost(self, word: str) -> float | None:
        """Return how surprising a folded word is, in nats; None when nothing speaks for its being one."""
        count = self.own.get(word, 0) + self._corpus.get(word, 0)
        if count < 3 or len(word) < 4:
            return _cost(word, 0.0)
        return _cost(word, count / self._own_total)

    def proper_cost(self, word: str, cost: float) -> float:
        """Return the cost of a word as it is written with a capital: names and abbreviations are at home there."""
        low = folded(word)
        if 1 < len(word) < 6 and word.isupper():
            cost -= 4 * (is_known(low) and is_name(low))
            return min(cost, 9.0 if self.own.get(low, 0) > 1 else _ABBREVIATED + _CAPITAL * len(word))
        if len(word) < 4:
            return cost
        if is_known(low):
            return cost - 4 if is_name(low) else cost
        return cost - _NAME if _NAMES_END.match(low) else cost

    def beginnings(self, letters: str) -> Iterable[tuple[str, float]]:
        """Return (word, cost) of every word that stands at the beginning of folded letters."""
        known = {len(w) for w in known_prefixes(letters)}
        for length in range(1, min(len(letters), LONGEST) + 1):
            word = letters[:length]
            if length in known or "е" in word or share(word) > _RARE:
                cost = self.cost(word)
                if cost is not None:
                    yield word, cost
        yield from self._compounds(letters)

    def made(self, word: str) -> bool:
        """Say whether a word no dictionary holds is plainly made of two that it does: «ледорезные»."""
        low = folded(word)
        return any(compound == low for compound, _ in self._compounds(low))

    def _compounds(self, letters: str) -> Iterable[tuple[str, float]]:
        for first, more in _first_parts(letters[:12]):
            for second in known_prefixes(letters[first : first + LONGEST]):
                noun = letters[:first] in NOUN_PREFIXES and "NOUN" in parts(second)
                if len(second) > 5 and (noun or "ADJF" in parts(second)) and not is_known(letters[:first] + second):
                    yield letters[:first] + second, (self.cost(second) or 0.0) + more


def surname_like(word: str) -> bool:
    """Say whether a folded word ends as surnames and patronymics do, and may be one.

    >>> surname_like("тургумбаева"), surname_like("законов"), surname_like("порядка")
    (True, False, False)
    """
    return bool(_NAMES_END.match(word)) and (not is_known(word) or is_name(word))


@lru_cache(maxsize=100_000)
def _first_parts(letters: str) -> tuple[tuple[int, float], ...]:
    """Return (length, cost) of what an adjective may begin with: a prefix, or a noun's stem and «о» that is no word.

    >>> _first_parts("предпаводков"), _first_parts("ледорезные"), _first_parts("правоохранит")
    (((4, 7.0),), ((4, 10.0),), ())
    """
    found = [(n, _PREFIXED) for n in range(3, 7) if letters[:n] in PREFIXES]
    for n in range(4, 7):
        first, stem = letters[:n], letters[: n - 1]
        if first[-1:] == "о" and stem[-1] not in _VOWELS and first not in PREFIXES and not is_known(first):
            nouns = any(("nomn", "sing") in forms(stem + ending) for ending in ("", "а"))
            found += [(n, _COMPOUNDED)] if nouns else []
    return tuple(found)


@lru_cache(maxsize=400_000)
def _cost(word: str, own: float) -> float | None:
    """Return the cost of a folded word whose share of the text's own words is known, 0 when it tells nothing."""
    length, general = len(word), share(word)
    if length == 1:
        return -log(general) if word in ONE_LETTER else None
    if length < 6 and general <= _RARE:
        own = 0.0
    mixed = max((general + own) / (2 if own else 1), _RARE)
    if is_known(word):
        doubt = 6 * (length == 2 and word not in TWO_LETTER) + 2 * (length == 3 and general < 3e-6)
        return -log(mixed) + doubt + 4 * is_name(word)
    if general > _RARE:
        return -log(mixed) + (5 if length > 3 else 8)
    return -log(mixed) + 3 if own else None


def unlisted(length: int, *, standing: bool) -> float:
    """Return the cost of a word nobody knows: a name, say; `standing` when the source has it between blanks."""
    return _UNLISTED + (1.2 if standing else UNLISTED_LETTER) * length

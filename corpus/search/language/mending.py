"""Wrong keyboard layout and misspelt words, mended from the library's own vocabulary."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from analyzers.lemmas import is_known, lemmas
from analyzers.letters import IN_LOWERED_WORD
from analyzers.spans import Span
from analyzers.terms import forms, readings
from corpus.clauses.tree import Form, Phrase
from corpus.library import Library
from corpus.search.answers import QueryCorrection, Slip
from corpus.search.meaning.thesaurus import thesaurus

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:ZXCVBNM<>"
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЯЧСМИТЬБЮ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)

_RUSSIAN = re.compile("[а-я]++")
_FRACTION = re.compile(r"[0-9]{1,9}[.,][0-9]{1,9}")
_OTHER_SIGN = str.maketrans(".,", ",.")
_LONG_NUMBER = re.compile(r"[1-9][0-9]{3,14}")

SHORTEST = 4
"""Letters of a word that may be misspelt; shorter ones have too many neighbours."""

CANDIDATES = 400
"""Forms of the vocabulary a misspelt word is held against, for each beginning."""


class Mender:
    """Mends the words of one query."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def layout(self, text: str) -> str | None:
        """Return what was meant by a text typed in the other keyboard layout, length kept; None for one in order.

        `jnrfp` is «отказ». All its words must be words after the change, and none of them in the library before.
        """
        latin = any("a" <= c <= "z" for c in text.lower())
        if latin == any("а" <= c <= "я" or c == "ё" for c in text.lower()):
            return None
        changed = text.translate(_TO_CYRILLIC if latin else _TO_LATIN)
        typed, meant = forms(text), forms(changed)
        long = [word for word in meant if len(word) > 2 and not word[0].isdigit()]
        if not long or (not latin and not all(word.isascii() and self._held(word) for word in long)):
            return None
        if latin and not all(is_known(word) or self._held(word) for word in long):
            return None
        before = [word for word in typed if len(word) > 2]
        if any(self._held(word) or (not latin and is_known(word)) for word in before):
            return None
        return changed

    def spelling(self, form: str) -> str | None:
        """Return the likeliest word of the library for one that neither dictionary, thesaurus nor library knows."""
        if (looks := form.translate(IN_LOWERED_WORD)) != form and _RUSSIAN.fullmatch(looks) and is_known(looks):
            return looks
        if len(form) < SHORTEST or not _RUSSIAN.fullmatch(form) or is_known(form) or thesaurus().knows(readings(form)):
            return None
        return None if self._held(form) else self.near(form)

    def number(self, form: str) -> str | None:
        """Return a fraction with the other sign where the library has it so alone: «0.1» for «0,1»."""
        if not _FRACTION.fullmatch(form) or self._held(form):
            return None
        other = form.translate(_OTHER_SIGN)
        return other if self._held(other) else None

    def grouped(self, form: str) -> tuple[str, ...]:
        """Return the groups a long number is printed in where the library has it so alone: 1000000 for «1 000 000»."""
        if not _LONG_NUMBER.fullmatch(form) or self._held(form):
            return ()
        groups = tuple(f"{int(form):,}".split(","))
        phrase = Phrase(tuple(Form(group) for group in groups))
        return groups if self._library.recall(phrase, 1).total else ()

    def hyphenated(self, one: str, other: str) -> str | None:
        """Return two words joined by a hyphen where the library has them so: «банке корреспонденте»."""
        joined = f"{one}-{other}"
        if not (_RUSSIAN.fullmatch(one) and _RUSSIAN.fullmatch(other)) or min(len(one), len(other)) < SHORTEST - 1:
            return None
        return joined if any(self._library.statistics(lemmas(joined)).frequency.values()) else None

    def near(self, form: str) -> str | None:
        """Return the likeliest word of the library a slip or two away."""
        if len(form) < SHORTEST or not _RUSSIAN.fullmatch(form):
            return None
        allowed = 1 if len(form) < 8 else 2
        best: tuple[int, int, str] | None = None
        for word, count in self._neighbours(form):
            if abs(len(word) - len(form)) > allowed or not _RUSSIAN.fullmatch(word):
                continue
            distance = OSA.distance(form, word, score_cutoff=allowed)
            if distance <= allowed:
                best = min(best or (9, 0, ""), (distance, -count, word))
        return best[2] if best else None

    def _neighbours(self, form: str) -> Sequence[tuple[str, int]]:
        """Return words of the library that begin alike, or differ in one of the first letters."""
        beginnings = {form[:3], form[1] + form[0] + form[2], form[0] + form[2:4], form[1:4]}
        found = [pair for start in sorted(beginnings) for pair in self._library.terms(start, CANDIDATES)]
        slips = {word: readings(word) for word in _first_slips(form) if is_known(word)}
        held = self._library.statistics(sorted({x for found_ in slips.values() for x in found_})).frequency
        found.extend((word, max(held.get(x, 0) for x in kin)) for word, kin in slips.items())
        return [pair for pair in found if pair[1]]

    def _held(self, form: str) -> bool:
        return any(self._library.statistics(readings(form)).frequency.values())


def _first_slips(form: str) -> set[str]:
    """Return what one slip near the beginning may have made of a word (later slips are found by beginnings)."""
    letters = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
    out = {form[:i] + form[i + 1 :] for i in range(4)}
    out.update(form[:i] + c + form[i + k :] for i in range(4) for c in letters for k in (0, 1))
    return out - {form}


def layout_correction(original: str, meant: str, start: int) -> QueryCorrection:
    """Tell that a text was typed in the wrong layout."""
    message = f"Похоже на другую раскладку клавиатуры: «{original}» → «{meant}»"
    return QueryCorrection(Slip.LAYOUT, original, meant, message, Span(start, start + len(original)))


def spelling_correction(original: str, meant: str, start: int) -> QueryCorrection:
    """Tell that a word was misspelt."""
    message = f"Слова «{original}» в библиотеке нет, искали «{meant}»"
    return QueryCorrection(Slip.SPELLING, original, meant, message, Span(start, start + len(original)))


def number_correction(original: str, meant: str, start: int) -> QueryCorrection:
    """Tell that a number is searched as it is printed."""
    message = f"Число «{original}» в библиотеке напечатано иначе, искали «{meant}»"
    return QueryCorrection(Slip.SPELLING, original, meant, message, Span(start, start + len(original)))

"""Letters of the other alphabet, and digits, that look like the right ones."""

import re
from collections.abc import Iterator
from functools import cached_property

from analyzers.lemmas import folded, is_name
from analyzers.letters import IN_WORD
from analyzers.repair.edits import Edit
from analyzers.repair.grammar import GOVERNS, cases
from analyzers.repair.rules.lists import LOOKALIKE_ABBREVIATIONS
from analyzers.repair.words import Evidence

# A lone «t» is no «т»: scans do not confuse the two. Ë and Greek capitals come of converters.
_OTHERS = dict(zip("ËëΑΒΕΗΚΜΟΡΤΧαορ", "ЁёАВЕНКМОРТХаор", strict=True))
TO_CYRILLIC = {k: v for k, v in IN_WORD.items() if k != ord("t")} | str.maketrans(_OTHERS)
TO_LATIN = {ord(cyrillic): chr(latin) for latin, cyrillic in TO_CYRILLIC.items() if latin < ord("Α")}
_FOREIGN = re.compile("[A-Za-zËëͰ-Ͽ]++")
_LAT, _CYR = re.compile("[A-Za-z]"), re.compile("[Ѐ-ӿ]")
_ROMAN = re.compile(r"[IVXLCDMХСМ]++\Z")
_TOKEN = re.compile(r"[^\W_]++")
_SENTENCE = re.compile(r"(?:^|\n|[.!?:;«\"(*#>]|\d\)|[-–—])[^\S\n]*+\Z")
_NAME_AFTER = re.compile(r"\.[^\S\n]?(?:[А-ЯЁ]\.[^\S\n]?)?([А-ЯЁ][А-Яа-яЁё]++)")
_NAME_BEFORE = re.compile(r"([А-ЯЁ][А-Яа-яЁё]{1,64}+)[^\S\n](?:[А-ЯЁ]\.[^\S\n]?)?\Z")
_SIGNATURE = re.compile(
    r"\.[^\S\n]?[А-ЯЁ][а-яё]{1,64}(?:[оеё]в|[иы]н|ский|цкий|ко|[уюи]к|ич|ян|дзе|ли|ва|ина|ая)[^\S\n]*+(?:\n|\Z)"
)
_ENUMERATOR = re.compile(r"(?m)^(?:[^\w\n]|_)*+([a-zа-я])\)")
_LETTERED = re.compile(r"(?i)(?:пункт|част|абзац|литер)[а-я]{0,64}+\W{1,3}\Z")


def lookalikes(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Give a word letters of one alphabet.

    >>> [e.replacement for e in lookalikes("Cтороны cоглаcилиcь c ней, ХIV", Evidence(""))]
    ['Стороны', 'согласились', 'с', 'XIV']
    """
    reader = _Reader(text, evidence)
    done = 0
    for match in _FOREIGN.finditer(text):
        if match.start() < done:
            continue
        start, done = _bounds(text, match)
        change = reader.changed(start, done)
        if change:
            yield Edit(start, done, change[0], "lookalike", change[1])


def _bounds(text: str, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span()
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _native(word: str) -> str:
    """Return a word with any Russian letter in Russian letters where they look alike."""
    return word.translate(TO_CYRILLIC) if _CYR.search(word) else word


class _Reader:
    """Decides words with foreign letters in one text."""

    def __init__(self, text: str, evidence: Evidence) -> None:
        self._text = text
        self._evidence = evidence

    @cached_property
    def _latin_lists(self) -> bool:
        """Say whether the lists of the text are lettered «a), b), c)», so that «a» and «c» are Latin."""
        letters = set(_ENUMERATOR.findall(self._text))
        return bool(letters & set("bdfgij")) or not letters & set("бвгджз")

    @cached_property
    def _damaged(self) -> bool:
        """Say whether most words with Latin letters are plainly Russian ones: then lone letters are Russian too."""
        foreign = [self._text[slice(*_bounds(self._text, m))] for m in _FOREIGN.finditer(self._text)]
        mixed = sum(bool(_CYR.search(w)) and not _LAT.search(w.translate(TO_CYRILLIC)) for w in foreign)
        return mixed > 4 and 2 * mixed > len(foreign)

    def changed(self, start: int, end: int) -> tuple[str, float] | None:
        """Return the word as it should be written and the confidence, or None to leave it."""
        word = self._text[start:end]
        cyrillic, latin = word.translate(TO_CYRILLIC), word.translate(TO_LATIN)
        if not _CYR.search(word):
            return None if _LAT.search(cyrillic) else self._wholly_latin(start, end, cyrillic)
        if _ROMAN.match(word) and re.search("[IVXLD]", word):
            return latin, 0.9
        if not _LAT.search(cyrillic):
            sure = re.search(r"[БГДЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯбвгджзийлнптфцчшщъыьэюя]", word) or self._evidence.known(cyrillic)
            return cyrillic, 0.97 if sure else 0.8
        if not _CYR.search(latin) and len(_LAT.findall(word)) > 1:
            return latin, 0.85
        return None

    def _wholly_latin(self, start: int, end: int, cyrillic: str) -> tuple[str, float] | None:
        """Decide a word all of whose letters are look-alikes: its neighbours must be Russian words."""
        text = self._text
        close = text[max(start - 1, 0) : start] + text[end : end + 1]
        if any(c.isdigit() for c in cyrillic) or re.search(r"[@/\\=+_&\d]", close):
            return None
        near = self._neighbours(start, end)
        if end - start == 1:
            return self._single(start, end, cyrillic, near)
        words = [w for w in near if w]
        if not words or _ROMAN.match(text[start:end]):
            return None
        if self._damaged:
            return cyrillic, 0.8
        dotted = "." in close and not text[end + 1 : end + 2].isspace()
        if dotted or not all(_CYR.search(w) for w in words) or not self._russian(cyrillic, len(words)):
            return None
        return cyrillic, 0.85

    def _russian(self, word: str, neighbours: int) -> bool:
        """Say whether letters of either alphabet are likelier a Russian word."""
        own = self._evidence.own.get(folded(word), 0)
        if word.isupper() and len(word) < 5:
            return own > 1 or word in LOOKALIKE_ABBREVIATIONS
        return own > 0 or (self._evidence.known(word) and (neighbours > 1 or len(word) > 3))

    def _neighbours(self, start: int, end: int) -> tuple[str, str]:
        before = re.search(r"([^\W\d_]{1,64}+)[^\w\n]{1,3}\Z", self._text[max(start - 48, 0) : start])
        after = re.match(r"[^\w\n]{1,3}([^\W\d_]++)", self._text[end : end + 48])
        one, two = (m[1] if m else "" for m in (before, after))
        return _native(one), _native(two)

    def _single(self, start: int, end: int, letter: str, near: tuple[str, str]) -> tuple[str, float] | None:
        """Decide a lone letter: of a spaced word, an initial, a list mark or a word."""
        text = self._text
        before, after = text[max(start - 48, 0) : start], text[end : end + 48].translate(TO_CYRILLIC)
        if self._in_spaced_word(before, after):
            return letter, 0.85
        if text[end : end + 1] == "." and letter.isupper():
            if before.endswith("°") or (letter == "Х" and _SENTENCE.search(before)):
                return None
            return (letter, 0.9) if self._initial(before, after) else (letter, 0.7) if self._damaged else None
        if text[end : end + 1] in ')»"' and letter.islower():
            marks = re.search(r"(?:^|\n)(?:[^\w\n]|_)*+\Z", before) or _LETTERED.search(before)
            return (letter, 0.9) if marks and not self._latin_lists else None
        word = re.match(r"[^\S\n]++[«\"(]?([А-Яа-яЁё]{2,}+)", after)
        if word:
            return (letter, 0.85) if self._is_word(letter, before, (near[0], word[1])) else None
        return (letter, 0.7) if self._damaged and letter in "АВЕКМНОРСТУ" and near[0] else None

    def _is_word(self, letter: str, before: str, near: tuple[str, str]) -> bool:
        """Say whether a letter is a conjunction or preposition between two words."""
        previous, following = near
        if folded(letter) not in "авкосу" or not (before == "" or before[-1] in ' \n\u00a0(«"*\t'):
            return False
        if not _SENTENCE.search(before):
            capitals = previous.isupper() and len(previous) > 1 and following.isupper()
            if not (capitals if letter.isupper() else _CYR.search(previous)):
                return False
        return self._damaged or self._fits(folded(letter), folded(following), before)

    @staticmethod
    def _in_spaced_word(before: str, after: str) -> bool:
        """Say whether a letter stands among letter-spaced ones: «ч e л о в e к а»."""
        left = re.search(r"(?:(?<![^\W_])[А-Яа-яЁёA-Za-z][^\S\n]{1,64}+){1,64}+\Z", before)
        right = re.match(r"(?:[^\S\n]++[А-Яа-яЁё](?![^\W_]))+", after)
        found = (left[0] if left else "") + (right[0] if right else "")
        return sum(bool(_CYR.match(c)) for c in found) > 3

    def _initial(self, before: str, after: str) -> bool:
        """Say whether «A.» is an initial: a Russian surname or another Russian initial beside it."""
        follows, precedes = _NAME_AFTER.match(after), _NAME_BEFORE.search(before)
        if re.search(r"(?:^|\n)[^\S\n]*+\Z", before) and _SIGNATURE.match(after):
            return True
        for found in (follows, precedes):
            if (
                found
                and not (found[1].isupper() and len(found[1]) < 5)
                and (is_name(folded(found[1])) or not self._evidence.in_dictionary(folded(found[1])))
            ):
                return True
        return bool(
            re.match(r"\.[^\S\n]?[А-ЯЁ]\.", after) or re.search(r"(?<![А-Яа-яЁё])[А-ЯЁ]\.[^\S\n]?\Z", before)
        ) and bool(follows or precedes)

    @staticmethod
    def _fits(letter: str, word: str, before: str) -> bool:
        """Say whether a one-letter word may stand before a word."""
        if letter == "а":
            return bool(re.search(r"[,;(—–-]\s*+\Z|(?:^|\n)[^\w\n]*+\Z", before)) or word in {
                "также",
                "не",
                "именно",
                "при",
                "если",
            }
        found = cases(word)
        return bool(found & GOVERNS[letter]) if found else True

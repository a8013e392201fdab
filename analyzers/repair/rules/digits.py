"""Digits read for letters and letters for digits: «419-Ф3», «0 порядке», «2О08 года»; digits parted by blanks."""

import re
from collections.abc import Iterator

from analyzers.lemmas import folded
from analyzers.repair.edits import Edit
from analyzers.repair.grammar import cases
from analyzers.repair.words import Evidence

_LETTERS = str.maketrans("036", "ОЗб")
_SMALL = str.maketrans("0364", "озбч")
_NUMBERS = str.maketrans("ОOоoЗзlIІ", "000033111")
_D = "[0-9ОOоoЗзIlІ]"
_KIND = re.compile(r"-(?<=\d.)([ФОРК]{1,2}[3З]{1,2})(?![^\W_])")
_INSIDE = re.compile(r"[0346](?=[А-Яа-яЁё])(?:(?<=[А-Яа-яЁё].)|(?<![^\s«\"(].)(?=[А-Яа-яЁё]{4}))")
_ABOUT = re.compile(r"0(?<![^\s«\"(#*].)(?= [а-яё]{3})")
_YEAR = re.compile(rf"[12IlІ](?<![^\W_].){_D}{{3}}(?= ?г(?:\.|од))")
_DATE = re.compile(rf"\.{_D}{{2}}\.{_D}{{4}}(?![^\W_])")
_DAY = re.compile(rf"(?<![\w.]){_D}{{1,2}}\Z")
_SPACED = re.compile(
    r"\d(?<![\w.,-].)(?<![\d.,] .)(?: \d){1,3}"
    r"(?= (?:статьи|стать[яею]|пункта|части|года|г\.|дней|дня|месяцев|суток)(?!\w))"
)
_LAW_WORD = re.compile(
    r"(?i)(?:пункт|част|стат|абзац|подпункт)[а-яё]{0,64}+\Z|"
    r"(?<!\w)(?:от|№|N|в|с|до|не позднее|января|февраля|марта|апреля|"
    r"мая|июня|июля|августа|сентября|октября|ноября|декабря)\Z"
)


def digits(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Put letters for digits inside words and digits for letters inside numbers.

    >>> found = digits("№ 419-Ф3, С0ГЛАШЕНИЕ, 2О08 года", Evidence(""))
    >>> [e.replacement for e in found]
    ['ФЗ', 'СОГЛАШЕНИЕ', '2008']
    """
    for match in _KIND.finditer(text):
        kind = match[1].rstrip("3З") + "З"
        if kind in {"ФЗ", "ОЗ", "ФКЗ", "РЗ", "КЗ"} and kind != match[1]:
            yield Edit(match.start(1), match.end(1), kind, "digit", 0.9)
    yield from _in_words(text, evidence)
    for start, end in _numbers(text):
        number = text[start:end].translate(_NUMBERS)
        if number != text[start:end] and sum(c.isdigit() for c in text[start:end]) > 1:
            yield Edit(start, end, number, "digit", 0.9)
    for match in _ABOUT.finditer(text):
        word = re.match(r" ([а-яё]++)", text[match.end() : match.end() + 40])
        if word and "loct" in cases(folded(word[1])) and not cases(folded(word[1])) & {"gent", "nomn"}:
            before = text[max(match.start() - 40, 0) : match.start()].rstrip(' *#«"(')
            opening = not before or before[-1] in "\n.:"
            yield Edit(match.start(), match.end(), "О" if opening else "о", "digit", 0.8)


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of years and dates, some of whose digits may be letters."""
    for match in _YEAR.finditer(text):
        yield match.span()
    for match in _DATE.finditer(text):
        day = _DAY.search(text[max(match.start() - 3, 0) : match.start()])
        if day:
            yield match.start() - len(day[0]), match.end()


def _in_words(text: str, evidence: Evidence) -> Iterator[Edit]:
    done = 0
    for match in _INSIDE.finditer(text):
        start, end = match.start(), match.end()
        if start < done:
            continue
        while start and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        done, word = end, text[start:end]
        capitals = sum(c.isupper() for c in word) > 1 or len(word) < 3
        fixed = word.translate(_LETTERS if capitals else _SMALL)
        if fixed.isalpha() and len(fixed) > 3 and evidence.known(fixed):
            yield Edit(start, end, fixed, "digit", 0.85)


def unspaced_digits(text: str, _: Evidence) -> Iterator[Edit]:
    """Close up the digits of one number («в части 1 2 статьи», «2 0 0 8 года»).

    >>> [e.replacement for e in unspaced_digits("от 3 мая 2 0 0 8 года, пунктами 1 2 и 3", Evidence(""))]
    ['2008']
    """
    for match in _SPACED.finditer(text):
        number = match[0].replace(" ", "")
        before = _LAW_WORD.search(text[max(match.start() - 24, 0) : match.start()].rstrip())
        year = len(number) == 4 and number[0] in "12"
        if before and (year or len(number) == 2):
            yield Edit(match.start(), match.end(), number, "digits-spaced", 0.9 if year else 0.65)

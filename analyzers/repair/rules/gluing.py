"""Words that lost the blank or line break between them."""

import re
from collections.abc import Iterator

from analyzers.lemmas import folded, is_name
from analyzers.repair.edits import Edit
from analyzers.repair.grammar import GOVERNS, cases, forms, parts
from analyzers.repair.rules.lists import FIRST_PARTS, ONE_LETTER, TWO_LETTER
from analyzers.repair.words import Evidence, surname_like

_SEAM = re.compile(r"[А-ЯЁ](?<=[а-яё\d].)")
_CAPITALS = re.compile(r"[А-ЯЁ](?<=[А-ЯЁ]{4})(?=[а-яё])")
_STUCK = re.compile(r"[А-ЯЁ]{4,64}[а-яё]{1,2}")
_NUMBER = re.compile(r"[А-ЯЁ](?:[а-яё]|(?= [а-яё]{3}))")
_HEADING = re.compile(
    r"(?:^|[\n#*])[\s#*]{0,64}+(?:Статья|Глава|Раздел|Часть|Параграф|Приложение|Протокол|СТАТЬЯ|ГЛАВА|РАЗДЕЛ)\s{0,64}+(?:№\s{0,64}+)?[\d.]*+\Z"
)
_UPPER = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
_WORD = re.compile(r"[А-Яа-яЁё]++")
_PATRONYMIC = re.compile("(?:[ое]вич|[ое]вн)[а-я]{,2}\\Z")
_REACH = 64
"""Letters looked at on each side of a seam."""


def unglued(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Part words that lost the line break between them.

    >>> found = unglued("междуПравительством, Статья 4Объем, РосПотребНадзор, ПОРЯДОКпередачи", Evidence(""))
    >>> sorted(e.start for e in found)
    [5, 29, 60]
    """
    for match in _SEAM.finditer(text):
        if text[match.start() - 1].isalpha():
            yield from _parted(text, match.start(), evidence)
        elif _NUMBER.match(text, match.start()):
            yield from _numbered(text, match.start(), evidence)
    for match in _CAPITALS.finditer(text):
        yield from _parted(text, match.end(), evidence)


def _parted(text: str, seam: int, evidence: Evidence) -> Iterator[Edit]:
    """Part the word at a seam of case when both sides are words that may stand alone."""
    start, end = _bounds(text, seam)
    left, right = text[start:seam], text[seam:end]
    capitals = _STUCK.match(left)  # «СОГЛАШЕНИЕмеждуПравительством»
    if capitals:
        left = left.lstrip(_UPPER)
    if left[0].isupper() and _many_seams(text, start, end):
        return
    known = evidence.known(right) or text[end : end + 1] == "-" or surname_like(folded(right))
    if not _simple(left) or not _simple(right) or right.isupper() or not _word(left, right, evidence):
        return
    if left.isupper() and len(left) < 6 and len(right) < 3 and right not in {"о", "об"}:
        return  # «по ГОСТу»
    if len(left) < 3 and (len(right) < 4 or left[0].isupper() or folded(left) not in {*GOVERNS, "и", "а"}):
        return
    if left[0].islower() or left.isupper():
        if known or (len(left) > 3 and len(right) > 3):
            yield Edit(seam, seam, " ", "glued", 0.95 if known else 0.75)
    elif known and not _brand(text, (start, seam, end)):
        yield Edit(seam, seam, " ", "glued", 0.92)
    elif len(right) > 4 and surname_like(folded(left)) and not known:
        yield Edit(seam, seam, " ", "glued", 0.75)  # «ХамитоваРустэма»


def _word(left: str, right: str, evidence: Evidence) -> bool:
    """Say whether the first half is a word, a surname before a name («СумаковНиколай») or a patronymic."""
    low = folded(left)
    return evidence.known(left) or (surname_like(low) and (is_name(folded(right)) or bool(_PATRONYMIC.search(low))))


def _many_seams(text: str, start: int, end: int) -> bool:
    """Say whether a capitalised word has more seams of case than one: «СанПиН», «КонтейнерРемСервис»."""
    first, last = max(start - _REACH, 0), end + _REACH
    while start > first and text[start - 1].isalpha():
        start -= 1
    while end < min(last, len(text)) and text[end].isalpha():
        end += 1
    return text[start].isupper() and len(_SEAM.findall(text, start, end)) > 1


def _brand(text: str, bounds: tuple[int, int, int]) -> bool:
    """Say whether two capitalised words written as one may be a name: «АльфаБанк», "ТрансНефть"."""
    start, seam, end = bounds
    left, right = folded(text[start:seam]), folded(text[seam:end])
    if left in FIRST_PARTS or (start and text[start - 1] in '«"„' and text[end : end + 1] in {"»", '"', "“"}):
        return True
    if is_name(right) or surname_like(right) or _PATRONYMIC.search(left):
        return False  # «РеспубликиКазахстан», «ФедерацииТургумбаевой», «ПетровнаЗаместитель»
    if is_name(left):
        return True  # «ЮниКредит»
    nouns = parts(left) <= {"NOUN"} and "NOUN" in parts(right)
    return nouns and ("nomn", "sing") in forms(left) and "gent" not in cases(right)


def _simple(word: str) -> bool:
    """Say whether a word is written as one: small letters after the first, or capitals."""
    return word[1:].islower() or word.isupper() or len(word) == 1


def _bounds(text: str, seam: int) -> tuple[int, int]:
    start, end = seam, seam
    first, last = max(seam - _REACH, 0), min(seam + _REACH, len(text))
    while (
        start > first
        and text[start - 1].isalpha()
        and not (text[start].isupper() and text[start - 1].islower() and start != seam)
    ):
        start -= 1
    while end < last and text[end].isalpha() and not (end > seam and text[end].isupper() and text[end - 1].islower()):
        end += 1
    return start, end


def _numbered(text: str, seam: int, evidence: Evidence) -> Iterator[Edit]:
    """Part a number from the heading that follows it («Статья 4Объем»), not a code («2БВ»)."""
    found = _WORD.match(text, seam)
    if not found:
        return
    word = found[0]
    heading = _HEADING.search(text[max(seam - 40, 0) : seam])
    known = len(word) > 2 and word[1:].islower() and evidence.known(word)
    preposition = folded(word) in ONE_LETTER | TWO_LETTER and heading
    if known or preposition or (heading and word[1:].islower() and len(word) > 3):
        yield Edit(seam, seam, " ", "glued", 0.95 if heading else 0.85)

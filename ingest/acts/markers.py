"""What a paragraph begins with: the word Статья, a number, a letter, a dash. Alphabets and words are data."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from analyzers.letters import SAME_SHAPE, TO_LATIN_SHAPE, roman
from corpus.eid import transliterate
from corpus.lexicon.numerals import AGAIN, ORDINAL, ordinal
from corpus.model import Kind


class Style(StrEnum):
    """How a number is printed; units of one level are printed in one style."""

    SECTION = "раздел"
    PART = "часть"
    CHAPTER = "глава"
    ARTICLE = "статья"
    ROMAN = "I."
    NUMBER = "1."
    DOTTED = "1.1."
    NUMBER_BRACKET = "1)"
    BRACKETS = "(1)"
    LETTER_BRACKETS = "(а)"
    LETTER_BRACKET = "а)"
    LATIN_BRACKET = "a)"
    ROMAN_BRACKET = "i)"
    LETTER_DOT = "а."
    SIGN = "§"
    LOOSE = "№ 1"
    LOOSE_LETTER = "[а]"


KIND = {
    Style.SECTION: Kind.SECTION,
    Style.PART: Kind.PART,
    Style.CHAPTER: Kind.CHAPTER,
    Style.ARTICLE: Kind.ARTICLE,
    Style.ROMAN: Kind.SECTION,
    Style.NUMBER: Kind.PARAGRAPH,
    Style.DOTTED: Kind.SUBPARAGRAPH,
    Style.NUMBER_BRACKET: Kind.POINT,
    Style.BRACKETS: Kind.POINT,
    Style.LETTER_BRACKETS: Kind.POINT,
    Style.LETTER_BRACKET: Kind.POINT,
    Style.LATIN_BRACKET: Kind.POINT,
    Style.ROMAN_BRACKET: Kind.POINT,
    Style.LETTER_DOT: Kind.POINT,
    Style.SIGN: Kind.PARAGRAPH,
    Style.LOOSE: Kind.POINT,
    Style.LOOSE_LETTER: Kind.POINT,
}

# Lists in Russian acts leave out letters that read as digits or have no sound (ГОСТ Р 7.0.97-2016, 3.17 and practice).
LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SKIPPED = frozenset("ёзйочъыьщ")
LATIN = "abcdefghijklmnopqrstuvwxyz"

_NUM = r"(?P<num>\d{1,9}+(?:[.\-–]\d{1,9}+){0,9}[¹²³⁰⁴⁵⁶⁷⁸⁹]{0,9}+|(?-i:[IVXLCХІМС]{1,8})(?:[-–.]\d{1,9}+)?)"
_DIVISION = re.compile(
    rf"(?P<open>\[\s?)?(?P<word>статья|ст\.|раздел|глава|часть|подраздел|параграф|титул|отдел|§)(?:\s++|(?=\d))(?:(?:№|N)\s*+)?(?P<round>\()?(?:{_NUM}|(?P<ordinal>{ORDINAL}))"
    rf"(?P<again>\s?(?:{'|'.join(AGAIN)})(?!\w))?"
    r"(?(round)\))(?:-(?:я|й|ая|ый|ой)(?![а-яё]))?(?P<stop>\s*+[.:)]|,(?=\s*$)|\.(?=\s?[–—-]\s))?(?(open)\s?\])(?=\s|$|[А-ЯЁA-Z«\"(]|[–—-]\s)\s*+"
    r"(?:[–—-](?:\s++|$)|\*+$)?",
    re.IGNORECASE,
)
_WORDS = {
    "статья": Style.ARTICLE,
    "ст.": Style.ARTICLE,
    "раздел": Style.SECTION,
    "подраздел": Style.SECTION,
    "титул": Style.SECTION,
    "отдел": Style.SECTION,
    "глава": Style.CHAPTER,
    "часть": Style.PART,
    "параграф": Style.SECTION,
    "§": Style.SECTION,
}
_BEFORE = re.compile(
    rf"(?:(?P<num>\d{{1,3}})-?(?:я|ая)?|(?P<ordinal>{ORDINAL}))\s(?P<word>статья|глава|часть)\s?\.?\Z", re.IGNORECASE
)
"""«5-я статья», «Пятая глава» alone on their line."""
_YO = str.maketrans("ёЁ", "еЕ")
_FOREIGN = re.compile(
    r"(?:(?P<word>Article|ARTICLE|Chapter|CHAPTER|Section|SECTION)\s(?P<num>\d{1,3}|[IVXLC]{1,7})|"
    r"(?P<before>\d{1,3})-?\s?(?P<behind>бап|тарау|бөлім))\s?[.:]?(?=\s|\Z)\s*+"
)
"""«Article 5» and «5-бап» of the same act in English and Kazakh."""
_FOREIGN_WORDS = {
    "Article": Style.ARTICLE,
    "ARTICLE": Style.ARTICLE,
    "бап": Style.ARTICLE,
    "Chapter": Style.CHAPTER,
    "CHAPTER": Style.CHAPTER,
    "тарау": Style.CHAPTER,
    "Section": Style.SECTION,
    "SECTION": Style.SECTION,
    "бөлім": Style.SECTION,
}
_WHOLE_PART = re.compile(r"(?P<which>ОБЩАЯ|ОСОБЕННАЯ|Общая|Особенная)\s++(?:ЧАСТЬ|часть)\.?$")
"""The two parts of a code, named and not numbered: the first and the second."""
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}\b|\d{2}\.(?:0\d|1[0-2])\.\d{2}\b(?!\.)|\d{1,2}\.\d{4}\b|\d{4}\.")
_NUMBERED: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.DOTTED, re.compile(r"(?P<num>\d{1,3}(?:\.\d{1,3}){1,5})(?:\.\s*+|\s++|\)\s*+)(?=\S|$)")),
    (Style.DOTTED, re.compile(r"(?P<num>\d{1,3}(?:\.\d{1,3}){1,64}+[-–]\d{1,2})\.\s*+(?=\S|$)")),
    # «2¹.» and «2-1.» are put between «2.» and «3.» by an amendment: units of their level, as «а¹)» and «2¹)» are.
    (Style.NUMBER, re.compile(r"(?P<num>\d{1,3}(?:[-–]\d{1,2}|[¹²³⁴⁵⁶⁷⁸⁹⁰]++))\.\s*+(?=\S|$)")),
    (Style.NUMBER, re.compile(r"(?P<num>\d{1,3}\(\d{1,2}\))\.?\s*+(?=\S|$)")),
    (Style.NUMBER, re.compile(r"(?P<num>\d{1,3}\s\(\d{1,2}\))\.\s*+(?=[А-ЯЁA-Z«\"(]|$)")),
    (Style.SIGN, re.compile(r"(?P<num>§\s?\d{1,3})\s?\.?\s*+(?=\S|$)")),
    (
        Style.NUMBER,
        re.compile(r"(?:Пункт|ПУНКТ|П\.|п\.)\s?(?:№\s?)?(?P<num>\d{1,3})(?:\s?[.:]\s*+(?=[А-ЯЁA-Z«\"(]|$)|$)"),
    ),
    (Style.NUMBER, re.compile(r"(?P<num>\d{1,3})\s?\.(?:\s?[–—-]\s++(?=[А-ЯЁA-Z«\"])|\s++|(?=[А-ЯЁA-Z«\"])|$)")),
    (Style.NUMBER_BRACKET, re.compile(r"(?P<num>\d{1,3}(?:[.\-–]\d{1,2}|[¹²³⁴⁵⁶⁷⁸⁹]++)?)\s?\.?\)\.?\s*+")),
    (Style.BRACKETS, re.compile(r"\((?P<num>\d{1,3})\)\s*+")),
    (Style.LETTER_BRACKETS, re.compile(r"\((?P<num>[а-яёa-z])\)\s*+")),
    (Style.ROMAN_BRACKET, re.compile(r"\((?P<num>[ivx]{2,5})\)\s*+")),
    (Style.ROMAN, re.compile(r"(?P<num>[IVXLХІ]{1,7})\s?\.\s++(?=\S)")),
    (Style.ROMAN, re.compile(r"(?P<num>[IVXLХІ]{1,7})\s?\.?\Z")),
    (
        Style.LETTER_BRACKET,
        re.compile(r"(?P<num>[а-яё](?:[-.]?\d|[¹²³]|\s?\(\d{1,2}\))?)\s?\.?\)\.?\s*+", re.IGNORECASE),
    ),
    (Style.LATIN_BRACKET, re.compile(r"(?P<num>[a-z])\s?\)\.?\s*+", re.IGNORECASE)),
    (Style.ROMAN_BRACKET, re.compile(r"(?P<num>(?:[ivx]{2,5}|[IVX]{2,5}))\)\s*+")),
    (Style.LETTER_DOT, re.compile(r"(?P<num>[а-яА-Я])\.\s++(?=[а-яё])")),
    # «г. Велинск» is no point; «г. Стороны ежегодно сверяют списки …» behind «в.» is one.
    (Style.LETTER_DOT, re.compile(r"(?P<num>[а-я])\.\s++(?=[А-ЯЁ][а-яё]++\s.{40})")),
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A printed number at the start of a paragraph: the text before `end` belongs to it, not to the unit's text.

    `value` orders units of one style: (12, 1) for 12.1 or 12¹, (3,) for «в)» in Cyrillic.
    """

    style: Style
    num: str
    value: tuple[int, ...]
    end: int
    word: str = ""

    @property
    def step(self) -> str:
        """Return the number as it stands in an eId."""
        if self.style in (Style.ARTICLE, Style.SECTION, Style.CHAPTER, Style.PART, Style.ROMAN, Style.SIGN):
            return "-".join(map(str, self.value))
        return transliterate(self.num)


def division(text: str) -> Marker | None:
    """Read «Статья 5», «Статья первая», «Раздел II», «Глава 3», «Часть первая», «ОБЩАЯ ЧАСТЬ»."""
    if named := _WHOLE_PART.match(text):
        return Marker(Style.PART, "", (1 if named["which"].lower() == "общая" else 2,), 0, "часть")
    match = _DIVISION.match(text.translate(_YO))
    if not match:
        return _number_first(text) or _foreign_division(text)
    word = match["word"].lower()
    if match["ordinal"]:
        return Marker(
            _WORDS[word],
            text[match.start("ordinal") : match.end("ordinal")],
            (ordinal(match["ordinal"]) or 0,),
            match.end(),
            word,
        )
    again = (match["again"] or "").strip()
    value = (*_value(match["num"]), AGAIN[again.lower()]) if again else _value(match["num"])
    return Marker(_WORDS[word], f"{match['num']} {again}".strip(), value, match.end(), word)


def _number_first(text: str) -> Marker | None:
    """Read «5-я статья», «Пятая статья» alone on a line that begins with a digit or a capital."""
    match = _BEFORE.match(text.translate(_YO)) if len(text) < 40 and not text[:1].islower() else None
    if match is None:
        return None
    num = match["num"] or match["ordinal"]
    value = (int(num),) if match["num"] else (ordinal(num) or 0,)
    return Marker(_WORDS[match["word"].lower()], num, value, len(text), match["word"].lower())


def _foreign_division(text: str) -> Marker | None:
    match = _FOREIGN.match(text)
    if match is None:
        return None
    num = match["num"] or match["before"]
    return Marker(_FOREIGN_WORDS[match["word"] or match["behind"]], num, _value(num), match.end(), "foreign")


def numbered(text: str) -> Marker | None:
    """Read «1.», «3.1.», «1)», «(а)», «б)», «IV.»; dates are none."""
    if not text or text[0].isspace() or _DATE.match(text):
        return None
    for style, pattern in _NUMBERED:
        match = pattern.match(text)
        if match:
            num = match["num"]
            return Marker(style, num, _value(num) if style is not Style.ROMAN_BRACKET else _roman(num), match.end())
    return None


def as_roman(marker: Marker) -> Marker | None:
    """Read «i)», «(v)», «x)», taken for letters, as Roman numbers."""
    bracketed = (Style.LATIN_BRACKET, Style.LETTER_BRACKET, Style.LETTER_BRACKETS)
    if marker.style not in bracketed or marker.num not in {"i", "v", "x", "і", "х", "I", "V", "X", "І", "Х"}:
        return None
    num = {"і": "i", "х": "x"}.get(marker.num.lower(), marker.num.lower())
    return Marker(Style.ROMAN_BRACKET, marker.num, _roman(num), marker.end)


def letter_values(letter: str) -> tuple[int | None, int | None]:
    """Return a letter's places in the Russian and the Latin alphabet, look-alikes counted in both.

    >>> letter_values("с"), letter_values("d"), letter_values("б")
    ((19, 3), (None, 4), (2, None))
    """
    cyrillic, latin = letter.translate(SAME_SHAPE).lower(), letter.translate(TO_LATIN_SHAPE).lower()
    return (
        LETTERS.index(cyrillic) + 1 if cyrillic in LETTERS else None,
        LATIN.index(latin) + 1 if latin in LATIN else None,
    )


def in_one_alphabet(letters: list[str]) -> list[str]:
    """Write the letters of one list in one alphabet: that of the letters that exist in no other.

    >>> in_one_alphabet(["а", "b", "с", "d"]), in_one_alphabet(["a", "б", "в"])
    (['a', 'b', 'c', 'd'], ['а', 'б', 'в'])
    """
    values = [letter_values(letter[0]) for letter in letters]
    latin = sum(c is None for c, _ in values) > sum(x is None for _, x in values)
    table = TO_LATIN_SHAPE if latin else SAME_SHAPE
    return [letter[0].translate(table) + letter[1:] for letter in letters]


def follows(style: Style, last: Marker, this: Marker) -> int | None:
    """Return how many units are missing between two numbers of one style (0 = next), None when it cannot follow."""
    if _lettered(style):
        return _letters_between(last.num, this.num)
    a, b = last.value, this.value
    if len(a) == len(b) and a[:-1] == b[:-1]:
        return b[-1] - a[-1] - 1 if b[-1] > a[-1] else None
    if len(b) == len(a) + 1 and b[:-1] == a:
        return b[-1] - 1
    if len(a) > len(b) and b[-1] > a[len(b) - 1] and b[:-1] == a[: len(b) - 1]:
        return b[-1] - a[len(b) - 1] - 1
    return None


def is_first(marker: Marker) -> bool:
    """Say whether a number opens a list."""
    if _lettered(marker.style):
        return marker.num.lower() in ("а", "a")
    return marker.value[-1] == 1


def _lettered(style: Style) -> bool:
    letters = (Style.LETTER_BRACKET, Style.LATIN_BRACKET, Style.LETTER_DOT, Style.LETTER_BRACKETS, Style.LOOSE_LETTER)
    return style in letters


def _letters_between(last: str, this: str) -> int | None:
    best = None
    for a, b, alphabet in zip(letter_values(last[0]), letter_values(this[0]), (LETTERS, LATIN), strict=True):
        if a and b and b > a:
            missing = sum(c not in SKIPPED for c in alphabet[a : b - 1])
            best = missing if best is None else min(best, missing)
    if last[0].lower() == this[0].lower():
        between = _inserted(this) - _inserted(last) - 1
        return between if between >= 0 else None
    return best


def _inserted(letter: str) -> int:
    """Return which of the units put behind a letter a number is: 2 for «и(2)», 1 for «а¹», 0 for the letter itself."""
    return int("".join(str(unicodedata.digit(c)) for c in letter if c.isdigit()) or 0)


def _value(num: str) -> tuple[int, ...]:
    head = re.split(r"[-–.]", num)[0]
    if (number := roman(head)) is not None and not head[0].isdigit():
        return (number, *(int(x) for x in re.findall(r"\d++", num)))
    text = transliterate(num)
    return tuple(int(x) for x in text.split("-") if x.isdigit()) or (0,)


def _roman(num: str) -> tuple[int, ...]:
    return (roman(num.upper()) or 0,)

import re
from typing import NamedTuple

from analyzers.spans import Span

_MONTHS = {
    stem: i
    for i, stem in enumerate(
        ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"),
        start=1,
    )
}
_MONTH = (
    r"(?P<month>январ[ьяе]|феврал[ьяе]|марта?|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|августа?|"
    r"сентябр[ьяе]|октябр[ьяе]|ноябр[ьяе]|декабр[ьяе]|(?:янв|фев|февр|мар|апр|июн|июл|авг|сен|сент|окт|ноя|нояб|дек)\.)"
)
_CYRILLIC_ROMAN = str.maketrans("ХІ", "XI")
_ROMANS = {name: i for i, name in enumerate(("I II III IV V VI VII VIII IX X XI XII").split(), start=1)}
_DATE = re.compile(
    rf"(?:[«\"“]\s?)?(?P<day>\d{{1,2}})(?:-?го)?(?:\s?[»\"”])?\s++{_MONTH}\s++(?P<year>\d{{4}})(?:\s*+(?:года|год|г\.|г\b))?"
    r"|(?<![\d.])(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4}|\d{2})(?![\d.]*\d)(?:\s*+(?:года|г\.|г\b))?"
    r"|(?<![\d.])(?P<rd>\d{1,2})\s?[./-]\s?(?P<rm>(?-i:[IVXХІ]{1,4}))\s?[./-]\s?(?P<ry>\d{4})(?!\d)(?:\s*+(?:года|г\.|г\b))?"
    r"|(?<!\d)(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})(?!\d)",
    re.IGNORECASE,
)


class Dated(NamedTuple):
    """A date in a text: its place and its ISO 8601 form."""

    span: Span
    iso: str


def dates(text: str) -> list[Dated]:
    """Find dates in all printed forms; impossible ones are none.

    >>> [d.iso for d in dates("«14» октября 2019 года, 12.01.2022 и 31.02.2020; 1 мая 1993 г.")]
    ['2019-10-14', '2022-01-12', '1993-05-01']
    >>> [d.iso for d in dates("23/X-2008, 7.IV.1999 г., 23 окт. 2008 г., 5 мар. 2001 г.")]
    ['2008-10-23', '1999-04-07', '2008-10-23', '2001-03-05']
    """
    found = []
    for match in _DATE.finditer(text):
        if match["month"]:
            month = _month(match["month"].lower())
            day, year = int(match["day"]), int(match["year"])
        elif match["rm"]:
            name = match["rm"].translate(_CYRILLIC_ROMAN)
            day, month, year = int(match["rd"]), _ROMANS.get(name, 0), int(match["ry"])
        elif match["iy"]:
            day, month, year = int(match["id"]), int(match["im"]), int(match["iy"])
        else:
            day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
            year += (1900 if year > 50 else 2000) if len(match["y"]) == 2 else 0
        if _possible(day, month, year):
            found.append(Dated(Span(*match.span()), f"{year:04}-{month:02}-{day:02}"))
    return found


def _month(word: str) -> int:
    """Number a month by its name or its first letters: «окт.»."""
    short = word.rstrip(".")
    stems = (n for stem, n in _MONTHS.items() if stem != "ма" and (word.startswith(stem) or stem.startswith(short)))
    return next(stems, _MONTHS["ма"]) if short not in ("май", "мая", "мае") else _MONTHS["ма"]


def _possible(day: int, month: int, year: int) -> bool:
    longest = (31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= longest[month - 1] and 1600 <= year <= 2200

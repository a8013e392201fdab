"""Dates as acts print them, read and written: «14» октября 2019 года, 12.01.2022, 3 окт. 2020 г., 23/X-2008."""

import calendar
import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from analyzers.letters import folded, roman
from analyzers.spans import Span
from corpus.lexicon.alternation import any_of
from corpus.lexicon.numerals import ORDINAL, ordinal

FIRST_YEAR, LAST_YEAR = 1600, 2200
"""Years an act can have; what says another is no date."""
PIVOT = 50
"""Years in two digits up to this one are of the twenty-first century, those after it of the twentieth."""

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
"""Names of the months in the genitive, as after a day."""
_SHORT = ("янв", "фев февр", "мар", "апр", "", "июн", "июл", "авг", "сен сент", "окт", "ноя нояб", "дек")


def _forms(genitive: str) -> list[str]:
    stem = genitive[:-1]
    first = "й" if genitive == "мая" else "" if genitive.endswith("а") else "ь"
    rest = ("а", "у", "ом", "е") if genitive.endswith("а") else ("я", "ю", "ем", "е")
    return [stem + ending for ending in (first, *rest)]


_NUMBERS = {form: number for number, name in enumerate(MONTHS, 1) for form in _forms(name)}
_ABBREVIATED = {form: number for number, row in enumerate(_SHORT, 1) for form in row.split()}
MONTH = rf"(?:{any_of(_NUMBERS)}(?![а-яё])|{any_of(_ABBREVIATED)}(?:\.|(?![а-яё])))"
"""A month's name in any case, or shortened."""
_OF_YEAR = r"(?:\s*+(?:года|году|год|г\.|г)(?![а-яё]))?+"
DATE = (
    rf"(?:(?:[«\"“„]\s?)?(?<!\d)(?P<day>\d{{1,2}})(?:-?го)?(?:\s?[»\"”])?(?:-?го)?\s++(?P<month>{MONTH})\s*+"
    rf"(?P<year>\d{{4}})(?!\d){_OF_YEAR}"
    rf"|(?<![\d.])(?P<dd>\d{{1,2}})[./](?P<mm>\d{{1,2}})[./](?P<yyyy>\d{{4}}|\d{{2}})(?!\.?\d){_OF_YEAR}"
    r"|(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"
    r"|(?<![\d.])(?P<rd>\d{1,2})(?:\s?[./-]\s?|\s(?=[ivxхі]{1,4}\s\d{4}))(?P<rm>[ivxхі]{1,4})(?:\s?[./-]\s?|\s(?=\d{4}))"
    r"(?P<ry>\d{4}|\d{2})(?!\.?\d)"
    rf"{_OF_YEAR})"
)
"""A date, over lower-cased text."""
_DATE = re.compile(DATE, re.IGNORECASE)
_PERIOD = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{2}))?|(?P<mm>\d{1,2})\.(?P<yyyy>\d{4})")


class Dated(NamedTuple):
    """A date in a text: its place and its ISO 8601 form."""

    span: Span
    iso: str


def month_number(name: str) -> int:
    """Return the number of a month by its name in any case, or shortened.

    >>> month_number("марта"), month_number("окт.")
    (3, 10)
    """
    name = folded(name).rstrip(".")
    return _NUMBERS.get(name) or _ABBREVIATED[name]


def iso(match: re.Match[str]) -> str | None:
    """Return the date a match of DATE holds as ISO 8601; None when there is no such day.

    >>> iso(re.match(DATE, "«14» октября 2019 года")), iso(re.match(DATE, "31.02.2020"))
    ('2019-10-14', None)
    """
    if match["day"]:
        parts = (int(match["year"]), month_number(match["month"]), int(match["day"]))
    elif match["dd"]:
        parts = (_year(match["yyyy"]), int(match["mm"]), int(match["dd"]))
    elif match["rd"]:
        parts = (_year(match["ry"]), roman(match["rm"].upper()) or 0, int(match["rd"]))
    else:
        parts = (int(match["y"]), int(match["m"]), int(match["d"]))
    return _day(*parts)


def _year(printed: str) -> int:
    year = int(printed)
    return year if len(printed) > 2 else year + (2000 if year <= PIVOT else 1900)


def _day(year: int, month: int, day: int) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def dates(text: str) -> list[Dated]:
    """Find dates in all printed forms; impossible ones are none.

    >>> [d.iso for d in dates("«14» октября 2019 года, 12.01.22 и 31.02.2020; 1 мая 1993 г. и 29.02.1900")]
    ['2019-10-14', '2022-01-12', '1993-05-01']
    >>> [d.iso for d in dates("двадцать второго мая тысяча девятьсот девяносто пятого года, пятого июня 2001 года")]
    ['1995-05-22', '2001-06-05']
    >>> [d.iso for d in dates("мая 3 дня 2001 года; третьего дня месяца мая 2001 года; 3 V 2001")]
    ['2001-05-03', '2001-05-03', '2001-05-03']
    >>> [d.iso for d in dates("третьего дня мая месяца 2001 года")]
    ['2001-05-03']
    """
    found = [Dated(Span(*match.span()), day) for match in _DATE.finditer(text) if (day := iso(match))]
    spelled = [
        Dated(Span(*match.span()), day)
        for pattern in _spelled()
        for match in pattern.finditer(text)
        if (day := _of_words(match))
    ]
    return sorted({dated.span.start: dated for dated in (*spelled, *found)}.values()) if spelled else found


@cache
def _spelled() -> tuple[re.Pattern[str], ...]:
    """Match a day, a year or both in words, and a day behind its month: «двенадцатого мая …», «мая 3 дня 2001 года»."""
    year = rf"\s(?:(?P<year>\d{{4}})|(?P<words>{ORDINAL}))\s(?:года|г\.)(?![а-яё])"
    return (
        re.compile(rf"(?<![а-яё-])(?P<first>{ORDINAL})\sдня\s(?P<month>{MONTH})\sмесяца{year}", re.IGNORECASE),
        re.compile(
            rf"(?<![а-яё-])(?:(?P<first>{ORDINAL})|(?<![\d.])(?P<digits>\d{{1,2}}))\s(?:(?:дня|день|числа)\s(?:месяца\s)?)?"
            rf"(?P<month>{MONTH}){year}",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<![а-яё-])(?P<month>{MONTH})(?:\sмесяца)?,?\s[«\"]?(?P<digits>\d{{1,2}})[»\"]?(?:-?го)?\s(?:дня|числа){year}",
            re.IGNORECASE,
        ),
    )


def _of_words(match: re.Match[str]) -> str | None:
    first = match.groupdict().get("first")
    day = ordinal(first) if first else int(match["digits"])
    year = ordinal(match["words"]) if match["words"] else int(match["year"])
    return _day(year or 0, month_number(match["month"]), day or 0)


def date(text: str) -> str | None:
    """Return the date a text is, and nothing else; None when it is none.

    >>> date("14 октября 2019 г."), date("от 14 октября 2019 г.")
    ('2019-10-14', None)
    """
    match = _DATE.fullmatch(text.strip())
    return iso(match) if match else None


def period(text: str) -> str | None:
    """Return a day, month or year as ISO 8601, cut short where it is no day; None when the text is none.

    Raises ValueError for what the calendar does not have.

    >>> period("2008"), period("10.2008"), period("23.10.2008"), period("вчера")
    ('2008', '2008-10', '2008-10-23', None)
    """
    if match := _PERIOD.fullmatch(text.strip()):
        year, month = match["y"] or match["yyyy"], match["m"] or match["mm"]
        return dt.date(int(year), int(month or 1), 1).isoformat()[: 7 if month else 4]
    match = _DATE.fullmatch(text.strip())
    if match and (day := iso(match)) is None:
        raise ValueError(text)
    return day if match else None


def first_day(period_: str) -> str:
    """Return the first day of a period as ISO 8601.

    >>> first_day("2008-02"), first_day("2008"), first_day("")
    ('2008-02-01', '2008-01-01', '')
    """
    return period_ and period_ + "-01-01"[len(period_) - 4 :]


def last_day(period_: str) -> str:
    """Return the last day of a period as ISO 8601; the 31st of a month there is not, after which nothing comes.

    >>> last_day("2008-02"), last_day("2008"), last_day("")
    ('2008-02-29', '2008-12-31', '')
    """
    if len(period_) == 4:
        return f"{period_}-12-31"
    year, _, month = period_.partition("-")
    known = month.isdecimal() and 1 <= int(month) <= 12
    return (
        f"{period_}-{calendar.monthrange(int(year), int(month))[1] if known else 31}" if len(period_) == 7 else period_
    )


def in_digits(period_: str) -> str:
    """Write a day, month or year in digits.

    >>> in_digits("2008-10-23"), in_digits("2008-10")
    ('23.10.2008', '10.2008')
    """
    return ".".join(reversed(period_.split("-")))


def in_words(day: str) -> str:
    """Write a day with its month's name.

    >>> in_words("2008-10-03")
    '3 октября 2008 г.'
    """
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year} г."

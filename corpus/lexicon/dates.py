"""Dates as acts print them: «14» октября 2019 года, 12.01.2022, 3 июня 2020 г."""

import datetime as dt
import re

_MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10,
    "ноя": 11, "дек": 12,
}  # fmt: skip
DATE = (
    r"(?:[«\"“„]?\s?(?P<day>\d{1,2})\s?[»\"”]?(?:-?го)?\s++(?P<month>январ|феврал|март|апрел|ма[йя]|июн|июл|август|"
    r"сентябр|октябр|ноябр|декабр)[а-я]?\s++(?P<year>\d{4})(?:\s*+(?:года|году|г\.|г(?![а-яё])))?"
    r"|(?P<dd>\d{1,2})[./](?P<mm>\d{1,2})[./](?P<yyyy>\d{4})(?!\d)(?:\s*+(?:года|г\.|г(?![а-яё])))?"
    r"|(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d))"
)
"""A date, over lower-cased text."""


def iso(match: re.Match[str]) -> str | None:
    """Return the date a match of DATE holds as ISO 8601; None when there is no such day.

    >>> iso(re.match(DATE, "«14» октября 2019 года")), iso(re.match(DATE, "31.02.2020"))
    ('2019-10-14', None)
    """
    if match["day"]:
        parts = (int(match["year"]), _MONTHS[match["month"][:3]], int(match["day"]))
    elif match["dd"]:
        parts = (int(match["yyyy"]), int(match["mm"]), int(match["dd"]))
    else:
        parts = (int(match["y"]), int(match["m"]), int(match["d"]))
    try:
        return dt.date(*parts).isoformat()
    except ValueError:
        return None

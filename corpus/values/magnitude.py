"""How long a value of time is, so that terms can be put in order and asked about: «больше 30 дней»."""

import re

from corpus.lexicon.durations import FORMS
from corpus.values.value import Read

ENDLESS = float("inf")

_LENGTHS = {"дней": 1.0, "суток": 1.0, "часов": 1 / 24, "недель": 7.0, "месяцев": 30.0, "лет": 365.0}
_DAYS = {form: days for unit, days in _LENGTHS.items() for form in (unit, *FORMS[unit])}
_WORKING = 7 / 5
"""Days of the calendar a working day takes."""

_TERM = re.compile(r"(\d{1,4})\s++(?:(календарных|рабочих|банковских)\s++)?([а-я]{3,7})(?![а-я])")


def magnitude(value: Read) -> float | None:
    """Return a value of time in days of the calendar; None for a value that is none.

    >>> magnitude("30 рабочих дней"), magnitude("2 суток"), magnitude("неопределенный"), magnitude("русский")
    (42.0, 2.0, inf, None)
    >>> magnitude("последнее уведомление + 60 дней"), magnitude("5 лет с продлением")
    (60.0, 1825.0)
    """
    if isinstance(value, int):
        return float(value)
    if not isinstance(value, str):
        return None
    if value == "неопределенный":
        return ENDLESS
    for match in _TERM.finditer(value):
        if match[3] in _DAYS:
            kind = _WORKING if match[2] in {"рабочих", "банковских"} else 1.0
            return int(match[1]) * _DAYS[match[3]] * kind
    return None

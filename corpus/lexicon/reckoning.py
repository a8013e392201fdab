"""Days of the calendar reckoned with: a day after, a term later, today; all ISO 8601, none beyond the calendar."""

import datetime as dt
import re

from corpus.lexicon.durations import Duration

_LAST = dt.date.max.toordinal()
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def day_after(day: str, count: int = 1) -> str:
    """Return the day `count` days later; no day lies beyond those the calendar has.

    >>> day_after("2004-02-28"), day_after("2004-03-01", -1), day_after("2004-03-01", 10**9)
    ('2004-02-29', '2004-02-29', '9999-12-31')
    """
    return dt.date.fromordinal(min(max(dt.date.fromisoformat(day).toordinal() + count, 1), _LAST)).isoformat()


def known(day: str | None) -> str | None:
    """Return a day as a document tells it; None for what is no whole day of the calendar.

    >>> known("2004-02-28"), known("2004"), known(None)
    ('2004-02-28', None, None)
    """
    if day is None or not _WHOLE_DAY.fullmatch(day):
        return None
    try:
        return dt.date.fromisoformat(day).isoformat()
    except ValueError:
        return None


def today() -> str:
    """Return the day of the person who asks, ISO 8601."""
    return dt.date.today().isoformat()  # noqa: DTZ011  a calendar day, of where the program runs


def later(day: str, term: Duration) -> str:
    """Return the day a term after a day; no day lies beyond those the calendar has.

    >>> from corpus.lexicon.durations import durations
    >>> later("2004-01-31", durations("один месяц")[0]), later("2004-02-29", durations("пять лет")[0])
    ('2004-02-29', '2009-02-28')
    >>> later("9990-01-31", durations("двадцать лет")[0])
    '9999-12-31'
    """
    start = dt.date.fromisoformat(day)
    if term.unit in ("лет", "месяцев"):
        months = start.month - 1 + term.count * (12 if term.unit == "лет" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        if year >= dt.MAXYEAR:
            return dt.date.max.isoformat()
        last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
        return dt.date(year, month, min(start.day, last)).isoformat()
    days = {"недель": 7 * term.count, "часов": 0}.get(term.unit, term.count)
    return day_after(day, days)

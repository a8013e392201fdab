"""Days and periods told within a statement of force: until when, from day to day, in a year."""

import re
from collections.abc import Iterable

from analyzers.spans import Span
from corpus.lexicon.dates import DATE, MONTH, date, iso

UNTIL = re.compile(rf"(?<![а-я])(?:до|по|на|истека[ею]т)\s++{DATE}")
_FROM_TO = re.compile(rf"(?<![а-я])с\s++(?P<first>\d{{1,2}})(?:-?го)?(?:\s++(?P<of>{MONTH}))?\s++по\s++{DATE}")
_IN_YEAR = re.compile(r"(?<![а-я])(?:на|в(?:\s++течение)?)\s++(?P<in>\d{4})\s++год[ау]?(?![а-я])")
_SINCE = re.compile(rf"(?<![а-я])(?:начиная\s++)?(?:с|со)\s++{DATE}")


def period_of(text: str) -> tuple[str, str] | None:
    """Return the first and the last day of the period a folded text names.

    >>> period_of("с 1 января по 31 декабря 2008 года"), period_of("на 2008 год"), period_of("до 2008 года")
    (('2008-01-01', '2008-12-31'), ('2008-01-01', '2008-12-31'), None)
    """
    if match := _FROM_TO.search(text):
        last = iso(match)
        first = date(f"{match['first']} {match['of'] or match['month'] or ''} {last[:4]}") if last else None
        return (first, last) if first and last and first <= last else None
    if match := _IN_YEAR.search(text):
        return f"{match['in']}-01-01", f"{match['in']}-12-31"
    return None


def undated(text: str, names: Iterable[Span]) -> str:
    """Return a folded text with blanks for the days told in it outside these names; every letter keeps its place.

    >>> undated("признать с 1 мая 2004 года утратившим", [])
    'признать                   утратившим'
    """
    out, at = [], 0
    for name in [*names, Span(len(text), len(text))]:
        part = text[at : max(name.start, at)]
        for pattern in (_FROM_TO, _IN_YEAR, _SINCE):
            part = pattern.sub(lambda m: " " * len(m[0]), part)
        out += [part, text[max(name.start, at) : name.end]]
        at = max(name.end, at)
    return "".join(out)

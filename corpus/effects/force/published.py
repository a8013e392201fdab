"""The marks publishers print: «(с изменениями от …)», «Исключен Протоколом от …», «(в ред. …)»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.effects.force.entry import low
from corpus.lexicon.dates import DATE, iso
from corpus.model import Instrument

_REMOVED = re.compile(
    r"^\W*+(?:[а-я]{2,12}\s++){0,2}?(?:исключен[аоы]?|утрати(?:л|ла|ло|ли)\s++силу|отменен[аоы]?|"
    r"призна(?:н|на|но|ны)\s++утратившими?\s++силу|утративш[а-я]{2,3}\s++силу)"
)
_AMENDED = re.compile(r"в\s++ред(?:\.|акции)|с\s++изм(?:\.|енени)|(?:изложен|дополнен|изменен|в\s++новой\s++редакции)")
_ANY_DATE = re.compile(DATE)
_BRACKETED = re.compile(r"\(([^()]{5,200})\)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A published mark in a provision, or with eId "" of the act: what was done to it and since when, if told."""

    eid: str
    status: str
    since: str | None
    text: str


def dates_in(text: str) -> list[str]:
    """Return the days a folded text names, in order."""
    return [day for m in _ANY_DATE.finditer(text) if (day := iso(m))]


def marks(act: Instrument) -> tuple[Mark, ...]:
    """Read the marks publishers print: «(с изменениями от …)», «Исключен Протоколом от …», «(в ред. …)»."""
    found = [m for note in (*act.notes, act.title) for m in _note("", note)]
    for provision in act.walk():
        shown = low(provision.text)
        if match := _REMOVED.search(shown):
            if len(shown) - match.end() < 200:
                days = dates_in(shown)
                found.append(Mark(provision.eid, "repealed", days[-1] if days else None, provision.text))
        else:
            found += [m for inner in _BRACKETED.findall(provision.text[-300:]) for m in _note(provision.eid, inner)]
    return tuple(found)


def is_mark(text: str) -> bool:
    """Say whether a text tells that the unit it stands for was removed.

    >>> is_mark("утратил силу. - Указ от 21.05.2012"), is_mark("исключить пункт 2")
    (True, False)
    """
    return _REMOVED.search(low(text)) is not None


def _note(eid: str, note: str) -> Iterator[Mark]:
    shown = low(note)
    match = _AMENDED.search(shown)
    if match is None or (
        not eid and not re.match(r"\W*+(?:с\s++изм|в\s++ред|сноска)", shown) and "(с изм" not in shown
    ):
        return
    days = dates_in(shown[match.start() :])
    if not days:
        yield Mark(eid, "amended", None, note)
    for day in days:
        yield Mark(eid, "amended", day, note)

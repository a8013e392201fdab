"""The days of an act's own words: when it comes into force, for how long it is made, what marks print."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzers.sentences import sentences
from corpus.lexicon.dates import DATE, iso
from corpus.lexicon.durations import Duration, durations
from corpus.model import Instrument, Kind, Provision
from corpus.values.force import put_off

_FORCE = re.compile(r"(?:вступа(?:ет|ют)|вступит|вводится|вводятся)\s++в\s++(?:силу|действие)|приобретает\s++силу")
_OTHERS = re.compile(r"котор|изменени|дополнени|поправк|денонсаци|прекращени|приложени|указанн")
_ITSELF = re.compile(r"^\W*+(?:\d[\d.)]{0,5}\s++)?настоящ")
_PROVISIONAL = re.compile(r"временно\s++применя")
_SIGNED = re.compile(r"подписани[яюией]")
_DATED = re.compile(rf"(?<!\w)(?:с|со|после|от)?\s*+(?:дня|даты)?\s*+{DATE}")
_EVENTS = re.compile(
    r"уведомлени|ратифик|грамот|опубликовани|регистраци|месяцем|(?<![а-я])(?:нот(?:а|ы|у|ой|ами|ах)?|числа)(?![а-я])"
)
"""What decides beside the signing told after it: «после обмена нотами о его подписании», «с первого числа месяца …»."""
_AFTER = re.compile(r"(?:по\s++истечении|через|спустя|истечени[ея]|на)\s")
_ORDINAL_DAY = re.compile(r"на\s++[а-я0-9-]{2,30}\s++день")
_NEXT_DAY = re.compile(r"на\s++следующий\s++день")
_LASTS = re.compile(
    r"действу(?:ет|ют|ющ)|оста(?:ется|ются)\s++в\s++силе|сохраняет\s++силу|(?<![а-я])срок|заключа|применяется|прекраща(?:ет|ют)"
)
_TO_DAY = re.compile(rf"(?<![а-я])(?:до|по|истекает|оканчивается|заканчивается|действие)\s++{DATE}")
_REACH = 100
_PROLONGED = re.compile(
    r"продлева|продлен|продлит|пролонг|возобновля|автоматически|затем\s++(?:[а-я]{1,20}\s++){0,3}?(?:действ|остает)"
)
_REMOVED = re.compile(
    r"^\W*+(?:[а-я]{2,12}\s++){0,2}?(?:исключен[аоы]?|утрати(?:л|ла|ло|ли)\s++силу|отменен[аоы]?|"
    r"призна(?:н|на|но|ны)\s++утратившими?\s++силу|утративш[а-я]{2,3}\s++силу)"
)
_AMENDED = re.compile(r"в\s++ред(?:\.|акции)|с\s++изм(?:\.|енени)|(?:изложен|дополнен|изменен|в\s++новой\s++редакции)")
_ANY_DATE = re.compile(DATE)


@dataclass(frozen=True, slots=True)
class Force:
    """The day an act comes into force (ISO 8601), the provision that says so; None is not known, for the reason."""

    day: str | None
    eid: str = ""
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of an act's term; None when it ends by no day. `eid` says where."""

    until: str | None
    eid: str = ""
    text: str = ""


NO_TERM = Term(None)


@dataclass(frozen=True, slots=True)
class Mark:
    """A published mark in a provision, or with eId "" of the act: what was done to it and since when, if told."""

    eid: str
    status: str
    since: str | None
    text: str


_LAST = dt.date.max.toordinal()
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def low(text: str) -> str:
    """Return a text as the patterns here read it."""
    return text.lower().replace("ё", "е")


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


def dates_in(text: str) -> list[str]:
    """Return the days a folded text names, in order."""
    return [day for m in _ANY_DATE.finditer(text) if (day := iso(m))]


def force(act: Instrument) -> Force:
    """Read the day an act comes into force: as a person corrected it, as a note prints it, as its words give it."""
    told = next(_sentences_of_force(act), None)
    eid, text = (told[0].eid, told[1]) if told else ("", "")
    if corrected := known(act.in_force_from):
        return Force(corrected, eid, text)
    if told is None:
        return Force(None, reason="день вступления в силу в тексте не назван")
    for provision, sentence in _sentences_of_force(act):
        day = _day(low(sentence), known(act.date))
        if day:
            return Force(day, provision.eid, sentence)
    return Force(None, eid, text, "день вступления в силу зависит от того, чего в тексте нет")


def _sentences_of_force(act: Instrument) -> Iterator[tuple[Provision, str]]:
    for provision in act.walk():
        if provision.kind is Kind.PREAMBLE or not _FORCE.search(low(provision.text)):
            continue
        for span in sentences(provision.text):
            sentence = provision.text[slice(*span)]
            match = _FORCE.search(low(sentence))
            if match is None:
                continue
            before = low(sentence)[: match.start()]
            if _ITSELF.search(before) or not _OTHERS.search(before):
                yield provision, sentence


def _day(sentence: str, signed: str | None) -> str | None:
    """Return the day a sentence of force names; None when something decides that the text does not hold."""
    match = _FORCE.search(sentence)
    assert match is not None
    rest = sentence[match.end() :].split("и действует", maxsplit=1)[0].lstrip()
    named = _DATED.match(rest)
    at = named or _SIGNED.search(rest)
    if at is None or put_off(rest[at.end() :]):
        return None
    if named and (day := iso(named)):
        return day
    return _since_signing(rest, signed)


def _since_signing(rest: str, signed: str | None) -> str | None:
    """Return the day of force counted from the signing; None when something else decides."""
    at = _SIGNED.search(rest)
    if at is None or signed is None or _EVENTS.search(rest, 0, at.end()):
        return None
    terms = durations(rest[: at.start()])
    if not terms:
        return day_after(signed, len(_NEXT_DAY.findall(rest[: at.start()])))
    if len(terms) > 1 or terms[0].kind not in ("", "календарных "):
        return None
    lead = rest[: terms[0].span.start]
    if _ORDINAL_DAY.search(rest[: at.start()]) or "через" in lead:
        return later(signed, terms[0])
    return day_after(later(signed, terms[0])) if "истечени" in lead or "спустя" in lead else None


def term(act: Instrument, since: str | None) -> Term:
    """Read the last day of an act that came into force on a day: «до 31 декабря», «в течение пяти лет»."""
    named = next(_last_days(act), None)
    if named is not None:
        return named
    if not since or not act.duration or "продлен" in act.duration:
        return NO_TERM
    found = durations(act.duration)
    if len(found) != 1:
        return NO_TERM
    eid = next((p.eid for p in act.walk() if found[0].form in {d.form for d in durations(low(p.text))}), "")
    article = [low(p.text) for p in act.walk() if eid and p.eid.startswith(eid.split("__")[0])]
    if _PROLONGED.search(" ".join(article)):
        return NO_TERM
    return Term(later(since, found[0]), eid, act.duration)


def own_days(act: Instrument) -> tuple[str, ...]:
    """Return what an act says of its own life for its summary: day of force, last day, "1" where more must be read.

    "" stands for a day that is not known or that there is none of. Printed marks and a person's word that the act
    ended must be read.
    """
    since = force(act).day
    return since or "", term(act, since).until or "", "1" if act.ended_from or marks(act) else ""


def _last_days(act: Instrument) -> Iterator[Term]:
    """Yield the last days an act names for itself and does not put off."""
    for provision in act.walk():
        shown = low(provision.text)
        for match in _LASTS.finditer(shown):
            named = _TO_DAY.search(shown, match.end(), match.end() + _REACH)
            day = iso(named) if named and not re.search(r"[.;]\s", shown[match.end() : named.start()]) else None
            if day and not _PROLONGED.search(shown) and _of_itself(shown[: match.start()]):
                yield Term(day, provision.eid, provision.text)


def _of_itself(before: str) -> bool:
    sentence = re.split(r"[.;]\s", before)[-1]
    return bool(_ITSELF.search(sentence)) or not re.search(r"соглашени|договор|протокол|приказ|закон", sentence)


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


_BRACKETED = re.compile(r"\(([^()]{5,200})\)")


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

"""How long an act lasts by its own words, and what it says of its whole life for a summary."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.effects.force.entry import force, low, parts
from corpus.effects.force.published import marks
from corpus.lexicon.dates import DATE, iso
from corpus.lexicon.durations import durations
from corpus.lexicon.reckoning import day_after, later
from corpus.model import Instrument
from corpus.values.force_days import OF_PART, SENTENCE_END, SUBJECT, unquoted
from corpus.values.terms import PROLONGED

_LASTS = re.compile(
    r"действу(?:ет|ют|ющ)|действовать|оста(?:ется|ются)\s++в\s++силе|сохраняет\s++силу|срок(?:а|ом)?\s++(?:(?:его|ее)\s++)?действия|заключ[ае]|применяется|"
    r"прекраща(?:ет|ют)|(?:утрачива|теря)(?:ет|ют)"
)
_TO_DAY = re.compile(
    rf"(?<![а-я])(?:(?:(?P<from>(?:силу|действие)\s++с|силу)|до|по|истекает|оканчивается|заканчивается|действие)\s++{DATE}"
    r"|(?:до\s++(?P<end>конца\s++)?|(?P<through>по)\s++)(?P<of>\d{4})\s++год[а-я]?)"
)
_ENDS_AFTER = re.compile(
    r"(?:(?:прекраща|утрачива)(?:ет|ют)|теря(?:ет|ют))\s++(?:сво[еюй]{1,2}\s++)?(?:действие|силу)\s++по\s++истечении\s++"
)
_OF_ITS_FORCE = re.compile(
    r"\s*+(?:(?:с|со|после)\s++(?:даты|дня|момента)?\s*+(?:(?:его|ее)\s++)?(?:вступления\s++в\s++силу|подписания)\s*+)?(?:[.;]|$)"
)
_OWN = re.compile(r"(?<![а-я])настоящ[а-я]{2,3}\s++(?!стать|пункт|подпункт|глав|раздел|част|абзац|приложени)")
_REACH = 100


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of an act's term; None when it ends by no day. `eid` says where.

    `renewed` says that the act goes on by itself when a term is over.
    """

    until: str | None
    eid: str = ""
    text: str = ""
    renewed: bool = False


NO_TERM = Term(None)


def term(act: Instrument, since: str | None) -> Term:
    """Read the last day of an act that came into force on a day: «до 31 декабря», «в течение пяти лет»."""
    named = next(_last_days(act), None) or (next(_counted_ends(act, since), None) if since else None)
    if named is not None:
        return named
    if not act.duration or "продлен" in act.duration:
        return Term(None, renewed=bool(act.duration))
    found = durations(act.duration)
    if not since or len(found) != 1:
        return NO_TERM
    eid = next((p.eid for p in act.walk() if found[0].form in {d.form for d in durations(low(p.text))}), "")
    article = [low(p.text) for p in act.walk() if eid and p.eid.startswith(eid.split("__")[0])]
    if PROLONGED.search(" ".join(article)):
        return Term(None, renewed=True)
    return Term(later(since, found[0]), eid, act.duration)


def own_days(act: Instrument) -> tuple[str, ...]:
    """Return what an act says of its own life for its summary: day of force, last day, "1" where more must be read.

    "" stands for a day that is not known or that there is none of. Printed marks, parts that come into force on
    another day and a person's word that the act ended must be read.
    """
    since = force(act).day
    more = act.ended_from or marks(act) or parts(act)
    return since or "", term(act, since).until or "", "1" if more else ""


def _last_days(act: Instrument) -> Iterator[Term]:
    """Yield the last days an act names for itself and does not put off."""
    for provision in unquoted(act.provisions):
        shown = low(provision.text)
        for match in _LASTS.finditer(shown):
            named = _TO_DAY.search(shown, match.end(), match.end() + _REACH)
            day = _last(named) if named and not SENTENCE_END.search(shown[match.end() : named.start()]) else None
            if day and not PROLONGED.search(shown) and _of_itself(shown, match.start()):
                yield Term(day, provision.eid, provision.text)


def _last(named: re.Match[str]) -> str | None:
    """Return the last day these words name: «до 31 декабря 2009 года», «с 1 января 2010 года», «до конца 2009 года»."""
    if named["of"]:
        year = int(named["of"]) - (0 if named["end"] or named["through"] else 1)
        return f"{year:04}-12-31"
    day = iso(named)
    return day_after(day, -1) if day and named["from"] else day


def _counted_ends(act: Instrument, since: str) -> Iterator[Term]:
    """Yield ends told as a term of the act's own: «прекращает действие по истечении пяти лет»."""
    for provision in unquoted(act.provisions):
        shown = low(provision.text)
        for match in _ENDS_AFTER.finditer(shown):
            told = durations(shown[match.end() : match.end() + _REACH])
            after = shown[match.end() + told[0].span.end :][:_REACH] if told and told[0].span.start == 0 else "?"
            if _OF_ITS_FORCE.match(after) and not PROLONGED.search(shown) and _of_itself(shown, match.start()):
                yield Term(later(since, told[0]), provision.eid, provision.text)


def _of_itself(shown: str, at: int) -> bool:
    """Say whether the sentence around a verb is about the act: «Срок действия настоящего Договора – до …»."""
    before = SENTENCE_END.split(shown[max(0, at - 6 * _REACH) : at])[-1]
    if OF_PART.match(before):
        return False
    return bool(SUBJECT.search(before) or _OWN.search(before) or _OWN.search(shown, at, at + _REACH))

"""How long an act lasts by its own words, and what it says of its whole life for a summary."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from analyzers.lemmas import cases, parses
from analyzers.sentences import sentences
from corpus.effects.force.entry import force, low, parts
from corpus.effects.force.published import marks
from corpus.lexicon.acts import ISSUED, TREATIES, WORDS
from corpus.lexicon.alternation import any_of
from corpus.lexicon.dates import DATE, iso
from corpus.lexicon.declension import singular
from corpus.lexicon.durations import Duration, durations
from corpus.lexicon.reckoning import day_after, later
from corpus.model import Instrument, InstrumentType, Provision
from corpus.values.force_days import OF_PART, unquoted
from corpus.values.terms import PROLONGED

_LASTS = re.compile(
    r"действу(?:ет|ют|ющ)|действовать|оста(?:ется|ются|ваться)\s++в\s++силе|сохраня[а-я]{1,5}+\s++(?:силу|(?:свое\s++)?действие)|"
    r"срок(?:а|ом)?\s++(?:(?:его|ее)\s++)?действия|(?<!момента )(?<!даты )(?<!дня )(?<!в )действие\s|"
    r"действител(?:ен|ьн[аоы])(?![а-я])|заключа(?:ет|ют)ся|заключен[оаы]?(?![а-я])|не\s++применя[ею]тся|применяется|"
    r"(?:прекраща|утрачива|теря)(?:ет|ют)|рассчитан"
)
_ENDS = re.compile(r"(?:прекраща|утрачива|теря)(?:ет|ют)|не\s++применя")
_TO_DAY = re.compile(
    rf"(?<![а-я])(?:(?:(?P<from>(?:силу|действие|прекращается)\s++с|силу|прекращается)|до|по|истекает|оканчивается|"
    rf"заканчивается|действие)\s++{DATE}"
    r"|(?:до\s++(?P<end>конца\s++)?|(?P<through>по|на(?:\s++период)?(?:\s++с)?\s++\d{4}\s*+(?:[-–—]|по)|на(?=\s++\d{4}\s++год))\s*+)"
    r"(?P<of>\d{4})\s++год[а-я]{0,2})"
)
_AFTER_TERM = re.compile(
    r"\s*+(?:(?:с|со|после)\s++(?:даты|дня|момента)?\s*+(?:(?:его|ее)\s++)?(?:вступления\s++(?:[а-я]++\s++){0,2}?в\s++силу|подписания)\s*+)?"
)
_ENDS_AFTER = re.compile(
    r"(?:(?:прекраща|утрачива)(?:ет|ют)|теря(?:ет|ют))\s++(?:сво[еюй]{1,2}\s++)?(?:действие|силу)\s++по\s++истечении\s++"
)
_LASTS_FOR = re.compile(
    r"(?:действует|остается\s++в\s++силе|сохраняет\s++(?:силу|(?:свое\s++)?действие)|действител(?:ен|ьн[ао])|применяется)\s++"
    r"(?:в\s++течение\s++)?"
)
_AFTER = re.compile(r"^\W*+(?:\d[\d.)]{0,5}\s++)?(?:по\s++истечении|через|спустя)\s++")
_STOP = re.compile(r"[.;]?$|;")
_REACH = 100
_BESIDE = 60
"""Letters before a verb in which its subject stands right before it."""
_MOST_VERBS = 24
"""Verbs of lasting looked at in one sentence; no sentence about an act's term has as many."""
_LASTING = (TREATIES | ISSUED) - {InstrumentType.RULING}

_OTHER = r"(?!\s++(?:об?|к|между|от)\s)"
_NAME = any_of(WORDS)
_GENITIVE = any_of(form for word in WORDS.values() for form in singular(word.word))
_SUBJECT = re.compile(
    r"(?<![а-я])(?:настоящ(?:ий|ее|ая|ие)\s++(?!стать|пункт|подпункт|глав|раздел|част|абзац|приложени|позици)|"
    rf"(?:срок(?:ом|а)?|действие|период)\s++(?:действия\s++)?(?:настоящ[а-я]{{2,3}}\s++)?{_GENITIVE}(?![а-я]){_OTHER}|"
    r"срок\s++(?:его|ее)\s++действия|действие\s++(?:его|ее)(?![а-я])|(?:его|ее)\s++действие)"
    r"|^[^а-я]*+(?:он|оно|она)(?![а-я])"
)
"""What lasts, somewhere before its verb: «настоящее Соглашение», «срок действия Договора», «оно»."""
_RIGHT_BEFORE = re.compile(
    r"(?<=[а-я,]\s)(?<!ое )(?<!ый )(?<!ий )(?<!ой )(?<!ая )"
    rf"(?:он|оно|она|{_NAME})(?:\s++(?:вновь|также|затем|более|сам[аои]?))?\s{{0,4}}+$"
)
"""What lasts, right before its verb: «… в силу Договор прекращает»."""
_BEGINS = re.compile(rf"^[^а-я]*+{_NAME}(?![а-я]){_OTHER}(?:\s++([а-я]++))?")
_SUBJECT_AFTER = re.compile(
    r"[а-я]*+(?:\s++(?:сво[еюй]{1,2}|действие|силу|срок|на|\d{1,4}+|лет)){0,8}+\s++"
    rf"(?:настоящ(?:ий|ее|ая|ие)\s|{_NAME}(?![а-я]){_OTHER}\W*+$)"
)
_UNTOLD = re.compile(
    r"^[^а-я]*+(?:срок\s++действия\s*+[:–—-]?\s*+(?:\d|[:–—-]|до\s|по\s|с\s|составляет)|(?!срок|действие)[а-я]++ет(?:ся)?\s)"
)
"""No subject at all: «Срок действия – 5 лет», «Действует до …»."""
_THIS = re.compile(r"(?:настоящ|данн|указанн|назв|эт)")
_FIRST_WORD = re.compile(r"^[^а-я]*+([а-я]++)")

_AGREED = re.compile(
    r"(?<![а-я])(?:мо(?:жет|гут)|вправе|возможност[а-я]{1,2}|"
    r"(?:по|при|путем)\s++(?:[а-я]++\s++){0,3}?(?:соглас|соглаш|договоренн|решени)[а-я]++|"
    r"если\s++(?:[а-я]++\s++){0,3}?не\s++(?:будет\s++)?(?:продл|пролонг|возобнов))"
)
"""What makes a prolongation one that somebody must agree on."""
_BY_ITSELF = re.compile(
    r"автоматически|молчалив|каждый\s++раз|"
    r"если\s++(?:[а-я]++\s++){0,6}?не\s++(?!(?:будет\s++)?(?:продл|пролонг|возобнов))"
)
_UNTIL_OTHER = re.compile(
    r"(?<![а-я])до\s++(?:даты\s++|дня\s++|момента\s++)?(?:вступления\s++в\s++силу|заключения|подписания|принятия)\s"
)
_IN_YEARS = re.compile(
    r"(?<![а-я])(?:(?:до|по|поздне[ей])\s++(?:[^\s.;]{1,20}\s++){0,2}?|на\s++(?:период\s++)?(?:с\s++)?)(?:19|20)\d\d(?!\d)"
)
_SINCE = re.compile(r"(?<![а-я])со?\s++(?:[^\s.;]{1,20}\s++){0,2}?(?:19|20)\d\d(?!\d)")
_CONDITIONED = re.compile(
    r"уведом|извещ|извест|(?<![а-я])нот[аыеу](?![а-я])|заяв|денонс|выход|выйти|выйд|расторг|намерени|получени|поступлени|"
    r"письменн|после\s++прекращ|незаверш|начат|откаж|распростран|возникш"
)
"""A sentence about leaving, or about what goes on after the end: no term of the act."""


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of an act's term; None when it ends by no day. `eid` says where.

    `renewed` says that the act goes on by itself when a term is over; `open` that nothing here tells whether it goes on
    then, or (with no day) when its term is over.
    """

    until: str | None
    eid: str = ""
    text: str = ""
    renewed: bool = False
    open: bool = False


NO_TERM = Term(None)


@dataclass(frozen=True)
class _Told:
    """A provision that tells how long something lasts."""

    provision: Provision

    @cached_property
    def prolonged(self) -> bool | None:
        """Say what it tells of a prolongation, as `_prolonged` does."""
        return _prolonged(self.provision.text)


@dataclass(frozen=True)
class _Sentence:
    """A sentence of an act about how long something lasts: where it stands, its words folded, what it is said of.

    What is asked of every verb is found once: a sentence may be as long as its file.
    """

    within: _Told
    text: str

    @cached_property
    def low(self) -> str:
        return low(self.text)

    @cached_property
    def verbs(self) -> tuple[re.Match[str], ...]:
        return tuple(islice(_LASTS.finditer(self.low), _MOST_VERBS))

    @cached_property
    def subject(self) -> tuple[int, int]:
        """Return where a verb may begin, and where one must end, for which the act is the subject told before."""
        if _UNTOLD.match(self.low):
            return 0, 0
        first, named = _SUBJECT.search(self.low), _BEGINS.match(self.low)
        called = named is not None and not (named[1] and "gent" in cases(named[1]))
        nowhere = len(self.low) + 1
        return first.start() if first else nowhere, named.end() if named and called else nowhere

    @cached_property
    def of_part(self) -> bool:
        """Say whether it is about a part of the act."""
        return OF_PART.match(self.low) is not None

    def of_act(self, verb: re.Match[str]) -> bool:
        """Say whether it is the act that lasts."""
        if self.of_part:
            return False
        first, called = self.subject
        return bool(
            first <= verb.start()
            or called <= verb.end()
            or _RIGHT_BEFORE.search(self.low, max(0, verb.start() - _BESIDE), verb.start())
            or _SUBJECT_AFTER.match(self.low, verb.end())
        )

    @property
    def of_other(self) -> bool:
        """Say whether it begins with what lasts, and that is no act: «Разрешения … действуют», «трудовой договор»."""
        first = _FIRST_WORD.match(self.low)
        if first is None or first[1] in WORDS or _LASTS.match(self.low, first.start(1)) or _THIS.match(first[1]):
            return False
        return any("nomn" in grammemes and grammemes & {"NOUN", "ADJF"} for grammemes, _ in parses(first[1]))

    def until(self, day: str) -> Term:
        """Return the term that ends on a day; `open` when the provision lets somebody prolong it."""
        provision = self.within.provision
        return Term(day, provision.eid, provision.text, open=self.within.prolonged is False)


def term(act: Instrument, since: str | None) -> Term:
    """Read the last day of an act that came into force on a day: «до 31 декабря», «в течение пяти лет»."""
    told = list(_sentences(act)) if act.type in _LASTING else []
    named = next(_last_days(told), None) or (next(_counted_ends(told, since), None) if since else None)
    return named or _of_duration(act, told, since) or next(_unread(told), NO_TERM)


def own_days(act: Instrument) -> tuple[str, ...]:
    """Return what an act says of its own life for its summary: day of force, last day, "1" where more must be read.

    "" stands for a day that is not known or that there is none of. Printed marks, parts that come into force on
    another day, a term nobody knows the end of and a person's word that the act ended must be read.
    """
    since = force(act).day
    own = term(act, since)
    more = act.ended_from or own.open or marks(act) or parts(act)
    return since or "", own.until or "", "1" if more else ""


def _sentences(act: Instrument) -> Iterator[_Sentence]:
    for provision in unquoted(act.provisions):
        if _LASTS.search(low(provision.text)):
            within = _Told(provision)
            for span in sentences(provision.text):
                one = _Sentence(within, provision.text[slice(*span)])
                if one.verbs:
                    yield one


def _prolonged(text: str) -> bool | None:
    """Say whether by a text the act goes on by itself; False where that must be agreed on, None where neither.

    >>> _prolonged("Продлевается на год, если ни одна из Сторон не уведомит."), _prolonged("Может быть продлено.")
    (True, False)
    """
    told = [shown for span in sentences(text) if PROLONGED.search(shown := low(text[slice(*span)]))]
    if not told:
        return None
    return any(_BY_ITSELF.search(sentence) or not _AGREED.search(sentence) for sentence in told)


def _of_duration(act: Instrument, told: list[_Sentence], since: str | None) -> Term | None:
    """Return the term an act is made for; None where it tells none that can be counted.

    Where the sentence may be about something else, the end is open.
    """
    found = durations(act.duration or "")
    if not found:
        return NO_TERM if act.duration else None
    eid = next((p.eid for p in act.walk() if _says(low(p.text), found[0])), "")
    article = "\n".join(p.text for p in act.walk() if eid and p.eid.startswith(eid.split("__")[0]))
    prolonged = _prolonged(article)
    if prolonged is True:
        return Term(None, renewed=True)
    of_act = _of_act([s for s in told if _says(s.low, found[0])])
    if since is None or len(found) != 1 or of_act is False:
        return None
    return Term(later(since, found[0]), eid, act.duration or "", open=prolonged is False or of_act is None)


def _of_act(told: list[_Sentence]) -> bool | None:
    """Say whether it is the act that lasts by these sentences; None where they do not tell."""
    if any(s.of_act(verb) for s in told for verb in s.verbs):
        return True
    return False if told and all(s.of_other for s in told) else None


def _says(shown: str, term: Duration) -> bool:
    return term.form in {d.form for d in durations(shown)}


def _last_days(told: list[_Sentence]) -> Iterator[Term]:
    """Yield the last days an act names for itself and does not put off."""
    for one in told:
        for verb in one.verbs:
            named = _TO_DAY.search(one.low, verb.start(), verb.end() + _REACH)
            day = _last(named) if named and one.of_act(verb) else None
            if day and one.within.prolonged is not True:
                yield one.until(day)


def _last(named: re.Match[str]) -> str | None:
    """Return the last day these words name: «до 31 декабря 2009 года», «с 1 января 2010 года», «до конца 2009 года»."""
    if named["of"]:
        year = int(named["of"]) - (0 if named["end"] or named["through"] else 1)
        return f"{year:04}-12-31"
    day = iso(named)
    return day_after(day, -1) if day and named["from"] else day


def _counted_ends(told: list[_Sentence], since: str) -> Iterator[Term]:
    """Yield ends told as a term of the act's own: «прекращает действие по истечении пяти лет»."""
    for one in told:
        for verb in one.verbs:
            may_end = one.within.prolonged is not True and one.of_act(verb)
            if may_end and (counted := _counted(one.low, verb)):
                yield one.until(later(since, counted))


def _counted(shown: str, verb: re.Match[str]) -> Duration | None:
    """Return the term for which a sentence says that the act lasts, counted from its own force or signing."""
    lasts = _LASTS_FOR.match(shown, verb.start())
    if match := lasts or _ENDS_AFTER.match(shown, verb.start()):
        told = durations(shown[match.end() : match.end() + _REACH])
        at = match.end()
    elif (match := _AFTER.match(shown)) and _ENDS.match(shown, verb.start()):
        told, at = durations(shown[match.end() : verb.start()]), match.end()
    else:
        return None
    if not told or told[0].span.start:
        return None
    counted = _AFTER_TERM.match(shown, at + told[0].span.end)
    if counted is None or (at < verb.start() and not counted[0].strip()):
        return None
    return told[0] if at < verb.start() or _STOP.match(shown, counted.end()) else None


def _unread(told: list[_Sentence]) -> Iterator[Term]:
    """Yield sentences that give an act a term nobody could count: «до вступления в силу …», «рассчитано на …»."""
    for one in told:
        if _CONDITIONED.search(one.low) or one.within.prolonged is True:
            continue
        for verb in one.verbs:
            if one.of_act(verb) and _names_an_end(one.low, verb):
                yield Term(None, one.within.provision.eid, one.text, open=True)


def _names_an_end(shown: str, verb: re.Match[str]) -> bool:
    """Say whether a term, a year or another event ends what lasts."""
    ends = _ENDS.match(shown, verb.start())
    said = shown if ends else shown[verb.start() :]
    if verb[0] == "применяется":  # «… применяется через 180 дней», «… к планам на 2019 год»
        last = _TO_DAY.search(said)
        return bool((last and not last[0].startswith("на")) or _UNTIL_OTHER.search(said))
    return bool(
        durations(said) or _IN_YEARS.search(said) or _UNTIL_OTHER.search(said) or (ends and _SINCE.search(said))
    )

"""What a clause settles beside its words: numbers, terms, rights, denials, limits, parties by their roles.

Two clauses that settle the same and name the same are told in other words at most; each fact is a name, found in the
folded text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzers.spans import inside, merged
from analyzers.terms import terms
from corpus.comparison.meant.turns import turned
from corpus.lexicon.durations import durations
from corpus.lexicon.numerals import numeral

_AGREE = (
    r"(?<![а-я])(?:предусм|соглас|установ|оговор|договор|услов|указан|следует|реша|решен"
    r"|определ|вытека|достигн|порядок)"
)
_OTHERWISE = r"(?<![а-я])(?:ин(?:ое|ом|ой|ого|аче)|друг(?:ое|ой|ого))(?![а-я])"
_UNLESS = re.compile(
    rf"(?<![а-я])если\s++(?=[^.,;]{{0,64}}?{_AGREE})(?:[^.,;]{{0,64}}?{_OTHERWISE})[^.,;]{{0,64}}+"
    r"|(?<![а-я])если\s++[^.,;]{0,64}?не\s++(?:договор|услов|согласу|достигн)[^.,;]{0,64}+"
)
_USUALLY = re.compile(r"(?<![а-я])(?:как\s++правило|обычно|преимущественно)(?![а-я])")
_AT_MOST = re.compile(
    # «Не менее чем за месяц» and «не позднее чем за месяц» are one term.
    r"(?<![а-я])не\s++менее\s++(?:чем\s++)?(?=за(?![а-я]))|(?<![а-я])не\s++(?:позднее"
    r"|позже|более|больше|свыше|дольше|выше|превыша[а-я]{2,5}"
    r"|долж[а-я]{2,3}\s++(?:быть\s++)?(?:более|больше|выше|превышать)|мо(?:же"
    r"|гу)т\s++быть\s++(?:более|больше|выше)|мо(?:же|гу)т\s++превышать)(?:\s++чем)?+"
)
_AT_LEAST = re.compile(r"(?<![а-я])не\s++(?:менее|ранее|раньше|меньше|реже|ниже)(?:\s++чем)?+")
_BEFORE = re.compile(
    r"(?<![а-я])за\s++(?!кажд)[^.,;]{1,40}?\s(?:дн|месяц|недел|год|лет|сут|час)|(?<![а-я])за\s++(?:год|месяц)"
)
_TOLD_BEFORE = re.compile(r"(?<![а-я])(?:до|перед)\s|уведом|извещ|сообщ|предупре|информир|заявл|направл|не\s++позднее")
# What is said by «не» and denies nothing.
_DENIES_NOTHING = re.compile(r"(?<![а-я])не\s++только")
_DENIED_RIGHT = re.compile(
    r"(?<![а-я])не\s++(?:вправе|мо(?:гут|жет)|допуска(?:ет|ют)ся|разреша(?:ет|ют)ся"
    r"|подлеж[а-я]{2,3}|име[а-я]{2,3}\s++права)(?![а-я])"
    r"|запрещ[а-я]{2,6}|недопустим[а-я]{0,2}"
)
_RIGHT = re.compile(
    r"(?<![а-я])(?:вправе|могут|может|можно|допуска(?:ет|ют)ся(?!\s++(?:только|лишь"
    r"|исключительно)(?![а-я]))(?!\s++(?:на|к|во?|при|по|со?)\s)|возможн[аоы]|(?:име(?:ет"
    r"|ют)|польз[а-я]{2,6}|облада[а-я]{2,4}|с)\s++правом?|открыт[а-я]{0,3}\s++для"
    r"|разреша(?:ет|ют)ся(?!\s++(?:только\s++|лишь\s++)?(?:при"
    r"|по)\s)(?!\s++(?:[а-я]{1,20}\s++){0,3}?(?:путем|посредством)))(?![а-я])"
    # What may happen is no right: «если исполнение может нанести ущерб».
    r"(?!\s++(?:быть\s++)?(?:нане|прич|прив|повле|противор|помеш|препят|затрон|угрож"
    r"|отрица|понадоб|потребует|потребоватьс|служит|возник|представл))"
)
# «Может быть изменено по согласию Сторон» is «изменяется по согласию Сторон».
_AGREED = re.compile(
    r"(?<![а-я])(?:может|могут)\s++(?:быть|[а-я]{2,20}ся)(?![а-я])[^.;]{0,64}?(?<![а-я])(?:по|с)\s++(?:[а-я]{1,20}\s++){0,2}?согласи"
    r"|(?<![а-я])(?:по|с)\s++(?:[а-я]{1,20}\s++){0,2}?согласи[^.;]{0,64}?(?<![а-я])(?:может|могут)\s++(?:быть|[а-я]{2,20}ся)(?![а-я])"
)
_PERMITTED = re.compile(r"(?<![а-я])(?:допуска|разреша)(?:ет|ют)ся(?![а-я])")
# «Вопросы разрешаются согласно закону» allows nothing.
_SOLVED = re.compile(
    r"(?<![а-я])((?:спор|вопрос|разногласи|дел)[а-я]{0,4}(?![а-я])[^.;]{0,64}?(?<![а-я]))разреша[а-я]{2,3}ся"
)
_NOT_BOUND = re.compile(r"(?<![а-я])не\s++обязан[а-я]?+")
_NOT = re.compile(r"(?<![а-я])(?:не(?![а-я])|нет(?![а-я])|невозможн|нельзя|неприемлем|без(?=\s)|отсутств)")
# «Не передаются без согласия» is «передаются только с согласия».
_WITHOUT_CONSENT = re.compile(r"(?<![а-я])без\s++(?:[а-я]{1,20}\s++){0,3}?(?:согласи|разрешени|одобрени|ведома)")
_DECIMAL = re.compile(r"(?<![\d.,])\d{1,9}[.,]\d{1,9}(?![.,]?\d)")
_NUMBER = re.compile(r"(?<![а-я0-9.,])(\d{1,9})(?![\d.,]\d)(?!-[а-я])")
_FACTS = {
    "или": r"(?:или|либо)(?![а-я])",
    "и": r"и(?![а-я])",
    "все": (
        r"(?:все(?:х|ми?)?|кажд[а-я]{2,3}|совокупност[а-я])(?![а-я])(?!\s++(?:(?:из|его|ее|их"
        r"|других|иные|остальн[а-я]{1,3})\s++)?(?:(?:договаривающи[а-я]{1,3}"
        r"|государств[а-я]{0,2})\s++)?сторон)"
    ),
    "один из": (
        r"(?:хотя\s++бы\s++)?(?:одн[а-я]{1,3}|люб[а-я]{2,3}"
        r"|одним?)\s++из(?=\s)(?!\s++(?:договаривающи[а-я]{1,3}\s++)?сторон)"
    ),
    "до": r"(?:до|прежде)\s++(?!истечени|конц|\d{1,3}(?!\d)|дв|тре|пят|шест|дес|сорок|един|одн|сведени"
    r"|получени[яе]\s++согласи|настоящего\s++времени)",
    "после": r"после(?=\s)(?!\s++(?:\d{1,3}(?!\d)|дв|тре|пят|шест|дес))",
    "больше": (
        r"(?:более|больше|свыше|превыша[а-я]{2,5})(?![а-я])(?!\s++(?:[а-я]{1,6}(?:ого|ый|ой|ые"
        r"|ых|ая|ое)(?![а-я])|чем))"
    ),
    "меньше": r"(?:менее|меньше|ниже)(?![а-я])(?!\s++(?:[а-я]{1,6}(?:ого|ый|ой|ые|ых|ая|ое)(?![а-я])|чем))",
    "следующий за": r"следующ[а-я]{2,3}\s++за(?=\s)",
    "вне": r"вне(?=\s)(?!\s++зависимости)|за\s++пределами",
    "кроме": r"за\s++исключением|кроме(?=\s)(?!\s++того)|исключая(?=\s)",
    "только": r"(?:только|исключительно|лишь)(?=\s)(?!\s++(?:[а-я]{1,20}\s++){1,3}?(?:согласи|разрешени))",
    "запрашивающая": r"запрашивающ|направивш[а-я]{2}\s++запрос",
    "запрашиваемая": r"запрашиваем|получивш[а-я]{2}\s++(?:его|запрос)",
    "направляющая": r"направляющ[а-я]{2}(?![а-я])|командирующ",
    "принимающая": r"принимающ[а-я]{2}(?![а-я])|приглашающ[а-я]{2}(?![а-я])",
    "передающая": (
        r"переда(?:вш|ющ)[а-я]|предостав(?:ивш|ляющ)"
        r"|котор[а-я]{2}\s++(?:[а-я]{1,3}\s++)?(?:предостав|переда)"
    ),
    "получающая": r"получа(?:ющ)|получивш[а-я]{2}\s++(?!запрос|его)",
    "обе стороны": r"(?:обе(?:их|ими)?|все(?:х|ми)?)\s++(?:[а-я]{1,20}\s++){0,2}?сторон",
    "любая сторона": r"(?:люб|одн)[а-я]{1,3}\s++(?:из\s++)?сторон",
}
_ROLES_NAMED = ("запрашивающая", "запрашиваемая")
_PATTERNS = {name: re.compile(rf"(?<![а-я])(?:{pattern})") for name, pattern in _FACTS.items()}

_PARTIES = re.compile("|".join(rf"(?:(?<![а-я])(?:{_FACTS[name]})[а-я]*+)" for name in _ROLES_NAMED))

_PAIRS = (
    ("и", "или"),
    ("все", "один из"),
    ("до", "после"),
    ("больше", "меньше"),
    ("запрашивающая", "запрашиваемая"),
    ("передающая", "получающая"),
    ("обе стороны", "любая сторона"),
    ("обе стороны", "запрашивающая"),
    ("обе стороны", "запрашиваемая"),
)
ASKING = frozenset(("запрашивающая", "запрашиваемая"))
"""The parties of a request."""

OPPOSED = tuple(map(frozenset, _PAIRS))
"""Facts that differ only when one clause says the one and the other the other: either may go unsaid."""

RIGHT, PERMITTED = "право", "допускается"
"""What may be done; what is permitted on a condition, which is no other than done on that condition."""

_COUNTED_IN = {"лет": (12, "месяцев"), "недель": (7, "дней"), "суток": (1, "дней")}
"""Units that are so many of another."""

_HOURS = 24


@dataclass(frozen=True, slots=True)
class Settled:
    """What a clause settles beside its words, and `plain`, the clause without the turns that told it."""

    facts: frozenset[str]
    plain: str


def settled(text: str) -> Settled:
    """Read what a clause settles.

    >>> sorted(settled("Исполняется в течение тридцати дней.").facts ^ settled("Исполняется в месячный срок.").facts)
    ['1 месяцев', '30 дней']
    >>> may, must = settled("В исполнении может быть отказано."), settled("В исполнении отказывается.")
    >>> may.facts ^ must.facts
    frozenset({'право'})
    """
    low = _SOLVED.sub(r"\1решаются", turned(text))
    plain = _USUALLY.sub(" ", _UNLESS.sub(" ", low))
    bare = _DENIES_NOTHING.sub(" ", _AT_LEAST.sub(" ", _AT_MOST.sub(" ", plain)))
    found = {*_named(bare), *_counted(plain), *_allowed(bare)}
    if _UNLESS.search(low):
        found.add("если не иное")
    if _USUALLY.search(low):
        found.add("как правило")
    if _AT_LEAST.search(_AT_MOST.sub(" ", plain)):
        found.add("не меньше")
    return Settled(frozenset(found), _PARTIES.sub(" ", _untimed(bare)))


def _untimed(low: str) -> str:
    """Cut out the terms of time."""
    at, kept = 0, []
    for d in durations(low):
        kept.append(low[at : d.span.start])
        at = max(at, d.span.end)
    return " ".join((*kept, low[at:]))


def _allowed(bare: str) -> Iterator[str]:
    """Yield what is a right and how often anything is denied."""
    rest = _DENIED_RIGHT.sub(" не ", _NOT_BOUND.sub(" вправе не ", bare))
    denials = len(_NOT.findall(rest))
    if denials > 1 and _WITHOUT_CONSENT.search(rest):
        denials -= 2
    elif _RIGHT.search(rest) and not _only_with(rest):
        yield PERMITTED if _AGREED.search(rest) else RIGHT
    elif _PERMITTED.search(rest):
        yield PERMITTED
    yield f"отрицаний: {denials}"


def _only_with(bare: str) -> bool:
    return (
        re.search(r"(?<![а-я])(?:только|лишь)\s++с\s++(?:[а-я]{1,20}\s++){0,3}?(?:согласи|разрешени)", bare) is not None
    )


def _named(low: str) -> Iterator[str]:
    yield from (name for name, pattern in _PATTERNS.items() if pattern.search(low))
    if _BEFORE.search(low) and _TOLD_BEFORE.search(low):
        yield "заранее"


def _counted(low: str) -> Iterator[str]:
    """Yield the terms of time, and the other numbers whether in digits or in words."""
    found = durations(low)
    for d in found:
        times, unit = _COUNTED_IN.get(d.unit, (1, d.unit))
        if unit == "часов" and not d.count % _HOURS:
            yield f"{d.count // _HOURS} {d.kind}дней"
            continue
        yield f"{d.count * times} {d.kind}{unit}"
    taken = merged([d.span for d in found])
    yield from (f"число {match[0].replace(',', '.')}" for match in _DECIMAL.finditer(low))
    for match in _NUMBER.finditer(low):
        if not inside(taken, match.start()):
            yield f"число {int(match[1])}"
    for term in terms(low):
        number = numeral(term.form) if term.form.isalpha() else None
        if number and number > 1 and not inside(taken, term.start):
            yield f"число {number}"

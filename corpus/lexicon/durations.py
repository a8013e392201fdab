"""Terms of time in Russian legal prose: «30 календарных дней», «в течение трёх суток», «на шестидесятый день»."""

import re
from dataclasses import dataclass
from functools import cache

from analyzers.spans import Span
from corpus.lexicon.numerals import COMBINED, COMBINING, NUMERAL, numeral, plural_form

_UNITS = r"(?P<unit>дн(?:я|ей|и|ю)|день|сут(?:ок|ки)|месяц(?:а|ев|у)?|год(?:а|у)?|лет|час(?:а|ов)?|недел(?:я|и|ь|ю))"
_KIND = r"(?:(?P<kind>календарн|рабоч|банковск)[а-я]++\s++)?"
# «в 15-дневный срок», «в десятидневный срок», «в месячный срок», «пятилетний период».
_ADJECTIVE = re.compile(
    rf"(?<![а-я0-9])(?:(?P<digits>\d{{1,3}})-?|(?P<words>{COMBINING}))?(?P<unit>дневн|суточн|месячн|летн|годичн|часов|недельн)"
    r"[а-я]{2,3}(?=\s++(?:срок|период))"
)
# «через год», «за месяц до», «в течение суток»: one, untold.
_BARE = re.compile(
    r"(?:через|\bза|в\s++течение|спустя|не\s++поздне[ей]|не\s++более|не\s++менее|чем(?:\s++за)?|по\s++истечении)\s++"
    r"(?P<whole>(?P<kind>календарн|рабоч)?(?:[а-я]{2,3}\s++)?(?P<unit>год(?:а|у)?|месяц(?:а|у)?|недел(?:ю|и)|суток|дня))(?![а-я])"
)
_NAMES = {
    "д": "дней",
    "с": "суток",
    "м": "месяцев",
    "г": "лет",
    "л": "лет",
    "ч": "часов",
    "н": "недель",
}
_ADJECTIVES = {
    "дневн": "дней",
    "суточн": "суток",
    "месячн": "месяцев",
    "летн": "лет",
    "годичн": "лет",
    "часов": "часов",
    "недельн": "недель",
}
_KINDS = {"календарн": "календарных ", "рабоч": "рабочих ", "банковск": "банковских "}
FORMS = {
    "дней": ("день", "дня"),
    "суток": ("сутки", "суток"),
    "месяцев": ("месяц", "месяца"),
    "лет": ("год", "года"),
    "часов": ("час", "часа"),
    "недель": ("неделя", "недели"),
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A term: how many, of what («дней», «суток», «месяцев», «лет»…), which days («календарных », «рабочих », "")."""

    count: int
    unit: str
    kind: str
    span: Span

    @property
    def form(self) -> str:
        """Return the normal form: «30 календарных дней», «6 месяцев», «3 суток»."""
        return f"{self.count} {self.kind}{self.unit}"

    @property
    def shown(self) -> str:
        """Return the term as a person writes it: «3 месяца», «1 день»."""
        one, few = FORMS[self.unit]
        return self.form if self.kind else f"{self.count} {(one, few, self.unit)[plural_form(self.count)]}"


@cache
def _duration() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![а-я0-9-])(?<!\d[,.])(?:(?P<digits>\d{{1,3}})(?:-[а-я]{{1,3}})?(?:\s*+\([^)]{{1,40}}\))?"
        rf"|(?P<words>(?>{NUMERAL}))(?:\s*+\([^)]{{1,20}}\))?)\s++{_KIND}{_UNITS}(?![а-я])"
    )


def durations(folded: str) -> list[Duration]:
    """Find the terms of time in a folded text (lower case, ё = е), in order.

    >>> [d.form for d in durations("не позднее чем через 30 (тридцать) рабочих дней либо в течение трех суток")]
    ['30 рабочих дней', '3 суток']
    >>> [d.form for d in durations("в 15-дневный срок, в месячный срок, на шестидесятый день")]
    ['15 дней', '1 месяцев', '60 дней']
    >>> [d.form for d in durations("через год после уведомления, не позднее чем за месяц до конца года")]
    ['1 лет', '1 месяцев']
    >>> [d.form for d in durations("через две недели либо через два года")]
    ['2 недель', '2 лет']
    >>> durations("в течение 2,5 лет")
    []
    """
    out = []
    for match in _duration().finditer(folded):
        count = int(match["digits"]) if match["digits"] else numeral(match["words"])
        if count:
            kind = _KINDS.get(match["kind"] or "", "")
            out.append(Duration(count, _NAMES[match["unit"][0]], kind, Span(*match.span())))
    for match in _ADJECTIVE.finditer(folded):
        count = int(match["digits"]) if match["digits"] else COMBINED.get(match["words"] or "", 1)
        out.append(Duration(count, _ADJECTIVES[match["unit"]], "", Span(*match.span())))
    counted = {d.span.end for d in out}  # «через две недели» is two and not one
    for match in _BARE.finditer(folded):
        if match.end() in counted:
            continue
        kind = _KINDS.get(match["kind"] or "", "")
        out.append(Duration(1, _NAMES[match["unit"][0]], kind, Span(*match.span("whole"))))
    return sorted(out, key=lambda d: d.span)

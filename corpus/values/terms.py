"""Terms of time told in provisions: of execution, of confirming an oral request, of notice, of the agreement itself."""

import re
from collections.abc import Sequence
from fractions import Fraction

from analyzers.spans import Span
from corpus.lexicon.durations import Duration, durations
from corpus.values.value import Passage, Value

_ENDLESS = re.compile(
    r"(?:неопределенн|неограниченн)[а-я]{1,64}+\s++(?:период|срок)|бессрочн|без\s++ограничения\s++срок"
)
_LASTS = re.compile(
    r"заключ|действу|действовать|оста(?:ется|ваться|нется)\s++в\s++силе|срок[а-я]{0,64}+\s++(?:его\s++|ее\s++)?действия|сохраня[а-я]{1,64}+\s++(?:силу|(?:свое\s++)?действие)|действительн|имеет\s++силу"
)
PROLONGED = re.compile(
    r"продл[еяи]|затем\s++(?:[а-я]++\s++){0,3}?(?:действ|остается|в\s++силе)|пролонг|возобновля|автоматически|каждый\s++раз"
    r"|продолжа[а-я]{1,5}+\s++(?:действ|остав|применя)|в\s++силе\s++(?:и\s++)?(?:в\s++дальнейшем|далее|еще|после)"
)
_ENDS = re.compile(r"уведом|извещ|извест|нот[аыеу]\b|заяв|прекращ|прекрат|денонс|выход|выйти|выйд|утра[тч]")
_EFFECTS = re.compile(r"не\s++(?:вли|затраг|затрон|влеч|освобожд|сказыв)[а-я]++")
_BEFORE_NOTICE = re.compile(
    r"(?:истечени[а-я]{1,64}+|истек[а-я]{1,64}+|пройд[а-я]{1,64}+|через|спустя|\bза|\bна|не\s++(?:менее|позднее|позже|ранее)[а-я,\s]{0,64}+|в\s++течение|до\s++истечения|последующ[а-я]{1,64}+|следующ[а-я]{1,64}+)\s*+(?:чем\s++)?(?:за\s++|через\s++)?$"
)


# Terms of notice and execution are told in days, суток or months.
_AS_FORMS = {
    "лет": (Fraction(12), "месяцев"),
    "недель": (Fraction(7), "дней"),
    "часов": (Fraction(1, 24), "суток"),
}


def _term(name: str, passage: Passage, found: Duration) -> Value:
    """Build a value of a term in days, суток or months; the words shown stay those of the text."""
    factor, unit = _AS_FORMS.get(found.unit, (Fraction(1), found.unit))
    count = found.count * factor
    form = f"{count} {found.kind}{unit}" if count.denominator == 1 else found.form
    return passage.value(name, form, found.span, found.shown)


def execution_term(sources: Sequence[Passage]) -> Value | None:
    """Read within what time a request is to be executed."""
    for passage in sources:
        if re.search(r"исполн|выполн|рассм|ответ", passage.text):
            for found in durations(passage.text):
                return _term("срок исполнения запроса", passage, found)
    return None


def oral_term(sources: Sequence[Passage]) -> Value | None:
    """Read within what time an oral request is to be confirmed in writing."""
    for passage in sources:
        if re.search(r"подтвер", passage.text) and re.search(r"устн|телефон", passage.whole):
            for found in durations(passage.text):
                return _term("срок подтверждения устного запроса", passage, found)
    return None


def notice_term(sources: Sequence[Passage]) -> Value | None:
    """Read how long after (or before) the notice an agreement ceases to be in force."""
    for passage in sources:
        if not _ENDS.search(passage.text) or _EFFECTS.search(passage.text):
            continue
        for found in durations(passage.text):
            before = passage.text[max(0, found.span.start - 60) : found.span.start]
            if _BEFORE_NOTICE.search(before) and not re.search(r"(?:последующ|следующ)[а-я]{1,64}+\s*+$", before):
                long = found.unit == "лет" and not re.search(r"истечени|через|спустя|\bза\s*+$", before[-22:])
                if not long:
                    return _term("срок уведомления о прекращении действия", passage, found)
    return None


def duration(sources: Sequence[Passage]) -> Value | None:
    """Read for how long an agreement is made: «неопределенный», «5 лет», «5 лет с продлением»."""
    name = "срок действия"
    for passage in sources:
        if not _LASTS.search(passage.text):
            continue
        if match := _ENDLESS.search(passage.text):
            return passage.value(name, "неопределенный", Span(*match.span()))
        for found in durations(passage.text):
            before = passage.text[max(0, found.span.start - 40) : found.span.start]
            if found.unit in ("лет", "месяцев") and re.search(
                r"(?:срок(?:ом)?\s++на|сроком|\bна|в\s++течение|период[а-я]{0,64}+(?:\s++в)?|сроком\s++в|составляет|равен|истекает\s++через|устанавливается\s++в|действует|действовать|[–—-])\s*+$",
                before,
            ):
                more = " с продлением" if any(PROLONGED.search(p.text) for p in sources if p.eid == passage.eid) else ""
                return passage.value(name, found.form + more, found.span, found.shown + more)
    return None

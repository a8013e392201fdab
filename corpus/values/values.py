"""Values read out of provisions by general rules: terms, grounds of refusal, languages, copies, entry into force."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from analyzers.spans import Span
from corpus.clauses.units import Sentence, Unit
from corpus.lexicon.durations import Duration, durations
from corpus.values import grounds as refusal
from corpus.values.value import Value

# Adjectives of languages end so; names of languages that do not bend are told one by one.
_TONGUE = r"(?:[а-я]+(?:ск|цк)(?:ий|ого|ому|им|ом|их|ими|ие|ой|ая|ую)|хинди|фарси|дари|урду|иврит[а-я]*|пушту)"
_TONGUES = re.compile(
    rf"({_TONGUE}(?:(?:\s*+,\s*+|\s++и\s++|\s++или\s++|\s*,?\s*+а\s++также\s++)(?:на\s++)?{_TONGUE})*)\s++язык"
)
_ONE_TONGUE = re.compile(_TONGUE)
_TONGUES_AFTER = re.compile(
    rf"язык[а-я]*+\s++(?:[а-я]++\s++){{0,6}}?(?:явля[а-я]++|счита[а-я]++|служ[а-я]++)\s++({_TONGUE}(?:(?:\s*+,\s*+|\s++и\s++){_TONGUE})*)"
)
_COPIES = re.compile(
    r"\bв\s++(?P<n>\d++|одном|единственном|двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти)"
    r"\s*+(?:\([а-я]++\)\s*+)?(?:[а-я]++\s++){0,2}?(?:экземпляр|подлинник)"
)
_COPY_WORDS = {"единственном": 1, "одном": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7,
               "восьми": 8, "девяти": 9, "десяти": 10}  # fmt: skip
_DIVERGENCE = re.compile(
    r"(?:в\s++случае|при)\s++(?:[а-я]++\s++){0,3}?(?:расхожд|разноглас|различ|сомнен)|для\s++целей\s++толкован"
)
_FORCE = re.compile(r"вступ[а-я]++\s++(?:[а-я]++\s++){0,3}?в\s++силу")
_OTHERS = re.compile(
    r"присоедин|выполнивш[а-я]+[^.]{0,80}поздне|(?:такие|указанные|эти)\s++(?:протокол|изменен|поправ)|"
    r"для\s++(?:каждого\s++)?государств|измен[а-я]++\s++и\s++дополнен|прекраща[а-я]++\s++(?:сво[а-я]++\s++)?действие\s++соглаш"
)
_EVENTS = (
    ("обмен ратификационными грамотами", re.compile(r"обмен[а-я]*+\s++(?:[а-я]++\s++){0,3}?(?:ратификац|грамот)")),
    (
        "сдача на хранение",
        re.compile(r"(?:сда[а-я]++|передач[а-я]++|депонирован[а-я]++)\s++(?:[а-я]++\s++){0,4}?депозитари|на\s++хранение"),
    ),
    (
        "последнее уведомление",
        re.compile(
            r"уведом(?:лени|ят|или|ивш)|извещени|извест(?:ят|или)|нот[аы]\b|нотами|сообщ(?:ат|или)\s++друг"
        ),
    ),
    ("подписание", re.compile(r"подписани[яюем]")),
    ("дата в тексте", re.compile(r"\bс\s++(?:«|\")?\d{1,2}(?:»|\")?\s++[а-я]++\s++\d{4}|\b\d{1,2}\.\d{1,2}\.\d{4}")),
    ("иное", re.compile(r"ратификац|утвержден|одобрен|приняти|опубликован|регистрац")),
)  # fmt: skip
_ENDLESS = re.compile(r"(?:неопределенн|неограниченн)[а-я]++\s++(?:период|срок)|бессрочн|без\s++ограничения\s++срок")
_LASTS = re.compile(
    r"заключ|действу|действовать|оста(?:ется|ваться|нется)\s++в\s++силе|срок[а-я]*+\s++действия|сохраня[а-я]++\s++силу|имеет\s++силу"
)
_PROLONGED = re.compile(
    r"продлева|продлен|продлит|затем\s++(?:[а-я]++\s++){0,3}?(?:действ|остается|в\s++силе)|пролонг|возобновля|автоматически|каждый\s++раз"
)
_ENDS = re.compile(r"уведом|извещ|извест|нот[аыеу]\b|заяв|прекращ|прекрат|денонс|выход|выйти|выйд|утра[тч]")
_EFFECTS = re.compile(r"не\s++(?:вли|затраг|затрон|влеч|освобожд|сказыв)[а-я]++")
_BEFORE_NOTICE = re.compile(
    r"(?:истечени[а-я]+|истек[а-я]+|пройд[а-я]+|через|спустя|\bза|\bна|не\s++(?:менее|позднее|позже|ранее)[а-я,\s]*|в\s++течение|до\s++истечения|последующ[а-я]+|следующ[а-я]+)\s*+(?:чем\s++)?(?:за\s++|через\s++)?$"
)


# Terms of notice and execution are told in days, суток or months.
_AS_FORMS = {
    "лет": (Fraction(12), "месяцев"), "недель": (Fraction(7), "дней"), "часов": (Fraction(1, 24), "суток"),
}  # fmt: skip


def folded(text: str) -> str:
    """Return a text in lower case with ё as е; offsets stay."""
    return text.lower().replace("ё", "е")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a provision, its folded words, and whether the provision's other words speak of oral requests."""

    eid: str
    span: Span
    text: str
    whole: str

    def value(self, name: str, value: Any, at: Span, shown: str | None = None) -> Value:
        """Build a value read at a span of this passage."""
        return Value(name, value, str(value) if shown is None else shown, self.eid, at.shifted(self.span.start))


def passages(unit: Unit, sentences: Iterable[Sentence], texts: Callable[[str], str]) -> list[Passage]:
    """Take the sentences of a unit to be read."""
    whole = folded(unit.text)
    return [Passage(s.eid, s.span, folded(texts(s.eid)[s.span.start : s.span.end]), whole) for s in sentences]


def languages(text: str) -> list[str]:
    """Return the languages named before or after the word «язык», in order, as nominative adjectives.

    >>> languages("каждый на казахском, английском и русском языках")
    ['казахский', 'английский', 'русский']
    """
    found = [w for m in (*_TONGUES.finditer(text), *_TONGUES_AFTER.finditer(text)) for w in _ONE_TONGUE.findall(m[1])]
    return list(dict.fromkeys(_nominative(w) for w in found))


def _nominative(word: str) -> str:
    match = re.match(r"(.*?[сц]к)(?:ий|ого|ому|им|ом|их|ими|ие|ой|ая|ую)$", word)
    return match[1] + "ий" if match else word


def _term(name: str, passage: Passage, found: Duration) -> Value:
    """Build a value of a term in days, суток or months; the words shown stay those of the text."""
    factor, unit = _AS_FORMS.get(found.unit, (Fraction(1), found.unit))
    count = found.count * factor
    form = f"{count} {found.kind}{unit}" if count.denominator == 1 else found.form
    return passage.value(name, form, found.span, found.shown)


def grounds(sources: Sequence[Passage]) -> Value | None:
    """Read grounds of refusal with «обязательный» or «факультативный»; mandatory wins when a ground is told twice."""
    name = "основания отказа"
    table: dict[str, str] = {}
    first: Value | None = None
    must = None
    for passage in sources:
        must = refusal.mandatory(passage.text, must)
        for ground, at in refusal.grounds(passage.text):
            kind = refusal.MANDATORY if must else refusal.OPTIONAL
            table[ground] = refusal.MANDATORY if refusal.MANDATORY in (kind, table.get(ground)) else kind
            first = first or passage.value(name, None, at)
    if not table or first is None:
        return None
    kinds = (("обязательные", refusal.MANDATORY), ("факультативные", refusal.OPTIONAL))
    listed = ((word, [g for g, k in table.items() if k == kind]) for word, kind in kinds)
    shown = "; ".join(f"{word}: {', '.join(named)}" for word, named in listed if named)
    return Value(name, table, shown, first.eid, first.span)


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
            if _BEFORE_NOTICE.search(before) and not re.search(r"(?:последующ|следующ)[а-я]++\s*+$", before):
                long = found.unit == "лет" and not re.search(r"истечени|через|спустя|\bза\s*+$", before[-22:])
                if not long:
                    return _term("срок уведомления о прекращении действия", passage, found)
    return None


def working_language(sources: Sequence[Passage]) -> Value | None:
    """Read in what languages the parties work; a duty only to translate names none."""
    found: dict[str, Value] = {}
    for passage in sources:
        main = re.search(r"польз[оу]|использу|рабоч|составля|осуществля|направля|ведется|ведутся|подгот", passage.text)
        if not main or (re.search(r"перевод", passage.text) and not re.search(r"польз[оу]|рабоч", passage.text)):
            continue
        for language in languages(passage.text):
            at = passage.text.find(language[:-2])
            found.setdefault(
                language, passage.value("рабочий язык", None, Span(max(at, 0), max(at, 0) + len(language)))
            )
    if not found:
        return None
    first = next(iter(found.values()))
    return Value(first.name, list(found), ", ".join(found), first.eid, first.span)


def text_languages(sources: Sequence[Passage]) -> Value | None:
    """Read in what languages the text is done."""
    for passage in sources:
        text = passage.text[: m.start()] if (m := _DIVERGENCE.search(passage.text)) else passage.text
        found = languages(text)
        if found and re.search(r"соверш|экземпляр|составлен|подписан", passage.text):
            at = text.find(found[0][:-2])
            return passage.value("языки текста", found, Span(at, text.find("язык", at) + 4), ", ".join(found))
    return None


def copies(sources: Sequence[Passage]) -> Value | None:
    """Read in how many originals an agreement is done."""
    for passage in sources:
        if match := _COPIES.search(passage.text):
            n = _COPY_WORDS.get(match["n"]) or int(match["n"])
            return passage.value("число экземпляров", n, Span(*match.span()))
    return None


def prevailing(sources: Sequence[Passage]) -> Value | None:
    """Read the text of which language decides when the texts differ."""
    for passage in sources:
        start = m.start() if (m := _DIVERGENCE.search(passage.text)) else 0
        found = languages(passage.text[start:])
        if len(found) == 1:
            at = passage.text.find(found[0][:-2], start)
            return passage.value("преимущественный текст", found[0], Span(at, at + len(found[0])))
    return None


def entry_into_force(sources: Sequence[Passage]) -> Value | None:
    """Read the event an agreement enters into force by, and the delay after it: «последнее уведомление + 30 дней»."""
    for passage in sources:
        force = _FORCE.search(passage.text)
        if not force or _OTHERS.search(passage.text[: force.end()]):
            continue
        after, before = Span(force.end(), len(passage.text)), Span(0, force.start())
        for part in (after, before):
            text = passage.text[part.start : part.end]
            events = [(m.start(), m.end(), name) for name, pattern in _EVENTS if (m := pattern.search(text))]
            if not events:
                continue
            at, end, event = min(events, key=lambda e: (e[2] == "иное", e[0]))
            event, at, end = _by_deposit(event, at, end, text)
            delay = next((d for d in durations(text[:at]) if d.unit != "лет"), None)
            value = f"{event} + {delay.form}" if delay and event != "дата в тексте" else event
            return passage.value("вступление в силу", value, Span(at, end).shifted(part.start))
    return None


def _by_deposit(event: str, at: int, end: int, text: str) -> tuple[str, int, int]:
    # «с даты сдачи на хранение депозитарию третьего уведомления»: the deposit comes first and is the event.
    return (
        ("сдача на хранение", at, end)
        if event == "последнее уведомление" and "на хранение" in text[:at]
        else (event, at, end)
    )


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
                r"(?:срок(?:ом)?\s++на|сроком|\bна|в\s++течение|период[а-я]*+(?:\s++в)?|составляет|действует|действовать)\s*+$",
                before,
            ):
                more = (
                    " с продлением" if any(_PROLONGED.search(p.text) for p in sources if p.eid == passage.eid) else ""
                )
                return passage.value(name, found.form + more, found.span, found.shown + more)
    return None


READERS: dict[str, tuple[Callable[[Sequence[Passage]], Value | None], ...]] = {
    "refusal": (grounds,),
    "extradition-refusal": (grounds,),
    "execution-term": (execution_term,),
    "request-form": (oral_term,),
    "termination": (notice_term,),
    "language": (working_language,),
    "authentic-texts": (text_languages, copies),
    "prevailing-text": (prevailing,),
    "entry-into-force": (entry_into_force,),
    "duration": (duration,),
}
"""What is read in the rows of which topics."""


def read(topic: str, sources: Sequence[Passage]) -> tuple[Value, ...]:
    """Read the values of a row's cell."""
    return tuple(v for reader in READERS.get(topic, ()) if (v := reader(sources)) is not None)

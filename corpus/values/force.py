"""Entry into force: the event an agreement waits for, and the day an act names of itself."""

import re
from collections.abc import Sequence

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.lexicon.dates import DATE, dates
from corpus.lexicon.durations import durations
from corpus.values.value import Passage, Value

_FORCE = re.compile(
    r"(?<![а-я])(?:вступ[а-я]{1,9}+|вводится)\s++(?:[а-я]{1,30}+\s++){0,3}?в\s++(?:силу|действие)(?![а-я])"
)
_OTHERS = re.compile(
    r"присоедин|выполнивш[а-я]{1,4}+[^.]{0,64}?поздне|(?:такие|указанные|эти)\s++(?:протокол|изменен|поправ)|"
    r"для\s++(?:каждого\s++)?государств|измен[а-я]{1,12}+\s++и\s++дополнен|прекраща[а-я]{1,6}+\s++(?:сво[а-я]{1,3}+\s++)?действие\s++соглаш"
)
_EVENTS = (
    (
        "обмен ратификационными грамотами",
        re.compile(r"(?<![а-я])обмен[а-я]{0,6}+\s++(?:[а-я]{1,30}+\s++){0,3}?(?:ратификац|грамот)"),
    ),
    (
        "сдача на хранение",
        re.compile(
            r"(?<![а-я])(?:сда[а-я]{1,6}+|передач[а-я]{1,3}+|депонирован[а-я]{1,4}+)\s++(?:[а-я]{1,30}+\s++){0,4}?депозитари|на\s++хранение"
        ),
    ),
    (
        "последнее уведомление",
        re.compile(r"уведом(?:лени|ят|или|ивш)|извещени|извест(?:ят|или)|нот[аы]\b|нотами|сообщ(?:ат|или)\s++друг"),
    ),
    ("подписание", re.compile(r"подписани[яюем]")),
    ("дата в тексте", re.compile(DATE)),
    ("иное", re.compile(r"ратификац|утвержден|одобрен|приняти|опубликован|регистрац")),
)
_SIGNED = re.compile(
    r"\s++(?:(?:с|со|в)\s++(?:даты|дня|день|дату|момента|момент)|(?:немедленно\s++|сразу\s++)?после)\s++"
    r"(?:(?:его|ее|их|последнего)\s++)?подписания"
)
_AMENDMENT = re.compile(r"котор|изменени|дополнени|поправк|(?:так|указанн|эт)[а-я]{1,3}\s")
_OF_ITSELF = re.compile(r"\s*+настоящ")
_SENTENCE_END = re.compile(r"[.;]\s")
_DATE = re.compile(DATE)
_SINCE = re.compile(r"\s++(?:со?\s++)?")
_NEXT_CLAUSE = re.compile(
    r"продл|пролонг|действ|заключ|остае|прекра|утра[тч]|пока|подлеж|направля|опублик|распростран|завис"
    r"|(?<![а-я])а\s++(?:также\s++)?для(?![а-я])"  # for some of the parties later: the act is in force
)
_CONDITIONED = re.compile(
    r"(?<![а-я])(?:если|при\s++условии|не\s++(?:ранее|раньше)|последн(?:ей|им|ими)|"
    r"(?:одобрени|утверждени)я|ратификации|регистрации|уведомлени[яй])(?![а-я])"
)
"""What, told after a day, puts it off: «с даты подписания, но не ранее …», «после подписания и одобрения …»."""
_NOTED = re.compile(
    r"(?<!\w)вступил[аио]?\s++в\s++силу(?:\s++для(?:\s++[а-я][\w-]{0,40}+){1,4}?)?\s*+:?+\s*+(?:с\s++)?+(?=[«\"“]?\s?\d)|"
    r"(?:дата\s++)?вступлени[ея]\s++в\s++силу\s*+[:—–-]\s*+"
)


def event(sources: Sequence[Passage]) -> Value | None:
    """Read the event an agreement enters into force by, and the delay after it: «последнее уведомление + 30 дней»."""
    for passage in sources:
        force = _FORCE.search(passage.text)
        if not force or _OTHERS.search(passage.text[: force.end()]):
            continue
        for part in (Span(force.end(), len(passage.text)), Span(0, force.start())):
            text = passage.text[part.start : part.end]
            events = [(m.start(), m.end(), name) for name, pattern in _EVENTS if (m := pattern.search(text))]
            if events:
                at, end, name = min(events, key=lambda e: (e[2] == "иное", e[0]))
                if name == "последнее уведомление" and "на хранение" in text[:at]:
                    name = "сдача на хранение"  # «с даты сдачи на хранение депозитарию третьего уведомления»
                delay = next((d for d in durations(text[:at]) if d.unit != "лет"), None)
                value = f"{name} + {delay.form}" if delay and name != "дата в тексте" else name
                return passage.value("вступление в силу", value, Span(at, end).shifted(part.start))
    return None


def day(text: str, signed: str | None) -> tuple[str, Span] | None:
    """Read the day an act comes into force by its own words: a date, or the day it is signed (ISO 8601).

    >>> day("Настоящий Закон вступает в силу с 1 января 2016 года.", None)[0]
    '2016-01-01'
    >>> day("Соглашение вступает в силу в день его подписания.", "2001-03-05")[0]
    '2001-03-05'
    """
    low = folded(text)
    for force in _FORCE.finditer(low):
        if not _of_itself(low, force.start()):
            continue
        since = _SINCE.match(low, force.end())
        told = _DATE.match(low, since.end()) if since else None
        found = dates(told[0]) if told else []
        end = told.end() if told and found else force.end()
        match = None if told and found else _SIGNED.match(low, end)
        if put_off(_SENTENCE_END.split(low[match.end() if match else end :], maxsplit=1)[0]):
            continue
        if told and found:
            return found[0].iso, Span(force.start(), told.end())
        if signed and match:
            return signed, Span(force.start(), match.end())
    return None


def put_off(after: str) -> bool:
    """Say whether what follows a day of force makes it hang on something else.

    >>> put_off(", но не ранее 1 июля"), put_off(" и продлевается, если стороны не возразят")
    (True, False)
    >>> put_off(", а для Сторон, которым нужна ратификация, – со дня сдачи грамот о ратификации")
    False
    """
    return bool(_CONDITIONED.search(_NEXT_CLAUSE.split(after, maxsplit=1)[0]))


def _of_itself(low: str, at: int) -> bool:
    """Say whether what comes into force at a place is the act, and no amendment to it or protocol about one."""
    sentence = _SENTENCE_END.split(low[:at])[-1]
    return bool(_OF_ITSELF.match(sentence)) or not _AMENDMENT.search(sentence)


def noted(text: str) -> tuple[str, Span] | None:
    """Read the day of entry into force off a publisher's note.

    >>> noted("(Вступило в силу 12 января 2022 года)"), noted("Не вступило в силу")
    (('2022-01-12', Span(start=1, end=36)), None)
    """
    match = _NOTED.search(folded(text))
    found = dates(text[match.end() :]) if match else []
    if not match or not found or found[0].span.start > 3:
        return None
    return found[0].iso, Span(match.start(), match.end() + found[0].span.end)

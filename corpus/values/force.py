"""Entry into force: the event an agreement waits for, and the delay after it."""

import re
from collections.abc import Sequence

from analyzers.spans import Span
from corpus.lexicon.dates import DATE
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

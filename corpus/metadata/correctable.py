"""The metadata fields a person may correct: their Russian names, and how a value is written and read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analyzers.lemmas import folded
from corpus.errors import InputError
from corpus.lexicon.acts import TYPES, WORDS
from corpus.lexicon.dates import date
from corpus.lexicon.durations import durations
from corpus.lexicon.language_names import language
from corpus.model import InstrumentType

LONGEST = 1000
MOST_VALUES = 100
MOST_COPIES = 999

_ENDLESS = re.compile(r"(?:на\s++)?(?:неопределенн|неограниченн)[а-я]*+(?:\s++(?:срок|период))?|бессрочно?[а-я]*+")
_PROLONGED = re.compile(r"(?<!\s)\s*+(?:,\s*+)?(?:с\s++(?:автоматическим\s++)?(?:продлением|пролонгацией))$")


def _text(value: str) -> str:
    return value


def _type(value: str) -> str:
    """Read a type by its Russian name, a word for such acts or its code.

    >>> _type("Судебный акт"), _type("кодекс"), _type("order")
    ('ruling', 'law', 'order')
    """
    known = {t.name.lower(): t.code for t in TYPES.values()} | {str(code): code for code in TYPES}
    known |= {word.word: word.type for word in WORDS.values()}
    if folded(value) not in known:
        raise InputError(f"Вид «{value}» не известен. Виды: {', '.join(t.name.lower() for t in TYPES.values())}.")
    return str(known[folded(value)])


def _date(value: str) -> str:
    """Read a date in any of the forms acts print.

    >>> _date("14 октября 2019 г."), _date("2019-10-14")
    ('2019-10-14', '2019-10-14')
    """
    day = date(value.strip()) or date(value.strip().rstrip("."))
    if day is None:
        raise InputError(f"Дата «{value}» не понята. Напишите, например, 2019-10-14, 14.10.2019 или 14 октября 2019 г.")
    return day


def _copies(value: str) -> str:
    if not value.isdecimal() or not 1 <= int(value) <= MOST_COPIES:
        raise InputError(f"Число экземпляров «{value}» не понято. Напишите его цифрами, например 2.")
    return str(int(value))


def _language(value: str) -> str:
    """Read a language in any case, with «язык» or «на» or without.

    >>> _language("на казахском языке"), _language("хинди")
    ('казахский', 'хинди')
    """
    name = re.sub(r"^на\s++|(?<!\s)\s++язык[а-я]*+$", "", folded(value).strip())
    if not re.fullmatch(r"[а-я]++(?:[ -][а-я]++)*+", name):
        raise InputError(f"Язык «{value}» не понят. Напишите его по-русски, например: казахский.")
    return language(name)


def _status(value: str) -> str:
    if folded(value) not in {"проект", "draft"}:
        raise InputError(f"Состояние «{value}» не известно. Оно может быть «проект» или пустым.")
    return "draft"


def _duration(value: str) -> str:
    """Read for how long an act is made.

    >>> _duration("бессрочно"), _duration("пять лет с продлением")
    ('неопределенный', '5 лет с продлением')
    """
    if _ENDLESS.fullmatch(folded(value)):
        return "неопределенный"
    more = _PROLONGED.search(folded(value))
    return _term(value[: more.start()] if more else value) + (" с продлением" if more else "")


def _term(value: str) -> str:
    found = durations(folded(value))
    if len(found) != 1 or found[0].span.start > 0 or found[0].span.end < len(value.strip()):
        raise InputError(f"Срок «{value}» не понят. Напишите, например: 6 месяцев, 5 лет, 30 календарных дней.")
    return found[0].shown


@dataclass(frozen=True, slots=True)
class CorrectableField:
    """A field: its Russian name, whether it holds several values or must hold one, how a value is read."""

    name: str
    read: Callable[[str], str] = _text
    several: bool = False
    needed: bool = False


FIELDS: Mapping[str, CorrectableField] = {
    "type": CorrectableField("Вид", _type, needed=True),
    "title": CorrectableField("Название", needed=True),
    "short_name": CorrectableField("Краткое имя"),
    "date": CorrectableField("Дата", _date),
    "place": CorrectableField("Место"),
    "number": CorrectableField("Номер"),
    "parties": CorrectableField("Стороны", several=True),
    "issuer": CorrectableField("Издан"),
    "languages": CorrectableField("Языки", _language, several=True),
    "copies": CorrectableField("Экземпляров", _copies),
    "prevailing_language": CorrectableField("При расхождениях", _language),
    "in_force_from": CorrectableField("В силе с", _date),
    "ended_from": CorrectableField("Прекращено с", _date),
    "duration": CorrectableField("Срок действия", _duration),
    "notice_period": CorrectableField("Срок уведомления о прекращении", _term),
    "status": CorrectableField("Состояние", _status),
    "signatories": CorrectableField("Подписали", several=True),
}


def field_named(name: str) -> str:
    """Return the field of a key or of a Russian name; raise InputError.

    >>> field_named("дата"), field_named("in_force_from"), field_named("Срок действия")
    ('date', 'in_force_from', 'duration')
    """
    found = next((key for key, field in FIELDS.items() if folded(name) in {key, folded(field.name)}), None)
    if found is None:
        known = ", ".join(f"{field.name.lower()} ({key})" for key, field in FIELDS.items())
        raise InputError(f"Поля «{name}» нет или его не исправляют. Поля: {known}.")
    return found


def validated(field: str, given: Sequence[str]) -> tuple[str, ...]:
    """Return what a person gave for a field in its written form; blanks are nothing; raise InputError."""
    if field not in FIELDS:
        raise InputError(f"Поля «{field}» нет или его не исправляют. Поля: {', '.join(FIELDS)}.")
    known = FIELDS[field]
    parts = [p for value in given for p in (re.split(r"[;\n]", value) if known.several else [value])]
    texts = [text for part in parts if (text := " ".join(part.split()))]
    if known.needed and not texts:
        raise InputError(f"Поле «{known.name}» не может быть пустым.")
    if not known.several and len(texts) > 1:
        raise InputError(f"У поля «{known.name}» одно значение, а дано {len(texts)}.")
    if len(texts) > MOST_VALUES or any(len(text) > LONGEST or not text.isprintable() for text in texts):
        raise InputError(
            f"Значение поля «{known.name}» не принято: нужен обычный текст до {LONGEST} знаков, "
            f"не более {MOST_VALUES} значений."
        )
    return tuple(dict.fromkeys(known.read(text) for text in texts))


def written(value: Any) -> tuple[str, ...]:
    """Write a field's value as texts: none for nothing, one a value.

    >>> written(None), written(2), written(("русский", "киргизский"))
    ((), ('2',), ('русский', 'киргизский'))
    """
    if value is None:
        return ()
    return tuple(value) if isinstance(value, tuple) else (str(value),)


def typed(field: str, texts: Sequence[str]) -> Any:
    """Return the field's value its texts mean; raise KeyError or ValueError when they mean none.

    >>> typed("copies", ["2"]), typed("parties", []), typed("date", [])
    (2, (), None)
    """
    if FIELDS[field].several:
        return tuple(texts)
    if FIELDS[field].needed and not texts:
        raise ValueError(field)
    if not texts:
        return None
    (text,) = texts
    return {"type": InstrumentType, "copies": int}.get(field, str)(text)

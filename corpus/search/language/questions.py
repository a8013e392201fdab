"""Questions that ask for documents: «какие соглашения не содержат…», «в каких нет…», «где срок больше 30 дней»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analyzers.lemmas import folded
from analyzers.terms import terms
from corpus.lexicon.acts import WORDS
from corpus.lexicon.durations import durations
from corpus.topics.topics import PRESENT, Topic, Topics
from corpus.values.magnitude import magnitude


class Asks(StrEnum):
    """What documents are asked for: those with a topic, without it, or with a term so long."""

    HAS = "has"
    LACKS = "lacks"
    LONGER = "longer"
    SHORTER = "shorter"
    AS_LONG = "as_long"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read: `types` narrow to what it calls the documents, `days` bound a term of calendar days.

    `or_as_long` says that the bound itself answers («не дольше 20 дней»).
    """

    asks: Asks
    topic: str
    types: tuple[str, ...] = ()
    days: float = 0.0
    or_as_long: bool = False
    term: str = ""


_ASKING = re.compile(
    r"(?:как(?:ие|их|им|ом|ой|ое|ая)|где|сколько|найд[а-я]{1,3}|найти|покаж[а-я]{1,3}|показать|перечисл[а-я]{1,4}|"
    r"назов[а-я]{1,3}|назвать|список|выбер[а-я]{1,3}|выбрать)(?![а-я])"
)
_IDLE = frozenset(
    (
        "в",
        "у",
        "из",
        "со",
        "с",
        "все",
        "всех",
        "мне",
        "вообще",
        "международный",
        "который",
        "где",
        "что",
        "же",
        "этот",
        "наш",
        "список",
        "те",
        "тот",
        "библиотека",
        "сторона",
    )
)
_WIDE = frozenset(("документ", "акт", "текст", "договор", "договоренность"))
"""What documents are called whatever they are; «договор» is what lawyers call any of them."""

_LACKS = re.compile(
    r"(?<![а-я])(?:(?:(?:ничего|никак)\s++)?не\s++(?:содерж[а-я]{2,5}|предусм[а-я]{3,12}|говор[а-я]{1,4}|сказано|"
    r"указ[а-я]{2,7}|урегул[а-я]{4,11}|регулир[а-я]{2,6}|име(?:ет|ют|ющ[а-я]{2,3})(?:ся)?+|упом[а-я]{3,8}|хватает|"
    r"реш[а-я]{2,4}|назва[а-я]{1,3}|определ[а-я]{2,6}|закрепл[а-я]{2,6}|включ[а-я]{1,6}|устан[ао][а-я]{4,8}|"
    r"пропис[а-я]{2,5}|зна[а-я]{2,3}|договор[а-я]{4,7}|оговор[а-я]{2,6}|каса[а-я]{3,4})|"
    r"нет(?:\s++ничего)?+|отсутств[а-я]{3,6}|пропущ[а-я]{2,4}|забы[а-я]{1,4}|без|молч[а-я]{2,3}|лишен[аоы]?|недоста[а-я]{2,4}|"
    r"обход[а-я]{2,3}\s++молчани[а-я]{1,2}|обош[а-я]{2,3}\s++молчани[а-я]{1,2}|обош[а-я]{2,3}сь\s++без|обход[а-я]{2,4}ся\s++без"
    r")(?![а-я])"
)
_HAS = re.compile(
    r"(?<![а-я])(?:содерж[а-я]{2,5}|предусм[а-я]{3,12}|есть|име(?:ет|ют|ющ[а-я]{2,3})(?:ся)?+|урегул[а-я]{4,11}|"
    r"упом[а-я]{3,8}|закрепл[а-я]{2,6}|включ[а-я]{2,6}|с\s++положени[а-я]{1,3})(?![а-я])"
)
_FILLERS = re.compile(
    r"(?:положени|услови|стать|пункт|норм|раздел|вопрос|упоминани|указани|ничего|никак|какой|какие|какого|порядк|"
    r"регулировани|такого|правил|слов)[а-я]{0,4}|про|об?о?|по|на|для|случай|и"
)
_LONGER = r"(?:больше|более|свыше|дольше|длиннее|превыша[а-я]{2,4}|не\s++меньше|не\s++менее|не\s++короче)"
_SHORTER = r"(?:меньше|менее|короче|до|не\s++дольше|не\s++больше|не\s++более|не\s++свыше|не\s++превыша[а-я]{2,4})"
_COMPARED = re.compile(
    rf"(?<![а-я])(?:(?P<shorter>{_SHORTER})|(?P<longer>{_LONGER})|(?P<as_long>ровно|равен|равно|составляет))"
    r"\s++(?:чем\s++)?+(?:за\s++|в\s++)?+(?=\S)"
)
_ONE = re.compile(r"(?P<unit>месяца?|год[а]?|недел[яию]|суток|дня)(?![а-я])")
_ONES = {"м": "1 месяцев", "г": "1 лет", "н": "1 недель", "с": "1 суток", "д": "1 дней"}
_TERMS = (
    ("duration", re.compile(r"срок[а-я]{0,3}\s++действи|действу")),
    ("termination", re.compile(r"прекращ|денонс|выход|расторж|уведомл")),
    ("request-form", re.compile(r"устн|подтвержд")),
    ("execution-term", re.compile(r"исполн|выполн|ответ|срок")),
)


def question(text: str, table: Topics) -> Question | None:
    """Read a question for documents; None when the text is none, or its topic is not known for sure."""
    asked = folded(text).strip(" ?!.").replace(",", " ")
    noun = _noun(asked)
    asking = bool(_ASKING.search(asked))
    if not (asking or (noun and noun[1] == 0)):
        return None
    types = _types(noun[0]) if noun else ()
    return _of_term(asked, types) or _of_topic(asked, types, table, asking=asking, noun=bool(noun))


def _of_term(asked: str, types: tuple[str, ...]) -> Question | None:
    compared = _COMPARED.search(asked)
    if not compared:
        return None
    rest = asked[compared.end() :]
    told = next(iter(durations(rest)), None)
    one = _ONE.match(rest)
    form = told.form if told and told.span.start == 0 else _ONES[one["unit"][0]] if one else ""
    days = magnitude(form)
    topic = next((t for t, pattern in _TERMS if pattern.search(asked[: compared.start()])), None)
    if days is None or topic is None:
        return None
    asks = next(a for a in (Asks.SHORTER, Asks.LONGER, Asks.AS_LONG) if compared[a.value])
    return Question(asks, topic, types, days, " " in compared[0].strip() and compared[0].startswith("не"), rest)


def _of_topic(asked: str, types: tuple[str, ...], table: Topics, *, asking: bool, noun: bool) -> Question | None:
    lacks = _LACKS.search(asked)
    has = None if lacks else _HAS.search(asked)
    found = lacks or has
    if not found or (has and not (asking and noun)):
        return None
    before, after = asked[: found.start()], asked[found.end() :].strip()
    if lacks and not after and asking and noun:
        # «В каких соглашениях вопрос о расходах не решён»: the topic stands before the verb.
        before, after = _parted(before)
    topic = topic_called(after, table) if _only_asks(before) else None
    return Question(Asks.LACKS if lacks else Asks.HAS, topic, types) if topic else None


def _parted(before: str) -> tuple[str, str]:
    """Part words after what the documents are called."""
    end = next((t.end for t in terms(before) if _called(t.lemmas)), len(before))
    return before[:end], before[end:]


def _only_asks(before: str) -> bool:
    """Say whether nothing stands before the verb but words of asking and the name of the documents."""
    for term in terms(before):
        if _ASKING.fullmatch(term.form) or _IDLE & {term.form, *term.lemmas} or _called(term.lemmas):
            continue
        return False
    return True


def _noun(asked: str) -> tuple[str, int] | None:
    """Return what the documents are called, and the place of that word among the words."""
    for n, term in enumerate(terms(asked)):
        if lemma := _called(term.lemmas):
            return lemma, n
    return None


def _called(lemmas: Sequence[str]) -> str | None:
    return next((x for x in lemmas if x in _WIDE or x in WORDS), None)


def _types(noun: str) -> tuple[str, ...]:
    return () if noun in _WIDE else (str(WORDS[noun].type),)


def topic_called(text: str, table: Topics) -> str | None:
    """Return the topic some words call: by its label or heading, by a word of it no other topic has, or by its cues.

    >>> from corpus.topics.topics import topics
    >>> topic_called("положений о персональных данных", topics()), topic_called("зелёных крокодилов", topics())
    ('personal-data', None)
    """
    words = [term for term in terms(folded(text)) if not _FILLERS.fullmatch(term.form)]
    if not words:
        return None
    wanted = [frozenset(term.lemmas) for term in words]
    best: tuple[float, str] | None = None
    for topic in table.by_id.values():
        for name in _names(topic):
            share = _share(wanted, name)
            if share and (best is None or share > best[0]):
                best = share, topic.id
    if best and best[0] >= PRESENT:
        return best[1]
    return _by_cues(" ".join(term.form for term in words), table) or (best[1] if best else None)


def _names(topic: Topic) -> Iterator[list[frozenset[str]]]:
    for name in (topic.label, *topic.headings):
        yield [frozenset(t.lemmas) for t in terms(folded(name)) if not _FILLERS.fullmatch(t.form)]


def _share(wanted: Sequence[frozenset[str]], name: Sequence[frozenset[str]]) -> float:
    """Return the share of a name's words that are wanted, where every word wanted is in it, or all of it is wanted."""
    met = sum(any(w & n for w in wanted) for n in name)
    whole = all(any(w & n for n in name) for w in wanted)
    if not met or not (whole or met == len(name)):
        return 0.0
    return met / max(len(name), len(wanted))


def _by_cues(text: str, table: Topics) -> str | None:
    from corpus.search.meaning.subjects import as_unit

    found = table.tag(as_unit(text), {"q": text})
    return found[0].topic if found and found[0].confidence >= PRESENT else None

"""The day an act names for its own entry into force, and days reckoned from another: «по истечении 30 дней после …»."""

import re
from collections.abc import Iterable, Iterator

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.lexicon.acts import WORDS
from corpus.lexicon.alternation import any_of
from corpus.lexicon.dates import DATE, dates, iso
from corpus.lexicon.durations import durations
from corpus.lexicon.reckoning import day_after, later
from corpus.model import Provision

ENTERS = re.compile(
    r"(?<![а-я])(?:(?:вступа(?:ет|ют)|вступит|вводится|вводятся)\s++(?:[а-я]{1,30}+\s++){0,3}?в\s++(?:силу|действие)|"
    r"приобретает\s++силу|начинает\s++действовать|"
    r"(?<!временно\s)действует(?=\s++со?\s++(?:дня|даты|момента)\s++(?:(?:его|ее)\s++)?подписания))(?![а-я])"
)
"""The verb of a clause by which an act comes into force, over folded text."""
OF_PART = re.compile(
    r"^\W*+(?:\d[\d.)]{0,5}\s++)?(?:(?:положени[ея]|нормы|действие)\s++)?(?:настоящ[а-я]{2,3}\s++)?"
    r"(?:стать[а-я]{1,3}|пункт[а-я]{0,3}|подпункт[а-я]{0,3}|част[а-я]{1,3}|абзац[а-я]{0,3}|раздел[а-я]{0,3}|глав[а-я]{1,3})"
    r"(?![а-я])"
)
"""A sentence about a part of the act: «Пункт 2 статьи 1 вступает в силу с …»."""
EXCEPT = re.compile(r"(?:за\s++исключением|(?<![а-я])кроме|(?<![а-я])исключая)\s++(?:положени[йя]\s++)?")
LATER = re.compile(
    r"(?<![а-я])(?:котор[а-я]{2,3}\s++(?:вступа(?:ет|ют)|вступит|вступят)|вступающ[а-я]{2,3})\s++в\s++силу(?![а-я])"
)
"""The verb said of what is excepted."""
_ITSELF = re.compile(r"^\W*+(?:\d[\d.)]{0,5}\s++)?настоящ")
_SUBJECT = re.compile(
    r"(?<![а-я])настоящ(?:ий|ее|ая|ие)\s|^[^а-я]*+$|"
    rf"^\W*+(?:\d[\d.)]{{0,5}}\s++)?(?:он|оно|она|{any_of(WORDS)})(?![а-я])(?!\s++об?\s)"
)
"""An act that is spoken of: «Настоящий Закон», «Соглашение» or a pronoun at the beginning, or no subject at all."""
_SUBJECT_AFTER = re.compile(r"\s++настоящ(?:ий|ее|ая|ие)\s")
_OPENED = re.compile(r"\s*+[«\"“„]")
_OTHERS = re.compile(
    r"котор|изменени|дополнени|поправк|денонсаци|прекращени|приложени|(?:так|указанн|эт)[а-я]{1,3}\s|(?<![а-я])для\s"
)
_SENTENCE_END = re.compile(r"(?<!\sг)[.;]\s")
_REACH = 600
"""Letters of a sentence looked at before and after the verb."""
_AT = (
    r"\s*+(?:(?:начиная\s++)?(?:с|со|после|от)\s++)?(?:(?:дня|даты)\s++)?"
    r"(?:0{1,2}\s++часов\s++(?:0{1,2}\s++минут\s++)?)?"
)
_DATED = re.compile(_AT + DATE)
_NOT_BEFORE = re.compile(rf",?+\s++(?:но|однако)\s++не\s++(?:ранее|раньше)(?:\s++чем)?{_AT}{DATE}")
_SIGNED = re.compile(r"подписани[яюией]")
_NEXT_MONTH = re.compile(
    r"\s++со?\s++(?:первого|1(?:-го)?+)\s++(?:числа|дня)\s++месяца,?+\s++следующего\s++за\s++месяцем\s++(?:(?:его|ее)\s++)?"
    r"подписания"
)
_EVENTS = re.compile(
    r"уведомлени|ратифик|грамот|опубликовани|регистраци|месяцем|котор|(?<![а-я])(?:нот(?:а|ы|у|ой|ами|ах)?|числа)(?![а-я])"
)
"""What decides beside the signing told after it: «после обмена нотами о его подписании», «с первого числа месяца …»."""
_ORDINAL_DAY = re.compile(r"на\s++[а-я0-9-]{2,30}\s++день")
_NEXT_DAY = re.compile(r"на\s++следующий\s++день")
_NEXT_CLAUSE = re.compile(
    r"продл|пролонг|действ|заключ|остае|прекра|утра[тч]|теряе|пока|подлеж|направля|опублик|распростран|завис"
    r"|(?<![а-я])а\s++(?:также\s++)?для(?![а-я])"  # for some of the parties later: the act is in force
    rf"|{EXCEPT.pattern}"  # another day for some of its parts
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


def day(text: str, signed: str | None) -> tuple[str, Span] | None:
    """Read the day an act comes into force by its own words: a date, or one counted from its signing (ISO 8601).

    >>> day("Настоящий Закон вступает в силу с 1 января 2016 года.", None)[0]
    '2016-01-01'
    >>> day("Соглашение вступает в силу в день его подписания.", "2001-03-05")[0]
    '2001-03-05'
    >>> day("Статья 5 настоящего Закона вступает в силу с 1 января 2016 года.", None) is None
    True
    """
    low = folded(text)
    for enters in ENTERS.finditer(low):
        before = _SENTENCE_END.split(low[max(0, enters.start() - _REACH) : enters.start()])[-1]
        rest = _SENTENCE_END.split(low[enters.end() : enters.end() + _REACH], maxsplit=1)[0]
        if of_itself(before, rest):
            told = first_day(rest, signed)
            if told is not None:
                return told[0], Span(enters.start(), enters.end() + told[1])
    return None


def of_itself(before: str, after: str) -> bool:
    """Say by the words around the verb whether it is the act that comes into force, not a part or an amendment.

    >>> of_itself("настоящий протокол", ""), of_itself("по истечении 30 дней", " настоящее соглашение")
    (True, True)
    >>> of_itself("решение о выдаче", " с даты подписания"), of_itself("для каждой стороны соглашение", "")
    (False, False)
    """
    if OF_PART.match(before):
        return False
    if _ITSELF.match(before):
        return True
    return not _OTHERS.search(before) and bool(_SUBJECT.search(before) or _SUBJECT_AFTER.match(after))


def unquoted(roots: Iterable[Provision]) -> Iterator[Provision]:
    """Yield provisions in order without the wording an amending act gives another one, quoted whole paragraphs long."""
    for root in roots:
        quoted = False
        for provision in root.walk():
            if quoted or _OPENED.match(provision.text):
                open_ = provision.text.count("«") - provision.text.count("»")
                odd = open_ == 0 and sum(map(provision.text.count, '"“”„')) % 2 == 1
                quoted = not (open_ < 0 or odd) if quoted else open_ > 0 or odd
                continue
            yield provision


def first_day(rest: str, signed: str | None) -> tuple[str, int] | None:
    """Read the day told right after the verb, and where it ends; None when something decides that the text has not.

    >>> first_day(" с даты подписания, но не ранее 1 июля 2004 года", "2004-05-03")
    ('2004-07-01', 48)
    >>> first_day(" с первого числа месяца, следующего за месяцем подписания", "2004-12-03")[0]
    '2005-01-01'
    """
    dated = _DATED.match(rest)
    told, end = (iso(dated), dated.end()) if dated else _from_signing(rest, signed)
    if told is not None and (bound := _NOT_BEFORE.match(rest, end)):
        told, end = max(told, iso(bound) or told), bound.end()
    return None if told is None or put_off(rest[end:]) else (told, end)


def _from_signing(rest: str, signed: str | None) -> tuple[str | None, int]:
    """Return the day of force counted from the signing, and where that is told; None when something else decides."""
    if signed and (match := _NEXT_MONTH.match(rest)):
        return later(signed[:8] + "01", durations("один месяц")[0]), match.end()
    clause = _NEXT_CLAUSE.split(rest, maxsplit=1)[0]
    at = _SIGNED.search(clause)
    if at is None or signed is None or _EVENTS.search(clause, 0, at.end()):
        return None, 0
    words = clause[: at.start()]
    if not durations(words):
        return day_after(signed, len(_NEXT_DAY.findall(words))), at.end()
    return counted(signed, words), at.end()


def counted(base: str, words: str) -> str | None:
    """Return the day these words count from another one; None where they tell no one term of calendar days.

    >>> counted("2004-05-03", "по истечении 30 дней после"), counted("2004-05-03", "через 30 дней после")
    ('2004-06-03', '2004-06-02')
    """
    terms = durations(words)
    if len(terms) != 1 or terms[0].kind not in ("", "календарных "):
        return None
    lead = words[: terms[0].span.start]
    if _ORDINAL_DAY.search(words) or "через" in lead:
        return later(base, terms[0])
    return day_after(later(base, terms[0])) if "истечени" in lead or "спустя" in lead else None


def put_off(after: str) -> bool:
    """Say whether what follows a day of force makes it hang on something else.

    >>> put_off(", но не ранее 1 июля"), put_off(" и продлевается, если стороны не возразят")
    (True, False)
    >>> put_off(", а для Сторон, которым нужна ратификация, – со дня сдачи грамот о ратификации")
    False
    """
    return bool(_CONDITIONED.search(_NEXT_CLAUSE.split(after, maxsplit=1)[0]))


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

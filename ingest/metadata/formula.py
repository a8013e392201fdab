"""The concluding formula and the clauses on force: place, languages, copies, prevailing text, entry into force."""

import re

from analyzers.lemmas import folded, normal
from analyzers.spans import Span
from ingest.metadata.dates import dates

_NUMBERS = {
    "одном": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8,
    "девяти": 9, "десяти": 10,
    "одиннадцати": 11, "двенадцати": 12, "единственном": 1,
}  # fmt: skip
_COPIES = re.compile(
    r"\bв\s++(?P<n>\d++|[а-яё]+)(?:-?(?:х|ух|ех|ёх|и))?(?:\s*+\([^)]*+\))?\s++(?:[а-яё-]+(?:ых|их|ом|ем)\s++){0,3}?(?:экземпляр|экз\.)",
    re.IGNORECASE,
)
_UNDECLINED = ("хинди", "урду", "дари", "фарси", "пушту", "бенгали")
_ONE = rf"(?:[а-яё]+(?:ом|ем)|{'|'.join(_UNDECLINED)}|иврите|языке\s++(?:{'|'.join(_UNDECLINED)}))(?:\s*+\([^)]*+\))?"
_LANGUAGES = re.compile(
    rf"\bна\s++(?P<list>(?:{_ONE}(?:,?\s+(?:и\s+|а\s++также\s+)?(?:на\s+)?)?)+?)\s*+(?:язык(?:ах|е)|яз\.)(?!\s++(?:{'|'.join(_UNDECLINED)}))",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:,|и|а\s++также|,\s*+(?:и|а\s++также))?\s*+$", re.IGNORECASE)
_SHORT = re.compile(r"(?P<list>(?:[а-яё]+(?:ий|ый)(?:,|\s++и)?\s++)+)тексты\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:в|во)\s++(?:(?P<word>городе|г\.|гор\.|столице|селе|с\.|пос\.)\s*+)?"
    r"(?P<place>[А-ЯЁ][а-яё]++(?:[- ](?:[А-ЯЁ][а-яё]++|на|де|ан)){0,3})"
)
_PREVAILS = re.compile(
    r"(?:обраща\w++\s++к|использ\w+|руководств\w+|преимуществ\w+|предпочтение|преимущественн\w+|за\s++основу|применя\w+|приоритет\w*|преобладающ\w+|превалир\w+|силу\s++имеет|отда\w+|основываться)"
    r"[^.;]{0,120}?\bна\s++(?P<language>[а-яё]+ом)\s++язык|\bтекст[а-я]*+\s++на\s++(?P<second>[а-яё]+ом)\s++язык\w*[^.;]{0,60}(?:преимуществ|превалир|преобладающ|приоритет|имеет\s++большую|использ|является\s++определяющим|принимается\s++за|бер[её]тся\s++за)"
    r"|\b(?P<adjective>[а-яё]+(?:ий|ый|ому|ого|им|ым))\s++(?:язык\w*+\s++)?(?:вариант\w*+\s++|верси\w++\s++)?текст",
    re.IGNORECASE,
)
_UPPER_HAND = re.compile(
    r"обраща|использ|руководств|преимуществ|предпочт|основ|применя|приоритет|преобладающ|превалир|силу|определяющ|решающ",
    re.IGNORECASE,
)
_DISPUTE = re.compile(r"расхожден|разноглас|разночтен|толкован|спор", re.IGNORECASE)
_FORCE = r"(?:вступает|вступит|вводится)\s++в\s++(?:силу|действие)"
_SIGNED_FORCE = re.compile(
    rf"{_FORCE}\s++(?:(?:с|со|в)\s++(?:даты|дня|день|дату|момента|момент)|(?:немедленно\s++|сразу\s++)?после)\s++(?:(?:его|ее|её|их|последнего)\s++)?подписания",
    re.IGNORECASE,
)
_AMENDMENT = re.compile(r"котор|изменени|дополнени|поправк|(?:так|указанн|эт)\w{1,3}\s", re.IGNORECASE)
_DATED_FORCE = re.compile(rf"{_FORCE}\s++(?:(?:с|со)\s++)?(?=[«\"]?\d{{1,2}}[».\"\s])", re.IGNORECASE)
_NOTED_FORCE = re.compile(
    r"вступил[аио]?\s++в\s++силу(?:\s++для\s++(?:[А-ЯЁ][\w-]*+\s*+){1,4})?\s*+:?\s*+(?:с\s++)?|(?:дата\s++)?вступлени[ея]\s++в\s++силу\s*+[:—–-]\s*+",
    re.IGNORECASE,
)


def copies(text: str) -> tuple[int, Span] | None:
    """Read the number of copies: «в двух экземплярах»."""
    match = _COPIES.search(text)
    if not match:
        return None
    n = int(match["n"]) if match["n"].isdigit() else _NUMBERS.get(folded(match["n"]))
    return (n, Span(*match.span())) if n else None


def languages(text: str) -> tuple[tuple[str, ...], Span] | None:
    """Read the languages of the text, in printed order: «на русском и казахском языках».

    >>> languages("каждый на русском, казахском и английском языках")[0]
    ('русский', 'казахский', 'английский')
    >>> languages("на языке хинди, на русском языке и на английском языке")[0]
    ('хинди', 'русский', 'английский')
    """
    found: list[str] = []
    begin = end = 0
    for match in _LANGUAGES.finditer(text):
        if found and not _JOINED.match(text[end : match.start()]):
            break
        words = re.findall(r"[а-яё]+(?:ом|ем)\b|" + "|".join(_UNDECLINED) + "|иврит", match["list"].lower())
        names = [word if word in (*_UNDECLINED, "иврит") else language(word) for word in words]
        if read := [name for name in names if name]:
            begin, end = begin if found else match.start(), match.end()
            found += read
    if found:
        return tuple(dict.fromkeys(found)), Span(begin, end)
    if short := _SHORT.search(text):
        words = re.findall(r"[а-яё]++", short["list"].lower())
        return tuple(n for w in words if w != "и" and (n := normal(folded(w), "ADJF"))), Span(*short.span())
    return None


def language(word: str) -> str | None:
    """Return the nominative of a language's adjective; None for other words («каждом», «этом»)."""
    name = normal(folded(word), "ADJF", "loct") or normal(folded(word), "ADJF")
    return (
        name
        if name and re.search(r"(?:ский|цкий|ди|ий)$", name) and name not in ("весь", "следующий", "общий")
        else None
    )


def prevailing(texts: list[str]) -> tuple[str, int, Span] | None:
    """Read which text prevails when they differ; return the language, the index of the text and the place there."""
    for i, text in enumerate(texts):
        for sentence in re.finditer(r"[^.;]*+(?:[.;](?=\s|$)|$)", text):
            if not _DISPUTE.search(sentence[0]) or not (match := _prevailing(sentence[0])):
                continue
            if name := language(match["language"] or match["second"] or match["adjective"]):
                start = sentence.start()
                return name, i, Span(start + match.start(), start + match.end())
    return None


def _prevailing(sentence: str) -> re.Match[str] | None:
    """Find the words that give one text the upper hand; «английский текст» does when the sentence says so of it."""
    for match in _PREVAILS.finditer(sentence):
        if not match["adjective"] or (language(match["adjective"]) and _UPPER_HAND.search(sentence)):
            return match
    return None


def place(text: str) -> tuple[str, Span] | None:
    """Read where an act was done, in the nominative: «Совершено в городе Москве».

    >>> place("Совершено в г. Нью-Йорке 26 сентября"), place("Совершено в Баку 14 октября")[0]
    (('Нью-Йорк', Span(start=10, end=24)), 'Баку')
    """
    match = _PLACE.search(text)
    if not match:
        return None
    return nominative_place(match["place"], declined=match["word"] != "столице"), Span(*match.span())


def nominative_place(name: str, *, declined: bool = True) -> str:
    """Put a place's name into the nominative."""
    if not declined or re.search(r"\s(?:на|де)\s|-на-", name):
        head, *rest = re.split(r"(?=\s(?:на|де)\s|-на-)", name)
        return _nominative(head) + "".join(rest)
    return _nominative(name)


def _nominative(name: str) -> str:
    whole = normal(folded(name), "Geox", "loct") or normal(folded(name), "Geox")
    if whole:
        return "-".join(part.capitalize() for part in whole.split("-"))
    if " " in name or "-" in name:
        *first, last = re.split(r"([ -])", name)
        return "".join([_adjective(w) if w not in " -" else w for w in first]) + _nominative(last)
    other = normal(folded(name), "NOUN", "loct", "sing")
    if other and name.endswith("ье") and other.endswith("ие"):
        return name
    return other.capitalize() if other else name


def _adjective(word: str) -> str:
    found = normal(folded(word), "ADJF", "loct")
    return found.capitalize() if found else word


def force(texts: list[str], signed: str | None) -> tuple[str, int, Span] | None:
    """Read the day an act comes into force, from its own words: a date, or the day it is signed."""
    for i, text in enumerate(texts):
        if (match := _DATED_FORCE.search(text)) and _of_itself(text, match.start()):
            found = dates(text[match.end() :])
            if found and found[0].span.start <= 2:
                return found[0].iso, i, Span(match.start(), match.end() + found[0].span.end)
        if signed and (match := _SIGNED_FORCE.search(text)) and _of_itself(text, match.start()):
            return signed, i, Span(*match.span())
    return None


def _of_itself(text: str, at: int) -> bool:
    """Say whether what comes into force at a place is the act, and no amendment to it or protocol about one."""
    sentence = re.split(r"[.;]\s", text[:at])[-1]
    return bool(re.match(r"\s*+настоящ", sentence, re.IGNORECASE)) or not _AMENDMENT.search(sentence)


def noted_force(text: str) -> tuple[str, Span] | None:
    """Read the day of entry into force off a publisher's note."""
    match = _NOTED_FORCE.search(text)
    found = dates(text[match.end() :]) if match else []
    if not match or not found or found[0].span.start > 3:
        return None
    return found[0].iso, Span(match.start(), match.end() + found[0].span.end)

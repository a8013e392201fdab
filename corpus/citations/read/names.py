"""Read names of instruments: «Протокола к Соглашению о связи от 5 мая 2001 г.», «приказа … № 297», «УК РФ».

A name is a type word with the adjectives before it and a tail: body, subject, date, number, quoted title, in any
order. A tail that names another instrument («Протокол о внесении изменений в Соглашение …») holds it as `inside`.
"""

import json
import re
from functools import cache
from importlib.resources import files

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.citations.parsed import Named, Reach
from corpus.citations.read.numbers import Text
from corpus.citations.read.tails import Tail
from corpus.citations.read.type_words import FORMS, LAWS, PROPER, SHORTENED, TYPE, before
from corpus.lexicon.dates import DATE
from corpus.lexicon.declension import genitive, nominative

_DATED = re.compile(rf"\sот\s{DATE}", re.IGNORECASE)
_NUMBERED_LAW = re.compile(r"(?<![\w/.-])\d{1,4}-фз$")
_PART_OF_NAME = re.compile(r"(?<![а-яё])организаци[а-яё]{1,2}\s++$")


def name_at(src: Text, at: int, depth: int = 0) -> Named | None:
    """Read the name whose type word begins at a place, its adjectives before it included."""
    if (at, depth) not in src.names:
        src.names[at, depth] = _numbered_law(src, at) or _name_at(src, at, depth)
    return src.names[at, depth]


def _numbered_law(src: Text, at: int) -> Named | None:
    """Read «44-ФЗ»: a federal law by its number alone."""
    match = _NUMBERED_LAW.search(src.low, max(0, at - 8), at + 2)
    if match is None:
        return None
    short = src.low[at : at + 2]
    return Named(Span(*match.span()), FORMS[short], SHORTENED[short], number=src.text[slice(*match.span())])


def _name_at(src: Text, at: int, depth: int) -> Named | None:
    match = TYPE.match(src.low, at)
    if match is None or (at and (src.low[at - 1].isalpha() or src.low[at - 1] == "-")):
        return None
    lemma = FORMS[folded(match[0])]
    start, reach = before(src, at)
    if _PART_OF_NAME.search(src.low[max(0, start - 30) : start]):
        return None
    tail = Tail(src, match.end(), depth, lemma, name_at)
    if reach is not Reach.NAMED and not (reach is Reach.SAME and tail.marked()):
        return Named(Span(start, match.end()), lemma, lemma, reach=reach, bare=True)
    capital = src.text[start].isupper()
    proper = (capital and lemma in PROPER) or (lemma in LAWS and tail.about())
    tail.read(proper=proper, issued=lemma not in PROPER)
    if not tail.named_well(capital=capital) and not (proper and tail.subject):
        return Named(Span(start, match.end()), lemma, _title(src, start, match.end()), bare=True)
    begins = at if reach is Reach.SAME else start
    title = _title(src, begins, tail.title_end)
    if tail.quoted:
        title = f"{_title(src, begins, match.end()) if tail.title_end == match.end() else title} «{tail.quoted}»"
    return Named(
        Span(start, tail.end),
        lemma,
        title,
        tail.date,
        tail.number,
        tail.year,
        floating=tail.floating,
        inside=tail.inside,
    )


def by_subject(src: Text, named: Named) -> Named:
    """Read a name in small letters by its subject too, when places stand before it: «ст. 2 соглашения о бродах»."""
    small = named.bare and named.reach is Reach.NAMED and src.text[named.span.start].islower()
    tail = Tail(src, named.span.end, 0, named.lemma, name_at)
    if not (small and named.lemma in PROPER and tail.about()):
        return named
    tail.read(proper=True, issued=False)
    if not tail.subject:
        return named
    title = _title(src, named.span.start, tail.title_end)
    return Named(Span(named.span.start, tail.end), named.lemma, title, tail.date, tail.number, tail.year)


def _title(src: Text, start: int, end: int) -> str:
    words = _DATED.sub("", re.sub(r"\s++", " ", src.text[start:end])).strip(" ,")
    first, _, rest = words.partition(" ")
    return f"{SHORTENED[first.lower()]} {rest}".strip() if first.lower() in SHORTENED else nominative(words)


@cache
def _codes() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    data = json.loads(files("corpus").joinpath("data/codes.json").read_text("utf-8"))
    codes, states = data["codes"], data["states"]
    full = "|".join(f"{re.escape(s)}" for s in {*states, *states.values()})
    pattern = re.compile(
        rf"(?P<code>{'|'.join(sorted(codes, key=len, reverse=True))})(?![\w-])(?:\s++(?P<state>{full}))?"
    )
    return pattern, codes, states


def code_at(src: Text, at: int) -> Named | None:
    """Read an abbreviated code: «УК РФ», «ГПК Российской Федерации»."""
    pattern, codes, states = _codes()
    match = pattern.match(src.text, at)
    if match is None:
        return None
    state = states.get(match["state"] or "", match["state"] or "")
    title = codes[match["code"]]
    named = (
        title.replace("Кодекс", f"Кодекс {state}", 1) if title.startswith("Кодекс") and state else f"{title} {state}"
    )
    return Named(Span(*match.span()), "кодекс", named.strip())


def in_genitive(src: Text, named: Named) -> bool:
    """Say whether a name stands in the genitive and nothing else: «ст. 6.1. Соглашения» is no end of a sentence."""
    first = re.split(r"\s", src.text[named.span.start : named.span.end], maxsplit=1)[0]
    return first == genitive(nominative(first)) != nominative(first)


def any_such(src: Text, named: Named, between: str) -> bool:
    """Say whether a described type word in small letters names no act: «п. 2 трудового договора»."""
    return named.bare and between.endswith(("го", "ой", "ей")) and src.text[named.span.start].islower()

"""Read names of instruments: «Протокола к Соглашению о связи от 5 мая 2001 г.», «приказа … № 297», «УК РФ».

A name is a type word with the adjectives before it and a tail: body, subject, date, number, quoted title, in any
order. A tail that names another instrument («Протокол о внесении изменений в Соглашение …») holds it as `inside`.
"""

import json
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

from analyzers.lemmas import FINITE, cases, is_known, readings
from analyzers.letters import folded
from analyzers.spans import Span
from corpus.citations.parsed import Named, Reach
from corpus.citations.read.numbers import Text
from corpus.citations.read.tails import BY_ACT, LONGEST_PARTICIPLE, Tail
from corpus.citations.read.type_words import FORMS, LAWS, PROPER, SHORTENED, TYPE, before
from corpus.lexicon.countries import find_states
from corpus.lexicon.dates import DATE
from corpus.lexicon.declension import genitive, nominative

_DATED = re.compile(rf"\sот\s{DATE}", re.IGNORECASE)
_NUMBERED_LAW = re.compile(r"(?<![\w/.-])(?:\d{1,4}-фз(?![а-яё-])|фз-(?P<number>\d{1,4})(?![\w-]))")
"""«44-ФЗ», «ФЗ-44»."""
_INITIALS = re.compile(
    r"(?<=[^\S\n])(?P<name>[А-ЯЁ]{2,10}+(?:\s[А-ЯЁ]{2,5}+){1,3}+(?=\s(?:№|от\s))|[А-ЯЁ]{3,10}+)"
    r"(?:-\d{2,4}|\s№\s?\d{1,4})?+(?![\w-])(?!\s?[«\"“])"
)
_NO_ACTS = frozenset({"ООО", "ОАО", "ПАО", "ЗАО", "ГУП", "МУП", "ФГУП", "ФГБУ", "НКО", "ТОО", "АНО", "ТСЖ"})
_WORD = re.compile(r"\s++(?:не\s++)?([а-яё]++)")
UNKNOWN = "акт"
"""The type word of an act whose type nobody told."""
_TELL_NOTHING = (
    *("двусторонн", "многосторонн", "действующ", "подписанн", "заключенн", "рассматриваем", "спорн", "обсуждаем"),
    *("анализируем", "комментируем", "цитируем", "оспариваем", "изучаем", "последн", "нов", "прежн", "перв", "втор"),
    *("соответствующ", "приведенн", "процитированн", "наш", "ваш", "сво"),
)
_BY = re.compile(
    r"\s{1,4}+(?:Пленум|Президиум|Правительств|Президент|Министерств|Минист|Мин(?=[а-яё]{3})|Коллеги|Комисси|Совет|Суд|"
    r"Верховн|Конституционн|Государственн|Национальн|Федеральн)[а-яё]{0,9}+(?:\s{1,4}+[А-ЯЁ][А-ЯЁа-яё-]{1,24}+){0,4}+"
)
"""Who issued an act told by nothing else: «п. 5 постановления Пленума» is none of the government's."""
_PART_OF_NAME = re.compile(r"(?<![а-яё])организаци[а-яё]{1,2}\s++$")


def name_at(src: Text, at: int, depth: int = 0) -> Named | None:
    """Read the name whose type word begins at a place, its adjectives before it included."""
    if (at, depth) not in src.names:
        src.names[at, depth] = _numbered_law(src, at) or _name_at(src, at, depth)
    return src.names[at, depth]


def _numbered_law(src: Text, at: int) -> Named | None:
    """Read «44-ФЗ»: a federal law by its number alone."""
    match = _NUMBERED_LAW.search(src.low, max(0, at - 8), at + 8)
    if match is None or not match.start() <= at < match.end():
        return None
    short = src.low[at : at + 2]
    number = f"{match['number']}-ФЗ" if match["number"] else src.text[slice(*match.span())]
    return Named(Span(*match.span()), FORMS[short], SHORTENED[short], number=number)


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
    tail.read_approval()
    if not tail.named_well(capital=capital) and not (proper and tail.subject):
        end = _issued_by(src, lemma, match.end())
        return Named(Span(start, end), lemma, _title(src, start, end), bare=True, approved_by=tail.approved_by)
    title = _title(src, at if reach is Reach.SAME else start, tail.title_end)
    title = f"{title} «{tail.quoted}»" if tail.quoted else f"{title} {tail.signed_in}".strip()
    return Named(
        Span(start, tail.end),
        lemma,
        title,
        tail.date,
        tail.number,
        tail.year,
        floating=tail.floating,
        inside=tail.inside,
        approved_by=tail.approved_by,
    )


def _issued_by(src: Text, lemma: str, end: int) -> int:
    """Return where the name of an act ends that is told by its issuer alone."""
    issuer = None if lemma in PROPER or lemma in LAWS else _BY.match(src.text, end)
    return issuer.end() if issuer else end


def by_subject(src: Text, named: Named) -> Named:
    """Read a name by its subject too, when places stand before it: «ст. 2 соглашения о бродах», «п. 3 Положения о …».

    Such an act is told by what it is about: it is no other one of its type, be that alone in the library.
    """
    small = src.text[named.span.start].islower() and named.lemma in PROPER
    alone = named.alone and named.lemma not in PROPER | LAWS and named.approved_by is None
    tail = Tail(src, named.span.end, 0, named.lemma, name_at)
    if not (named.bare and (small or alone)) or named.reach is not Reach.NAMED or not tail.about():
        return named
    tail.read(proper=True, issued=False)
    if not tail.subject:
        return named
    title = _title(src, named.span.start, tail.title_end)
    span = Span(named.span.start, tail.end)
    return Named(span, named.lemma, title, tail.date, tail.number, tail.year, approved_by=tail.approved_by)


def approved_at(src: Text, at: int) -> Named | None:
    """Read an act behind the one that put it into force: «(пункт 3) утверждённого Указом … Положения о …»."""
    by = BY_ACT.match(src.low, at)
    of = TYPE.search(src.low, by.end(), by.end() + LONGEST_PARTICIPLE) if by else None
    other = name_at(src, of.start()) if of else None
    if by is None or other is None or other.span.start != by.end() or not in_instrumental(src, other):
        return None
    begins = other.span.end + len(src.low[other.span.end :]) - len(src.low[other.span.end :].lstrip())
    named = name_at(src, begins) if TYPE.match(src.low, begins) else None
    return replace(by_subject(src, named), approved_by=other) if named else None


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


def abbreviation_at(src: Text, at: int) -> Named | None:
    """Read the initials of an act that no table knows: «ст. 3 СМГС»; those of bodies and firms name none."""
    match = _INITIALS.match(src.text, at)
    if match is None or match["name"] in _NO_ACTS or is_known(match["name"]) or find_states(match["name"]):
        return None
    following = _WORD.match(src.low, match.end())
    told = readings(following[1]) if following else ()
    if told and all(r.pos in FINITE for r in told):
        return None
    tail = Tail(src, match.end(), 0, UNKNOWN, name_at)
    tail.read_marks()
    return Named(Span(match.start(), tail.end), UNKNOWN, match[0], tail.date, tail.number)


def in_genitive(src: Text, named: Named) -> bool:
    """Say whether a name stands in the genitive and nothing else: «ст. 6.1. Соглашения» is no end of a sentence."""
    first = re.split(r"[\s,-]", src.text[named.span.start : named.span.end], maxsplit=1)[0]
    return first == genitive(nominative(first)) != nominative(first)


def in_nominative(src: Text, named: Named) -> bool:
    """Say whether a name stands in the nominative: its type word, or the adjective before it, as in a dictionary."""
    first = re.split(r"[\s,-]", src.text[named.span.start : named.span.end], maxsplit=1)[0]
    return not first.isupper() and first == nominative(first)


def in_instrumental(src: Text, named: Named) -> bool:
    """Say whether a name stands in the instrumental and nothing else: «пункт 3 утверждённого Указом …» is not its."""
    return cases(re.split(r"[\s,-]", src.low[slice(*named.span)], maxsplit=1)[0]) == ("ablt",)


def described(src: Text, named: Named, start: int) -> Named:
    """Take the adjectives from `start` on into a name in small letters: «п. 2 трудового договора» is no other's.

    Those that tell nothing («действующего соглашения») leave it alone.
    """
    words = src.low[start : named.span.start].split()
    telling = [w for w in words if not w.startswith(_TELL_NOTHING)]
    if not (named.bare and telling and src.text[named.span.start].islower()):
        return named
    return replace(named, span=Span(start, named.span.end), title=_title(src, start, named.span.end))

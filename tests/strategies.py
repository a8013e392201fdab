"""Generated words, texts, instruments, files and queries for properties and for the contract suite."""

import hashlib
import random
from functools import cache

from hypothesis import strategies as st

from analyzers.lemmas import folded
from analyzers.repair import Edit
from analyzers.spans import Span
from analyzers.terms import terms
from corpus import eid as eids
from corpus.clauses.tree import (
    And,
    Everything,
    Field,
    FieldName,
    Form,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Within,
    Word,
)
from corpus.model import (
    Diagnostic,
    Evidence,
    Furniture,
    Instrument,
    InstrumentType,
    Kind,
    Piece,
    Provision,
    SourceFile,
)

# Inflected words of agreements; among them words of several readings (стали, судов, данных, статей), ё beside е,
# hyphens, look-alike beginnings (Мечел, мечеть), numbers with dots, Latin letters.
WORDS = [
    "отказ",
    "отказа",
    "отказано",
    "отказывает",
    "запрос",
    "запроса",
    "запросу",
    "запросов",
    "исполнение",
    "исполнении",
    "исполнения",
    "Стороны",
    "Сторон",
    "Сторона",
    "Стороне",
    "стали",
    "сталь",
    "стать",
    "стало",
    "суд",
    "суда",
    "судов",
    "судно",
    "судна",
    "судами",
    "данные",
    "данных",
    "дано",
    "даны",
    "статья",
    "статьи",
    "статей",
    "статей",
    "стае",
    "язык",
    "языке",
    "языках",
    "языка",
    "русский",
    "русском",
    "казахский",
    "казахском",
    "учёт",
    "учет",
    "учёта",
    "учётом",
    "её",
    "ее",
    "видео-конференц-связь",
    "видеоконференцсвязи",
    "видео-конференц-связи",
    "Мечел",
    "мечеть",
    "мечети",
    "есть",
    "ев",
    "Япония",
    "японский",
    "12.1",
    "2008",
    "3",
    "30",
    "дней",
    "дня",
    "день",
    "срок",
    "срока",
    "сроков",
    "сроке",
    "протокол",
    "протокола",
    "вступает",
    "вступления",
    "силу",
    "сила",
    "сил",
    "ущерб",
    "ущерба",
    "суверенитету",
    "суверенитет",
    "безопасности",
    "безопасность",
    "расходы",
    "расходов",
    "расход",
    "несёт",
    "несет",
    "нести",
    "и",
    "в",
    "о",
    "на",
    "с",
    "не",
    "или",
    "по",
    "EUR",
    "Interpol",
    "Интерпол",
    "COVID-19",
    "была",
    "быть",
    "было",
    "банк",
    "банка",
    "банков",
    "данными",
    "пункт",
    "пункте",
    "обмен",
    "обмена",
    "опытом",
    "опыт",
    "опыта",
    "информация",
    "информации",
    "информацией",
    "письменной",
    "письменно",
    "форме",
    "форма",
    "форм",
]
# Drawn oftener than the others, so that phrases and distances do match.
COMMON = "запрос запроса суд судов стали Стороны Сторона в о статьи данных её".split()  # noqa: SIM905
_DRAWN = [*WORDS, *COMMON * 5]
_STOPS = (". ", ". ", "; ", ", ", " ", " ", " ", " ", " ", ": ", " – ", "\n")

PARTIES = ("Республика Корея", "Правительство Республики Беларусь", "Федеральная служба учёта", "Министерство связи")
PLACES = ("Москва", "Минск", "г. Орёл")
LANGUAGES = ("русский", "белорусский", "корейский")
TOPICS = ("refusal", "costs", "languages")
DATES = ("2008-10-23", "2008-02-01", "2019-12-31", "1999-05-05", "2026-01-10")
NUMBERS = ("17", "5-ФЗ", "№ 8")


NO_FORMS = {"ев"}
"""Forms of the dictionary the analysis leaves out on purpose: in agreements «ев» is the end of a broken word."""


@cache
def lexemes() -> tuple[tuple[str, ...], ...]:
    """Return all inflected forms of the words above, a tuple for each reading of each."""
    import pymorphy3

    analyzer = pymorphy3.MorphAnalyzer()
    return tuple(
        tuple(dict.fromkeys(form.word for form in parse.lexeme if form.word not in NO_FORMS))
        for word in dict.fromkeys(WORDS)
        for parse in analyzer.parse(word.lower())
        if parse.is_known
    )


def texts(least: int = 1, most: int = 25) -> st.SearchStrategy[str]:
    """Draw a paragraph; its words come from a drawn seed, for drawing each by itself takes a hundred times as long."""
    return st.builds(_paragraph, st.integers(0, 2**32), st.integers(least, most))


def _paragraph(seed: int, number: int) -> str:
    chance = random.Random(seed)
    text = "".join(chance.choice(_DRAWN) + chance.choice(_STOPS) for _ in range(number)).strip(" –,\n")
    return text[:1].upper() + text[1:]


headings = st.one_of(st.none(), texts(1, 4))


@st.composite
def provisions(draw: st.DrawFn, spans: bool = False) -> tuple[Provision, ...]:
    """Draw the provisions of an instrument, of every kind, at most some thirty."""
    out: list[Provision] = []
    if draw(st.booleans()):
        out.append(_unit(draw, "", Kind.PREAMBLE, None, 1, spans))
    numbers = draw(st.lists(st.sampled_from(["1", "2", "3", "4", "12.1", "12¹"]), max_size=4, unique=True))
    seen: dict[str, int] = {}
    for num in numbers:
        body = eids.transliterate(num)
        seen[body] = seen.get(body, 0) + 1
        out.append(_unit(draw, "", Kind.ARTICLE, num, 3, spans, seen[body]))
    if draw(st.booleans()) or not out:
        out.append(_unit(draw, "", draw(st.sampled_from([Kind.CONCLUSIONS, Kind.BODY, Kind.SECTION])), None, 1, spans))
    return tuple(out)


_INSIDE = {
    Kind.ARTICLE: (Kind.PARAGRAPH, Kind.POINT),
    Kind.PARAGRAPH: (Kind.POINT, Kind.SUBPARAGRAPH),
    Kind.POINT: (Kind.POINT,),
}


def _unit(
    draw: st.DrawFn, parent: str, kind: Kind, num: str | None, depth: int, spans: bool, again: int = 1
) -> Provision:
    eid = eids.child(parent, eids.step(kind, eids.transliterate(num) if num else None, again))
    text = draw(st.one_of(texts(), texts(8, 25), texts().map(lambda t: t.rstrip(".:;") + ":"), st.just("")))
    children = []
    if depth > 0:
        inner = draw(st.sampled_from(_INSIDE.get(kind, (Kind.ALINEA,))))
        for n in range(draw(st.integers(0, 3))):
            alinea = inner is Kind.ALINEA or draw(st.integers(0, 4)) == 0
            own = (Kind.ALINEA, str(n + 2)) if alinea else (inner, "абвг"[n] if inner is Kind.POINT else str(n + 1))
            children.append(_unit(draw, eid, *own, 0 if alinea else depth - 1, spans))
    trace = (Piece(Span(0, len(text)), Span(7, 7 + len(text))),) if spans and text else ()
    heading = draw(headings) if kind is Kind.ARTICLE else None
    label = (Span(1, 5),) if spans and num else ()
    return Provision(eid, kind, text, num, heading, trace, label, tuple(children))


@st.composite
def instruments(draw: st.DrawFn, spans: bool = False) -> Instrument:
    """Draw an instrument with metadata and the topics layer."""
    body = draw(provisions(spans=spans))
    every = [p.eid for root in body for p in root.walk()]
    topics = draw(st.lists(st.tuples(st.sampled_from(every), st.sampled_from(TOPICS)), max_size=3, unique=True))
    some = st.lists(st.sampled_from(PARTIES), max_size=2, unique=True).map(tuple)
    return Instrument(
        type=draw(st.sampled_from(InstrumentType)),
        title=draw(texts(2, 8)),
        date=draw(st.one_of(st.none(), st.sampled_from(DATES))),
        place=draw(st.one_of(st.none(), st.sampled_from(PLACES))),
        number=draw(st.one_of(st.none(), st.sampled_from(NUMBERS))),
        parties=draw(some),
        issuer=draw(st.one_of(st.none(), st.sampled_from(PARTIES))),
        languages=draw(st.lists(st.sampled_from(LANGUAGES), max_size=3, unique=True).map(tuple)),
        copies=draw(st.one_of(st.none(), st.integers(1, 9))),
        prevailing_language=draw(st.one_of(st.none(), st.sampled_from(LANGUAGES))),
        in_force_from=draw(st.one_of(st.none(), st.sampled_from(DATES))),
        status=draw(st.one_of(st.none(), st.just("draft"))),
        signatories=draw(st.lists(texts(1, 3), max_size=2).map(tuple)),
        notes=draw(st.lists(texts(1, 5), max_size=2).map(tuple)),
        provisions=body,
        diagnostics=(Diagnostic("numbering", "Пропущен пункт 2.", Span(3, 9)), Diagnostic("language", "Иной язык."))
        if spans
        else (),
        evidence=(Evidence("date", Span(0, 4), 0.9),) if spans else (),
        layers={"topics": [{"eid": eid, "topic": topic} for eid, topic in topics]} if topics else {},
    )


@st.composite
def files(draw: st.DrawFn, name: str | None = None, spans: bool = True) -> SourceFile:
    """Draw a file of one to three instruments; equal files have equal hashes."""
    found = tuple(draw(st.lists(instruments(spans=spans), min_size=1, max_size=3)))
    text = draw(texts(3, 30))
    return SourceFile(
        name=name or f"папка/{draw(st.integers(0, 10**9))}.txt",
        sha256=hashlib.sha256(f"{text}{found}".encode()).hexdigest(),
        format="text",
        encoding=draw(st.sampled_from(["utf-8", "cp1251", None])),
        text=text,
        edits=(Edit(0, 2, "Ст", "spaced", 0.9, "glued"),) if spans else (),
        furniture=(Furniture(Span(0, 1), "page-number"),) if spans else (),
        instruments=found,
        diagnostics=(Diagnostic("encoding", "Кодировка определена по буквам."),) if spans else (),
        pages=(0, 40) if spans else (),
    )


def word(text: str, *, context: bool = False, weight: float = 1.0) -> Word:
    """Make the query word for an inflected form."""
    (term, *_) = terms(text)
    return Word(text, term.lemmas, weight, context)


def form(text: str) -> Form:
    """Make the query for exactly this form."""
    return Form(terms(text)[0].form)


words = st.builds(word, st.sampled_from(_DRAWN), context=st.booleans(), weight=st.sampled_from([1.0, 0.3]))
inflected = st.sampled_from(_DRAWN).map(word)
forms = st.sampled_from(_DRAWN).map(form)
prefixes = st.sampled_from([folded(w)[:n] for w in _DRAWN for n in (3, 4) if len(w) >= 4]).map(Prefix)
_common = st.sampled_from(COMMON).map(word)
slots = st.one_of(_common, _common, inflected, forms, prefixes)
phrases = st.lists(slots, min_size=1, max_size=3).map(lambda w: Phrase(tuple(w)))
nears = st.builds(
    Near,
    st.lists(st.one_of(inflected, inflected, forms, prefixes, phrases), min_size=1, max_size=3).map(tuple),
    st.integers(0, 12),
    st.booleans(),
    st.sampled_from(Within),
)
filters = st.one_of(
    *(
        st.builds(Field, st.just(name), st.lists(st.sampled_from(values), min_size=1, max_size=2).map(tuple))
        for name, values in {
            FieldName.TYPE: [str(t) for t in InstrumentType],
            FieldName.PARTY: [*PARTIES, "республика  КОРЕЯ", "Республика"],
            FieldName.BODY: [*PARTIES, "федеральная служба учета"],
            FieldName.PLACE: [*PLACES, "г. орел"],
            FieldName.NUMBER: NUMBERS,
            FieldName.LANGUAGE: LANGUAGES,
            FieldName.ARTICLE: ["1", "2", "12.1", "12-1", "9"],
            FieldName.KIND: [str(k) for k in Kind],
            FieldName.TOPIC: TOPICS,
            FieldName.DATE: ["2008", "2008-10", "2019-12-31"],
        }.items()
    ),
    st.builds(
        Field,
        st.just(FieldName.DATE),
        low=st.one_of(st.none(), st.sampled_from(["2008", "2008-10-23", "2000"])),
        high=st.one_of(st.none(), st.sampled_from(["2008", "2008-02", "2020"])),
    ),
)
_KINDS = [
    words,
    words,
    words,
    forms,
    prefixes,
    phrases,
    phrases,
    nears,
    nears,
    nears,
    filters,
    filters,
    st.just(Everything()),
]
leaves = st.sampled_from(_KINDS).flatmap(lambda kind: kind)


several = st.lists(leaves, min_size=1, max_size=3).map(tuple)
_part = st.one_of(leaves, leaves, leaves, leaves.map(Not), several.map(Or), several.map(And))
_mixed = st.lists(_part, min_size=2, max_size=3)
_SHAPES = [
    leaves,
    leaves,
    _mixed.map(tuple).map(And),
    _mixed.map(tuple).map(Or),
    several.map(Or),
    several.map(And).map(Not),
    _mixed.map(tuple).map(lambda parts: Not(Or((And(parts), *parts[:1])))),
]
queries: st.SearchStrategy[Node] = st.sampled_from(_SHAPES).flatmap(lambda shape: shape)

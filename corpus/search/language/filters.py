"""Turn a field of the query («сторона:Беларусь») into a filter with the values the library really has."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache

from analyzers.letters import folded
from analyzers.terms import terms
from corpus.clauses.fields import YEAR
from corpus.clauses.tree import DATED, NOWHERE, OF_CELLS, Everything, Field, FieldName, Not
from corpus.effects.standing import NAMES, Validity
from corpus.errors import QueryError
from corpus.lexicon.acts import TYPES as ACT_TYPES
from corpus.lexicon.countries import find_states
from corpus.lexicon.dates import in_digits, period
from corpus.lexicon.reckoning import today
from corpus.library import Library
from corpus.search.language.fieldnames import FIELDS, KINDS, SHOWN, STATES, TYPES
from corpus.search.language.questions import topic_called
from corpus.search.language.tokens import Token, Type
from corpus.topics.own_topics import topics_in
from corpus.topics.topics import topics

MOST_VALUES = 10_000
"""Values of a field that are looked through."""

NEAR = 0.5
"""How like a topic's label a word must be to be offered for it."""

_READ_OTHERWISE = {
    FieldName.ARTICLE,
    FieldName.TYPE,
    FieldName.KIND,
    FieldName.TOPIC,
    FieldName.DOCUMENT,
    FieldName.DATE,
    *DATED,
    *OF_CELLS,
}
"""Fields whose values are not printed words of the documents."""


def read_filter(library: Library, token: Token) -> Field:
    """Read a field; raise QueryError for a date that is none or a level or type that does not exist."""
    name = FIELDS[token.field]
    if name is FieldName.DATE:
        low, high = _dates(token.text)
        return Field(name, (), low, high, token.span)
    if name is FieldName.IN_FORCE:
        return Field(name, (), on := _day(token.text), on, token.span)
    parts = [part.strip() for part in token.text.split(",") if part.strip()]
    if not parts:
        raise QueryError(f"После «{token.field}:» нужно значение.")
    values = dict.fromkeys(value for part in parts for value in _values(library, name, part))
    return Field(name, tuple(values), span=token.span)


def filters_of(library: Library, given: Mapping[str, Sequence[str]]) -> tuple[Field, ...]:
    """Read filters given apart from the query: by name (Russian or English), with values any of which will do.

    A value just as printed (picked from a facet) means itself alone, another what it would mean in a query.
    Raise QueryError for an unknown name or a value that is none.
    """
    out = []
    for given_name, values in given.items():
        name = given_name.lower()
        if name not in FIELDS:
            known = ", ".join(word for word in FIELDS if word.isascii())
            raise QueryError(f"Поля «{given_name}» нет. Есть: {known}.")
        printed = {} if FIELDS[name] in _READ_OTHERWISE else _held(library, FIELDS[name])
        read = [
            Field(FIELDS[name], (value,))
            if value in printed
            else read_filter(library, Token(Type.FIELD, value, NOWHERE, field=name))
            for value in values
            if value
        ]
        if FIELDS[name] in (FieldName.DATE, FieldName.IN_FORCE) and len(read) > 1:
            raise QueryError("Дата или промежуток дат может быть только один.")
        if read:
            merged = tuple(dict.fromkeys(v for field in read for v in field.values))
            out.append(Field(read[0].name, merged, read[0].low, read[0].high))
    return tuple(out)


def excluded_of(library: Library, given: Sequence[str]) -> tuple[Not, ...]:
    """Read what must not be, each as «поле:значение»; raise QueryError for one that is none."""
    out = []
    for text in given:
        name, colon, value = text.partition(":")
        if not colon or not value.strip():
            raise QueryError(f"Исключать надо значение поля: «тип:протокол», а не «{text}».")
        out += [Not(field) for field in filters_of(library, {name.strip(): [value.strip()]})]
    return tuple(out)


def facets_of(given: Sequence[str]) -> tuple[str, ...]:
    """Read names of facets, Russian or English; raise QueryError for one that is none.

    >>> facets_of(["level", "год", "вид"])
    ('kind', 'year', 'type')
    """
    no_facets = {*OF_CELLS, FieldName.IN_FORCE}
    counted = {name: field for name, field in FIELDS.items() if field not in no_facets}
    named = {**{name: str(field) for name, field in counted.items()}, **{str(f): str(f) for f in counted.values()}}
    named |= {"год": YEAR, "year": YEAR}
    for name in given:
        if name.lower() not in named:
            raise QueryError(f"Посчитать по полю «{name}» нельзя. Есть: {', '.join(n for n in named if n.isascii())}.")
    return tuple(dict.fromkeys(named[name.lower()] for name in given))


def _values(library: Library, name: FieldName, part: str) -> Sequence[str]:
    if name is FieldName.ARTICLE:
        return _articles(part)
    if name in (FieldName.TYPE, FieldName.KIND, FieldName.STATE):
        return _states_named(part) if name is FieldName.STATE else _listed(name, part)
    if name in OF_CELLS:
        return _known_topics(library, part)
    if name is FieldName.TOPIC:
        return _topics(library, part) or (part,)
    if name is FieldName.DOCUMENT:
        return _documents(library, part)
    return _matching(part, list(_held(library, name))) or (part,)


def _held(library: Library, name: FieldName) -> Mapping[str, int]:
    """Return the values of a field that the library's documents have, with their clauses."""
    return library.counts(Everything(), (str(name),), MOST_VALUES).get(str(name), {})


def _articles(part: str) -> Sequence[str]:
    bounds = re.fullmatch(r"(\d{1,4})\s*+(?:\.\.|-|–)\s*+(\d{1,4})", part)
    if bounds and int(bounds[1]) < int(bounds[2]):
        return [str(n) for n in range(int(bounds[1]), min(int(bounds[2]), int(bounds[1]) + 500) + 1)]
    return (part,)


def _listed(name: FieldName, part: str) -> Sequence[str]:
    table = TYPES if name is FieldName.TYPE else KINDS
    for lemma in (part.lower(), *(lemma for term in terms(part) for lemma in term.lemmas)):
        if lemma in table:
            return [str(value) for value in table[lemma]]
    names = [t.name.lower() for t in ACT_TYPES.values()] if name is FieldName.TYPE else table
    known = ", ".join(word for word in names if not word.isascii())
    what = "типа акта" if name is FieldName.TYPE else "уровня"
    raise QueryError(f"Такого {what} нет: «{part}». Есть: {known}.")


def _states_named(part: str) -> Sequence[str]:
    named = "-".join(folded(part).replace("_", " ").replace("-", " ").split())
    found = STATES.get(named) or STATES.get(named.replace("-", "_"))
    if found is None:
        known = ", ".join(word for word in STATES if not word.isascii())
        raise QueryError(f"Такого состояния нет: «{part}». Есть: {known}.")
    return [str(value) for value in found]


def _documents(library: Library, part: str) -> Sequence[str]:
    summaries = library.documents()
    if any(s.id == part for s in summaries):
        return (part,)
    titles = {s.title for s in summaries}
    wanted = set(_matching(part, sorted(titles)))
    return [s.id for s in summaries if s.title in wanted] or (part,)


def _matching(part: str, held: Sequence[str]) -> Sequence[str]:
    """Return the values that have every word of the part in any form, and its states by any of their names.

    «РФ» finds Правительство Российской Федерации, «Белоруссия» finds Республика Беларусь.
    """
    wanted, rest, asked = _lemmas(part), _lemmas(_stateless(part)), _states(part)
    found = []
    for value in held:
        have = _all_lemmas(value)
        named = asked and asked <= _states(value) and all(member & have for member in rest)
        if named or (wanted and all(member & have for member in wanted)):
            found.append(value)
    return found


def _lemmas(text: str) -> list[set[str]]:
    return [set(term.lemmas) for term in terms(text)]


@lru_cache(maxsize=20_000)
def _all_lemmas(name: str) -> frozenset[str]:
    return frozenset(lemma for term in terms(name) for lemma in term.lemmas)


@lru_cache(maxsize=20_000)
def _states(name: str) -> frozenset[str]:
    return frozenset(state.code for _, state in find_states(name))


def _stateless(name: str) -> str:
    for span, _ in reversed(find_states(name)):
        name = f"{name[: span.start]} {name[span.end :]}"
    return name


def _known_topics(library: Library, part: str) -> Sequence[str]:
    """Return the ids of topics; raise QueryError for one that is none, naming the nearest."""
    table = topics_in(library)
    exact = [t.id for t in table.by_id.values() if part.lower() in (t.id, t.label.lower())]
    if found := exact or topic_called(part, table):
        return exact or (str(found),)
    labels = {t.label.lower(): t.label for t in table.by_id.values()}
    near = [labels[x] for x in get_close_matches(part.lower(), list(labels), 3, NEAR)]
    told = f"Похожие: {', '.join(f'«{x}»' for x in near)}. " if near else ""
    raise QueryError(f"Темы «{part}» нет. {told}Все темы: svod topics или страница /compare/topics.")


def _topics(library: Library, part: str) -> Sequence[str]:
    """Return the ids of topics, the library's own among them, whose id, label or heading has every word of the part."""
    names = [(t.id, (t.id, t.label, *t.headings)) for t in topics_in(library).by_id.values()]
    exact = [id_ for id_, (own, label, *_) in names if part.lower() in (own, label.lower())]
    if exact:
        return exact
    meant = set(_matching(part, sorted({name for _, told in names for name in told})))
    return [id_ for id_, told in names if not meant.isdisjoint(told)]


def _dates(text: str) -> tuple[str | None, str | None]:
    low, dots, high = text.partition("..")
    if not dots:
        return _date(text), _date(text)
    if not low and not high:
        raise QueryError("У «дата:..» нет ни начала, ни конца. Пример: дата:2008..2020.")
    first, last = _date(low) if low else None, _date(high) if high else None
    if first and last and first[: len(last)] > last[: len(first)]:
        raise QueryError(f"Промежуток дат идёт назад: {text}. Пример: дата:2008..2020.")
    return first, last


def _day(text: str) -> str:
    if folded(text.strip()) == "сегодня":
        return today()
    if len(day := _date(text)) != len("2012-03-01"):
        raise QueryError(f"Нужен день, а не «{text}». Пример: действует:01.03.2012 или действует:сегодня.")
    return day


def _date(text: str) -> str:
    try:
        found = period(text)
    except ValueError:
        raise QueryError(f"Такой даты нет: {text}. Примеры: дата:2008, дата:23.10.2008, дата:2008..2020.") from None
    if found is None:
        raise QueryError(f"Дата «{text}» не читается. Примеры: дата:2008, дата:23.10.2008, дата:2008..2020.")
    return found


def shown(field: Field) -> str:
    """Write a filter for the person.

    >>> shown(Field(FieldName.DATE, low="2008", high="2020"))
    'дата 2008–2020'
    >>> shown(Field(FieldName.DATE, low="2008-10-23", high="2008-10-23"))
    'дата 23.10.2008'
    """
    name = SHOWN[field.name]
    if field.name in DATED:
        return _shown_state(name, field)
    if field.name is FieldName.DATE and not field.values:
        low, high = (in_digits(d) if d else "…" for d in (field.low, field.high))
        return f"{name} {low}" if low == high else f"{name} {low}–{high}"
    names = {str(v): word for word, vs in reversed(list(KINDS.items())) for v in vs}
    names |= {str(code): t.name.lower() for code, t in ACT_TYPES.items()}
    labels = _labels(field.name)
    listed = field.name in (FieldName.TYPE, FieldName.KIND)
    values = list(dict.fromkeys(names.get(v, v) if listed else labels.get(v, v) for v in field.values))
    return f"{name} {' или '.join(f'«{v}»' for v in values[:5])}" + (" и др." if len(values) > 5 else "")


def _labels(name: FieldName) -> Mapping[str, str]:
    """Return how the values of a field that names topics are shown."""
    return {t.id: t.label for t in topics().by_id.values()} if name in {FieldName.TOPIC, *OF_CELLS} else {}


def _shown_state(name: str, field: Field) -> str:
    if field.name is FieldName.IN_FORCE:
        return f"{name} на {in_digits(field.low or '')}"
    return f"{name} {' или '.join(f'«{NAMES[Validity(v)]}»' for v in field.values)}"

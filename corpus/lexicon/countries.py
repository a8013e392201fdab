"""States by any of their names, in any case: «с Киргизской ССР», «РК», «Республикой Беларусь».

The table `corpus/data/states.json` holds the official name in the nominative, short and historic names, abbreviations
and adjectives; every case form is derived from it, and forms that mean two states are left to the longer name.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analyzers.letters import folded, without_yo
from analyzers.spans import Span
from corpus.codec import from_json
from corpus.lexicon.declension import Case, adjective, decline, head
from corpus.plain import Record


@dataclass(frozen=True, slots=True)
class Country:
    """A state: ISO 3166 code (own codes for states without one), official name and its other names."""

    code: str
    name: str
    short: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    historic: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name in the nominative, the official one first."""
        return (self.name, *self.short, *self.historic)


@cache
def states() -> tuple[Country, ...]:
    """Return the table of states."""
    rows: list[Record] = json.loads(files("corpus").joinpath("data/states.json").read_text("utf-8"))
    return tuple(from_json(Country, row) for row in rows)


# Names of one or two words without a head of the table: endings by gender, in the order of Case.
_SINGLE = (
    (re.compile(r"(?<=[^аяеоиыйь])\Z"), ("", "а", "у", "", "ом", "е")),
    (re.compile(r"(?<=е)я\Z"), ("я", "и", "е", "ю", "ей", "е")),
    (re.compile(r"(?<=[ий])я\Z"), ("я", "и", "и", "ю", "ей", "и")),
    (re.compile(r"(?<=[гкхжшчщ])а\Z"), ("а", "и", "е", "у", "ой", "е")),
    (re.compile(r"а\Z"), ("а", "ы", "е", "у", "ой", "е")),
    (re.compile(r"ль\Z"), ("ль", "ля", "лю", "ль", "лем", "ле")),
    (re.compile(r"ь\Z"), ("ь", "и", "и", "ь", "ью", "и")),
    (re.compile(r"й\Z"), ("й", "я", "ю", "й", "ем", "е")),
    (re.compile(r"ы\Z"), ("ы", "", "ам", "ы", "ами", "ах")),
)
_INVARIABLE = {"Марокко", "Чили", "Перу", "Никарагуа", "Бангладеш"}
_ODD = {"Нидерланды": tuple("Нидерланд" + e for e in ("ы", "ов", "ам", "ы", "ами", "ах"))}


def forms(name: str) -> tuple[str, ...]:
    """Return the six case forms of a state's name.

    >>> forms("Республика Беларусь")[4], forms("Беларусь")[4], forms("Южная Корея")[1], forms("Казахская ССР")[1]
    ('Республикой Беларусь', 'Беларусью', 'Южной Кореи', 'Казахской ССР')
    """
    if head(name):
        return tuple(decline(name, case) for case in Case)
    if " и " in name:
        pairs = zip(*(forms(part) for part in name.split(" и ")), strict=True)
        return tuple(" и ".join(pair) for pair in pairs)
    first, _, last = name.rpartition(" ")
    if first:
        return tuple(f"{adjective(first, 'f', i) or first} {form}" for i, form in enumerate(forms(last)))
    return _ODD.get(name) or ((name,) * 6 if name in _INVARIABLE or name.isupper() else _single(name))


def _single(name: str) -> tuple[str, ...]:
    for pattern, endings in _SINGLE:
        if match := pattern.search(name):
            return tuple(name[: match.start()] + ending for ending in endings)
    return (name,) * 6


@cache
def _table() -> dict[str, Country]:
    """Map every folded form of every name and abbreviation to its state; the first state of the table wins."""
    table: dict[str, Country] = {}
    for state in states():
        for name in state.names:
            for form in forms(name):
                table.setdefault(_folded(form), state)
        for abbreviation in state.abbreviations:
            table.setdefault(_folded(abbreviation), state)
    return table


_WORD = re.compile(r"(?<!\w)\w++")


@cache
def _by_first_word() -> Mapping[str, Sequence[str]]:
    """Map the first word of every name and abbreviation to those that begin with it, the longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(_table(), key=len, reverse=True):
        if word := _WORD.match(name):
            found.setdefault(word[0], []).append(name)
    return found


@cache
def _beginning(word: str) -> re.Pattern[str]:
    """Match the names that begin with a word; one pattern of all names takes a start of the program 0.1 s."""
    names = (re.escape(n).replace(r"\ ", r"\s++") for n in _by_first_word()[word])
    return re.compile(rf"(?:{'|'.join(names)})(?!\w)", re.IGNORECASE)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield the names and abbreviations in a text from left to right, in whatever letters."""
    end = 0
    for word in _WORD.finditer(text):
        first = word[0].lower()
        if word.start() < end or first not in _by_first_word():
            continue
        if match := _beginning(first).match(text, word.start()):
            end = match.end()
            yield match


def _folded(name: str) -> str:
    return re.sub(r"\s++", " ", folded(name)).strip()


def state(name: str) -> Country | None:
    """Return the state a name means, in any case.

    >>> state("Киргизией").name, state("РК").name, state("Атлантида")
    ('Кыргызская Республика', 'Республика Казахстан', None)
    """
    return _table().get(_folded(name))


def find_states(text: str) -> tuple[tuple[Span, Country], ...]:
    """Find states named in a text; abbreviations only in capitals, names only with an initial capital.

    >>> [(text_span, found.code) for text_span, found in find_states("между РК и Республикой Беларусь")]
    [(Span(start=6, end=8), 'KZ'), (Span(start=11, end=31), 'BY')]
    """
    out = []
    for match in _matches(without_yo(text)):
        found = _table()[_folded(match[0])]
        if not match[0][0].isupper() or (_folded(match[0]) in _abbreviations() and not match[0].isupper()):
            continue
        out.append((Span(*match.span()), found))
    return tuple(out)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(_folded(a) for s in states() for a in s.abbreviations if a.isupper())


def normalised(name: str) -> str:
    """Write a body's or state's name in the nominative with states spelt out: «Правительством РК».

    >>> normalised("Правительством РК"), normalised("Киргизской Республикой"), normalised("Верховным Судом Беларуси")
    ('Правительство Республики Казахстан', 'Кыргызская Республика', 'Верховный Суд Республики Беларусь')
    """
    name = re.sub(r"\s++", " ", name).strip()
    if whole := state(name):
        return whole.name
    found = find_states(name)
    for span, named in reversed(found):
        if span.start > 0:
            name = name[: span.start] + forms(named.name)[1] + name[span.end :]
    return decline(name, Case.NOMINATIVE)

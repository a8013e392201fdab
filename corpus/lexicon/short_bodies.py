"""What bodies and states are called for short: «МВД РК», «Верховный Суд Грузии», «Россия»."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from analyzers.letters import folded
from corpus.lexicon.countries import Country, find_states, forms, normalised, state

_GOVERNMENT = "правительство "
"""A government speaks for its state, and is called by it."""


@cache
def _table() -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """Return the states with a known abbreviation, and the bodies, the longest names first."""
    read = tomllib.loads(files("corpus.lexicon").joinpath("data/short_bodies.toml").read_text("utf-8"))
    return frozenset(read["abbreviated"]), tuple(sorted(read["bodies"].items(), key=lambda row: -len(row[0])))


def short_state(country: Country) -> str:
    """Return what a state is called for short.

    >>> from corpus.lexicon.countries import state
    >>> short_state(state("Кыргызская Республика")), short_state(state("Монголия"))
    ('Кыргызстан', 'Монголия')
    """
    return country.short[0] if country.short else country.name


@lru_cache(maxsize=4096)
def short_body(name: str) -> str:
    """Return what a body or a state is called for short, in the nominative; its own words where nothing is known.

    >>> short_body("Министерство внутренних дел Республики Казахстан"), short_body("Правительство Российской Федерации")
    ('МВД РК', 'Россия')
    >>> short_body("Верховный Суд Грузии"), short_body("Портовое управление Озёрного края")
    ('Верховный Суд Грузии', 'Портовое управление Озёрного края')
    """
    name = normalised(name)
    if whole := state(name):
        return short_state(whole)
    found = find_states(name)
    if folded(name).startswith(_GOVERNMENT) and len(name) > len(_GOVERNMENT):
        rest = name[len(_GOVERNMENT) :]
        ruled = state(rest)
        return short_state(ruled) if ruled else f"Правительство {rest}"
    known, bodies = _table()
    for span, country in reversed(found):
        called = country.abbreviations[0] if country.code in known else forms(short_state(country))[1]
        name = name[: span.start] + called + name[span.end :]
    low = folded(name)
    for body, short in bodies:
        if low.startswith(body) and not low[len(body) : len(body) + 1].isalpha():
            return short + name[len(body) :]
    return name

"""What a search is narrowed to: facets of several values, values left out, ranges of years, the chips of them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from search_api.web.strings import FACETS, text
from search_api.web.views import value_name

if TYPE_CHECKING:
    from search_api.web.page_search import PageQuery

SHOWN = 8
"""Values of a facet that are shown at once; the others are behind «ещё»."""
PICKED = ("topic", "kind", "type", "party", "body", "place", "language", "state")
"""Fields of which several values may be picked."""
_SPAN = 5
"""Years of a range."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value with what a click on it gives; `on`: it is picked, and a click takes it away."""

    name: str
    count: int
    href: str
    on: bool = False
    without: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A field with its values, commonest first, those past SHOWN apart."""

    name: str
    entries: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition and the address of the search without it."""

    name: str
    without: str


NO_TITLES: Mapping[str, str] = MappingProxyType({})


def facets(query: "PageQuery", counted: Mapping[str, Mapping[str, int]], titles: Mapping[str, str]) -> list[Facet]:
    """Lay out facets; one whose field is picked keeps its values, so that another can be added."""
    out = []
    for field, name in FACETS.items():
        counts = sorted(counted.get(field, {}).items(), key=lambda item: (-item[1], item[0]))
        if field == "year":
            values = [] if query.date_from or query.date_to else _ranges(query, counts)
        elif field == "document" and query.document:
            values = []
        else:
            values = [_value(query, field, value, count, titles) for value, count in counts]
        if len(values) > 1 or any(value.on for value in values):
            out.append(Facet(name, tuple(values[:SHOWN]), tuple(values[SHOWN:])))
    return out


def _value(query: "PageQuery", field: str, value: str, count: int, titles: Mapping[str, str]) -> FacetValue:
    name = value_name(field, value, titles)
    if field not in PICKED:
        return FacetValue(name, count, query.href(**{field: value}))
    picked = [str(x) for x in getattr(query, field)]
    on = value in picked
    left = [x for x in picked if x != value] if on else [*picked, value]
    without = "" if on else query.href(but=[*query.but, f"{field}:{value}"])
    return FacetValue(name, count, query.href(**{field: left}), on, without)


def _ranges(query: "PageQuery", counts: Sequence[tuple[str, int]]) -> list[FacetValue]:
    """Gather years into ranges once there are many; a range counts what its years do."""
    years = sorted((int(year), count) for year, count in counts if year.isdecimal())
    step = 1 if len(years) <= SHOWN else _SPAN if len(years) <= SHOWN * _SPAN else _SPAN * 2
    out = []
    for _, group in groupby(years, key=lambda item: item[0] // step):
        held = list(group)
        low, high = held[0][0], held[-1][0]
        name = str(low) if low == high else f"{low}–{high}"
        href = query.href(date_from=str(low), date_to=str(high))
        out.append(FacetValue(name, sum(count for _, count in held), href))
    return out[::-1]


def chips(query: "PageQuery", titles: Mapping[str, str] = NO_TITLES) -> list[Chip]:
    """Tell every condition with the way to take it off."""
    out = []
    for field in PICKED:
        values = [str(x) for x in getattr(query, field)]
        for value in values:
            left = query.href(**{field: [x for x in values if x != value]})
            out.append(Chip(value_name(field, value, titles), left))
    single = {field: getattr(query, field) for field in ("document", "source")}
    out += [Chip(value_name(f, value, titles), query.href(**{f: None})) for f, value in single.items() if value]
    for told in query.but:
        field, _, value = told.partition(":")
        others = [x for x in query.but if x != told]
        out.append(Chip(text("search.but", name=value_name(field, value, titles)), query.href(but=others)))
    if query.in_force:
        out.append(Chip(text("search.in_force", day=query.in_force), query.href(in_force=None)))
    if query.date_from or query.date_to:
        days = f"{query.date_from}–{query.date_to}" if query.date_from != query.date_to else query.date_from
        out.append(Chip(days, query.href(date_from=None, date_to=None)))
    return out

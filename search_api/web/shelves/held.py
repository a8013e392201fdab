"""The library's list as a page asks for it: narrowed, ordered, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, Field, StringConstraints

from corpus.effects.standing import Validity
from corpus.library import Library, Summary
from corpus.model import InstrumentType
from search_api.answers.listing import Filters, Order, chosen
from search_api.answers.standing import Standing
from search_api.http.edge.parameters import Line, SomeId
from search_api.web.compare.choosing import Choice, choices
from search_api.web.strings import TYPES

PER_PAGE = 50
_MOST_PARTIES = 500
"""Names of parties offered while one types."""


class ListQuery(BaseModel):
    """How the page's list is narrowed, ordered and paged; `deleted`, `restored` name what was so a moment ago."""

    text: Line = ""
    type: InstrumentType | Literal[""] = ""
    party: Line = ""
    year: Annotated[str, StringConstraints(pattern=r"^([0-9]{4})?$")] = ""
    state: Validity | Literal[""] = ""
    language: Line = ""
    doubts: bool = False
    sort: Order = Order.SOURCE
    first: int = Field(0, alias="from", ge=0, le=1_000_000)
    deleted: SomeId = ""
    restored: SomeId = ""

    @property
    def narrowed(self) -> bool:
        """Say whether it leaves anything out."""
        return bool(self.model_dump(exclude_defaults=True, exclude={"sort", "first", "deleted", "restored"}))

    def href(self, at: int) -> str:
        """Return the address of the same list from another document on."""
        kept = self.model_dump(exclude_defaults=True, exclude={"first", "deleted", "restored"}, mode="json")
        return "/library?" + urlencode({k: v for k, v in {**kept, "from": at}.items() if v}) + "#list"


Listed = Annotated[ListQuery, Query()]


@dataclass(frozen=True, slots=True)
class Held:
    """A page of the list: the documents shown, how many pass, how many there are, the addresses beside it."""

    shown: tuple[Choice, ...]
    total: int
    every: int
    previous: str
    next: str


def held(library: Library, every: Sequence[Summary], query: ListQuery, per_page: int = PER_PAGE) -> Held:
    """Return the page of the list that a query asks for; `every` are the library's documents."""
    narrowed = {"type", "party", "text", "year", "language", "doubts"}
    filters = Filters(**query.model_dump(include=narrowed))
    listed, first = chosen(every, filters, query.sort), query.first
    if query.state:
        states = Standing(library).of_each([s.id for s in listed])
        listed = [s for s, state in zip(listed, states, strict=True) if state and state.status == query.state]
    return Held(
        choices(library, listed[first : first + per_page]),
        len(listed),
        len(every),
        query.href(max(first - per_page, 0)) if first else "",
        query.href(first + per_page) if first + per_page < len(listed) else "",
    )


@dataclass(frozen=True, slots=True)
class Offers:
    """The values the list can be narrowed by."""

    types: tuple[str, ...]
    parties: tuple[str, ...]
    years: tuple[str, ...]
    languages: tuple[str, ...]


def offers(every: Sequence[Summary]) -> Offers:
    """Return the values there are among documents."""
    present = {s.type for s in every}
    return Offers(
        tuple(name for name in TYPES if name in present),
        tuple(sorted({party for s in every for party in s.parties})[:_MOST_PARTIES]),
        tuple(sorted({s.date[:4] for s in every if s.date}, reverse=True)),
        tuple(sorted({language for s in every for language in s.languages})),
    )

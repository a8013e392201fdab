"""Funds: sets of documents, and who may read and write each; "" is the common one, open unless it is closed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.errors import InputError, NotFoundError
from corpus.library import Library
from corpus.plain import JsonObject
from corpus.rights.people import Person, UserRole

FUND: Final = "fund"
EVERYBODY: Final = "*"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund: its short name, title, and the users (or everybody) who read it and who also write."""

    id: str
    title: str
    readers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rights:
    """The funds a person reads and those a person writes."""

    reads: frozenset[str]
    writes: frozenset[str]


_COMMON = Fund("", "Общий фонд", (EVERYBODY,), (EVERYBODY,))


def funds(library: Library) -> Sequence[Fund]:
    """Return the funds, the common one among them, by short name."""
    return _funds(library.registered(FUND))


def _funds(entries: Sequence[JsonObject]) -> list[Fund]:
    made = [
        Fund(str(e["key"]), str(e["title"]), tuple(e["readers"]), tuple(e["editors"]))
        for e in entries
        if e["register"] == FUND
    ]
    return made if any(f.id == "" for f in made) else [_COMMON, *made]


def set_fund(library: Library, fund: Fund) -> Fund:
    """Register a fund or change it; raise InputError for what is no short name."""
    if fund.id and not _ID.fullmatch(fund.id):
        raise InputError(f"«{fund.id[:60]}» — не имя фонда: нужны строчные латинские буквы, цифры и «-».")
    entry = {"title": fund.title or fund.id, "readers": list(fund.readers), "editors": list(fund.editors)}
    library.register(FUND, fund.id, entry)
    return fund


def fund_named(library: Library, id_: str) -> Fund:
    """Return a fund; raise NotFoundError."""
    found = next((fund for fund in funds(library) if fund.id == id_), None)
    if found is None:
        raise NotFoundError(f"Фонда «{id_[:60]}» нет. Список: svod funds")
    return found


def rights(entries: Sequence[JsonObject], person: Person) -> Rights:
    """Return a person's rights by the entries of registers; an admin too reads only what a fund lets him."""
    every = _funds(entries)
    mine = {person.name, EVERYBODY}
    writes = frozenset(f.id for f in every if mine.intersection(f.editors))
    reads = writes | {f.id for f in every if mine.intersection(f.readers)}
    return Rights(frozenset(reads), writes if person.may(UserRole.EDITOR) else frozenset())

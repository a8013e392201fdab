"""How two clauses differ: in substance, in words, in forms, or one of them is absent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analyzers.letters import folded
from analyzers.terms import terms
from corpus.comparison.differences import word
from corpus.comparison.grid import Cell, CellStatus
from corpus.comparison.meant.facts import OPPOSED, ROLES, agents, settled
from corpus.comparison.meant.printed import printed
from corpus.comparison.meant.sayings import NamedThings, sayings, settle_otherwise
from corpus.values.value import Read


class Grade(StrEnum):
    """How much two clauses differ, the weightiest first."""

    ABSENT = "absent"
    SUBSTANCE = "substance"
    WORDS = "words"
    FORM = "form"
    SAME = "same"


ORDER = tuple(Grade)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a clause settles, what it names, and which of the parties it names act (False: is acted on)."""

    facts: frozenset[str]
    named: NamedThings
    acting: Mapping[str, bool]


@lru_cache(maxsize=8192)
def grade(left: str, right: str) -> Grade:
    """Say how two clauses differ; an empty one is absent.

    >>> grade("Споры решаются путем переговоров.", "Споры решаются посредством переговоров.").value
    'words'
    >>> grade("Споры решаются путем переговоров.", "Спор решается путем переговоров.").value
    'form'
    """
    if not left.strip() or not right.strip():
        return Grade.SAME if left.strip() == right.strip() else Grade.ABSENT
    mine, others = terms(left), terms(right)
    if [folded(t.form) for t in mine] == [folded(t.form) for t in others]:
        return Grade.SAME
    mine, others = terms(printed(left)), terms(printed(right))
    told, there = read(left), read(right)
    if _settle_otherwise(told.facts, there.facts) or _change_places(told.acting, there.acting):
        return Grade.SUBSTANCE
    if [word(t) for t in mine] == [word(t) for t in others]:
        return Grade.FORM
    return Grade.SUBSTANCE if settle_otherwise(told.named, there.named) else Grade.WORDS


@lru_cache(maxsize=8192)
def read(text: str) -> Meaning:
    """Read what a clause means."""
    found = settled(text)
    return Meaning(found.facts, sayings().named(found.plain), agents(text))


def _settle_otherwise(told: frozenset[str], there: frozenset[str]) -> bool:
    """Say whether facts differ; a party that only one clause names is no other party."""
    differ = told ^ there
    kinds = (ROLES, *OPPOSED)
    changed = any(bool(differ & kind & told) and bool(differ & kind & there) for kind in kinds)
    return changed or bool(differ.difference(*kinds))


def _change_places(acting: Mapping[str, bool], there: Mapping[str, bool]) -> bool:
    """Say whether who acts in one clause is acted on in the other."""
    return any(acting[role] != there[role] for role in acting.keys() & there.keys())


def grade_of(base: Cell, cell: Cell) -> Grade:
    """Say how a cell differs from another of its row: by values where both have the same, else by words."""
    present = [c.status is CellStatus.PRESENT for c in (base, cell)]
    if not all(present):
        return Grade.SAME if base.status is cell.status else Grade.ABSENT
    shared = base.values.keys() & cell.values.keys()
    if (
        any(_plain(base.values[n]) != _plain(cell.values[n]) for n in shared)
        or base.values.keys() != cell.values.keys()
    ):
        return Grade.SUBSTANCE
    return grade("\n".join(p.text for p in base.provisions), "\n".join(p.text for p in cell.provisions))


def weightiest(grades: Iterable[Grade]) -> Grade:
    """Return the weightiest of some grades; SAME of none.

    >>> weightiest([Grade.FORM, Grade.WORDS]).value
    'words'
    """
    return min(grades, key=ORDER.index, default=Grade.SAME)


def _plain(value: Read) -> object:
    return frozenset(value) if isinstance(value, list) else value

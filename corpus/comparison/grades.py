"""How two clauses differ: in substance, in words, in forms, or one of them is absent."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property, lru_cache

from analyzers.letters import folded
from analyzers.terms import forms, terms
from corpus.comparison.differences import word
from corpus.comparison.grid import Cell, CellStatus
from corpus.comparison.meant.actors import Actors, actors
from corpus.comparison.meant.facts import ASKING, OPPOSED, PERMITTED, RIGHT, settled
from corpus.comparison.meant.kin import root
from corpus.comparison.meant.paraphrase import settle_otherwise, share_a_word, strangers
from corpus.comparison.meant.sayings import NamedThings, sayings, verb
from corpus.comparison.meant.unprinted import printed
from corpus.values.value import Read


class Grade(StrEnum):
    """How much two clauses differ, the weightiest first; a form is one of a word, or a mark or letter of the print."""

    ABSENT = "absent"
    SUBSTANCE = "substance"
    WORDS = "words"
    FORM = "form"
    SAME = "same"


ORDER = tuple(Grade)

_MISSING = (
    r"(?:нет|отсутству[ею]т|исключен[аоы]?"
    r"|не\s++(?:содержится|(?:предусмотрен|урегулирован|установлен|оговорен|определен)[аоы]?))"
)
_NOTHING = re.compile(
    r"\W*+(?:(?:данн|соответствующ|тако|подобн)[а-я]{1,3}\s++)?(?:(?:стать|норм|пункт|положени|услови)[а-я]{1,3}\s++)?"
    rf"{_MISSING}\W*+"
)
"""A remark that a clause is not there."""


class Meaning:
    """What a clause settles, what it names, and who acts; the last two are read when they are asked for."""

    def __init__(self, text: str) -> None:
        self._text, self._settled = text, settled(text)
        self.facts = self._settled.facts

    @cached_property
    def named(self) -> NamedThings:
        """Return what it names."""
        return sayings().named(self._settled.plain)

    @cached_property
    def acting(self) -> Actors:
        """Return who acts."""
        return actors(self._text)


@lru_cache(maxsize=8192)
def grade(left: str, right: str) -> Grade:
    """Say how two clauses differ; of one that is empty, or is about something else altogether, the other has nothing.

    >>> grade("Споры решаются путем переговоров.", "Споры решаются посредством переговоров.").value
    'words'
    >>> grade("Споры решаются путем переговоров.", "Спор решается путем переговоров.").value
    'form'
    """
    here, there = " ".join(left.split()), " ".join(right.split())
    if here == there:
        return Grade.SAME
    if not _says_something(here) or not _says_something(there):
        return Grade.ABSENT
    if forms(here) == forms(there):
        return Grade.FORM
    return _of_two(here, there)


def _of_two(left: str, right: str) -> Grade:
    mine, others = read(left), read(right)
    if not share_a_word(left, right) and strangers(mine.named, others.named):
        return Grade.ABSENT
    told = others.facts if not mine.acting.meet(others.acting) else (others.facts - ASKING) | (mine.facts & ASKING)
    if _settle_otherwise(mine.facts, told) or mine.acting.change_places(others.acting):
        return Grade.SUBSTANCE
    if _words(printed(left)) == _words(printed(right)):
        return Grade.FORM
    return Grade.SUBSTANCE if settle_otherwise(mine.named, others.named) else Grade.WORDS


def _says_something(text: str) -> bool:
    return any(letter.isalnum() for letter in text) and _NOTHING.fullmatch(folded(text)) is None


def _words(text: str) -> list[tuple[str, ...]]:
    """Return what makes the words of a text the same in other forms and aspects."""
    return [
        (root(t.lemmas[0]) if (kind := verb(t.form)) else t.lemmas[0], kind, word(t).partition("/")[2])
        for t in terms(text)
    ]


@lru_cache(maxsize=8192)
def read(text: str) -> Meaning:
    """Read what a clause means."""
    return Meaning(text)


def _settle_otherwise(told: frozenset[str], there: frozenset[str]) -> bool:
    """Say whether facts differ; a party that only one clause names is no other party."""
    differ = told ^ there
    if any(differ & kind & told and differ & kind & there for kind in OPPOSED):
        return True
    permitted = {PERMITTED, RIGHT} if PERMITTED in differ else set()
    return bool(differ.difference(permitted, *OPPOSED))


def grade_of(base: Cell, cell: Cell) -> Grade:
    """Say how a cell differs from another of its row: by values where both have the same, else by words.

    Two cells that are there settle something else when they have nothing in common; neither is absent.
    """
    present = [c.status is CellStatus.PRESENT for c in (base, cell)]
    if not all(present):
        return Grade.SAME if base.status is cell.status else Grade.ABSENT
    shared = base.values.keys() & cell.values.keys()
    if (
        any(_plain(base.values[n]) != _plain(cell.values[n]) for n in shared)
        or base.values.keys() != cell.values.keys()
    ):
        return Grade.SUBSTANCE
    found = grade("\n".join(p.text for p in base.provisions), "\n".join(p.text for p in cell.provisions))
    return Grade.SUBSTANCE if found is Grade.ABSENT else found


def weightiest(grades: Iterable[Grade]) -> Grade:
    """Return the weightiest of some grades; SAME of none.

    >>> weightiest([Grade.FORM, Grade.WORDS]).value
    'words'
    """
    return min(grades, key=ORDER.index, default=Grade.SAME)


def _plain(value: Read) -> object:
    return frozenset(value) if isinstance(value, list) else value

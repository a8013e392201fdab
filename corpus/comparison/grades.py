"""How two clauses differ: in substance, in words, in forms, or one of them is absent."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from analyzers.letters import folded
from analyzers.terms import Term, terms
from corpus.comparison.differences import word
from corpus.comparison.facts import ROLES, facts
from corpus.comparison.grid import Cell, CellStatus
from corpus.values.value import Read

ADDED = 2
"""So many words of content that one clause has beyond the other settle something of their own."""

_IDLE = frozenset(
    (
        "свой",
        "этот",
        "тот",
        "такой",
        "данный",
        "указанный",
        "соответствующий",
        "настоящий",
        "который",
        "каждый",
        "также",
        "сторона",
        "соглашение",
        "договор",
        "государство",
        "друг",
        "взаимный",
        "взаимно",
        "путём",
        "путем",
        "рамка",
        "область",
        "сфера",
        "вопрос",
        "случай",
        "цель",
        "порядок",
        "вид",
        "форма",
        "образ",
        "основа",
        "отношение",
        "мера",
        "осуществлять",
        "осуществляться",
        "являться",
        "быть",
        "иметь",
        "отдельный",
        "подлинный",
        "необходимый",
    )
)


class Grade(StrEnum):
    """How much two clauses differ, the weightiest first."""

    ABSENT = "absent"
    SUBSTANCE = "substance"
    WORDS = "words"
    FORM = "form"
    SAME = "same"


ORDER = tuple(Grade)


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
    told, there = facts(left), facts(right)
    if _settle_otherwise(told, there):
        return Grade.SUBSTANCE
    if [word(t) for t in mine] == [word(t) for t in others]:
        return Grade.FORM
    return Grade.SUBSTANCE if _adds(mine, others) or _adds(others, mine) else Grade.WORDS


def _settle_otherwise(told: frozenset[str], there: frozenset[str]) -> bool:
    """Say whether facts differ; a party that only one clause names is no other party."""
    differ = told ^ there
    roles = differ & ROLES
    contrary = bool(roles & told) and bool(roles & there)
    return bool(differ - roles) or contrary


def _adds(less: Sequence[Term], more: Sequence[Term]) -> bool:
    """Say whether a clause only adds to another: several words of content, or one more thing to a list."""
    added = _beyond(more, less)
    if not added or _beyond(less, more):
        return False
    listed = sum(t.form == "и" for t in more) > sum(t.form == "и" for t in less)
    return added >= ADDED or listed


def _beyond(mine: Sequence[Term], others: Sequence[Term]) -> int:
    """Count the words of content that the other clause has in no form."""
    have = {x for t in others for x in t.lemmas}
    return sum(1 for t in mine if len(t.form) > 3 and not have & set(t.lemmas) and not _IDLE & set(t.lemmas))


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

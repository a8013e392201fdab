"""A state in short, as it stands beside whatever is quoted: one shape and one Russian wording for every door."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.lexicon.dates import in_digits


class Validity(StrEnum):
    """What an act or a provision is on a day."""

    DRAFT = "draft"
    NOT_IN_FORCE = "not_in_force"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    REPEALED = "repealed"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


DEAD = frozenset({Validity.TERMINATED, Validity.REPEALED, Validity.SUPERSEDED, Validity.EXPIRED})
LIVING = frozenset({Validity.IN_FORCE, Validity.AMENDED})

NAMES = {
    Validity.DRAFT: "проект",
    Validity.NOT_IN_FORCE: "не вступило в силу",
    Validity.IN_FORCE: "действует",
    Validity.AMENDED: "действует с изменениями",
    Validity.SUSPENDED: "действие приостановлено",
    Validity.TERMINATED: "прекращено",
    Validity.REPEALED: "утратило силу",
    Validity.SUPERSEDED: "заменено другим актом",
    Validity.EXPIRED: "срок истёк",
    Validity.UNKNOWN: "неизвестно, действует ли",
}
"""The states in Russian; neuter, for a provision («положение») as for most acts."""

_SINCE = {Validity.AMENDED: " от ", Validity.EXPIRED: ", не действует с "} | dict.fromkeys(
    (Validity.IN_FORCE, Validity.SUSPENDED, Validity.TERMINATED, Validity.REPEALED, Validity.SUPERSEDED), " с "
)
"""What leads to the day, for the states that have one worth telling."""


@dataclass(frozen=True, slots=True)
class StateOnDay:
    """A state in short on a day; `since` where it is known, `beside` tells of a change of words."""

    status: Validity
    on: str
    since: str | None = None
    beside: str = ""

    @property
    def told(self) -> str:
        """Write the state for a person.

        >>> StateOnDay(Validity.TERMINATED, "2020-01-01", "2007-07-07").told
        'прекращено с 07.07.2007'
        >>> StateOnDay(Validity.AMENDED, "2020-01-01", "2004-05-03").told
        'действует с изменениями от 03.05.2004'
        """
        lead = _SINCE.get(self.status, "")
        own = NAMES[self.status] + (f"{lead}{in_digits(self.since)}" if lead and self.since else "")
        return f"{own}; {self.beside}" if self.beside else own

    @property
    def tone(self) -> str:
        """Say how a mark of it looks: dead, doubt (what may not be relied on), changed, or good."""
        if self.status in DEAD:
            return "dead"
        if self.status in LIVING:
            return "changed" if self.status is Validity.AMENDED or self.beside else "good"
        return "doubt"

    @property
    def warning(self) -> str:
        """Return the words that warn a person who quotes it; "" where it is in force.

        >>> StateOnDay(Validity.IN_FORCE, "2020-01-01").warning, StateOnDay(Validity.DRAFT, "2020-01-01").warning
        ('', 'проект')
        """
        return "" if self.tone == "good" else self.told


def state_json(state: StateOnDay | None) -> dict[str, str | None] | None:
    """Shape a state as it stands beside a hit, a target, a cell, a provision; None where nothing is known of it."""
    if state is None:
        return None
    told = {"status": str(state.status), "on": state.on, "since": state.since}
    return {**told, "beside": state.beside or None, "told": state.told}


def bracketed(state: StateOnDay | None) -> str:
    """Write a state behind what it is the state of.

    >>> bracketed(StateOnDay(Validity.DRAFT, "2020-01-01")), bracketed(None)
    (' [проект]', '')
    """
    return f" [{state.told}]" if state else ""


def worst(states: Iterable[StateOnDay | None]) -> StateOnDay | None:
    """Return the state that may be relied on least; None where there is none.

    >>> dead, living = (StateOnDay(v, "2020-01-01") for v in (Validity.REPEALED, Validity.IN_FORCE))
    >>> worst([living, dead, None]) is dead
    True
    """
    return max((s for s in states if s is not None), key=_doubt, default=None)


def _doubt(state: StateOnDay) -> int:
    return ("good", "changed", "doubt", "dead").index(state.tone)

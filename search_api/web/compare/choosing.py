"""Documents to choose from, with all a person may narrow them by: name, party, year, kind, state."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.effects.standing import NAMES, StateOnDay
from corpus.library import Library, Summary
from corpus.metadata.short_names import short_names
from search_api.answers.standing import Standing


@dataclass(frozen=True, slots=True)
class Choice:
    """A document to choose under its short name; `words` are what it is found by, `today` its state."""

    about: Summary
    name: str
    words: str
    today: StateOnDay | None

    @property
    def state(self) -> str:
        """Name the state."""
        return NAMES[self.today.status] if self.today else ""

    @property
    def told(self) -> str:
        """Tell the state with its day."""
        return self.today.told if self.today else ""


def choices(library: Library, documents: Sequence[Summary]) -> tuple[Choice, ...]:
    """Return documents ready to be chosen from, in their order."""
    names, states = short_names(documents), Standing(library).of_each([d.id for d in documents])
    return tuple(
        Choice(d, names[d.id], _words(d, names[d.id]), state) for d, state in zip(documents, states, strict=True)
    )


def _words(about: Summary, name: str) -> str:
    told = (name, about.title, *about.parties, about.number or "", (about.date or "")[:4])
    return " ".join(filter(None, told))

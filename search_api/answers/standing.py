"""The state that stands beside whatever is quoted, the same for every answer, page and file."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from corpus.effects.days import today
from corpus.effects.lines import Line, lines
from corpus.effects.lives import lives
from corpus.effects.standing import DEAD, LIVING, StateOnDay, Validity, state_json
from corpus.errors import NotFoundError
from corpus.library import Library


class Answered(BaseModel):
    """A JSON object of an answer; keys that are words of Python are written by their aliases."""

    model_config = ConfigDict(frozen=True, from_attributes=True, populate_by_name=True)


class ShortState(Answered):
    """A state as it stands beside a hit, a target, a cell, a document, a provision."""

    status: Validity
    on: str
    since: str | None
    told: str = Field(description="То же по-русски: «прекращено с 09.01.1993»")


class LineAnswer(Answered):
    """A line under a title: its words and the provision of the act they name."""

    text: str
    document: str
    eid: str


class Standing:
    """The states of a library's documents and their provisions on a day."""

    def __init__(self, library: Library, on: str = "") -> None:
        self._lives, self.on = lives(library), on or today()

    def of(self, document: str, eid: str = "") -> StateOnDay | None:
        """Return the state of a document or a provision; None for what is not there any more."""
        try:
            return self._lives.short(document, self.on, eid)
        except NotFoundError:
            return None

    def of_all(self, document: str, provisions: Sequence[str]) -> StateOnDay | None:
        """Return the worst state among provisions, of the document where none is named."""
        found = [self.of(document, eid) for eid in provisions or ("",)]
        return max(found, key=_weight)

    def json(self, document: str, *provisions: str) -> dict[str, str | None] | None:
        """Shape the worst state among provisions, of the document where none is named."""
        return state_json(self.of_all(document, provisions))

    def lines(self, document: str) -> tuple[Line, ...]:
        """Tell the state of a document and what makes it so; raise NotFoundError."""
        return lines(self._lives, document, self.on)

    def own(self, document: str) -> dict[str, StateOnDay]:
        """Return the states of provisions that are not simply their act's, by eId; raise NotFoundError."""
        told = self._lives.state(document, self.on)
        return {eid: self._lives.short(document, self.on, eid) for eid in told.own}


def _weight(state: StateOnDay | None) -> int:
    """Rank states by how little may be relied on."""
    if state is None:
        return -1
    return 3 if state.status in DEAD else 2 if state.status not in LIVING else int(state.status is Validity.AMENDED)


def with_states(value: Any, standing: Standing) -> Any:
    """Put its state beside everything a JSON value quotes: each object that names a document and its provisions."""
    if isinstance(value, list | tuple):
        return [with_states(each, standing) for each in value]
    if not isinstance(value, dict):
        return value
    told = {key: with_states(each, standing) for key, each in value.items()}
    document, eid, listed = told.get("document"), told.get("eid"), told.get("eids")
    if isinstance(document, str) and document and ("eid" in told or "eids" in told):
        told["state"] = standing.json(document, *(listed or ([eid] if eid else [])))
    return told

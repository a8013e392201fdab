"""The state that stands beside whatever is quoted, the same for every answer, page and file."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field

from corpus.effects.life import ActState, Basis
from corpus.effects.lines import Line, lines
from corpus.effects.lives import lives, short_or_none
from corpus.effects.standing import DEAD, StateOnDay, Validity, state_json, worst
from corpus.effects.states import short
from corpus.lexicon.reckoning import today
from corpus.library import Library
from corpus.model import Document
from search_api.answers.shapes import document_shape

_Json = TypeVar("_Json")


class Answered(BaseModel):
    """A JSON object of an answer; keys that are words of Python are written by their aliases."""

    model_config = ConfigDict(frozen=True, from_attributes=True, populate_by_name=True)


class ShortState(Answered):
    """A state as it stands beside a hit, a target, a cell, a document, a provision."""

    status: Validity
    on: str
    since: str | None
    beside: str | None = Field(description="Что ещё сказано о словах: «изменится с 01.01.2030»")
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

    def of_each(self, documents: Sequence[str]) -> list[StateOnDay | None]:
        """Return the states of documents, read together."""
        self._lives.fetch(documents)
        return [self.of(document) for document in documents]

    def of(self, document: str, eid: str = "") -> StateOnDay | None:
        """Return the state of a document or a provision; None for what is not there any more."""
        return short_or_none(self._lives, document, self.on, eid)

    def of_all(self, document: str, provisions: Sequence[str]) -> StateOnDay | None:
        """Return the worst state among provisions, of the document where none is named."""
        return worst(self.of(document, eid) for eid in provisions or ("",))

    def shape(self, document: str, eid: str = "") -> ShortState | None:
        """Shape the state of a document or a provision."""
        found = self.of(document, eid)
        return ShortState.model_validate(found) if found else None

    def json(self, document: str, *provisions: str) -> dict[str, str | None] | None:
        """Shape the worst state among provisions, of the document where none is named."""
        return state_json(self.of_all(document, provisions))

    def lines(self, document: str) -> tuple[Line, ...]:
        """Tell the state of a document and what makes it so; raise NotFoundError."""
        return lines(self._lives, document, self.on)

    def stated(self, document: Document) -> "Stated":
        """Put its state beside a document."""
        told = self._lives.state(document.id, self.on)
        return Stated(document, told, self.lines(document.id))


@dataclass(frozen=True, slots=True)
class Stated:
    """A document with its state on a day and the lines told of it."""

    document: Document
    told: ActState
    lines: tuple[Line, ...]

    @property
    def state(self) -> StateOnDay:
        """Return the state of the whole act."""
        return short(self.told)

    @property
    def marked(self) -> AbstractSet[str]:
        """Return the provisions that have a state of their own, or a change to come."""
        return self.told.own.keys() | self.told.to_come.keys() if self.told.status not in DEAD else set()

    def basis(self, eid: str) -> tuple[Basis, ...]:
        """Return what was done to the words or the force of a provision, and what is to be done."""
        own, to_come = self.told.own.get(eid), self.told.to_come.get(eid)
        return (*(own.effects if own else ()), *(to_come.effects if to_come else ()))

    def mark(self, eid: str) -> StateOnDay | None:
        """Return the state of a provision that has one of its own; None where it has its act's."""
        return self.of(eid) if eid in self.marked else None

    def shape(self, pages: Sequence[int] = ()) -> dict[str, object]:
        """Shape the document as the public contract has it; `pages` as for `document_shape`."""
        shaped = document_shape(self.document, pages)
        provisions = [{**p, "state": state_json(self.of(p["eid"]))} for p in shaped["provisions"]]
        told = [{"text": x.text, "document": x.document, "eid": x.eid} for x in self.lines]
        own = {"state": state_json(self.state), "lines": told, "ended_from": self.document.instrument.ended_from}
        return {**shaped, **own, "provisions": provisions}

    def of(self, eid: str) -> StateOnDay:
        """Return the state of a provision: its own or that of what holds it, else its act's."""
        return short(self.told, eid)


def with_states(value: _Json, standing: Standing) -> _Json:
    """Put its state beside everything a JSON value quotes: each object that names a document and its provisions."""
    return cast("_Json", _with_states(value, standing))


def _with_states(value: object, standing: Standing) -> object:
    if isinstance(value, list | tuple):
        return [_with_states(each, standing) for each in value]
    if not isinstance(value, dict):
        return value
    told = {key: _with_states(each, standing) for key, each in value.items()}
    document, eid, listed = told.get("document"), told.get("eid"), told.get("eids")
    if isinstance(document, str) and document and ("eid" in told or "eids" in told):
        named = listed if isinstance(listed, list) and listed else [eid] if eid else []
        told["state"] = standing.json(document, *map(str, named))
    return told

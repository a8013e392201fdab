"""What is read out of a provision: the passages it is read in, and the values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.clauses.units import Sentence, Unit

Read = str | int | list[str] | dict[str, str] | dict[str, list[str]]
"""The JSON form of a value: «6 месяцев», 2, languages or `{"any_of": languages}`, grounds with their kinds."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value read out of a provision: its JSON form, and the words it was read from (`span` in the own text)."""

    name: str
    value: Read
    shown: str
    eid: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a provision, its folded words, and whether the provision's other words speak of oral requests."""

    eid: str
    span: Span
    text: str
    whole: str

    def value(self, name: str, value: Read, at: Span, shown: str | None = None) -> Value:
        """Build a value read at a span of this passage."""
        return Value(name, value, str(value) if shown is None else shown, self.eid, at.shifted(self.span.start))


def passages(unit: Unit, sentences: Iterable[Sentence], texts: Callable[[str], str]) -> list[Passage]:
    """Take the sentences of a unit to be read."""
    whole = folded(unit.text)
    return [Passage(s.eid, s.span, folded(texts(s.eid)[s.span.start : s.span.end]), whole) for s in sentences]

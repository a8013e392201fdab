"""Units of an act: what they are called, cited and written as; the table `data/units.toml`."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from corpus.lexicon.alternation import any_of
from corpus.lexicon.declension import plural, singular
from corpus.model import Kind


@dataclass(frozen=True, slots=True)
class UnitName:
    """What a kind of unit is called; the fields are told in the table."""

    kind: Kind
    name: str
    short: str | None = None
    several: str | None = None
    in_laws: str | None = None
    genitive: str | None = None
    asked: str | None = None

    @property
    def written(self) -> str:
        """Return what a citation writes before the number."""
        return self.short or self.name.lower()


@dataclass(frozen=True, slots=True)
class UnitWords:
    """How citations call a unit."""

    name: str
    kind: Kind
    words: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the words in every case and number."""
        return tuple(form for word in self.words for form in (*singular(word), *plural(word)))

    @property
    def spelt(self) -> str:
        """Return a pattern for the words in any form, over lower-cased text."""
        return f"{any_of(self.forms)}(?![а-яё])"

    @property
    def shortened(self) -> str:
        """Return a pattern for the abbreviations; a blank may stand before the stop."""
        return "|".join(re.sub(r"\\\.", r"\\s?\\.", re.escape(a).replace(r"\ ", r"\s?")) for a in self.abbreviations)


_TABLE = tomllib.loads(files("corpus.lexicon").joinpath("data/units.toml").read_text("utf-8"))
NAMES = {Kind(kind): UnitName(Kind(kind), **row) for kind, row in _TABLE["kinds"].items()}
"""Kinds in the order of the model."""
CITED = {
    name: UnitWords(name, Kind(row["kind"]), tuple(row.get("words", ())), tuple(row.get("abbreviations", ())))
    for name, row in _TABLE["cited"].items()
}
"""How citations call units, by the name of the group in a pattern."""

"""Words that name an act and the types they mean: the table `data/acts.toml`, read once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from corpus.model import InstrumentType


@dataclass(frozen=True, slots=True)
class ActType:
    """A type of acts: what a person reads, what a citation writes, its own word (None for «акт»)."""

    code: InstrumentType
    name: str
    written: str
    word: str | None = None
    treaty: bool = False
    issued: bool = False


@dataclass(frozen=True, slots=True)
class ActWord:
    """A word that names acts, in the nominative, folded; the fields are told in the table."""

    word: str
    types: tuple[InstrumentType, ...]
    heads: tuple[str, ...]
    general: bool = False
    proper: bool = False
    cited: bool = False
    title: bool = False
    annexed: bool = False

    @property
    def type(self) -> InstrumentType:
        """Return the likeliest type."""
        return self.types[0]

    @property
    def treaty(self) -> bool:
        """Say whether parties make it."""
        return self.type in TREATIES

    @property
    def code(self) -> bool:
        """Say whether it is a law that a state has one of: «кодекс», «конституция»."""
        return self.type is InstrumentType.LAW and not self.general


def _read() -> tuple[Mapping[InstrumentType, ActType], Mapping[str, ActWord]]:
    table = tomllib.loads(files("corpus.lexicon").joinpath("data/acts.toml").read_text("utf-8"))
    types = {InstrumentType(code): ActType(InstrumentType(code), **row) for code, row in table["types"].items()}
    words = {}
    for word, row in table["words"].items():
        own = {name: value for name, value in row.items() if name not in ("types", "heads")}
        meant = tuple(InstrumentType(code) for code in row["types"])
        words[word] = ActWord(word, meant, tuple(row.get("heads", (word,))), **own)
    return types, words


TYPES, WORDS = _read()
"""Types by code, words by themselves, in the order of the table."""
OPENERS = frozenset({head for word in WORDS.values() if word.title for head in word.heads} | {"приложение"})
"""Alone on a line these open an act or an annex, on however many pages they come first: every act may begin a page."""
ACT_LINE = re.compile(
    r"(?>[А-ЯЁ]{1,64}(?:ЫЙ|ИЙ|ОЕ|АЯ)\s++){0,2}(?:" + "|".join(sorted(map(str.upper, OPENERS))) + r")(?!\w)\s?[*¹²³]?|"
    r"(?:ПРИЛОЖЕНИЕ|Приложение)(?:\s(?:№\s?)?\d{1,3})?"
)
"""The name of an act in capitals, or of an annex, alone on its line: it stands by itself whatever is printed above."""
TREATIES = frozenset(t.code for t in TYPES.values() if t.treaty)
ISSUED = frozenset(t.code for t in TYPES.values() if t.issued)


def type_of(word: str) -> InstrumentType:
    """Return the type an act has that is called by a word; `ACT` for a word that names none.

    >>> type_of("кодекс"), type_of("решение"), type_of("стул")
    (<InstrumentType.LAW: 'law'>, <InstrumentType.RULING: 'ruling'>, <InstrumentType.ACT: 'act'>)
    """
    return WORDS[word].type if word in WORDS else InstrumentType.ACT

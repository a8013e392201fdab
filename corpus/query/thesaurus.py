"""The editable knowledge of legal language: `corpus/data/synonyms.txt`, read once and looked up by lemmas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from analyzers.terms import terms
from corpus.query.answers import Means

Member = tuple[str, ...]
"""The lemmas one word may have."""


class _Section(StrEnum):
    FAMILIES = "производные"
    SYNONYMS = "синонимы"
    PLAIN = "простые"
    STRANGERS = "чужие"
    IDLE = "служебные"


_SMALL = frozenset("в во на по о об и к с со из для от под над при".split())
_MEANS = {_Section.FAMILIES: Means.DERIVATION, _Section.SYNONYMS: Means.SYNONYM, _Section.PLAIN: Means.PLAIN}


@dataclass(frozen=True, slots=True)
class Saying:
    """A word or a turn of speech; prepositions are no members."""

    text: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Sayings that mean what `said` means."""

    said: Saying
    means: Means
    others: tuple[Saying, ...]


class Thesaurus:
    """The groups of the data file, found by the lemmas of their first members."""

    def __init__(self, text: str) -> None:
        self._rules: dict[str, list[Rule]] = {}
        self._sayings: dict[str, Saying] = {}
        idle: set[str] = set()
        strangers: dict[str, set[int]] = {}
        for number, (section, line) in enumerate(_lines(text)):
            if section is _Section.IDLE:
                idle.update(lemma for word in terms(line) for lemma in (word.form, *word.lemmas[:1]))
            elif section is _Section.STRANGERS:
                for word in terms(line):
                    for lemma in word.lemmas:
                        strangers.setdefault(lemma, set()).add(number)
            else:
                self._add(section, line)
        self.idle = frozenset(idle)
        self._strangers = strangers

    def rules(self, lemmas: Sequence[str]) -> Iterator[Rule]:
        """Yield the rules whose saying begins with a word of these lemmas."""
        seen: set[int] = set()
        for lemma in lemmas:
            for rule in self._rules.get(lemma, ()):
                if id(rule) not in seen:
                    seen.add(id(rule))
                    yield rule

    def strange(self, one: str, other: str) -> bool:
        """Say whether two lemmas are listed as no kin."""
        return bool(self._strangers.get(one, set()) & self._strangers.get(other, set()))

    def _add(self, section: _Section, line: str) -> None:
        left, _, right = line.partition("=")
        said = [self._saying(part) for part in left.split(",")]
        meant = [self._saying(part) for part in right.split(",")] if right else said
        for saying in said:
            others = tuple(other for other in meant if other.members and other is not saying)
            if not saying.members or not others:
                continue
            rule = Rule(saying, _MEANS[section], others)
            for lemma in saying.members[0]:
                self._rules.setdefault(lemma, []).append(rule)

    def _saying(self, part: str) -> Saying:
        text = " ".join(part.split())
        if text not in self._sayings:
            found = terms(text)
            members = tuple(t.lemmas for t in found if t.form not in _SMALL or len(found) == 1)
            self._sayings[text] = Saying(text, members)
        return self._sayings[text]


def _lines(text: str) -> Iterator[tuple[_Section, str]]:
    section = None
    for line in text.splitlines():
        bare = line.partition("#")[0].strip()
        if bare.startswith("["):
            section = _Section(bare.strip("[]"))
        elif bare and section:
            yield section, bare


@cache
def thesaurus() -> Thesaurus:
    """Return the thesaurus of the package."""
    return Thesaurus(files("corpus.data").joinpath("synonyms.txt").read_text("utf-8"))

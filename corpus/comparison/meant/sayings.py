"""What treaties say in several ways: `corpus/data/sayings.txt` turns a clause into the set of what it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from analyzers.frequencies import most_used
from analyzers.lemmas import lemmas, readings
from analyzers.terms import Term, terms
from corpus.comparison.meant.kin import Kin
from corpus.comparison.meant.near import Neighbours
from corpus.lexicon.numerals import is_numeral

_SMALL = frozenset(("PREP", "CONJ", "PRCL", "NPRO", "INTJ", "PRED"))
"""Parts of speech that name nothing."""

_DEEDS = frozenset(("VERB", "INFN", "PRTF", "PRTS", "GRND"))

_MOST = 40
"""More words than so many that another clause has not are no other way to say the same."""

_COMMON = 400
"""So many of the commonest words of the language settle nothing by themselves. With three tenths of the table of turns
left out words called substance .38 → .34, substance called words .002 both; 900 of them .30 and .014."""

IDLE = ""
"""The meaning of what settles nothing by itself."""


class _Section(StrEnum):
    SAME = "одно и то же"
    NOTHING = "ничего"


@dataclass(frozen=True, slots=True)
class NamedThings:
    """What a clause names: meanings of the table, and words outside it by their lemmas and forms."""

    meanings: frozenset[str]
    words: tuple[Term, ...]


class Sayings:
    """The table, found by the lemmas of a saying's first word."""

    def __init__(self, text: str) -> None:
        self._begin: dict[str, list[tuple[tuple[frozenset[str], ...], str]]] = {}
        self._turns: dict[str, list[str]] = {}
        section = None
        for line in text.splitlines():
            bare = line.partition("#")[0].strip()
            if bare.startswith("["):
                section = _Section(bare.strip("[]"))
            elif bare:
                parts = [part.strip() for part in bare.split(",")]
                meaning = IDLE if section is _Section.NOTHING else parts[0]
                self._turns.setdefault(meaning, []).extend(parts)
                for part in parts:
                    self._add(part, meaning)

    def named(self, text: str) -> NamedThings:
        r"""Return what a text names, longer sayings before shorter ones.

        >>> table = Sayings("[одно и то же]\nутрачивать сила, прекращать действие")
        >>> table.named("Договор утратил силу").words[0].form, table.named("прекращает действие").meanings
        ('договор', frozenset({'утрачивать сила'}))
        """
        said = [t for t in terms(text) if not _small(t.form)]
        meanings: list[str] = []
        words: list[Term] = []
        at = 0
        while at < len(said):
            size, meaning = self._longest(said, at)
            if not size:
                words.append(said[at])
            elif meaning is not IDLE:
                meanings.append(meaning)
            at += size or 1
        return NamedThings(frozenset(meanings), tuple(words))

    def turns(self, name: str) -> Sequence[str]:
        """Return the turns of a meaning; a word outside the table is a turn of its own."""
        return self._turns.get(name, (name,))

    def _longest(self, said: Sequence[Term], at: int) -> tuple[int, str]:
        begun = (found for lemma in sorted(plainly(said[at])) for found in self._begin.get(lemma, ()))
        for saying, meaning in sorted(begun, key=lambda found: -len(found[0])):
            here = said[at : at + len(saying)]
            if len(here) == len(saying) and all(x & plainly(t) for x, t in zip(saying, here, strict=True)):
                return len(saying), meaning
        return 0, IDLE

    def _add(self, part: str, meaning: str) -> None:
        saying = tuple(plainly(t) for t in terms(part))
        for lemma in saying[0]:
            self._begin.setdefault(lemma, []).append((saying, meaning))


@cache
def sayings() -> Sayings:
    """Return the table of the package."""
    return Sayings(files("corpus.data").joinpath("sayings.txt").read_text("utf-8"))


def settle_otherwise(one: NamedThings, other: NamedThings) -> bool:
    """Say whether what two clauses name tells them apart.

    A verb that one of them has beyond the other and the table does not know only puts it in another way; two verbs
    instead of each other, or anything else, settle something of their own. So do more words than a turn has.
    """
    left, right = beyond(one, other), beyond(other, one)
    if max(len(left), len(right)) > _MOST:
        return True
    left, right = _unlike(left, other), _unlike(right, one)
    meanings = one.meanings | other.meanings
    if any(name in meanings or not _deed(name) for name in (*left, *right)):
        return True
    return bool(left) and bool(right)


def beyond(mine: NamedThings, others: NamedThings) -> list[str]:
    """Return meanings and words of one clause that the other has in no form, nor any of their family."""
    have = {lemma for t in others.words for lemma in plainly(t)}
    kin = Kin(lemma for t in others.words for lemma in t.lemmas[:2])
    spare = (w.form for w in mine.words if not have & plainly(w) and not any(map(kin.of, w.lemmas[:2])))
    return [*sorted(mine.meanings - others.meanings), *spare]


def _unlike(spare: Sequence[str], others: NamedThings) -> list[str]:
    """Return those of some meanings and words that are near to nothing of a clause, and are no words of every text."""
    telling = [name for name in spare if not _common(name)]
    if not telling:
        return []
    near = Neighbours(
        turn for name in (*others.meanings, *(t.form for t in others.words)) for turn in sayings().turns(name)
    )
    return [name for name in telling if not near.of(sayings().turns(name))]


def _common(form: str) -> bool:
    return not most_used(_COMMON).isdisjoint((form, *lemmas(form)[:1]))


def plainly(term: Term) -> frozenset[str]:
    """Return the lemmas of a word, of a reflexive verb those without «ся».

    >>> sorted(plainly(terms("передаются")[0]))
    ['передавать', 'передаваться']
    """
    return frozenset((*term.lemmas, *(x[:-2] for x in term.lemmas if x.endswith(("ться", "тись")))))


def _deed(form: str) -> bool:
    found = readings(form)
    return bool(found) and found[0].pos in _DEEDS


def _small(form: str) -> bool:
    """Say whether a word names nothing: a preposition, a number (a fact of its own), one letter."""
    if len(form) < 2 or form[0].isdigit() or is_numeral(form):
        return True
    found = readings(form)
    return bool(found) and found[0].pos in _SMALL

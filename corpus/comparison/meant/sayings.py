"""What treaties say in several ways: what `corpus/data/sayings.txt` and the families of words bring together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from analyzers.lemmas import readings
from analyzers.terms import Term, terms
from corpus.comparison.meant.kin import roots
from corpus.lexicon.numerals import is_numeral

_SMALL = frozenset(("PREP", "CONJ", "PRCL", "NPRO", "INTJ", "PRED"))
"""Parts of speech that name nothing."""

_DEEDS = frozenset(("VERB", "INFN", "PRTS", "ADJS", "GRND"))

_JOINS = frozenset(("и", "или", "либо"))

_WITHIN = 3
"""Words of a turn stand no farther from its first one: «скрепляется гербовой печатью»."""

_NEAR = 4
"""Words between «и» and what it joins, with it."""

_CONDITIONS = frozenset(("если", "который", "чтобы", "пока"))

_WAY = "путем"
"""A preposition, but not in «дипломатическим путём»."""

_FAR = 8
"""Words between a condition's first word and its verb."""


class _Section(StrEnum):
    SAME = "одно и то же"
    NOTHING = "ничего"
    REPEATS = "повторяет"
    USUAL = "обычное"
    APART = "разное"
    FAMILIES = "производные"


@dataclass(frozen=True, slots=True)
class NamedWord:
    """A word of a clause: how it is printed, its lemmas, the meanings of the turns it stands in, what it is for.

    `alone` are the meanings it has without other words. `idle` settles nothing by itself; `deed` says what is done,
    `of_verb` is that or a participle; `joined` stands beside «и» or «или», `conditional` behind «если» or «который».
    """

    form: str
    lemmas: frozenset[str]
    meanings: frozenset[int]
    alone: frozenset[int]
    idle: bool
    deed: bool
    of_verb: bool
    joined: bool
    conditional: bool


@dataclass(frozen=True, slots=True)
class NamedThings:
    """The words of a clause that name something, in order."""

    words: tuple[NamedWord, ...]

    @property
    def names(self) -> frozenset[str]:
        """Return the meanings, and the words that have none; without what settles nothing."""
        return frozenset(
            str(min(word.alone or word.meanings)) if word.meanings else min(word.lemmas)
            for word in self.words
            if not word.idle
        )


@dataclass(frozen=True, slots=True)
class _Turn:
    words: tuple[frozenset[str], ...]
    meaning: int | None
    """None settles nothing by itself."""


class Sayings:
    """The table; a turn is found by the lemmas and, unless it settles nothing, the families of its words."""

    def __init__(self, text: str) -> None:
        self._begin: dict[str, list[_Turn]] = {}
        self._turns: list[tuple[str, ...]] = []
        self._repeating: set[str] = set()
        self._usual: set[str] = set()
        self._apart: dict[str, dict[int, int]] = {}
        section = None
        for number, line in enumerate(text.splitlines()):
            bare = line.partition("#")[0].strip()
            if bare.startswith("["):
                named = bare.strip("[]")
                section = next((known for known in _Section if known == named), None)
            elif bare:
                self._take(section, number, tuple(part.strip() for part in bare.split(",")))

    def _take(self, section: _Section | None, number: int, parts: tuple[str, ...]) -> None:
        match section:
            case _Section.APART:
                self._set_apart(number, parts)
            case _Section.REPEATS:
                self._repeating.update(root for part in parts for root in roots(part))
            case _Section.USUAL:
                self._usual.update(lemma for part in parts for t in terms(part) for lemma in plainly(t))
            case _Section.NOTHING:
                for part in parts:
                    self._add(part, None)
            case _Section.SAME | _Section.FAMILIES:
                self._turns.append(parts)
                for part in parts:
                    self._add(part, len(self._turns) - 1)

    def named(self, text: str) -> NamedThings:
        r"""Return what a text names; a word stands for itself and in every turn it is of.

        >>> table = Sayings("[одно и то же]\nутрачивать сила, прекращать действие")
        >>> [sorted(w.meanings) for w in table.named("Договор утратил силу").words]
        [[], [0], [0]]
        >>> table.named("прекращение действия").words[0].meanings
        frozenset({0})
        """
        every = terms(text)
        said = [(n, t) for n, t in enumerate(every) if not _small(t.form)]
        kept = [t for _, t in said]
        meanings: list[set[int]] = [set() for _ in kept]
        alone: list[set[int]] = [set() for _ in kept]
        idle = [False] * len(kept)
        found = [keys(t) for t in kept]
        for at in range(len(kept)):
            for turn, places in self._here(found, at):
                for k in places:
                    if turn.meaning is None:
                        idle[k] = True
                    else:
                        meanings[k].add(turn.meaning)
                        if len(turn.words) == 1:
                            alone[k].add(turn.meaning)
        return NamedThings(
            tuple(
                NamedWord(
                    t.form,
                    plainly(t),
                    frozenset(meanings[k]),
                    frozenset(alone[k]),
                    idle[k] or self._repeats(t),
                    bool(verb(t.form)),
                    bool(verb(t.form)) or _participle(t.form),
                    _joined(every, n),
                    _conditional(every, n),
                )
                for k, (n, t) in enumerate(said)
            )
        )

    def turns(self, word: NamedWord) -> Sequence[str]:
        """Return the word and the turns of its meanings."""
        return (word.form, *(turn for meaning in sorted(word.meanings) for turn in self._turns[meaning]))

    def apart(self, one: NamedWord, other: NamedWord) -> bool:
        """Say whether two words are told apart, whatever brings them near: ввоз, вывоз."""
        there = [self._apart[key] for key in _keys(other.lemmas) if key in self._apart]
        for key in _keys(one.lemmas):
            for group, place in self._apart.get(key, {}).items():
                if any(found.get(group, place) != place for found in there):
                    return True
        return False

    def _repeats(self, term: Term) -> bool:
        return _participle(term.form) and any(root in self._repeating for lemma in term.lemmas for root in roots(lemma))

    def usual(self, word: NamedWord) -> bool:
        """Say whether a word is one of every treaty: what is said beside it means it, or the clause says it too."""
        return not self._usual.isdisjoint(word.lemmas)

    def _here(self, found: Sequence[frozenset[str]], at: int) -> Iterable[tuple[_Turn, tuple[int, ...]]]:
        """Yield the turns whose first word stands here and the others near it, in whatever order, with their places."""
        for key in found[at]:
            for turn in self._begin.get(key, ()):
                places = [at]
                for wanted in turn.words[1:]:
                    near = range(max(at - _WITHIN, 0), min(at + _WITHIN + 1, len(found)))
                    place = min(
                        (n for n in near if n not in places and not wanted.isdisjoint(found[n])),
                        key=lambda n: (abs(n - at), n < at),
                        default=None,
                    )
                    if place is None:
                        break
                    places.append(place)
                else:
                    yield turn, tuple(places)

    def _add(self, part: str, meaning: int | None) -> None:
        words = tuple(plainly(t) if meaning is None else keys(t) for t in terms(part))
        turn = _Turn(words, meaning)
        for key in words[0]:
            self._begin.setdefault(key, []).append(turn)

    def _set_apart(self, group: int, parts: Sequence[str]) -> None:
        for place, part in enumerate(parts):
            for lemma in part.split("|"):
                for known in keys(terms(lemma)[0]):
                    self._apart.setdefault(known, {})[group] = place


@cache
def sayings() -> Sayings:
    """Return the table of the package, with the families of words that search knows."""
    data = files("corpus.data")
    return Sayings("\n".join(data.joinpath(f"{name}.txt").read_text("utf-8") for name in ("sayings", "synonyms")))


def plainly(term: Term) -> frozenset[str]:
    """Return the lemmas of a word, of a reflexive verb those without «ся».

    >>> sorted(plainly(terms("передаются")[0]))
    ['передавать', 'передаваться']
    """
    return frozenset((*term.lemmas, *(x[:-2] for x in term.lemmas if x.endswith(("ться", "тись")))))


@lru_cache(maxsize=100_000)
def _keys(lemmas: frozenset[str]) -> frozenset[str]:
    return lemmas | {f"{root}-" for lemma in lemmas for root in roots(lemma)}


def keys(term: Term) -> frozenset[str]:
    """Return by what a word is found in the table: its lemmas and the roots of their families."""
    return _keys(plainly(term))


def _joined(every: Sequence[Term], at: int) -> bool:
    beside = (*every[max(at - _NEAR, 0) : at], *every[at + 1 : at + 2])
    return any(t.form in _JOINS for t in beside)


def _conditional(every: Sequence[Term], at: int) -> bool:
    return any(not _CONDITIONS.isdisjoint(t.lemmas) for t in every[max(at - _FAR, 0) : at])


@lru_cache(maxsize=50_000)
def verb(form: str) -> str:
    """Return what part of speech says what is done: a finite verb, an infinitive, a short participle, «обязателен»."""
    found = readings(form)
    return found[0].pos if found and found[0].pos in _DEEDS else ""


@lru_cache(maxsize=50_000)
def _participle(form: str) -> bool:
    found = readings(form)
    return bool(found) and found[0].pos == "PRTF"


@lru_cache(maxsize=50_000)
def _small(form: str) -> bool:
    """Say whether a word names nothing: a preposition, a number (a fact of its own), one letter."""
    if len(form) < 2 or form[0].isdigit() or is_numeral(form):
        return True
    if form == _WAY:
        return False
    found = readings(form)
    return bool(found) and found[0].pos in _SMALL

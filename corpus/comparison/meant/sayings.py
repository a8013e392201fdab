"""What treaties say in several ways: what `corpus/data/sayings.txt` and the families of words bring together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from analyzers.frequencies import most_used
from analyzers.lemmas import readings
from analyzers.terms import Term, terms
from corpus.comparison.meant.kin import Kin, is_person, roots
from corpus.comparison.meant.near import Neighbours
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

_MOST = 40
"""More words than so many that another clause has not are no other way to say the same."""

_EVERYWHERE = frozenset(
    "сторона государство соглашение договор протокол настоящий каждый другой свой друг являться мочь быть право".split()
)
"""Words that make no two clauses of one matter."""

_TELLING = 2
"""A clause of fewer telling words is about nothing of its own."""

_COMMON = 400
"""So many of the commonest words of the language settle nothing by themselves. With three tenths of the table of turns
left out words called substance .38 → .34, substance called words .002 both; 900 of them .30 and .014."""


class _Section(StrEnum):
    SAME = "одно и то же"
    NOTHING = "ничего"
    REPEATS = "повторяет"
    USUAL = "обычное"
    APART = "разное"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a clause: how it is printed, its lemmas, the meanings of the turns it stands in, what it is for.

    `alone` are the meanings it has without other words; `idle` settles nothing by itself; `deed` is a verb or its participle, and `joined` stands beside «и» or «или».
    """

    form: str
    lemmas: frozenset[str]
    meanings: frozenset[int]
    alone: frozenset[int]
    idle: bool
    deed: bool
    of_verb: bool
    joined: bool


@dataclass(frozen=True, slots=True)
class NamedThings:
    """The words of a clause that name something, in order."""

    words: tuple[Word, ...]

    @property
    def names(self) -> frozenset[str]:
        """Return the meanings, and the words that have none; without what settles nothing."""
        return frozenset(
            name
            for word in self.words
            if not word.idle
            for name in (map(str, word.meanings) if word.meanings else (min(word.lemmas),))
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
        section, groups = None, 0
        for line in text.splitlines():
            bare = line.partition("#")[0].strip()
            if bare.startswith("["):
                section = _Section(bare.strip("[]"))
            elif bare:
                parts = tuple(part.strip() for part in bare.split(","))
                if section is _Section.APART:
                    groups += 1
                    self._set_apart(groups, parts)
                    continue
                if section is _Section.REPEATS:
                    self._repeating.update(root for part in parts for root in roots(part))
                    continue
                if section is _Section.USUAL:
                    self._usual.update(lemma for part in parts for t in terms(part) for lemma in plainly(t))
                    continue
                meaning = None if section is _Section.NOTHING else len(self._turns)
                if meaning is not None:
                    self._turns.append(parts)
                for part in parts:
                    self._add(part, meaning)

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
                Word(
                    t.form,
                    plainly(t),
                    frozenset(meanings[k]),
                    frozenset(alone[k]),
                    idle[k] or self._repeats(t),
                    bool(verb(t.form)),
                    bool(verb(t.form)) or _participle(t.form),
                    _joined(every, n),
                )
                for k, (n, t) in enumerate(said)
            )
        )

    def turns(self, word: Word) -> Sequence[str]:
        """Return the word and the turns of its meanings."""
        return (word.form, *(turn for meaning in sorted(word.meanings) for turn in self._turns[meaning]))

    def apart(self, one: Word, other: Word) -> bool:
        """Say whether two words are told apart, whatever brings them near: ввоз, вывоз."""
        there = [self._apart[key] for key in _keys(other.lemmas) if key in self._apart]
        for key in _keys(one.lemmas):
            for group, place in self._apart.get(key, {}).items():
                if any(found.get(group, place) != place for found in there):
                    return True
        return False

    def _repeats(self, term: Term) -> bool:
        return _participle(term.form) and any(
            root in self._repeating for lemma in term.lemmas for root in roots(lemma)
        )

    def usual(self, word: Word) -> bool:
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
    """Return the table of the package."""
    return Sayings(files("corpus.data").joinpath("sayings.txt").read_text("utf-8"))


def settle_otherwise(one: NamedThings, other: NamedThings) -> bool:
    """Say whether what two clauses name tells them apart.

    What each has beyond the other is laid side by side: words of one turn, family or use stand for each other. A verb
    left over on one side only puts it in another way, unless it is joined to one they share or stands in a condition
    of its own; so do words of every treaty. Two of them instead of each other, or anything else, settle something, and
    so do more words than a turn has.
    """
    left, right = beyond(one.words, other.words), beyond(other.words, one.words)
    table = sayings()
    if max(len(left), len(right)) > _MOST:
        return True
    left, right = _standing_alone(left, right, other), _standing_alone(right, left, one)
    if any(table.apart(mine, others) for mine in left for others in right):
        return True
    left, right = _telling(left, right), _telling(right, left)
    if left and right:
        return True
    return any(word.joined or not (word.deed or table.usual(word)) for word in (*left, *right))


def strangers(one: NamedThings, other: NamedThings) -> bool:
    """Say whether two clauses have nothing in common but words of every act: each says what the other does not touch.

    >>> told = [sayings().named(text) for text in ("Запрос подписывает министр.", "Оговорки Сторон не допускаются.")]
    >>> strangers(*told), strangers(told[0], told[0])
    (True, False)
    """
    clauses = [[w for w in c.words if _EVERYWHERE.isdisjoint(w.lemmas)] for c in (one, other)]
    if any(sum(not w.idle for w in words) < _TELLING for words in clauses):
        return False
    apart = zip(clauses, reversed(clauses), (other, one), strict=True)
    return all(len(_standing_alone(beyond(mine, others), others, clause)) == len(mine) for mine, others, clause in apart)


def beyond(mine: Sequence[Word], others: Sequence[Word]) -> list[Word]:
    """Return the words of one clause whose lemmas the other has not."""
    have = {lemma for w in others for lemma in w.lemmas}
    return [w for w in mine if have.isdisjoint(w.lemmas)]


def _standing_alone(spare: Sequence[Word], others: Sequence[Word], clause: NamedThings) -> list[Word]:
    """Return those of some words for which none of the others beyond stands by a turn or a family.

    A word joined to another of its meaning only doubles it («споры и разногласия»), a turn may be longer by words of its
    own («рабочий язык»), and a verb may come again («согласованное», «согласуют»).
    """
    beside, anywhere = _Others(others), _Others(clause.words)
    return [
        w
        for w in spare
        if not any(w.meanings & o.meanings and not sayings().apart(w, o) for o in others)
        and anywhere.meant.isdisjoint(w.meanings - w.alone)
        and not any(map((anywhere if w.of_verb else beside).kin.of, w.lemmas))
        and not (w.joined and not anywhere.alone.isdisjoint(w.alone))
    ]


class _Others:
    """What some words mean, by themselves too, and their families."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.meant = {meaning for w in words for meaning in w.meanings}
        self.alone = {meaning for w in words for meaning in w.alone}
        self.kin = Kin(lemma for w in words for lemma in w.lemmas)


def _telling(spare: Sequence[Word], others: Sequence[Word]) -> list[Word]:
    """Return those of some words that settle something and are used like none of the others beyond."""
    telling = [w for w in spare if not w.idle and not _common(w)]
    if not telling:
        return []
    table = sayings()
    near = Neighbours(turn for w in others for turn in table.turns(w))
    return [w for w in telling if not near.of(table.turns(w))]


def _common(word: Word) -> bool:
    return not _thing(word.form) and not most_used(_COMMON).isdisjoint((word.form, *word.lemmas))


def plainly(term: Term) -> frozenset[str]:
    """Return the lemmas of a word, of a reflexive verb those without «ся».

    >>> sorted(plainly(terms("передаются")[0]))
    ['передавать', 'передаваться']
    """
    return frozenset((*term.lemmas, *(x[:-2] for x in term.lemmas if x.endswith(("ться", "тись")))))


@lru_cache(maxsize=100_000)
def _keys(lemmas: frozenset[str]) -> frozenset[str]:
    return lemmas | {f"{root}-" for lemma in lemmas for root in roots(lemma) if not is_person(lemma)}


def keys(term: Term) -> frozenset[str]:
    """Return by what a word is found in the table: its lemmas and the roots of their families."""
    return _keys(plainly(term))


def _joined(every: Sequence[Term], at: int) -> bool:
    """Say whether a word stands beside «и» or «или», or behind the first word of a condition."""
    beside = (*every[max(at - _NEAR, 0) : at], *every[at + 1 : at + 2])
    return any(t.form in _JOINS for t in beside) or any(
        not _CONDITIONS.isdisjoint(t.lemmas) for t in every[max(at - _FAR, 0) : at]
    )


@lru_cache(maxsize=50_000)
def verb(form: str) -> str:
    """Return what part of speech says what is done: a finite verb, an infinitive, a short participle, «обязателен»."""
    found = readings(form)
    return found[0].pos if found and found[0].pos in _DEEDS else ""


@lru_cache(maxsize=50_000)
def _thing(form: str) -> bool:
    found = readings(form)
    return bool(found) and found[0].pos == "NOUN"


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

"""Whether two clauses say the same in other words: what each has beyond the other, laid side by side."""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from analyzers.frequencies import most_used
from analyzers.lemmas import readings
from analyzers.terms import terms
from corpus.comparison.meant.kin import Kin
from corpus.comparison.meant.near import Neighbours
from corpus.comparison.meant.sayings import NamedThings, NamedWord, sayings

_MOST = 40
"""More words than so many that another clause has not are no other way to say the same."""

_EVERYWHERE = frozenset(
    (
        *(
            "сторона",
            "государство",
            "соглашение",
            "договор",
            "протокол",
            "настоящий",
            "каждый",
            "другой",
            "свой",
            "друг",
        ),
        *("являться", "мочь", "быть", "право"),
    )
)
"""Words that make no two clauses of one matter."""

_LONG = 4
"""Letters of a word that is surely no preposition or conjunction."""

_TELLING = 2
"""A clause of fewer telling words is about nothing of its own."""

_COMMON = 400
"""So many of the commonest words of the language settle nothing by themselves. With three tenths of the table of turns
left out words called substance .38 → .34, substance called words .002 both; 900 of them .30 and .014."""


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
    return any(
        word.joined or not (table.usual(word) or (word.deed and not word.conditional)) for word in (*left, *right)
    )


def share_a_word(left: str, right: str) -> bool:
    """Say whether two texts have a word in common that is none of every act: then they are no strangers."""
    here, there = ({t.lemmas[0] for t in terms(text) if len(t.form) >= _LONG} for text in (left, right))
    return not (here & there) <= _EVERYWHERE


def strangers(one: NamedThings, other: NamedThings) -> bool:
    """Say whether two clauses have nothing in common but words of every act: each says what the other does not touch.

    >>> told = [sayings().named(text) for text in ("Запрос подписывает министр.", "Расходы на лечение несет фонд.")]
    >>> strangers(*told), strangers(told[0], told[0])
    (True, False)
    """
    mine, others = ([w for w in c.words if _EVERYWHERE.isdisjoint(w.lemmas)] for c in (one, other))
    if any(sum(not w.idle for w in words) < _TELLING for words in (mine, others)):
        return False
    if len(beyond(mine, others)) < len(mine):
        return False
    return len(_standing_alone(mine, others, other)) == len(mine)


def beyond(mine: Sequence[NamedWord], others: Sequence[NamedWord]) -> list[NamedWord]:
    """Return the words of one clause whose lemmas the other has not."""
    have = {lemma for w in others for lemma in w.lemmas}
    return [w for w in mine if have.isdisjoint(w.lemmas)]


def _standing_alone(spare: Sequence[NamedWord], others: Sequence[NamedWord], clause: NamedThings) -> list[NamedWord]:
    """Return those of some words for which none of the others beyond stands by a turn or a family.

    A word joined to another of its meaning only doubles it («споры и разногласия»), a turn may be longer by words of
    its own («рабочий язык»), and a verb may come again («согласованное», «согласуют»).
    """
    beside, anywhere = _Others(others), _Others(clause.words)
    return [
        w
        for w in spare
        if not any(not sayings().apart(w, o) for o in beside.meaning(w))
        and anywhere.meant.isdisjoint(w.meanings - w.alone)
        and not any(map((anywhere if w.of_verb else beside).kin.of, w.lemmas))
        and not (w.joined and not anywhere.alone.isdisjoint(w.alone))
    ]


class _Others:
    """What some words mean, by themselves too, and their families."""

    def __init__(self, words: Sequence[NamedWord]) -> None:
        self._by_meaning: dict[int, dict[frozenset[str], NamedWord]] = {}
        for word in words:
            for meaning in word.meanings:
                self._by_meaning.setdefault(meaning, {})[word.lemmas] = word
        self.meant = self._by_meaning.keys()
        self.alone = {meaning for w in words for meaning in w.alone}
        self._words = words

    @cached_property
    def kin(self) -> Kin:
        """Return the families of the words."""
        return Kin(lemma for w in self._words for lemma in w.lemmas)

    def meaning(self, word: NamedWord) -> Iterator[NamedWord]:
        """Yield the words that share a meaning with this one, each of its lemmas once a meaning."""
        return (other for meaning in word.meanings for other in self._by_meaning.get(meaning, {}).values())


def _telling(spare: Sequence[NamedWord], others: Sequence[NamedWord]) -> list[NamedWord]:
    """Return those of some words that settle something and are used like none of the others beyond."""
    telling = [w for w in spare if not w.idle and not _common(w)]
    if not telling:
        return []
    table = sayings()
    near = Neighbours(turn for w in others for turn in table.turns(w))
    return [w for w in telling if not near.of(table.turns(w))]


def _common(word: NamedWord) -> bool:
    return not _thing(word.form) and not most_used(_COMMON).isdisjoint((word.form, *word.lemmas))


@lru_cache(maxsize=50_000)
def _thing(form: str) -> bool:
    found = readings(form)
    return bool(found) and found[0].pos == "NOUN"

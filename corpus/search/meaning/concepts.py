"""What the words of a query mean: each with its alternatives, and turns of speech that several words make together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzers.lemmas import lemmas as lemmas_of
from analyzers.spans import Span
from corpus.search.answers import Means, SearchOptions
from corpus.search.meaning.thesaurus import Member, Rule, Saying, Thesaurus

WEIGHTS = {Means.DERIVATION: 0.8, Means.SYNONYM: 0.55, Means.PLAIN: 0.7, Means.TOPIC: 0.7, Means.VECTOR: 0.3}
"""How much an alternative counts beside the word itself."""

SECOND_HOP = 0.8
"""For an alternative of a kindred word rather than of the word itself."""

PARTED = 0.6
"""For the parts of a hyphenated word standing by themselves."""

REACH = 3
"""Words that may stand between those of a turn of speech in a query."""

MOST = 40
"""Alternatives of a word or turn that are kept, the weightiest first."""

_OR = {"или", "либо", "и/или"}

Kin = Callable[[str], Sequence[str]]
"""Gives the lemmas of the library that are kin to a lemma."""


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of the query; an idle one searches nothing by itself, a common one stands in every treaty."""

    text: str
    form: str
    lemmas: Member
    span: Span
    idle: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to say a concept; `means` is None for the word itself."""

    text: str
    members: tuple[Member, ...]
    means: Means | None
    weight: float


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of the query (or several joined by «или»), or a turn of speech they make, with all ways to say it.

    Without words it is what the query as a whole is about: it adds to what the words tell.
    """

    words: tuple[int, ...]
    choices: tuple[Choice, ...]
    turn: bool = False


def concepts(
    words: Sequence[QueryWord], thesaurus: Thesaurus, options: SearchOptions, kin: Kin = lambda _: ()
) -> tuple[Concept, ...]:
    """Read the words: one concept for each that searches, then one for each turn of speech among them."""
    busy = [i for i, word in enumerate(words) if not word.idle] or list(range(len(words)))
    families = [_family(word, thesaurus, options, kin) for word in words]
    found = [
        Concept(group, _best(_merged(_choices(words[i], families[i], thesaurus, options) for i in group).values()))
        for group in _joined(busy, words)
    ]
    holders = _holders(words, families)
    turns: dict[tuple[int, ...], dict[tuple[Member, ...], Choice]] = {}
    for i in range(len(words)):
        for rule, hop in _rules(words[i], families[i], thesaurus, options):
            if len(rule.said.members) < 2:
                continue
            for place in _places(rule.said, i, holders):
                _add(turns.setdefault(place, {}), _alternatives(rule, hop, options))
    made = [Concept(place, _best(choices.values()), turn=True) for place, choices in sorted(turns.items())]
    return (*found, *made)


def _joined(busy: Sequence[int], words: Sequence[QueryWord]) -> Iterator[tuple[int, ...]]:
    """Yield the indices of searching words, those with «или» between them together."""
    group: tuple[int, ...] = ()
    for i in busy:
        between = [word.form for word in words[group[-1] + 1 : i]] if group else []
        if group and between and all(form in _OR for form in between):
            group = (*group, i)
        else:
            if group:
                yield group
            group = (i,)
    if group:
        yield group


def _merged(several: Iterable[Sequence[Choice]]) -> dict[tuple[Member, ...], Choice]:
    found: dict[tuple[Member, ...], Choice] = {}
    for choices in several:
        _add(found, choices)
    return found


def _family(word: QueryWord, thesaurus: Thesaurus, options: SearchOptions, kin: Kin) -> tuple[str, ...]:
    """Return the lemmas of kindred words, by the data file and by stem."""
    if not options.derivations or word.idle:
        return ()
    found = dict.fromkeys(
        lemma
        for rule in thesaurus.rules(word.lemmas)
        if rule.means is Means.DERIVATION and len(rule.said.members) == 1
        for other in rule.others
        if len(other.members) == 1
        for lemma in other.members[0][:1]
    )
    for lemma in word.lemmas:
        found.update(dict.fromkeys(k for k in kin(lemma) if not thesaurus.strange(lemma, k)))
    return tuple(lemma for lemma in found if lemma not in word.lemmas)


def _choices(
    word: QueryWord, family: Sequence[str], thesaurus: Thesaurus, options: SearchOptions
) -> tuple[Choice, ...]:
    found: dict[tuple[Member, ...], Choice] = {(word.lemmas,): Choice(word.text, (word.lemmas,), None, 1.0)}
    _add(found, (Choice(k, ((k,),), Means.DERIVATION, WEIGHTS[Means.DERIVATION]) for k in family))
    if "-" in word.form and options.derivations:
        parts = tuple(lemmas_of(part) for part in word.form.split("-") if len(part) > 3)
        _add(found, [Choice(word.form.replace("-", " "), parts, Means.DERIVATION, PARTED)] if len(parts) > 1 else [])
    if not word.idle:
        for rule, hop in _rules(word, family, thesaurus, options):
            if len(rule.said.members) == 1:
                _add(found, _alternatives(rule, hop, options))
    return _best(found.values())


def _rules(
    word: QueryWord, family: Sequence[str], thesaurus: Thesaurus, options: SearchOptions
) -> Iterator[tuple[Rule, float]]:
    """Yield the rules that begin with the word or its kin, and how much they count."""
    further = tuple(k for lemma in word.lemmas for k in thesaurus.kin(lemma)) if options.derivations else ()
    for lemmas, hop in ((word.lemmas, 1.0), (tuple(dict.fromkeys((*family, *further))), SECOND_HOP)):
        for rule in thesaurus.rules(lemmas):
            if _is_wanted(rule.means, options) and not (hop < 1 and rule.means is Means.DERIVATION):
                yield rule, hop


def _is_wanted(means: Means, options: SearchOptions) -> bool:
    if means is Means.TOPIC:
        return options.topics
    return options.derivations if means is Means.DERIVATION else options.synonyms


def _alternatives(rule: Rule, hop: float, options: SearchOptions) -> Iterator[Choice]:
    for other in rule.others:
        broad = options.derivations and rule.means is not Means.DERIVATION and other.broad
        members = other.broad if broad else other.members
        yield Choice(other.text, members, rule.means, WEIGHTS[rule.means] * hop)


def _holders(words: Sequence[QueryWord], families: Sequence[Sequence[str]]) -> Mapping[str, Sequence[int]]:
    """Return the indices of the words that have each lemma, their own or of a kindred word, in order."""
    out: dict[str, list[int]] = {}
    for i, (word, family) in enumerate(zip(words, families, strict=True)):
        for lemma in dict.fromkeys((*word.lemmas, *family)):
            out.setdefault(lemma, []).append(i)
    return out


def _places(said: Saying, first: int, holders: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """Yield the indices of query words that make the saying, in any order, close together."""
    taken = [first]
    for member in said.members[1:]:
        free = (next((i for i in holders.get(m, ()) if i not in taken), None) for m in member)
        found = min((i for i in free if i is not None), default=None)
        if found is None:
            return
        taken.append(found)
    place = tuple(sorted(taken))
    if all(b - a <= REACH for a, b in pairwise(place)):
        yield place


def _add(found: dict[tuple[Member, ...], Choice], more: Iterable[Choice]) -> None:
    for choice in more:
        if choice.members not in found or found[choice.members].weight < choice.weight:
            found[choice.members] = choice


def _best(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda c: -c.weight)[:MOST])

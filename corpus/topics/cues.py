"""The small language of topic cues: groups of words that must meet in one sentence (told in data/topics.toml)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analyzers.lemmas import folded, lemmas
from corpus.clauses.units import Sentence
from corpus.errors import InputError

STRENGTH = 0.9
PREFIX_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Words:
    """An alternative of a group: words side by side; a word is a set of lemmas, or a beginning."""

    parts: tuple[frozenset[str] | str, ...]


@dataclass(frozen=True, slots=True)
class CueGroup:
    """At least one alternative must stand in the sentence; none of them when `absent`."""

    alternatives: tuple[Words, ...]
    absent: bool
    lead: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as written, its groups and its strength (0 to 1)."""

    text: str
    groups: tuple[CueGroup, ...]
    strength: float


class Indexed:
    """A sentence made ready for cues: where each lemma stands, and the beginnings of its lemmas."""

    __slots__ = ("beginnings", "positions", "sentence")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.positions: dict[str, list[int]] = {}
        for place, term in enumerate(sentence.terms):
            for lemma in term.lemmas:
                self.positions.setdefault(lemma, []).append(place)
        self.beginnings: dict[str, list[str]] = {}
        for lemma in self.positions:
            self.beginnings.setdefault(lemma[:PREFIX_LETTERS], []).append(lemma)

    def places(self, part: frozenset[str] | str) -> set[int]:
        """Return the positions where a word of a cue stands."""
        if isinstance(part, str):
            begun = self.beginnings.get(part[:PREFIX_LETTERS], ())
            return {p for lemma in begun if lemma.startswith(part) for p in self.positions[lemma]}
        found = self.positions.keys() & part
        return {p for lemma in found for p in self.positions[lemma]}

    def find(self, words: Words) -> list[int] | None:
        """Return the positions of one occurrence of an alternative."""
        starts = self.places(words.parts[0])
        for offset, part in enumerate(words.parts[1:], 1):
            if not starts:
                return None
            starts &= {p - offset for p in self.places(part)}
        if not starts:
            return None
        start = min(starts)
        return list(range(start, start + len(words.parts)))


@cache
def _part(word: str) -> frozenset[str] | str:
    if word.endswith("*"):
        if len(word) <= PREFIX_LETTERS:
            raise InputError(f"Признак темы «{word}»: до звёздочки нужно не меньше {PREFIX_LETTERS} букв.")
        return folded(word[:-1])
    return frozenset(lemmas(folded(word)))


def spelled(text: str, classes: Mapping[str, str]) -> str:
    """Put the words of the classes a cue names in their places; raise InputError for an unknown class.

    >>> spelled("отказ $запрос|мольба", {"запрос": "запрос|обращение"})
    'отказ запрос|обращение|мольба'
    """

    def words(match: re.Match[str]) -> str:
        if match[1] not in classes:
            raise InputError(f"Признак темы «{text}»: нет класса слов «{match[1]}».")
        return classes[match[1]]

    return re.sub(r"\$([^\W\d_-]++)", words, text)


def compiled(text: str) -> Cue:
    """Read a cue; raise InputError when it cannot be read.

    >>> cue = compiled("вступать_в_сила день|дата !изменение @0.8")
    >>> len(cue.groups), cue.strength
    (3, 0.8)
    """
    strength, groups = STRENGTH, []
    for token in text.split():
        if token.startswith("@"):
            if not re.fullmatch(r"@(0?\.\d++|1(\.0)?)", token):
                raise InputError(f"Признак темы «{text}»: сила {token} должна быть от 0 до 1.")
            strength = float(token[1:])
            continue
        absent = token.startswith("!") and len(token) > 1
        options = [x for x in token[absent:].split("|") if x]
        words = tuple(Words(tuple(_part(w) for w in x.split("_") if w)) for x in options if x != ":")
        groups.append(CueGroup(words, absent, ":" in options))
    if not any(not g.absent and g.alternatives for g in groups):
        raise InputError(f"Признак темы «{text}»: нужно хотя бы одно слово, которое должно встретиться.")
    # Forbidden words last: they are the rarest to decide.
    return Cue(text, tuple(sorted(groups, key=lambda g: g.absent)), strength)


def matched(cue: Cue, indexed: Indexed) -> list[int] | None:
    """Return the positions of the words that answer a cue, None when the sentence does not."""
    places: list[int] = []
    for group in cue.groups:
        if group.lead and indexed.sentence.lead:
            if group.absent:
                return None
            continue
        found = next((hit for words in group.alternatives if (hit := indexed.find(words)) is not None), None)
        if group.absent:
            if found is not None:
                return None
        elif found is None:
            return None
        else:
            places += found
    return sorted(set(places))


def triggers(cue: Cue) -> frozenset[str]:
    """Return lemmas and beginnings («отка*») one of which a sentence must have for the cue to be tried."""
    group = min(
        (g for g in cue.groups if not g.absent and g.alternatives and not g.lead),
        key=lambda g: sum(len(w.parts[-1]) if isinstance(w.parts[-1], frozenset) else 3 for w in g.alternatives),
        default=None,
    )
    if group is None:
        group = next(g for g in cue.groups if not g.absent and g.alternatives)
        return frozenset()
    keys: set[str] = set()
    for words in group.alternatives:
        part = max(words.parts, key=lambda p: len(p) if isinstance(p, str) else max(map(len, p)))
        keys |= {part[:PREFIX_LETTERS] + "*"} if isinstance(part, str) else part
    return frozenset(keys)


def words_of(indexed: Indexed, places: list[int], own_texts: Mapping[str, str]) -> str:
    """Return the words that answered a cue, as printed, with an ellipsis where others stand between them."""
    out, last = "", None
    text = own_texts[indexed.sentence.eid]
    for place in places:
        term = indexed.sentence.terms[place]
        out += ("" if last is None else " " if place == last + 1 else " … ") + text[term.start : term.end]
        last = place
    return out

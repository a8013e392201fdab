"""Names that a text gives to acts: «(далее – Соглашение о поездках)», and where they stand after it in any case."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from analyzers.spans import Span
from corpus.citations.parsed import Named, Reach
from corpus.citations.read.numbers import Text
from corpus.citations.read.type_words import lemma_of
from corpus.lexicon.declension import nominative

Defined = dict[str, Named]
"""Acts by the key of the name they were given."""

_ASIDE = r"(?:\s*+\((?!(?:в\s++)?(?:дал|дальн))[^()]{1,80}\))?"
"""«(Тбилиси)» between an act and its definition."""
_DEFINED = re.compile(
    rf"(?<!\s){_ASIDE}\s*+\(\s*+(?:в\s++дальнейшем|далее)\s*+(?:по\s++тексту|имену\w++|соответственно|также)?+"
    r"[\s,]*+[-–—:]?+\s*+[«\"“]?+(?P<name>[^()«»\"“”]{2,120}+(?:«[^()«»]{2,120}+»)?+)[»\"”]?+\s*+\)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"\s*+\(\s*+[«\"“]?+(?P<name>(?:[А-ЯЁ][а-яё-]{2,40}(?:ое|ая|ий|ый)\s)?[А-ЯЁа-яё]{5,16}+(?:\s(?:19|20)\d\d(?:\sгода)?+)?+|[А-ЯЁ]{2,8}+)"
    r"[»\"”]?+\s*+\)"
)
"""A name in brackets alone: «(Кирсановский протокол)», «(СМГС)»."""
_LATER_DEFINED = re.compile(
    r"\s*+,\s*+(?:именуем\w++\s++(?:в\s++дальнейшем|далее)\s++|далее\s*+[-–—:]?\s*+)[«\"“](?P<name>[^«»\"“”]{2,80})[»\"”]"
)
_NO_ACTS = re.compile(r"сторон|государств|участник|запрос|комисси|комитет|орган")
"""What definitions behind an act's name give a name to besides acts."""
_ADJECTIVAL = re.compile(r"(?:ый|ий|ой|ое|ее|ая|яя|ые)$")
_SMALL = frozenset({"об", "обо", "по", "на", "из", "от", "со", "во", "ко", "для", "при", "между"})
_ENDING = re.compile(r"[аеиоуыэюяьй]$")


def define(src: Text, names: Sequence[Named], defined: Defined) -> frozenset[int]:
    """Remember names introduced by «(далее – Соглашение)»; return where the acts so named begin."""
    given = set()
    for named in names:
        match = _DEFINED.match(src.text, named.span.end) or _LATER_DEFINED.match(src.text, named.span.end)
        if match is None and named.inside is not None:
            match = _DEFINED.match(src.text, named.inside.span.end)
        if match is None and named.inside is None:
            match = _DEFINED.search(src.text, named.span.start, named.span.end)
        if match is None and not named.bare:
            match = _bracketed(src, named)
        if match is not None:
            _remember(match["name"], named, defined)
            given.add(named.span.start)
    return frozenset(given)


def _bracketed(src: Text, named: Named) -> re.Match[str] | None:
    """Read a name given in brackets without «далее»: of the same type word, or the initials of the act's name."""
    match = _BRACKETED.match(src.text, named.span.end)
    if match is None:
        return None
    name = match["name"]
    if name.isupper():
        initials = iter(w[0] for w in re.findall(r"[а-яё]{2,}", named.title.lower()) if w not in _SMALL)
        return match if len(name) > 2 and all(c in initials for c in name.lower()) else None
    return match if any(lemma_of(w) == named.lemma for w in name.split()) else None


def _remember(name: str, named: Named, defined: Defined) -> None:
    name = " ".join(name.split())
    words = name.split()
    lemma = lemma_of(words[-1]) or lemma_of(words[0])
    if lemma is None and (not (name[0].isupper() or name[0].isdigit()) or _NO_ACTS.match(name.lower())):
        return
    within = named.inside if named.inside and lemma == named.inside.lemma != named.lemma else named
    defined[key(name)] = replace(within, bare=False) if within.reach is Reach.NAMED else within


def key(name: str) -> str:
    """Return the key a defined name is remembered under.

    >>> key("Дополнительного  протокола") == key("Дополнительный протокол"), key("СГ")
    (True, 'СГ')
    """
    name = " ".join(name.split()).replace("ё", "е").replace("Ё", "Е")
    return name if name.isupper() else nominative(name.lower())


def standing(src: Text, defined: Defined, names: Sequence[Named], given: frozenset[int]) -> list[Named]:
    """Return the names of a text with the defined ones put in.

    An act with its own date, title in quotes, or approval stays itself, and so does one that begins at a place of
    `given`, where it gets its name.
    """
    own = [n for n in names if _is_itself(n) or n.reach is not Reach.NAMED or n.span.start in given]
    taken, at = [], 0
    for one in _occurrences(src, defined) if defined else ():
        while at < len(own) and own[at].span.end <= one.span.start:
            at += 1
        other = own[at] if at < len(own) and own[at].span.start < one.span.end else None
        told = one if other is None else _rather(one, other)
        taken += [told] if told else []
    kept = [n for n in names if not _covered(n, taken)] if taken else list(names)
    return sorted([*kept, *taken], key=lambda n: n.span.start)


def _is_itself(named: Named) -> bool:
    """Say whether a name tells one act from others by more than its type word and subject."""
    return bool(named.date or named.number or named.inside or named.approved_by or "«" in named.title)


def _rather(one: Named, other: Named) -> Named | None:
    """Return a defined name where it stands over another: it tells more than a pointing word that ends before it.

    «указанного выше Соглашения ведомств».
    """
    if other.reach is Reach.NAMED:
        return None if other.span.end > one.span.end else one
    longer = one.span.end > other.span.end
    return replace(one, span=Span(min(one.span.start, other.span.start), one.span.end)) if longer else None


def _covered(named: Named, taken: Sequence[Named]) -> bool:
    """Say whether a name begins inside a defined one."""
    at = bisect_right(taken, named.span.start, key=lambda n: n.span.start) - 1
    return at >= 0 and taken[at].span.end > named.span.start


def _occurrences(src: Text, defined: Defined) -> Iterator[Named]:
    names = tuple(sorted(defined, key=len, reverse=True))
    for match in _pattern(names).finditer(src.low):
        name = names[int((match.lastgroup or "_0")[1:])]
        printed = src.text[slice(*match.span())]
        if name.isupper() and not printed.isupper():
            continue
        if " " not in name and not printed[0].isupper() and lemma_of(name) is None:
            continue
        act = defined[name]
        start = match.start()
        yield Named(Span(start, match.end()), act.lemma, name, bare=True)


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    forms = "|".join(f"(?P<_{i}>{_forms(name)})" for i, name in enumerate(names))
    return re.compile(rf"(?<![а-яa-z0-9-])(?:{forms})(?![а-яa-z0-9-])")


def _forms(name: str) -> str:
    """Write a pattern of a name in any case: adjectives and the noun they stand before change, the rest does not."""
    if name.isupper():
        return re.escape(name.lower())
    words = name.split()
    out: list[str] = []
    for i, word in enumerate(words):
        if _ADJECTIVAL.search(word) and i + 1 < len(words):
            out.append(re.escape(_ADJECTIVAL.sub("", word)) + "[а-я]{1,3}")
            continue
        out.append(re.escape(_ENDING.sub("", word)) + "[а-я]{0,3}")
        out += [re.escape(w) for w in words[i + 1 :]]
        break
    return r"\s++".join(out)

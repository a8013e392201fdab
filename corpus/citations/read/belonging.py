"""Which act a group of places belongs to: the one named behind it, before it, in its sentence, or «там же»."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from analyzers.spans import Span
from corpus.citations.parsed import Citation, Named, Reach
from corpus.citations.read import grammar as g
from corpus.citations.read.groups import PlaceGroup
from corpus.citations.read.names import (
    abbreviation_at,
    approved_at,
    by_subject,
    code_at,
    described,
    in_genitive,
    in_instrumental,
    in_nominative,
)
from corpus.citations.read.numbers import Text
from corpus.citations.read.tails import BY_ACT

_LINKS = re.compile(r"\s*+(?:,\s*+)?(?:[«\"“][^«»\"“”]{3,300}[»\"”]\s*+)?")
_DESCRIBED = re.compile(r"\s++(?:(?>[а-яё-]{3,40}(?:ого|его|ой|ей))\s++){1,3}")
"""«ст. 5 двустороннего Соглашения»: what the writer says of an act between a place and its name."""
_TO = re.compile(r"\s++(?:к|ко)\s++")
_OPENS = re.compile(r"\s{0,64}+\(\s{0,64}+$")
_THERE = re.compile(r"\s++там\s++же(?![а-яё-])")
"""«абз. 3 там же»: in the act last cited, around the place last cited."""
_REACH = 200
"""Characters between an act mentioned and a place of it."""
_SENTENCE = re.compile(r"[.!?;](?=\s[\s]{0,8}+[А-ЯЁ«\"(\[–—-])|\n(?=[^\S\n]{0,8}+(?:\n|[-–—•]|\d{1,3}[.)]))")
_NO_END = re.compile(r"(?:^|[\s(.«])(?:ст|п|пп|подп|абз|ч|гл|разд|прил|прим|г|гг|см|ср|лит|[а-яёА-ЯЁ])$")


def placed(src: Text, groups: Sequence[PlaceGroup], names: Sequence[Named], *, foreign: bool) -> Iterator[Citation]:
    """Give groups the instruments named after them, or before them with the group in brackets.

    In somebody's own text (`foreign`) an act mentioned before a place in its sentence is meant too.
    """
    starts, ends = {n.span.start: n for n in names}, {n.span.end: n for n in names}
    for i, group in enumerate(groups):
        named, span = _of(src, group, starts, ends)
        if named is None and span == group.span and foreign:
            named = _mentioned(src, group, names, groups[i - 1].span.end if i else 0)
        if named is not None or not group.weak:
            yield Citation(span, group.places, named, group.unread)


def _of(
    src: Text, group: PlaceGroup, starts: Mapping[int, Named], ends: Mapping[int, Named]
) -> tuple[Named | None, Span]:
    """Return the act a group belongs to by what stands around it, and the span of both."""
    if named := _after(src, group, starts):
        # «п. 2 трудового соглашения»: what kind of act it is, and no act's name.
        kind = named.bare and src.text[named.span.start].islower() and named.span.start not in starts
        return named, group.span if kind else Span(group.span.start, named.span.end)
    if behind := _THERE.match(src.low, group.span.end):
        return None, Span(group.span.start, behind.end())
    return _ahead(src, group, ends), group.span


def _ahead(src: Text, group: PlaceGroup, ends: Mapping[int, Named]) -> Named | None:
    """Return the act named right before a group in brackets."""
    opening = _OPENS.search(src.text[max(0, group.span.start - 4) : group.span.start])
    named = ends.get(group.span.start - len(opening[0])) if opening else None
    small = named and named.bare and named.reach is Reach.NAMED and not src.text[named.span.start].isupper()
    return None if small else named


def _mentioned(src: Text, group: PlaceGroup, names: Sequence[Named], after: int) -> Named | None:
    """Return the act mentioned alone between the citation before and a group, in the group's sentence."""
    last = bisect_left(names, group.span.start, key=lambda n: n.span.start) - 1
    named = names[last] if last >= 0 else None
    if named is None or named.span.start < after or not named.bare or named.reach is Reach.THIS:
        return None
    printed = src.text[named.span.start]
    if group.span.start - named.span.end > _REACH or not (printed.isupper() or named.reach is Reach.SAME):
        return None
    between = src.text[named.span.end : group.span.start]
    ends = (m for m in _SENTENCE.finditer(between) if m[0] != "." or not _NO_END.search(between[: m.start()][-8:]))
    return None if next(ends, None) else named


def _after(src: Text, group: PlaceGroup, starts: Mapping[int, Named]) -> Named | None:
    """Return the act named behind a group of places; what put that act into force stands before it, or after."""
    if approved := approved_at(src, group.span.end):
        return approved
    for end in _beginnings(src, group):
        between = src.low[group.span.end : end].strip()
        named = starts.get(end) or code_at(src, end) or (None if between else abbreviation_at(src, end))
        if named is None or (between == "." and not in_genitive(src, named)):
            continue
        if BY_ACT.match(src.low, group.span.end) and in_instrumental(src, named):
            return None
        if not (between == "," and _apart(src, group, named)):
            told, start = by_subject(src, named), src.low.find(between, group.span.end)
            return described(src, told, start) if between.endswith(("го", "ой", "ей")) else told
    return None


def _apart(src: Text, group: PlaceGroup, named: Named) -> bool:
    """Say whether a comma parts a place from a type word; «…, пункт 1, Соглашения» closes what it opened."""
    if named.reach is not Reach.NAMED:
        return False
    if not named.bare:
        # «Соглашение от … – статьи 4 и 5, Соглашение от … – статья 6»: a name in the nominative begins anew.
        return not in_genitive(src, named) and in_nominative(src, named)
    return "," not in src.low[slice(*group.span)] or not in_genitive(src, named)


def _beginnings(src: Text, group: PlaceGroup) -> Iterator[int]:
    """Yield where the name of an act may begin behind a group, the likeliest place first."""
    at = group.span.end
    if group.to and (to := _TO.match(src.low, at)):
        yield to.end()
    link = _LINKS.match(src.text, at)
    yield link.end() if link else at
    if gloss := g.GLOSS.match(src.low, at):
        ahead = src.low[gloss.end() : gloss.end() + 3]
        yield gloss.end() + len(ahead) - len(ahead.lstrip())
    if aside := g.ASIDE.match(src.low, at):
        yield aside.end()
    if src.low.startswith(". ", at):
        yield at + 2
    if described := _DESCRIBED.match(src.low, at):
        yield described.end()

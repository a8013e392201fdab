"""Read places: «подпункты «а» и «б» пункта 2 и пункт 3 статьи 5» → chains of units (rules in `grammar`)."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from analyzers.spans import Span
from corpus import eid as eids
from corpus.citations.parsed import CitedPlace, CitedUnit, Pointing
from corpus.citations.read import grammar as g
from corpus.citations.read.chains import Chain, Element, spread
from corpus.citations.read.numbers import Number, Text, from_end, its_own, letters, number, through
from corpus.lexicon.numerals import ordinal
from corpus.model import Kind

_LONGEST_CHAIN = 16
"""Units one inside another; no act is so deep, and each is written with all that hold it."""
_MOST_PLACES = 300
_ONWARD = re.compile(r"(?<![а-яё])начиная(?=\sсо?\s$)")
"""«Начиная со статьи 8»: what follows it is not read."""
_OF_IT = re.compile(r"(?<![а-яё])(?:его|ее|их)\s$")
_DEEPEST = 3
"""Brackets inside brackets after a number: «статьи 1 (часть 2 (пункт 3))»."""


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Coordinated places that share an instrument; `weak` needs a named instrument to be a citation at all."""

    span: Span
    places: tuple[CitedPlace, ...]
    weak: bool = False
    to: bool = False
    """The group ends in an attachment or note, so that «к Соглашению» may follow."""
    unread: tuple[Span, ...] = ()


@dataclass(slots=True)
class Reader:
    """Reads groups of places in one text."""

    src: Text
    memo: dict[int, Element | None] = field(default_factory=dict)
    depth: int = 0
    unread: list[Span] = field(default_factory=list)
    alone: bool = False
    """«Второй абзац» with nothing around it is a place."""

    def group(self, at: int) -> PlaceGroup | None:
        """Read coordinated chains that begin at a place."""
        first = self.chain(at)
        if first is None:
            return None
        chains = [first]
        while following := self._next_chain(chains[-1].end):
            chains.append(following)
        if not (self.alone or _OF_IT.search(self.src.low[max(0, at - 5) : at])) and all(
            c.elements[0].leading and len(c.elements) == 1 for c in chains
        ):
            return None
        places = tuple(dict.fromkeys(itertools.islice(spread(chains), _MOST_PLACES)))
        if not places:
            return None
        tops = {c.outermost.kind for c in chains}
        weak = len(chains) == 1 and len(first.elements) == 1 and not first.elements[0].numbers
        weak = weak and first.elements[0].pointing is Pointing.NONE
        to = bool(tops & {Kind.ATTACHMENT, Kind.NOTE, Kind.PREAMBLE})
        end = self._going_on(first, chains[-1].end)
        unread = tuple(dict.fromkeys(s for s in self.unread if at <= s.start < end))
        if onward := _ONWARD.search(self.src.low, max(0, at - 16), at):
            unread = (Span(*onward.span()), *unread)
        return PlaceGroup(Span(at, end), places, weak, to, unread)

    def _going_on(self, first: Chain, end: int) -> int:
        """Note what goes on behind the places and is not read: «и след.», «первого»; return where it ends."""
        more = g.AND_FOLLOWING.match(self.src.low, end) or g.OF_SEVERAL.match(self.src.low, end)
        if more is None or first.elements[0].leading:
            return end
        self.unread.append(Span(*more.span("unread")))
        return more.end()

    def _next_chain(self, at: int) -> Chain | None:
        separator = g.SEPARATOR.match(self.src.low, at)
        if separator is None:
            return None
        start = separator.end()
        if preposition := g.PREPOSITION.match(self.src.low, start):
            return self.chain(preposition.end()) or self.chain(start)
        return self.chain(start)

    def chain(self, at: int) -> Chain | None:
        """Read one chain: ascending by genitives, descending after an article («ст. 5, п. 2»)."""
        element = self.element(at)
        if element is None:
            return None
        chain = Chain([element], element.end)
        while len(chain.elements) < _LONGEST_CHAIN and (self._outward(chain) or self._inward(chain)):
            pass
        return chain

    def _outward(self, chain: Chain) -> bool:
        last = chain.outermost
        at = self._outer_from(chain.end)
        if last.numbers and (gloss := g.GLOSS.match(self.src.low, chain.end)):
            at = self._skip(gloss.end())
        to = last.kind in (Kind.NOTE, Kind.ATTACHMENT) and self.src.low.startswith("к ", at)
        found = self.element(self._skip(at + 2) if to else at)
        if found is None or found.leading or not (to or self._holds(found, last)):
            return False
        chain.elements.append(found)
        chain.end = found.end
        return True

    def _outer_from(self, end: int) -> int:
        """Return where the unit may begin that holds a chain: «ч. 1.1. ст. 4», «пункт 2 его статьи 8»."""
        stop = self.src.low.startswith(".", end) and self.src.low[end - 1].isdigit()
        at = self._skip(end + 1) if stop else end
        if stop and at > end + 1 and not self.src.text[at : at + 1].islower():
            return self._skip(end)
        own = g.OWN.match(self.src.low, end)
        return own.end() if own else self._skip(at)

    def _holds(self, outer: Element, inner: Element) -> bool:
        """Say whether `outer`, standing right after `inner`, is the unit that holds it."""
        if outer.pointing or outer.kind in (Kind.PREAMBLE, Kind.CONCLUSIONS):
            return True
        rising = g.RANK[outer.kind] > g.RANK[inner.kind]
        if not g.GENITIVE.search(outer.word):
            return False
        if inner.kind is Kind.ARTICLE and not rising:
            return False
        if rising or not outer.word.endswith(".") or (inner.kind is Kind.PART and outer.kind is Kind.PARAGRAPH):
            return True
        following = self.element(self._skip(outer.end))
        if inner.kind is outer.kind and inner.numbers and outer.numbers:
            dotted = inner.numbers[0].value.startswith(f"{outer.numbers[-1].value}-")
            return dotted or (following is not None and g.RANK[following.kind] > g.RANK[outer.kind])
        return following is not None and following.kind is Kind.ARTICLE

    def _inward(self, chain: Chain) -> bool:
        head = chain.elements[0]
        held = g.RANK[chain.outermost.kind] < g.RANK[Kind.PARAGRAPH]
        if (held and not self.depth) or (head.pointing and not head.numbers):
            return False
        at = self._skip(chain.end)
        comma = self.src.low.startswith(",", at) or (
            at == chain.end and self.src.low.startswith(".", at) and not self.src.low[at + 1 : at + 2].isspace()
        )
        found = self.element(self._skip(at + 1) if comma else at)
        if found is None or found.leading or found.pointing or g.RANK[found.kind] >= g.RANK[head.kind]:
            return False
        if comma:
            beyond = self.element(self._skip(found.end))
            if beyond is not None and self._holds(beyond, found):
                return False
        chain.elements.insert(0, found)
        chain.end = found.end
        return True

    def _skip(self, at: int) -> int:
        while at < len(self.src.low) and self.src.low[at].isspace():
            at += 1
        return at

    def element(self, at: int) -> Element | None:
        """Read one element at a place."""
        if at not in self.memo:
            self.memo[at] = self._element(at)
        return self.memo[at]

    def _element(self, at: int) -> Element | None:
        low = self.src.low
        if match := g.ELEMENT.match(low, at):
            found = self._numbered(match)
            if found:
                return found
        if match := g.FRAME.match(low, at):
            kind = Kind.PREAMBLE if match["preamble"] else Kind.CONCLUSIONS
            again = g.SAME_NUMBER.match(low, match.end())
            numbers = (Number(again["again"]),) if again else ()
            return Element(kind, match[0], again.end() if again else match.end(), numbers, _pointing(match))
        if match := g.POINTED.match(low, at):
            return Element(g.KINDS[_unit(match)], match[_unit(match)], match.end(), (), _pointing(match))
        if match := g.LEADING.match(low, at):
            return _led(match)
        if match := g.UNNUMBERED.match(low, at):
            kind = Kind.ATTACHMENT if match["attachment"] else Kind.NOTE
            return Element(kind, match[0], match.end(), (), _pointing(match))
        return None

    def _numbered(self, match: re.Match[str]) -> Element | None:
        name = _unit(match)
        kind = g.KINDS[name]
        numbers, end = self._numbers(match.end(), kind, match[name])
        if not numbers:
            return None
        numbers = [_told(n, name) for n in numbers]
        if name == "points" and not self._points(numbers, end):
            kind = Kind.PARAGRAPH
        return Element(kind, match[name], end, tuple(numbers), _pointing(match))

    def _points(self, numbers: list[Number], end: int) -> bool:
        """Say whether «пп.» means подпункты: lettered, or followed by a пункт, or one number only."""
        following = self.element(self._skip(end))
        if following and following.kind is Kind.PARAGRAPH:
            return True
        return any(not n.value[0].isdigit() for n in numbers) or len(numbers) == 1

    def _numbers(self, at: int, kind: Kind, word: str) -> tuple[list[Number], int]:
        out: list[Number] = []
        end = at
        if (letters := g.QUOTED_RUN.match(self.src.low, at)) and kind is Kind.POINT:
            return _lettered(letters), letters.end()
        if self.src.low.startswith("с ", at):
            at = self._skip(at + 2)
        while len(out) < _MOST_PLACES and (found := number(self.src, at, kind)):
            one, stop = found
            many = through(self.src, stop, one, kind, word)
            run, stop = many or ([one], stop)
            stop = self._below(run[-1], stop, kind)
            out += run
            end = stop
            separator = g.SEPARATOR.match(self.src.low, self._past_gloss(stop, kind))
            if separator is None or (kind is Kind.BODY and word):
                break
            at = separator.end()
            if ";" in separator[0] and self.src.low.startswith("(", at):
                break
        return out, end

    def _past_gloss(self, at: int, kind: Kind) -> int:
        """Return where a remark in brackets ends when another number follows: «1, 2 (в части пошлин) и 4»."""
        gloss = g.GLOSS.match(self.src.low, at)
        separator = g.SEPARATOR.match(self.src.low, gloss.end()) if gloss else None
        return gloss.end() if gloss and separator and number(self.src, separator.end(), kind) else at

    def _inner(self, at: int) -> PlaceGroup | None:
        if self.depth >= _DEEPEST:
            return None
        self.depth += 1
        try:
            return self.group(at)
        finally:
            self.depth -= 1

    def _below(self, above: Number, at: int, kind: Kind) -> int:
        """Read «(часть 1)», «(2)», «(а)», «"а"» after a number; return where it ends."""
        low = self.src.low
        start = self._skip(at)
        if kind in (Kind.ARTICLE, Kind.PARAGRAPH) and (lettered := g.LETTERED.match(low, at)):
            return self._letter(above, lettered)
        if not low.startswith("(", start):
            return at
        if inner := self._inner(self._skip(start + 1)):
            close = self._skip(inner.span.end)
            if low.startswith(")", close) and _lower(inner.places, kind):
                above.below = [place.units for place in inner.places]
                return close + 1
            return at
        if kind in (Kind.PARAGRAPH, Kind.ARTICLE) or (kind is Kind.POINT and start == at):
            return self._enclosed(above, start, kind) or at
        return at

    def _letter(self, above: Number, lettered: re.Match[str]) -> int:
        """Read «1 «а»», «1 а)», «1а)»; return where it ends."""
        letter = lettered["letter"] or lettered["listed"] or lettered["glued"]
        above.below = [(CitedUnit(Kind.POINT, eids.transliterate(letter)),)]
        low, end = self.src.low, lettered.end()
        return end + (bool(lettered["glued"]) and low.startswith(")", end) and its_own(low, lettered.start(), end))

    def _enclosed(self, above: Number, start: int, kind: Kind) -> int | None:
        """Read «5(2)»: a paragraph of an article, an inserted paragraph; «5(а)», «(b)(i)»: a point."""
        match = g.NUMBER.match(self.src.low, start)
        if match is None or not match["enclosed"]:
            return None
        digits = match["enclosed"].isdigit()
        if kind is Kind.PARAGRAPH and digits:
            above.value = f"{above.value}-{match['enclosed']}"
            return match.end()
        sub = Kind.PARAGRAPH if digits and kind is not Kind.POINT else Kind.POINT
        found = number(self.src, start, sub)
        if found is None:
            return None
        units, end = [CitedUnit(sub, found[0].value)], match.end()
        deeper = self._next_enclosed(end)
        while deeper and len(units) < _DEEPEST:
            units.append(CitedUnit(Kind.POINT, eids.transliterate(deeper["enclosed"])))
            end = deeper.end()
            deeper = self._next_enclosed(end)
        above.below = [tuple(units)]
        return self._further_enclosed(above, end, sub)

    def _next_enclosed(self, at: int) -> re.Match[str] | None:
        """Read the next bracket of «2(1)(б)», «2 (1) (б)»."""
        match = g.NUMBER.match(self.src.low, at + self.src.low.startswith(" (", at))
        return match if match and match["enclosed"] else None

    def _further_enclosed(self, above: Number, end: int, kind: Kind) -> int:
        """Read the rest of «12(1) и (2)», «5(а), (в)»; return where it ends."""
        while separator := g.SEPARATOR.match(self.src.low, end):
            match = g.NUMBER.match(self.src.low, separator.end())
            if match is None or not match["enclosed"] or len(above.below) == _MOST_PLACES:
                break
            found = number(self.src, separator.end(), kind)
            if found is None or found[0].value[0].isdigit() != above.below[0][0].num[:1].isdigit():  # type: ignore[index]
                break
            above.below.append((CitedUnit(kind, found[0].value),))
            end = found[1]
        return end


def _lettered(match: re.Match[str]) -> list[Number]:
    """Return the letters of «а–в» or «а, б и г» in one pair of marks."""
    first, last = (eids.transliterate(match[name]) if match[name] else "" for name in ("first", "last"))
    if not last:
        rest = re.findall(r"(?<![а-яё])[а-яё](?![а-яё])", match["rest"].replace(" и ", ","))
        return [Number(first), *(Number(eids.transliterate(letter)) for letter in rest)]
    return letters(first, last)


def _led(match: re.Match[str]) -> Element | None:
    """Read «первый и второй абзацы»; sentences are read one by one."""
    name = _unit(match)
    told = tuple(_told(Number(_leading(one), ordinal=True), name) for one in g.LED_BY.finditer(match["list"]))
    if name == "sentence" and len(told) > 1:
        return None
    return Element(g.KINDS[name], match[name], match.end(), told, leading=True)


def _leading(match: re.Match[str]) -> str:
    """Return the number that stands before its unit: «второй абзац», «2-й абзац», «последний абзац»."""
    if match["from_end"]:
        return from_end(match["from_end"])
    return match["digits"] or str(ordinal(match["ordinal"]))


def _told(told: Number, name: str) -> Number:
    """A dash of a list is the paragraph after the one that leads in: «третий дефис» is the fourth."""
    return replace(told, value=str(int(told.value) + 1)) if name == "dash" and told.value.isdigit() else told


def _lower(places: Iterable[CitedPlace], kind: Kind) -> bool:
    return all(g.RANK[p.units[0].kind] < g.RANK[kind] for p in places)


def _unit(match: re.Match[str]) -> str:
    return next(name for name, _, _ in g.UNITS if match[name])


def _pointing(match: re.Match[str]) -> Pointing:
    return next(
        (p for p in (Pointing.THIS, Pointing.SAME, Pointing.PREVIOUS, Pointing.NEXT) if match[p]), Pointing.NONE
    )

"""Find citations in a text: places with the instruments they belong to, and instruments named by themselves."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from analyzers.letters import IN_WORD
from analyzers.spans import Span
from corpus.citations.parsed import Citation, CitedPlace, CitedUnit, Named, Pointing, Reach
from corpus.citations.read import grammar as g
from corpus.citations.read.belonging import placed
from corpus.citations.read.defined import define, key, standing
from corpus.citations.read.groups import PlaceGroup, Reader
from corpus.citations.read.names import name_at
from corpus.citations.read.numbers import Text
from corpus.citations.read.several import several
from corpus.citations.read.type_words import SHORTENED, TYPE
from corpus.lexicon.acts import WORDS
from corpus.lexicon.alternation import any_of
from corpus.lexicon.declension import plural
from corpus.model import Kind


@dataclass(slots=True)
class Memory:
    """What pointing words can mean: the last unit of each kind, the last act of each type, defined names."""

    units: dict[Kind, tuple[tuple[CitedUnit, ...], Named | None]] = field(default_factory=dict)
    acts: dict[str, Named] = field(default_factory=dict)
    defined: dict[str, Named] = field(default_factory=dict)
    last: Citation | None = None


_EDGE = re.compile(r"[а-яё][a-z]|[a-z][а-яё]")
_LETTERS = re.compile(r"[^\W\d_]++")
_INTRODUCED = re.compile(
    r"(?<!и\s)далее\s*+(?:по\s++тексту|имену\w{1,64}+|соответственно|также)?[\s,]*+(?:[-–—:]\s*+)?[«\"“]?$"
)
_PLURAL = re.compile(
    r"\s++(?:(?:выше)?(?:указанн|данн|названн)ы[хме]\w*+|эти[хм]?\w*+)\s++"
    rf"{any_of(form for word in WORDS for form in plural(word))}(?![а-яё-])"
)
_SAME_PLACE = re.compile(r"там\s++же(?=\s*+[,;).]|\s*+$|\s++(?:сказано|указано|говорится|написано))")
AGAIN = CitedPlace((CitedUnit(Kind.BODY, pointing=Pointing.SAME),))
"""The place of «там же» until it is known."""
_LETTERS_OF_TITLE = 4
_SHORT = tuple(SHORTENED)
"""«ФЗ», «44-ФЗ» stand in capitals always."""
_TO_IT = re.compile(r" к (?:не[йм]у?|ним)$")
_BLANKS = 64
"""Characters looked at before a name; longer runs of blanks tell nothing."""
_SENTENCE_ENDS = frozenset('.!?:;»"')
_LINE_START = re.compile(r"(?:^|\n|[.;:!?»\"]\s|\s\s)\s{0,64}+(?:[«\"“]\s{0,64}+)?$")
_HEADING = re.compile(
    r"(?:стать[ья]|статья|глава|раздел|приложение|примечание|часть)\s++(?:№\s?)?[\dIVXLCХ.-]{1,64}(?<=[\dIVXLCХ])"
    r"(?:\.?[^\S\n]*+\n|\.\s++[«\"]?[А-ЯЁ])",
    re.IGNORECASE,
)


def folded(text: str) -> Text:
    """Lower-case a text, Latin look-alikes inside Cyrillic words made Cyrillic; every character keeps its place."""
    low = text.lower().replace("ё", "е")
    if len(low) != len(text):
        low = _lowered(text)
    if _EDGE.search(low):
        text = _LETTERS.sub(lambda m: m[0].translate(IN_WORD) if _EDGE.search(m[0].lower()) else m[0], text)
        low = _lowered(text)
    return Text(text, low)


def _lowered(text: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("ё", "е")


def read(text: str, memory: Memory | None = None, *, foreign: bool = False) -> tuple[Citation, ...]:
    """Find the citations of a text in order; `memory` carries pointing words over from the texts before.

    `foreign` says that the text is somebody's letter and no act: a place without an act is none of its own.

    >>> [(c.span, [u.num for u in c.places[0].units], c.named.lemma) for c in read("см. п. 2 ст. 8 Соглашения")]
    [(Span(start=4, end=25), ['8', '2'], 'соглашение')]
    """
    memory = memory if memory is not None else Memory()
    src = folded(text)
    listed = [list(acts) for acts in several(src)]
    names = _with_lists(list(_names(src)), [named for acts in listed for named in acts])
    given = define(src, names, memory.defined)
    names = standing(src, memory.defined, names, given)
    groups = list(_groups(src, names))
    at_places = [c for one in placed(src, groups, names, foreign=foreign) for c in (one, *_of_each(one, listed))]
    found = [*at_places, *_alone(names, {c.named.span for c in at_places if c.named}, src), *_there(src, at_places)]
    found.sort(key=lambda c: (c.span.start, -c.span.end))
    return tuple(filter(None, (_remembered(c, memory) for c in found)))


def _of_each(citation: Citation, listed: list[list[Named]]) -> Iterator[Citation]:
    """Give the places of «статьи 7 и 8 Соглашений от A и от B» to the other acts of the list too."""
    acts = next((acts for acts in listed if citation.named in acts[:1]), ()) if citation.places else ()
    for named in acts[1:]:
        yield Citation(named.span, citation.places, named)


def _there(src: Text, taken: list[Citation]) -> Iterator[Citation]:
    """Yield «там же», which repeats the citation before it, where it tells no place of its own."""
    spans = [c.span for c in taken]
    for match in _SAME_PLACE.finditer(src.low):
        if match.start() and src.low[match.start() - 1].isalpha():
            continue
        at = bisect_right(spans, match.start(), key=lambda s: s.start) - 1
        if any(s.start <= match.start() < s.end for s in spans[max(0, at) : at + 1]):
            continue
        yield Citation(Span(*match.span()), (AGAIN,))


def _names(src: Text) -> Iterator[Named]:
    end = 0
    for match in TYPE.finditer(src.low):
        if match.start() >= end and (named := name_at(src, match.start())):
            end = max(named.span.end, match.end())
            if not (not named.inside and _INTRODUCED.search(src.low[max(0, named.span.start - 40) : named.span.start])):
                yield named


def _with_lists(names: list[Named], listed: list[Named]) -> list[Named]:
    """Add the acts of lists; what was read inside one gives way."""
    if not listed:
        return names
    kept = [n for n in names if not any(n.span.start < x.span.end and x.span.start < n.span.end for x in listed)]
    return sorted([*kept, *listed], key=lambda n: n.span.start)


def _groups(src: Text, names: list[Named]) -> Iterator[PlaceGroup]:
    reader = Reader(src)
    at = 0
    inside = iter([n.span for n in names if not n.bare])
    numbered = {n.span.end for n in names if src.text[n.span.end - 1].isalnum()}
    name = next(inside, None)
    while match := g.ANCHOR.search(src.low, at):
        start = match.start()
        at = start + 1
        while name and name.end <= start:
            name = next(inside, None)
        if (name and name.start <= start) or not _may_begin(src, start):
            continue
        group = reader.group(start)
        if group is None:
            continue
        at = max(group.span.end, at)
        if not _false(src, group, numbered):
            yield group


def _may_begin(src: Text, at: int) -> bool:
    return at == 0 or not (src.low[at - 1].isalnum() or src.low[at - 1] in "-_")


def _false(src: Text, group: PlaceGroup, numbered: set[int]) -> bool:
    """Say whether what looks like places is none: a gazette's article, a time of day, a heading of a quoted text.

    A gazette has articles alone; a number that ends where an act's name does (`numbered`) is none of a gazette's.
    """
    at = group.span.start
    before = src.low[max(0, at - 70) : at]
    printed = g.GAZETTE.search(before) if src.low.startswith("ст", at) else None
    printed = printed or re.search(r"[№n]\s?[\d/-]++\s*+\(\s*+$", before)
    if (printed and at - len(before) + len(before.rstrip(" \n\t,;(")) not in numbered) or re.search(
        r"\d\s?-\s$", before
    ):
        return True
    if re.match(r"ч\s?\.", src.low[at : at + 3]) and g.CLOCK.search(before):
        return True
    if _HEADING.match(src.text, at) and _LINE_START.search(src.text[max(0, at - 20) : at]):
        return True
    return bool(_PLURAL.match(src.low, group.span.end))


def _alone(names: list[Named], taken: set[Span], src: Text) -> Iterator[Citation]:
    """Yield instruments named without a place; of an instrument inside another's title that with its own date."""
    for named in names:
        bare = (named.bare and not src.text[named.span.start].isupper()) or _in_capitals(src, named)
        if named.span not in taken and named.reach is Reach.NAMED and not bare:
            yield Citation(named.span, (), named)
        inside = named.inside
        if inside is not None and not inside.bare and inside.span not in taken:
            yield Citation(
                inside.span, (), replace(inside, floating=named.floating or not (inside.date or inside.number))
            )


def _in_capitals(src: Text, named: Named) -> bool:
    """Say whether an undated name is a word of a line in capitals: a text's own title, not a citation."""
    short = src.low[slice(*named.span)].split(maxsplit=1)[0].endswith(_SHORT)
    if named.date or short or not src.text[slice(*named.span)].isupper() or len(named.lemma) < _LETTERS_OF_TITLE:
        return False
    line = src.text[src.text.rfind("\n", 0, named.span.start) + 1 : named.span.start]
    return line.isupper() or not line.strip()


def quiet(citation: Citation, text: str) -> bool:
    """Say whether a name without a place is worth a link only where its document is known.

    So are type words and defined names alone, and undated names that are the subject at the head of a sentence.
    """
    named = citation.named
    if citation.places or named is None:
        return False
    if named.bare or (named.floating and named.inside is None):
        return True
    if named.date or named.number:
        return False
    if _TO_IT.search(named.title):
        return True
    nominative_case = text.startswith(named.title.split(" ", 1)[0], citation.span.start)
    return nominative_case and "«" not in named.title and _begins_sentence(text, citation.span.start)


def _begins_sentence(text: str, at: int) -> bool:
    """Say whether nothing stands before a place, or a stop or a line's end does, blanks between."""
    before = text[max(0, at - _BLANKS) : at]
    bare = before.rstrip()
    return at == 0 or "\n" in before[len(bare) :] or bare[-1:] in _SENTENCE_ENDS


def _remembered(citation: Citation, memory: Memory) -> Citation | None:
    """Replace pointing words by what they mean, and remember this citation for those to come."""
    if citation.places == (AGAIN,):
        last = memory.last
        return replace(citation, places=last.places, named=last.named) if last else None
    named = citation.named
    if named is not None and named.bare and named.reach is not Reach.THIS:
        found = memory.acts.get(named.lemma) if named.reach is Reach.SAME else memory.defined.get(key(named.title))
        if found is None and not citation.places:
            return None
        named = replace(found, span=named.span, bare=named.bare and not citation.places) if found else named
    places, carried = [], None
    for place in citation.places:
        units, act = _recalled(place.units, memory)
        carried = carried or act
        places.append(replace(place, units=units))
        for i, unit in enumerate(units):
            memory.units[unit.kind] = (units[: i + 1], named or carried)
    named = named or carried
    if named is not None and not named.bare:
        memory.acts[named.lemma] = named
    told = replace(citation, places=tuple(places), named=named)
    memory.last = told if places else memory.last
    return told


def _recalled(units: tuple[CitedUnit, ...], memory: Memory) -> tuple[tuple[CitedUnit, ...], Named | None]:
    top = units[0]
    if top.pointing is not Pointing.SAME:
        return units, None
    if top.num is not None:
        return (replace(top, pointing=Pointing.NONE), *units[1:]), None
    if top.kind not in memory.units:
        return (replace(top, pointing=Pointing.THIS), *units[1:]), None
    meant, act = memory.units[top.kind]
    return (*meant, *units[1:]), act

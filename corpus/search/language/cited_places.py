"""A query that is a citation («п. 4 ст. 10») goes to the place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzers.letters import roman
from analyzers.spans import Span
from corpus import eid as eids
from corpus.citations.answering import answer
from corpus.citations.parsed import Named
from corpus.citations.read.reading import read
from corpus.clauses.tree import Everything, Field, FieldName
from corpus.lexicon.acts import WORDS
from corpus.lexicon.alternation import any_of
from corpus.lexicon.declension import plural, singular
from corpus.lexicon.units_of_acts import CITED
from corpus.library import Library
from corpus.model import InstrumentType, Kind
from corpus.search.answers import Notice
from corpus.search.language.filters import MOST_VALUES, filters_of
from corpus.search.language.lost_places import lost_place

LONGEST = 300
"""Characters of a query that may be a citation."""

# What a unit that is asked for may be.
_MEANT: dict[str, tuple[Kind, ...]] = {
    "point": (Kind.POINT, Kind.SUBPARAGRAPH),
    "points": (Kind.POINT, Kind.SUBPARAGRAPH),
    "paragraph": (Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.POINT),
    "part": (Kind.PARAGRAPH, Kind.PART),
}
_UNITS = tuple(
    (
        any_of([*unit.forms, *(short.rstrip(".") for short in unit.abbreviations if " " not in short)]),
        _MEANT.get(unit.name, (unit.kind,)),
    )
    for unit in CITED.values()
    if unit.kind is not Kind.BODY
)
_NUMBER = r"[«\"]?(?P<num>\d++(?:[.\-]\d++)*+[¹²³⁴⁵⁶⁷⁸⁹]?|[ivxlc]++|[а-яё](?![а-яё]))[»\"]?\)?"
_STEP = re.compile(
    "(?<![а-яё])(?:" + "|".join(f"(?P<u{i}>(?:{p})(?![а-яё]))" for i, (p, _) in enumerate(_UNITS)) + ")", re.IGNORECASE
)
_ORDINALS = {"преамбул": Kind.PREAMBLE, "заключительн": Kind.CONCLUSIONS}


def _forms(*, treaty: bool) -> str:
    """Return a pattern for the words of acts whose type tells them apart from others."""
    words = [w for w in WORDS.values() if w.treaty is treaty and w.type is not InstrumentType.ACT]
    return any_of(form for w in words for form in (*singular(w.word), *plural(w.word)))


_WITH = re.compile(
    rf"(?<!\s)\s++{_forms(treaty=True)}\s++(?:с|со|между)\s++(?P<party>(?:[^\s\d:()]{{1,64}}+\s*+){{1,32}}+)$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<!\s)\s++(?:(?:настоящ|данн|эт)[а-яё]++\s++)?"
    rf"(?P<act>{_forms(treaty=True)}|{_forms(treaty=False)})$",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"\s*+(?:\.\s*+)?(?:№\s*+)?{_NUMBER}\s*+,?\s*+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceStep:
    """One unit of a citation: the kinds it may be, and its number as in an eId."""

    kinds: tuple[Kind, ...]
    num: str | None


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """A citation, outermost unit first; `text` as typed.

    `targets` are its provisions when it names an instrument, `only` whose acts it means when it names a party. Where
    the library has no such place `lost` says so, and there are no steps.
    """

    steps: tuple[PlaceStep, ...]
    text: str
    targets: frozenset[tuple[str, str]] = frozenset()
    only: tuple[Field, ...] = ()
    lost: Notice | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents it names."""
        return tuple(sorted({document for document, _ in self.targets}))

    @property
    def article(self) -> str | None:
        """Return the number of the article."""
        return next((s.num for s in self.steps if s.kinds == (Kind.ARTICLE,)), None)

    def rank(self, document: str, eid: str) -> int | None:
        """Return 0 for the place itself, 1 for what lies inside, None for anything else."""
        if self.targets:
            if (document, eid) in self.targets:
                return 0
            return 1 if any(d == document and eid.startswith(e + "__") for d, e in self.targets) else None
        have = list(eids.parse(eid))
        for step in self.steps:
            at = next((i for i, h in enumerate(have) if h.kind in step.kinds and h.num == step.num), None)
            if at is None:
                return None
            have = have[at + 1 :]
        return 1 if have else 0


def read_place(query: str) -> AskedPlace | None:
    """Read a query that is a citation and nothing else."""
    found: list[PlaceStep] = []
    at, text = 0, query.strip().rstrip(".")
    while at < len(text):
        word = text[at:].lower()
        kind = next((k for stem, k in _ORDINALS.items() if word.startswith(stem)), None)
        if kind:
            found.append(PlaceStep((kind,), None))
            at += len(re.match(r"[а-яё]++(?:\s++част[а-яё]++)?[\s,]*+", word)[0])  # type: ignore[index]
            continue
        unit = _STEP.match(text, at)
        number = _WHOLE.match(text, unit.end()) if unit else None
        if not unit or not number:
            return None
        kinds = next(k for i, (_, k) in enumerate(_UNITS) if unit[f"u{i}"])
        counted = roman(number["num"]) if kinds == (Kind.ARTICLE,) and number["num"].isalpha() else None
        num = str(counted) if counted else eids.transliterate(number["num"])
        if kinds != (Kind.ALINEA,) or num != "1":
            found.append(PlaceStep(kinds, num))
        at = number.end()
    return AskedPlace(_outermost_first(found), text) if found else None


def party_place(library: Library, query: str) -> AskedPlace | None:
    """Read a citation with the other party of its act («статья 10 соглашения с Казахстаном»)."""
    found = _place_before(_WITH, query)
    if found is None:
        return None
    place, match = found
    only = filters_of(library, {"party": [match["party"]]})
    held = library.counts(Everything(), [str(FieldName.PARTY)], MOST_VALUES)[str(FieldName.PARTY)]
    return replace(place, only=only) if any(v in held for f in only for v in f.values) else None


def typed_place(library: Library, query: str) -> AskedPlace | None:
    """Read a citation with nothing but the type of its act («п. 1 ст. 2 Соглашения»)."""
    found = _place_before(_BARE, query)
    if found is None:
        return None
    place, match = found
    return replace(place, only=filters_of(library, {"type": [match["act"]]}))


def _place_before(act: re.Pattern[str], query: str) -> tuple[AskedPlace, re.Match[str]] | None:
    """Read a citation that ends with its act as the pattern has it; the place's text is the whole query."""
    text = query.strip().rstrip(".")
    match = act.search(text) if len(text) <= LONGEST else None
    place = read_place(text[: match.start()]) if match else None
    return (replace(place, text=text), match) if match and place else None


def cited_place(library: Library, query: str) -> AskedPlace | None:
    """Read a query that is nothing but a citation with its instrument («п. 1 ст. 6 Соглашения от 23.10.2008»)."""
    text = query.strip().rstrip(".")
    if len(text) > LONGEST or not any(c.isdigit() for c in text) or not _STEP.search(text):
        return None
    everything = Span(0, len(text))
    named = next((c.named for c in read(text) if c.span == everything and c.places and c.named), None)
    # A place without an act would be looked up in hundreds of documents.
    return _meant(library, text, named) if named else None


def _meant(library: Library, text: str, named: Named) -> AskedPlace | None:
    """Return the place a citation of an act means, or what it misses."""
    whole = [a for a in answer(text, library) if a.span == Span(0, len(text))]
    targets = frozenset((t.document, eid) for a in whole for t in a.targets for eid in t.eids)
    if targets or not whole:
        return AskedPlace((), text, targets) if targets else None
    lost = lost_place(library, named, whole[0])
    return AskedPlace((), text, lost=lost) if lost else None


def place_of(library: Library, query: str) -> AskedPlace | None:
    """Read a query that is a citation, whatever it says of its act."""
    return (
        read_place(query) or party_place(library, query) or typed_place(library, query) or cited_place(library, query)
    )


_DEPTH = [
    Kind.ATTACHMENT,
    Kind.PREAMBLE,
    Kind.CONCLUSIONS,
    Kind.SECTION,
    Kind.CHAPTER,
    Kind.ARTICLE,
    Kind.PARAGRAPH,
    Kind.SUBPARAGRAPH,
    Kind.POINT,
    Kind.ALINEA,
    Kind.NOTE,
    Kind.PART,
]


def _outermost_first(steps: Sequence[PlaceStep]) -> tuple[PlaceStep, ...]:
    return tuple(sorted(steps, key=lambda s: _DEPTH.index(s.kinds[0])))

"""The query tree both engines and the brute-force oracle evaluate. User text never reaches an engine's own parser.

A clause has two word streams: `body` (its heading, a gap of GAP positions, its text) and `context` (headings and
lead-ins of what holds it). Words, phrases and distances match in the body, and in the context too only where the node
says so. All words are folded (lower case, ё = е).
"""

from dataclasses import dataclass
from enum import StrEnum

from analyzers.spans import Span

GAP = 100
"""Positions between a heading and the text after it, so that no phrase or distance spans both."""

NOWHERE = Span(0, 0)


class Within(StrEnum):
    """The unit a distance must stay in."""

    SENTENCE = "sentence"
    CLAUSE = "clause"
    ARTICLE = "article"


class FieldName(StrEnum):
    """What can be filtered by."""

    DOCUMENT = "document"
    SOURCE = "source"
    TYPE = "type"
    PARTY = "party"
    BODY = "body"
    PLACE = "place"
    DATE = "date"
    NUMBER = "number"
    LANGUAGE = "language"
    ARTICLE = "article"
    KIND = "kind"
    TOPIC = "topic"
    TITLE = "title"
    CITES = "cites"
    HAS = "has"
    LACKS = "lacks"
    STATE = "state"
    IN_FORCE = "in_force"


OF_CELLS = frozenset({FieldName.HAS, FieldName.LACKS})
"""Fields no index holds: what documents have on a topic stands beside them, and decisions change it."""

DATED = frozenset({FieldName.STATE, FieldName.IN_FORCE})
"""Fields no index holds, since they are told of a day: `corpus.search.dated` asks for the provisions they mean."""

INDEXED = tuple(name for name in FieldName if name not in {*OF_CELLS, *DATED})
"""Fields whose values an index holds with each clause."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word by any inflected form: matches a position that has any of `lemmas`. `weight` ranks, never filters."""

    text: str
    lemmas: tuple[str, ...]
    weight: float = 1.0
    context: bool = False
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Form:
    """A word in exactly this form."""

    form: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word whose form begins so (3 letters at least)."""

    prefix: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side in this order."""

    words: tuple[Word | Form | Prefix, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Near:
    """Words or phrases with at most `distance` other positions between them in all, in any order unless `ordered`.

    A word takes one position, a phrase as many as it has words. A clause matches when its body has disjoint places,
    one for each part (in the order of `parts` if `ordered`), such that the stretch from the first position taken to
    the last has at most `distance` positions that none of the places takes. Positions of the gap count. Within a
    sentence (the heading is one) all places lie in the same sentence. Within an article the stream is that of all
    its clauses in document order without any gaps (clauses outside articles: those of the same outermost provision
    outside articles), each place lies in one clause, and every clause that holds a place of such a set matches.
    """

    parts: tuple[Word | Form | Prefix | Phrase, ...]
    distance: int
    ordered: bool = False
    within: Within = Within.CLAUSE
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: tuple["Node", ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these: alternatives of a strict query, or the words of a ranked one."""

    parts: tuple["Node", ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Not:
    """All clauses but these."""

    part: "Node"
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Field:
    """Clauses whose field equals any of `values` (folded), or lies in `low`..`high` (dates, inclusive, ISO 8601)."""

    name: FieldName
    values: tuple[str, ...] = ()
    low: str | None = None
    high: str | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Everything:
    """Every clause."""

    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Picked:
    """These clauses, by (document, eId)."""

    keys: tuple[tuple[str, str], ...]
    span: Span = NOWHERE


Node = Word | Form | Prefix | Phrase | Near | And | Or | Not | Field | Everything | Picked

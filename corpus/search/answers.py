"""What a search is asked with and what it answers; engines and pages know only these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from analyzers.spans import Span
from corpus.clauses.clause import Clause
from corpus.clauses.tree import Field
from corpus.effects.standing import StateOnDay


class Sort(StrEnum):
    """Order of the hits."""

    RELEVANCE = "relevance"
    DATE = "date"
    ORDER = "order"


class Means(StrEnum):
    """How a word of the query was widened, strongest first."""

    DERIVATION = "derivation"
    SYNONYM = "synonym"
    PLAIN = "plain"
    TOPIC = "topic"
    VECTOR = "vector"


class Slip(StrEnum):
    """What was corrected in a query."""

    LAYOUT = "layout"
    SPELLING = "spelling"
    QUOTE = "quote"
    BRACKET = "bracket"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How to search: `limit` hits from `cursor` on; each way of widening can be switched off.

    `as_typed` takes the query without corrections of spelling and layout (the way back from a correction). `filters`
    are ANDed to the query. `facets` are names of fields to count by (`FieldName` values and "year").
    """

    limit: int = 10
    cursor: str | None = None
    sort: Sort = Sort.RELEVANCE
    all_words: bool = False
    derivations: bool = True
    synonyms: bool = True
    topics: bool = True
    vectors: bool = True
    as_typed: bool = False
    filters: tuple[Field, ...] = ()
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another word or phrase that may stand for a word of the query."""

    text: str
    means: Means
    weight: float


@dataclass(frozen=True, slots=True)
class WordReading:
    """A word of the query, its normal forms and its alternatives; `span` lies in the query as typed."""

    text: str
    lemmas: tuple[str, ...]
    span: Span
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryCorrection:
    """A slip that was mended: `message` is Russian, `span` lies in the query as typed."""

    slip: Slip
    original: str
    replacement: str
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """How a query was read, in parts; `way_back` is the query as typed when it was corrected (search it `as_typed`).

    `strict` says whether every part must match; `place` is the citation when the query is one.
    """

    words: tuple[WordReading, ...] = ()
    corrections: tuple[QueryCorrection, ...] = ()
    suggestions: tuple[str, ...] = ()
    strict: bool = False
    place: str | None = None
    way_back: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause as an answer; `highlights` are disjoint spans of `text`.

    `matched` and `missing` are words of the query; `second_reading` marks a clause that holds only alternatives of
    meaning (plain words, word vectors) and none of the words themselves. `breadcrumb` names what holds the clause,
    outermost first («Статья 6. Отказ в содействии», «п. 1»). `page` is the 1-based page of a paged file where it begins
    (told by `corpus.search.paging.paged`).
    """

    document: str
    source: str
    instrument: int
    title: str
    eid: str
    kind: str
    citation: str
    heading: str
    lead_in: str
    text: str
    breadcrumb: tuple[str, ...]
    highlights: tuple[Span, ...]
    score: float
    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    second_reading: bool = False
    page: int | None = None
    state: StateOnDay | None = None
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """A document as an answer, its state today, and why it answers («Язык сотрудничества: нет»)."""

    id: str
    title: str
    date: str | None
    state: StateOnDay | None
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits of one page; `understood` is a Russian sentence («Мы поняли так: …»), `cursor` opens the next page.

    `documents` are those asked for; None where clauses are.
    """

    query: str
    understood: str
    reading: Reading
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    cursor: str | None = None
    documents: tuple[AskedDocument, ...] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One summand of a score, named in Russian."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a clause has its score; the parts sum up to it. `matches` says whether the query brings it at all."""

    understood: str
    citation: str
    score: float
    matches: bool
    parts: tuple[Part, ...]
    clause: Clause

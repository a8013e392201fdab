"""What a search is asked with and what it answers; engines and pages know only these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from analyzers.spans import Span
from corpus.clauses.clause import Clause
from corpus.clauses.tree import Field, Not
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


class Semantic(StrEnum):
    """Whether the best clauses were compared with the query by a sentence model (`svod[semantic]`), or why not."""

    USED = "used"
    OFF = "off"
    """A person switched it off."""
    ASIDE = "aside"
    """Nothing to compare: operators, a citation, filters alone, an order by date, no clause."""
    ABSENT = "absent"
    """The extra is not installed."""
    FILLING = "filling"
    """Too few of the best clauses have a vector yet."""
    FAILED = "failed"
    """It failed, as the log tells."""


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

    `semantic` compares by the sentence model of `svod[semantic]`, where it is installed.
    `prior` puts agreements before rulings and standards where the library holds both and the query names neither.
    `without` are alternatives (as `Alternative.text` tells them) that are not searched.
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
    semantic: bool = True
    prior: bool = True
    as_typed: bool = False
    without: tuple[str, ...] = ()
    filters: tuple[Field | Not, ...] = ()
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
    """A clause as an answer; `highlights` are disjoint spans of `text`, `bridges` those that stand for other words.

    `matched` and `missing` are words of the query; `second_reading` marks a clause where no word of the query or of its
    family stands: what it holds means the same. `order` is its place in its document; `whole` says that it is one of
    the hits with every word. `breadcrumb` names what holds the clause,
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
    bridges: tuple[Span, ...] = ()
    order: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class NearPlace:
    """A document, or a provision of it, that is near what was asked for."""

    document: str
    eid: str | None
    citation: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What an answer must say of itself, in Russian: nothing is where the query points, with what is near."""

    rule: str
    message: str
    near: tuple[NearPlace, ...] = ()


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

    `documents` are those asked for («соглашения с Казахстаном»); None where clauses are. The first `whole` of all
    `total` hits hold every word of the query; facets count those alone where there are any. `prior` says that
    agreements were put before other kinds of acts, `semantic` whether clauses were compared by a sentence model.
    """

    query: str
    understood: str
    reading: Reading
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    cursor: str | None = None
    whole: int = 0
    prior: bool = False
    semantic: Semantic = Semantic.ASIDE
    documents: tuple[AskedDocument, ...] | None = None
    notices: tuple[Notice, ...] = ()


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

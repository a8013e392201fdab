"""Search over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from analyzers.spans import Span
from corpus.clauses.tree import Field as Condition
from corpus.clauses.tree import FieldName
from corpus.lexicon.dates import first_day, last_day
from corpus.library import Library
from corpus.model import InstrumentType, Kind
from corpus.search import search as searching
from corpus.search.answers import Answer, AskedDocument, Hit, SearchOptions, Sort
from corpus.search.language.filters import facets_of, filters_of
from corpus.search.paging import paged
from search_api.answers import responses
from search_api.answers.standing import ShortState
from search_api.http.edge.parameters import Day, DocumentId, Eid, Line, QueryText, SomeId, Source, Topic
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.service.opened import Opened

router = APIRouter(prefix="/api/v1", tags=["search"], route_class=Route)


class SearchFilters(BaseModel):
    """What a search is narrowed to, beside the fields of the query language."""

    model_config = ConfigDict(extra="forbid")

    document: SomeId = ""
    source: Source = ""
    type: InstrumentType | None = None
    kind: Kind | None = None
    party: Line = ""
    body: Line = Field("", description="Орган, издавший акт")
    place: Line = Field("", description="Где совершён")
    language: Line = Field("", description="Язык, на котором составлен")
    topic: Topic = ""
    state: Line = Field("", description="Состояние положения: действует, изменено, не-действует, прекращено…")
    in_force: Line = Field("", description="Что действовало в этот день: 2012-03-01, 01.03.2012, сегодня")
    date_from: Day = ""
    date_to: Day = ""

    @property
    def narrow(self) -> bool:
        """Say whether anything is filtered."""
        return any(getattr(self, name) for name in SearchFilters.model_fields)

    def conditions(self, library: Library) -> tuple[Condition, ...]:
        """Turn the filters into conditions of the query tree; parties, bodies and topics by any of their names."""
        exact = {
            FieldName.DOCUMENT: self.document,
            FieldName.SOURCE: self.source,
            FieldName.TYPE: self.type or "",
            FieldName.KIND: self.kind or "",
        }
        out: list[Condition] = [Condition(name, (str(value),)) for name, value in exact.items() if value]
        named = {
            name: [getattr(self, name)] for name in ("party", "body", "place", "language", "topic", "state", "in_force")
        }
        out += filters_of(library, named)
        if self.date_from or self.date_to:
            low = first_day(self.date_from) or None
            high = last_day(self.date_to) or None
            out.append(Condition(FieldName.DATE, low=low, high=high))
        return tuple(out)


class SearchQuery(SearchFilters):
    """A search as asked over HTTP."""

    q: QueryText = Field(
        description="Запрос: слова, «фразы», И/ИЛИ/НЕ, РЯДОМ/n, поля ст:6, тип:соглашение, сторона:…, дата:2008..2020",
        examples=["отказ в исполнении запроса", '"в течение тридцати дней"', "ст:6 отказ*"],
    )
    limit: int = Field(10, ge=1, le=100)
    cursor: str | None = None
    sort: Sort = Sort.RELEVANCE
    all_words: bool = Field(False, description="Требовать все слова запроса")
    as_typed: bool = Field(False, description="Не исправлять опечатки и раскладку")
    derivations: bool = Field(True, description="Искать и однокоренные слова")
    synonyms: bool = Field(True, description="Искать и синонимы, обиходные слова переводить на язык договоров")
    topics: bool = Field(True, description="Поднимать положения тем, о которых запрос")
    vectors: bool = Field(True, description="Слова, которых в библиотеке нет, заменять близкими по смыслу")
    facets: list[Line] = Field(
        [], max_length=20, description="Поля, по значениям которых считать: type, party, body, place, year, level…"
    )

    def options(self, library: Library) -> SearchOptions:
        """Return the options of the search."""
        return SearchOptions(
            limit=self.limit,
            cursor=self.cursor,
            sort=self.sort,
            all_words=self.all_words,
            as_typed=self.as_typed,
            derivations=self.derivations,
            synonyms=self.synonyms,
            topics=self.topics,
            vectors=self.vectors,
            filters=self.conditions(library),
            facets=facets_of(self.facets),
        )


class HitShape(responses.Answer):
    """A clause as a hit; `highlights` lie in `text`, `page` (from 1) where the file has pages."""

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
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    second_reading: bool
    permalink: str
    page: int | None
    state: ShortState | None


class AskedDocumentShape(responses.Answer):
    """A document as an answer, and why it answers."""

    id: str
    title: str
    date: str | None
    state: ShortState | None
    why: str


class CorrectionShape(responses.Answer):
    """A slip that was mended in the query."""

    slip: str
    original: str
    replacement: str
    message: str


class AnswerShape(responses.Answer):
    """The answer to a search; `cursor` opens the next page."""

    query: str
    understood: str
    total: int
    hits: tuple[HitShape, ...]
    facets: dict[str, dict[str, int]]
    corrections: tuple[CorrectionShape, ...]
    way_back: str | None
    cursor: str | None
    documents: tuple[AskedDocumentShape, ...] | None = Field(
        None, description="Документы, если спрошены они («какие соглашения не содержат…», есть:, нет:)"
    )


def hit_shape(hit: Hit) -> HitShape:
    """Shape a hit."""
    return HitShape(
        document=hit.document,
        source=hit.source,
        instrument=hit.instrument,
        title=hit.title,
        eid=hit.eid,
        kind=hit.kind,
        citation=hit.citation,
        heading=hit.heading,
        lead_in=hit.lead_in,
        text=hit.text,
        breadcrumb=hit.breadcrumb,
        highlights=hit.highlights,
        score=hit.score,
        matched=hit.matched,
        missing=hit.missing,
        second_reading=hit.second_reading,
        permalink=f"/d/{hit.document}/{hit.eid}",
        page=hit.page,
        state=ShortState.model_validate(hit.state) if hit.state else None,
    )


def answer_shape(answer: Answer) -> AnswerShape:
    """Shape an answer."""
    corrections = tuple(
        CorrectionShape(slip=c.slip, original=c.original, replacement=c.replacement, message=c.message)
        for c in answer.reading.corrections
    )
    return AnswerShape(
        query=answer.query,
        understood=answer.understood,
        total=answer.total,
        hits=tuple(hit_shape(h) for h in answer.hits),
        facets={name: dict(counts) for name, counts in answer.facets.items()},
        corrections=corrections,
        way_back=answer.reading.way_back,
        cursor=answer.cursor,
        documents=None if answer.documents is None else tuple(map(_asked_document, answer.documents)),
    )


def _asked_document(asked: AskedDocument) -> AskedDocumentShape:
    state = ShortState.model_validate(asked.state) if asked.state else None
    return AskedDocumentShape(id=asked.id, title=asked.title, date=asked.date, state=state, why=asked.why)


@router.get("/search", summary="Поиск", responses=documented("bad-query", "invalid", "library-unavailable"))
def search(library: Opened, query: Annotated[SearchQuery, Query()]) -> AnswerShape:
    """Search clauses; a flat list, best first."""
    return answer_shape(paged(library, searching.search(library, query.q, query.options(library))))


@router.get(
    "/documents/{document}/provisions/{eid}/similar",
    summary="Похожие положения",
    responses=documented("not-found", "invalid", "library-unavailable"),
)
def similar(
    library: Opened, document: DocumentId, eid: Eid, limit: Annotated[int, Query(ge=1, le=100)] = 10
) -> AnswerShape:
    """Find clauses like this one."""
    return answer_shape(paged(library, searching.similar(library, document, eid, SearchOptions(limit=limit))))

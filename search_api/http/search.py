"""Search over HTTP."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from analyzers.spans import Span
from corpus.clauses.tree import Field as Condition
from corpus.clauses.tree import FieldName, Not
from corpus.errors import QueryError
from corpus.lexicon.dates import first_day, last_day
from corpus.library import Library
from corpus.model import InstrumentType, Kind
from corpus.search import search as searching
from corpus.search.answers import Answer, AskedDocument, Hit, SearchOptions, Semantic, Sort
from corpus.search.language.filters import excluded_of, facets_of, filters_of
from corpus.search.paging import paged
from search_api.answers import responses
from search_api.answers.standing import Answered, ShortState
from search_api.http.edge.parameters import Day, DocumentId, Eid, Line, QueryText, SomeId, Source, Topic
from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Opened

router = APIRouter(prefix="/api/v1", tags=["search"], route_class=Route)


MOST_VALUES = 50
"""Values of one field that may be picked together."""
BACKWARDS = "Промежуток дат идёт назад: {low} — {high}. Поменяйте даты местами."


class DocumentFilters(BaseModel):
    """What documents are narrowed to, beside the fields of the query language."""

    model_config = ConfigDict(extra="forbid")

    source: Source = ""
    type: list[InstrumentType] = Field([], max_length=MOST_VALUES, description="Любой из видов")
    party: list[Line] = Field([], max_length=MOST_VALUES, description="Любая из сторон")
    body: list[Line] = Field([], max_length=MOST_VALUES, description="Орган, издавший акт")
    place: list[Line] = Field([], max_length=MOST_VALUES, description="Где совершён")
    language: list[Line] = Field([], max_length=MOST_VALUES, description="Язык, на котором составлен")
    state: list[Line] = Field(
        [], max_length=MOST_VALUES, description="Состояние: действует, изменено, не-действует, прекращено…"
    )
    in_force: Line = Field("", description="Что действовало в этот день: 2012-03-01, 01.03.2012, сегодня")
    date_from: Day = ""
    date_to: Day = ""

    def fields(self, library: Library) -> tuple[Condition, ...]:
        """Turn the filters into conditions of the query tree; parties and bodies by any of their names."""
        exact: dict[FieldName, Sequence[str]] = {
            FieldName.SOURCE: [self.source] if self.source else (),
            FieldName.TYPE: self.type,
        }
        out: list[Condition] = [Condition(name, tuple(map(str, found))) for name, found in exact.items() if found]
        out += filters_of(
            library, {name: getattr(self, name) for name in ("party", "body", "place", "language", "state")}
        )
        out += filters_of(library, {"in_force": [self.in_force]} if self.in_force else {})
        if self.date_from or self.date_to:
            low = first_day(self.date_from) or None
            high = last_day(self.date_to) or None
            if low and high and low > high:
                raise QueryError(BACKWARDS.format(low=self.date_from, high=self.date_to))
            out.append(Condition(FieldName.DATE, low=low, high=high))
        return tuple(out)


class SearchFilters(DocumentFilters):
    """What a search is narrowed to, beside the fields of the query language."""

    document: SomeId = ""
    kind: list[Kind] = Field([], max_length=MOST_VALUES, description="Любой из уровней")
    topic: list[Topic] = Field([], max_length=MOST_VALUES, description="Любая из тем")
    but: list[Line] = Field([], max_length=MOST_VALUES, description="Кроме: «type:protocol», «сторона:Беларусь»")

    @property
    def narrow(self) -> bool:
        """Say whether anything is filtered."""
        return any(getattr(self, name) for name in SearchFilters.model_fields)

    def conditions(self, library: Library) -> tuple[Condition | Not, ...]:
        """Turn the filters into conditions of the query tree; parties, bodies and topics by any of their names."""
        exact: dict[FieldName, Sequence[str]] = {
            FieldName.DOCUMENT: [self.document] if self.document else (),
            FieldName.KIND: self.kind,
        }
        out: list[Condition | Not] = [Condition(name, tuple(map(str, found))) for name, found in exact.items() if found]
        out += self.fields(library)
        return (*out, *filters_of(library, {"topic": self.topic}), *excluded_of(library, self.but))


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
    without: list[Line] = Field([], max_length=100, description="Замены слов, которых не искать")
    derivations: bool = Field(True, description="Искать и однокоренные слова")
    synonyms: bool = Field(True, description="Искать и синонимы, обиходные слова переводить на язык договоров")
    topics: bool = Field(True, description="Поднимать положения тем, о которых запрос")
    vectors: bool = Field(True, description="Близкие по смыслу: слова взамен незнакомых и положения выше прочих")
    semantic: bool = Field(
        True, description="Поднимать близкие по смыслу положения моделью (если стоит svod[semantic])"
    )
    prior: bool = Field(True, description="Соглашения прежде судебных актов и стандартов, если запрос не о них")
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
            without=tuple(self.without),
            derivations=self.derivations,
            synonyms=self.synonyms,
            topics=self.topics,
            vectors=self.vectors,
            semantic=self.semantic,
            prior=self.prior,
            filters=self.conditions(library),
            facets=facets_of(self.facets),
        )


class HitShape(responses.Answer):
    """A clause as a hit; `highlights` and `bridges` lie in `text`, `page` (from 1) where the file has pages."""

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
    bridges: tuple[Span, ...]
    score: float
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    second_reading: bool
    whole: bool
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


class NearShape(Answered):
    """What is near a place that is not there; no `eid` for a whole document."""

    document: str
    eid: str | None
    citation: str


class NoticeShape(Answered):
    """What an answer must say of itself («такого документа в библиотеке нет»)."""

    rule: str
    message: str
    near: tuple[NearShape, ...]


class AnswerShape(responses.Answer):
    """The answer to a search; `cursor` opens the next page; the first `whole` hits hold every word of the query."""

    query: str
    understood: str
    total: int
    whole: int
    semantic: Semantic = Field(
        description="Сравнены ли положения с запросом моделью: used; иначе почему нет: off — выключено, aside — нечего "
        "сравнивать, absent — нет svod[semantic], filling — векторов ещё мало, failed — сбой"
    )
    notices: tuple[NoticeShape, ...]
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
        bridges=hit.bridges,
        score=hit.score,
        matched=hit.matched,
        missing=hit.missing,
        second_reading=hit.second_reading,
        whole=hit.whole,
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
        whole=answer.whole,
        semantic=answer.semantic,
        notices=tuple(NoticeShape.model_validate(n) for n in answer.notices),
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

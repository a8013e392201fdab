"""The search page and its suggestions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ConfigDict, Field

from corpus.citations.writing import cite
from corpus.errors import LibraryUnavailableError, QueryError
from corpus.lexicon.dates import first_day, last_day, period
from corpus.library import Library
from corpus.plain import Record
from corpus.search import search as searching
from corpus.search.answers import Answer, SearchOptions, Sort
from corpus.search.language.filters import filters_of
from corpus.search.paging import paged
from search_api.http.edge.parameters import Line, PlaceIn, QueryText, Typing, WrittenDay
from search_api.http.edge.requests import Route
from search_api.http.search import SearchFilters
from search_api.service.access.asking import Opened
from search_api.service.samples import sample_files
from search_api.service.settings import MIB, Settings
from search_api.web.finding.cards import STEP, parts
from search_api.web.finding.narrowing import PICKED, chips, facets
from search_api.web.finding.newest import shelf
from search_api.web.finding.suggesting import suggestions
from search_api.web.finding.understanding import by_words, reading_chips, word_chips
from search_api.web.pages import choices, render
from search_api.web.strings import FACETS, SORTS, text

router = APIRouter(include_in_schema=False, route_class=Route)
LIMIT = 100
EXAMPLES = (
    "отказ в исполнении запроса",
    '"расходы, связанные с"',
    "конфиденциальность информации",
    "язык запроса",
    "ст:1 предмет",
    "вступление в силу",
)
OPEN_REST = 5
"""Clauses with all words that fill a screen; with fewer the others are not folded away."""


class PageQuery(SearchFilters):
    """A search as the page asks it: `n` hits shown, `like` is "document/eid" of a provision to find others by.

    Dates are taken as people write them; `dated` reads them.
    """

    model_config = ConfigDict(extra="ignore")

    q: QueryText = ""
    n: int = Field(STEP, ge=1, le=LIMIT)
    cursor: str | None = None
    sort: Sort = Sort.RELEVANCE
    all_words: bool = False
    as_typed: bool = False
    derivations: bool = True
    synonyms: bool = True
    topics: bool = True
    vectors: bool = True
    semantic: bool = True
    prior: bool = True
    without: list[Line] = Field([], max_length=100)
    like: PlaceIn = ""
    date_from: WrittenDay = ""
    date_to: WrittenDay = ""

    def options(self, library: Library) -> SearchOptions:
        """Return the options of the search."""
        return SearchOptions(
            limit=self.n,
            cursor=self.cursor,
            sort=self.sort,
            all_words=self.all_words,
            as_typed=self.as_typed,
            derivations=self.derivations,
            synonyms=self.synonyms,
            topics=self.topics,
            vectors=self.vectors,
            semantic=self.semantic,
            prior=self.prior,
            without=tuple(self.without),
            filters=self.conditions(library),
            facets=tuple(FACETS),
        )

    def dated(self) -> tuple["PageQuery", str]:
        """Read the days; return the search without them, and what is wrong, where they are none."""
        try:
            low, high = (period(day) if day.strip() else "" for day in (self.date_from, self.date_to))
        except ValueError:
            low = high = None
        if low is None or high is None:
            return self.model_copy(update=NO_DAYS), text("search.dates.wrong")
        if low and high and (first_day(low) or "") > (last_day(high) or ""):
            return self.model_copy(update=NO_DAYS), text("search.dates.backwards")
        return self.model_copy(update={"date_from": low, "date_to": high}), ""

    def on_a_day(self, library: Library) -> tuple["PageQuery", str]:
        """Return the search without the day it asks of, and what is wrong with it, where that is none."""
        try:
            filters_of(library, {"in_force": [self.in_force]} if self.in_force else {})
        except QueryError:
            return self.model_copy(update={"in_force": ""}), text("search.day.wrong")
        return self, ""

    def kept(self) -> dict[str, str | list[str]]:
        """Return what narrows and orders the search, without the query itself."""
        given = self.model_dump(exclude_defaults=True, exclude={"q", "n", "cursor", "like"}, mode="json")
        flags = {name: "1" if value else "0" for name, value in given.items() if isinstance(value, bool)}
        return {**{name: value for name, value in given.items() if value}, **flags}

    def hidden(self) -> list[tuple[str, str]]:
        """Return the same as fields of a form."""
        return [(name, x) for name, held in self.kept().items() for x in (held if isinstance(held, list) else [held])]

    def href(self, **changed: str | int | list[str] | None) -> str:
        """Return the address of this search with some things changed (None takes them away)."""
        params: dict[str, str | int | list[str] | None] = {"q": self.q, "like": self.like, **self.kept(), **changed}
        return "/?" + urlencode({k: v for k, v in params.items() if v}, doseq=True)


NO_DAYS: Final = {"date_from": "", "date_to": ""}


@router.get("/")
def search_page(request: Request, library: Opened, query: Annotated[PageQuery, Query()]) -> Response:
    """Show the search box, and what was found."""
    health = library.health()
    if "n" not in query.model_fields_set:
        query = query.model_copy(update={"n": int(choices(request)["page"])})
    typed, (query, misdated) = query, query.dated()
    query, misday = query.on_a_day(library)
    asked = bool(query.q.strip() or query.like or query.narrow or misdated or misday)
    common: Record = {"q": query.q, "kept": query.hidden(), "asked": asked, "health": health}
    if not health.ready:
        raise LibraryUnavailableError(health.detail or "Библиотека не отвечает.")
    if not asked:
        return _start(request, library, common)
    like, answer = _answered(library, query)
    titles = {s.id: s.title for s in library.documents()} if answer.facets.get("document") or query.document else {}
    return render(
        request,
        "search.html",
        answer=answer,
        like=like,
        parts=parts(answer),
        rest_open=answer.whole < OPEN_REST,
        facets=facets(query, _counted(library, query, answer), titles),
        chips=chips(query, titles),
        readings=reading_chips(query, answer),
        words=word_chips(query, answer),
        by_words=by_words(answer),
        unfiltered="/?" + urlencode({"q": query.q}),
        loose=query.href(all_words=None),
        more=_more(query, answer),
        export=_export(query),
        understood=_understood(answer),
        sorts=_sorts(query),
        lost=_lost(library, answer),
        filters=typed,
        misdated=misdated,
        misday=misday,
        all_words=query.all_words,
        **common,
    )


def _start(request: Request, library: Library, common: Record) -> Response:
    """Show the search box, what is new, and to an empty library how to begin."""
    settings: Settings = request.app.state.settings
    held = shelf(library)
    return render(
        request,
        "search.html",
        examples=EXAMPLES if common["health"].documents else (),
        newest=held.newest,
        doubtful=held.doubtful,
        samples=bool(sample_files()),
        max_file=settings.max_file // MIB,
        outcomes=(),
        **common,
    )


def _answered(library: Library, query: PageQuery) -> tuple[dict[str, str] | None, Answer]:
    """Return the provision others are looked for by, if any, and the answer."""
    options = query.options(library)
    if not query.like:
        return None, paged(library, searching.search(library, query.q, options))
    document, _, eid = query.like.partition("/")
    like = {"document": document, "eid": eid, "citation": cite(library.get(document), eid)}
    return like, paged(library, searching.similar(library, document, eid, options))


def _sorts(query: PageQuery) -> list[Record]:
    return [
        {"name": name, "href": query.href(sort=way if way != Sort.RELEVANCE else None), "on": way == query.sort}
        for way, name in SORTS.items()
    ]


def _counted(library: Library, query: PageQuery, answer: Answer) -> Mapping[str, Mapping[str, int]]:
    """Return the facets; of a field that is picked they are counted without it, so that another value can be added."""
    counted = dict(answer.facets)
    for field in PICKED:
        if getattr(query, field) and not query.like:
            apart = replace(
                query.model_copy(update={field: []}).options(library), limit=1, cursor=None, facets=(field,)
            )
            counted |= searching.search(library, query.q, apart).facets
    return counted


def _understood(answer: Answer) -> str:
    """Return the reading of the query without the corrections, which stand apart."""
    told = answer.understood
    for correction in answer.reading.corrections:
        told = told.replace(f" {correction.message}.", "")
    return told


def _lost(library: Library, answer: Answer) -> list[Record]:
    """Return the words of a query that found nothing, with the provisions that hold each by itself."""
    if answer.hits or answer.documents or answer.notices:
        return []
    words = {word.text: word.lemmas for word in answer.reading.words}
    counted = library.statistics([lemma for lemmas in words.values() for lemma in lemmas]).frequency
    return [
        {"text": word, "count": max((counted.get(x, 0) for x in lemmas), default=0)} for word, lemmas in words.items()
    ]


def _more(query: PageQuery, answer: Answer) -> Record | None:
    """Name the next step: the same page grown by STEP hits while that is cheap, then the page after it."""
    if len(answer.hits) >= answer.total or len(answer.hits) < query.n:
        return None
    if query.n < LIMIT and not query.cursor:
        return {"href": query.href(n=min(query.n + STEP, LIMIT)) + f"#h{query.n + 1}", "grows": True}
    return {"href": query.href(cursor=answer.cursor, n=query.n), "grows": False} if answer.cursor else None


def _export(query: PageQuery) -> str:
    filters = {k: v for k, v in query.kept().items() if k in SearchFilters.model_fields}
    return "/api/v1/export?" + urlencode({"q": query.q, **filters}, doseq=True)


@router.get("/suggest")
def suggest(library: Opened, q: Typing = "") -> Response:
    """Suggest words, topics and values that continue what is typed, and documents whose title has the words."""
    return JSONResponse(suggestions(library, q), headers={"Cache-Control": "private, max-age=60"})

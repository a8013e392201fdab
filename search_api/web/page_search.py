"""The search page, its suggestions, and the reader's preferences."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import ConfigDict, Field

from analyzers.letters import folded
from corpus.citations import answering as citing
from corpus.citations.writing import cite
from corpus.eid import article
from corpus.errors import LibraryUnavailableError
from corpus.library import Library
from corpus.search import search as searching
from corpus.search.answers import Answer, Hit, SearchOptions, Sort
from corpus.search.paging import paged
from search_api.http.edge.parameters import Back, PlaceIn, QueryText, Typing, Words
from search_api.http.edge.requests import Route
from search_api.http.search import SearchFilters
from search_api.service.opened import Opened
from search_api.web.pages import THEMES, render
from search_api.web.strings import FACETS, SORTS, TYPES, text
from search_api.web.views import Run, grouped, runs, value_name

router = APIRouter(include_in_schema=False, route_class=Route)
STEP, LIMIT = 10, 100
EXAMPLES = (
    "отказ в исполнении запроса",
    '"расходы, связанные с"',
    "конфиденциальность информации",
    "язык запроса",
    "ст:1 предмет",
    "вступление в силу",
)
YEAR = 60 * 60 * 24 * 365
_CITATION = re.compile(r"\b(?:ст|п|пп|подп|абз|ч|статья|статьи|пункт)\b\.?\s*«?[\dа-я]", re.IGNORECASE)


class PageQuery(SearchFilters):
    """A search as the page asks it: `n` hits shown, `like` is "document/eid" of a provision to find others by."""

    model_config = ConfigDict(extra="ignore")

    q: QueryText = ""
    n: int = Field(STEP, ge=1, le=LIMIT)
    cursor: str | None = None
    sort: Sort = Sort.RELEVANCE
    all_words: bool = False
    as_typed: bool = False
    like: PlaceIn = ""

    def options(self, library: Library) -> SearchOptions:
        """Return the options of the search."""
        return SearchOptions(
            limit=self.n,
            cursor=self.cursor,
            sort=self.sort,
            all_words=self.all_words,
            as_typed=self.as_typed,
            filters=self.conditions(library),
            facets=tuple(FACETS),
        )

    def kept(self) -> dict[str, str]:
        """Return what narrows and orders the search, without the query itself."""
        given = self.model_dump(exclude_defaults=True, exclude={"q", "n", "cursor", "like"}, mode="json")
        return {name: "1" if value is True else str(value) for name, value in given.items() if value}

    def href(self, **changed: str | int | None) -> str:
        """Return the address of this search with some things changed (None takes them away)."""
        params: dict[str, str | int | None] = {"q": self.q, "like": self.like, **self.kept(), **changed}
        return "/?" + urlencode({k: v for k, v in params.items() if v})


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with its number on the page and its text cut into runs."""

    number: int
    hit: Hit
    runs: tuple[Run, ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.hit, name)


@router.get("/")
def search_page(request: Request, library: Opened, query: Annotated[PageQuery, Query()]) -> Response:
    """Show the search box, and what was found."""
    health = library.health()
    asked = bool(query.q.strip() or query.like or query.narrow)
    common: dict[str, Any] = {"q": query.q, "kept": list(query.kept().items()), "asked": asked, "health": health}
    if not health.ready:
        raise LibraryUnavailableError(health.detail or "Библиотека не отвечает.")
    if not asked:
        return render(request, "search.html", examples=EXAMPLES if health.documents else (), **common)
    like, answer = None, None
    if query.like:
        document, _, eid = query.like.partition("/")
        like = {"document": document, "eid": eid, "citation": cite(library.get(document), eid)}
        answer = searching.similar(library, document, eid, query.options(library))
    else:
        answer = searching.search(library, query.q, query.options(library))
    answer = paged(library, answer)
    titles = {s.id: s.title for s in library.documents()} if answer.facets.get("document") or query.document else {}
    return render(
        request,
        "search.html",
        answer=answer,
        like=like,
        groups=_groups(answer),
        facets=_facets(query, answer, titles),
        chips=_chips(query, titles),
        unfiltered="/?" + urlencode({"q": query.q}),
        loose=query.href(all_words=None),
        more=_more(query, answer),
        export=_export(query),
        understood=_understood(answer),
        sorts=[
            {"name": name, "href": query.href(sort=way if way != Sort.RELEVANCE else None), "on": way == query.sort}
            for way, name in SORTS.items()
        ],
        lost=() if answer.hits else _lost(library, answer),
        filters=query,
        all_words=query.all_words,
        **common,
    )


def _understood(answer: Answer) -> str:
    """Return the reading of the query without the corrections, which stand apart."""
    told = answer.understood
    for correction in answer.reading.corrections:
        told = told.replace(f" {correction.message}.", "")
    return told


def _lost(library: Library, answer: Answer) -> list[dict[str, Any]]:
    """Return the words of a query that found nothing, with the provisions that hold each by itself."""
    words = {word.text: word.lemmas for word in answer.reading.words}
    counted = library.statistics([lemma for lemmas in words.values() for lemma in lemmas]).frequency
    return [
        {"text": word, "count": max((counted.get(x, 0) for x in lemmas), default=0)} for word, lemmas in words.items()
    ]


def _groups(answer: Answer) -> list[dict[str, Any]]:
    """Group each STEP of hits by itself, so that what is shown stays where it is when more is shown."""
    steps = [answer.hits[at : at + STEP] for at in range(0, len(answer.hits), STEP)]
    out, number = [], 0
    for group in (g for step in steps for g in grouped(step)):
        hits = []
        for hit in group.hits:
            number += 1
            hits.append(ShownHit(number, hit, runs(hit.text, hit.highlights)))
        out.append(
            {
                "document": group.document,
                "title": group.title,
                "short": group.short,
                "heading": group.heading,
                "article": article(group.hits[0].eid),
                "hits": hits,
            }
        )
    return out


def _more(query: PageQuery, answer: Answer) -> dict[str, Any] | None:
    """Name the next step: the same page grown by STEP hits while that is cheap, then the page after it."""
    if len(answer.hits) >= answer.total or len(answer.hits) < query.n:
        return None
    if query.n < LIMIT and not query.cursor:
        return {"href": query.href(n=min(query.n + STEP, LIMIT)) + f"#h{query.n + 1}", "grows": True}
    return {"href": query.href(cursor=answer.cursor, n=query.n), "grows": False} if answer.cursor else None


def _export(query: PageQuery) -> str:
    filters = {k: v for k, v in query.kept().items() if k not in {"sort", "all_words", "as_typed"}}
    return "/api/v1/export?" + urlencode({"q": query.q, **filters})


def _facets(query: PageQuery, answer: Answer, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    out = []
    for field, name in FACETS.items():
        if getattr(query, field, None) or (field == "year" and query.date_from):
            continue
        counts = sorted(answer.facets.get(field, {}).items(), key=lambda item: (-item[1], item[0]))
        values = [
            {
                "name": value_name(field, value, titles),
                "count": count,
                "href": query.href(**({"date_from": value, "date_to": value} if field == "year" else {field: value})),
            }
            for value, count in counts[:8]
        ]
        if len(values) > 1:
            out.append({"name": name, "entries": values})
    return out


def _chips(query: PageQuery, titles: Mapping[str, str]) -> list[dict[str, str]]:
    out = []
    for field in ("type", "kind", "party", "body", "place", "language", "topic", "state", "document", "source"):
        value = getattr(query, field)
        if value:
            out.append({"name": value_name(field, value, titles), "without": query.href(**{field: None})})
    if query.in_force:
        out.append({"name": text("search.in_force", day=query.in_force), "without": query.href(in_force=None)})
    if query.date_from or query.date_to:
        days = f"{query.date_from}–{query.date_to}" if query.date_from != query.date_to else query.date_from
        out.append({"name": days, "without": query.href(date_from=None, date_to=None)})
    return out


@router.get("/suggest")
def suggest(library: Opened, q: Typing = "") -> Response:
    """Suggest words of the library that continue the last word, and documents whose title has the words."""
    return JSONResponse(suggestions(library, q), headers={"Cache-Control": "private, max-age=60"})


def suggestions(library: Library, typed: str) -> list[dict[str, str]]:
    """Return at most eight suggestions: {label, note, value} continues the query, {label, note, href} opens."""
    return [*_cited(library, typed), *_continued(library, typed), *_titled(library, typed)][:8]


def _cited(library: Library, typed: str) -> Iterator[dict[str, str]]:
    """Suggest the provisions that a citation means: «п. 2 ст. 6 Соглашения от 23.10.2008»."""
    if not _CITATION.search(typed):
        return
    for citation in citing.answer(typed, library)[:1]:
        for target in citation.targets[:4]:
            eid = target.eids[0] if target.eids else ""
            summary = next((s for s in library.documents() if s.id == target.document), None)
            if summary:
                href = f"/d/{target.document}" + (f"/{eid}" if eid else "")
                yield {"label": cite(summary, eid), "note": text("search.suggest.open"), "href": href}


def _continued(library: Library, typed: str) -> Iterator[dict[str, str]]:
    """Suggest words of the library that continue the last word."""
    last = typed.rsplit(maxsplit=1)[-1] if typed.strip() and not typed[-1].isspace() else ""
    word = folded(last.lstrip('-=("«'))
    if len(word) < 2 or not word.isalpha():
        return
    head = typed[: len(typed) - len(word)]
    found = [(term, count) for term, count in library.terms(word, 6) if term != word]
    yield from ({"label": head + term, "note": str(count), "value": head + term + " "} for term, count in found[:5])


def _titled(library: Library, typed: str) -> Iterator[dict[str, str]]:
    """Suggest documents whose title has the words."""
    if len(typed.strip()) < 3:
        return
    words = folded(typed).split()
    for summary in library.documents():
        title = folded(summary.title)
        if all(w in title for w in words):
            yield {"label": summary.title, "note": TYPES.get(summary.type, ""), "href": f"/d/{summary.id}"}


@router.post("/preferences")
def preferences(
    theme: Annotated[Words, Form()] = "system",
    keys: Annotated[Words, Form()] = "on",
    back: Annotated[Back, Form()] = "/",
) -> Response:
    """Keep the reader's theme and keys in cookies, and go back."""
    split = urlsplit(back)
    local = not split.scheme and not split.netloc and back.startswith("/") and not back.startswith(("//", "/\\"))
    response = RedirectResponse(back if local else "/", 303)
    response.set_cookie("svod_theme", theme if theme in THEMES else "system", max_age=YEAR, samesite="lax")
    response.set_cookie("svod_keys", "off" if keys == "off" else "on", max_age=YEAR, samesite="lax")
    return response

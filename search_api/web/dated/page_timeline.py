"""The timeline of a library: what was in force when, what changed or ended what; a picture and a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from corpus.citations.writing import name
from corpus.effects.lives import lives
from corpus.effects.standing import DEAD, StateOnDay
from corpus.effects.touching import Link
from corpus.library import Summary
from search_api.answers.standing import Standing
from search_api.http.edge.parameters import SomeId
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Opened
from search_api.web.pages import render
from search_api.web.strings import LINKS

router = APIRouter(include_in_schema=False, route_class=Route)
MOST = 150
"""Acts drawn at once, the latest first; of more the rest is told in a sentence."""
WIDTH, LEFT, ROW, TOP = 960, 16, 26, 30
"""Units of the drawing: its width, the margin, the height of a row, the place of the years."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An act: its bar from the day of force (or signing) to its end, in units of the drawing, and what it does."""

    document: str
    name: str
    title: str
    date: str | None
    parties: tuple[str, ...]
    state: StateOnDay | None
    x: int
    y: int
    width: int
    deeds: tuple[tuple[str, str, str], ...]
    """What it does, the name and the document of the act it does it to."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from an act to the one it touches, and what it says."""

    path: str
    told: str


@router.get("/timeline")
def timeline_page(request: Request, library: Opened, document: Annotated[SomeId, Query()] = "") -> Response:
    """Draw the library's acts over time; with `document` that act and what it is tied to."""
    told, standing = lives(library), Standing(library)
    links = tuple(told.links())
    dated = [s for s in library.documents() if s.date]
    if document:
        tied = _tied(document, links)
        dated = [s for s in dated if s.id in tied]
    listed = sorted(dated, key=lambda s: (s.date or "", s.id))[-MOST:]
    years = _years(listed, standing.on)
    bars = _bars(listed, links, standing, years)
    return render(
        request,
        "timeline.html",
        bars=bars,
        arrows=_arrows(bars),
        ticks=[(year, _at(f"{year}-01-01", years)) for year in range(years[0], years[1], _step(years))],
        width=WIDTH,
        height=TOP + ROW * len(bars) + 10,
        left_out=len(dated) - len(listed),
        document=document,
    )


def _tied(document: str, links: Sequence[Link]) -> set[str]:
    """Return an act and all that is tied to it, step by step."""
    found, fresh = {document}, {document}
    while fresh:
        beside = {x for k in links for x in (k.document, k.target) if {k.document, k.target} & fresh}
        fresh = beside - found
        found |= fresh
    return found


def _years(listed: Sequence[Summary], on: str) -> tuple[int, int]:
    first = min((int((s.date or on)[:4]) for s in listed), default=int(on[:4]))
    return first, max(int(on[:4]) + 1, first + 1)


def _step(years: tuple[int, int]) -> int:
    return next((step for step in (1, 2, 5, 10, 20) if (years[1] - years[0]) / step <= 14), 50)


def _at(day: str, years: tuple[int, int]) -> int:
    """Return where a day stands in the drawing."""
    part = (int(day[:4]) - years[0] + (int(day[5:7] or 1) - 1) / 12) / (years[1] - years[0])
    return round(LEFT + part * (WIDTH - 2 * LEFT))


def _bars(listed: Sequence[Summary], links: Iterable[Link], standing: Standing, years: tuple[int, int]) -> list[Bar]:
    names = {s.id: name(s) for s in listed}
    deeds: dict[str, list[tuple[str, str, str]]] = {}
    for link in links:
        if link.target in names:
            deeds.setdefault(link.document, []).append((LINKS.get(link.what, ""), names[link.target], link.target))
    out = []
    states = standing.of_each([s.id for s in listed])
    for row, (summary, state) in enumerate(zip(listed, states, strict=True)):
        begin = (summary.days[0] if summary.days else "") or summary.date or standing.on
        end = state.since if state and state.status in DEAD and state.since else standing.on
        x = _at(begin, years)
        width = max(_at(end, years) - x, 3)
        done = tuple(dict.fromkeys(d for d in deeds.get(summary.id, ()) if d[0]))
        out.append(
            Bar(
                summary.id,
                names[summary.id],
                summary.title,
                summary.date,
                summary.parties,
                state,
                x,
                TOP + ROW * row,
                width,
                done,
            )
        )
    return out


def _arrows(bars: Sequence[Bar]) -> list[Arrow]:
    placed = {bar.document: bar for bar in bars}
    out = []
    for bar in bars:
        for verb, called, target in bar.deeds:
            aim = placed[target]
            x, y = bar.x, bar.y + ROW // 2 - 4
            out.append(Arrow(f"M{x} {y} V{aim.y + 16 if aim.y < bar.y else aim.y}", f"{bar.name} {verb} {called}"))
    return out

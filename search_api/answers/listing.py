"""Lists of documents: filters, order, search in titles."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from analyzers.lemmas import folded
from corpus.library import Summary


class Order(StrEnum):
    """Order of a list of documents."""

    SOURCE = "source"
    TITLE = "title"
    DATE = "date"
    NEWEST = "-date"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; "" is no narrowing. `text` looks in title, source, number and parties.

    `doubts` leaves those whose reading left doubts.
    """

    type: str = ""
    party: str = ""
    source: str = ""
    text: str = ""
    date_from: str = ""
    date_to: str = ""
    year: str = ""
    language: str = ""
    doubts: bool = False


def chosen(summaries: Iterable[Summary], filters: Filters, order: Order = Order.SOURCE) -> list[Summary]:
    """Return the documents that pass, in order; undated ones come last by date."""
    kept = [s for s in summaries if _passes(s, filters)]
    if order is Order.TITLE:
        return sorted(kept, key=lambda s: (folded(s.title), s.source, s.place))
    if order is Order.DATE:
        return sorted(kept, key=lambda s: (s.date is None, s.date or "", s.source, s.place))
    if order is Order.NEWEST:
        dated = sorted((s for s in kept if s.date), key=lambda s: (s.date or "", s.source, s.place), reverse=True)
        return dated + [s for s in kept if not s.date]
    return sorted(kept, key=lambda s: (s.source, s.place))


def _passes(summary: Summary, filters: Filters) -> bool:
    date = summary.date or ""
    same = ((filters.type, summary.type), (filters.source, summary.source), (filters.year, date[:4]))
    return (
        all(wanted in ("", held) for wanted, held in same)
        and (not filters.language or filters.language in summary.languages)
        and (not filters.doubts or summary.diagnostics > 0)
        and (not (filters.date_from or filters.date_to) or bool(date))
        and (not filters.date_from or date >= filters.date_from)
        and (not filters.date_to or date[: len(filters.date_to)] <= filters.date_to)
        and _told(summary, filters)
    )


def _told(summary: Summary, filters: Filters) -> bool:
    """Say whether the parties and the words of a document are those that are asked for."""
    haystack = folded(" ".join([summary.title, summary.source, summary.number or "", *summary.parties]))
    party = folded(filters.party)
    return any(party in folded(name) for name in summary.parties or ("",)) and all(
        word in haystack for word in folded(filters.text).split()
    )

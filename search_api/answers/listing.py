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
    """What a list is narrowed to; "" is no narrowing. `text` looks in title, source, number and parties."""

    type: str = ""
    party: str = ""
    source: str = ""
    text: str = ""
    date_from: str = ""
    date_to: str = ""


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
    haystack = folded(" ".join([summary.title, summary.source, summary.number or "", *summary.parties]))
    return (
        (not filters.type or summary.type == filters.type)
        and (not filters.source or summary.source == filters.source)
        and (not filters.party or any(folded(filters.party) in folded(party) for party in summary.parties))
        and (not (filters.date_from or filters.date_to) or bool(date))
        and (not filters.date_from or date >= filters.date_from)
        and (not filters.date_to or date[: len(filters.date_to)] <= filters.date_to)
        and all(word in haystack for word in folded(filters.text).split())
    )

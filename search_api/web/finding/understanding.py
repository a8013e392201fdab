"""The reading of a query as chips: what it was widened by, each way and alternative with the way to take it off."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.search.answers import Answer, Means, Semantic
from search_api.web.finding.narrowing import Chip
from search_api.web.strings import text

if TYPE_CHECKING:
    from search_api.web.page_search import PageQuery

SHOWN = 3
"""Alternatives that a chip names."""
_WAYS = {
    "derivations": (Means.DERIVATION,),
    "synonyms": (Means.SYNONYM, Means.PLAIN),
    "topics": (Means.TOPIC,),
    "vectors": (Means.VECTOR,),
}


_UNCOMPARED = (Semantic.ABSENT, Semantic.FILLING, Semantic.FAILED)


@dataclass(frozen=True, slots=True)
class WordChips:
    """A word of the query with the alternatives it was widened by."""

    text: str
    alternatives: tuple[Chip, ...]


def reading_chips(query: "PageQuery", answer: Answer) -> list[Chip]:
    """Tell each way the query was widened, with the address of the search without it; what is off can be put back."""
    out = []
    for option, means in _WAYS.items():
        if not getattr(query, option):
            out.append(Chip(text(f"search.off.{option}"), query.href(**{option: None})))
            continue
        told = [a.text for w in answer.reading.words for a in w.alternatives if a.means in means]
        if named := list(dict.fromkeys(told)):
            names = ", ".join(named[:SHOWN]) + ("…" if len(named) > SHOWN else "")
            out.append(Chip(text(f"search.way.{option}", names=names), query.href(**{option: "0"})))
    if answer.semantic is Semantic.USED:
        out.append(Chip(text("search.way.semantic"), query.href(semantic="0")))
    elif not query.semantic:
        out.append(Chip(text("search.off.semantic"), query.href(semantic=None)))
    if answer.prior:
        out.append(Chip(text("search.way.prior"), query.href(prior="0")))
    elif not query.prior:
        out.append(Chip(text("search.off.prior"), query.href(prior=None)))
    if query.without:
        out.append(Chip(text("search.off.without", names=", ".join(query.without)), query.href(without=None)))
    return out


def by_words(answer: Answer) -> str:
    """Say why clauses were not compared by a sentence model, where a person may wonder; "" elsewhere."""
    return text(f"search.semantic.{answer.semantic}") if answer.semantic in _UNCOMPARED else ""


def word_chips(query: "PageQuery", answer: Answer) -> list[WordChips]:
    """Tell every word with its alternatives, each with the address of the search without it."""
    return [
        WordChips(
            word.text,
            tuple(Chip(a.text, query.href(without=[*query.without, a.text])) for a in word.alternatives),
        )
        for word in answer.reading.words
        if word.alternatives
    ]

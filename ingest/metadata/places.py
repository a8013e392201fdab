"""Where an act was done, in the nominative: «Совершено в городе Москве»."""

import re

from analyzers.lemmas import folded, normal
from analyzers.spans import Span

_PLACE = re.compile(
    r"\b(?:в|во)\s++(?:(?P<word>городе|г\.|гор\.|столице|селе|с\.|пос\.)\s*+)?"
    r"(?P<place>[А-ЯЁ][а-яё]++(?:[- ](?:[А-ЯЁ][а-яё]++|на|де|ан)){0,3})"
)


def place(text: str) -> tuple[str, Span] | None:
    """Read where an act was done, in the nominative: «Совершено в городе Москве».

    >>> place("Совершено в г. Нью-Йорке 26 сентября"), place("Совершено в Баку 14 октября")[0]
    (('Нью-Йорк', Span(start=10, end=24)), 'Баку')
    """
    match = _PLACE.search(text)
    if not match:
        return None
    return nominative_place(match["place"], declined=match["word"] != "столице"), Span(*match.span())


def nominative_place(name: str, *, declined: bool = True) -> str:
    """Put a place's name into the nominative."""
    if not declined or re.search(r"\s(?:на|де)\s|-на-", name):
        head, *rest = re.split(r"(?=\s(?:на|де)\s|-на-)", name)
        return _nominative(head) + "".join(rest)
    return _nominative(name)


def _nominative(name: str) -> str:
    whole = normal(folded(name), "Geox", "loct") or normal(folded(name), "Geox")
    if whole:
        return "-".join(part.capitalize() for part in whole.split("-"))
    if " " in name or "-" in name:
        *first, last = re.split(r"([ -])", name)
        return "".join([_adjective(w) if w not in " -" else w for w in first]) + _nominative(last)
    other = normal(folded(name), "NOUN", "loct", "sing")
    if other and name.endswith("ье") and other.endswith("ие"):
        return name
    return other.capitalize() if other else name


def _adjective(word: str) -> str:
    found = normal(folded(word), "ADJF", "loct")
    return found.capitalize() if found else word

"""Where an act was done, in the nominative: «Совершено в городе Москве»."""

import re

from analyzers.lemmas import folded, inflect, normal
from analyzers.spans import Span

_PLACE = re.compile(
    r"\b(?:в|во)\s++(?:(?P<word>городе|г\.|гор\.|столице|селе|с\.|пос\.)\s*+)?"
    r"(?P<place>[А-ЯЁ][а-яё]++"
    r"(?:[- ](?:[А-ЯЁ][а-яё]++|на|де|ан)|-(?:о|эс|аль|эль|ла|ле|ди|дель|дю|сюр|ам)(?=-[А-ЯЁ])){0,4})"
)
_SMALL = re.compile(r"\s(?:на|де)\s|-(?:на|де|о|эс|аль|эль|ла|ле|ди|дель|дю|сюр|ам)-")
_ADJECTIVES = (("ой", "femn", "ая"), ("ей", "femn", "яя"), ("ых", "plur", "ые"), ("их", "plur", "ие"))
"""Endings of an adjective before a name in the prepositional: «Беловежской Пуще», «Минеральных Водах»."""


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
    if not declined or _SMALL.search(name):
        head, *rest = re.split(f"(?={_SMALL.pattern})", name)
        tail = "".join(rest)
        parts = re.split(r"(-)", head + tail) if re.search(r"-(?:о|эс)-", name) else [head, tail]
        return "".join([*parts[:-1], _nominative(parts[-1])]) if len(parts) > 2 else _nominative(head) + tail
    return _nominative(name)


def _nominative(name: str) -> str:
    whole = normal(folded(name), "Geox", "loct") or normal(folded(name), "Geox")
    if whole:
        return "-".join(map(str.capitalize, _spelt(whole, name).split("-")))
    if " " in name or "-" in name:
        *first, last = re.split(r"([ -])", name)
        plural = first[-2].endswith(("ых", "их"))
        if last.endswith("ском") and first[-1] == "-":
            return "".join([*map(_nominative, first[:-1]), "-", last.removesuffix("ом") + "ий"])
        return "".join([_adjective(w) if w not in " -" else w for w in first]) + _nominative_last(last, plural=plural)
    return _nominative_last(name, plural=False)


def _nominative_last(name: str, *, plural: bool) -> str:
    if plural:
        nouns = normal(folded(name), "NOUN", "loct", "plur")
        form = inflect(nouns, frozenset({"nomn", "plur"})) if nouns else None
        return form.capitalize() if form else name
    whole = normal(folded(name), "Geox", "loct")
    other = whole or normal(folded(name), "NOUN", "loct", "sing")
    if other and name.endswith("ье") and other.endswith("ие"):
        return name
    return _spelt(other, name).capitalize() if other else name


def _spelt(normal_form: str, printed: str) -> str:
    """Write «ё» only where it is printed: «Кишиневе» is «Кишинев»."""
    return normal_form if "ё" in printed.lower() else normal_form.replace("ё", "е")


def _adjective(word: str) -> str:
    for ending, grammeme, nominative in _ADJECTIVES:
        if word.endswith(ending) and normal(folded(word), "ADJF", "loct", grammeme):
            return word.removesuffix(ending) + nominative
    found = normal(folded(word), "ADJF", "loct")
    return found.capitalize() if found else word

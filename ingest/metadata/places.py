"""Where an act was done, in the nominative: «Совершено в городе Москве»."""

import re

from analyzers.lemmas import folded, inflect, is_known, normal
from analyzers.spans import Span

_PLACE = re.compile(
    r"\b[Вв]о?\s++(?:(?P<word>городе|г\.|гор\.|столице|селе|с\.|пос\.)\s*+)?"
    r"(?P<place>[А-ЯЁ][а-яё]++"
    r"(?:[- ](?:[А-ЯЁ][а-яё]++|на|де|ан)|-(?:о|эс|аль|эль|ла|ле|ди|дель|дю|сюр|ам)(?=-[А-ЯЁ])){0,4})"
)
_SMALL = re.compile(r"\s(?:на|де)\s|-(?:на|де|о|эс|аль|эль|ла|ле|ди|дель|дю|сюр|ам)-")
_ADJECTIVES = (("ой", "femn", "ая"), ("ей", "femn", "яя"), ("ых", "plur", "ые"), ("их", "plur", "ие"))
"""Endings of an adjective before a name in the prepositional: «Беловежской Пуще», «Минеральных Водах»."""


_STATE = re.compile(r"(?:Республик|Королевств|Федераци|Княжеств|Союзе\b|Государств)")
_FIRM = re.compile(r"(?:[аеёиоуыэюя][бвдзклмнпрстфхцчшщ]|ск|цк|рг|рд|нт|рт|ст|нд|льм|рк|кс)(?=е\Z)")
"""A stem that the name of a town may end with in the nominative."""
_FORMS = {"": ("", "ом", "ем"), "а": ("ы", "и", "у", "ой", "ою")}
"""Endings that only a name without one, and only a name in «а», has in other cases."""


def place(text: str, around: str = "") -> tuple[str, Span] | None:
    """Read where an act was done, in the nominative: «Совершено в городе Москве».

    A name behind «городе» goes before another; a state is no place. `around` is the act's text, whose other forms of
    a name that no dictionary has tell its nominative: «Мелене» is «Мелен» beside «Меленом», «Мелена» beside «Мелены».

    >>> place("Совершено в г. Нью-Йорке 26 сентября"), place("Совершено в Баку 14 октября")[0]
    (('Нью-Йорк', Span(start=10, end=24)), 'Баку')
    >>> place("Подписано в Мелене")[0], place("Подписано в Мелене", "улицы Мелены")[0]
    ('Мелен', 'Мелена')
    """
    found = [match for match in _PLACE.finditer(text) if match["word"] or not _STATE.search(match["place"])]
    match = next((match for match in found if match["word"]), found[0] if found else None)
    if match is None:
        return None
    name = nominative_place(match["place"], declined=match["word"] != "столице")
    return _told(match["place"], around) or name, Span(*match.span())


def _told(name: str, around: str) -> str | None:
    """Return the nominative that other forms of a name tell; None where the dictionary has it or none tells."""
    if not around or not name.endswith("е") or is_known(folded(re.split(r"[ -]", name)[-1])):
        return None
    stem = name[:-1]
    forms = [form[1] for form in re.finditer(rf"(?<!\w){re.escape(stem)}([а-яё]{{0,2}})(?!\w)", around)]
    votes = {ending: sum(form in own for form in forms) for ending, own in _FORMS.items()}
    best = max(votes, key=votes.__getitem__)
    return stem + best if votes[best] else None


def nominative_place(name: str, *, declined: bool = True) -> str:
    """Put a place's name into the nominative."""
    if not declined or _SMALL.search(name):
        head, *rest = re.split(f"(?={_SMALL.pattern})", name)
        tail = "".join(rest)
        parts = re.split(r"(-)", head + tail) if re.search(r"-(?:о|эс)-", name) else [head, tail]
        return "".join([*parts[:-1], _nominative(parts[-1])]) if len(parts) > 2 else _nominative(head) + tail
    return _nominative(name)


def _nominative(name: str) -> str:
    if " " not in name and "-" not in name and _FIRM.search(name) and not is_known(folded(name)):
        return name[:-1]  # what no dictionary has is guessed by its end, and a guess makes «Торжине» «Торжиня»
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

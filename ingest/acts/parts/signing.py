"""Lines that tell when and where an act was signed, and nothing else: read word by word, whatever their order."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from analyzers.lemmas import folded, is_known, normal
from analyzers.spans import Span
from corpus.lexicon.countries import find_states
from corpus.lexicon.dates import Dated, dates

LONGEST = 120
"""Characters of such a line."""
LONGEST_NAME = 3
"""Words of a place's name."""
_SAID = frozenset(
    {
        "г",
        "гор",
        "город",
        "городе",
        "в",
        "во",
        "из",
        "дата",
        "день",
        "место",
        "подписания",
        "подписание",
        "заключения",
        "совершения",
        "подписано",
        "подписан",
        "подписана",
        "подписаны",
        "совершено",
        "совершен",
        "совершена",
        "учинено",
        "учинен",
        "учинена",
        "заключено",
        "заключен",
        "заключена",
        "составлено",
        "составлен",
        "дано",
        "года",
        "году",
        "год",
        "и",
        "столица",
        "столице",
    }
)
"""Words such a line may have beside its day and its place."""
_INTO = frozenset({"в", "во"})
_NAMES_PLACE = frozenset({"г", "гор", "город", "городе", "место"})
_LOCATIVE = frozenset({"городе", "столице"})
_WORD = re.compile(r"[^\W\d_]++(?:-[^\W\d_]++)*+")
_APART = re.compile(r"[,–—-]")
"""What stands between a place and its day: «Велинск, 3 мая»."""
_STRANGE = re.compile(r"[\d_№:;«»\"]")


class Where(NamedTuple):
    """A place as printed: its name in ordinary letters, where it stands, whether «в» makes it decline."""

    name: str
    span: Span
    declined: bool


class Signed(NamedTuple):
    """The day and the place a line tells."""

    day: Dated | None
    place: Where | None


def signing_line(text: str) -> Signed | None:
    """Read a line of nothing but day and place; None for any other.

    >>> signing_line("(3 мая 2004 года, г. Ардов)").place.name, signing_line("Подписано: Ардов, 03.05.2004").day.iso
    ('Ардов', '2004-05-03')
    >>> signing_line("Совершено в Ардове 3 мая 2004 года в двух экземплярах."), signing_line("Письмо от 3 мая 2004 г.")
    (None, None)
    """
    if len(text) > LONGEST:
        return None
    found = dates(text)
    if len(found) > 1:
        return None
    day = found[0] if found else None
    bare = (
        text if day is None else text[: day.span.start] + " " * (day.span.end - day.span.start) + text[day.span.end :]
    )
    if _STRANGE.search(re.sub(r":(?=\s)", "", bare)):
        return None
    return _of_words(bare, day)


def _of_words(bare: str, day: Dated | None) -> Signed | None:
    words = _words(bare)
    other = [i for i in range(len(words)) if not _is_said(words, i)]
    if not other:
        return Signed(day, None) if day else None
    where, told = _where(bare, words, other)
    if where is None or not (day or told):
        return None
    sure = told or where.declined or (day is not None and _is_apart(bare, where.span, day.span))
    return Signed(day, where) if sure or is_place(where.name) else None


def _words(bare: str) -> list[re.Match[str]]:
    """Return the words of a line but those of states."""
    states = [span for span, _ in find_states(bare)]
    return [w for w in _WORD.finditer(bare) if not any(span.start <= w.start() < span.end for span in states)]


def _where(bare: str, words: Sequence[re.Match[str]], named: Sequence[int]) -> tuple[Where | None, bool]:
    """Return the place that some words name together, and whether «г.» or «место» says that it is one."""
    said = [folded(word[0]) for word in words[: named[0]]]
    told = not _NAMES_PLACE.isdisjoint(said)
    if not (_is_one_name(bare, words, named) and all(words[i][0][0].isupper() for i in named)):
        return None, told
    span = Span(words[named[0]].start(), words[named[-1]].end())
    return Where(_cased(bare[span.start : span.end]), span, _declines(said)), told


def _is_apart(bare: str, place: Span, day: Span) -> bool:
    return bool(_APART.search(bare[min(place.end, day.end) : max(place.start, day.start)]))


def _is_said(words: Sequence[re.Match[str]], i: int) -> bool:
    """Say whether a word may stand beside a day and a place; «Г.» behind a name is an initial."""
    named = any(folded(word[0]) not in _SAID for word in words[:i])
    return folded(words[i][0]) in _SAID and not (named and words[i][0][0].isupper())


def _is_one_name(bare: str, words: Sequence[re.Match[str]], names: Sequence[int]) -> bool:
    """Say whether the words of a name stand together, blanks between them."""
    pairs = pairwise(names)
    return all(b == a + 1 and bare[words[a].end() : words[b].start()] == " " for a, b in pairs)


def _declines(said: Sequence[str]) -> bool:
    """Say whether the words before a name put it into another case: «в», «в городе», «в г.»."""
    near = [word for word in said[-2:] if word in _INTO or word in _LOCATIVE or word in _NAMES_PLACE]
    return bool(near) and (near[-1] in _INTO or near[-1] in _LOCATIVE or near[0] in _INTO)


def _cased(name: str) -> str:
    """Write a name in capitals in ordinary letters: «НЬЮ-ЙОРК»."""
    return re.sub(r"[^\W\d_]++", lambda m: m[0].capitalize(), name) if name.isupper() else name


def is_place(name: str) -> bool:
    """Say whether a name can be of a place: not a common word («Федерации», «Министр»)."""
    first = folded(re.split(r"[ -]", name)[0])
    return bool(normal(first, "Geox")) or not is_known(first)


def is_lone_place(text: str) -> bool:
    """Say whether a line may be the name of a place by itself: «Старый Брод», «ВЕЛИНСК»."""
    words = text.strip(" .,").split(" ")
    named = all(word[:1].isupper() and _WORD.fullmatch(word) for word in words)
    return len(words) <= LONGEST_NAME and named and is_place(words[-1]) and not find_states(text)

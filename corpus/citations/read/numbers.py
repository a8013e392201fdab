"""The numbers of a unit: single, lists and ranges, as they stand in eIds."""

import re
from dataclasses import dataclass, field

from analyzers.letters import roman
from corpus import eid as eids
from corpus.citations.parsed import LAST, LAST_BUT_ONE, CitedUnit, Named
from corpus.citations.read import grammar as g
from corpus.lexicon.numerals import AGAIN, ordinal
from corpus.model import Kind


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its lower-cased form of the same length.

    `names` are those read at a place and depth so far, `leads` what leads to a type word at a place: where its name
    begins, the words before it, whether it is pointed at.
    A name looks for names inside it, each of those for its own: read anew, thirteen type words in a row were 231 names.
    """

    text: str
    low: str
    names: dict[tuple[int, int], Named | None] = field(default_factory=dict, compare=False, repr=False)
    leads: dict[int, tuple[int, str, bool]] = field(default_factory=dict, compare=False, repr=False)


@dataclass(slots=True)
class Number:
    """A number of a unit: `inner` stands between the ends of a range, `until` ends it; `below` are places after it."""

    value: str
    ordinal: bool = False
    inner: bool = False
    until: bool = False
    again: int = 1
    below: list[tuple[CitedUnit, ...]] = field(default_factory=list)


_RATIO = re.compile(r"[:/]\s?\d|/|\s/")
"""«2:1», «5/7»."""
_GOES_ON = re.compile(
    r"(?:\s++(?:под)?пункт[аов]{1,2}|\s++част[ией]{1,2}|\s++стат[ьией]{1,3}|\s++(?:п|ч|ст)\.\s?\d|(?:,|\s++и|\s?[–-])\s++\d{1,3}\))[^().;\n]{0,120}\)"
)
_LETTERED = (Kind.POINT, Kind.PARAGRAPH)
_ROMAN = (Kind.ARTICLE, Kind.SECTION, Kind.CHAPTER, Kind.PART, Kind.ATTACHMENT, Kind.PARAGRAPH, Kind.NOTE)
_ALPHABET = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_LONGEST_RANGE = 300
_NEAR = 300
"""Characters before a number in which a bracket may have been opened that is closed after it."""
_LONGEST_NUMBER = 9
"""Digits of a number a range is counted out from."""


def number(src: Text, at: int, kind: Kind) -> tuple[Number, int] | None:
    """Read one number at a place, or nothing where it counts things («5 дней») or cannot number such a unit."""
    match = g.NUMBER.match(src.low, at)
    if match is None:
        return None
    value = _value(src, match, kind)
    end = match.end()
    if value is None or _counts(src, end) or _RATIO.match(src.low, end):
        return None
    if match["digits"]:
        if g.DATE_LIKE.match(src.low, match.start("digits")):
            return None
        if src.low[end : end + 1] == ")" and kind in (*_LETTERED, Kind.PART) and its_own(src.low, at, end):
            end += 1
    found = Number(value, ordinal=bool(match["ordinal"]))
    if again := g.SAME_NUMBER.match(src.low, end):
        found.again, end = int(again["again"]), again.end()
    return found, end


def _counts(src: Text, end: int) -> bool:
    """Say whether a number counts what follows: «5 см»; «ст. 5 СМ» is an act called so."""
    things = g.QUANTITY.match(src.low, end)
    return things is not None and not src.text[end : things.end()].strip().isupper()


def _value(src: Text, match: re.Match[str], kind: Kind) -> str | None:
    if match["digits"]:
        value = eids.transliterate(match["digits"] + (match["sup"] or ""))
        return f"{value}-{AGAIN.get(match['again'], 1)}" if match["prime"] else value
    if match["ordinal"] or match["from_end"]:
        return str(ordinal(match["ordinal"])) if match["ordinal"] else from_end(match["from_end"])
    if match["roman"] and (arabic := _arabic(src.text[match.start() : match.end()], kind)):
        return arabic
    if match["ocr"]:
        return {"з": "3"}.get(match["ocr"]) if kind is Kind.ARTICLE else _letter(match["ocr"], kind)
    if match["roman"] or match["letter"]:
        bare = match["roman"] or match["letter"]
        return _letter(bare, kind) if len(bare) == 1 and (kind is Kind.POINT or match["roman"]) else None
    letter = match["quoted"] or match["bracketed"] or match["enclosed"]
    return eids.transliterate(letter) if letter[0].isdigit() or len(letter) > 1 else _letter(letter, kind)


def from_end(stem: str) -> str:
    """Return the number of «последний» or «предпоследний»."""
    return LAST_BUT_ONE if stem.startswith("пред") else LAST


def _arabic(printed: str, kind: Kind) -> str | None:
    """Read a Roman number in capitals; points are lettered, never Roman."""
    value = roman(printed) if printed.isupper() and kind in _ROMAN else None
    return str(value) if value else None


def _letter(letter: str, kind: Kind) -> str | None:
    return eids.transliterate(letter) if kind in _LETTERED else None


def its_own(low: str, at: int, end: int) -> bool:
    """Say whether the bracket at `end` is of the number at `at` («1)») and does not close one opened before.

    «(подпункт 4) пункта 2 статьи 5)»: what is told of the number goes on behind it, and another bracket closes.
    """
    near = max(0, at - _NEAR)
    if low.rfind("(", near, at) <= low.rfind(")", near, at):
        return True
    return bool(_GOES_ON.match(low, end + 1))


def through(src: Text, at: int, first: Number, kind: Kind, word: str) -> tuple[list[Number], int] | None:
    """Read the rest of a range after its first number («–5», «по 5»); «12-1» is one inserted number.

    What begins in quotes ends in them: «подпункт «б» — о грузе» is no range. `word` is the unit as written:
    behind a dash it stands again in no other form («статью 5 – статьей 7» is another thing).
    """
    match = g.RANGE.match(src.low, at) or g.THROUGH.match(src.low, at)
    if match is None or (src.low[at - 1] in g.QUOTES) > (src.low[match.end() : match.end() + 1] in g.QUOTES):
        return None
    found = number(src, _unit_again(src, match, kind, word), kind)
    if found is None:
        return None
    last, end = found
    if inclusive := g.INCLUSIVE.match(src.low, end):
        end = inclusive.end()
    inside = _between(first.value, last.value)
    if inside is None:
        if match[0] == "-" and last.value.isdigit() and first.value[-1].isdigit():
            return [Number(f"{first.value}-{last.value}", ordinal=first.ordinal)], end
        return None
    last.until = True
    return [first, *(Number(v, inner=True) for v in inside), last], end


def _unit_again(src: Text, link: re.Match[str], kind: Kind, word: str) -> int:
    """Return where the last number of a range begins, the unit said again before it or not."""
    again = g.UNIT_AGAIN.match(src.low, link.end())
    if again is None or not any(again[name] for name, unit in g.KINDS.items() if unit is kind):
        return link.end()
    return again.end() if link[0].strip() == "по" or again[0].strip() == word else link.end()


def letters(first: str, last: str) -> list[Number]:
    """Return the numbers from one letter to another: «а–в»."""
    inside = _between(first, last)
    return [Number(first), *(Number(v, inner=True) for v in inside or ()), Number(last, until=inside is not None)]


def _between(first: str, last: str) -> list[str] | None:
    """Return what lies between two numbers of one series; None when they are no range."""
    if max(len(first), len(last)) > _LONGEST_NUMBER:
        return None
    if first.isdigit() and last.isdigit():
        low, high = int(first), int(last)
        return [str(n) for n in range(low + 1, high)] if low < high <= low + _LONGEST_RANGE else None
    head, _, tail = first.rpartition("-")
    head2, _, tail2 = last.rpartition("-")
    if head and head == head2 and tail.isdigit() and tail2.isdigit():
        return [f"{head}-{n}" for n in range(int(tail) + 1, int(tail2))] if int(tail) < int(tail2) else None
    russian = [eids.transliterate(c) for c in _ALPHABET]
    if first in russian and last in russian and russian.index(first) < russian.index(last):
        return russian[russian.index(first) + 1 : russian.index(last)]
    if first[-1].isdigit() != last[-1].isdigit() or first.isdigit() or last.isdigit():
        return [] if head or head2 else None
    return None

"""eIds in the manner of Akoma Ntoso's naming convention.

An eId is steps joined by "__"; a step is a prefix of its kind and, where the unit is numbered, "_" and the number
transliterated: `art_6__para_1__point_a`, `preamble__al_2`, `conclusions`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from analyzers.letters import LOWER_DIGITS, RAISED
from corpus.model import Kind

PREFIX: dict[Kind, str] = {
    Kind.PREAMBLE: "preamble",
    Kind.SECTION: "sec",
    Kind.PART: "part",
    Kind.CHAPTER: "chp",
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "para",
    Kind.SUBPARAGRAPH: "subpara",
    Kind.POINT: "point",
    Kind.ALINEA: "al",
    Kind.CONCLUSIONS: "conclusions",
    Kind.ATTACHMENT: "att",
    Kind.NOTE: "note",
    Kind.BODY: "body",
}
KIND = {prefix: kind for kind, prefix in PREFIX.items()} | {"lang": Kind.PART}
"""«lang_kk» is the part of an act that is its text in Kazakh."""

# The table of eIds (ISO 9:1995 system B in its plain-letter form, э as eh).
CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщэюя",
        (
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "j",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "x",
            "cz",
            "ch",
            "sh",
            "shh",
            "eh",
            "yu",
            "ya",
        ),
        strict=True,
    ),
) | {"ё": "e", "ы": "y", "ъ": "", "ь": ""}
_UNNUMBERED = frozenset({Kind.PREAMBLE, Kind.CONCLUSIONS, Kind.BODY})
_STEP = re.compile(r"(?P<prefix>[a-z]++)(?:_(?P<num>[0-9a-z]++(?:-[0-9a-z]++)*+))?(?:_(?P<again>[2-9]|[1-9][0-9]++))?")


class Step(NamedTuple):
    """One step of an eId: kind, number as it stands in the eId, and which repetition of that number (1 = first)."""

    kind: Kind
    num: str | None
    again: int = 1


def transliterate(num: str) -> str:
    """Write a printed number as it stands in an eId.

    >>> transliterate("3.1"), transliterate("а"), transliterate("12¹"), transliterate("2(1)"), transliterate("Щ")
    ('3-1', 'a', '12-1', '2-1', 'shh')
    """
    num = re.sub(rf"(?<=\d)([{RAISED}]++)", r"-\1", num.strip()).translate(LOWER_DIGITS).lower()
    num = re.sub(r"[.(\s–—-]++", "-", num).strip("-")
    return re.sub(r"[^0-9a-z-]", "", "".join(CYRILLIC.get(c, c) for c in num))


def step(kind: Kind, num: str | None = None, again: int = 1) -> str:
    """Build one step; `again` > 1 marks a repeated number."""
    body = PREFIX[kind] + (f"_{num}" if num else "")
    return body + (f"_{again}" if again > 1 else "")


def child(parent: str, tail: str) -> str:
    """Join a step to the eId of the unit that holds it ("" at the top)."""
    return f"{parent}__{tail}" if parent else tail


@lru_cache(16_384)
def parse(eid: str) -> tuple[Step, ...]:
    """Take an eId apart; raise ValueError when it is none.

    >>> parse("art_6__para_1__point_a")[1:]
    (Step(kind=<Kind.PARAGRAPH: 'paragraph'>, num='1', again=1), Step(kind=<Kind.POINT: 'point'>, num='a', again=1))
    """
    steps = []
    for part in eid.split("__"):
        match = _STEP.fullmatch(part)
        if not match or match["prefix"] not in KIND:
            raise ValueError(eid)
        kind, num, again = KIND[match["prefix"]], match["num"], match["again"]
        if kind in _UNNUMBERED and num and not again:
            num, again = None, num
        if again is not None and not again.isdecimal():
            raise ValueError(eid)
        steps.append(Step(kind, num, int(again or 1)))
    return tuple(steps)


def parent(eid: str) -> str | None:
    """Return the eId of the unit that holds this one.

    >>> parent("art_2__para_1__al_4"), parent("art_2")
    ('art_2__para_1', None)
    """
    head, separator, _ = eid.rpartition("__")
    return head if separator else None


def article(eid: str) -> str:
    """Return the eId of the article that holds a provision (itself for an article), else of its outermost unit.

    >>> article("sec_1__art_6__para_1"), article("preamble__al_2")
    ('sec_1__art_6', 'preamble')
    """
    steps = eid.split("__")
    kinds = [step.kind for step in parse(eid)]
    return "__".join(steps[: kinds.index(Kind.ARTICLE) + 1 if Kind.ARTICLE in kinds else 1])


def article_number(eid: str) -> str | None:
    """Return the number of the article that holds a provision, as in eIds.

    >>> article_number("sec_1__art_6-1__para_1"), article_number("preamble__al_2")
    ('6-1', None)
    """
    return next((step.num for step in parse(eid) if step.kind is Kind.ARTICLE and step.num), None)

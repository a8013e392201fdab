"""What a citing act does to the act it names: amends, ratifies, approves, supersedes, implements it."""

import re
from enum import StrEnum


class Relation(StrEnum):
    """A typed relation between instruments."""

    AMENDS = "amends"
    RATIFIES = "ratifies"
    APPROVES = "approves"
    SUPERSEDES = "supersedes"
    IMPLEMENTS = "implements"


# Cues before the name in its sentence; the one that stands nearest counts.
_CUES = (
    (Relation.RATIFIES, re.compile(r"ратифи(?:цир|кац)\w+|присоедин(?:ить|ени)\w*")),
    (
        Relation.APPROVES,
        re.compile(r"одобр(?:ить|ен|яет)\w*|утвер(?:дить|жд)\w*|подписать|подписании|приня(?:ть|тии)"),
    ),
    (
        Relation.SUPERSEDES,
        re.compile(
            r"(?:прекраща|прекрати)\w+\s+(?:сво[ей]\w?\s+)?действие|утра(?:ч|т)\w+\s+силу|отмен(?:ить|яет)\w*|взамен|"
            r"заменяет|не\s+будут\s+регулироваться|денонс\w+"
        ),
    ),
    (
        Relation.AMENDS,
        re.compile(
            r"(?:внести|внесени[ие]|вносятся)\s+(?:следующи\w+\s+)?(?:изменени|дополнени|в\s)\w*|внести\s+в|дополнить|изменить"
        ),
    ),
    (
        Relation.IMPLEMENTS,
        re.compile(
            r"во\s+исполнение|(?:в\s+целях|для)\s+(?:реализации|выполнения)|руководствуясь|на\s+основании|"
            r"в\s+соответствии\s+со?"
        ),
    ),
)
_AFTER = re.compile(r"[^.;]{0,40}?(?:прекраща\w+\s+(?:сво[ей]\w?\s+)?действие|утрачива\w+\s+силу|признать\s+утратив)")
_REACH = 160


def relation(text: str, start: int, end: int) -> Relation | None:
    """Read the relation from the words around a name at `start`..`end`.

    >>> text = "Ратифицировать Соглашение о почте."
    >>> str(relation(text, 15, 33)), relation("Стороны соблюдают Соглашение о почте.", 18, 36)
    ('ratifies', None)
    """
    low = text.lower().replace("ё", "е")
    begin = max(0, start - _REACH)
    before = re.split(r"[.;]\s", low[begin:start])[-1]
    found = [(m.end(), kind) for kind, pattern in _CUES for m in pattern.finditer(before)]
    if found:
        return max(found)[1]
    return Relation.SUPERSEDES if _AFTER.match(low, end) else None

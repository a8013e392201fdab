"""Bodies, persons and places an act names, as a layer: for facets and for the filter «орган:»."""

import re
from itertools import pairwise

from analyzers.entities import Entity, EntityKind, entities
from analyzers.spans import Span
from corpus.lexicon.countries import normalised, state
from corpus.model import Instrument, Provision
from corpus.plain import Record
from ingest.metadata.places import nominative_place

READ = 12
"""Provisions read in one act, the preamble first: natasha takes some 10 ms each, and acts name their bodies early."""
LONGEST = 1500
"""Code points read of one provision."""

_BODY = re.compile(
    r"министерств|служб|комитет|агентств|прокуратур|управлени|департамент|комисси|банк|администраци|ведомств|инспекци|"
    r"\bсуд[аоуе]?м?\b|палат|центр|стража|полици",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[а-яё,-]\s[А-ЯЁ][а-яё]{3,}+")
_ROLE = re.compile(
    r"(?:договаривающ\w++\s++|запрашива\w++\s++|\w{1,64}ск\w++\s++)?(?:сторон|участник|государств)", re.IGNORECASE
)


def layer(act: Instrument) -> list[Record]:
    """Return {"type", "name", "eid", "span"} for each name, once an act; names are in the nominative."""
    out: dict[tuple[str, str], Record] = {}
    for provision in _telling(act):
        text = provision.text[:LONGEST]
        for entity in _whole(text, entities(text)):
            kind, name = str(entity.kind), _name(entity.kind, text[entity.span.start : entity.span.end])
            if name:
                found = {"type": kind, "name": name, "eid": provision.eid, "span": list(entity.span)}
                out.setdefault((kind, name.lower()), found)
    return list(out.values())


def _name(kind: EntityKind, printed: str) -> str | None:
    """Write a name in the nominative; None for what the tagger takes for one («Сторон», the title of a journal)."""
    if _ROLE.match(printed) or len(printed) < 3:
        return None
    if kind is EntityKind.PERSON:
        return printed
    if kind is EntityKind.BODY:
        return normalised(printed) if _BODY.search(printed) else None
    if state(printed):
        return normalised(printed)
    return printed if " " in printed else nominative_place(printed)


def _telling(act: Instrument) -> list[Provision]:
    """Choose the provisions that name bodies, in document order."""
    return [p for p in act.walk() if _BODY.search(p.text) and _NAMED.search(p.text)][:READ]


def _whole(text: str, found: tuple[Entity, ...]) -> list[Entity]:
    """Put a body and the state right after it together: «Министерство юстиции» and «Республики Альбия»."""
    out: list[Entity] = []
    skip = False
    for entity, following in pairwise([*found, None]):
        assert entity
        if skip:
            skip = False
            continue
        joined = (
            following is not None
            and entity.kind is EntityKind.BODY
            and following.kind is EntityKind.PLACE
            and text[entity.span.end : following.span.start] == " "
        )
        if joined and following:
            out.append(Entity(entity.kind, Span(entity.span.start, following.span.end)))
            skip = True
        else:
            out.append(entity)
    return out

"""Bodies, persons and places named in a text. The one place that imports natasha: 0.8 s, 218 MB, so when needed."""

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from analyzers.spans import Span

if TYPE_CHECKING:
    from natasha import NewsNERTagger


class EntityKind(StrEnum):
    """What a name names."""

    BODY = "body"
    PERSON = "person"
    PLACE = "place"


class Entity(NamedTuple):
    """A name in a text: what it names and where it stands."""

    kind: EntityKind
    span: Span


_KINDS = {"ORG": EntityKind.BODY, "PER": EntityKind.PERSON, "LOC": EntityKind.PLACE}


@cache
def _tagger() -> "NewsNERTagger":
    from natasha import NewsEmbedding, NewsNERTagger

    return NewsNERTagger(NewsEmbedding())


def entities(text: str) -> tuple[Entity, ...]:
    """Find names in a text, in order.

    >>> [(e.kind.value, e.span) for e in entities("Министерство юстиции Республики Казахстан находится в Астане.")]
    [('body', Span(start=0, end=20)), ('place', Span(start=21, end=41)), ('place', Span(start=54, end=60))]
    """
    return tuple(Entity(_KINDS[s.type], Span(s.start, s.stop)) for s in _tagger()(text).spans)

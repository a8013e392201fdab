"""Place, day and force as told under an agreement's title: «(Велинск, 3 мая 2001 г.)», «Совершено в Велинске …»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzers.spans import Span
from corpus.lexicon.dates import Dated, dates
from ingest.acts.title_lines import is_note, is_signed_line
from ingest.layout.paragraphs import Paragraph
from ingest.metadata.places import place

_IN_BRACKETS = re.compile(
    r"[(\[](?:г\.\s?|город\s)?(?P<place>[А-ЯЁ][А-ЯЁа-яё]*+(?:[ -][А-ЯЁа-яё]++){0,4}),?\s+(?:от\s+)?(?=[«\"]?\d)"
)
_BEHIND = re.compile(r",?\s(?:в|во)\s[^,;()]{2,40}")


@dataclass(frozen=True, slots=True)
class Headed:
    """What a paragraph under a title says: the day, the place in the nominative, and where."""

    paragraph: Paragraph
    day: Dated
    place: tuple[str, Span] | None


def _signed_at(text: str, day: Span) -> tuple[str, Span] | None:
    """Read the place before the day, else right behind it: «Подписано 3 мая 2001 г. в Велинске»."""
    if before := place(text[: day.start]):
        return before
    behind = _BEHIND.match(text, day.end)
    after = place(behind[0]) if behind else None
    return (after[0], after[1].shifted(day.end)) if after else None


def under_title(front: tuple[Paragraph, ...]) -> Iterator[Headed]:
    """Yield what is told of the signing in the paragraphs over an agreement's text."""
    for paragraph in front:
        signed = is_signed_line(paragraph)
        bracketed = None if is_note(paragraph) else _IN_BRACKETS.match(paragraph.text)
        if not (signed or bracketed) or not (found := dates(paragraph.text)):
            continue
        if signed:
            yield Headed(paragraph, found[0], _signed_at(paragraph.text, found[0].span))
        elif bracketed and found[0].span.start <= bracketed.end() + 1:
            yield Headed(paragraph, found[0], (bracketed["place"], Span(*bracketed.span("place"))))

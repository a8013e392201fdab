"""Place and day of signing as told over an agreement's text: «(Велинск, 3 мая 2001 г.)», «Совершено в Велинске …»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzers.spans import Span
from corpus.lexicon.dates import Dated, dates
from ingest.acts.parts.signing import Signed, signing_line
from ingest.acts.title_lines import is_note, is_signed_line
from ingest.layout.paragraphs import Paragraph
from ingest.layout.traced import Traced, join
from ingest.metadata.places import nominative_place, place

_IN_BRACKETS = re.compile(
    r"[(\[](?:г\.\s?|город\s)?(?P<place>[А-ЯЁ][А-ЯЁа-яё]*+(?:[ -][А-ЯЁа-яё]++){0,4}),?\s+(?:от\s+)?(?=[«\"]?\d)"
)
_BEHIND = re.compile(r",?\s(?:в|во)\s[^,;()]{2,40}")
_DAY_AND_MONTH = re.compile(r"\A[(\[]?[«\"]?\d{1,2}[»\"]?\s[а-яё]{3,8}\Z")
"""«3 мая» over «2004 года»."""
LINES = 2
"""Lines of a day printed so."""


@dataclass(frozen=True, slots=True)
class Headed:
    """What is said over a text of its signing: the day, the place in the nominative, and where."""

    content: Traced
    day: Dated | None
    place: tuple[str, Span] | None


def _signed_at(text: str, day: Span, around: str) -> tuple[str, Span] | None:
    """Read the place before the day, else right behind it: «Подписано 3 мая 2001 г. в Велинске»."""
    if before := place(text[: day.start], around):
        return before
    behind = _BEHIND.match(text, day.end)
    after = place(behind[0], around) if behind else None
    return (after[0], after[1].shifted(day.end)) if after else None


def under_title(front: tuple[Paragraph, ...], around: str) -> Iterator[Headed]:
    """Yield what is told of the signing in the paragraphs over an agreement's text, `around` being that text."""
    read = [signing_line(p.text) for p in front]
    for i, (paragraph, told) in enumerate(zip(front, read, strict=True)):
        if told is None:
            headed = _over_two_lines(front[i : i + 2], around) or _in_words(paragraph, around)
        elif (told.day and not is_note(paragraph)) or (told.place and _beside_day(read, i)):
            headed = _headed(paragraph.content, told, around)
        else:
            headed = None
        if headed:
            yield headed


def _over_two_lines(lines: Sequence[Paragraph], around: str) -> Headed | None:
    """Read «3 мая» over «2004 года»."""
    if len(lines) < LINES or not _DAY_AND_MONTH.fullmatch(lines[0].text):
        return None
    content = join([p.content for p in lines])
    told = signing_line(content.text)
    return _headed(content, told, around) if told and told.day else None


def _in_words(paragraph: Paragraph, around: str) -> Headed | None:
    """Read «Подписано в Велинске 3 мая 2001 г. министрами», «(Велинск, 3 мая 2001 г., с изменениями)»."""
    found = dates(paragraph.text)
    if found and is_signed_line(paragraph):
        return Headed(paragraph.content, found[0], _signed_at(paragraph.text, found[0].span, around))
    bracketed = None if is_note(paragraph) else _IN_BRACKETS.match(paragraph.text)
    if bracketed and found and found[0].span.start <= bracketed.end() + 1:
        return Headed(paragraph.content, found[0], (bracketed["place"], Span(*bracketed.span("place"))))
    return None


def _beside_day(read: list[Signed | None], i: int) -> bool:
    """Say whether the line above or below one tells a day alone: «г. Велинск» over «3 мая 2001 г.»."""
    beside = (*read[max(0, i - 1) : i], *read[i + 1 : i + 2])
    return any(other and other.day and not other.place for other in beside)


def _headed(content: Traced, told: Signed, around: str) -> Headed:
    where = told.place
    if where is None:
        return Headed(content, told.day, None)
    if not where.declined:
        return Headed(content, told.day, (where.name, where.span))
    named = place(f"в {where.name}", around)
    return Headed(content, told.day, (named[0] if named else nominative_place(where.name), where.span))

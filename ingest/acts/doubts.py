"""Doubts about a whole file or act, told with the document."""

from collections import Counter

from analyzers.repair import Repaired
from corpus.lexicon.acts import TREATIES
from corpus.model import Diagnostic, Instrument, Kind
from ingest.acts.parts.segments import Segment

LARGE = 5_000_000
"""Code points from which a text is told to be unusually large (a whole code has 1.5 million)."""
_SAMPLE = 200_000


def file_doubts(text: str) -> tuple[Diagnostic, ...]:
    """Tell of another language and of an unusual size."""
    doubts = []
    letters = Counter("cyrillic" if "\u0400" <= c <= "\u04ff" else "other" for c in text[:_SAMPLE] if c.isalpha())
    if letters["cyrillic"] < letters["other"]:
        doubts.append(
            Diagnostic("language", "Текст, по-видимому, не на русском языке: поиск по словоформам в нём не сработает.")
        )
    if len(text) >= LARGE:
        doubts.append(Diagnostic("large", f"Текст очень велик: {len(text):,} знаков.".replace(",", "\u00a0")))
    return tuple(doubts)


def act_doubts(instrument: Instrument, segment: Segment, repaired: Repaired) -> tuple[Diagnostic, ...]:
    """Tell of an act without articles or points, without a title, and of an agreement without parties."""
    doubts = []
    first = next((p for p in (*segment.front, *segment.body) if p.content.origin()), None)
    origin = first.content.origin() if first else None
    span = repaired.to_source(*origin) if origin else None
    if any(p.kind is Kind.BODY for p in instrument.provisions):
        doubts.append(
            Diagnostic("no-articles", "В акте не найдено ни статей, ни пунктов: текст сохранён по абзацам.", span)
        )
    if not instrument.title:
        doubts.append(Diagnostic("no-title", "Название акта не найдено.", span))
    if instrument.type in TREATIES and not instrument.parties:
        doubts.append(Diagnostic("no-parties", "Стороны не удалось прочесть из преамбулы.", span))
    return tuple(doubts)

"""To which act of a file an attachment belongs: the one it names, or whose attachments its number goes on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.lexicon.acts import TREATIES, WORDS
from corpus.lexicon.declension import singular
from corpus.model import InstrumentType
from ingest.acts.markers import Marker, follows, numbered
from ingest.acts.parts.segments import Part, Segment
from ingest.acts.title_lines import attachment, title_word
from ingest.layout.paragraphs import Paragraph

_DATIVES = {singular(w.word)[2]: w.type for w in WORDS.values() if w.title and w.type is not InstrumentType.ACT}
_TO_ACT = re.compile(rf"\bк\s++(?:\w++\s++)?({'|'.join(_DATIVES)})\b", re.IGNORECASE)
_TO_ANY = re.compile(r"(?:^|\s)к\s++[А-ЯЁа-яё]")


def attached_where_they_say(segments: list[Segment]) -> list[Segment]:
    """Move attachments printed after an annexed act back to theirs: «Приложение № 2 к приказу …».

    One that says nothing and goes on the numbers of the annexed act's own label («Приложение А» over rules, then
    «Приложение Б») is attached to what the rules are annexed to.
    """
    held: list[list[Part]] = [[] for _ in segments]
    latest: dict[InstrumentType, int] = {}
    moved: list[tuple[int, Part]] = []
    main = 0
    for i, segment in enumerate(segments):
        latest[segment.type] = i
        own = _own_number(segment)
        main = i if own is None else main
        for part in segment.attachments:
            number = _number(part.label)
            goes_on = own is not None and number is not None and follows(own.style, own, number) == 0
            own = number if goes_on else own
            named = _host_type(segment, part, annexed=own is not None)
            host = main if goes_on and not _names_host(part) else latest.get(named, i)
            if host == i:
                held[i].append(part)
            else:
                moved.append((host, part))
    for host, part in moved:
        held[host].append(part)
    return [
        replace(s, attachments=tuple(parts), notes=(*s.notes, *(note for part in parts for note in part.notes)))
        for s, parts in zip(segments, held, strict=True)
    ]


def _own_number(segment: Segment) -> Marker | None:
    """Return the number of the attachment an act is, as printed above its title."""
    title = next((i for i, p in enumerate(segment.front) if title_word(p.text)), len(segment.front))
    return next((n for i in range(title) if (n := _number(segment.front[i : i + 1]))), None)


def _number(label: Sequence[Paragraph]) -> Marker | None:
    """Return the number of «Приложение № 2», «Приложение Б»."""
    found = attachment(label[0]) if label else None
    return numbered(f"{found['num'].strip('«»')})") if found and found["num"] else None


def _names_host(part: Part) -> bool:
    return any(_TO_ANY.search(p.text) for p in part.label[:3])


def _host_type(segment: Segment, part: Part, *, annexed: bool) -> InstrumentType:
    """Return the type of the act an attachment says it belongs to; that of the act above when it says nothing else.

    Of several treaties in a row each has its own: one is gone back to only from an act annexed to it.
    """
    named = _TO_ACT.search(" ".join(p.text for p in part.label[:3]))
    told = _DATIVES[named[1].lower()] if named else segment.type
    return told if annexed or told not in TREATIES else segment.type

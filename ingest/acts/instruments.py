"""Several acts in one file: where each begins, and its front matter, text and back matter."""

import re
from dataclasses import replace
from itertools import pairwise

from corpus.lexicon.acts import TREATIES
from corpus.model import InstrumentType
from ingest.acts.once import read_once
from ingest.acts.parts.closing import formula_lines
from ingest.acts.parts.hosting import attached_where_they_say
from ingest.acts.parts.segments import Part, Segment, Translation
from ingest.acts.parts.signing import signing_line
from ingest.acts.roles import Role, Told
from ingest.acts.title_lines import (
    CONCLUSION,
    TO_CLAUSE,
    about,
    approves,
    attachment,
    in_name_of,
    is_approval,
    is_broken,
    is_date_line,
    is_editorial,
    is_issuer,
    is_note,
    is_preamble_heading,
    is_signature,
    is_signed,
    is_signed_line,
    is_standing,
    is_to_fill,
    opens_title,
    title_word,
)
from ingest.acts.zones import LONG_SENTENCE, Zone
from ingest.layout.languages import Language
from ingest.layout.paragraphs import Paragraph, is_capitals

_SIGNATURES_POINT = re.compile(
    r"(?:\d{1,2}\.\s*+)?(?:(?:юридические\s++)?адреса|реквизиты|подписи)(?:[\s,]++(?:и|адреса|банковские|реквизиты|подписи|сторон))*+\.?:?",
    re.IGNORECASE,
)
"""«6. Подписи Сторон»: what stands below is signatures in two columns, whatever it looks like."""
SIGNATURE_LINES = 40
"""Lines of addresses and signatures of both sides."""
CLOSING_LINES = 16
"""Lines of signatures under an attachment."""
LABEL_LINES = 16
"""Lines over an attachment's text: its label, what it belongs to, its title."""
_TEXT_ROLES = frozenset({Role.TEXT, Role.PREAMBLE, Role.NUMBERED, Role.DIVISION})
HEAD_LINES = 10
"""Lines printed above a title: «Приложение № 1», to what, «Утверждено», by what, when, in whose words, «Проект»."""


_PARTIES = re.compile(r"(?:(?:высокие\s)?договаривающиеся\s)?(?:стороны|государства)\b[^.,]{0,80}+,", re.IGNORECASE)
"""«СТОРОНЫ,» begins a preamble, no title goes on with it."""
_DRAWN = re.compile(r"[─-╿]")
"""The lines of a table drawn with signs: no words of a title."""


def split(paragraphs: list[Paragraph]) -> list[Segment]:
    """Split a file's paragraphs into acts."""
    if not paragraphs:
        return []
    read = read_once(paragraphs)
    russian, zones, places = [read.paragraphs[i] for i in read.places], read.zones, read.places
    bounds = [*_starts(russian, read.told, zones), len(russian)]
    segments = [_segment(russian[a:b], zones[a:b]) for a, b in pairwise(bounds)]
    ends = [*(places[a] for a in bounds[1:-1]), len(read.paragraphs)]
    return attached_where_they_say(_translated(segments, ends, read.paragraphs, read.others))


def _translated(
    segments: list[Segment], ends: list[int], paragraphs: list[Paragraph], others: dict[int, Language]
) -> list[Segment]:
    """Give each act the texts in other languages printed before its end, one a language."""
    out, begin = [], 0
    for segment, end in zip(segments, ends, strict=True):
        inside = [i for i in range(begin, end) if i in others]
        spoken = dict.fromkeys(others[i] for i in inside)
        texts = (tuple(paragraphs[i] for i in inside if others[i] is language) for language in spoken)
        out.append(replace(segment, translations=tuple(map(Translation, spoken, texts))))
        begin = end
    return out


def _starts(paragraphs: list[Paragraph], told: list[Told], zones: list[Zone]) -> list[int]:
    """Find the first paragraph of each act, with what is printed above its title."""
    text = [
        zone in (Zone.BODY, Zone.ANNEX, Zone.CLOSE)
        and read.role in _TEXT_ROLES
        and (paragraph.ended or read.role is not Role.TEXT)
        for paragraph, zone, read in zip(paragraphs, zones, told, strict=True)
    ]
    starts = [0]
    for i in range(1, len(zones)):
        if zones[i] is Zone.TITLE and any(text[starts[-1] : i]):
            starts.append(_with_head(paragraphs, i, starts[-1]))
    return starts


def _with_head(paragraphs: list[Paragraph], i: int, floor: int) -> int:
    """Go up from a title over «Приложение», approvals, drafts, the body's name in capitals, dates between them.

    Over «Утверждено» nothing but «Приложение» belongs to the title: capitals are of the annex before.
    """
    top, labelled = i, False
    for j in range(i - 1, max(floor, i - 1 - HEAD_LINES), -1):
        before = paragraphs[j]
        if is_note(before) or is_standing(before):
            continue
        if _is_of_text(before):
            break
        if attachment(before) or is_approval(before) or (not labelled and _heads(before)):
            top = j
        labelled = labelled or approves(before)
    return top


def _is_of_text(paragraph: Paragraph) -> bool:
    """Say whether a paragraph over a title is of the text before or its signatures."""
    if paragraph.ended or paragraph.marker or paragraph.division or len(paragraph.text) > 400:
        return True
    return is_signature(paragraph) and not (is_issuer(paragraph) or is_approval(paragraph))


def _heads(paragraph: Paragraph) -> bool:
    return is_issuer(paragraph) or _heads_part(paragraph) or bool(paragraph.level and about(paragraph))


def _heads_part(paragraph: Paragraph) -> bool:
    """Say whether a paragraph may head a part of a book: «РЕСПУБЛИКА АЛЬБИЯ» over the agreements with it."""
    return is_capitals(paragraph.text) and not (is_date_line(paragraph) or CONCLUSION.match(paragraph.text))


def _segment(paragraphs: list[Paragraph], zones: list[Zone]) -> Segment:
    head = _front_end(paragraphs)
    parts = _attachments(paragraphs, zones, head)
    end = parts[0][0] if parts else len(paragraphs)
    main = paragraphs[head:end]
    tail = _under_signatures_point(main)
    tail = _back_start(zones[head:end]) if tail is None else tail
    type_ = _type(paragraphs[:head])
    tail += formula_lines(main[tail:], main[:tail]) if type_ in TREATIES else 0
    body, notes = _unnoted(main[:tail])
    return Segment(
        tuple(paragraphs[:head]),
        body,
        tuple(main[tail:]),
        tuple(part for _, part in parts),
        notes,
        type_,
    )


def _unnoted(paragraphs: list[Paragraph]) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Part the words of an act from the publisher's notes between them."""
    notes = tuple(p for p in paragraphs if is_editorial(p))
    return tuple(p for p in paragraphs if not is_editorial(p)), notes


def _type(front: list[Paragraph]) -> InstrumentType:
    found = [w for w in (title_word(p.text) for p in front if not is_note(p)) if w]
    return found[0][1] if found else InstrumentType.ACT


def _front_end(paragraphs: list[Paragraph]) -> int:
    """Return where the text begins: after titles, dates, notes; at the first sentence, article or number."""
    for i, paragraph in enumerate(paragraphs):
        if is_note(paragraph) or (i == 0 and title_word(paragraph.text) and len(paragraphs) > 2):
            continue
        if opens_title(paragraph) or is_approval(paragraph) or is_issuer(paragraph) or is_date_line(paragraph):
            continue
        if any(ask(paragraph) for ask in (is_signed_line, is_standing, in_name_of, _tells_signing)):
            continue
        if paragraph.division or (paragraph.marker and not paragraph.level) or _begins_preamble(paragraph):
            return i - _headed_first(paragraphs, i)
        if _is_ended(paragraph):
            return i
        if not paragraph.display and i and not _title_goes_on(paragraphs, i):
            return i
    return len(paragraphs) if len(paragraphs) < 2 else _first_sentence(paragraphs)


def _tells_signing(paragraph: Paragraph) -> bool:
    return signing_line(paragraph.text) is not None


def _begins_preamble(paragraph: Paragraph) -> bool:
    return is_preamble_heading(paragraph) or bool(_PARTIES.fullmatch(paragraph.text))


def _is_ended(paragraph: Paragraph) -> bool:
    """Say whether a paragraph ends a sentence; a line of a title in capitals that ends with a comma does not."""
    return paragraph.ended and not is_broken(paragraph) and not (paragraph.level and about(paragraph))


def _title_goes_on(paragraphs: list[Paragraph], i: int) -> bool:
    """Say whether an undistinguished paragraph without a stop is still of the title: more front matter follows."""
    if about(paragraphs[i]) or (title_word(paragraphs[i].text) and len(paragraphs[i].text) < 300):
        return True
    following = paragraphs[i + 1 : i + 2]
    signed = bool(following) and is_signature(following[0]) and not is_capitals(following[0].text)
    return bool(following) and len(paragraphs[i].text) < 300 and not signed


def _headed_first(paragraphs: list[Paragraph], first: int) -> bool:
    """Say whether a heading like those over later articles stands over the first: «УЧРЕЖДЕНИЕ СОЮЗА», «Статья 1»."""
    heading = paragraphs[first - 1]
    if first < 2 or opens_title(heading) or about(heading) or is_issuer(heading) or is_date_line(heading):
        return False
    later = (
        over
        for before, over, p in zip(paragraphs[first:], paragraphs[first + 1 :], paragraphs[first + 2 :], strict=False)
        if p.division and before.ended and not (over.ended or over.division or over.marker)
    )
    return is_capitals(heading.text) and any(is_capitals(over.text) for over in later)


def _first_sentence(paragraphs: list[Paragraph]) -> int:
    return next((i for i, p in enumerate(paragraphs) if i and p.ended), min(1, len(paragraphs)))


def _attachments(paragraphs: list[Paragraph], zones: list[Zone], head: int) -> list[tuple[int, Part]]:
    """Find attachments: label, title, text."""
    at = [i for i in range(head + 1, len(paragraphs)) if _begins_attachment(paragraphs, zones, i)]
    parts = []
    for a, b in zip(at, [*at[1:], len(paragraphs)], strict=False):
        end = a
        while end < min(b, a + LABEL_LINES) and (
            (zones[end] is Zone.LABEL and not _is_clause(paragraphs[end]))
            or (end > a and _labels(paragraphs[end], paragraphs[end - 1]))
        ):
            end += 1
        closing = _closing(paragraphs[end:b], zones[end:b]) + end
        text, notes = _unnoted(paragraphs[end:closing])
        parts.append((a, Part(text, tuple(paragraphs[a:end]), tuple(paragraphs[closing:b]), notes)))
    return parts


def _closing(paragraphs: list[Paragraph], zones: list[Zone]) -> int:
    """Return where the signatures under an attachment begin, with the formula over them; its end where there are none.

    Names under «в составе:», or in a list that has nothing above, are its text, and so is a form to be filled in.
    """
    start = next((i for i in range(_back_start(zones), len(zones)) if is_signature(paragraphs[i])), len(zones))
    signed = paragraphs[start:]
    if not start or not 0 < len(signed) <= CLOSING_LINES or paragraphs[start - 1].text.endswith((":", ",")):
        return len(zones)
    if not any(is_signed(paragraph) for paragraph in signed) or any(map(is_to_fill, signed)):
        return len(zones)
    while start > 1 and zones[start - 1] is Zone.CLOSE and CONCLUSION.match(paragraphs[start - 1].text):
        start -= 1
    return start


def _begins_attachment(paragraphs: list[Paragraph], zones: list[Zone], i: int) -> bool:
    if zones[i] is Zone.LABEL:
        found = attachment(paragraphs[i])
        if zones[i - 1] is not Zone.LABEL or found is None:
            return zones[i - 1] is not Zone.LABEL
        last = next((m for p in reversed(paragraphs[max(0, i - LABEL_LINES) : i]) if (m := attachment(p))), None)
        return last is None or last["num"] != found["num"]
    return zones[i] is Zone.ANNEX and zones[i - 1] in (Zone.BACK, Zone.CLOSE)


def _is_clause(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is a long sentence or an item of a list: text, however its neighbours were read."""
    return paragraph.text.endswith(";") or (paragraph.ended and len(paragraph.text) > LONG_SENTENCE)


def _begins_text(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is no line of a label by its look: numbered, an item of a list, a drawn table."""
    listed = paragraph.division or paragraph.marker or paragraph.dash or paragraph.text.endswith(";")
    return bool(listed or _DRAWN.search(paragraph.text))


def _labels(paragraph: Paragraph, before: Paragraph) -> bool:
    """Say whether a paragraph under «Приложение» is still of its label or title."""
    if _begins_text(paragraph):
        return False
    return (
        is_approval(paragraph)
        or is_standing(paragraph)
        or is_editorial(paragraph)
        or (paragraph.text.endswith(",") and bool(re.match(r"к\s++[А-ЯЁ]", paragraph.text)))
        or (before.text.endswith(",") and paragraph.text[:1].islower())
        or is_date_line(paragraph)
        or bool(TO_CLAUSE.fullmatch(paragraph.text))
        or paragraph.display
        or (not paragraph.ended and len(paragraph.text) < 250)
    )


def _under_signatures_point(paragraphs: list[Paragraph]) -> int | None:
    """Return where signatures begin under a last point «Подписи Сторон»."""
    near = range(len(paragraphs) - 1, max(0, len(paragraphs) - SIGNATURE_LINES), -1)
    return next((i + 1 for i in near if _SIGNATURES_POINT.fullmatch(paragraphs[i].text)), None)


def _back_start(zones: list[Zone]) -> int:
    """Return where signatures and what follows them begin."""
    end = len(zones)
    while end > 0 and zones[end - 1] is Zone.BACK:
        end -= 1
    return end

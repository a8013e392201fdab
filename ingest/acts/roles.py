"""What each paragraph is: an ordered tuple of named rules gives it a role, with the rule and how sure it is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.acts.parts.closing import ENOUGH, concludes
from ingest.acts.parts.signing import signing_line
from ingest.acts.title_lines import (
    CONCLUSION,
    about,
    attachment,
    is_approval,
    is_bare_label,
    is_date_line,
    is_editorial,
    is_issuer,
    is_note,
    is_signature,
    is_standing,
    opens_title,
    title_word,
)
from ingest.layout.languages import Language, language_of
from ingest.layout.paragraphs import Paragraph, is_capitals


class Role(StrEnum):
    """What a paragraph does in its act."""

    DIVISION = "division"
    NUMBERED = "numbered"
    TITLE = "title"
    SUBJECT = "subject"
    APPROVAL = "approval"
    ISSUER = "issuer"
    DATE = "date"
    SIGNATURE = "signature"
    NOTE = "note"
    EDITORIAL = "editorial"
    CONCLUSION = "conclusion"
    ATTACHMENT = "attachment"
    PREAMBLE = "preamble"
    OTHER_LANGUAGE = "other language"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph with its neighbours."""

    paragraph: Paragraph
    above: Paragraph | None = None
    below: Paragraph | None = None

    @property
    def text(self) -> str:
        """Return the paragraph's words."""
        return self.paragraph.text


@dataclass(frozen=True, slots=True)
class Read:
    """A role a paragraph may have: the rule that says so, and how sure it is (0..1)."""

    role: Role
    rule: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Told:
    """The roles a paragraph may have, the likeliest first."""

    reads: tuple[Read, ...]

    @property
    def best(self) -> Read:
        """Return the likeliest reading."""
        return self.reads[0]

    @property
    def role(self) -> Role:
        """Return the likeliest role."""
        return self.best.role

    def certainty(self, role: Role) -> float:
        """Return how surely a paragraph has a role (0: not at all)."""
        return next((read.certainty for read in self.reads if read.role is role), 0.0)


PLACE_AND_DAY = re.compile(r"[(\[]?(?:г\.\s?|город\s)?[А-ЯЁ][^()\d]{2,60}\d[^()]{3,60}(?:\d{4}|г\.|года)[)\]]?")
"""«(Велинск, 3 мая 2001 г.)» or «Велинск, 3 мая 2001 г.» alone in its paragraph."""
_KREMLIN = re.compile(r"[А-ЯЁ][а-яё-]{2,40},\sКремль")
OPENING = re.compile(
    r"(?:согласились|договорились|условились|решили|постановили)\s+(?:о\s+|об\s+)?(?:нижеследующ|следующ)|"
    r"\bзаключили\s+(?:настоящ|нижеследующ)|,\s+(?:именуем|далее\s|в\s+дальнейшем)|\bименуем\w{2,5}\s+(?:далее|в\s+дальнейшем)",
    re.IGNORECASE,
)
"""How the preamble of an agreement says that it begins one."""
ORDERING = re.compile(
    r"(?:постановля|приказыва|п\s?р\s?и\s?к\s?а\s?з\s?ы\s?в\s?а|распоряжа|реша)(?:ет|ю|ем|л)\b|постановил\b",
    re.IGNORECASE,
)
_PARTIES = re.compile(r"(?:Правительств|Государств|Министерств|Республик|Федераци|Стороны|Договаривающ|Высокие\s)")


def _division(shown: Shown) -> float:
    marker = shown.paragraph.division
    if marker is None or not shown.text[0].isupper():
        return 0.0
    rest = shown.text[marker.end :]
    return 0.95 if not rest or rest[0].isupper() else 0.3


def _title(shown: Shown) -> float:
    found = title_word(shown.text)
    if found is None or shown.paragraph.marker or shown.paragraph.dash or len(shown.text) > 700:
        return 0.0
    if opens_title(shown.paragraph):
        return 0.95 if is_capitals(shown.text[: found[2]]) else 0.8
    return 0.4 if not shown.paragraph.ended else 0.1


def _preamble(shown: Shown) -> float:
    if not OPENING.search(shown.text) or shown.paragraph.marker or shown.paragraph.division:
        return 0.0
    return 0.8 if _PARTIES.match(shown.text) or shown.text[0].islower() or shown.text[-1] in ":," else 0.4


def _date(shown: Shown) -> float:
    if PLACE_AND_DAY.fullmatch(shown.text) and shown.text.startswith(("(", "[")):
        return 0.95
    if _KREMLIN.match(shown.text):
        return 0.9
    if (told := signing_line(shown.text)) and told.day and told.place:
        return 0.9
    return 0.8 if told or is_date_line(shown.paragraph) else 0.0


def _signature(shown: Shown) -> float:
    if not is_signature(shown.paragraph):
        return 0.0
    # «СОСТАВ БЮРО» looks like a name in capitals.
    return 0.4 if is_capitals(shown.text) and "." not in shown.text and len(shown.text.split()) == 2 else 0.85


def _label(shown: Shown) -> float:
    if attachment(shown.paragraph) is None or not (shown.paragraph.display or not shown.paragraph.ended):
        return 0.0
    closed = shown.above is not None and (is_signature(shown.above) or is_date_line(shown.above))
    return 0.9 if is_bare_label(shown.paragraph) else 0.8 if closed else 0.4


def _standing(shown: Shown) -> float:
    """Weigh «(обязательное)»: of a label where the attachment's number or its act stands above."""
    above = shown.above
    labelled = above is not None and (attachment(above) is not None or is_approval(above) or is_date_line(above))
    return 0.9 if labelled and is_standing(shown.paragraph) else 0.0


def _conclusion(shown: Shown) -> float:
    if not CONCLUSION.match(shown.text):
        below = shown.below
        last = below is None or is_signature(below) or signing_line(below.text) is not None or opens_title(below)
        said = last and not (shown.paragraph.marker or shown.paragraph.division) and concludes(shown.text) >= ENOUGH
        return 0.6 if said else 0.0
    return 0.9 if re.search(r"\d{4}|экземпляр|удостоверение", shown.text) else 0.6


def _yes(ask: Callable[[Paragraph], object], certainty: float) -> Callable[[Shown], float]:
    return lambda shown: certainty if ask(shown.paragraph) else 0.0


RULES: tuple[tuple[str, Role, Callable[[Shown], float]], ...] = (
    ("another language", Role.OTHER_LANGUAGE, lambda s: 0.9 if language_of(s.text) not in (Language.RU, None) else 0.0),
    ("publisher's remark", Role.EDITORIAL, _yes(is_editorial, 0.95)),
    ("publisher's note", Role.NOTE, _yes(is_note, 0.9)),
    ("division word", Role.DIVISION, _division),
    ("concluding formula", Role.CONCLUSION, _conclusion),
    ("attachment's label", Role.ATTACHMENT, _label),
    ("attachment's standing", Role.APPROVAL, _standing),
    ("approval", Role.APPROVAL, _yes(is_approval, 0.85)),
    ("name of an act", Role.TITLE, _title),
    ("printed head of a body", Role.ISSUER, _yes(lambda p: is_issuer(p) and not p.marker, 0.8)),
    ("date, number or place", Role.DATE, _date),
    ("signature", Role.SIGNATURE, _signature),
    ("number", Role.NUMBERED, lambda s: 0.75 if s.paragraph.marker else 0.0),
    ("opening of an agreement", Role.PREAMBLE, _preamble),
    ("subject", Role.SUBJECT, _yes(about, 0.7)),
    ("sentence", Role.TEXT, lambda s: 0.5 if s.paragraph.ended and len(s.text) > 20 else 0.0),
    ("words", Role.TEXT, lambda _: 0.2),
)
"""What may tell a paragraph's role, in order: of two equally sure rules the first wins."""


def read_roles(paragraphs: Sequence[Paragraph]) -> list[Told]:
    """Give each paragraph its likeliest role and the others it may have."""
    around = [None, *paragraphs, None]
    return [
        _told(Shown(paragraph, above, below))
        for above, paragraph, below in zip(around, paragraphs, around[2:], strict=False)
    ]


def _told(shown: Shown) -> Told:
    reads = (Read(role, name, rule(shown)) for name, role, rule in RULES)
    best: dict[Role, Read] = {}
    for read in sorted((read for read in reads if read.certainty), key=lambda read: -read.certainty):
        best.setdefault(read.role, read)
    return Told(tuple(best.values()))

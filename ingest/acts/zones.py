"""Where each act of a file begins: the heaviest consistent reading of all its paragraphs.

A paragraph stands in a zone of its act (above the title, title, below it, text, concluding formula, signatures, label
and text of an attachment). Each zone likes some roles and dislikes others, zones follow one another in a known order,
and a title opens a new act only as far as the print around it says so. Of all readings the heaviest is taken.
"""

from collections.abc import Sequence
from enum import StrEnum

from ingest.acts.evidence import opening
from ingest.acts.markers import is_first
from ingest.acts.roles import Role, Told
from ingest.acts.title_lines import approves, is_date_line
from ingest.layout.paragraphs import Paragraph, is_capitals


class Zone(StrEnum):
    """A part of an act as it is printed."""

    ABOVE = "above"
    TITLE = "title"
    BELOW = "below"
    BODY = "body"
    CLOSE = "close"
    BACK = "back"
    LABEL = "label"
    ANNEX = "annex"


_R = Role
_TEXT = {
    _R.TEXT: 1.0,
    _R.PREAMBLE: 2.0,
    _R.DIVISION: 3.0,
    _R.NUMBERED: 2.0,
    _R.EDITORIAL: 1.0,
    _R.NOTE: 0.0,
    _R.TITLE: -3.0,
    _R.CONCLUSION: -1.0,
    _R.SIGNATURE: -2.0,
    _R.DATE: -1.0,
    _R.ISSUER: -1.0,
    _R.SUBJECT: 0.0,
    _R.APPROVAL: -1.0,
    _R.ATTACHMENT: -3.0,
    _R.OTHER_LANGUAGE: 0.0,
}
_HEAD = {
    _R.TEXT: -2.0,
    _R.PREAMBLE: -2.0,
    _R.DIVISION: -6.0,
    _R.NUMBERED: -4.0,
    _R.EDITORIAL: 0.5,
    _R.NOTE: 1.0,
    _R.TITLE: 1.0,
    _R.CONCLUSION: -3.0,
    _R.SIGNATURE: -2.0,
    _R.DATE: 2.0,
    _R.ISSUER: 2.0,
    _R.SUBJECT: 2.0,
    _R.APPROVAL: 2.0,
    _R.ATTACHMENT: 0.5,
    _R.OTHER_LANGUAGE: -2.0,
}
LIKES: dict[Zone, dict[Role, float]] = {
    Zone.ABOVE: _HEAD,
    Zone.TITLE: dict.fromkeys(_R, -6.0)
    | {
        _R.TITLE: 3.0,
        _R.SUBJECT: 1.0,
        _R.ISSUER: 0.0,
        _R.TEXT: -3.0,
        _R.DATE: -2.0,
        _R.APPROVAL: -1.0,
    },
    Zone.BELOW: _HEAD,
    Zone.BODY: _TEXT,
    Zone.CLOSE: dict.fromkeys(_R, -4.0)
    | {
        _R.CONCLUSION: 3.0,
        _R.TEXT: -0.5,
        _R.NOTE: 0.5,
        _R.EDITORIAL: 0.5,
        _R.DATE: -1.0,
    },
    Zone.BACK: _HEAD
    | {
        _R.SIGNATURE: 3.0,
        _R.DATE: 2.0,
        _R.NOTE: 1.5,
        _R.TITLE: -3.0,
        _R.SUBJECT: -2.0,
        _R.ISSUER: 0.5,
        _R.ATTACHMENT: -2.0,
        _R.TEXT: -1.5,
        _R.APPROVAL: -0.5,
        _R.OTHER_LANGUAGE: 0.0,
    },
    Zone.LABEL: _HEAD | {_R.ATTACHMENT: 4.0, _R.TITLE: 2.0},
    Zone.ANNEX: _TEXT,
}
"""What roles each zone likes and dislikes."""

_Z = Zone
STEPS: dict[Zone, dict[Zone, float]] = {
    _Z.ABOVE: {_Z.ABOVE: 0.0, _Z.TITLE: 0.0},
    _Z.TITLE: {_Z.BELOW: 0.0, _Z.BODY: 0.0},
    _Z.BELOW: {_Z.BELOW: 0.0, _Z.BODY: 0.0},
    _Z.BODY: {_Z.BODY: 0.0, _Z.CLOSE: 0.0, _Z.BACK: -1.0, _Z.LABEL: -1.5, _Z.ABOVE: -4.0, _Z.TITLE: -3.5},
    _Z.CLOSE: {_Z.CLOSE: 0.0, _Z.BACK: 0.0, _Z.LABEL: -0.5, _Z.BODY: -3.0, _Z.ABOVE: -1.0, _Z.TITLE: -0.5},
    _Z.BACK: {_Z.BACK: 0.0, _Z.LABEL: -0.5, _Z.ANNEX: -3.0, _Z.BODY: -6.0, _Z.ABOVE: -0.5, _Z.TITLE: 0.0},
    _Z.LABEL: {_Z.LABEL: 0.0, _Z.ANNEX: 0.0},
    _Z.ANNEX: {_Z.ANNEX: 0.0, _Z.LABEL: -0.5, _Z.BACK: -1.0, _Z.CLOSE: -1.0, _Z.ABOVE: -3.0, _Z.TITLE: -2.5},
}
"""What zone may follow a zone, and what the step costs."""
DOUBT = 5.0
"""What it costs to take a paragraph for something it is less surely: by the difference in certainty."""
_OPEN = frozenset({Zone.ABOVE, Zone.TITLE, Zone.BELOW, Zone.LABEL})
"""Zones no act ends with."""
UNLABELLED = 4.0
"""What it costs to begin an attachment without «Приложение» over it."""
LONG_SENTENCE = 120
"""Characters: what is as long under signatures and ends with a stop is no position and no note of where a copy goes."""
SENTENCE = 4.0
"""What such a sentence costs among signatures: text of a dissenting opinion or an annex, not to be lost there."""
UNTITLED = 6.0
"""What it costs more where it begins with neither a title nor a first number: names inside a text sign nothing."""
LISTED = 4.0
"""What it costs to begin signatures under «в составе:»: names of a list sign nothing."""
UNDER_LABEL = 5
"""Lines between «Приложение № 2» and «УТВЕРЖДЕН» of one label: to what it belongs, when, in whose words."""
THRESHOLD = 4.0
"""The evidence a title must have around it to open an act."""


def read_zones(paragraphs: Sequence[Paragraph], told: Sequence[Told]) -> list[Zone]:
    """Give each paragraph its zone: the heaviest path through the zones."""
    if not paragraphs:
        return []
    opens = [opening(paragraphs, told, i) - THRESHOLD for i in range(len(told))]
    best: dict[Zone, float] = {
        Zone.ABOVE: _liking(told[0], Zone.ABOVE),
        Zone.TITLE: _liking(told[0], Zone.TITLE) + opens[0],
        Zone.BODY: _liking(told[0], Zone.BODY) - 2.0,
    }
    before: list[dict[Zone, Zone]] = []
    for i in range(1, len(paragraphs)):
        dear = _dear(paragraphs, told, i)
        gained: dict[Zone, tuple[float, Zone]] = {}
        for zone, weight in best.items():
            for following, cost in STEPS[zone].items():
                total = weight + cost + (opens[i] if following is Zone.TITLE else 0.0)
                if zone not in (following, Zone.LABEL):
                    total -= dear.get(following, 0.0)
                if following not in gained or total > gained[following][0]:
                    gained[following] = (total, zone)
        best = {zone: total + _liking(told[i], zone) for zone, (total, _) in gained.items()}
        if Zone.BACK in best and paragraphs[i].ended and len(paragraphs[i].text) > LONG_SENTENCE:
            best[Zone.BACK] -= SENTENCE
        before.append({zone: source for zone, (_, source) in gained.items()})
    return _path(best, before)


def _dear(paragraphs: Sequence[Paragraph], told: Sequence[Told], i: int) -> dict[Zone, float]:
    """Return what it costs more that a zone begins with a paragraph which has nothing to begin it with."""
    return {
        Zone.LABEL: 0.0 if _labels(paragraphs, told, i) else UNLABELLED,
        Zone.ANNEX: 0.0 if _may_head(paragraphs[i]) or _numbers(paragraphs[i - 1]) else UNTITLED,
        Zone.BACK: LISTED if paragraphs[i - 1].text.endswith(":") else 0.0,
    }


def _labels(paragraphs: Sequence[Paragraph], told: Sequence[Told], i: int) -> bool:
    """Say whether a paragraph may begin a label: «Приложение № 2», or «УТВЕРЖДЕН» over a list that has no number.

    Under «Приложение № 2», behind what it belongs to, «УТВЕРЖДЕН» goes on its label.
    """
    if told[i].certainty(Role.ATTACHMENT):
        return True
    if not approves(paragraphs[i]) or paragraphs[i].ended:
        return False
    for j in range(i - 1, max(-1, i - 1 - UNDER_LABEL), -1):
        above = paragraphs[j]
        if told[j].certainty(Role.ATTACHMENT):
            return False
        if above.marker or above.division or (above.ended and told[j].role is not Role.EDITORIAL):
            break
    return True


def _numbers(paragraph: Paragraph) -> bool:
    """Say whether a line is an act's number by itself: under its signatures it is the act's last line."""
    return paragraph.text.startswith(("№", "N ")) and is_date_line(paragraph)


def _may_head(paragraph: Paragraph) -> bool:
    """Say whether an attachment without a label may begin with a paragraph: a title, or the first of its numbers."""
    marker = paragraph.division or paragraph.marker
    if marker:
        return is_first(marker)
    return paragraph.text[0] != "(" and (paragraph.display or is_capitals(paragraph.text))


def _path(best: dict[Zone, float], before: list[dict[Zone, Zone]]) -> list[Zone]:
    zone = max(best, key=lambda zone: best[zone] - (UNLABELLED if zone in _OPEN else 0.0))
    path = [zone]
    for sources in reversed(before):
        zone = sources[zone]
        path.append(zone)
    return path[::-1]


def _liking(told: Told, zone: Zone) -> float:
    """Weigh the role a paragraph would have in a zone: the best of those it may have."""
    likes = LIKES[zone]
    sure = told.best.certainty
    return max(likes[read.role] * read.certainty - DOUBT * (sure - read.certainty) for read in told.reads)

"""How much speaks for an act that begins at a title: what stands in the title, above it and below it, weighed."""

import re
from collections.abc import Callable, Sequence

from corpus.lexicon.acts import TREATIES, WORDS
from corpus.model import InstrumentType
from ingest.acts.markers import Style, is_first
from ingest.acts.roles import ORDERING, Role, Told
from ingest.acts.title_lines import ANNEXED, title_word
from ingest.layout.paragraphs import Paragraph, is_capitals

NEAR = 4
"""Paragraphs under a title in which its date, and above it in which signatures and labels stand."""
HOST = 400
"""Paragraphs above an attachment in which the title of its act is looked for."""
LABEL = 10
"""Lines of a label over the title of an annex: whose it is, by whom approved, when, in whose words."""
FAR = 14
"""Paragraphs under a title in which its preamble and its first number stand."""
NAMELESS = -3.0
"""What a line that names no act speaks for one: «МНЕНИЕ» under signatures is none."""
ANNEXED_ACT = 5.0
"""What an annex whose title makes it an act of its own speaks for an act: as much as its label speaks for an annex."""
_ENTRY = re.compile(r"(?:\.\s?){4,64}\d{1,4}\Z|\s\d{1,4}\Z")
"""An entry of a table of contents ends with dots and a page."""
_BETWEEN = re.compile(r"\s*+(?:между|об?|обо)\s", re.IGNORECASE)

_NOTES = frozenset(WORDS["нота"].heads)
_ANSWERS = re.compile(
    r"ответн|\bв\sответ\b|получени\w{1,2}\s(?:ваше|ноты|письма)|ваш(?:у|ей|его|е|ем)\s(?:нот|письм)", re.IGNORECASE
)
"""How a note begins that answers another: «имею честь подтвердить получение Вашей ноты»."""
NOTE = 8
"""Paragraphs in which it says so."""
ANSWER = -20.0
"""What an answer speaks for an act: nothing that stands around it outweighs what it says itself."""

Near = Callable[[Sequence[Paragraph], Sequence[Told], int], float]


def opening(paragraphs: Sequence[Paragraph], told: Sequence[Told], i: int) -> float:
    """Weigh the evidence that an act begins with paragraph i as its title."""
    if not (told[i].certainty(Role.TITLE) or told[i].certainty(Role.SUBJECT)):
        return NAMELESS
    return sum(ask(paragraphs, told, i) for _, ask in EVIDENCE)


def _print(paragraphs: Sequence[Paragraph], _: Sequence[Told], i: int) -> float:
    """Weigh the title line itself: a type word in capitals, «между», display; a sentence is none."""
    paragraph = paragraphs[i]
    found = title_word(paragraph.text)
    if found is None:
        return 0.5 if paragraph.display else -1.0
    capitals = is_capitals(paragraph.text[: found[2]])
    said = bool(_BETWEEN.match(paragraph.text[found[2] :]))
    alone = not paragraph.text[found[2] :].strip(" *¹²³")
    if paragraph.ended and not capitals and not paragraph.level:
        return -3.0
    return (
        (2.0 if capitals else 0.5) + (1.0 if said or (alone and capitals) else 0.0) + (0.5 if paragraph.level else 0.0)
    )


def _entry(paragraphs: Sequence[Paragraph], _: Sequence[Told], i: int) -> float:
    """Weigh against entries of a table of contents: they end with a page, and entries follow."""
    return (
        -6.0
        if _ENTRY.search(paragraphs[i].text[-40:]) and not re.search(r"(?:№|N)\s?\d{1,4}\Z", paragraphs[i].text[-12:])
        else 0.0
    )


def _below(paragraphs: Sequence[Paragraph], told: Sequence[Told], i: int) -> float:
    """Weigh what follows: place and day, a preamble, an order, the first article."""
    weight = 0.0
    near, far = range(i + 1, min(i + 1 + NEAR, len(told))), range(i + 1, min(i + 1 + FAR, len(told)))
    if any(told[j].role is Role.DATE for j in near):
        weight += 1.0
    body = next((j for j in far if told[j].role in (Role.DIVISION, Role.NUMBERED)), far.stop)
    opened = [
        j for j in range(i + 1, body) if told[j].certainty(Role.PREAMBLE) >= 0.4 or ORDERING.search(paragraphs[j].text)
    ]
    if opened and not any(told[j].certainty(Role.TITLE) > 0.9 for j in range(i + 2, opened[0])):
        weight += 2.0
    if body < far.stop:
        return weight + _first_number(paragraphs, told, i, body)
    if not opened and not any(told[j].role is Role.TEXT and paragraphs[j].ended for j in far):
        weight -= 3.0
    return weight


def _first_number(paragraphs: Sequence[Paragraph], told: Sequence[Told], i: int, body: int) -> float:
    """Weigh the first number under a title: «ПОРЯДОК СПОРОВ» right over «Статья 3» is the article's heading."""
    if _is_first(paragraphs[body]):
        return 1.5
    return -4.0 if body == i + 1 and told[body].role is Role.DIVISION else 0.0


def _is_first(paragraph: Paragraph) -> bool:
    marker = paragraph.division or paragraph.marker
    return marker is not None and (is_first(marker) or marker.style in (Style.SECTION, Style.PART))


def _above(paragraphs: Sequence[Paragraph], told: Sequence[Told], i: int) -> float:
    """Weigh what stands above: signatures and closing formulas close an act, an unfinished sentence does not."""
    if i == 0:
        return 3.0
    weight = 0.0
    if told[i - 1].role is Role.DIVISION:
        marker = paragraphs[i - 1].division
        weight -= 6.0 if marker and marker.end == len(paragraphs[i - 1].text) else 2.0
    above = range(i - 1, max(-1, i - 1 - 3 * NEAR), -1)
    closing = next((j for j in above if told[j].role in (Role.SIGNATURE, Role.CONCLUSION, Role.ATTACHMENT)), None)
    text = next(
        (j for j in above if told[j].role in (Role.DIVISION, Role.NUMBERED, Role.TEXT) and paragraphs[j].ended), None
    )
    if closing is not None and (text is None or closing > text):
        weight += 3.0
    elif (closing is not None and i - closing <= NEAR) or any(told[j].role is Role.NOTE for j in above[:2]):
        weight += 1.5
    if paragraphs[i - 1].text.endswith((":", ",")):
        weight -= 2.0
    return weight + (0.5 if paragraphs[i].gap >= 2 else 0.0)


def _labelled(paragraphs: Sequence[Paragraph], told: Sequence[Told], i: int) -> float:
    """Weigh the label of an attachment above: the title of an annexed list is none of an act, an agreement's is."""
    if not _under_label(paragraphs, told, i):
        return 0.0
    found = title_word(paragraphs[i].text)
    if found is None:
        return -6.0
    word, type_, _ = found
    if type_ in TREATIES or word == "положение":
        return ANNEXED_ACT
    return ANNEXED_ACT if word in ANNEXED and _host(paragraphs, told, i) not in TREATIES else -6.0


def _under_label(paragraphs: Sequence[Paragraph], told: Sequence[Told], i: int) -> bool:
    """Say whether the unfinished lines above a title, editors' notes aside, begin with «Приложение» or «Утверждено»."""
    for j in range(i - 1, max(-1, i - 1 - LABEL), -1):
        if told[j].role in (Role.EDITORIAL, Role.NOTE) or paragraphs[j].text[0] == "(":
            continue
        if paragraphs[j].ended or paragraphs[j].marker or paragraphs[j].division:
            return False
        if told[j].role in (Role.ATTACHMENT, Role.APPROVAL):
            return True
    return False


def _host(paragraphs: Sequence[Paragraph], told: Sequence[Told], i: int) -> InstrumentType | None:
    """Return the type of the act whose attachment would be read: the nearest title above in capitals or display."""
    for j in range(i - 1, max(-1, i - HOST), -1):
        if (
            told[j].certainty(Role.TITLE) >= 0.8
            and (found := title_word(paragraphs[j].text))
            and found[0] not in ANNEXED
        ):
            return found[1]
    return None


def _answering(paragraphs: Sequence[Paragraph], _: Sequence[Told], i: int) -> float:
    """Weigh against a note that answers one, both being of one exchange, and against «Нота № 7» that only is named."""
    found = title_word(paragraphs[i].text)
    if found is None or found[0] not in _NOTES:
        return 0.0
    named = (
        found[0] == "нота"
        and bool(paragraphs[i].text[found[2] :].strip())
        and not is_capitals(paragraphs[i].text[: found[2]])
    )
    return ANSWER if named or any(_ANSWERS.search(p.text) for p in paragraphs[i : i + NOTE]) else 0.0


EVIDENCE: tuple[tuple[str, Near], ...] = (
    ("the title's print", _print),
    ("an entry of a table of contents", _entry),
    ("what stands below", _below),
    ("what stands above", _above),
    ("the label of an attachment", _labelled),
    ("a note that answers one", _answering),
)
"""What is weighed, each by its name."""

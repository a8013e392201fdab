"""How much speaks for a concluding formula: what was done, when, where, in how many copies and languages, weighed.

`CONCLUSION` of title_lines knows the formulae that are surely so wherever they stand; a turn nobody wrote down is told
by how many of these things a paragraph at the end of an act says.
"""

import re
from collections.abc import Sequence

from corpus.lexicon.dates import dates
from ingest.acts.parts.signing import is_lone_place, signing_line
from ingest.acts.title_lines import CONCLUSION, is_signature
from ingest.layout.paragraphs import Paragraph

LONGEST = 900
"""Characters of a concluding formula."""
ENOUGH = 3.0
"""The weight from which a last paragraph is a concluding formula."""
HALF = 2.0
"""The weight from which a paragraph begins one whose day stands below it."""
SHORT = 200
"""Characters of a line that goes on a formula."""
LINES = 6
"""Lines of day and place over which a formula may be printed."""
_SIGNS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(form, re.IGNORECASE))
    for weight, form in (
        (
            1.0,
            (
                r"\b(?:(?:соверш[её]н|учин[её]н|составлен|подписан|заключ[её]н|изготовлен|исполнен|выполнен|оформлен|скреплен|сделан|дан)[оаы]?|"
                r"подписали|подписались|скрепили|приложили|подписание\sсостоялось|расписались)\b"
            ),
        ),
        (1.0, r"\b(?:экземпляр|подлинник|подлинных\b|в\s[а-яё]{4,8}\sсписках\b)"),
        (
            1.0,
            r"\bязык(?:е|ах)\b|\b(?:тексты|текста|экземпляры|экземпляра)\b[^.]{0,60}\b(?:равн|одинаков|аутентич|сил)",
        ),
        (1.0, r"\b(?:нижеподписавши|уполномоченны|полномочны|представител|печат)"),
        (2.0, r"(?:^|[.,]\s)в\s(?:удостоверение|подтверждение|свидетельство|доказательство|знак|чем\b)"),
        (0.5, r"\b(?:в|во)\s(?:г\.|гор\.|городе\b|столице\b|(?-i:[А-ЯЁ]))"),
    )
)
_RULES = re.compile(
    r"\bвступ[а-яё]{2,6}\s(?:оно\s|он\s)?в\sсилу|\bсроком?\s(?:на|действия)|\bсрок\sдействия|\bпрекра(?:ща|т)|\bратифи|\bпродлева|\bпродлен|"
    r"\bденонс|\bдейству[ею]т|\bизменени[яй]\sи\s(?:\(или\)\s)?дополнени|\bприсоедин",
    re.IGNORECASE,
)
"""What a clause rules: «… вступает в силу … и заключён сроком на пять лет» is none of a formula."""
_NEEDED = (0, 1, 4)
"""One of these a formula says: that something was signed, in copies, or in witness of what."""
_ALONE = re.compile(r"(?:соверш[её]но?|учин[её]но?|подписано?|составлено?|заключ[её]но?)[оа]?:?\Z", re.IGNORECASE)
"""«Совершено» alone on its line, its place and day in the lines below."""


def concludes(text: str) -> float:
    """Weigh how much a paragraph says of what a concluding formula says; it tells a day, copies or an attestation.

    >>> concludes("Изготовлено в двух экземплярах, на обоих языках, в Ардове 3 мая 2004 года.") >= ENOUGH
    True
    >>> concludes("Соглашение подписано уполномоченными.") >= ENOUGH
    False
    >>> concludes("Договор вступает в силу 1 июня 2004 года и заключён сроком на пять лет.")
    0.0
    """
    if len(text) > LONGEST or _RULES.search(text):
        return 0.0
    said = [weight if form.search(text) else 0.0 for weight, form in _SIGNS]
    weight = sum(said)
    if not any(said[i] for i in _NEEDED):
        return 0.0
    return weight + (1.5 if dates(text) else 0.0)


def formula_start(body: Sequence[Paragraph]) -> int:
    """Return where the formula at the very end of a text begins, with the lines of its day and place; else its end."""
    at = len(body)
    while at > 1 and len(body) - at < LINES and _is_of_formula(body, at - 1):
        at -= 1
    while at < len(body) and not (concludes(body[at].text) >= HALF or _says(body[at]) or signing_line(body[at].text)):
        at += 1
    return at if _tells(body[at:]) else len(body)


def formula_lines(back: Sequence[Paragraph], above: Sequence[Paragraph]) -> int:
    """Count the lines right over signatures that go on the formula above or are one: «в двух экземплярах»."""
    count = 0
    while count < min(len(back), LINES) and _is_of_formula(back, count):
        count += 1
    tells = _tells([*above[-1:], *back[:count]])
    return count if tells and count < len(back) and is_signature(back[count]) else 0


def _tells(lines: Sequence[Paragraph]) -> bool:
    """Say whether some lines hold more than the day and the place, which are printed over signatures too."""
    return any(_says(p) or concludes(p.text) >= HALF for p in lines if not (p.marker or p.division))


def _says(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return bool(CONCLUSION.match(text) or _ALONE.match(text)) or concludes(text) >= ENOUGH


def _is_of_formula(paragraphs: Sequence[Paragraph], i: int) -> bool:
    paragraph = paragraphs[i]
    if paragraph.marker or paragraph.division:
        return False
    if signing_line(paragraph.text) is not None or _says(paragraph):
        return True
    if concludes(paragraph.text) > 0:
        return len(paragraph.text) < SHORT
    below = signing_line(paragraphs[i + 1].text) if i + 1 < len(paragraphs) else None
    return below is not None and below.day is not None and below.place is None and is_lone_place(paragraph.text)

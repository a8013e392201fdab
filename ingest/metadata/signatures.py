"""Who signed: names in the back matter, as people write them."""

import re

from analyzers.lemmas import folded, normal
from analyzers.letters import SAME_SHAPE
from ingest.layout.paragraphs import Paragraph

_INITIALS_FIRST = re.compile(
    r"(?<![\w.])(?P<initials>(?:[А-ЯЁA-Z]\.\s?){1,2})(?P<surname>[А-ЯЁ][А-ЯЁа-яё]++(?:-[А-ЯЁ][А-ЯЁа-яё]++)?)"
)
_SURNAME_FIRST = re.compile(
    r"(?P<surname>[А-ЯЁ][а-яё]++|[А-ЯЁ]{3,64}+)\s++(?P<initials>[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?)(?=$|[\s,;)])"
)
_FULL = re.compile(
    r"(?P<name>[А-ЯЁ][а-яё]++|[А-ЯЁ]{2,}+)\s++(?P<surname>[А-ЯЁ]{2,}+(?:-[А-ЯЁ]++)?|[А-ЯЁ][а-яё]++(?:-[А-ЯЁ][а-яё]++)?)"
)

_CERTIFIED = re.compile(r"(?:копия\s++)?верно?а?\b|с\s++подлинн\w++\s++верно|заверя", re.IGNORECASE)
"""Who signs below it certifies a copy."""
_BODY = re.compile(
    r"республик|федерац|правительств|министерств|королевств|прокуратур|комитет|государств", re.IGNORECASE
)


def signatories(back: tuple[Paragraph, ...]) -> list[tuple[str, Paragraph]]:
    """Return the names in order, each once for every place it stands in.

    Latin look-alikes among a Russian name's initials («A. Ливнев») count as Cyrillic. Initials go without blanks
    between, surnames in capitals in ordinary letters: «К. ЖЕЛУДЕВ» → «К. Желудев». Who certifies the copy is none.
    """
    found: list[tuple[str, Paragraph]] = []
    for paragraph in back:
        if _CERTIFIED.match(paragraph.text):
            break
        text = paragraph.text.strip("_ ")
        with_initials = [*_INITIALS_FIRST.finditer(text)] or [*_SURNAME_FIRST.finditer(text)]
        for match in with_initials:
            initials = "".join(match["initials"].split()).translate(SAME_SHAPE)
            found.append((f"{initials} {_cased(match['surname'])}", paragraph))
        full = None if with_initials else _FULL.fullmatch(text)
        if full and normal(folded(full["name"]), "Name") and not _BODY.match(full["surname"]):
            found.append((f"{_cased(full['name'])} {_cased(full['surname'])}", paragraph))
    return found


def _cased(word: str) -> str:
    return "-".join(part.capitalize() if part.isupper() else part for part in word.split("-"))

"""Who signed: names in the back matter, as people write them."""

import re

from analyzers.lemmas import folded, normal
from ingest.paragraphs import Paragraph

_INITIALS_FIRST = re.compile(r"(?<![\w.])(?P<initials>(?:[А-ЯЁA-Z]\.\s?){1,2})(?P<surname>[А-ЯЁ][А-ЯЁа-яё]+(?:-[А-ЯЁ][А-ЯЁа-яё]+)?)(?![а-яё])")
_SURNAME_FIRST = re.compile(r"(?P<surname>[А-ЯЁ][а-яё]+|[А-ЯЁ]{3,})\s+(?P<initials>[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?)(?=$|[\s,;)])")
_FULL = re.compile(r"(?P<name>[А-ЯЁ][а-яё]+|[А-ЯЁ]{2,})\s+(?P<surname>[А-ЯЁ]{2,}(?:-[А-ЯЁ]+)?|[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)")


def signatories(back: tuple[Paragraph, ...]) -> list[tuple[str, Paragraph]]:
    """Return the names in order, each once for every place it stands in.

    Initials go without blanks between, surnames in capitals in ordinary letters: «К. ТОКАЕВ» → «К. Токаев».
    """
    found: list[tuple[str, Paragraph]] = []
    for paragraph in back:
        text = paragraph.text.strip("_ ")
        with_initials = [*_INITIALS_FIRST.finditer(text)] or [*_SURNAME_FIRST.finditer(text)]
        for match in with_initials:
            initials = "".join(match["initials"].split())
            found.append((f"{initials} {_cased(match['surname'])}", paragraph))
        if not with_initials and (match := _FULL.fullmatch(text)) and normal(folded(match["name"]), "Name"):
            found.append((f"{_cased(match['name'])} {_cased(match['surname'])}", paragraph))
    return found


def _cased(word: str) -> str:
    return "-".join(part.capitalize() if part.isupper() else part for part in word.split("-"))

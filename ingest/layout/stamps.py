"""Stamps of electronic signatures: printed over a text or below it, they belong to the file and not to the act."""

import re
from collections.abc import Sequence

_OPENS = re.compile(
    r"(?:подлинник\s++электронного\s++документа[^а-яё]*+)?(?:документ\s++)?подписан[оа]?\s++(?:усиленной\s++)?(?:квалифицированной\s++)?"
    r"(?:ЭП|ЭЦП|УКЭП|электронной\s++(?:цифровой\s++)?подписью)\b",
    re.IGNORECASE,
)
_BELONGS = re.compile(
    r"(?:сертификат|владелец|издатель|кому\s++выдан|кем\s++выдан|действител[её]н|срок\s++действия|серийный\s++номер|дата\s++подписания)"
    r"(?:\s++сертификата)?\s*+(?::|№|с\s++\d|\d|[0-9A-F]{8})",
    re.IGNORECASE,
)
_BETWEEN, _LONGEST = 3, 120
"""Lines of the owner's post and body between two lines of a stamp, and characters of such a line."""


def stamped(lines: Sequence[str]) -> set[int]:
    """Find the lines of stamps: from «Документ подписан электронной подписью» to the last line about its certificate.

    >>> sorted(stamped(["Документ подписан ЭП", "Владелец: Норд", "Глава села", "Сертификат: 0183AB", "Споров нет."]))
    [0, 1, 2, 3]
    """
    found: set[int] = set()
    for start, text in enumerate(lines):
        if start in found or len(text) > _LONGEST or not _OPENS.match(text):
            continue
        end = at = start
        while (at := at + 1) < len(lines) and at - end <= _BETWEEN + 1 and len(lines[at]) <= _LONGEST:
            if _BELONGS.match(lines[at]):
                end = at
        if end > start:
            found.update(range(start, end + 1))
    return found

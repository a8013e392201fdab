"""What an attachment's label says of its force: «(обязательное)», «(справочное)»: no heading and no text."""

import re

_STANDING = re.compile(
    r"\(\s?(?:[а-яё]{1,30}(?:о|е)-?(?:,?\s(?:и\s)?)?)?[а-яё]{4,30}(?:ое|ее|ые|ие|ая|ый)\s?\)(?:\s?[.:–—-](?=\s|\Z))?"
    r"|(?:обязательн|справочн|рекомендуем|рекомендательн|информационн|информативн|вспомогательн)(?:ое|ые|ый|ая)\.?(?=\Z)",
    re.IGNORECASE,
)
"""In brackets by its form, an adjective that agrees with «приложение»; without them by the words standards use."""


def standing(text: str) -> int:
    """Return where an attachment's standing ends at the head of what follows «Приложение А»; 0 when it says none.

    >>> text = "(справочное). Примеры"
    >>> text[: standing(text)], standing("(обязательное)"), standing("обязательное"), standing("Обязательное измерение")
    ('(справочное).', 14, 12, 0)
    """
    match = _STANDING.match(text)
    return match.end() if match else 0

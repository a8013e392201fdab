"""Whether words say something, as a sentence does and a heading does not."""

import re

from analyzers.lemmas import FINITE, folded, parses

SHARE = 0.6
"""How likely a word must be a finite verb: «стали», «меры», «стороны» are nouns as often."""
_SAYING = FINITE | {"ADJS"}
"""A short adjective says something too: «решения обязательны»."""
_BELOW = re.compile(r",\s(?:котор|если|когда|где\s|ч[её]м\s|чьи|чей|что|чтобы|как\s)")
"""A clause that tells more of a heading's word: «Сторона, которая просит помощи»."""
_WORD = re.compile(r"[а-яё]{3,40}")


def says(text: str) -> bool:
    """Say whether a text has a finite verb or a short participle: «Стороны сверяют списки.», no «Сверка списков.».

    >>> says("Стороны ежегодно сверяют списки переправ."), says("Вступление в силу и прекращение действия.")
    (True, False)
    """
    return any(_is_finite(word) for word in _WORD.findall(_BELOW.split(text, maxsplit=1)[0]))


def _is_finite(word: str) -> bool:
    return sum(weight for grammemes, weight in parses(folded(word)) if grammemes & _SAYING) >= SHARE

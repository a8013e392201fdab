"""What is a word, and how likely: the dictionary, general frequencies, the text's own vocabulary."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from math import log

from analyzers.frequencies import share
from analyzers.lemmas import folded, is_known

_WORD = re.compile(r"[А-Яа-яЁё]{2,}")
ONE_LETTER = frozenset("авикосуя")
"""Russian words of one letter (folded)."""


class Evidence:
    """Judges words for one text; `vocabulary` are counts of words of the corpus around it, folded."""

    def __init__(self, text: str, vocabulary: Mapping[str, int] | None = None) -> None:
        self._text = text
        self._vocabulary = vocabulary or {}

    @cached_property
    def own(self) -> Counter[str]:
        """Count the words of the text itself, folded."""
        return Counter(folded(w) for w in _WORD.findall(self._text))

    def known(self, word: str) -> bool:
        """Say whether a word is in the dictionary, or the corpus uses it.

        >>> e = Evidence("")
        >>> e.known("статьи"), e.known("статъи"), e.known("научно-исследовательская"), e.known("п")
        (True, False, True, False)
        """
        word = folded(word)
        if len(word) < 2:
            return word in ONE_LETTER
        if self._vocabulary.get(word, 0) > 1 or is_known(word):
            return True
        return "-" in word and all(part.isdigit() or self.known(part) for part in word.split("-"))

    def weight(self, word: str) -> float:
        """Return the natural logarithm of the word's share of running words (always below 0)."""
        return log(share(folded(word)))

"""In how many originals an act is done: «в двух экземплярах», «в одиннадцати подлинниках», «в 2-х экз.»."""

import re
from collections.abc import Sequence
from functools import cache

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.lexicon.numerals import CARDINAL, numeral
from corpus.values.value import Passage, Value


@cache
def _copies() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)в\s++(?:(?P<digits>\d{{1,3}})(?:-?(?:х|ух|ех|и|м|ти|ми))?+|(?P<words>единственном|(?>{CARDINAL})))"
        r"(?:\s*+\([^)]{0,60}+\))?+\s++(?:[а-я-]{1,40}+(?<=ых|их|ом|ем)\s++){0,3}+(?:экземпляр|экз\.|подлинник)"
    )


def copies(text: str) -> tuple[int, Span] | None:
    """Read the number of copies and where it is told.

    >>> copies("Совершено в одиннадцати подлинных экземплярах")[0], copies("в двух подлинниках")[0], copies("в суде")
    (11, 2, None)
    """
    match = _copies().search(folded(text))
    if not match:
        return None
    n = int(match["digits"]) if match["digits"] else 1 if match["words"] == "единственном" else numeral(match["words"])
    return (n, Span(*match.span())) if n else None


def number_of_copies(sources: Sequence[Passage]) -> Value | None:
    """Read in how many originals an agreement is done."""
    for passage in sources:
        if found := copies(passage.text):
            return passage.value("число экземпляров", *found)
    return None

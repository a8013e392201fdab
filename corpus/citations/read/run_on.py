"""Where a name without a date has run on into its sentence: «Соглашения о мостах | стороны исполняют …»."""

import re

from analyzers.lemmas import FINITE, Reading, readings
from analyzers.letters import folded
from analyzers.spans import Span

_WORD = re.compile(r"[А-ЯЁа-яё]++")
_FINITE = FINITE | {"ADJS"}
_SMALL = frozenset({"ADVB", "PRCL", "ADJS"})
"""«Прямо», «именно»: an adverb may look like a short adjective."""
_HEADS, _BEFORE = frozenset({"NOUN", "NPRO"}), frozenset({"ADJF", "PRTF"})
_FARTHEST = 3
"""Words between a name and its verb: «стороны также не | обязаны»."""
_LONGEST = 6
"""Words of a subject with its adjectives and adverbs."""


def run_on(text: str, name: Span) -> int | None:
    """Return where the subject of the verb behind a name may begin inside it; None where no verb or subject is seen.

    A genitive may look the same («о правах стороны»): whether the name ends there, the library must tell.

    >>> text = "ст. 2 Соглашения о мостах стороны не исполняют"
    >>> text[run_on(text, Span(6, 33)):33]
    'стороны'
    """
    numbers = _numbers_of_verb(text, name.end)
    if not numbers:
        return None
    begins, headed = None, False
    for word in reversed(list(_WORD.finditer(text, name.start, name.end))[1:][-_LONGEST:]):
        told = readings(folded(word[0]))
        if not headed and told and all(r.pos in _SMALL for r in told):
            begins = word.start()
        elif _is_subject(told, _BEFORE if headed else _HEADS, numbers):
            begins, headed = word.start(), True
        else:
            break
    return begins


def _is_subject(told: tuple[Reading, ...], parts: frozenset[str], numbers: frozenset[str]) -> bool:
    return any(r.pos in parts and r.case == "nomn" and r.number in numbers for r in told)


def _numbers_of_verb(text: str, at: int) -> frozenset[str]:
    """Return the numbers of the verb right behind a place, small words between passed over; empty without one."""
    for word in list(_WORD.finditer(text, at, at + 60))[:_FARTHEST]:
        if text[at : word.start()].strip():
            break
        told = readings(folded(word[0]))
        if told and all(r.pos in _FINITE for r in told):
            return frozenset(r.number for r in told)
        if not (told and all(r.pos in _SMALL for r in told)):
            break
        at = word.end()
    return frozenset()

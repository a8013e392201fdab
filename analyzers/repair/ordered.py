from collections.abc import Callable, Iterable, Mapping

from analyzers.repair.edits import Edit, Repaired
from analyzers.repair.rules.composition import composed
from analyzers.repair.rules.digits import digits, unspaced_digits
from analyzers.repair.rules.fragments import mended, prepositions
from analyzers.repair.rules.gluing import unglued
from analyzers.repair.rules.hyphens import broken_lines, hyphens, spaced_lines
from analyzers.repair.rules.lookalikes import lookalikes
from analyzers.repair.rules.seams import seams
from analyzers.repair.rules.spacing import spaced
from analyzers.repair.rules.stops import stops
from analyzers.repair.words import Evidence


def respelled(text: str, evidence: Evidence) -> Iterable[Edit]:
    """Look at look-alikes again once letter-spaced words are whole («З A Р Я»)."""
    return lookalikes(text, evidence) if evidence.zones else ()


Rule = Callable[[str, Evidence], Iterable[Edit]]
RULES: tuple[Rule, ...] = (
    composed,
    lookalikes,
    digits,
    spaced_lines,
    spaced,
    respelled,
    hyphens,
    broken_lines,
    prepositions,
    mended,
    unspaced_digits,
    unglued,
    seams,
    stops,
)
"""In the order in which they are applied: letters first, then the blanks between them, then words, then marks."""


def repair(source: str, vocabulary: Mapping[str, int] | None = None) -> Repaired:
    """Repair a decoded text: every edit explained and reversible; `vocabulary` counts words of the corpus around it."""
    evidence = Evidence(source, vocabulary)
    repaired = Repaired(source)
    for rule in RULES:
        repaired = repaired.then(rule(repaired.text, evidence))
    return repaired

from collections.abc import Mapping

from analyzers.repair.edits import Repaired
from analyzers.repair.fragments import mended
from analyzers.repair.gluing import unglued
from analyzers.repair.hyphens import hyphens
from analyzers.repair.lookalikes import lookalikes
from analyzers.repair.spacing import spaced
from analyzers.repair.stops import stops
from analyzers.repair.words import Evidence


def repair(source: str, vocabulary: Mapping[str, int] | None = None) -> Repaired:
    """Repair a decoded text: every edit explained and reversible; `vocabulary` counts words of the corpus around it."""
    evidence = Evidence(source, vocabulary)
    repaired = Repaired(source)
    for rule in (lookalikes, spaced, hyphens, mended, unglued, stops):
        repaired = repaired.then(rule(repaired.text, evidence))
    return repaired

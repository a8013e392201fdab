"""Pairs of clauses graded by hand against the grades told; `python -m tests.quality.graded_pairs blind` prints figures."""

import json
import sys
from collections import Counter
from pathlib import Path

from corpus.comparison.grades import Grade, grade

HERE = Path(__file__).parent


def measure(half: str) -> dict[str, float]:
    """Return the share right, substance called less, and words or forms called substance."""
    pairs = json.loads((HERE / f"graded_pairs_{half}.json").read_text("utf-8"))["pairs"]
    told = Counter((pair["grade"], str(grade(pair["a"] or "", pair["b"] or ""))) for pair in pairs)
    heavy = {(w, g): n for (w, g), n in told.items() if w == Grade.SUBSTANCE}
    light = {(w, g): n for (w, g), n in told.items() if w in {Grade.WORDS, Grade.FORM}}
    return {
        "right": sum(n for (w, g), n in told.items() if w == g) / len(pairs),
        "substance lost": sum(n for (_, g), n in heavy.items() if g != Grade.SUBSTANCE) / max(sum(heavy.values()), 1),
        "alarms": sum(n for (_, g), n in light.items() if g == Grade.SUBSTANCE) / max(sum(light.values()), 1),
    }


def counts(half: str) -> dict[str, int]:
    """Return how often each grade was told for each given by hand: figures alone, no pair."""
    pairs = json.loads((HERE / f"graded_pairs_{half}.json").read_text("utf-8"))["pairs"]
    told = Counter(f"{pair['grade']} as {grade(pair['a'] or '', pair['b'] or '')}" for pair in pairs)
    return dict(sorted(told.items()))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1])) + "\n" + json.dumps(counts(sys.argv[1])) + "\n")

"""Judged queries: read them, score rankings as ../shared/score does."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with its right answers as (file, instrument, eId)."""

    kind: str
    query: str
    relevant: tuple[tuple[str, int, str], ...]


def own(name: str = "judged.txt") -> list[Judged]:
    """Read a list of this folder: our first queries, or those written blind (judged.blind.txt)."""
    names: dict[str, tuple[str, int]] = {}
    out = []
    for line in (Path(__file__).parent / name).read_text("utf-8").splitlines():
        if " = " in line and "|" not in line:
            key, _, value = line.partition(" = ")
            file, instrument = value.split()
            names[key] = (file, int(instrument))
        elif line and not line.startswith("#"):
            kind, query, judged = (part.strip() for part in line.split("|"))
            relevant = tuple(
                (*names[group.split()[0]], eid) for group in judged.split(";") for eid in group.split()[1:]
            )
            out.append(Judged(kind, query, relevant))
    return out


def gold(path: Path, kind: str) -> list[Judged]:
    """Read a file of judged queries in the form of ../shared/gold."""
    return [
        Judged(kind, q["query"], tuple((r["file"], r["instrument"], r["eid"]) for r in q["relevant"]))
        for q in json.loads(path.read_text("utf-8"))
    ]


def worth(answer: str, target: str) -> float:
    """Return 1 for the provision or what lies in it, 0.5 for what holds it."""
    if answer == target or answer.startswith(target + "__"):
        return 1.0
    return 0.5 if target.startswith(answer + "__") else 0.0


def gains(hits: Sequence[tuple[str, int, str]], judged: Judged) -> tuple[list[float], int]:
    """Return each hit's gain, every judged provision counted once, and how many were found."""
    used: set[int] = set()
    out = []
    for file, instrument, eid in hits:
        best = max(
            (
                (2 * (eid == target) + worth(eid, target), -i)
                for i, (f, n, target) in enumerate(judged.relevant)
                if i not in used and (f, n) == (file, instrument)
            ),
            default=(0, 0),
        )
        if best[0]:
            used.add(-best[1])
        out.append(min(best[0], 1.0))
    return out, len(used)


def ndcg(hits: Sequence[tuple[str, int, str]], judged: Judged) -> float:
    """Return nDCG of the first ten hits."""
    ideal = sum(1 / math.log2(i + 2) for i in range(min(10, len(judged.relevant))))
    return sum(g / math.log2(i + 2) for i, g in enumerate(gains(hits[:10], judged)[0])) / ideal

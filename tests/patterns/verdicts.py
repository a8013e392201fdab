"""Verdicts of the checker kept between runs: a pattern is read once for as long as the checker's own text stands."""

import hashlib
import json
import os
import sys
from pathlib import Path

from tests.house.measures import ROOT
from tests.patterns.linear import reasons

_HERE = Path(__file__).parent
_CHECKER = [_HERE / f"{name}.py" for name in ("linear", "starts", "tree", "ways")]


def judged(asked: list[tuple[str, int, bool]]) -> list[list[str]]:
    """Give the reasons against each pattern (text, "b:" before one of bytes; flags; searched or not), in order."""
    mark = hashlib.sha256(sys.version.encode() + b"".join(p.read_bytes() for p in _CHECKER)).hexdigest()[:16]
    file = ROOT / ".cache" / f"patterns-{mark}.json"
    kept: dict[str, list[str]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    known = len(kept)
    for pattern, flags, searched in asked:
        key = json.dumps((pattern, flags, searched))
        if key not in kept:
            text = pattern.removeprefix("b:").encode("latin-1") if pattern.startswith("b:") else pattern
            kept[key] = reasons(text, flags, searched=searched)
    if len(kept) > known:
        file.parent.mkdir(exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(kept), "utf-8")
        part.replace(file)
    return [kept[json.dumps(one)] for one in asked]

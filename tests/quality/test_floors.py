"""Accuracy on the reference data may not fall below its floor, and a floor may not be lowered.

The scorers and their cases stand outside the project (../shared). Each floor is pinned beside the hash of its cases:
`python -m tests.quality.test_floors` writes higher floors and new hashes, never a lower floor for the same cases.
"""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests import forked
from tests.shared import SHARED, need

FLOORS = Path(__file__).with_name("floors.json")

# What to run, in ../shared/score, and where the figures stand in its last line.
RUNS = {
    "structure.py gold/structure.json seeds": {"structure": r"structure F1 ([\d.]+)", "metadata": r"metadata ([\d.]+)"},
    "search.py gold/queries.json seeds": {"search": r"nDCG@10 ([\d.]+)"},
    "search.py gold/queries_plain_words.json seeds": {"search-plain-words": r"nDCG@10 ([\d.]+)"},
    "references.py gold/references.json seeds": {
        "references-precision": r"precision ([\d.]+)",
        "references-recall": r"recall ([\d.]+)",
    },
    "alignment.py gold/alignment.json seeds": {
        "equivalents-first": r"first right ([\d.]+)",
        "equivalents-three": r"in first three ([\d.]+)",
        "equivalents-absent": r"none said where none ([\d.]+)",
    },
    "values.py gold/values.json gold/alignment.json seeds": {"values": r"values right ([\d.]+)"},
    "compare.py gold/alignment.json seeds": {"compare": r"F1 ([\d.]+)"},
    "repair.py gold/structure.json 5": {"repair": r"(?:clean|double|single|\w+) ([\d.]+)"},
}


def measured(run):
    script, *args = run.split()
    paths = [str(SHARED / a) if not a.isdigit() else a for a in args]
    done = subprocess.run(
        [sys.executable, script, *paths],
        cwd=SHARED / "score",
        capture_output=True,
        text=True,
        timeout=400,
        env={**os.environ, "SVOD": shlex.join(forked.command())},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    last = done.stdout.strip().splitlines()[-1]
    return {name: min(map(float, re.findall(pattern, last))) for name, pattern in RUNS[run].items()}


def cases_hash(name):
    return hashlib.sha256((SHARED / "gold" / name).read_bytes()).hexdigest()[:16]


@pytest.fixture
def shared():
    need()


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("run", RUNS)
def test_floor(run):
    floors = json.loads(FLOORS.read_text("utf-8"))
    for name, figure in measured(run).items():
        assert figure >= floors[name]["floor"], f"{name}: {figure} < {floors[name]['floor']}"


@pytest.mark.usefixtures("shared")
def test_floors_stand_beside_their_cases():
    for name, pinned in json.loads(FLOORS.read_text("utf-8")).items():
        assert pinned["sha256"] == cases_hash(pinned["cases"]), f"{name}: the cases changed; measure anew"


def update():
    floors = json.loads(FLOORS.read_text("utf-8"))
    for run in RUNS:
        for name, figure in measured(run).items():
            pinned, now = floors[name], cases_hash(floors[name]["cases"])
            same = pinned.get("sha256") == now
            if same and figure < pinned["floor"]:
                sys.exit(f"{name}: {figure} is below the floor {pinned['floor']}; a floor is never lowered")
            if not same:
                pinned |= {"sha256": now, "floor": min(pinned["floor"], figure)}
            print(name, figure, pinned["floor"])
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    update()

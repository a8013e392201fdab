"""What forty real acts of ../shared lack, by reading (absence_real.json: names and topics only): absence F1."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from corpus.comparison.grid import CellStatus
from corpus.comparison.kept.kept_cells import made
from corpus.metadata.documents import documents_of
from corpus.topics.topics import topics
from ingest.pipeline import parse_file

SHARED = Path(__file__).resolve().parents[4] / "shared"
ANSWERS = json.loads(Path(__file__).with_name("absence_real.json").read_text("utf-8"))


def _acts():
    """Yield each act of the answers with its name: the file's and its place in the file."""
    named = {name.partition("#")[0] for name in ANSWERS}
    for file in sorted(p for p in SHARED.rglob("*") if p.name in named):
        for n, document in enumerate(documents_of(parse_file(file))):
            if f"{file.name}#{n}" in ANSWERS:
                yield f"{file.name}#{n}", document


def test_what_real_acts_lack_is_told():
    if not SHARED.is_dir() and not os.environ.get("CI"):
        pytest.skip("../shared is absent")
    told, seen = Counter(), set()
    for name, document in _acts():
        seen.add(name)
        answer, cells = ANSWERS[name], made(document, topics())
        assert document.instrument.date == answer["date"], name
        for lacking in ("absent", "present"):
            told.update((lacking, cells.status(t) is CellStatus.ABSENT) for t in answer[lacking])
    assert seen == ANSWERS.keys()
    right, lost, false = told["absent", True], told["absent", False], told["present", True]
    assert 2 * right / (2 * right + lost + false) >= 0.95

"""The sample agreements, read to the last letter. SVOD_UPDATE_GOLDEN=1 writes the files anew: read the diff before committing."""

import json
import os
from importlib.resources import files
from pathlib import Path

import pytest

from ingest.pipeline import parse_bytes
from search_api.answers.shapes import parsed_shape
from tests.ingest.test_round_trip import uncovered

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = sorted(f.name for f in (files("ingest") / "samples").iterdir())


def read(name):
    return parse_bytes((files("ingest") / "samples" / name).read_bytes(), name)


def compact(file):
    shape = parsed_shape(file)
    for instrument in shape["instruments"]:
        del instrument["evidence"]
        for provision in instrument["provisions"]:
            del provision["source_spans"]
    return {"instruments": shape["instruments"], "repairs": [e.replacement for e in file.edits]}


def test_there_are_enough_samples():
    assert len(SAMPLES) >= 6


@pytest.mark.parametrize("name", SAMPLES)
def test_sample(name):
    got = json.dumps(compact(read(name)), ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"{name}.json"
    if os.environ.get("SVOD_UPDATE_GOLDEN"):
        path.write_text(got, "utf-8")
    assert got == path.read_text("utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_no_letter_of_a_sample_is_lost(name):
    assert uncovered(read(name)) == ""

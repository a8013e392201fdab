"""Invented acts in the prints one meets, beside the eIds, headings and metadata they must give, each read by hand.

SVOD_UPDATE_GOLDEN=1 writes the files anew: read the diff before committing.
"""

import os
from pathlib import Path

import pytest

from ingest.pipeline import parse_file

PRINTS = Path(__file__).parent / "prints"
FILES = sorted(p.name for p in PRINTS.iterdir() if p.suffix != ".read")
FIELDS = (
    "date",
    "place",
    "number",
    "parties",
    "issuer",
    "languages",
    "copies",
    "prevailing_language",
    "in_force_from",
    "status",
    "signatories",
)


def reading(file):
    for act in file.instruments:
        yield f"=== {act.type}: {act.title}"
        for field in FIELDS:
            if value := getattr(act, field):
                yield f"    {field}: {'; '.join(value) if isinstance(value, tuple) else value}"
        for p in act.walk():
            yield " | ".join((p.eid, str(p.kind), p.num or "", p.heading or "", p.text)).rstrip(" |")


def test_there_are_enough_prints():
    assert len(FILES) >= 15


@pytest.mark.parametrize("name", FILES)
def test_print(name):
    got = "\n".join(reading(parse_file(PRINTS / name))) + "\n"
    path = PRINTS / f"{name}.read"
    if os.environ.get("SVOD_UPDATE_GOLDEN"):
        path.write_text(got, "utf-8")
    assert got == path.read_text("utf-8")

"""Invented acts in varied formulae, set in several formats: where each act begins, its day and place, its eIds."""

import textwrap
import tomllib
from pathlib import Path

import pytest

from ingest.pipeline import parse_bytes
from tests.ingest.readers import writers
from tests.ingest.readers.writers import Para

CASES = tomllib.loads((Path(__file__).parent / "varied.toml").read_text("utf-8"))
WIDTH = 78


def _wrapped(lines):
    breaks = {"break_long_words": False, "break_on_hyphens": False}
    return "\n".join("\n".join(textwrap.wrap(line, WIDTH, **breaks)) for line in lines).encode()


def _paras(lines):
    return [Para(line, plain=line) for line in lines if line]


FORMATS = {
    "txt": lambda lines: "\n".join(lines).encode(),
    "wrapped.txt": _wrapped,
    "html": lambda lines: writers.html(_paras(lines)),
    "docx": lambda lines: writers.docx(_paras(lines)),
}


def _told(act):
    return " ".join((act.type, act.date or "-", act.place or "-", *(p.eid for p in act.walk())))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", CASES)
def test_varied(name, form):
    case = CASES[name]
    file = parse_bytes(FORMATS[form](case["text"].strip().split("\n")), f"case.{form}")
    assert [_told(act) for act in file.instruments] == case["acts"]
    said = {p.eid: p.text for act in file.instruments for p in act.walk()}
    assert {eid: said[eid] for eid in case.get("texts", {})} == case.get("texts", {})
    if "parties" in case:
        assert [*file.instruments[0].parties] == case["parties"]

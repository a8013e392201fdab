"""Repair: the table of cases, and what must hold for any text."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.repair import THETA, Edit, Repaired, repair
from analyzers.repair.lookalikes import TO_CYRILLIC

FILE = Path(__file__).with_name("repair.cases")


def _plain(text: str) -> str:
    return re.sub(r"\\(?:[nrf\\]|u[0-9a-f]{4})", lambda m: m[0].encode().decode("unicode_escape"), text)


def _cases():
    section = ""
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif line.strip() and not (line.startswith("# ") and not section):
            given_text, arrow, wanted = line.partition(" → ")
            mark = [pytest.mark.xfail(strict=True, reason="known failure")] if section == "known failures" else []
            before = _plain(given_text)
            yield pytest.param(before, _plain(wanted) if arrow else before, id=f"{section}: {given_text}", marks=mark)


CASES = list(_cases())


def test_the_table_is_long_enough():
    assert len(CASES) >= 300


@pytest.mark.parametrize(("source", "wanted"), CASES)
def test_case(source, wanted):
    found = repair(source)
    assert found.text == wanted, found.edits
    if source == wanted:
        assert not found.edits

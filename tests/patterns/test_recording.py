"""What stands for a compiled pattern while tests run is one for all the product can see; uses are read off the source."""

import copy
import pickle
import re

import pytest

from tests.patterns.recording import Entry, Recorded, seen
from tests.patterns.report import failing
from tests.patterns.source import UNKNOWN, uses_of


@pytest.fixture
def entry():
    entry = Entry("corpus/eid.py", 0, r"(\w++)-(\d++)", 32, "")
    yield entry
    seen.difference_update({e for e in seen if e.line == 0})


def test_passes_for_a_pattern(entry):
    real = re.compile(entry.pattern)
    one = Recorded(real, entry)
    assert isinstance(one, re.Pattern)
    assert (one.pattern, one.flags, one.groups) == (real.pattern, real.flags, real.groups)
    assert {one: 1}[copy.copy(one)] == 1
    assert copy.deepcopy(one) is one
    assert pickle.loads(pickle.dumps(one)).pattern == real.pattern
    assert re.sub(one, r"\2", "a-1 b-2") == "1 2"
    assert re.compile(one) is one


def test_remembers_what_is_asked(entry):
    one = Recorded(re.compile(entry.pattern), entry)
    assert one.fullmatch("a-1")[2] == "1"
    assert entry._replace(use="fullmatch") in seen
    assert entry._replace(use="search") not in seen


def _line(file, text):
    from tests.patterns.recording import ROOT

    return next(i for i, line in enumerate((ROOT / file).read_text("utf-8").splitlines(), 1) if line.startswith(text))


@pytest.mark.parametrize(
    ("file", "text", "uses"),
    [
        ("corpus/citations/read/grammar.py", "SEPARATOR =", {"match"}),
        ("corpus/citations/read/several.py", "_HEAD =", {"finditer"}),
        ("corpus/values/grounds.py", "GROUNDS =", {UNKNOWN}),
    ],
)
def test_uses_are_read_off_the_source(file, text, uses):
    assert uses_of(file, _line(file, text)) == uses


def test_a_pattern_that_is_not_linear_is_named_with_its_place(entry):
    bad = entry._replace(pattern=r"\s+$", use="search")
    assert failing({bad})[0].startswith("corpus/eid.py:0: the pattern is searched and may begin inside its run")
    assert failing({bad._replace(use="fullmatch")}) == []


def test_a_pattern_of_ascii_classes_is_read(entry):
    assert failing({entry._replace(pattern=r"\d{4}-\d\d", flags=int(re.ASCII), use="fullmatch")}) == []

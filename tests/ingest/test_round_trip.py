"""What is drawn, printed and parsed comes back: parse(print(x)) = x, in every print; and no letter is lost."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from ingest.pipeline import parse_bytes
from tests.ingest.drawing import PRINTS, acts


def parsed(act):
    return [(p.eid, str(p.kind), p.num, p.heading, p.text) for p in act.walk()]


def uncovered(file):
    """Letters and digits of the source that nothing accounts for."""
    seen = bytearray(len(file.text))
    spans = [f.span for f in file.furniture]
    for act in file.instruments:
        spans += [e.span for e in act.evidence]
        spans += [s for p in act.walk() for s in p.source_spans]
    for start, end in spans:
        seen[start:end] = b"\1" * (end - start)
    return "".join(c for i, c in enumerate(file.text) if c.isalnum() and not seen[i])


@pytest.mark.parametrize("style", PRINTS)
@settings(max_examples=60, deadline=None)
@given(act=acts())
def test_a_printed_act_comes_back(style, act):
    file = parse_bytes(PRINTS[style](act).encode(), "act.txt")
    assert len(file.instruments) == 1
    assert parsed(file.instruments[0]) == act.provisions()
    assert uncovered(file) == ""


@settings(max_examples=40, deadline=None)
@given(act=acts())
def test_text_and_trace_agree(act):
    file = parse_bytes(PRINTS["wrapped"](act).encode(), "act.txt")
    for provision in file.instruments[0].walk():
        for piece in provision.trace:
            assert provision.text[slice(*piece.text)].split() == file.text[slice(*piece.source)].split()
        spans = provision.source_spans
        assert all(a.end < b.start for a, b in pairwise(spans))


@settings(max_examples=40, deadline=None)
@given(act=acts())
def test_eids_are_unique(act):
    file = parse_bytes((PRINTS["markdown"](act) + "\n\n" + PRINTS["markdown"](act)).encode(), "twice.md")
    for instrument in file.instruments:
        eids = [p.eid for p in instrument.walk()]
        assert len(eids) == len(set(eids))
    assert len(file.instruments) == 2
    assert parsed(file.instruments[0]) == parsed(file.instruments[1]) == act.provisions()

"""What holds of every comparison, over real agreements: ours in this folder, and those of ../shared where it is there."""

import os
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from corpus.comparison.align import align
from corpus.comparison.equivalents import equivalents
from corpus.comparison.grid import CellStatus, Status
from corpus.comparison.table import compare
from corpus.metadata.documents import documents_of
from ingest.pipeline import parse_file

OURS = Path(__file__).with_name("agreements")
SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


@cache
def documents(folder):
    if not folder.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"{folder} is absent")
    found = [d for f in sorted(folder.iterdir()) for d in documents_of(parse_file(f))]
    return [d for d in found if d.instrument.type != "law"]


@pytest.fixture(params=[OURS, SEEDS], ids=["ours", "seeds"])
def agreements(request):
    found = documents(request.param)
    assert len(found) >= 6
    return found


def test_a_document_aligned_with_itself_is_the_identity(agreements):
    for document in agreements:
        alignment = align(document, document)
        assert (alignment.scores.diagonal() == 1.0).all()
        for answer in equivalents(document, document):
            assert answer.status is Status.FOUND
            assert answer.eid in [c.eid for c in answer.candidates if c.score == 1.0]


def test_a_status_is_the_same_from_either_side(agreements):
    for one, two in list(combinations(agreements, 2))[::3]:
        there, back = align(one, two).scores, align(two, one).scores.T
        assert (there == back).all()


def test_nothing_is_cited_that_is_not_in_its_document(agreements):
    table = compare(agreements[:12])
    whole = {d.id: d for d in agreements}
    cells = [c for r in table.rows for c in r.cells.values()]
    for cell in cells:
        for provision in cell.provisions:
            text = whole[cell.document].find(provision.eid).text
            assert all(0 <= s.start < s.end <= len(text) for s in provision.spans)
        for value in cell.shown:
            assert 0 <= value.span.start < value.span.end <= len(whole[cell.document].find(value.eid).text)
        if cell.status is not CellStatus.PRESENT:
            assert not cell.values
        if cell.status is CellStatus.ABSENT:
            assert not cell.provisions
            assert cell.evidence
    assert {c.status for c in cells} >= {CellStatus.PRESENT, CellStatus.ABSENT}

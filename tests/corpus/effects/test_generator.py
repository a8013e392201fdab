"""Cases by inverse editing, the two halves of wordings apart: exact, or refused with the reason; never wrong or silent."""

import os

import pytest

from corpus.model import Instrument
from tests.corpus.effects.generator.acts import parsed, texts
from tests.corpus.effects.generator.running import Tally, run
from tests.corpus.effects.generator.wordings import Wording, blind, own

SOAK = bool(os.environ.get("SVOD_SOAK"))
ROUNDS = 45
"""Cases of each wording over each act: more than 20,000 instructions in all."""
OWN_EXACT, BLIND_EXACT = 0.99, 0.92
"""Floors; the blind half is never tuned on, so that its floor is what was reached without looking."""


@pytest.fixture(scope="module")
def acts() -> list[Instrument]:
    return [parsed(text) for text in texts().values()]


def _told(tally: Tally) -> str:
    return "\n".join(tally.shown[:20])


@pytest.mark.parametrize(
    ("half", "exact"),
    [pytest.param(own(), OWN_EXACT, id="own"), pytest.param(blind()[0], BLIND_EXACT, id="blind")],
)
def test_every_case_is_exact_or_refused(acts: list[Instrument], half: list[Wording], exact: float) -> None:
    tally = run(acts[:1], half, 1, 11)
    assert tally.cases > len(half) // 2
    assert (tally.wrong, tally.silent) == (0, 0), _told(tally)
    assert tally.exact / tally.cases >= exact, _told(tally)


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="make soak")
def test_many_cases(acts: list[Instrument]) -> None:
    for half, exact in ((own(), OWN_EXACT), (blind()[0], BLIND_EXACT)):
        tally = run(acts, half, ROUNDS, 12)
        assert tally.wrong <= 0.005 * tally.cases, _told(tally)
        assert tally.silent == 0, _told(tally)
        assert tally.exact / tally.cases >= exact, _told(tally)

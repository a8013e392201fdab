"""Differences are graded: what settles something else is never told as other words."""

import pytest

from tests.quality.graded_pairs import measure


@pytest.mark.parametrize(
    ("half", "right", "lost", "alarms"),
    [
        ("own", 1.0, 0.0, 0.0),
        ("varied", 0.99, 0.0, 0.01),
        ("third", 1.0, 0.0, 0.0),
        ("fourth", 0.94, 0.014, 0.085),
    ],
)
def test_pairs_graded_by_hand(half: str, right: float, lost: float, alarms: float) -> None:
    found = measure(half)
    assert found["right"] >= right
    assert found["substance lost"] <= lost
    assert found["alarms"] <= alarms

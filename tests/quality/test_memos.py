"""What is read, resolved and compared in memos may not fall below its floors."""

import pytest

from tests.quality.memos import measure

FLOORS = {
    "own": {
        "precision": 0.98,
        "recall": 0.98,
        "status": 0.96,
        "eids": 0.96,
        "right": 0.96,
        "verdicts": 0.97,
        "quotation-eids": 0.96,
    },
    "third": {
        "precision": 0.99,
        "recall": 0.99,
        "status": 0.98,
        "eids": 0.98,
        "right": 0.98,
        "verdicts": 0.99,
        "quotation-eids": 0.99,
    },
    "blind": {
        "precision": 0.87,
        "recall": 0.87,
        "status": 0.84,
        "eids": 0.78,
        "right": 0.77,
        "verdicts": 0.84,
        "quotation-eids": 0.84,
    },
}
MOST_SILENT = {"own": 0.0, "third": 0.0, "blind": 0.015}
"""Share of citations that are called resolved and are not right."""
MOST_ALARMS = {"own": 0.0, "third": 0.0, "blind": 0.06}
"""Share of quotations that are right and are called wrong."""


@pytest.mark.parametrize("half", FLOORS)
def test_floors(half: str) -> None:
    found = measure(half)
    assert {name: value for name, value in found.items() if value < FLOORS[half].get(name, 0)} == {}
    assert found["silent"] <= MOST_SILENT[half]
    assert found["alarms"] <= MOST_ALARMS[half]

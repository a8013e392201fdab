"""Differences are graded: what settles something else is never told as other words."""

from tests.quality.graded_pairs import measure


def test_own_pairs() -> None:
    found = measure("own")
    assert found["right"] >= 0.98
    assert found["substance lost"] == 0
    assert found["alarms"] <= 0.05


def test_pairs_in_the_ways_treaties_vary() -> None:
    found = measure("varied")
    assert found["right"] >= 0.97
    assert found["substance lost"] == 0
    assert found["alarms"] <= 0.05


def test_third_set_by_an_author_who_had_not_seen_the_grader() -> None:
    found = measure("third")
    assert found["right"] >= 0.77
    assert found["substance lost"] <= 0.03
    assert found["alarms"] <= 0.41

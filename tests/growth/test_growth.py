"""No text makes a door take longer than it is long: four times the characters, at most six times the time."""

import random

import pytest

from tests.growth.doors import DOORS, library
from tests.growth.measure import CAP, SOAK, Door, growth, seconds
from tests.growth.shapes import SHAPES


def pairs(more: int) -> list[tuple[str, str]]:
    """Choose pairs so that each door and each shape occurs, and `more` besides; all of them for a soak."""
    every = [(door, shape) for door in DOORS for shape in SHAPES]
    if SOAK:
        return every
    r = random.Random(15)
    doors, shapes = r.sample(list(DOORS), len(DOORS)), r.sample(list(SHAPES), len(SHAPES))
    most = max(len(doors), len(shapes))
    chosen = {(doors[i % len(doors)], shapes[i % len(shapes)]) for i in range(most)}
    return sorted(chosen | set(r.sample(every, more)))


@pytest.mark.soak
@pytest.mark.timeout(7 * CAP)
@pytest.mark.parametrize(("door", "shape"), pairs(20))
def test_growth(door, shape):
    library()  # made once, and not while a door is timed
    found = growth(DOORS[door], SHAPES[shape])
    assert found.long < CAP, f"{found.n * 4} characters take more than {CAP} s"
    assert not found.grows, f"{found.n} characters: {found.short:.3f} s, {found.n * 4}: {found.long:.3f} s"


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_are_as_long_as_asked(shape):
    assert all(0.9 * n - 60 <= len(SHAPES[shape](n)) <= n + 120 for n in (250, 15_000))


def test_a_quadratic_door_and_an_endless_one_are_told():
    quadratic = growth(Door(lambda text: [text[i:].count("\u0416") for i in range(len(text))]), SHAPES["blanks"])
    assert quadratic.grows

    def endless(_: str) -> None:
        while True:
            pass

    from tests.growth import measure

    before, measure.CAP = measure.CAP, 0.2
    try:
        assert seconds(Door(endless), "x") == 0.2
    finally:
        measure.CAP = before

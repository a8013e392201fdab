"""Rooms, names and sizes stay in order; lists of what is over the measure only shrink."""

import json

import pytest

from tests.house import measures

ROOM = 12
"""Modules a room may have."""
LONG = 40
"""Lines a function may have."""
FORBIDDEN = {"utils", "helpers", "common", "base", "manager"}
ENGINE_STORES = {"Store"}
"""Public classes that are one thing behind two engines."""


@pytest.mark.parametrize("kind", ["complexity", "any"])
def test_lists_only_shrink(kind: str) -> None:
    allowed = json.loads(measures.ALLOWED.read_text("utf-8"))[kind]
    now = measures.measured()[kind]
    worse = {name: (allowed.get(name, 0), found) for name, found in now.items() if found > allowed.get(name, 0)}
    assert not worse, f"over the measure (allowed, now): {worse}"
    better = {name: (limit, now.get(name, 0)) for name, limit in allowed.items() if now.get(name, 0) < limit}
    assert not better, f"shrunk: run python -m tests.house.measures: {better}"


def test_module_names_are_unique_in_a_package() -> None:
    assert not measures.repeated_modules()


def test_class_names_are_unique_in_corpus() -> None:
    assert set(measures.repeated_classes()) <= ENGINE_STORES


def test_no_room_is_crowded() -> None:
    rooms: dict[str, int] = {}
    for path in measures.modules():
        room, _, name = path.rpartition("/")
        rooms[room] = rooms.get(room, 0) + (name != "__init__.py")
    assert not {room: n for room, n in rooms.items() if n > ROOM}


def test_rooms_are_at_most_three_deep() -> None:
    assert not [path for path in measures.modules() if path.count("/") > 3]


def test_no_function_is_long() -> None:
    long = {name for name, node in measures.functions() if (node.end_lineno or 0) - node.lineno > LONG}
    assert not long


def test_no_module_is_a_drawer() -> None:
    assert not [path for path in measures.modules() if path.rpartition("/")[2].removesuffix(".py") in FORBIDDEN]

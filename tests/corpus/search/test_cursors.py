"""Cursors: what was written is read, whatever else is refused in Russian with what to do."""

import base64
import json

import pytest

from corpus.errors import CursorError
from corpus.search import cursors

MARK = cursors.mark("карта", "relevance")


def spelt(raw: str) -> str:
    return base64.urlsafe_b64encode(raw.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def of(*told: object) -> str:
    return spelt(json.dumps(told))


@pytest.mark.parametrize(
    "last", [("law-1907-05-14-o-sbore-0a1b2c", "art_6__para_1"), ("law-1", ""), ("x" * 200, "y" * 200)]
)
@pytest.mark.parametrize("offset", [1, 10, cursors.FARTHEST])
def test_a_cursor_is_read_back(offset: int, last: tuple[str, str]) -> None:
    written = cursors.write(offset, last, MARK)
    assert len(written) <= cursors.LONGEST
    assert cursors.read(written, MARK) == cursors.Cursor(offset, last)


@pytest.mark.parametrize(
    "cursor",
    [
        of(),
        of(MARK),
        of(MARK, {}),
        of(MARK, -5),
        of(1, "a", "b"),
        of(1, "a", "b", MARK, 1),
        of(0, "a", "b", MARK),
        of(-5, "a", "b", MARK),
        of(True, "a", "b", MARK),
        of(1.0, "a", "b", MARK),
        of(1.5, "a", "b", MARK),
        of("1", "a", "b", MARK),
        of(None, "a", "b", MARK),
        of([], "a", "b", MARK),
        of({}, "a", "b", MARK),
        of(10**6 + 1, "a", "b", MARK),
        of(10**400, "a", "b", MARK),
        of(1, 1, "b", MARK),
        of(1, None, "b", MARK),
        of(1, ["a"], "b", MARK),
        of(1, "a", {}, MARK),
        of(1, "a", True, MARK),
        of(1, "a", "b", None),
        of(1, "a", "b", [MARK]),
        of(1, "a\x00", "b", MARK),
        of(1, "\ud800", "b", MARK),
        of(1, "a", "\udfff", MARK),
        of(1, "../a", "b", MARK),
        of(1, "а", "b", MARK),
        of(1, "a" * 201, "b", MARK),
        of(1, "a\n", "b", MARK),
        spelt(f'[Infinity,"a","b","{MARK}"]'),
        spelt(f'[-Infinity,"a","b","{MARK}"]'),
        spelt(f'[NaN,"a","b","{MARK}"]'),
        spelt(f'[1e400,"a","b","{MARK}"]'),
        spelt(f'[1e2,"a","b","{MARK}"]'),
        spelt("[" + "9" * 700 + f',"a","b","{MARK}"]'),
        spelt("[" + "9" * 5000 + "]"),
        spelt("9" * 5000),
        spelt("[" * 700),
        spelt("[" * 60_000),
        spelt('{"a":' * 140),
        spelt("{}"),
        spelt("null"),
        spelt("true"),
        spelt('"x"'),
        spelt("1"),
        spelt("[1,2"),
        spelt("\ufeff[]"),
        spelt("\x00"),
        spelt("\ud800"),
        "=",
        "====",
        "x",
        "W10===",
        "W 10",
        "W10\n",
        "!!!!",
        "карта",
        "\ud800",
        "\x00",
        "а" * 5000,
        "A" * 100_000,
    ],
)
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(CursorError, match="Начните с первой страницы"):
        cursors.read(cursor, MARK)


def test_a_cursor_of_another_question_is_refused() -> None:
    with pytest.raises(CursorError, match="от другого запроса"):
        cursors.read(cursors.write(1, ("a", "b"), cursors.mark("другая", "relevance")), MARK)

"""Uploads are parsed in processes of their own: what goes wrong there is an outcome, never the end of the service."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from corpus.errors import InputError
from search_api.service.parsing import Parsers
from search_api.service.settings import MIB
from tests.search_api.texts import MAPS

LIMITS = (120.0, 3072 * MIB)


@pytest.fixture(scope="module")
def parsers() -> Iterator[Parsers]:
    parsers = Parsers(1)
    yield parsers
    parsers.close()


def children(parent: int) -> list[int]:
    with open(f"/proc/{parent}/task/{parent}/children") as file:  # noqa: PTH123
        return [int(x) for x in file.read().split()]


def parse(parsers: Parsers, text: str, limits: tuple[float, int] = LIMITS) -> object:
    return parsers.parse(text.encode(), "карты.txt", {}, limits)


def test_a_file_is_parsed_as_elsewhere(parsers: Parsers) -> None:
    from ingest.pipeline import parse_bytes

    assert parse(parsers, MAPS) == parse_bytes(MAPS.encode(), "карты.txt")


def test_a_bad_file_is_refused_with_its_own_words(parsers: Parsers) -> None:
    with pytest.raises(InputError, match="карты"):
        parse(parsers, "")
    assert parse(parsers, MAPS)


def test_one_that_takes_too_long_is_given_up(parsers: Parsers) -> None:
    with pytest.raises(InputError, match="дольше"):
        parse(parsers, MAPS * 300, (0.5, LIMITS[1]))
    assert parse(parsers, MAPS)


def test_a_process_that_dies_while_idle_is_replaced(parsers: Parsers) -> None:
    parse(parsers, MAPS)
    before = children(os.getpid())
    for pid in before:
        if b"parsing_worker" in open(f"/proc/{pid}/cmdline", "rb").read():  # noqa: PTH123, SIM115
            os.kill(pid, signal.SIGKILL)
    assert parse(parsers, MAPS)


def test_the_service_answers_while_a_big_file_is_parsed(parsers: Parsers) -> None:
    done = threading.Event()

    def big() -> None:
        parse(parsers, MAPS * 200)
        done.set()

    thread = threading.Thread(target=big)
    thread.start()
    longest = 0.0
    while not done.is_set():
        began = time.perf_counter()
        time.sleep(0.005)
        longest = max(longest, time.perf_counter() - began)
    thread.join()
    assert longest < 2.0, "this process stood still while another one parsed"

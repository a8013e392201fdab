"""Files are parsed in processes of their own: what goes wrong there is an outcome, never the end of the service."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import BusyError, InputError
from ingest.confined import nursery
from ingest.confined.limits import Limits
from ingest.confined.pool import Pool
from ingest.parsing import Parsing
from tests.search_api.texts import MAPS

LIMITS = Limits(seconds=120)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(1, most=LIMITS.parse_memory)
    yield pool
    pool.close()


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def born() -> list[int]:
    assert nursery.NURSERY._process
    return children(nursery.NURSERY._process.pid)


def parse(pool: Pool, text: str, limits: Limits = LIMITS) -> object:
    return Parsing(pool, limits).parse(text.encode(), "карты.txt")


def test_a_file_is_parsed_as_elsewhere(pool: Pool) -> None:
    from ingest.pipeline import parse_bytes

    assert parse(pool, MAPS) == parse_bytes(MAPS.encode(), "карты.txt")


def test_a_child_serves_one_file_after_another(pool: Pool) -> None:
    parse(pool, MAPS)
    before = born()
    assert parse(pool, MAPS)
    assert born() == before


def test_a_bad_file_is_refused_with_its_own_words(pool: Pool) -> None:
    with pytest.raises(InputError, match="карты"):
        parse(pool, "")
    assert parse(pool, MAPS)


def test_one_that_takes_too_long_is_given_up(pool: Pool) -> None:
    with pytest.raises(InputError, match=r"карты.txt: .*не окончен за"):
        parse(pool, MAPS * 300, replace(LIMITS, parse_seconds=0.5))
    assert parse(pool, MAPS)


def test_a_process_that_dies_while_idle_is_replaced(pool: Pool) -> None:
    parse(pool, MAPS)
    for pid in born():
        os.kill(pid, signal.SIGKILL)
    assert parse(pool, MAPS)


def test_the_service_answers_while_a_big_file_is_parsed(pool: Pool) -> None:
    done = threading.Event()

    def big() -> None:
        parse(pool, MAPS * 200)
        done.set()

    gc.collect()
    gc.freeze()  # as the service does once it is warm: else what 5,000 tests left is gone through again and again
    thread = threading.Thread(target=big)
    thread.start()
    longest = 0.0
    while not done.is_set():
        began = time.perf_counter()
        time.sleep(0.005)
        longest = max(longest, time.perf_counter() - began)
    thread.join()
    gc.unfreeze()
    assert longest < 2.0, "this process stood still while another one parsed"


def test_closing_ends_work_under_way_and_what_waits() -> None:
    pool = Pool(1, most=LIMITS.parse_memory, waiting=1, patience=60)
    parse(pool, MAPS)
    told: list[type[Exception]] = []

    def one() -> None:
        try:
            parse(pool, MAPS * 200)
        except (BusyError, InputError) as error:
            told.append(type(error))

    threads = [threading.Thread(target=one) for _ in range(3)]  # at work, waiting, and one too many
    for thread in threads:
        thread.start()
    while not told:
        time.sleep(0.01)
    pool.close()
    for thread in threads:
        thread.join(10)
    assert told == [BusyError] * 3


SERVICE = """
import sys, threading, time
from ingest.confined.nursery import NURSERY
from ingest.parsing import read
read(b"<html><p>a", "x.html")
print(NURSERY._process.pid, flush=True)
time.sleep(600)
"""


def test_no_child_outlives_a_service_that_was_killed() -> None:
    service = subprocess.Popen([sys.executable, "-c", SERVICE], stdout=subprocess.PIPE, text=True)
    assert service.stdout
    left = int(service.stdout.readline())
    family = [left, *children(left)]
    assert len(family) == 2
    service.kill()
    service.communicate()
    until = time.monotonic() + 10
    while any(
        Path(f"/proc/{pid}/stat").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text() for pid in family
    ):
        assert time.monotonic() < until
        time.sleep(0.05)

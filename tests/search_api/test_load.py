"""What holds a connection holds nobody else: heads that never end, bodies that trickle, queues that are full."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from corpus.errors import BusyError
from search_api.http.edge import wire
from search_api.service.work.uploading import Job, Jobs
from tests.search_api.test_serve import started

HALF = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
SLOW = (
    b"POST /api/v1/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    b"Content-Length: 100000\r\n\r\n--x\r\n"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("load")
    with started("serve", "--port", "0", "--workers", "2", "--library", str(folder / "l")) as (process, told):
        yield told
        process.terminate()
        assert process.wait(20) == 0


def test_health_is_answered_beside_half_sent_heads_and_slow_uploads(address: str) -> None:
    port = int(address.rstrip("/").rpartition(":")[2])
    with ExitStack() as held:
        sockets = []
        for number in range(160):
            one = held.enter_context(closing(socket.create_connection(("127.0.0.1", port), timeout=30)))
            one.sendall(SLOW if number < 44 else HALF)
            sockets.append(one)
        for path in ("health/live", "health/ready") * 3:
            assert httpx.get(address + path, timeout=120).status_code == 200
        half = sockets[-1]
        half.settimeout(wire.HEAD_SECONDS + 30)
        assert half.recv(1000) == b"", "a head that never ends is given up"


def test_several_processes_are_counted_together(address: str) -> None:
    for _ in range(40):
        assert httpx.get(address + "nowhere", timeout=60).status_code == 404
    told = [httpx.get(address + "metrics", timeout=60).text for _ in range(6)]
    counted = [re.search(r'svod_requests_total{method="GET",route="other",status="404"} (\d+)', t) for t in told]
    assert [found and found[1] for found in counted] == ["40"] * 6, "whichever process is asked"
    assert all(re.search(r"svod_uploads_open (\d+)", t) for t in told)


def test_a_full_queue_says_when_to_come_again() -> None:
    jobs, go = Jobs(1, waiting=1), threading.Event()

    def work(_: object) -> list:
        go.wait(30)
        return []

    first, second = (jobs.submit(Job("Анна", 1), work) for _ in range(2))
    with pytest.raises(BusyError) as refusal:
        jobs.submit(Job("Анна", 1), work)
    assert refusal.value.retry_after > 0
    go.set()
    assert (first.future.result(30), second.future.result(30)) == ([], [])
    until = time.monotonic() + 30
    while jobs.open and time.monotonic() < until:
        time.sleep(0.01)
    assert jobs.submit(Job("Анна", 1), work).future.result(30) == []
    jobs.close()

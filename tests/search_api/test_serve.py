"""`svod serve` and `svod demo` as a person starts and stops them."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from corpus.errors import UsageError
from search_api.cli.serve import access, refuse_bare
from search_api.service.settings import Settings
from tests.search_api.texts import MAPS


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen, str]]:
    command = [sys.executable, "-c", "from search_api.main import main; main()", *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )
    try:
        yield process, (process.stdout.readline() or process.stderr.read()).strip()
    finally:
        process.kill()
        process.communicate()


def test_demo_serves_the_samples_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with started("demo", TMPDIR=str(tmp_path)) as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        with urllib.request.urlopen(address + "api/v1/documents") as answer:
            assert answer.status == 200
            assert b"agreement-" in answer.read()
        assert list(tmp_path.iterdir())
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        told = process.stderr.read()
        assert "Служба доступна только с этой машины" in told
        assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []


def test_taken_port_is_told_with_the_remedy(tmp_path: Path) -> None:
    with started("serve", "--port", "0", "--library", str(tmp_path / "а")) as (first, address):
        port = address.rstrip("/").rpartition(":")[2]
        with started("serve", "--port", port, "--library", str(tmp_path / "б")) as (second, told):
            assert second.wait(20) == 1
            assert "--port 0" in told
        first.send_signal(signal.SIGINT)
        assert first.wait(20) == 0


def test_work_under_way_neither_silences_nor_holds_the_service(tmp_path: Path) -> None:
    with started("serve", "--port", "0", "--library", str(tmp_path / "а")) as (process, address):
        told: list[int] = []

        def upload() -> None:
            files = {"files": ("карты.txt", (MAPS * 600).encode())}
            with suppress(httpx.HTTPError):
                told.append(httpx.post(address + "api/v1/documents", files=files, timeout=60).status_code)

        thread = threading.Thread(target=upload)
        thread.start()
        until = time.monotonic() + 5
        while time.monotonic() < until and thread.is_alive():
            assert httpx.get(address + "health/live", timeout=10).status_code == 200
        assert thread.is_alive(), "the file was too small to keep anything busy"
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        thread.join(10)
        assert told == [503]


@pytest.mark.parametrize(
    ("host", "users", "opened", "words"),
    [
        ("127.0.0.1", False, False, ["только с этой машины", "без ключа"]),
        ("127.0.0.1", True, False, ["только с этой машины", "по ключу"]),
        ("0.0.0.0", True, False, ["ВНИМАНИЕ", "по сети", "читать — по ключу"]),
        ("0.0.0.0", False, True, ["ВНИМАНИЕ", "читать может каждый", "запись закрыта", "svod users add"]),
    ],
)
def test_who_may_reach_and_write_is_told_at_the_start(host: str, users: bool, opened: bool, words: list[str]) -> None:
    told = access(Settings(host=host, open_reading=opened), users=users)
    assert all(word in told for word in words)


@pytest.mark.parametrize(
    ("settings", "users", "remedy"),
    [
        ({"host": "127.0.0.1"}, True, ""),
        ({"host": "0.0.0.0"}, False, "svod users add"),
        ({"host": "0.0.0.0", "open_reading": True}, False, ""),
        ({"host": "0.0.0.0"}, True, "SVOD_TLS_CERTIFICATE"),
        ({"host": "0.0.0.0", "open_reading": True}, True, "SVOD_PROXIES"),
        ({"host": "0.0.0.0", "proxies": ("192.0.2.1",)}, True, ""),
        ({"host": "0.0.0.0", "tls_certificate": "а.pem"}, True, ""),
        ({"host": "0.0.0.0", "plain_login": True}, True, ""),
    ],
)
def test_keys_never_travel_in_the_clear(settings: dict, users: bool, remedy: str) -> None:
    if not remedy:
        refuse_bare(Settings(**settings), users=users)
        return
    with pytest.raises(UsageError, match=remedy):
        refuse_bare(Settings(**settings), users=users)

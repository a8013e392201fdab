"""The service over a real socket: requests that are no requests, and searches, texts and files made to freeze it."""

import http.client
import json
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.search_api.conftest import filled
from tests.search_api.test_serve import started

HEALTHY, ANSWERED, STOPPED = 0.2, 5.0, 10.0
"""Seconds: an answer about health, an answer to anything, the end after SIGTERM."""
HOST = b"Host: 127.0.0.1\r\n"
RAW = [
    b"\r\n",
    b"GET\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
    b"\x00\x01\x02\r\n\r\n",
    b"\xff\xfe\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\n Host: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n: x\r\n" + HOST + b"\r\n",
    "GET /?q=карта HTTP/1.1\r\n".encode() + HOST + b"\r\n",
    b"GET /?q=\xff HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /?q=%ff HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /?q=%zz HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /d/%00 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /d/%2e%2e%2f%2e%2e HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET //evil.example/ HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET * HTTP/1.1\r\n" + HOST + b"\r\n",
    b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n",
    b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /?q=" + b"a" * 60_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + b"\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: \xff\xfe=\x80\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Authorization: \xff\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Authorization: Bearer a\nb\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Accept: \x00\r\n\r\n",
    b"POST /login HTTP/1.1\r\n" + HOST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    b"POST /login HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999\r\n\r\n",
    b"POST /login HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    b"POST /login HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    b"POST /login HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\n",
    b"POST /login HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    b"POST /login HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    b"POST /api/v1/citations HTTP/1.1\r\n"
    + HOST
    + b"Content-Type: application/json\r\nContent-Length: 3\r\n\r\n\xff\xfe\x00",
    b"GET / HTTP/1.1\r\n" + HOST + b"Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
    b"GET / HTTP/1.1\r\n"
    + HOST
    + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"HELO example\r\n\r\n",
    b"get / http/1.1\r\n" + HOST + b"\r\n",
]
SHAPES = {
    "ст. 8 Соглашения от 23.10.2008 (далее": " ",
    "": "(далее ",
    "1": ".1",
    "п. 1 ст. 2 Договора": "\u00a0",
    "ст.": " ст.",
    "статьи 1": " - 2, 3",
    "«": "«",
    '"': ' "',
    "(": "(",
    "Соглашение": " о Соглашении",
    "от 1.1.2001 ": "от 1.1.2001 ",
    "№": " №",
    "пп. а": ", б",
    "-": "-",
    "карта": "\n",
    "а": "а",
    "IV": "IV",
    "абз. ": "абз. ",
    "в ред. ": "закона ",
    "е": "\u0301",
    "часть первая": " и вторая",
    "2008": "-2008",
    "\t": " \t",
    "Иванов ": "И. ",
}
FILES = {
    "комментарии.html": "<!---->" * 8000 + "x",
    "черта.txt": "|" * 60_000,
    "таблица.md": "| " * 30_000 + "\n" + "|-" * 30_000,
    "пробелы.txt": "Статья 1" + " " * 60_000 + "x",
    "глубина.html": "<div>" * 12_000,
    "точки.txt": "1." * 30_000,
    "скобки.txt": "(" * 60_000,
}


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen, int]]:
    filled(folder).close()
    with started("serve", "--port", "0", "--library", str(folder)) as (process, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        ask(port, "GET", "/health/ready", seconds=60)
        yield process, port


def ask(port: int, method: str, path: str, body: bytes | None = None, seconds: float = 30, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request(method, path, body, {n.replace("_", "-"): v for n, v in headers.items()})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def exchange(port: int, sent: bytes) -> bytes:
    """Send bytes, say that no more will come, and return all that is answered."""
    out = b""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        try:
            wire.sendall(sent)
            wire.shutdown(socket.SHUT_WR)
            while part := wire.recv(65536):
                out += part
        except (ConnectionResetError, BrokenPipeError):
            pass  # A refusal closes the connection before all is read.
    return out


def test_what_is_no_request_is_refused_in_russian_and_harms_nobody(tmp_path: Path) -> None:
    faults = []
    with serving(tmp_path / "library") as (process, port):
        for sent in RAW:
            answer = exchange(port, sent)
            head, _, body = answer.partition(b"\r\n\r\n")
            status = int(head.split(b" ", 2)[1]) if head.startswith(b"HTTP/1.1 ") else 0
            if status >= 500:
                faults.append((sent[:100], head[:200]))
            elif status >= 400 and b"application/problem+json" in head:
                # What follows the refused request on the wire may be refused in its turn.
                problem, _ = json.JSONDecoder().raw_decode(body.decode())
                faults += [] if re.search("[а-яё]{3}", problem["detail"]) else [(sent[:100], body)]
            elif status >= 400 and b"text/html" not in head:
                faults.append((sent[:100], head[:200]))
        assert ask(port, "GET", "/health/live") == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert "Traceback" not in process.stderr.read()
    assert not faults


class Pulse(threading.Thread):
    """Asks for health again and again; `worst` is the longest wait since it was taken."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self._port, self._ended, self.worst = port, threading.Event(), 0.0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while not self._ended.wait(0.01):
            begun = time.monotonic()
            connection.request("GET", "/health/live")
            connection.getresponse().read()
            self.worst = max(self.worst, time.monotonic() - begun)
        connection.close()

    def take(self) -> float:
        worst, self.worst = self.worst, 0.0
        return worst

    def end(self) -> None:
        self._ended.set()
        self.join(60)


def crowd() -> float:
    """Measure how many times slower than alone this machine lets a process run now: others want its cores too."""
    wall, own = time.perf_counter(), time.process_time()
    while time.process_time() - own < 0.03:
        pass
    return max((time.perf_counter() - wall) / 0.03, 1.0)


def hostile(head: str, run: str) -> Iterator[tuple[str, str, bytes | None, dict[str, str]]]:
    """Yield the requests that carry a shape: what is typed, what is searched, what is read."""
    text = lambda n: (head + run * n)[: n - 1] + "x"  # noqa: E731
    yield "GET", "/suggest?q=" + quote(text(400)), None, {}
    yield "GET", "/?q=" + quote(text(1000)), None, {"Accept": "text/html"}
    yield "GET", "/api/v1/search?q=" + quote(text(1000)), None, {}
    yield "POST", "/api/v1/citations", json.dumps({"text": text(60_000)}).encode(), {"Content_Type": "application/json"}


def uploaded(name: str, content: str) -> tuple[str, str, bytes, dict[str, str]]:
    head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return (
        "POST",
        "/api/v1/documents",
        (head + content + "\r\n--x--\r\n").encode(),
        {"Content_Type": "multipart/form-data; boundary=x"},
    )


def _warm(port: int) -> None:
    """Wait until the service reads long texts: for some seconds after its start its children load their libraries."""
    body = json.dumps({"text": "Стороны обмениваются картами. " * 200}).encode()
    for _ in range(60):
        if ask(port, "POST", "/api/v1/citations", body, 60, Content_Type="application/json") == 200:
            return
        time.sleep(1)
    pytest.fail("the service reads no long text a minute after its start")


def test_no_search_text_or_file_freezes_the_service(tmp_path: Path) -> None:
    asked = [r for head, run in SHAPES.items() for r in hostile(head, run)] + [uploaded(*f) for f in FILES.items()]
    with serving(tmp_path / "library") as (process, port):
        pulse = Pulse(port)
        pulse.start()

        def late(request: tuple) -> str:
            """Ask and say what took too long, "" for nothing."""
            method, path, body, headers = request
            share = crowd()
            pulse.take()
            begun = time.monotonic()
            status = ask(port, method, path, body, 60, **headers)
            took, health = time.monotonic() - begun, pulse.take()
            share = max(share, crowd())
            if status < 500 and took <= ANSWERED * share and health <= HEALTHY * share:
                return ""
            return f"{status} in {took:.2f} s, health {health:.3f} s, crowd {share:.1f}: {method} {path[:60]} {(body or b'')[:80]!r}"

        ask(port, "GET", "/?q=" + quote("отказ"))
        _warm(port)
        # Once more, since a neighbour of this machine may have been what was slow.
        faults = [told for told in (late(r) and late(r) for r in asked) if told]
        pulse.end()
        frozen = [threading.Thread(target=_ignored, args=(port, r), daemon=True) for r in asked[3::4][:4]]
        for each in frozen:
            each.start()
        time.sleep(0.3)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        stopped = time.monotonic() - begun
    assert not faults, "\n".join(faults)
    assert stopped <= STOPPED * crowd()


def _ignored(port: int, request: tuple) -> None:
    method, path, body, headers = request
    with suppress(OSError, http.client.HTTPException):  # The service is stopped under it.
        ask(port, method, path, body, 60, **headers)

"""Hostile texts sent to a running service: python -m bench.hostile [--each N] [SHAPES]   (default: all shapes).

Every shape of tests/growth goes, 60,000 letters long, into every parameter that takes text, into every text of a body and
into files (TXT, HTML, RTF) of a service that holds the samples; with --each N only so many shapes into each, in turn.
A process of its own asks /health/live all the while.
Targets: a health answer <= 200 ms, a request <= 5 s, no 5xx but 503 with Retry-After; and while one of the slowest
requests is answered, SIGTERM is obeyed within 10 s. Told: the worst of each, and what exceeds.
"""

import argparse
import json
import multiprocessing
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from search_api.http.app import create_app
from tests.growth.shapes import SHAPES
from tests.search_api.conftest import filled
from tests.search_api.doors import Door, doors
from tests.search_api.test_openapi import _nothing

LETTERS = 60_000
HEALTH, REQUEST, STOP = 0.2, 5.0, 10.0
SLOWEST = 12
FILES = {"txt": "{}", "html": "<html><body><p>{}</p></body></html>", "rtf": "{{\\rtf1\\ansi {}}}"}


@dataclass(frozen=True, slots=True)
class Sent:
    """A request: method, path with its query, content type and body."""

    label: str
    method: str
    target: str
    kind: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a request: HTTP status (0 when the connection ended) and seconds."""

    sent: Sent
    status: int
    seconds: float
    retry: bool


def takes_text(schema: Mapping[str, Any]) -> bool:
    """Say whether a parameter takes free text, alone or in a list."""
    if "enum" in schema or "$ref" in schema:
        return False
    within = [schema["items"]] if "items" in schema else schema.get("anyOf", [])
    return schema.get("type") == "string" or any(map(takes_text, within))


def sent(door: Door, values: Mapping[str, str], shape: str, text: str) -> Iterator[Sent]:
    """Yield a request for each place of a route that takes text."""
    path = door.path
    for slot in door.inner:
        path = path.replace("{" + slot.name + "}", quote(values.get(slot.name, "x")))
    fixed = {s.name: values[s.name] for s in door.query if s.name in values}
    for slot in filter(lambda s: takes_text(s.schema), door.query):
        query = urlencode({**fixed, slot.name: text})
        yield Sent(f"{door.label} ?{slot.name} | {shape}", door.method, f"{path}?{query}")
    parts = (
        door.parts[0].schema.get("properties", {}) if door.body == "json" else {s.name: s.schema for s in door.parts}
    )
    for name in (n for n, schema in parts.items() if takes_text(schema)):
        full = {n: values.get(n, "x") for n in parts} | {name: text}
        body = json.dumps(full).encode() if door.body == "json" else urlencode(full).encode()
        kind = "application/json" if door.body == "json" else "application/x-www-form-urlencoded"
        yield Sent(f"{door.label} {name} | {shape}", door.method, path, kind, body)
    if door.body == "file":
        for ending, frame in FILES.items():
            yield _upload(door, path, f"{shape}.{ending}", frame.format(text))


def chosen(door: Door, values: Mapping[str, str], shapes: list[str], each: int) -> Iterator[Sent]:
    """Yield the requests of a route: each of its places with so many shapes, the next place with the next ones."""
    first = zlib.crc32(door.label.encode())
    for number, shape in enumerate(shapes):
        for place, request in enumerate(sent(door, values, shape, SHAPES[shape](LETTERS))):
            if (number - first - place * each) % len(shapes) < each:
                yield request


def _upload(door: Door, path: str, name: str, text: str) -> Sent:
    field = next(s.name for s in door.parts if s.schema.get("type") in {"file", "array"})
    head = f'--b\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = head.encode() + text.encode("utf-8", "surrogatepass") + b"\r\n--b--\r\n"
    return Sent(f"{door.label} file | {name}", door.method, path, "multipart/form-data; boundary=b", body)


def ask(port: int, request: Sent) -> Answered:
    """Send a request and read its answer whole."""
    headers = {"Content-Type": request.kind} if request.kind else {}
    headers |= {"Accept": "*/*", "Origin": f"http://127.0.0.1:{port}"}
    begun, status, retry = time.monotonic(), 0, False
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(request.method, request.target, request.body, headers)
        answer = connection.getresponse()
        answer.read()
        status, retry = answer.status, bool(answer.headers["Retry-After"])
    except (OSError, HTTPException):
        pass
    finally:
        connection.close()
    return Answered(request, status, time.monotonic() - begun, retry)


def watch(port: int, pipe: Connection) -> None:
    """Ask for health every 20 ms until told to end; then send the seconds each answer took and when it was asked."""
    taken = []
    while not pipe.poll(0.02):
        begun = time.monotonic()
        answered = ask(port, Sent("", "GET", "/health/live"))
        taken.append((begun, answered.seconds if answered.status == 200 else 60.0))
    pipe.send(taken)


@contextmanager
def serving(folder: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a service over a library; give its process and port."""
    command = [
        sys.executable,
        "-c",
        "from search_api.main import main; main()",
        "serve",
        "--port",
        "0",
        "--library",
        folder,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        try:
            yield process, int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        finally:
            process.terminate()


def stopped(folder: str, request: Sent) -> float:
    """Return the seconds a service takes to end on SIGTERM while it answers a request."""
    with serving(folder) as (process, port):
        ask(port, Sent("", "GET", "/health/ready"))
        busy = multiprocessing.Process(target=ask, args=(port, request))
        busy.start()
        time.sleep(0.15)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
        taken = time.monotonic() - begun
        busy.kill()
        busy.join()
    return taken


def main(shapes: list[str], each: int) -> None:
    """Send everything, print the worst."""
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder) / "library").close()
        answers = sweep(f"{folder}/library", shapes, each)
        slowest = sorted(answers, key=lambda a: -a.seconds)[:SLOWEST]
        print(f"{len(answers)} requests; the slowest:")
        for answer in slowest:
            print(f"  {answer.seconds:6.2f} s  {answer.status}  {answer.sent.label}")
        wrong = [a for a in answers if a.seconds > REQUEST or a.status == 0 or (a.status >= 500 and not a.retry)]
        print(f"{len(wrong)} requests over {REQUEST} s, unanswered or failed")
        for answer in wrong:
            print(f"  {answer.seconds:6.2f} s  {answer.status}  {answer.sent.label}")
        ends = [(stopped(f"{folder}/library", answer.sent), answer.sent.label) for answer in slowest]
        worst = max(ends)
        print(f"SIGTERM beside the {len(ends)} slowest: at most {worst[0]:.2f} s ({worst[1]}); goal {STOP}")


def sweep(folder: str, shapes: list[str], each: int) -> list[Answered]:
    """Send every shape to every door and print how health was answered meanwhile."""
    with serving(folder) as (_, port):
        listed = HTTPConnection("127.0.0.1", port)
        listed.request("GET", "/api/v1/documents")
        document = json.load(listed.getresponse())[0]["id"]
        values = {"document": document, "other": document, "documents": document, "d": document, "eid": "art_1"}
        here, there = multiprocessing.Pipe()
        watcher = multiprocessing.Process(target=watch, args=(port, there))
        watcher.start()
        answers, moments = [], []
        for door in (d for d in doors(create_app(_nothing)) if d.method != "DELETE"):
            for request in chosen(door, values, shapes, each):
                moments.append((time.monotonic(), request.label))
                answers.append(ask(port, request))
            print(f"{door.label}: {len(answers)}", file=sys.stderr, flush=True)
        here.send(None)
        health = here.recv()
        watcher.join()
    late = [(seconds, at) for at, seconds in health if seconds > HEALTH]
    p95 = sorted(s for _, s in health)[len(health) * 95 // 100]
    print(f"{len(health)} health answers: p95 {p95 * 1000:.0f} ms, worst {max(s for _, s in health) * 1000:.0f} ms")
    print(f"{len(late)} over {HEALTH * 1000:.0f} ms")
    for seconds, at in sorted(late, reverse=True)[:SLOWEST]:
        print(f"  {seconds * 1000:6.0f} ms  while {[label for t, label in moments if t <= at][-1:]}")
    return answers


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--each", type=int, default=len(SHAPES))
    asked.add_argument("shapes", nargs="*", default=list(SHAPES))
    given = asked.parse_args()
    main(given.shapes, given.each)

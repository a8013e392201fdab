"""How long /health/live takes from outside while others hold the service: `python -m bench.load [seconds]`.

Starts a service of its own on 127.0.0.1, two processes over the samples, and for so many seconds (20) of each attack asks
it ten times a second: nobody, 44 slow uploads, 1,100 half-sent heads, 120 clients that search, all of them. Each answer
opens a connection of its own, as a load balancer does. Prints p50, p95 and the longest in ms, with the machine's load.
"""

import multiprocessing
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import httpx

HALF = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
SLOW = (
    b"POST /api/v1/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    b"Content-Length: 10000000\r\n\r\n--x\r\nContent-Disposition: form-data; name=files; filename=a.txt\r\n\r\n"
)
ASKED = ("отказ в исполнении", "срок действия", "порядок расчётов", "споры", "дата:2008", "язык")
SVOD = [sys.executable, "-c", "from search_api.main import main; main()"]


@contextmanager
def service(folder: Path) -> Iterator[int]:
    """Start the service; give its port."""
    environment = {**os.environ, "SVOD_LIBRARY": str(folder / "library")}
    samples = Path(__file__).parents[1] / "ingest/samples"
    subprocess.run([*SVOD, "ingest", str(samples)], env=environment, check=True, capture_output=True, timeout=600)
    command = [*SVOD, "serve", "--port", "0", "--workers", "2"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@contextmanager
def half_sent(port: int, begun: bytes, number: int) -> Iterator[None]:
    """Hold so many connections that began a request and go on by a byte a second; one given up is opened anew."""
    stop = threading.Event()

    def connected() -> socket.socket:
        one = socket.create_connection(("127.0.0.1", port), timeout=60)
        one.sendall(begun)
        return one

    def trickle() -> None:
        held: list[socket.socket] = []
        with ExitStack() as last:
            last.callback(lambda: [one.close() for one in held])
            while not stop.is_set():
                while len(held) < number and not stop.is_set():
                    held.append(connected())
                for at, one in enumerate(held):
                    try:
                        one.sendall(b"x")
                    except OSError:
                        one.close()
                        held[at] = connected()
                stop.wait(1.0)

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def searching(port: int, number: int) -> Iterator[list[float]]:
    """Have so many clients search, each with a pause of half a second; give the seconds their answers took."""
    stop, took = threading.Event(), list[float]()

    def ask(first: int) -> None:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            at = first
            while not stop.is_set():
                began = time.perf_counter()
                client.get("/api/v1/search", params={"q": ASKED[at % len(ASKED)]})
                took.append(time.perf_counter() - began)
                at += 1
                stop.wait(0.5)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield took
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def health(port: int, seconds: float) -> list[float]:
    """Ask for the health ten times a second, each on a connection of its own; return the seconds it took."""
    took, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        with closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as one:
            one.sendall(b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            answer = one.recv(4096)
        assert answer.startswith(b"HTTP/1.1 200"), answer[:80]
        took.append(time.perf_counter() - began)
        time.sleep(max(0.1 - took[-1], 0))
    return took


def outside(port: int, seconds: float) -> list[float]:
    """Ask for the health from a process of its own: who attacks must not hold up who measures."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(health, port, seconds).result()


def shown(name: str, took: list[float]) -> None:
    """Print a line."""
    parts = statistics.quantiles(took, n=20)
    middle, late, most = (1000 * s for s in (statistics.median(took), parts[18], max(took)))
    print(
        f"{name:<34} {len(took):>5} answers  p50 {middle:6.0f}  p95 {late:6.0f}  longest {most:6.0f} ms  load {os.getloadavg()[0]:.1f}"
    )


def main(seconds: float) -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as port:
        httpx.get(f"http://127.0.0.1:{port}/api/v1/search", params={"q": "срок"}, timeout=120)
        shown("nobody", outside(port, seconds))
        with half_sent(port, SLOW, 44):
            shown("44 slow uploads", outside(port, seconds))
        with half_sent(port, HALF, 1100):
            shown("1,100 half-sent heads", outside(port, seconds))
        with searching(port, 120) as took:
            shown("120 clients that search", outside(port, seconds))
        shown("  their searches", took)
        with half_sent(port, SLOW, 44), half_sent(port, HALF, 1100), searching(port, 120) as took:
            shown("all of them", outside(port, seconds))
        shown("  their searches", took)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)

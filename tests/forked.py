"""The `svod` command as a fork of a process that has read everything already: the same main(), 2 s of imports less.

`python -m tests.forked SOCKET` serves, until the standard input it was given ends.
"""

import atexit
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
CLIENT = """
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as wire:
    wire.connect(sys.argv[1])
    told = json.dumps([sys.argv[2:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(wire, [len(told).to_bytes(8, "big")], [0, 1, 2])
    wire.sendall(told)
    code = wire.recv(4)
sys.exit(int.from_bytes(code, "big", signed=True) if len(code) == 4 else 70)
"""


@cache
def command() -> tuple[str, ...]:
    """Return the beginning of a command line that is `svod` but for the time it takes to start."""
    folder = tempfile.mkdtemp(prefix="svod-forked-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    client, wire = Path(folder) / "svod.py", Path(folder) / "wire"
    client.write_text(CLIENT, "utf-8")
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.forked", wire], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    assert server.stdout.readline() == "ready\n"
    return sys.executable, "-S", "-E", str(client), str(wire)


def svod(*arguments: object, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command and return what it said."""
    return subprocess.run(
        [*command(), *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=120,
    )


def serve(where: str) -> None:
    """Read everything a command needs and run each that is asked for in a fork."""
    from corpus.search import search
    from corpus.search.meaning.thesaurus import thesaurus
    from corpus.topics.topics import topics
    from ingest.confined.nursery import NURSERY
    from search_api.main import main

    assert search
    thesaurus()
    topics()
    NURSERY.child(0, time.monotonic() + 120, lambda: False).end()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind(where)
        waiting.listen()
        print("ready", flush=True)
        while waiting in select.select([waiting, sys.stdin], [], [])[0]:  # whoever started it holds its input
            wire, _ = waiting.accept()
            if os.fork():
                wire.close()
                continue
            waiting.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            wire.sendall(_run(wire, main).to_bytes(4, "big", signed=True))
            os._exit(0)


def _run(wire: socket.socket, main: Callable[[], None]) -> int:
    head, fds, _, _ = socket.recv_fds(wire, 8, 3)
    left, told = int.from_bytes(head, "big"), b""
    while len(told) < left:
        told += wire.recv(left - len(told))
    arguments, folder, environment = json.loads(told)
    for place, fd in enumerate(fds):
        os.dup2(fd, place)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["svod", *arguments]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    serve(sys.argv[1])

"""Starting the worker in processes of its own, and stopping them by their own ids."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def start(*arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.elastic.worker", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen]:
    """Give a running worker; it is ended when the block ends."""
    process = start(*arguments)
    try:
        yield process
    finally:
        process.kill()
        if not process.stdout.closed:
            process.communicate()


def finished(process: subprocess.Popen, within: float) -> list[str]:
    """Wait for a worker's end and return its lines; fail with its traceback."""
    out, errors = process.communicate(timeout=within)
    assert process.returncode == 0, errors[-2000:]
    return out.splitlines()

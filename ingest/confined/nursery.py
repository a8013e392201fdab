"""The process that forks confined children: started when first needed, and again when it is gone."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from ingest.confined.wire import left

_ROOT = Path(__file__).resolve().parents[2]
_START = 60.0
"""Seconds the nursery may take to load its libraries: 2 at rest, 6 on a busy machine (measured)."""
_KEPT = frozenset({"LD_LIBRARY_PATH"})
_ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Threads do not survive a fork."""


class Child:
    """A confined child: its socket, and the handle by which alone it is killed."""

    def __init__(self, job: socket.socket, handle: int) -> None:
        self.job, self._handle, self._lock = job, handle, threading.Lock()

    def ended(self) -> bool:
        """Say whether the child has ended."""
        self.job.settimeout(0)
        try:
            return not self.job.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def kill(self) -> None:
        """Kill it, whoever waits for its answer then hears that it is gone."""
        with self._lock, contextlib.suppress(OSError):
            if self._handle >= 0:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def end(self) -> None:
        """Kill it and forget it."""
        self.kill()
        with self._lock:
            if self._handle >= 0:
                os.close(self._handle)
                self.job.close()
            self._handle = -1


class Nursery:
    """Starts the forking process and asks it for children."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def start(self) -> None:
        """Start loading libraries, so that the first child need not wait for them."""
        with self._lock:
            self._running()

    def child(self, nice: int = 0, until: float = float("inf")) -> Child:
        """Return a fresh child by a time of the monotonic clock; raise TimeoutError when there is none by then.

        Raise RuntimeError when the process that makes them does not start.
        """
        deadline = min(until, time.monotonic() + _START)
        for _ in range(2):  # one that left because nothing was asked of it for long is started again
            job = self._asked(nice)
            try:
                job.settimeout(left(deadline))
                message, fds, _, _ = socket.recv_fds(job, 1, 1)
            except TimeoutError:
                job.close()
                if deadline == until:
                    raise
                break
            except OSError:
                job.close()
                continue
            if message and fds:
                return Child(job, fds[0])
            job.close()
        raise RuntimeError("the process that reads files does not start: python -m ingest.confined.child")

    def _asked(self, nice: int) -> socket.socket:
        with self._lock:
            for attempt in (1, 2):
                control = self._running()
                ours, theirs = socket.socketpair()
                try:
                    socket.send_fds(control, [bytes([nice])], [theirs.fileno()])
                except OSError:
                    ours.close()
                    self._process = None
                    if attempt == 2:
                        raise
                else:
                    return ours
                finally:
                    theirs.close()
        raise AssertionError

    def _running(self) -> socket.socket:
        process = self._process
        alive = process is not None and process.poll() is None and self._owner == os.getpid()
        if not alive or self._control is None:
            if self._control is not None:
                self._control.close()  # of a process that is gone, or of the one we were forked from
            ours, theirs = socket.socketpair()
            environment = {key: value for key, value in os.environ.items() if key in _KEPT} | _ALONE
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-m", "ingest.confined.child"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment | {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath},
                start_new_session=True,
            )
            theirs.close()
            self._control, self._owner = ours, os.getpid()
        assert self._control is not None
        return self._control

    def close(self) -> None:
        """End the process, and its children with it."""
        with self._lock:
            if self._control is not None:
                self._control.close()
            if self._process is not None and self._owner == os.getpid():
                self._process.kill()
                self._process.wait()
            self._process = self._control = None


NURSERY = Nursery()
"""The one of this process."""
atexit.register(NURSERY.close)

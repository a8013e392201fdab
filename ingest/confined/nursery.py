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
from collections.abc import Callable
from pathlib import Path

from corpus.errors import BusyError

_ROOT = Path(__file__).resolve().parents[2]
_LOOK = 0.2
"""Seconds after which who waits for a child looks whether it is still wanted."""
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
    """Starts the forking process and asks it for children; processes forked from its owner ask the same one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def start(self) -> None:
        """Start loading libraries, so that the first child need not wait for them."""
        with self._lock:
            self._running()

    def child(self, nice: int, until: float, unwanted: Callable[[], bool]) -> Child:
        """Return a fresh child; raise TimeoutError at `until` of the monotonic clock, or when it is no longer wanted.

        The first one waits for the libraries: 5 s of the processor (measured). Raise BusyError when the process that
        makes children does not start.
        """
        for _ in range(2):  # one that left because nothing was asked of it for long is started again
            job = self._asked(nice)
            handle = -1
            try:
                handle = _handle(job, until, unwanted)
            finally:
                if handle < 0:
                    job.close()
            if handle >= 0:
                return Child(job, handle)
        raise BusyError("Процесс, который читает файлы, не запускается. Проверьте: python -m ingest.confined.child")

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
        inherited = self._owner != os.getpid()  # its end is told by a socket that takes nothing more
        if process is None or self._control is None or not (inherited or process.poll() is None):
            if self._control is not None:
                self._control.close()
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


def _handle(job: socket.socket, until: float, unwanted: Callable[[], bool]) -> int:
    """Wait for the handle of a child; -1 when the nursery is gone."""
    job.settimeout(_LOOK)
    while True:
        try:
            message, fds, _, _ = socket.recv_fds(job, 1, 1)
        except TimeoutError:
            if unwanted() or time.monotonic() > until:
                raise
        except OSError:
            return -1
        else:
            return fds[0] if message and fds else -1


NURSERY = Nursery()
"""The one of this process."""
atexit.register(NURSERY.close)

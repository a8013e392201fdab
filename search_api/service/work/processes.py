"""Several processes that serve one socket, ended with the one that started them; and enough descriptors for each."""

import ctypes
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryDirectory
from typing import Final, NoReturn

import structlog

SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which several processes count together (service/work/measuring.py)."""
DESCRIPTORS: Final = 65_536
_PR_SET_PDEATHSIG: Final = 1
_PAUSE: Final = 1.0
"""Seconds before a process that ended by itself is replaced."""


def raise_descriptors() -> int:
    """Allow this process as many open files as the system lets it; return how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


@contextmanager
def counting(number: int) -> Iterator[None]:
    """Let so many processes count together; what measures (prometheus_client) asks for it once, when it is imported."""
    if number == 1:
        yield
        return
    with TemporaryDirectory(prefix="svod-metrics-") as folder:
        os.environ[SHARED] = folder
        try:
            yield
        finally:
            del os.environ[SHARED]


def share(number: int, serve: Callable[[], None]) -> None:
    """Serve in so many processes until interrupted; one that ends is replaced.

    Call it before any thread is started, and within `counting`.
    """
    from prometheus_client.multiprocess import mark_process_dead

    children = {_child(serve) for _ in range(number)}
    try:
        while True:
            pid, status = os.wait()
            children.discard(pid)
            mark_process_dead(pid)  # type: ignore[no-untyped-call]
            structlog.get_logger().error("process ended", pid=pid, status=status)
            time.sleep(_PAUSE)
            children.add(_child(serve))
    except KeyboardInterrupt:
        pass
    finally:
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        for pid in children:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _child(serve: Callable[[], None]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if not pid:
        _serve(parent, serve)
    return pid


def _serve(parent: int, serve: Callable[[], None]) -> NoReturn:
    """Serve and end; the kernel ends this process with its parent."""
    code = 1
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() == parent:
            serve()
            code = 0
    finally:
        os._exit(code)

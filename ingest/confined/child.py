"""The child side: `python -m ingest.confined.child` loads all that reading needs once, then only forks.

A forked child gives up files, network and memory, and answers jobs over its one socket. Standard input is the control
socket of the nursery: each message carries a child's own socket. When it closes, the nursery leaves, and the kernel
ends its children with it, however the service came to its end.
"""

import codecs
import contextlib
import ctypes
import gc
import importlib
import inspect
import os
import resource
import select
import signal
import socket
import sys
import traceback

from corpus.errors import InputError
from ingest.confined.landlock import refuse_paths
from ingest.confined.seccomp import refuse_calls
from ingest.confined.wire import BrokenError, Head, pack, receive

IDLE = 600.0
"""Seconds without work after which a child, and then the nursery, give their memory back."""
_CODECS = (
    "cp1251",
    "koi8_r",
    "cp866",
    "cp1250",
    "cp1252",
    "cp437",
    "cp850",
    "cp1253",
    "cp1254",
    "cp1257",
    "mac_cyrillic",
    "mac_roman",
    "utf_16",
    "utf_16_le",
    "utf_16_be",
    "utf_32",
    "utf_32_le",
    "utf_32_be",
    "utf_8_sig",
    "iso8859_1",
    "iso8859_5",
    "idna",
    "punycode",
)
_OWN = ("analyzers.", "corpus.", "ingest.")
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG = 1
_JOB_FD = 3
_MB = 1 << 20
_FAULTS: dict[type[BaseException], str] = {MemoryError: "memory", RecursionError: "depth"}


def main() -> None:
    """Fork a child for every socket that comes, until the control socket closes or nothing comes for long."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _leave_network()  # before any library starts a thread
    _load()
    control = socket.socket(fileno=os.dup(0))
    children: set[int] = set()
    while True:
        waiting = bool(select.select([control], [], [], IDLE)[0])
        children -= {pid for pid in children if os.waitpid(pid, os.WNOHANG)[0]}
        if not waiting:
            if not children:
                return
            continue
        message, fds, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        children.update(_spawn(fd, control, message[0]) for fd in fds)


def _load() -> None:
    """Import what may be needed and read what is read once: nothing can be opened later."""
    from ingest.confined.tasks import rehearse
    from ingest.formats import formats

    for library in (library for known in formats() for library in known.libraries):
        importlib.import_module(library)
    for name in _CODECS:
        codecs.lookup(name)
    for name, module in list(sys.modules.items()):
        if name.startswith(_OWN):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_parameters") and not inspect.signature(value).parameters:
                    value()
    rehearse()
    gc.collect()
    gc.freeze()  # pages stay shared with the children


def _spawn(fd: int, control: socket.socket, nice: int) -> int:
    """Fork a child and send its handle to the service, which alone may end it early."""
    nursery = os.getpid()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() == nursery:
                control.close()
                os.nice(nice)
                _serve(fd)
                status = 0
        finally:
            os._exit(status)
    with socket.socket(fileno=fd) as job, contextlib.suppress(OSError):
        handle = os.pidfd_open(pid)
        socket.send_fds(job, [b"p"], [handle])
        os.close(handle)
    return pid


def _serve(fd: int) -> None:
    """Answer jobs until the socket closes or none comes for long."""
    os.dup2(fd, _JOB_FD)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(_JOB_FD + 1, max(256, null + 1))
    with socket.socket(fileno=_JOB_FD) as job:
        base = _held()
        confined = False
        while select.select([job], [], [], IDLE)[0]:
            try:
                head, blob = receive(job)
            except BrokenError:
                return
            if not confined:
                _confine(base, head["most"])
                confined = True
            _allow(base, head["memory"])
            job.sendall(_answer(job, base, head, blob))


def _answer(job: socket.socket, base: int, head: Head, blob: bytes) -> bytes:
    """Do a job; every outcome is an answer: a result, a refusal, or damage the reader stumbled over."""
    from ingest.confined.tasks import TASKS

    def tell(**facts: int) -> None:
        job.sendall(pack({"stage": facts}))
        if "letters" in facts:
            _allow(base, head["most"])

    try:
        done, result = TASKS[head["task"]](head, blob, tell)
        return pack({"done": done, "memory": _grown()}, result)
    except InputError as error:
        return pack({"refused": str(error), "code": error.code, "memory": _grown()})
    except (MemoryError, RecursionError) as error:
        return pack({"fault": _FAULTS[type(error)]})
    except Exception as error:  # noqa: BLE001  readers of damaged files raise anything; the service tells the person
        trace = "".join(traceback.format_exception(error, limit=-6))[-2000:]
        return pack({"fault": "damaged", "detail": type(error).__name__, "trace": trace})


def _leave_network() -> None:
    """Step out of the machine's network where the system lets us; the limit on descriptors holds either way."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _held() -> int:
    """Return the address space in use, in bytes."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123  a path would import more
        return int(file.read().split()[0]) * resource.getpagesize()


_born = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _grown() -> int:
    """Return the most memory a child held beyond what it was born with, in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - _born


def _allow(base: int, memory: int) -> None:
    """Set how much memory, in MB, may be held beyond what came with the fork."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = base + memory * _MB
    resource.setrlimit(resource.RLIMIT_AS, (min(wanted, hard) if hard >= 0 else wanted, hard))


def _confine(base: int, most: int) -> None:
    """Give up files, sockets and memory; nothing can be opened after this, not even by C code."""
    global _born  # noqa: PLW0603  one process, one birth
    _born = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refuse_paths()  # before the limit on descriptors: its ruleset is one
    for what, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, base + most * _MB),
        (resource.RLIMIT_NOFILE, _JOB_FD + 1),
    ):
        resource.setrlimit(what, (value, value))
    refuse_calls()  # the limit on descriptors alone is got round by closing one
    sys.addaudithook(_refuse)


_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.spawn",
    "ctypes.",
    "urllib.",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "shutil.",
    "webbrowser.",
    "ftplib.",
    "http.",
)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what a reader has no business doing; the kernel's limits refuse it too."""
    if event == "open" and not str(arguments[0]).endswith((".py", ".pyc", ".so")):
        raise PermissionError("reading is confined to the file in hand")
    if event.startswith(_FORBIDDEN) and event != "socket.__new__":
        raise PermissionError(event)


if __name__ == "__main__":
    main()

"""The child side of reading: `python -m ingest.readers.worker` forks a process with hard limits for every file.

The nursery (this module's loop) imports every parser once and then only forks, so a file costs milliseconds and never
meets what an earlier file left behind. Standard input is the control socket; each message carries a job's own socket.
"""

import codecs
import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import socket
import struct
import sys
from typing import Any

from corpus.errors import InputError

_LIBRARIES = ("lxml.etree", "selectolax.lexbor", "zipfile", "zlib", "email", "email.policy", "ingest.readers.parse")
_CODECS = (
    "cp1251", "koi8_r", "cp866", "cp1250", "cp1252", "cp437", "cp850", "cp1253", "cp1254", "cp1257", "mac_cyrillic",
    "mac_roman", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_8_sig", "iso8859_1", "iso8859_5", "idna",
    "punycode",
)  # fmt: skip
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_JOB_FD = 3
_HEADER = struct.Struct("!II")


def main() -> None:
    """Serve jobs until the control socket closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for module in _LIBRARIES:
        importlib.import_module(module)
    for name in _CODECS:
        codecs.lookup(name)
    _leave_network()
    control = socket.socket(fileno=os.dup(0))
    while True:
        message, fds, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        for fd in fds:
            _spawn(fd, control)


def _spawn(fd: int, control: socket.socket) -> None:
    """Fork a child for one job and send its handle to the parent, who alone may end it early."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            control.close()
            _run(fd)
            status = 0
        finally:
            os._exit(status)
    with socket.socket(fileno=fd) as job, contextlib.suppress(OSError):
        handle = os.pidfd_open(pid)
        socket.send_fds(job, [b"p"], [handle])
        os.close(handle)
    _reap()


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _run(fd: int) -> None:
    os.dup2(fd, _JOB_FD)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(_JOB_FD + 1, max(256, null + 1))
    with socket.socket(fileno=_JOB_FD) as job:
        header_size, data_size = _HEADER.unpack(_receive(job, _HEADER.size))
        header = json.loads(_receive(job, header_size))
        data = _receive(job, data_size)
        _confine(header["seconds"], header["memory"])
        answer = _answer(header, data)
        job.sendall(answer)


class _OutOfTimeError(BaseException):
    """The processor time is spent; no parser may catch this."""


_FAULTS: dict[type[BaseException], str] = {MemoryError: "memory", RecursionError: "depth", _OutOfTimeError: "time"}


def _out_of_time(*_: object) -> None:
    raise _OutOfTimeError


def _receive(job: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = job.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


def _answer(header: dict[str, Any], data: bytes) -> bytes:
    """Parse; every outcome is an answer: a result, a refusal, or damage the parser stumbled over."""
    from ingest.readers.parse import parse

    try:
        result = parse(header["kind"], data, header["name"])
    except InputError as error:
        return _packed({"refused": str(error), "code": error.code}, b"")
    except (MemoryError, RecursionError, _OutOfTimeError) as error:
        return _packed({"fault": _FAULTS[type(error)]}, b"")
    except Exception as error:  # noqa: BLE001 — parsers of damaged files raise anything; the parent tells the person
        return _packed({"fault": "damaged", "detail": type(error).__name__}, b"")
    try:
        return _packed(*result)
    except MemoryError:
        return _packed({"fault": "memory"}, b"")


def _packed(answer: dict[str, Any], blob: bytes) -> bytes:
    answer["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KB, the most held at once
    head = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
    return _HEADER.pack(len(head), len(blob)) + head + blob


def _leave_network() -> None:
    """Step out of the machine's network where the system lets us; the limit on descriptors holds either way."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _confine(seconds: int, memory: int) -> None:
    """Give up files, sockets, memory and time; nothing can be opened after this, not even by C code."""

    def limit(what: int, value: int) -> None:
        resource.setrlimit(what, (value, value))

    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, 0)
    limit(resource.RLIMIT_AS, memory)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    signal.signal(signal.SIGXCPU, _out_of_time)
    limit(resource.RLIMIT_NOFILE, _JOB_FD + 1)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds + 1)
    sys.addaudithook(_refuse)


_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "ctypes.", "urllib.",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "shutil.", "webbrowser.",
    "ftplib.", "http.",
)  # fmt: skip


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what a parser has no business doing; the kernel's limits refuse it too."""
    if event == "open" and not str(arguments[0]).endswith((".py", ".pyc", ".so")):
        raise PermissionError("reading is confined to the file in hand")
    if event.startswith(_FORBIDDEN) and event != "socket.__new__":
        raise PermissionError(event)


if __name__ == "__main__":
    main()

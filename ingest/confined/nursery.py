"""The parent side of reading: hands a file to a confined child and survives whatever becomes of it."""

import atexit
import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.errors import InputError
from ingest.formats.registry import FileKind

_HEADER = struct.Struct("!II")
_ROOT = Path(__file__).resolve().parents[2]
_AGAIN = "Откройте файл в редакторе и сохраните заново."
_FAULTS = {
    "memory": "для разбора нужно больше {memory} МБ памяти: файл повреждён, опасен или слишком велик. Разделите его.",
    "depth": "разметка вложена слишком глубоко: файл повреждён или опасен. {again}",
    "damaged": "файл повреждён или записан с ошибками ({detail}). {again}",
    "killed": "разбор файла прерван: он потребовал недозволенного или исчерпал память. {again}",
    "time": "разбор не окончен за {seconds} с и прерван: файл слишком велик или опасен. Разделите его на части.",
    "output": "содержимое файла разворачивается больше чем в {output} МБ. Разделите его на части.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: time in seconds, of the processor and by the clock; memory and answer in MB."""

    seconds: int = 20
    memory: int = 512
    output: int = 256


def default_limits() -> Limits:
    """Return the limits; SVOD_READER_SECONDS gives files more time on a machine that is busy or slow."""
    said = os.environ.get("SVOD_READER_SECONDS", "")
    return Limits(seconds=int(said)) if said.isdigit() and int(said) else Limits()


class _FaultError(Exception):
    """A child ended without an answer; the argument names how."""


class Nursery:
    """A process that forks confined children; started when first needed, restarted when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0
        atexit.register(self.close)

    def child(self) -> socket.socket:
        """Return a socket to a fresh child."""
        with self._lock:
            for attempt in (1, 2):
                control = self._running()
                ours, theirs = socket.socketpair()
                try:
                    socket.send_fds(control, [b"j"], [theirs.fileno()])
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

    def alive(self) -> bool:
        """Say whether the process runs and is ours: a fork of the service starts its own."""
        return self._process is not None and self._process.poll() is None and self._owner == os.getpid()

    def _running(self) -> socket.socket:
        if not self.alive() or self._control is None:
            if self._control is not None:
                self._control.close()  # of a nursery that is gone, or of the process we were forked from
            ours, theirs = socket.socketpair()
            libraries = {key: value for key, value in os.environ.items() if key == "LD_LIBRARY_PATH"}
            environment = libraries | {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath}
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-m", "ingest.readers.worker"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
            theirs.close()
            self._control, self._owner = ours, os.getpid()
        assert self._control is not None
        return self._control

    def close(self) -> None:
        """Let the nursery end: it leaves when its control socket closes."""
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
        self._process = self._control = None


_NURSERY = Nursery()


def confined(
    kind: FileKind | Literal["expand"], data: bytes, name: str, limits: Limits | None = None
) -> tuple[dict[str, Any], bytes]:
    """Parse in a confined child; raise InputError when it refuses the file, breaks, or exceeds a limit."""
    limits = limits or default_limits()
    deadline = time.monotonic() + limits.seconds
    handle = -1
    with _NURSERY.child() as job:
        try:
            handle = _handle(job, deadline)
            _send(job, kind, data, name, limits, deadline)
            answer, blob = _receive(job, limits, deadline)
        except TimeoutError:
            raise _refusal(name, "time", limits) from None
        except _FaultError as fault:
            raise _refusal(name, str(fault), limits) from None
        except OSError:
            raise _refusal(name, "killed", limits) from None
        finally:
            if handle >= 0:
                with contextlib.suppress(OSError):
                    signal.pidfd_send_signal(handle, signal.SIGKILL)
                os.close(handle)
    if "refused" in answer:
        said = str(answer["refused"])
        refusal = InputError(said if said.startswith(name) else f"{name}: {said}")
        refusal.code = str(answer.get("code", refusal.code))
        raise refusal
    if "fault" in answer:
        raise _refusal(name, answer["fault"], limits, answer.get("detail", ""))
    return answer, blob


def _refusal(name: str, fault: str, limits: Limits, detail: str = "") -> InputError:
    text = _FAULTS.get(fault, _FAULTS["damaged"])
    limit = {"memory": limits.memory, "seconds": limits.seconds, "output": limits.output}
    return InputError(f"{name}: " + text.format(**limit, detail=detail, again=_AGAIN))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _handle(job: socket.socket, deadline: float) -> int:
    job.settimeout(_left(deadline))
    message, fds, _, _ = socket.recv_fds(job, 1, 1)
    if not message or not fds:
        if not _NURSERY.alive():
            raise RuntimeError("the process that reads files does not start: python -m ingest.readers.worker")
        raise _FaultError("killed")
    return fds[0]


def _send(job: socket.socket, kind: str, data: bytes, name: str, limits: Limits, deadline: float) -> None:
    header = {"kind": kind, "name": name, "seconds": limits.seconds, "memory": limits.memory << 20}
    head = json.dumps(header).encode()
    job.settimeout(_left(deadline))
    job.sendall(_HEADER.pack(len(head), len(data)) + head)
    job.sendall(data)


def _receive(job: socket.socket, limits: Limits, deadline: float) -> tuple[dict[str, Any], bytes]:
    head_size, blob_size = _HEADER.unpack(_exactly(job, _HEADER.size, deadline))
    if head_size + blob_size > limits.output << 20:
        raise _FaultError("output")
    answer = json.loads(_exactly(job, head_size, deadline))
    if not isinstance(answer, dict):
        raise _FaultError("killed")
    return answer, bytes(_exactly(job, blob_size, deadline))


def _exactly(job: socket.socket, size: int, deadline: float) -> bytearray:
    data = bytearray()
    while len(data) < size:
        job.settimeout(_left(deadline))
        piece = job.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise _FaultError("killed" if time.monotonic() < deadline - 0.5 else "time")
        data += piece
    return data

"""Uploaded files are parsed in processes of their own: what crashes, hangs or eats memory there hurts nobody here."""

import atexit
import pickle
import select
import struct
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from threading import Lock, Semaphore
from typing import IO, Final

from corpus.errors import InputError
from corpus.model import SourceFile
from search_api.service.settings import MIB

PROCESSES: Final = 2
"""Files parsed at once: one big file must not keep everybody else's waiting."""
HEADER: Final = struct.Struct("!Q")
_COMMAND: Final = (sys.executable, "-m", "search_api.service.parsing_worker")


class LostError(Exception):
    """The process ended without an answer."""


class _Process:
    """One parsing process, started when first asked."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, request: bytes, seconds: float) -> bytes:
        """Return the answer to a request; raise LostError when there is none, TimeoutError when it takes too long."""
        child = self._living()
        assert child.stdin
        assert child.stdout
        end = time.monotonic() + seconds
        try:
            child.stdin.write(HEADER.pack(len(request)) + request)
            child.stdin.flush()
            (length,) = HEADER.unpack(_read(child.stdout, HEADER.size, end))
            return _read(child.stdout, length, end)
        except TimeoutError:
            self.end()
            raise
        except (OSError, EOFError) as error:
            self.end()
            raise LostError from error

    def _living(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self.end()
            self._child = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)  # noqa: S603
        return self._child

    def end(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child:
            child.kill()
            for stream in (child.stdin, child.stdout):
                with suppress(OSError):
                    if stream:
                        stream.close()
            child.wait()


def _read(stream: IO[bytes], length: int, end: float) -> bytes:
    parts: list[bytes] = []
    while length:
        if not select.select([stream], [], [], max(end - time.monotonic(), 0))[0]:
            raise TimeoutError
        part = stream.read(min(length, MIB))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


class Parsers:
    """Parses files, a few at a time; the rest wait their turn."""

    def __init__(self, number: int = PROCESSES) -> None:
        self._idle = [_Process() for _ in range(number)]
        self._free, self._lock = Semaphore(number), Lock()

    def parse(self, data: bytes, name: str, words: Mapping[str, int], limits: tuple[float, int]) -> SourceFile:
        """Parse a file within (seconds, bytes of memory); raise InputError naming the file and the remedy."""
        seconds, memory = limits
        request = pickle.dumps((data, name, dict(words), memory), pickle.HIGHEST_PROTOCOL)
        with self._free:
            with self._lock:
                process = self._idle.pop()
            try:
                answer = _answered(process, request, seconds, name)
            finally:
                with self._lock:
                    self._idle.append(process)
        # The bytes come from our own process, whose standard output only its main loop writes.
        result: SourceFile | InputError = pickle.loads(answer)  # noqa: S301
        if isinstance(result, InputError):
            raise result
        return result

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            for process in self._idle:
                process.end()


def _answered(process: _Process, request: bytes, seconds: float, name: str) -> bytes:
    try:
        try:
            return process.ask(request, seconds)
        except LostError:
            # A process that ended itself while idle is not told from one this file killed: a second try tells.
            return process.ask(request, seconds)
    except LostError as error:
        raise InputError(f"Файл «{name}» разобрать не удалось: разбор прерван. Разделите файл на части.") from error
    except TimeoutError as error:
        raise InputError(f"Файл «{name}» разбирается дольше {seconds:.0f} с. Разделите его на части.") from error


parsers = Parsers()
"""Those of this process, for every application in it."""
atexit.register(parsers.close)

"""Children at work: a few at once, reused while healthy, killed at a deadline; who waits too long is told so."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Condition

from corpus.errors import BusyError, InputError
from ingest.confined.nursery import NURSERY, Child
from ingest.confined.wire import BrokenError, Frame, Head, TooLargeError, pack, receive

_JOBS = 200
_GROWN = 192 << 10  # KB
"""A child that did so many jobs, or held so much, is replaced: a fork costs 50 ms on a busy machine."""

_STAGES = {"pages", "letters"}
_PAGE = {"page"}
Stage = Mapping[str, int]
"""What a child tells of its job under way: `pages` before reading, each `page` read, `letters` before parsing."""


class FaultError(Exception):
    """A child ended without an answer, or said that it could not go on.

    `kind` is time, memory, output, depth, damaged or killed; `stage` is what had been told, `trace` is for the log.
    """

    def __init__(self, kind: str, stage: Stage, detail: str = "", trace: str = "") -> None:
        super().__init__(kind)
        self.kind, self.stage, self.detail, self.trace = kind, stage, detail, trace


@dataclass(frozen=True, slots=True)
class Job:
    """A task by its name with what it is given; `seconds` says how long it may go on from each stage.

    `told` hears each stage and page, the first time of none: the job is with a child.
    """

    task: str
    head: Head
    blob: bytes
    seconds: Callable[[Stage], float]
    memory: int = 512
    output: int = 256
    told: Callable[[Stage], None] = lambda _: None


@dataclass(slots=True)
class _Worker:
    child: Child
    jobs: int = field(default=0)


class Pool:
    """So many children at once; at most `waiting` jobs wait for one, no longer than `patience` seconds."""

    def __init__(
        self, number: int, *, most: int = 512, nice: int = 0, waiting: int = 1000, patience: float = 3600.0
    ) -> None:
        self.number, self._most, self._nice = number, most, nice
        self._places, self._patience = waiting, patience
        self._turn = Condition()
        self._free, self._waiting, self._closed = number, 0, False
        self._idle: list[_Worker] = []
        self._busy: set[_Busy] = set()

    def run(self, job: Job) -> Frame:
        """Return what a task answers; raise the InputError it refuses with, FaultError, and BusyError."""
        with self._place() as place:
            for attempt in (1, 2):
                worker = place.worker = self._worker(place.until)
                if self._closed:
                    worker.child.kill()
                try:
                    answer = _asked(worker, job, self._most)
                except FaultError as fault:
                    worker.child.end()
                    if self._closed:
                        raise _closing() from None
                    # One that ended itself before this job is not told from one this job killed: a second try tells.
                    if fault.kind != "killed" or attempt == 2 or not worker.jobs:
                        raise
                except BaseException:
                    worker.child.end()
                    raise
                else:
                    return self._read(worker, answer)
        raise AssertionError

    def close(self) -> None:
        """Kill the children, at work or not; jobs that run or wait raise BusyError."""
        with self._turn:
            self._closed = True
            for worker in self._idle:
                worker.child.end()
            for busy in self._busy:
                if busy.worker:
                    busy.worker.child.kill()
            self._idle.clear()
            self._turn.notify_all()

    @contextlib.contextmanager
    def _place(self) -> "Iterator[_Busy]":
        until = time.monotonic() + self._patience
        with self._turn:
            if self._free <= 0 and self._waiting >= self._places:
                raise _full()
            self._waiting += 1
            try:
                self._turn.wait_for(lambda: self._free > 0 or self._closed, until - time.monotonic())
            finally:
                self._waiting -= 1
            if self._closed:
                raise _closing()
            if self._free <= 0:
                raise _full()
            self._free -= 1
            busy = _Busy(until)
            self._busy.add(busy)
        try:
            yield busy
        finally:
            with self._turn:
                self._busy.discard(busy)
                self._free += 1
                self._turn.notify()

    def _worker(self, until: float) -> _Worker:
        with self._turn:
            while self._idle:
                worker = self._idle.pop()
                if not worker.child.ended():
                    return worker
                worker.child.end()
        try:
            return _Worker(NURSERY.child(self._nice, until, lambda: self._closed))
        except TimeoutError:
            raise (_closing() if self._closed else _full()) from None

    def _read(self, worker: _Worker, answer: Frame) -> Frame:
        """Keep a healthy child; raise the refusal it answered."""
        head, blob = answer
        worker.jobs += 1
        grown = head.get("memory")
        with self._turn:
            if self._closed or worker.jobs >= _JOBS or not isinstance(grown, int) or grown > _GROWN:
                worker.child.end()
            else:
                self._idle.append(worker)
        if "refused" in head:
            refusal = InputError(str(head["refused"]))
            refusal.code = str(head.get("code", refusal.code))
            raise refusal
        return head, blob


@dataclass(slots=True, eq=False)
class _Busy:
    until: float
    worker: _Worker | None = None


def _asked(worker: _Worker, job: Job, most: int) -> Frame:
    """Send a job and wait for its answer, from stage to stage; raise FaultError."""
    stage: dict[str, int] = {}
    sock = worker.child.job
    head = {**job.head, "task": job.task, "memory": job.memory, "most": most}
    deadline = time.monotonic() + job.seconds(stage)
    try:
        sock.settimeout(max(deadline - time.monotonic(), 0.001))
        sock.sendall(pack(head, job.blob))
        job.told(stage)
        answer, blob = receive(sock, job.output << 20, deadline)
        while "stage" in answer:
            facts = _facts(answer["stage"], stage)
            stage |= facts
            if facts.keys() != _PAGE:
                deadline = time.monotonic() + job.seconds(stage)
            job.told(stage)
            answer, blob = receive(sock, job.output << 20, deadline)
    except TimeoutError:
        raise FaultError("time", stage) from None
    except TooLargeError:
        raise FaultError("output", stage) from None
    except (BrokenError, OSError):
        raise FaultError("killed", stage) from None
    if "fault" in answer:
        said = (str(answer.get(key, ""))[:2000] for key in ("fault", "detail", "trace"))
        kind, detail, trace = said
        raise FaultError(kind, stage, detail, trace)
    return answer, blob


def _facts(said: object, known: Stage) -> Stage:
    """Check a stage: each is told once, so that no child gives itself time without end.

    Pages count up to their number and give no time.
    """
    facts = {key: value for key, value in said.items() if type(value) is int} if isinstance(said, dict) else {}
    if facts.keys() == _PAGE and known.get("page", 0) < facts["page"] <= known.get("pages", 0):
        return facts
    if not facts or not facts.keys() <= _STAGES or facts.keys() & known.keys():
        raise BrokenError
    return facts


def _full() -> BusyError:
    return BusyError("Служба занята: слишком много текстов разбирается сразу. Повторите запрос через несколько секунд.")


def _closing() -> BusyError:
    return BusyError("Служба останавливается. Повторите запрос, когда она снова будет запущена.")

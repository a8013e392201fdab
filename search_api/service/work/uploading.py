"""Uploads as jobs: a pool of their own, a bounded queue, an address and progress."""

import asyncio
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from enum import StrEnum
from typing import Final

import structlog

from corpus.errors import BusyError, NotFoundError, SvodError
from corpus.library import Library
from corpus.plain import JsonObject
from corpus.rights.keys import now
from corpus.rights.trail import REQUEST
from ingest.parsing import Underway
from search_api.answers.responses import UploadedFile
from search_api.service.work.measuring import Metrics

JOB: Final = "job"
WAITING: Final = 16
"""Uploads that wait beside those at work; one more is told to come again."""
RETRY_AFTER: Final = 15
_KEPT = 200
"""Jobs remembered after their end, for who asks late."""


def _nothing() -> None:
    """Tell nobody."""


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job:
    """An upload under way; `outcomes` grow file by file. `changed` is called, in any thread, when there is news."""

    def __init__(self, owner: str, files: int) -> None:
        self.id, self.owner, self.files, self.made = secrets.token_hex(8), owner, files, now()
        self.state, self.outcomes, self.trouble = JobState.QUEUED, list[UploadedFile](), ""
        self.future: Future[Sequence[UploadedFile]] = Future()
        self.metrics, self.changed = Metrics(), _nothing
        self._underway: dict[str, Underway] = {}

    def goes(self, file: Underway) -> None:
        """Hear how far a file is."""
        self._underway[file.name] = file
        self.changed()

    def became(self, outcome: UploadedFile) -> None:
        """Hear what became of a file."""
        self._underway.pop(outcome.file, None)
        self.outcomes.append(outcome)
        self.metrics.parsed(str(outcome.outcome))
        self.changed()

    def underway(self) -> list[Underway]:
        """Return how far the files are that are read and parsed now."""
        return [] if self.future.done() else list(self._underway.values())

    def told(self) -> JsonObject:
        """Return what is kept of it for the other processes."""
        outcomes = [o.model_dump(mode="json") for o in self.outcomes]
        return {"owner": self.owner, "state": str(self.state), "files": self.files, "done": len(outcomes),
                "made": self.made, "outcomes": outcomes, "trouble": self.trouble}  # fmt: skip


class Jobs:
    """Runs uploads, a few at a time, whoever waits for them."""

    def __init__(
        self,
        at_once: int,
        waiting: int = WAITING,
        metrics: Metrics | None = None,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        """Take so many at once and so many waiting; `after` is called when one has ended."""
        self._metrics, self._after = metrics or Metrics(), after
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="upload")
        self._room = threading.BoundedSemaphore(at_once + waiting)
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self.most, self.open = at_once + waiting, 0

    def submit(self, job: Job, work: Callable[[Job], Sequence[UploadedFile]]) -> Job:
        """Queue work that tells the job how it goes; raise BusyError when the queue is full."""
        if not self._room.acquire(blocking=False):
            raise BusyError("Загрузок уже слишком много. Повторите немного позже.", RETRY_AFTER)
        with self._lock:
            self.open += 1
            while len(self._jobs) >= _KEPT:
                self._jobs.pop(next(iter(self._jobs)))
            self._jobs[job.id] = job
        self._metrics.queued()
        job.metrics = self._metrics
        self._pool.submit(self._run, job, work, REQUEST.get(), time.monotonic())
        return job

    def _run(
        self,
        job: Job,
        work: Callable[[Job], Sequence[UploadedFile]],
        request: str,
        queued: float,
    ) -> None:
        REQUEST.set(request)

        job.state = JobState.RUNNING
        try:
            found = work(job)
            job.state = JobState.DONE
            job.future.set_result(found)
        except BaseException as error:  # noqa: BLE001  told to whoever waits
            job.state = JobState.FAILED
            job.trouble = str(error) if isinstance(error, SvodError) else "Внутренняя ошибка."
            if not isinstance(error, SvodError):
                structlog.get_logger().exception("upload failed", exc_info=error)
            job.future.set_exception(error)
        finally:
            with self._lock:
                self.open -= 1
            self._metrics.ended(time.monotonic() - queued)
            self._after()
            self._room.release()

    def named(self, library: Library, id_: str, owner: str) -> JsonObject:
        """Return what is known of a job of an owner, another process's too; raise NotFoundError."""
        with self._lock:
            job = self._jobs.get(id_)
        told = (
            [{**job.told(), "underway": [*map(asdict, job.underway())]}]
            if job
            else [e for e in library.registered(JOB) if e["key"] == id_]
        )
        if not told or told[0]["owner"] != owner:
            raise NotFoundError("Такой загрузки нет. Она могла закончиться давно: посмотрите список документов.")
        return told[0]

    def close(self) -> None:
        """Let go of the threads; work in them ends with the children it waits for."""
        self._pool.shutdown(wait=False, cancel_futures=True)


async def ended(job: Job, within: float) -> bool:
    """Wait for a job without holding a thread; say whether it ended in time."""
    waited = asyncio.wrap_future(job.future)
    # What went wrong is told by the job itself; asking here keeps asyncio from calling it forgotten.
    waited.add_done_callback(lambda one: one.cancelled() or one.exception())
    done, _ = await asyncio.wait([waited], timeout=within)
    return bool(done)

"""Foreign texts of a request: small ones are read here, others in a confined child that is killed at a deadline.

`re` and `difflib` hold the interpreter, so a thread that reads cannot be ended; a child can.
"""

import time
from typing import TypeVar

from corpus.citations.cited_text import LONGEST, TextRead, read_text
from corpus.comparison.differences import differences
from corpus.comparison.grid import Difference
from corpus.errors import TooSlowError
from ingest.confined.answers import NoAnswerError, answered
from ingest.confined.pool import FaultError, Job, Pool, Stage
from ingest.confined.wire import Head

SMALL = 4_000
"""Characters read in this very process: 0.08 s at most over eleven hostile shapes (measured), 0.003 s for a law."""
SMALL_PAIR = 1_000
"""The same for two texts compared, of both together: «а б а б…» against «б в б в…» takes 0.1 s, and 8 s at 4,000."""
_MEMORY = 512
_OUTPUT = 64
_T = TypeVar("_T")
_LARGE = "Текст не удалось разобрать за отведённое время. Разделите его на части."


class Texts:
    """Reads texts, a few at a time."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def cited(self, text: str, until: float, most: int = LONGEST) -> TextRead:
        """Read the citations of a text by a deadline of the monotonic clock; raise TooSlowError and BusyError."""
        if len(text) <= SMALL or len(text) > most:
            return read_text(text, most)
        return self._apart(_job("cited", {"letters": most}, text, until), TextRead)

    def differences(self, left: str, right: str, until: float) -> tuple[Difference, ...]:
        """Compare two texts word by word by a deadline; raise TooSlowError and BusyError."""
        if len(left) + len(right) <= SMALL_PAIR:
            return differences(left, right)
        return self._apart(_job("compared", {"left": len(left)}, left + right, until), tuple[Difference, ...])

    def close(self) -> None:
        """End the children, at work or not."""
        self._pool.close()

    def _apart(self, job: Job, kind: type[_T]) -> _T:
        try:
            _, blob = self._pool.run(job)
            return answered(kind, blob)
        except (FaultError, NoAnswerError) as error:
            raise TooSlowError(_LARGE) from error


def _job(task: str, head: Head, text: str, until: float) -> Job:
    def left(_: Stage) -> float:
        return until - time.monotonic()

    return Job(task, head, text.encode("utf-8", "surrogatepass"), left, _MEMORY, _OUTPUT)

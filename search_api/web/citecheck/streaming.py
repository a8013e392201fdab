"""A long check told while it goes on: lines of progress, then the result."""

import json
import queue
import threading
from collections.abc import Callable, Iterator

import structlog

from corpus.errors import SvodError
from corpus.library import Progress
from search_api.http.edge.problems import DETAIL

STEPS = 100
"""Lines of progress told at most."""


def streamed(work: Callable[[Progress], str]) -> Iterator[str]:
    r"""Do the work in a thread of its own and yield JSON lines: {"done", "all"}, at last {"page"} or {"error"}.

    >>> list(streamed(lambda progress: progress(1, 2) or "готово"))
    ['{"done": 1, "all": 2}\n', '{"page": "готово"}\n']
    """
    told: queue.SimpleQueue[dict[str, object] | None] = queue.SimpleQueue()

    def progress(done: int, every: int) -> None:
        if every <= STEPS or done % (every // STEPS) == 0:
            told.put({"done": done, "all": every})

    def working() -> None:
        try:
            told.put({"page": work(progress)})
        except SvodError as error:
            told.put({"error": str(error)})
        except Exception as error:  # noqa: BLE001  the answer has begun: nobody else can tell it
            structlog.get_logger().exception("unexpected error", exc_info=error)
            told.put({"error": DETAIL["error"]})
        finally:
            told.put(None)

    threading.Thread(target=working, daemon=True).start()
    while (line := told.get()) is not None:
        yield json.dumps(line, ensure_ascii=False) + "\n"

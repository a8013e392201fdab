"""An upload told while it goes on: a line each time a file is further, then what became of the files."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from corpus.errors import SvodError
from search_api.answers.underway import told
from search_api.http.edge.problems import DETAIL
from search_api.service.work.uploading import Job


async def lines(job: Job, shown: Callable[[], str]) -> AsyncIterator[str]:
    """Yield JSON lines: {"name", "told"} of a file in hand, at last {"page"} as it is shown, or {"error"}.

    Of news that come faster than they are sent the latest are told.
    """
    loop, news = asyncio.get_running_loop(), asyncio.Event()

    def changed(_: object = None) -> None:
        with suppress(RuntimeError):  # the service has ended before the upload
            loop.call_soon_threadsafe(news.set)

    job.changed = changed
    job.future.add_done_callback(changed)
    changed()
    while not job.future.done():
        await news.wait()
        news.clear()
        for file in job.underway():
            yield _line(name=file.name, told=told(file))
    try:
        job.future.result()
        yield _line(page=await asyncio.to_thread(shown))
    except SvodError as error:
        yield _line(error=str(error))
    except Exception:  # noqa: BLE001  the job has logged it; the answer has begun: nobody else can tell it
        yield _line(error=DETAIL["error"])


def _line(**told: str) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"

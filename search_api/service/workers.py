"""The service's confined children: some parse uploads, some read the texts of requests; both end with the service."""

import time
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request

from ingest.confined.limits import default_limits
from ingest.confined.pool import Pool
from ingest.confined.texts import Texts
from ingest.parsing import Parsing
from search_api.service.settings import MIB, Settings

PROCESSES = 2
"""Of each kind: one big file or text must not keep everybody else's waiting."""
NICE = 10
"""Searches come before parsing."""
REQUEST_SECONDS = 3.5
"""For reading a text and resolving what it cites; a request is to be answered within 5."""
_TEXT_PATIENCE, _FILE_PATIENCE = 3.0, 120.0
_TEXTS_WAITING, _FILES_WAITING = 8, 8
_TEXT_MEMORY = 512


@dataclass(frozen=True, slots=True)
class Workers:
    """The children of one application."""

    parsing: Parsing
    texts: Texts

    def close(self) -> None:
        """Kill them, at work or not."""
        self.parsing.close()
        self.texts.close()


def workers(settings: Settings) -> Workers:
    """Make the children of an application; none is started before it is needed."""
    memory = settings.parse_memory // MIB
    limits = replace(default_limits(), parse_seconds=settings.parse_seconds, parse_memory=memory)
    files = Pool(PROCESSES, most=memory, nice=NICE, waiting=_FILES_WAITING, patience=_FILE_PATIENCE)
    texts = Pool(PROCESSES, most=_TEXT_MEMORY, waiting=_TEXTS_WAITING, patience=_TEXT_PATIENCE)
    return Workers(Parsing(files, limits), Texts(texts))


def deadline() -> float:
    """Return when, by the monotonic clock, the work of a request that begins now must be done."""
    return time.monotonic() + REQUEST_SECONDS


def _workers(request: Request) -> Workers:
    found: Workers = request.app.state.workers
    return found


Working = Annotated[Workers, Depends(_workers)]

"""Getting ready after the start, so that the first question is answered as quickly as the rest."""

import gc
import threading

import structlog
from fastapi import FastAPI

from analyzers.terms import readings
from corpus.errors import SvodError
from corpus.search import search as searching
from ingest.confined.nursery import NURSERY
from search_api.service.work.beside import read_touched
from search_api.web import pages

LONGEST = 5.0
"""Seconds a start waits for it: an engine that does not answer is told by the service, not by its silence."""
WORDS = 50_000
"""Commonest forms of the library whose lemmas are looked up before anybody asks: some 10 µs each."""

_QUESTION = "отказ в исполнении запроса"


def warm(app: FastAPI) -> None:
    """Read routes, templates, dictionaries, the library's commonest words and the acts others touch.

    Without, the first request cost 190 ms for its routes, the first page 280 for its templates. A library that does not
    answer is no error here. What is read stays for good: it is taken out of the garbage collector's sight, whose whole
    rounds cost 100 ms with the dictionaries in it and fell on every tenth search or so.
    """
    for route in app.routes:
        route.matches({"type": "http", "method": "GET", "path": "/", "headers": []})
    pages.read_templates()
    try:
        library = app.state.shelf.fetch()
        searching.search(library, _QUESTION)
        for form, _ in library.terms("", WORDS):
            readings(form)
        read_touched(library)
    except SvodError as error:
        structlog.get_logger().warning("not warmed", reason=str(error))
    gc.collect()
    gc.freeze()
    NURSERY.start()


def warmed(app: FastAPI) -> FastAPI:
    """Return a service warmed up, after LONGEST at the latest: what is left then is done beside its answers."""
    thread = threading.Thread(target=warm, args=(app,), name="warming", daemon=True)
    thread.start()
    thread.join(LONGEST)
    return app

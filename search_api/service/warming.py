"""Getting ready after the start, so that the first question is answered as quickly as the rest."""

import gc
import threading

import structlog

from analyzers.terms import readings
from corpus.errors import SvodError
from corpus.search import search as searching
from ingest.confined.nursery import NURSERY
from search_api.service.opened import Shelf

WORDS = 50_000
"""Commonest forms of the library whose lemmas are looked up before anybody asks: some 10 µs each."""

_QUESTION = "отказ в исполнении запроса"


def warm(shelf: Shelf) -> None:
    """Read dictionaries and the library's commonest words; a library that does not answer is no error here.

    What is read stays for good: it is taken out of the garbage collector's sight, whose whole rounds cost 100 ms
    with the dictionaries in it and fell on every tenth search or so.
    """
    try:
        library = shelf.fetch()
        searching.search(library, _QUESTION)
        for form, _ in library.terms("", WORDS):
            readings(form)
    except SvodError as error:
        structlog.get_logger().warning("not warmed", reason=str(error))
    gc.collect()
    gc.freeze()
    NURSERY.start()


def begin(shelf: Shelf) -> None:
    """Warm up beside the service."""
    threading.Thread(target=warm, args=(shelf,), name="warming", daemon=True).start()

"""Resolvers of references, kept for a moment: each is built from the list of all documents."""

import time
from threading import Lock
from weakref import WeakKeyDictionary

from corpus.citations.resolve.references import resolver
from corpus.citations.resolve.resolving import Resolver
from corpus.library import Library

_FRESH = 5.0
"""Seconds a resolver is used before the list of documents is read again."""

_kept: "WeakKeyDictionary[Library, tuple[float, Resolver]]" = WeakKeyDictionary()
_lock = Lock()


def of(library: Library) -> Resolver:
    """Return a resolver over a library as it was a moment ago at most."""
    with _lock:
        kept = _kept.get(library)
    if kept and time.monotonic() - kept[0] < _FRESH:
        return kept[1]
    built = resolver(library)
    with _lock:
        _kept[library] = (time.monotonic(), built)
    return built

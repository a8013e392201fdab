"""The documents of a library as a search needs them: read once in a while, by id."""

import time
from collections.abc import Collection, Mapping
from weakref import WeakKeyDictionary

from corpus.library import Library, Summary

_FRESH = 2.0
"""Seconds a list of documents is used before it is read again."""

_summaries: "WeakKeyDictionary[Library, tuple[float, dict[str, Summary]]]" = WeakKeyDictionary()


def listed(library: Library, ids: Collection[str] = ()) -> Mapping[str, Summary]:
    """Return the summaries of all documents by id, read again when they are old or one of `ids` is missing."""
    at, known = _summaries.get(library, (0.0, {}))
    if time.monotonic() - at > _FRESH or not known.keys() >= set(ids):
        known = {summary.id: summary for summary in library.documents()}
        _summaries[library] = (time.monotonic(), known)
    return known

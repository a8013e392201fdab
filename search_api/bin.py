"""Deleted documents, kept for a while so that a deletion can be taken back."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from corpus.library import Library
from corpus.model import SourceFile

_KEPT = 50
_CHARACTERS = 50_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A deleted document's file, and which of the file's documents were in the library before."""

    title: str
    file: SourceFile
    present: frozenset[str]


class Bin:
    """The last deletions of this process, the oldest given up first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def delete(self, library: Library, document: str) -> str:
        """Delete a document; return the token that brings it back. Raise NotFoundError."""
        whole, file = library.get(document), library.source(document)
        present = frozenset(s.id for s in library.documents() if s.source == whole.source)
        library.delete(document)
        token = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[token] = Kept(whole.instrument.title, file, present)
            while len(self._kept) > _KEPT or sum(len(k.file.text) for k in self._kept.values()) > _CHARACTERS:
                self._kept.popitem(last=False)
        return token

    def peek(self, token: str) -> Kept | None:
        """Return what a token would bring back."""
        return self._kept.get(token)

    def restore(self, library: Library, token: str) -> str | None:
        """Bring a document back; return its title, None when it is too late."""
        with self._lock:
            kept = self._kept.get(token)
        if kept is None:
            return None
        outcome = library.put(kept.file)
        for document in outcome.documents:
            if document not in kept.present:
                library.delete(document)
        with self._lock:
            self._kept.pop(token, None)
        return kept.title

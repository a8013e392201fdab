"""What came into a library last: for the start page of who comes back."""

from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from corpus.library import Library, Summary
from corpus.metadata.short_names import short_names

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Fresh:
    """A document that came on a day (ISO 8601), under its short name."""

    about: Summary
    name: str
    day: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents that came last, the last first, and how many documents have doubts."""

    newest: tuple[Fresh, ...]
    doubtful: int


_kept: "WeakKeyDictionary[Library, tuple[str, Shelf]]" = WeakKeyDictionary()
_lock = Lock()


def shelf(library: Library) -> Shelf:
    """Return what the start page tells of a library; read anew only when the library has changed."""
    moment = library.moment()
    with _lock:
        kept = _kept.get(library)
    if kept and kept[0] == moment:
        return kept[1]
    documents = library.documents()
    built = Shelf(_newest(library, {s.id: s for s in documents}), sum(bool(s.diagnostics) for s in documents))
    with _lock:
        _kept[library] = (moment, built)
    return built


def _newest(library: Library, documents: dict[str, Summary]) -> tuple[Fresh, ...]:
    dated = sorted((f for f in library.files() if f.origin.at), key=lambda f: f.origin.at, reverse=True)
    fresh = [(id_, f.origin.at[:10]) for f in dated[:SHOWN] for id_ in f.documents if id_ in documents][:SHOWN]
    names = short_names([documents[id_] for id_, _ in fresh])
    return tuple(Fresh(documents[id_], names[id_], day) for id_, day in fresh)

"""The list of what was erased: kept in the library, carried by its copies, applied where an older one is restored."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from corpus.errors import InputError, NotFoundError
from corpus.library import ERASED, Library
from corpus.plain import JsonObject
from corpus.rights.keys import now
from corpus.rights.people import Person
from corpus.rights.trail import noted

_KEY = re.compile(r"[0-9a-f]{64}")
_ENTRY = {"key", "at", "by"}


def named(document: str) -> str:
    """Return what an erased document is known by: the SHA-256 of its id, which holds words of its title."""
    return hashlib.sha256(document.encode()).hexdigest()


def record(library: Library, document: str, person: Person) -> None:
    """Write a document that is about to be erased into the list, under every id its file's versions gave it.

    A correction or a new version may have changed the id: an older copy knows the document by an earlier one. What
    earlier versions held beside it is erased with them, but for the documents that stay.
    """
    ids = {document}
    with suppress(NotFoundError):  # a deleted one has no versions to ask for
        versions = library.versions(document)
        ids |= {id_ for version in versions for id_ in version.documents} - set(versions[-1].documents)
    for id_ in sorted(ids):
        library.register(ERASED, named(id_), {"at": now(), "by": person.name})


def listed_erasures(library: Library) -> Sequence[JsonObject]:
    """Return the list: {"key": SHA-256 of an id, "at": when, "by": who}, the first erased first."""
    entries = ({name: str(e[name]) for name in sorted(_ENTRY)} for e in library.registered(ERASED))
    return sorted(entries, key=lambda e: (e["at"], e["key"]))


def read_erasures(value: object) -> list[JsonObject]:
    """Return the entries of a list as `listed_erasures` gives them, read from JSON; raise InputError."""
    if not isinstance(value, list):
        raise InputError("Список стёртого — массив JSON, как его пишет svod erased --json.")
    for number, entry in enumerate(value, 1):
        sound = isinstance(entry, dict) and entry.keys() >= _ENTRY and all(isinstance(entry[n], str) for n in _ENTRY)
        if not sound or not _KEY.fullmatch(entry["key"]):
            raise InputError(f"Список стёртого: запись {number} не вида {{key, at, by}}. Его пишет svod erased --json.")
    return value


def apply(library: Library, later: Iterable[JsonObject], person: Person) -> int:
    """Erase what a list names and the library's own does not, or only as erased earlier; return how many documents.

    What was erased before the copy was made and put anew since stays.
    """
    own = {str(e["key"]): str(e["at"]) for e in library.registered(ERASED)}
    new = {str(e["key"]): e for e in later if own.get(str(e["key"]), "") < str(e["at"])}
    held = [*library.documents(), *(d.summary for d in library.deleted())]
    gone = [s.id for s in held if named(s.id) in new]
    for key, entry in new.items():
        library.register(ERASED, key, {"at": entry["at"], "by": entry["by"]})
    if gone:
        library.erase(*gone)
    for id_ in gone:
        noted(library, person, "erase", named(id_))
    return len(gone)

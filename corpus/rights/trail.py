"""The trail: who did what, when, by which request; hashes of before and after, never words."""

import hashlib
import json
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Final

from corpus.errors import LibraryUnavailableError
from corpus.library import Library
from corpus.plain import JsonObject
from corpus.rights.keys import now
from corpus.rights.people import Person

REQUEST: Final[ContextVar[str]] = ContextVar("request", default="")
"""The id of the request that is answered here; "" in a command."""


def noted(library: Library, person: Person, act: str, what: str = "", **more: str) -> None:
    """Note an act in the trail of a library; `what` names what was touched, by its id."""
    said = {"at": now(), "who": person.name, "via": person.via, "act": act, "what": what, "request": REQUEST.get()}
    library.whole.note({name: value for name, value in (said | more).items() if value})


MOST_NAMED: Final = 100
"""Documents a note of an export names one by one; it tells how many there are."""


def exported(library: Library, person: Person, data: bytes, form: str, documents: Iterable[str] = ()) -> None:
    """Note that a file was taken away: its form, its SHA-256 and the documents whose words it holds.

    Raise what the library raises when it cannot be noted: nothing is handed out then, but to the owner of the machine,
    who could read the folder anyhow and whose library may lie on a disk that only reads.
    """
    ids = tuple(dict.fromkeys(documents))
    told = {"form": form, "sha256": hashlib.sha256(data).hexdigest(), "documents": str(len(ids))}
    try:
        noted(library, person, "export", " ".join(ids[:MOST_NAMED]), **told)
    except LibraryUnavailableError:
        if person.limited:
            raise


def sha(value: JsonObject | None) -> str:
    """Hash what stood in the library; "" for nothing."""
    if value is None:
        return ""
    return hashlib.sha256(json.dumps(dict(value), sort_keys=True, ensure_ascii=False).encode()).hexdigest()

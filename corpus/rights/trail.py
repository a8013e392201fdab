"""The trail: who did what, when, by which request; hashes of before and after, never words."""

import hashlib
import json
from contextvars import ContextVar
from typing import Final

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


def sha(value: JsonObject | None) -> str:
    """Hash what stood in the library; "" for nothing."""
    if value is None:
        return ""
    return hashlib.sha256(json.dumps(dict(value), sort_keys=True, ensure_ascii=False).encode()).hexdigest()

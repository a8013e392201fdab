"""Keys and sessions: random secrets of which the library keeps the hash alone; each ends by itself or at once."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from corpus.errors import InputError, NotFoundError
from corpus.library import Library
from corpus.plain import JsonObject
from corpus.rights.people import USER, Person, UserRole, users

KEY: Final = "key"
SESSION: Final = "session"
DAYS: Final = 365
"""A key's life unless another is asked for."""
_SECRET = re.compile(r"svod_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is told: its public part, whose it is, from when and till when (ISO 8601), what it is for."""

    id: str
    user: str
    made: str
    expires: str
    note: str = ""

    @property
    def over(self) -> bool:
        """Say whether it has ended."""
        return self.expires <= now()


def now() -> str:
    """Return this moment (ISO 8601, UTC)."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def make(library: Library, user: str, days: float = DAYS, note: str = "") -> tuple[str, Key]:
    """Make a key of a user; return the secret, told this once, and the key.

    Raise NotFoundError for an unknown user, InputError for a life that is none.
    """
    if not any(one.name == user for one in users(library)):
        raise NotFoundError(f"Пользователя «{user}» нет. Заведите: svod users add «{user}» --role reader")
    if not 0 < days <= 3660:
        raise InputError("Срок ключа — от одного дня до десяти лет (--days).")
    return issue(library, KEY, user, days, note)


def issue(library: Library, register: str, user: str, days: float, note: str = "") -> tuple[str, Key]:
    """Make a key or a session; return the secret and the key."""
    id_, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    until = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")
    made = Key(id_, user, now(), until, " ".join(note.split())[:100])
    entry = {"digest": _digest(secret), "user": user, "made": made.made, "expires": until, "note": made.note}
    library.register(register, id_, entry)
    return f"svod_{id_}_{secret}", made


def listed(library: Library, register: str = KEY) -> Sequence[Key]:
    """Return the keys by user, the oldest first."""
    return sorted(map(_key, library.registered(register)), key=lambda key: (key.user, key.made, key.id))


def revoke(library: Library, id_: str) -> Key:
    """End a key at once; raise NotFoundError. `id_` is the public part or the whole key."""
    found = _SECRET.fullmatch(id_)
    id_ = found[1] if found else id_
    key = next((key for key in listed(library) if key.id == id_), None)
    if key is None:
        raise NotFoundError(f"Ключа «{id_[:60]}» нет. Список: svod keys")
    library.register(KEY, id_, None)
    return key


def end_sessions(library: Library, user: str, id_: str = "") -> None:
    """End the sessions of a user, or one of them, and whatever sessions are over."""
    for session in listed(library, SESSION):
        if session.over or (session.user == user and id_ in {"", session.id}):
            library.register(SESSION, session.id, None)


def holder(entries: Sequence[JsonObject], secret: str, register: str = KEY) -> Person | None:
    """Return whose key or session this is by the entries of registers; None for none of ours, ended or removed."""
    found = _SECRET.fullmatch(secret)
    if not found:
        return None
    named = [e for e in entries if (e["register"], e["key"]) == (register, found[1])]
    if not named or not hmac.compare_digest(str(named[0]["digest"]), _digest(found[2])) or _key(named[0]).over:
        return None
    roles = [e["role"] for e in entries if (e["register"], e["key"]) == (USER, named[0]["user"])]
    return Person(str(named[0]["user"]), UserRole(roles[0]), via=found[1]) if roles else None


def _digest(secret: str) -> str:
    # 256 random bits need no slow hash: nobody can try them out.
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(entry: JsonObject) -> Key:
    said = (str(entry[name]) for name in ("key", "user", "made", "expires", "note"))
    return Key(*said)

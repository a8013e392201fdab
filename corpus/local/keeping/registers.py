"""Registers (users, keys, funds, sessions) and the trail in the truth."""

import json
from collections.abc import Mapping, Sequence

from corpus.library import Noted
from corpus.local.records import read_entry, written_entry
from corpus.local.store import Store
from corpus.plain import JsonObject


class Registers:
    """Reads and writes them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self, kinds: Sequence[str]) -> list[JsonObject]:
        """Return the entries of registers, by register and key."""
        statement = "SELECT value FROM registers WHERE register IN (SELECT value FROM json_each(?))"
        statement += " ORDER BY register, key"
        with self._store.reading() as truth:
            return [read_entry(value) for (value,) in truth.execute(statement, (json.dumps(kinds),))]

    def write(self, kind: str, key: str, entry: JsonObject | None) -> None:
        """Write an entry; None removes it."""
        with self._store.writing() as truth:
            if entry is None:
                truth.execute("DELETE FROM registers WHERE register = ? AND key = ?", (kind, key))
                return
            value = written_entry({**entry, "register": kind, "key": key})
            truth.execute("INSERT OR REPLACE INTO registers VALUES (?, ?, ?)", (kind, key, value))

    def note(self, said: Mapping[str, str]) -> None:
        """Add to the trail."""
        with self._store.writing() as truth:
            truth.execute("INSERT INTO trail (said) VALUES (?)", (written_entry(said),))

    def trail(self, before: str, limit: int) -> list[Noted]:
        """Return notes of the trail, the last first."""
        latest = int(before) if before.isdecimal() else 2**62
        statement = "SELECT place, said FROM trail WHERE place < ? ORDER BY place DESC LIMIT ?"
        with self._store.reading() as truth:
            return [Noted(str(place), _said(said)) for place, said in truth.execute(statement, (latest, limit))]


def _said(note: str) -> dict[str, str]:
    return {name: str(value) for name, value in read_entry(note).items()}

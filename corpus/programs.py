"""Names of what a program is made of, for what must be made anew when it changes."""

import hashlib
from collections.abc import Set as AbstractSet
from importlib.resources.abc import Traversable

_MADE = frozenset({"__pycache__"})


def add_folder(total: "hashlib._Hash", folder: Traversable, path: str, apart: AbstractSet[str] = frozenset()) -> None:
    """Add the names and bytes of a folder's files to a sum, those of the folders inside too, but for some by name."""
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name in apart or entry.name in _MADE or entry.name.endswith(".pyc"):
            continue
        if entry.is_dir():
            add_folder(total, entry, f"{path}/{entry.name}", apart)
        else:
            total.update(f"{path}/{entry.name}\n".encode())
            total.update(hashlib.sha256(entry.read_bytes()).digest())

"""Which program parsed a file: a library asks, to know whether parsing it again could give anything new."""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

_PACKAGES = ("analyzers", "ingest", "corpus")
_APART = frozenset({"local", "elastic", "akn", "search", "samples", "__pycache__"})
"""Folders of those packages that have no part in parsing."""
_DISTRIBUTIONS = (
    "pymorphy3",
    "pymorphy3-dicts-ru",
    "natasha",
    "razdel",
    "wordfreq",
    "pdfminer.six",
    "python-docx",
    "charset-normalizer",
    "selectolax",
    "lxml",
)


@cache
def parser() -> str:
    """Return a name that changes with anything parsing depends on: our code and data, and the libraries it uses.

    Taken from the files themselves, since a number raised by hand is forgotten.
    """
    total = hashlib.sha256()
    for package in _PACKAGES:
        _add(files(package), package, total)
    for name in _DISTRIBUTIONS:
        total.update(f"{name} {_version(name)}\n".encode())
    return f"svod {version('svod')} {total.hexdigest()[:16]}"


def _add(folder: Traversable, path: str, total: "hashlib._Hash") -> None:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name in _APART or entry.name.endswith(".pyc"):
            continue
        if entry.is_dir():
            _add(entry, f"{path}/{entry.name}", total)
        else:
            total.update(f"{path}/{entry.name}\n".encode())
            total.update(hashlib.sha256(entry.read_bytes()).digest())


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:
        return ""

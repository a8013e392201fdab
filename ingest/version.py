"""Which program parsed a file: a library asks, to know whether parsing it again could give anything new."""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from corpus.programs import add_folder

_PACKAGES = ("analyzers", "ingest", "corpus")
_APART = frozenset({"local", "elastic", "akn", "search", "samples"})
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
        add_folder(total, files(package), package, _APART)
    for name in _DISTRIBUTIONS:
        total.update(f"{name} {_version(name)}\n".encode())
    return f"svod {version('svod')} {total.hexdigest()[:16]}"


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:
        return ""

"""The formats there are: each registers itself where its reader stands; what a file is, is told by its first bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Protocol

from corpus.model import Diagnostic
from ingest.source import SourceText

_HEAD = 4096


class Parts(Protocol):
    """The parts of a zip, by name."""

    def __contains__(self, part: str, /) -> bool:
        """Say whether there is such a part."""

    def part(self, part: str) -> bytes:
        """Inflate a part."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: a module that has one at its top level has registered it.

    `signature` looks at the first 4 KB of a file, `inside` at the parts of a zip; a format without either is told by
    another one's reader (Markdown by that of plain text). `pages` counts pages cheaply, so that a long file gets its
    time; `by_page` is the reader that also tells each page it has read. `family` names formats whose extensions may
    stand for each other; `last` is asked after all others.
    """

    name: str
    shown: str
    extensions: tuple[str, ...]
    reader: Callable[[bytes, str], SourceText]
    signature: Callable[[bytes], object] | None = None
    inside: Callable[[Parts], object] | None = None
    pages: Callable[[bytes], int] | None = None
    by_page: Callable[[bytes, str, Callable[[int], None]], SourceText] | None = None
    libraries: tuple[str, ...] = ()
    family: str = ""
    last: bool = False


@cache
def formats() -> tuple[Format, ...]:
    """Return all formats, those whose signature is a last resort at the end."""
    package = __name__.rpartition(".")[0]
    modules = [import_module(found.name) for found in walk_packages(import_module(package).__path__, package + ".")]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Format)]
    return tuple(sorted(dict.fromkeys(found), key=lambda known: known.last))


def named(name: str) -> Format:
    """Return a format by its name; raise KeyError."""
    return {known.name: known for known in formats()}[name]


def format_of(data: bytes) -> Format:
    """Tell the format by content; a zip is told as such, its parts say more."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = data[2:_HEAD].decode("utf-16-le" if data[:1] == b"\xff" else "utf-16-be", "ignore").encode()
    return next(known for known in formats() if known.signature and known.signature(head))


def supported() -> str:
    """List the formats as a sentence has them."""
    *most, last = (known.extensions[0].upper() for known in sorted(formats(), key=lambda known: known.name))
    return f"{', '.join(most)} или {last}"


def extension_doubt(name: str, of: str) -> tuple[Diagnostic, ...]:
    """Report a file whose extension promises another format than the one it is `of`."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    promised = next((known for known in formats() if extension in known.extensions), None)
    found = named(of)
    if promised in (None, found) or (promised and promised.family and promised.family == found.family):
        return ()
    message = f"Расширение «.{extension}» не отвечает содержимому: это {found.shown}; файл прочитан по содержимому."
    return (Diagnostic("extension", message),)

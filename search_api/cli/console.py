"""What every subcommand shares: the library option, JSON on standard output, messages on standard error."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import ForbiddenError, UsageError
from corpus.library import Library, Progress
from corpus.rights.admitted import Admitted
from corpus.rights.people import Person, UserRole
from corpus.rights.trail import exported

if TYPE_CHECKING:
    from ingest.parsing import Underway

LibraryOption = Annotated[
    str,
    typer.Option(
        "--library",
        envvar="SVOD_LIBRARY",
        help="Библиотека: папка или http(s)://узел:9200/префикс.",
        show_default=False,
        default_factory=str,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Ответ в JSON на стандартном выводе.")]


def emit(value: Any) -> None:
    """Print a JSON value on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def deliver(library: Admitted, data: bytes, output: Path | None, form: str, documents: Iterable[str]) -> None:
    """Note in the trail that documents are taken away, write them to a file and say so, or to standard output."""
    exported(library, library.person, data, form, documents)
    if output is not None:
        output.write_bytes(data)
        say(f"Записано: {output}")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def say(message: str) -> None:
    """Print a message for the person on standard error."""
    sys.stderr.write(message + "\n")


def text_argument(value: str) -> str:
    """Return the argument, or standard input when it is "-"."""
    return sys.stdin.read() if value == "-" else value


@contextmanager
def opened(where: str) -> Iterator[Admitted]:
    """Open the library a --library option names ("" for the user's own), and close it.

    Who has SVOD_KEY set is let in as that key's user, with no more rights than over HTTP; who has not is the owner of
    the machine, who could read the folder anyhow.
    """
    from search_api.service.opening import open_library

    library = open_library(where)
    try:
        yield _admitted(library)
    finally:
        library.close()


def owner() -> Person:
    """Return who works on this machine without a key."""
    from search_api.service.tokens import local_user

    return Person(local_user(), UserRole.ADMIN, limited=False)


def _admitted(library: Library) -> Admitted:
    """Let in who asks; raise ForbiddenError for a key that is none of this library's."""
    from corpus.rights import keys
    from corpus.rights.funds import FUND, rights
    from corpus.rights.people import USER

    secret = os.environ.get("SVOD_KEY", "").strip()
    if not secret:
        return Admitted(library, owner())
    entries = library.registered(USER, keys.KEY, FUND)
    person = keys.holder(entries, secret)
    if person is None:
        raise ForbiddenError("Ключа из SVOD_KEY в этой библиотеке нет: он отозван, истёк или от другой библиотеки.")
    return Admitted(library, person, rights(entries, person))


def known(library: Library, document: str) -> str:
    """Return a document's id that the library holds; raise UsageError naming the nearest ones."""
    ids = [s.id for s in library.documents()]
    if document in ids:
        return document
    near = get_close_matches(document, ids, n=3, cutoff=0.5)
    told = f" Похожие: {', '.join(near)}." if near else " Список: svod documents"
    raise UsageError(f"Документа «{document}» нет в библиотеке.{told}")


def quiet() -> bool:
    """Say whether progress bars would only disturb (no terminal, or CI)."""
    return not sys.stderr.isatty() or bool(os.environ.get("CI"))


@contextmanager
def progress_of(label: str) -> Iterator[Progress | None]:
    """Show a progress bar on standard error where a person watches."""
    if quiet():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class FileBar:
    """A progress bar: files done of all, and how far the file in hand is; where nobody watches, none."""

    def __init__(self, shown: Callable[[str, int, bool], None] = lambda *_: None) -> None:
        self._shown = shown

    def goes(self, file: "Underway") -> None:
        """Hear how far a file is."""
        from search_api.answers.underway import told

        self._shown(f"{file.name}: {told(file)}", 0, file.page > 0)

    def advance(self) -> None:
        """Hear that a file is done."""
        self._shown("", 1, False)


@contextmanager
def file_bar(label: str, total: int) -> Iterator[FileBar]:
    """Show a progress bar on a terminal."""
    if quiet():
        yield FileBar()
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)

        def shown(words: str, done: int, at_once: bool) -> None:
            progress.update(task, description=escape(words), advance=done, refresh=at_once)

        yield FileBar(shown)

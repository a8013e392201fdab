"""`svod backup`, `svod restore-backup`, `svod erased`: copies of a library, and what is erased out of older ones."""

import json as json_values
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import ForbiddenError, InputError
from corpus.library import Finding, Library, Progress
from corpus.plain import JsonObject
from corpus.rights.erasures import apply, listed_erasures, read_erasures
from corpus.rights.people import UserRole
from corpus.rights.trail import noted
from search_api.cli.console import JsonOption, LibraryOption, emit, opened, owner, progress_of, say

if TYPE_CHECKING:
    from corpus.local.keeping.backup import Backup


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command(name="backup", help="Резервная копия в новую папку; писать в библиотеку при этом можно.")(backup)
    app.command(name="restore-backup", help="Библиотека из резервной копии; потом она проверяется.")(restore_backup)
    app.command(name="erased", help="Список стёртого: без слов и имён, для восстановления прежних копий.")(erased)


def backup(
    to: Annotated[Path, typer.Argument(metavar="КУДА", help="Новая папка.")],
    library: LibraryOption,
    json: JsonOption = False,
) -> None:
    """Copy a library as it stands at one moment; one in Elasticsearch is copied into a folder."""
    from corpus.local.keeping.backup import back_up

    with opened(library) as where, progress_of("Копирование") as progress, _folder_of(where.whole, progress) as folder:
        where.person.must(UserRole.ADMIN)
        if where.rights is not None:
            raise ForbiddenError("Копия содержит все фонды: её делают на самой машине, без SVOD_KEY.")
        made = back_up(folder, to)
        noted(where, where.person, "backup", made.sha256)
    if json:
        emit(asdict(made))
    else:
        say(f"Копия в «{to}»: документов {made.documents}, SHA-256 {made.sha256[:16]}…")


@contextmanager
def _folder_of(whole: Library, progress: Progress | None) -> Iterator[Path]:
    """Give the folder of a library; one in a cluster is copied first, again when it was written meanwhile."""
    from corpus.copying import copy as copy_library
    from corpus.errors import ConflictError
    from corpus.local.library import LocalLibrary

    if isinstance(whole, LocalLibrary):
        yield whole.folder
        return
    for again in (True, True, False):
        with TemporaryDirectory(prefix="svod-backup-") as folder:
            with closing(LocalLibrary(Path(folder) / "library")) as taking:
                try:
                    copy_library(whole, taking, progress)
                except ConflictError:
                    if again:
                        continue
                    raise
            yield Path(folder) / "library"
            return


def restore_backup(
    source: Annotated[Path, typer.Argument(metavar="ОТКУДА", help="Папка резервной копии.")],
    library: LibraryOption,
    erased: Annotated[
        str,
        typer.Option(
            "--erased",
            metavar="ГДЕ",
            help="Что стёрто после копии: прежняя библиотека, более новая копия или файл от svod erased --json.",
            show_default=False,
        ),
    ] = "",
    json: JsonOption = False,
) -> int:
    """Make a library of a copy, erase out of it what was erased since, verify it; exit 1 when it is not sound.

    The place it goes to must be empty, and holds nothing before all that is done.
    """
    from search_api.service.opening import own_library

    where = library or own_library()
    told, gone, findings = _made(source, where, _erased(erased) if erased else [])
    if json:
        emit({**asdict(told), "erased": gone, "findings": [asdict(finding) for finding in findings]})
    for finding in findings:
        say(finding.message)
    if not findings:
        say(f"Восстановлено на {told.made}: документов {told.documents - gone}. Библиотека исправна.")
    if gone:
        say(f"Стёрто после копии, и потому стёрто снова: {gone}.")
    if not erased:
        say("Что было стёрто после копии, осталось в ней: назовите прежнюю библиотеку или список (--erased).")
    return int(bool(findings))


def _made(source: Path, where: str, later: Sequence[JsonObject]) -> tuple["Backup", int, Sequence[Finding]]:
    """Make the library of a copy beside its place and put it there whole; return what was told, erased and found."""
    from corpus.copying import copy as copy_library
    from corpus.local.keeping.backup import must_be_empty, restored
    from corpus.local.library import LocalLibrary

    home = None if "://" in where else Path(where).absolute().parent
    if home:
        must_be_empty(Path(where))
        home.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".svod-restore-", dir=home) as folder:
        part = Path(folder) / "library"
        told = restored(source, part)
        with closing(LocalLibrary(part)) as made, progress_of("Указатель") as progress:
            gone = apply(made, later, owner())
            made.reindex(progress)
            noted(made, owner(), "restore-backup", told.sha256)
            if home is None:
                with opened(where) as taking:
                    gone += apply(made, listed_erasures(taking.whole), owner())
                    copy_library(made, taking, progress)
            findings = made.check()
        if home:
            part.rename(where)
    return told, gone, findings


def erased(library: LibraryOption, json: JsonOption = False) -> None:
    """List what was erased: when, by whom, the hash of its address."""
    with opened(library) as where:
        found = listed_erasures(where)
    if json:
        emit(found)
        return
    for entry in found:
        typer.echo(f"{entry['at']}  {entry['by']}  {entry['key']}")
    if not found:
        say("Ничего не стёрто.")


def _erased(where: str) -> Sequence[JsonObject]:
    """Read the list of a library, of a copy or of a file; raise InputError when it cannot be read."""
    from corpus.local.keeping.backup import erased_in

    if "://" in where:
        with opened(where) as library:
            return listed_erasures(library)
    if Path(where).is_dir():
        return erased_in(Path(where))
    try:
        return read_erasures(json_values.loads(Path(where).read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise InputError(f"Список стёртого «{where}» не читается: {error}. Его пишет svod erased --json.") from error

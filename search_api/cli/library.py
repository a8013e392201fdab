"""`svod reindex`, `svod check`, `svod copy`, `svod health`: the library as a whole."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from corpus.errors import ForbiddenError, NotFoundError
from corpus.library import Library, Progress
from search_api.cli.console import JsonOption, LibraryOption, emit, opened, quiet, say


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command(name="reindex", help="Перестроить указатель поиска по сохранённым документам.")(reindex)
    app.command(name="check", help="Проверить библиотеку: документы, положения, указатель поиска.")(check)
    app.command(name="copy", help="Скопировать библиотеку целиком, с решениями: папка ↔ Elasticsearch.")(copy)
    app.command(name="backup", help="Резервная копия в новую папку; писать в библиотеку при этом можно.")(backup)
    app.command(name="restore-backup", help="Библиотека из резервной копии; потом она проверяется.")(restore_backup)
    app.command(name="health", help="Показать, отвечает ли библиотека и сколько в ней документов.")(health)


def reindex(library: LibraryOption, json: JsonOption = False) -> None:
    """Rebuild the index from the truth."""
    from corpus.topics.own_topics import reclassify

    with opened(library) as where, _progress("Указатель") as progress:
        clauses = where.reindex(progress)
        if reclassify(where):
            clauses = where.health().clauses
    if json:
        emit({"clauses": clauses})
    else:
        say(f"Указатель перестроен. Положений: {clauses}.")


def check(library: LibraryOption, json: JsonOption = False) -> int:
    """Verify the library; exit 1 when something is wrong."""
    with opened(library) as where:
        findings = where.check()
    if json:
        emit([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            say(finding.message)
        if not findings:
            say("Библиотека исправна.")
    return int(bool(findings))


def copy(
    source: Annotated[str, typer.Argument(metavar="ОТКУДА", help="Папка или http(s)://узел:9200/префикс.")],
    target: Annotated[str, typer.Argument(metavar="КУДА", help="Пустая библиотека или прерванная копия.")],
    library: LibraryOption,
    json: JsonOption = False,
) -> None:
    """Copy a whole library; a source that is not there is an error, not an empty library."""
    from corpus.copying import copy as copy_library

    del library
    if "://" not in source and not Path(source).is_dir():
        raise NotFoundError(f"Нет папки «{source}», из которой копировать. Проверьте путь.")
    with opened(source) as giving, opened(target) as taking, _progress("Копирование") as progress:
        copied = copy_library(giving, taking, progress)
    if json:
        emit(asdict(copied))
    else:
        say(
            f"Скопировано файлов: {copied.files}, документов: {copied.documents}, решений: {copied.decisions}. "
            f"Копия сверена (SHA-256 {copied.digest[:16]}…).",
        )


def backup(
    to: Annotated[Path, typer.Argument(metavar="КУДА", help="Новая папка.")],
    library: LibraryOption,
    json: JsonOption = False,
) -> None:
    """Copy a library as it stands at one moment; one in Elasticsearch is copied into a folder."""
    from corpus.local.keeping.backup import back_up
    from corpus.rights.people import UserRole
    from corpus.rights.trail import noted

    with opened(library) as where, _progress("Копирование") as progress, _folder_of(where.whole, progress) as folder:
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
    json: JsonOption = False,
) -> int:
    """Make a library of a copy and verify it; the place it goes to must be empty. Exit 1 when it is not sound."""
    from corpus.copying import copy as copy_library
    from corpus.local.keeping.backup import restored
    from corpus.local.library import LocalLibrary
    from search_api.service.opening import own_library

    where = library or own_library()
    with TemporaryDirectory(prefix="svod-restore-") as folder:
        to = Path(folder) / "library" if "://" in where else Path(where)
        told = restored(source, to)
        with closing(LocalLibrary(to)) as made, _progress("Указатель") as progress:
            made.reindex(progress)
            findings = made.check()
            if "://" in where:
                with opened(where) as taking:
                    copy_library(made, taking, progress)
    if json:
        emit({**asdict(told), "findings": [asdict(finding) for finding in findings]})
    for finding in findings:
        say(finding.message)
    if not findings:
        say(f"Восстановлено на {told.made}: документов {told.documents}. Библиотека исправна.")
    return int(bool(findings))


def health(library: LibraryOption, json: JsonOption = False) -> int:
    """Say whether the library answers; exit 3 when it does not."""
    with opened(library) as where:
        state = where.health()
    if json:
        emit(asdict(state))
    elif state.ready:
        say(f"Библиотека отвечает. Документов: {state.documents}, положений: {state.clauses}.")
    else:
        say(state.detail or "Библиотека не отвечает.")
    return 0 if state.ready else 3


@contextmanager
def _progress(label: str) -> Iterator[Progress | None]:
    """Show a progress bar on standard error where a person watches."""
    if quiet():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

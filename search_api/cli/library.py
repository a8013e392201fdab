"""`svod reindex`, `svod embed`, `svod check`, `svod copy`, `svod health`: the library as a whole."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import NotFoundError, UsageError
from corpus.rights.people import UserRole
from search_api.cli.console import JsonOption, LibraryOption, emit, opened, progress_of, say


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command(name="reindex", help="Перестроить указатель поиска по сохранённым документам.")(reindex)
    app.command(name="embed", help="Посчитать недостающие векторы положений (с пакетом svod[semantic]).")(embed)
    app.command(name="check", help="Проверить библиотеку: документы, положения, указатель поиска.")(check)
    app.command(name="copy", help="Скопировать библиотеку целиком, с решениями: папка ↔ Elasticsearch.")(copy)
    app.command(name="health", help="Показать, отвечает ли библиотека и сколько в ней документов.")(health)


def reindex(library: LibraryOption, json: JsonOption = False) -> None:
    """Rebuild the index from the truth."""
    from corpus.topics.own_topics import reclassify
    from ingest.withholding import settle

    with opened(library) as where, progress_of("Указатель") as progress:
        clauses = where.reindex(progress)
        if reclassify(where) + settle(where):
            clauses = where.health().clauses
    if json:
        emit({"clauses": clauses})
    else:
        say(f"Указатель перестроен. Положений: {clauses}.")


def embed(library: LibraryOption, json: JsonOption = False) -> None:
    """Make the vectors that are missing; broken off, it goes on where it stopped."""
    from analyzers import embedding
    from corpus.search.filling import fill, lacking, told

    if not embedding.available():
        raise UsageError(f"Векторы считать нечем: {lacking()}. Установите: pip install 'svod[semantic]'.")
    with opened(library) as where, progress_of("Векторы") as progress:
        where.person.must(UserRole.ADMIN)
        made = fill(where, progress)
        state = told(where)
        have, every = where.vectors.share()
    if json:
        emit({"made": made, "vectors": have, "clauses": every})
    else:
        say(f"Посчитано: {made}. {state.capitalize()}.")


def check(library: LibraryOption, json: JsonOption = False) -> int:
    """Verify the library; exit 1 when something is wrong."""
    from corpus.search.filling import told

    with opened(library) as where:
        findings, state = where.check(), told(where)
    if json:
        emit([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            say(finding.message)
        if not findings:
            say(f"Библиотека исправна; {state}.")
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
    with opened(source) as giving, opened(target) as taking, progress_of("Копирование") as progress:
        copied = copy_library(giving, taking, progress)
    if json:
        emit(asdict(copied))
    else:
        say(
            f"Скопировано файлов: {copied.files}, документов: {copied.documents}, решений: {copied.decisions}. "
            f"Копия сверена (SHA-256 {copied.digest[:16]}…).",
        )


def health(library: LibraryOption, json: JsonOption = False) -> int:
    """Say whether the library answers; exit 3 when it does not."""
    from corpus.search.filling import told

    with opened(library) as where:
        state = where.health()
        semantic = told(where) if state.ready else ""
    if json:
        emit({**asdict(state), "semantic": semantic})
    elif state.ready:
        say(f"Библиотека отвечает. Документов: {state.documents}, положений: {state.clauses}; {semantic}.")
    else:
        say(state.detail or "Библиотека не отвечает.")
    return 0 if state.ready else 3

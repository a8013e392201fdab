"""`svod versions`: what stood under a file's name before, and putting it back."""

from typing import Annotated

import typer

from search_api.cli.console import JsonOption, LibraryOption, emit, opened, say


def register(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command(name="versions", help="Версии файла документа; --restore N вернёт прежнюю новой версией.")(versions)


def versions(
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ", show_default=False)],
    library: LibraryOption,
    restore: Annotated[
        int | None, typer.Option("--restore", metavar="N", help="Вернуть версию N.", show_default=False)
    ] = None,
    json: JsonOption = False,
) -> None:
    """List the versions of a document's file, or put one of them back as a new one."""
    from corpus.library import Other
    from ingest.withholding import reader
    from search_api.answers.versioned import versions_shape
    from search_api.service.tokens import origin_now

    with opened(library) as where:
        if restore is not None:
            file = reader(where)(where.version(document, restore))
            fund = where.versions(document)[-1].origin.fund
            outcome = where.put(file, Other.VERSION, origin_now(where.person.name, fund))
            say(f"Версия {restore} файла «{file.name}» снова действует; прежняя хранится в версиях.")
            document = next(iter(outcome.documents), document)
        listed = versions_shape(document, where.versions(document))
    if json:
        emit(listed)
        return
    for one in listed["versions"]:
        mark = " (действует)" if one["current"] else ""
        typer.echo(f"{one['number']}. {one['at'] or 'время неизвестно'}  {one['author'] or 'автор неизвестен'}{mark}")
        typer.echo(f"   SHA-256 {one['sha256']}, документов: {len(one['documents'])}")

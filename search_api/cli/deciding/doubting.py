"""`svod doubts` and `svod answer`: what the program is not sure of, and what a person says to it."""

from typing import Annotated

import typer

from search_api.answers.doubts.doubtful import Doubtful, DoubtKind
from search_api.answers.doubts.doubts_told import DoubtAct
from search_api.cli.comparing import AuthorOption, author_of
from search_api.cli.console import JsonOption, LibraryOption, emit, opened, say


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command("doubts", help="Сомнения: прочтение, исправления, ячейки, решения, чей текст изменился.")(doubts)
    app.command("answer", help="Ответить на сомнение: ответ становится решением.")(answer)


def doubts(
    library: LibraryOption,
    document: Annotated[str, typer.Option("--document", help="Только этого документа.", show_default=False)] = "",
    kind: Annotated[DoubtKind | None, typer.Option("--kind", help="Только этого вида.", show_default=False)] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Сколько сомнений.")] = 50,
    cursor: Annotated[str | None, typer.Option("--cursor", help="Следующая страница: cursor из ответа.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Print what the program is not sure of."""
    from search_api.answers.doubts.doubt_shapes import doubts_answer

    with opened(library) as where:
        found = doubts_answer(where, document, kind or "", limit, cursor)
    if as_json:
        emit(found.model_dump(mode="json"))
        return
    for one in found.doubts:
        state = f" [{one.state.told}]" if one.state else ""
        typer.echo(f"{one.kind} {one.document} {one.what}{state}")
        typer.echo(f"    {one.subject + ': ' if one.subject else ''}{one.message}")
        for at in one.places:
            typer.echo(f"    {at.place}: {' '.join(at.text.split())[:200]}")
        typer.echo(f"    ответы: {', '.join(one.acts)}")
    say(f"Сомнений: {found.total}.")


def answer(  # noqa: PLR0913, PLR0917  the options of a command
    kind: Annotated[DoubtKind, typer.Argument(metavar="ВИД", show_default=False)],
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ", show_default=False)],
    what: Annotated[str, typer.Argument(metavar="ЧТО", help="Третье слово строки svod doubts.", show_default=False)],
    act: Annotated[DoubtAct, typer.Argument(metavar="ОТВЕТ", show_default=False)],
    library: LibraryOption,
    author: AuthorOption = "",
    as_json: JsonOption = False,
) -> None:
    """Store an answer to a doubt as a decision."""
    from corpus.comparison.decided import decided
    from search_api.answers.doubts.doubts_told import answered

    with opened(library) as where:
        key = answered(where, Doubtful(kind, document, what), act, author_of(where, author))
        standing = any(one.key == key and not one.withdrawn_by for one in decided(where))
    if as_json:
        emit({"key": key, "standing": standing})
    else:
        say("Решение записано." if standing else "Решение отменено.")

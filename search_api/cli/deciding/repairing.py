"""`svod repairs`: what was mended in a document's words; a repair accepted, taken back, put in its place again."""

from typing import Annotated

import typer

from corpus.comparison.grid import Verdict
from corpus.errors import NotFoundError, UsageError
from search_api.cli.comparing import AuthorOption, author_of
from search_api.cli.console import JsonOption, LibraryOption, emit, known, opened, say


def register(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command("repairs", help="Исправления в словах документа; вернуть место как в источнике или принять.")(repairs)


def repairs(  # noqa: PLR0913, PLR0917  the options of a command
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ", show_default=False)],
    library: LibraryOption,
    take_back: Annotated[
        str, typer.Option("--take-back", metavar="ЗНАК", help="Вернуть место как в источнике.", show_default=False)
    ] = "",
    accept: Annotated[
        str, typer.Option("--accept", metavar="ЗНАК", help="Принять исправление: сверено.", show_default=False)
    ] = "",
    undo: Annotated[
        str, typer.Option("--undo", metavar="ЗНАК", help="Отменить решение об исправлении.", show_default=False)
    ] = "",
    note: Annotated[str, typer.Option("--note", help="Примечание.", show_default=False)] = "",
    author: AuthorOption = "",
    as_json: JsonOption = False,
) -> None:
    """List the repairs of a document, or decide on one named by the first word of its line."""
    asked = [(mark, verdict) for mark, verdict in zip((take_back, accept, undo), _VERDICTS, strict=True) if mark]
    if len(asked) > 1:
        raise UsageError("Назовите что-нибудь одно: --take-back, --accept или --undo.")
    _told(document, library, asked, (author, note), as_json=as_json)


_VERDICTS = (Verdict.REJECT, Verdict.CONFIRM, None)


def _told(
    document: str, library: str, asked: list[tuple[str, Verdict | None]], signed: tuple[str, str], *, as_json: bool
) -> None:
    from ingest.withholding import judge, undo
    from search_api.answers.doubts.repairs_told import repairs_answer

    with opened(library) as where:
        whole = known(where, document)
        for mark, verdict in asked:
            by = author_of(where, signed[0])
            if verdict:
                judge(where, whole, [mark], verdict, (by, signed[1]))
            elif key := next((one.key for one in repairs_answer(where, whole).repairs if one.mark == mark), None):
                undo(where, key, by)
            else:
                raise NotFoundError("Об этом исправлении ничего не решено. Список: svod repairs ДОКУМЕНТ")
        told = repairs_answer(where, whole)
    shown = [one for one in told.repairs if not asked or one.mark == asked[0][0]]
    if as_json:
        emit(told.model_copy(update={"repairs": tuple(shown)}).model_dump(mode="json"))
        return
    for one in shown:
        typer.echo(f"{one.mark}  {one.place}: «{one.was}» → «{one.now}» [{one.kind}, {one.confidence:.2f}]")
        if one.told:
            typer.echo(f"    {one.told}")
    say(f"Исправлений в словах: {len(told.repairs)}.")

"""`svod state`, `svod editions`, `svod diff`."""

from typing import Annotated

import typer

from search_api.cli.console import JsonOption, LibraryOption, emit, known, opened, say

Doc = Annotated[str, typer.Argument(metavar="ДОКУМЕНТ", show_default=False)]
OnDay = Annotated[
    str, typer.Option("--on", metavar="ДАТА", help="День: 2012-03-01 или 1 марта 2012 года; без него сегодня.")
]


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command("state", help="Состояние документа и его положений на день, с тем, что его определяет.")(state)
    app.command("editions", help="Редакции документа: с какого дня, каким актом, что не применено.")(editions)
    app.command("diff", help="Что изменилось в документе между двумя днями.")(diff)


def state(document: Doc, library: LibraryOption, on: OnDay = "", as_json: JsonOption = False) -> None:
    """Show the state of a document on a day."""
    from corpus.effects.lives import lives
    from corpus.effects.standing import NAMES
    from search_api.answers.standing import Standing
    from search_api.answers.telling import day_of, state_answer

    day = day_of(on)
    with opened(library) as where:
        told = state_answer(lives(where), known(where, document), day)
        lines = Standing(where, day).lines(document)
    if as_json:
        emit(told.model_dump(mode="json", by_alias=True))
        return
    typer.echo(document)
    for line in lines:
        typer.echo(f"  {line.text}")
    for basis in told.basis:
        typer.echo(f"  {basis.document} {basis.eid}: {basis.text[:200]}".rstrip())
    for provision in told.provisions:
        typer.echo(f"  {provision.eid}: {NAMES[provision.status]}")


def editions(document: Doc, library: LibraryOption, as_json: JsonOption = False) -> None:
    """List the editions of a document."""
    from corpus.effects.lives import lives
    from search_api.answers.telling import editions_answer

    with opened(library) as where:
        made = editions_answer(lives(where), known(where, document))
    if as_json:
        emit([e.model_dump(mode="json", by_alias=True) for e in made])
        return
    for edition in made:
        typer.echo(f"с {edition.since or 'подписания'} {'по' if edition.until else ''} {edition.until or ''}".rstrip())
        for by in edition.by:
            typer.echo(f"  {by.document} {by.eid}")
        for left in edition.unapplied:
            typer.echo(f"  ! не применено ({left.reason}): {left.document} {left.eid}: {left.text[:200]}")


def diff(
    document: Doc,
    library: LibraryOption,
    begin: Annotated[str, typer.Option("--from", metavar="ДАТА", help="С какого дня.", show_default=False)],
    end: Annotated[str, typer.Option("--to", metavar="ДАТА", help="По какой день; без него сегодня.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Compare the texts of a document on two days."""
    from corpus.effects.lives import lives
    from search_api.answers.telling import diff_answer, two_days

    first, last = two_days(begin, end)
    with opened(library) as where:
        found = diff_answer(lives(where), known(where, document), first, last)
    if as_json:
        emit([d.model_dump(mode="json", by_alias=True) for d in found])
        return
    for one in found:
        typer.echo(f"{one.eid}: {_KINDS[one.kind]}")
        if one.before and one.kind != "renumbered":
            typer.echo(f"  - {one.before}")
        if one.after and one.kind != "renumbered":
            typer.echo(f"  + {one.after}")
    if not found:
        say("Между этими днями текст не изменился.")


_KINDS = {"changed": "изменено", "inserted": "добавлено", "removed": "исключено", "renumbered": "номер изменён"}

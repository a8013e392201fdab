"""`svod cite`, `svod refs`, `svod export`."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.effects.standing import StateOnDay, bracketed
from search_api.cli.console import JsonOption, LibraryOption, deliver, emit, opened, say, text_argument

if TYPE_CHECKING:
    from corpus.citations.answering import CitationAnswer
    from corpus.citations.citechecking import Checked
    from corpus.library import Library
    from search_api.answers.standing import Standing

_DASHED = {"ignore_unknown_options": True}
"""A text may begin with «-»."""
_VERDICTS = {"exact": "цитата точна", "differs": "цитата расходится с текстом", "absent": "таких слов там нет"}
_STATUSES = {
    "resolved": "найдено",
    "ambiguous": "неоднозначно",
    "not_found": "не найдено",
    "external": "вне библиотеки",
}


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command("cite", help="Найти в тексте ссылки и открыть их по библиотеке.", context_settings=_DASHED)(cite)
    app.command("citecheck", help="Проверить ссылки и цитаты файла или текста.", context_settings=_DASHED)(check)
    app.command("refs", help="На что ссылается документ; с --incoming: кто ссылается на него.")(refs)
    app.command("export", help="Выгрузить документ: akn, json, md, txt, docx.")(export)


def cite(
    text: Annotated[str, typer.Argument(help="Текст; «-» берёт его из стандартного ввода.", show_default=False)],
    library: LibraryOption,
    as_json: JsonOption = False,
) -> None:
    """Find the citations of a text and resolve them."""
    from corpus.citations.answer_shapes import shape
    from corpus.citations.answering import answer
    from search_api.answers.standing import Standing, with_states

    with opened(library) as where:
        answers = answer(text_argument(text), where)
        standing = Standing(where)
        if as_json:
            emit(with_states(list(shape(answers)), standing))
            return
        told = [[standing.of_all(t.document, t.eids) for t in a.targets] for a in answers]
    for a, states in zip(answers, told, strict=True):
        _tell(a, states)
    if not answers:
        say("Ссылок в тексте не нашлось.")


def _tell(a: "CitationAnswer", states: Sequence[StateOnDay | None]) -> None:
    """Print what a citation means, warned of what may not be relied on, and its quotation checked."""
    typer.echo(f"{a.text}\n  → {a.canonical}: {_STATUSES[a.status]}")
    for target, state in zip(a.targets, states, strict=True):
        typer.echo(f"    {' '.join((target.document, *target.eids))}{bracketed(state)}")
        if state and state.warning:
            typer.echo(f"    ! Внимание: {state.warning}")
    if a.nearest:
        typer.echo(f"    Есть: {a.nearest.citation}")
    for provision in a.provisions if a.status == "resolved" else ():
        page = f"с. {provision.page}  " if provision.page else ""
        typer.echo(f"    «{provision.text[:400]}»  {page}{provision.permalink}")
    if a.quotation:
        typer.echo(f"    Проверка: {_VERDICTS[a.quotation.verdict]}")
        for change in a.quotation.changes:
            if change.quoted.lower() != change.printed.lower():
                typer.echo(f"      в цитате «{change.quoted}», в документе «{change.printed}»")


def check(  # noqa: PLR0913, PLR0917  the options of the command
    text: Annotated[str, typer.Argument(metavar="ФАЙЛ|ТЕКСТ", help="Файл или текст; «-»: стандартный ввод.")],
    library: LibraryOption,
    form: Annotated[str, typer.Option("--format", help="json, md или docx.")] = "md",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Файл; без него на стандартный вывод.", show_default=False)
    ] = None,
    listed: Annotated[
        str,
        typer.Option("--list", help="Только список цитируемого: short, full, gost, footnote, csl, bibtex, ris."),
    ] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="ДАТА", help="День, на который называются состояния; без него сегодня.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Check the citations and quotations of a text."""
    from corpus.citations.citechecking import checked_shape, citecheck
    from search_api.answers.standing import Standing, with_states
    from search_api.answers.telling import day_of
    from search_api.exports.authorities import authorities_of
    from search_api.exports.authorities import listed as listed_as

    form = "json" if as_json else form
    if form not in _CHECKED_FORMS:
        raise typer.BadParameter(f"«{form}» нет. Есть: {', '.join(_CHECKED_FORMS)}.", param_hint="--format")
    words, day = _given(text), day_of(on)
    with opened(library) as where:
        checked, standing = citecheck(words, where), Standing(where, day)
        if form == "json" and not listed:
            emit(with_states(checked_shape(checked), standing))
            return
        acts = authorities_of(checked.authorities, where.get, standing)
        data = listed_as(acts, listed).encode() if listed else _report(words, checked, where, standing, form)
    deliver(data, output)


def _report(words: str, checked: "Checked", library: "Library", standing: "Standing", form: str) -> bytes:
    from search_api.answers.remarks import authority_lines, remarks
    from search_api.exports.report import as_docx, as_markdown

    told = remarks(checked, library.get, standing)
    acts = authority_lines(checked.authorities, library.get, standing)
    return as_docx(words, told, acts) if form == "docx" else as_markdown(words, told, acts).encode()


_CHECKED_FORMS = ("json", "md", "docx")
_LONGEST_PATH = 1000


def _given(text: str) -> str:
    """Return the text of a file where the argument names one, read as any file of the library, else itself."""
    from ingest.parsing import read

    path = Path(text) if len(text) <= _LONGEST_PATH and "\n" not in text and "\0" not in text else None
    with suppress(OSError):  # a text may be longer than any name of a file
        if path is not None and path.is_file():
            return read(path.read_bytes(), path.name).text
    return text_argument(text)


def refs(
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ", show_default=False)],
    library: LibraryOption,
    incoming: Annotated[bool, typer.Option("--incoming", help="Кто ссылается на этот документ.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show what a document cites, or what cites it."""
    from corpus.citations.resolve import references
    from search_api.answers.referenced import incoming_shape, reference_shape
    from search_api.answers.standing import Standing, with_states

    with opened(library) as where:
        standing = Standing(where)
        if incoming:
            found = references.incoming(document, where)
            if as_json:
                emit(with_states([incoming_shape(i) for i in found], standing))
                return
            for i in found:
                state = bracketed(standing.of(i.document, i.eid))
                typer.echo(f"{i.document} {i.eid}{state}: {i.text} → {' '.join(i.target_eids) or 'весь документ'}")
            return
        outgoing = list(references.outgoing(where.get(document), references.resolver(where)))
        if as_json:
            emit(with_states([reference_shape(r) for r in outgoing], standing))
            return
        for r in outgoing:
            aim = f"{r.target.document} {' '.join(r.target.eids)}".strip() if r.target else ""
            aim = aim or (r.external.title if r.external else "")
            state = bracketed(standing.of_all(r.target.document, r.target.eids)) if r.target else ""
            typer.echo(f"{r.eid}: {r.text} → {_STATUSES[r.status]} {aim}".rstrip() + state)


def export(
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ", show_default=False)],
    library: LibraryOption,
    form: Annotated[str, typer.Option("--format", help="akn, json, md, txt или docx.")] = "akn",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Файл; без него на стандартный вывод.", show_default=False)
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="ДАТА", help="Текст на этот день.", show_default=False)
    ] = None,
) -> None:
    """Export a document."""
    from search_api.answers.telling import day_of
    from search_api.exports.forms import exported

    with opened(library) as where:
        data = exported(where, document, form, None if on is None else day_of(on))
    deliver(data, output)

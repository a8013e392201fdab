"""`svod parse`, `svod ingest`, `svod documents`, `svod show`, `svod delete`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.plain import Record
from search_api.cli.console import JsonOption, LibraryOption, emit, known, opened, say

if TYPE_CHECKING:
    from search_api.answers.standing import Stated

FundOption = Annotated[str, typer.Option("--fund", help="Фонд, куда сохранить; без него — общий.", show_default=False)]
Paths = Annotated[list[Path], typer.Argument(metavar="ПУТЬ…", help="Файлы и папки.")]


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command(name="parse", help="Разобрать файлы и показать, что было бы сохранено.")(parse)
    app.command(name="ingest", help="Загрузить файлы и папки в библиотеку.")(ingest)
    app.command(name="documents", help="Перечень документов библиотеки.")(documents)
    app.command(name="show", help="Показать документ или его положение.")(show)
    app.command(name="correct", help="Исправить сведение о документе: вид, название, дату, стороны…")(correct)
    app.command(name="delete", help="Удалить документ из библиотеки (тридцать дней его можно вернуть).")(delete)
    app.command(name="restore", help="Вернуть удалённый документ; без имени — что можно вернуть.")(restore)


def parse(
    files: Paths,
    library: LibraryOption,
    why: Annotated[
        bool, typer.Option("--why", help="Показать, чем сочтён каждый абзац, по какому правилу и что было вторым.")
    ] = False,
    json: JsonOption = False,
) -> int:
    """Parse files; store nothing."""
    from search_api.answers.shapes import parsed_shape
    from search_api.service.ingesting import explained_listed, parsed_listed

    del library
    answers, failed = [], 0
    for parsed in explained_listed(files) if why else parsed_listed(files):
        if isinstance(parsed, dict):
            answers.append(parsed)
        elif parsed.file is not None:
            answers.append(parsed_shape(parsed.file))
        elif parsed.refusal:
            say(str(parsed.refusal))
            failed += 1
    if json:
        emit(answers)
    else:
        for answer in answers:
            (_print_why if why else _print_parsed)(answer)
    return int(bool(failed))


def _print_why(answer: Record) -> None:
    typer.echo(answer["source"])
    for read in answer["paragraphs"]:
        second = read["runner_up"]
        beside = f"; второе: {second['role']} ({second['rule']}, {second['certainty']:g})" if second else ""
        typer.echo(f"  {read['zone'] or '-'} · {read['role']} ({read['rule']}, {read['certainty']:g}{beside})")
        typer.echo(f"      {read['text'][:90]}")


def _print_parsed(answer: Record) -> None:
    typer.echo(answer["source"])
    for diagnostic in answer["diagnostics"]:
        typer.echo(f"  ! {diagnostic['message']}")
    for instrument in answer["instruments"]:
        typer.echo(f"  {instrument['title'] or 'Без названия'} ({instrument['date'] or 'без даты'})")
        for provision in instrument["provisions"]:
            label = " ".join(x for x in (provision["num"], provision["heading"]) if x)
            typer.echo(f"    {provision['eid']}  {label}  {provision['text'][:90]}".rstrip())
        for diagnostic in instrument["diagnostics"]:
            typer.echo(f"    ! {diagnostic['message']}")


def ingest(  # noqa: PLR0913, PLR0917  the options of the command
    paths: Paths,
    library: LibraryOption,
    json: JsonOption = False,
    timings: Annotated[bool, typer.Option("--timings", help="Показать, сколько времени занял каждый шаг.")] = False,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Сканы без текста распознать (нужен ocrmypdf с языком rus).")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Разобрать заново и те файлы, что не изменились.")] = False,
    new_version: Annotated[
        bool, typer.Option("--new-version", help="Занятое имя: сохранить новой версией, прежняя останется в versions.")
    ] = False,
    beside: Annotated[
        bool, typer.Option("--beside", help="Занятое имя: сохранить рядом, отдельным документом.")
    ] = False,
    fund: FundOption = "",
) -> int:
    """Store files and folders; one bad file never stops the rest."""
    import os
    import time

    from corpus.library import Other
    from search_api.service.ingesting import Intake, ingest_paths
    from search_api.service.tokens import origin_now

    if new_version and beside:
        raise typer.BadParameter("нужно либо --new-version, либо --beside")

    # A cluster that elects a new master is waited for: nobody watches a long ingest, and nothing would be gained.
    os.environ.setdefault("SVOD_ELASTICSEARCH_PATIENCE", "60")
    began = time.perf_counter()
    other = Other.VERSION if new_version else Other.BESIDE if beside else Other.REFUSE
    asked = _asked if other is Other.REFUSE and sys.stdin.isatty() and sys.stderr.isatty() else None
    with opened(library) as where:
        intake = Intake(other, asked, origin_now(where.person.name, fund), timings, ocr, again)
        report = ingest_paths(where, paths, intake)
    if timings:
        _print_timings(report.timings.seconds, time.perf_counter() - began)
    if json:
        emit(report.shape())
    return int(bool(report.failed))


def _asked(sentence: str) -> Any:
    """Ask what is to become of a file whose name is taken by other bytes."""
    from corpus.library import Other

    say(sentence)
    answers = {"в": Other.VERSION, "р": Other.BESIDE, "н": Other.REFUSE}
    given = typer.prompt("Новой версией (в), рядом (р) или не сохранять (н)?", default="н", err=True)
    return answers.get(given.strip().lower()[:1], Other.REFUSE)


def _print_timings(seconds: dict[str, float], total: float) -> None:
    """Print seconds and shares by step; what the steps leave is the library's: storing and indexing."""
    rows = {**seconds, "хранение и индекс": max(total - sum(seconds.values()), 0.0)}
    for name, spent in rows.items():
        say(f"{name:<20}{spent:8.3f} с{100 * spent / total:7.1f} %")
    say(f"{'всего':<20}{total:8.3f} с")


def documents(library: LibraryOption, json: JsonOption = False) -> None:
    """List the documents."""
    from corpus.effects.standing import bracketed, state_json
    from search_api.answers.shapes import summary_shape
    from search_api.answers.standing import Standing

    with opened(library) as where:
        summaries, standing = where.documents(), Standing(where)
        states = standing.of_each([s.id for s in summaries])
    if json:
        emit([{**summary_shape(s), "state": state_json(state)} for s, state in zip(summaries, states, strict=True)])
        return
    for s, state in zip(summaries, states, strict=True):
        typer.echo(f"{s.id}\n    {s.title}{bracketed(state)} · {s.date or 'без даты'} · {s.source}")
    if not summaries:
        say("Библиотека пуста. Загрузите файлы: svod ingest ПАПКА")


def show(
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ")],
    library: LibraryOption,
    eid: Annotated[str | None, typer.Argument(metavar="EID")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="ДАТА", help="Текст на этот день.", show_default=False)
    ] = None,
    json: JsonOption = False,
) -> None:
    """Show a document or one of its provisions."""
    if on is not None:
        _show_on(document, library, eid, on, json=json)
        return
    from corpus.pages import fixed_pages
    from search_api.answers.standing import Standing

    with opened(library) as where:
        found = where.get(document)
        pages, stated = fixed_pages(where.source(document)), Standing(where).stated(found)
    if eid is not None:
        _show_provision(stated, eid, pages, json=json)
    elif json:
        emit(stated.shape(pages))
    else:
        typer.echo("\n".join([found.instrument.title, *(line.text for line in stated.lines)]))
        for p in found.instrument.walk():
            mark = stated.mark(p.eid)
            typer.echo(f"{p.eid}\t{' '.join(x for x in (p.num, p.heading, mark and f'[{mark.told}]', p.text) if x)}")


def _show_provision(stated: "Stated", eid: str, pages: Sequence[int], *, json: bool) -> None:
    from corpus.citations.writing import cite
    from corpus.effects.standing import bracketed, state_json
    from corpus.errors import NotFoundError
    from corpus.pages import page_of
    from search_api.answers.shapes import provision_shape

    document = stated.document
    provision = document.find(eid)
    if provision is None:
        where = f"В документе {document.id} нет положения {eid}."
        raise NotFoundError(f"{where} Перечень положений: svod show {document.id}")
    if json:
        told = {"document": document.id, "citation": cite(document, eid), "state": state_json(stated.of(eid))}
        emit({**told, **provision_shape(provision, pages)})
        return
    page = page_of(pages, provision)
    typer.echo(cite(document, eid) + (f", с. {page}" if page else "") + bracketed(stated.of(eid)))
    for p in provision.walk():
        typer.echo(f"{p.eid}\t{' '.join(x for x in (p.num, p.heading, p.text) if x)}")


def _show_on(document: str, library: str, eid: str | None, on: str, *, json: bool) -> None:
    """Show the text of a document, or of one provision with all inside, as it stood on a day."""
    from corpus.effects.lives import lives
    from search_api.answers.telling import dated_answer, day_of

    day = day_of(on)
    with opened(library) as where:
        shown = dated_answer(lives(where), known(where, document), day, eid)
    if json:
        emit(shown.model_dump(mode="json", by_alias=True))
        return
    typer.echo(f"{shown.title}\nна {day}: {shown.state.told}" + ("" if shown.complete else _INCOMPLETE))
    for p in shown.provisions:
        mark = f"[{p.state.told}]" if p.state.told != shown.state.told else ""
        typer.echo(f"{p.eid}\t{' '.join(x for x in (p.num, p.heading, mark, p.text) if x)}")


_INCOMPLETE = "; не все изменения применены: svod editions"


def correct(  # noqa: PLR0913, PLR0917  the options of the command
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ", show_default=False)],
    field: Annotated[str, typer.Argument(metavar="ПОЛЕ", help="Например: дата или date.", show_default=False)],
    library: LibraryOption,
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="ЗНАЧЕНИЕ…", help="Несколько — подряд или через «;»; пустое очищает поле."),
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Отменить исправление, вернуть прочитанное.")] = False,
    note: Annotated[str, typer.Option("--note", help="Примечание.", show_default=False)] = "",
    json: JsonOption = False,
) -> None:
    """Put a value in place of what was read, in the name of this machine's user; or withdraw that."""
    from corpus.comparison.decided import undo_fact
    from corpus.metadata import correcting
    from corpus.metadata.correctable import FIELDS, field_named
    from search_api.answers.shapes import correction_shape

    if withdraw == bool(values):
        raise typer.BadParameter("нужно либо ЗНАЧЕНИЕ, либо --withdraw")
    key = field_named(field)
    with opened(library) as where:
        if withdraw:
            made = undo_fact(where, document, key, where.person.name)
        else:
            made = correcting.correct(where, document, key, values or [], where.person.name, note)
    marks = [correction_shape(c) for c in made.instrument.corrected]
    if json:
        emit({"document": made.id, "corrected": marks})
    elif withdraw:
        say(f"{FIELDS[key].name}: исправление отменено.")
    else:
        mark = next(m for m in marks if m["field"] == key)
        say(f"{FIELDS[key].name}: {_told(mark['value'])}. В тексте прочитано: {_told(mark['read'])}.")


def _told(value: Any) -> str:
    if value is None or value == []:
        return "ничего"
    return "; ".join(value) if isinstance(value, list) else str(value)


def delete(
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ")],
    library: LibraryOption,
    yes: Annotated[bool, typer.Option("--yes", help="Не переспрашивать.")] = False,
    json: JsonOption = False,
) -> int:
    """Remove a document after asking; `svod restore` brings it back."""
    with opened(library) as where:
        found = where.get(document)
        question = f"Удалить из библиотеки «{found.instrument.title}» ({found.source})?"
        if not yes and not typer.confirm(question, default=False, err=True):
            say("Не удалено.")
            return 1
        where.delete(document)
    say(f"Удалено. Вернуть: svod restore {document}")
    if json:
        emit({"deleted": document})
    return 0


def restore(
    library: LibraryOption,
    document: Annotated[str, typer.Argument(metavar="[ДОКУМЕНТ]", show_default=False)] = "",
    json: JsonOption = False,
) -> None:
    """Bring a deleted document back, or list those that can be."""
    from ingest.withholding import settle

    with opened(library) as where:
        if document:
            where.restore(document)
            settle(where)  # what was decided of its repairs meanwhile
            say(f"Возвращено: {document}")
            if json:
                emit({"restored": document})
            return
        kept = where.deleted()
    if json:
        emit([{"id": d.summary.id, "title": d.summary.title, "source": d.summary.source, "at": d.at} for d in kept])
        return
    for d in kept:
        typer.echo(f"{d.summary.id}  {d.summary.title} ({d.summary.source})")
    if not kept:
        say("Удалённых документов нет.")

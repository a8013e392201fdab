"""`svod equivalents`, `svod others`, `svod compare` and `svod decisions`."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from corpus.comparison.grid import CellStatus, Comparison, Decision, Equivalents, Verdict
from corpus.effects.standing import bracketed
from corpus.errors import InputError, NotFoundError, QueryError, UsageError
from corpus.library import Library
from corpus.rights.admitted import Admitted
from search_api.cli.console import JsonOption, LibraryOption, deliver, emit, opened, say

_STATUS = {"found": "есть", "absent": "нет", "inconclusive": "под вопросом", "present": "есть"}
AuthorOption = Annotated[
    str, typer.Option("--author", help="Чьё решение; по умолчанию имя пользователя.", show_default=False)
]
FORMATS = ("table", "json", "md", "html", "csv", "xlsx", "docx")


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command("equivalents", help="Равнозначные положения в другом документе (--in) или во всей библиотеке.")(
        equivalents
    )
    app.command("others", help="Что об этом вопросе сказано в каждом из других соглашений.")(others_command)
    app.command("compare", help="Сопоставить от 2 до 30 документов по темам.")(compare)
    app.command("decisions", help="Решения юристов: выгрузить в JSON или загрузить (--import).")(decisions)
    app.command("decide", help="Записать решение о ячейке сопоставления или о паре положений.")(decide)
    app.command("topics", help="Темы: показать, добавить свою по образцам (--add), убрать (--remove).")(topics)


def equivalents(
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ", show_default=False)],
    library: LibraryOption,
    eid: Annotated[str | None, typer.Argument(metavar="[EID]", show_default=False)] = None,
    other: Annotated[
        str | None, typer.Option("--in", metavar="ДОКУМЕНТ", help="Искать только в этом документе.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print the equivalents of a provision, or of each."""
    from corpus.comparison.elsewhere import elsewhere
    from corpus.comparison.equivalents import equivalents_in
    from search_api.answers.compared import equivalents_shape
    from search_api.answers.standing import Standing, with_states

    with opened(library) as where:
        answers = equivalents_in(where, document, other, eid) if other else elsewhere(where, document, eid)
        shapes = with_states([equivalents_shape(a) for a in answers], Standing(where))
    if as_json:
        emit(shapes[0] if eid else shapes)
        return
    for answer, shaped in zip(answers, shapes, strict=True):
        _print_equivalents(answer, [c["state"] for c in shaped["candidates"]])


def _print_equivalents(answer: Equivalents, states: Sequence[Mapping[str, str] | None]) -> None:
    typer.echo(f"{answer.eid}: {_STATUS[answer.status]} ({round(100 * answer.confidence)} %)")
    for candidate, state in zip(answer.candidates, states, strict=True):
        told = f" [{state['told']}]" if state else ""
        copies = f", и ещё {len(candidate.copies)} таких же" if candidate.copies else ""
        typer.echo(f"    {round(100 * candidate.score):3} %  {candidate.citation}{told}  {candidate.document}{copies}")
        typer.echo(f"           {candidate.text[:120]}")


def others_command(  # noqa: PLR0913, PLR0917  the options of a command
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ", show_default=False)],
    eid: Annotated[str, typer.Argument(metavar="EID", show_default=False)],
    library: LibraryOption,
    topic: Annotated[
        str, typer.Option("--topic", metavar="ТЕМА", help="Тема; без неё главная тема положения.", show_default=False)
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Сколько соглашений.")] = 100,
    cursor: Annotated[str | None, typer.Option("--cursor", help="Следующая страница: cursor из ответа.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Print what every other agreement has on the topic of a provision."""
    from search_api.answers.matrix_shapes import others_answer

    with opened(library) as where:
        found = others_answer(where, (document, eid), topic, limit, cursor)
    if as_json:
        emit(found.model_dump(mode="json"))
        return
    if not found.topic:
        say(f"У положения «{found.citation}» нет темы: назовите её (--topic). Список: svod topics.")
        return
    for one in found.agreements:
        told = " ".join(
            filter(None, [one.place + (f" [{one.state.told}]" if one.state else ""), one.brief and f"— {one.brief}"])
        )
        typer.echo(f"{_STATUS[one.status]:<14} {one.name}: {told}  [{one.document} {one.eid}]".rstrip())
        if one.text:
            typer.echo(f"               {one.text}")
    say(f"{found.label}: есть {found.present}, нет {found.absent}, под вопросом {found.inconclusive}.")


def compare(
    documents: Annotated[list[str], typer.Argument(metavar="ДОКУМЕНТ ДОКУМЕНТ…", show_default=False)],
    library: LibraryOption,
    topic: Annotated[list[str] | None, typer.Option("--topic", help="Только эта тема (можно несколько).")] = None,
    form: Annotated[str, typer.Option("--format", help=", ".join(FORMATS) + ".")] = "table",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Файл; без него на стандартный вывод.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Compare documents and print or write the table."""
    from corpus.comparison.table import compare_in
    from corpus.lexicon.dates import in_digits
    from corpus.lexicon.reckoning import today
    from search_api.exports.tables import About, exported

    if form not in FORMATS:
        raise QueryError(f"Неизвестный вид «{form}». Есть: {', '.join(FORMATS)}.")
    with opened(library) as where:
        table = compare_in(where, documents, topic or ())
        if form == "table" and not as_json and output is None:
            _print_table(table)
            return
        form = "json" if as_json else "md" if form == "table" else form
        data = exported(table, form, About(in_digits(today())))
        deliver(where, data, output, form, documents)


def _print_table(table: Comparison) -> None:
    for row in table.rows:
        typer.echo(f"{row.label}{'' if row.differs else '  (одинаково)'}")
        typer.echo(f"    {row.summary}")
        for column in table.columns:
            cell = row.cells[column.document]
            places = ", ".join(p.citation + bracketed(p.state) for p in cell.provisions)
            told = places if cell.status is CellStatus.PRESENT else f"{_STATUS[cell.status]} {places}".strip()
            values = "; ".join(f"{v.name}: {v.shown}" for v in cell.shown)
            typer.echo(f"      {column.short}{bracketed(column.state)}: {told}" + (f" — {values}" if values else ""))


def decisions(
    library: LibraryOption,
    source: Annotated[
        Path | None, typer.Option("--import", help="Загрузить решения из этого файла.", show_default=False)
    ] = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="И отменённые: кто и когда отменил.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Export the decisions of a library, or import them."""
    from corpus.comparison.decided import exported_whole
    from corpus.comparison.decisions import exported, imported
    from ingest.withholding import settle

    with opened(library) as where:
        if source is None:
            emit(exported_whole(where) if withdrawn else exported(where))
            return
        try:
            value = json.loads(source.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"Файл {source} не читается: {error}") from error
        count = imported(where, value, where.person.name)
        settle(where)
    if as_json:
        emit({"imported": count})
    else:
        say(f"Загружено решений: {count}.")


def decide(  # noqa: PLR0913, PLR0917  the options of a command
    what: Annotated[list[str], typer.Argument(metavar="ДОКУМЕНТ ТЕМА | ДОКУМЕНТ EID ДОКУМЕНТ EID", show_default=False)],
    library: LibraryOption,
    verdict: Annotated[
        str, typer.Option("--verdict", help="confirm, reject, correct, add или withdraw.", show_default=False)
    ],
    provision: Annotated[
        list[str] | None, typer.Option("--provision", help="Положение ячейки (можно несколько).", show_default=False)
    ] = None,
    anchor: Annotated[
        list[str] | None,
        typer.Option("--anchor", help="Её anchors (документ:eid), если строка без темы.", show_default=False),
    ] = None,
    note: Annotated[str, typer.Option("--note", help="Примечание.", show_default=False)] = "",
    author: AuthorOption = "",
    as_json: JsonOption = False,
) -> None:
    """Store a decision about a cell or a pair of provisions, or withdraw it."""
    from corpus.comparison import decisions as deciding

    if len(what) not in (2, 4) or verdict not in {*Verdict, "withdraw"}:
        raise QueryError(f"Назовите ДОКУМЕНТ ТЕМА или ДОКУМЕНТ EID ДОКУМЕНТ EID и --verdict: {', '.join(Verdict)}.")
    with opened(library) as where:
        by = author_of(where, author)
        if verdict == "withdraw":
            _withdraw(where, what, by)
            return
        if len(what) == 2:
            _topic_named(where, what[1], anchor)
            anchors = deciding.anchored(where, anchor or ())
            made = deciding.cell_decision(
                where.get(what[0]), what[1], Verdict(verdict), by, provision or (), note, anchors=anchors
            )
        else:
            pair = (where.get(what[0]), what[1]), (where.get(what[2]), what[3])
            made = deciding.equivalent_decision(*pair, Verdict(verdict), by, note)
        deciding.keep(where, made)
    _decided(made, as_json=as_json)


def _withdraw(where: Library, what: Sequence[str], by: str) -> None:
    """Withdraw a decision; withdrawing what is not there is no error."""
    from corpus.comparison.decisions import cell_key, equivalent_key
    from ingest.withholding import undo

    with suppress(NotFoundError):
        undo(where, cell_key(*what) if len(what) == 2 else equivalent_key(*what), by)
    say("Решение отозвано.")


def _decided(made: Decision, *, as_json: bool) -> None:
    """Tell that a decision is kept."""
    from search_api.answers.compared import decision_shape

    if as_json:
        emit(decision_shape(made))
    else:
        say("Решение записано.")


def _topic_named(library: Library, topic: str, anchor: list[str] | None) -> None:
    """Refuse a topic there is none of; a row without a topic is named by its anchors."""
    from corpus.topics.own_topics import topics_in

    if not anchor and topic not in topics_in(library).by_id:
        raise QueryError(f"Нет темы «{topic}». Список: svod topics.")


def author_of(where: Admitted, given: str) -> str:
    """Return who decides; with a key nobody signs as another."""
    if given and where.person.limited and given != where.person.name:
        raise UsageError(f"Ключ принадлежит «{where.person.name}»: подписаться именем «{given}» нельзя.")
    return given or where.person.name


def topics(  # noqa: PLR0913, PLR0917  the options of a command
    library: LibraryOption,
    add: Annotated[
        str | None,
        typer.Option("--add", metavar="НАЗВАНИЕ", help="Добавить тему или образцы теме.", show_default=False),
    ] = None,
    example: Annotated[
        list[str] | None, typer.Option("--example", help="Положение-образец (можно несколько).", show_default=False)
    ] = None,
    description: Annotated[str, typer.Option("--description", help="О чём тема.", show_default=False)] = "",
    remove: Annotated[
        str | None, typer.Option("--remove", metavar="ТЕМА", help="Убрать свою тему.", show_default=False)
    ] = None,
    author: AuthorOption = "",
    as_json: JsonOption = False,
) -> None:
    """List the topics of a library, add one by example clauses, or remove one; documents are classified anew."""
    from corpus.topics.own_topics import add_topic, own_topics, reclassify, remove_topic, topics_in

    with opened(library) as where:
        if add is not None:
            add_topic(where, add, example or (), author_of(where, author), description)
        if remove is not None:
            remove_topic(where, remove)
        if add is not None or remove is not None:
            say(f"Документы отнесены к темам заново; изменилось файлов: {reclassify(where)}.")
        own = {t.id: list(t.examples) for t in own_topics(where)}
        table = [
            {"topic": t.id, "label": t.label, "description": t.description, "examples": own.get(t.id, [])}
            for t in topics_in(where).by_id.values()
        ]
    if as_json:
        emit(table)
    elif add is None and remove is None:
        for entry in table:
            typer.echo(f"{entry['topic']}: {entry['label']}" + ("  (своя)" if entry["examples"] else ""))

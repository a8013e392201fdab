"""`svod users`, `svod keys`, `svod funds`, `svod move`, `svod audit`: who may do what, and what was done."""

import json as json_lines
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from corpus.errors import UsageError
from corpus.rights import keys as keeping
from corpus.rights.funds import Fund, set_fund
from corpus.rights.funds import funds as funds_of
from corpus.rights.people import ROLES_IN_RUSSIAN, UserRole, remove_user, set_user
from corpus.rights.people import users as users_of
from search_api.cli.console import JsonOption, LibraryOption, emit, opened, say


class UserVerb(StrEnum):
    """What is done with users."""

    LIST = "list"
    ADD = "add"
    REMOVE = "remove"


class KeyVerb(StrEnum):
    """What is done with keys."""

    LIST = "list"
    MAKE = "make"
    REVOKE = "revoke"


class FundVerb(StrEnum):
    """What is done with funds."""

    LIST = "list"
    SET = "set"


Names = Annotated[list[str] | None, typer.Option(help="Имя пользователя; «*» — все. Можно повторять.")]


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command(name="users", help="Пользователи и роли: list, add ИМЯ --role, remove ИМЯ.")(users)
    app.command(name="keys", help="Ключи: list, make ИМЯ, revoke КЛЮЧ.")(keys)
    app.command(name="funds", help="Фонды и кому они открыты: list, set ФОНД.")(funds)
    app.command(name="move", help="Переложить файл документа в другой фонд.")(move)
    app.command(name="erase", help="Стереть документ навсегда: текст, версии, решения о нём.")(erase)
    app.command(name="audit", help="Журнал: кто, когда и что изменил.")(audit)


def users(
    library: LibraryOption,
    verb: Annotated[UserVerb, typer.Argument()] = UserVerb.LIST,
    name: Annotated[str, typer.Argument(metavar="[ИМЯ]", show_default=False)] = "",
    role: Annotated[
        UserRole, typer.Option("--role", help="reader читает, editor и пишет, admin ведёт права.")
    ] = UserRole.READER,
    json: JsonOption = False,
) -> None:
    """List users, add one or change the role, remove one with all keys and sessions."""
    with opened(library) as where:
        if verb is UserVerb.ADD:
            made = set_user(where, _named(name, "ИМЯ"), role)
            say(f"«{made.name}» — {ROLES_IN_RUSSIAN[made.role]}. Ключ: svod keys make «{made.name}»")
        elif verb is UserVerb.REMOVE:
            remove_user(where, _named(name, "ИМЯ"))
            say(f"«{name}» больше не пользователь; ключи и входы отозваны.")
        listed = users_of(where)
    if json:
        emit([asdict(user) for user in listed])
    elif verb is UserVerb.LIST:
        for user in listed:
            typer.echo(f"{user.name}\t{ROLES_IN_RUSSIAN[user.role]}")
        if not listed:
            say("Пользователей нет: на этой машине всякий — хозяин. Завести: svod users add ИМЯ --role admin")


def keys(
    library: LibraryOption,
    verb: Annotated[KeyVerb, typer.Argument()] = KeyVerb.LIST,
    whose: Annotated[str, typer.Argument(metavar="[ИМЯ|КЛЮЧ]", show_default=False)] = "",
    days: Annotated[float, typer.Option("--days", help="Срок в днях.")] = keeping.DAYS,
    note: Annotated[str, typer.Option("--note", help="Для чего ключ.", show_default=False)] = "",
    json: JsonOption = False,
) -> None:
    """List keys, make one (its secret is printed once, alone on standard output), revoke one at once."""
    with opened(library) as where:
        if verb is KeyVerb.MAKE:
            secret, key = keeping.make(where, _named(whose, "ИМЯ"), days, note)
            say(f"Ключ {key.id} для «{key.user}», до {key.expires[:10]}. Больше он показан не будет:")
            emit({**asdict(key), "secret": secret}) if json else typer.echo(secret)
            return
        if verb is KeyVerb.REVOKE:
            key = keeping.revoke(where, _named(whose, "КЛЮЧ"))
            say(f"Ключ {key.id} («{key.user}») отозван.")
        listed = keeping.listed(where)
    if json:
        emit([{**asdict(key), "over": key.over} for key in listed])
    elif verb is KeyVerb.LIST:
        for key in listed:
            state = "истёк" if key.over else "до"
            typer.echo(f"{key.id}\t{key.user}\t{state} {key.expires[:10]}\t{key.note}")
        if not listed:
            say("Ключей нет. Выдать: svod keys make ИМЯ")


def funds(  # noqa: PLR0913, PLR0917  the options of the command
    library: LibraryOption,
    verb: Annotated[FundVerb, typer.Argument()] = FundVerb.LIST,
    fund: Annotated[str, typer.Argument(metavar="[ФОНД]", help="«-» — общий фонд.", show_default=False)] = "",
    title: Annotated[str, typer.Option("--title", help="Название.", show_default=False)] = "",
    reader: Names = None,
    editor: Names = None,
    json: JsonOption = False,
) -> None:
    """List funds, or say who reads and who writes one; a new fund is open to nobody else."""
    with opened(library) as where:
        if verb is FundVerb.SET:
            id_ = "" if _named(fund, "ФОНД") == "-" else fund
            made = set_fund(where, Fund(id_, title, tuple(reader or ()), tuple(editor or ())))
            say(f"Фонд «{made.title or made.id or 'общий'}»: {_told(made)}.")
        listed = funds_of(where)
    if json:
        emit([asdict(one) for one in listed])
    elif verb is FundVerb.LIST:
        for one in listed:
            typer.echo(f"{one.id or '-'}\t{one.title}\t{_told(one)}")


def _told(fund: Fund) -> str:
    """Say who reads and who writes."""
    who = ((name, ", ".join("все" if n == "*" else n for n in names) or "никто")
           for name, names in (("читают", fund.readers), ("пишут", fund.editors)))  # fmt: skip
    return "; ".join(f"{verb} {names}" for verb, names in who)


def move(
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ")],
    fund: Annotated[str, typer.Argument(metavar="ФОНД", help="«-» — общий фонд.")],
    library: LibraryOption,
    json: JsonOption = False,
) -> None:
    """Move the file a document stands in, with all its documents and versions, into another fund."""
    id_ = "" if fund == "-" else fund
    with opened(library) as where:
        where.move(document, id_)
    say(f"Переложено в фонд «{fund}».")
    if json:
        emit({"moved": document, "fund": id_})


def erase(
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ")],
    library: LibraryOption,
    yes: Annotated[bool, typer.Option("--yes", help="Не переспрашивать.")] = False,
    json: JsonOption = False,
) -> int:
    """Erase a document for good after asking; earlier backups still hold it."""
    with opened(library) as where:
        question = "Стереть навсегда текст, прежние версии файла и решения о нём? Вернуть будет нельзя."
        if not yes and not typer.confirm(question, default=False, err=True):
            say("Не стёрто.")
            return 1
        where.erase(document)
    say("Стёрто. В прежних резервных копиях текст остаётся: уничтожьте их или сотрите там тоже.")
    if json:
        emit({"erased": document})
    return 0


def audit(
    library: LibraryOption,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="Сколько записей.")] = 100,
    json: JsonOption = False,
) -> None:
    """Print the last notes of the trail, one a line; with --json as JSON lines, the last first."""
    with opened(library) as where:
        notes = where.trail(limit=limit)
    for note in notes:
        said = note.said
        if json:
            sys.stdout.write(json_lines.dumps({"place": note.place, **said}, ensure_ascii=False) + "\n")
        else:
            typer.echo(f"{said['at']}  {said.get('who', '—')}  {said['act']}  {said.get('what', '')}")
    if not notes:
        say("Журнал пуст.")


def _named(value: str, what: str) -> str:
    if not value:
        raise UsageError(f"Не хватает слова {what}. Справка: svod users --help, svod keys --help, svod funds --help")
    return value

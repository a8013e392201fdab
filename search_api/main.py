"""The `svod` command."""

import os
import sys

import typer
from typer.exceptions import TyperException

from corpus.errors import LibraryBusyError, LibraryUnavailableError, QueryError, SvodError, UsageError
from search_api.cli import citing, comparing, dating, files, library, repair, search, serve, versions
from search_api.cli.console import emit, say
from search_api.cli.deciding import doubting, repairing
from search_api.cli.governing import backups, rights
from search_api.cli.russian import speak, told

DONE, FAILED, USAGE, UNAVAILABLE, INTERRUPTED = 0, 1, 2, 3, 130
SUBCOMMANDS = (
    files,
    versions,
    repair,
    search,
    citing,
    dating,
    comparing,
    doubting,
    repairing,
    rights,
    backups,
    library,
    serve,
)

app = typer.Typer(
    name="svod",
    help="Свод: библиотека соглашений с поиском по положениям, сопоставлением и точными ссылками.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command; every expected error ends in one Russian sentence and an exit code, never a traceback.

    With --json the error is a JSON object on standard output too: {"error": {"code", "message"}}.
    """
    for subcommand in SUBCOMMANDS:
        subcommand.register(app)
    try:
        code = speak(typer.main.get_command(app))(standalone_mode=False)
    except BrokenPipeError:
        code = DONE
    except (typer.Abort, KeyboardInterrupt):
        say("Прервано.")
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001  a person sees a sentence; the traceback goes to the log
        code, name, message = failure(error)
        say(message)
        if "--json" in sys.argv:
            emit({"error": {"code": name, "message": message}})
    sys.exit(code if isinstance(code, int) else DONE)


def failure(error: Exception) -> tuple[int, str, str]:
    """Return the exit code, the code for programs and the Russian sentence of an error."""
    if isinstance(error, TyperException):
        return USAGE, "usage", f"Ошибка в команде: {told(error.format_message())} Справка: svod --help"
    if isinstance(error, SvodError):
        usage = isinstance(error, QueryError | UsageError)
        unavailable = isinstance(error, LibraryUnavailableError | LibraryBusyError)
        return USAGE if usage else UNAVAILABLE if unavailable else FAILED, error.code, str(error)
    _log(error)
    message = "Внутренняя ошибка. Повторите команду с переменной SVOD_DEBUG=1 и сообщите разработчикам её вывод."
    return FAILED, "internal", message


def _log(error: Exception) -> None:
    """Write an error nobody expected to the log."""
    import structlog

    from search_api.service import logs

    logs.configure()
    kind = f"{type(error).__name__}: {error}"
    structlog.get_logger().error("unexpected error", exc_info=bool(os.environ.get("SVOD_DEBUG")) and error, kind=kind)

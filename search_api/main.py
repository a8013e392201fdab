"""The `svod` command."""

import os
import sys
from importlib import import_module

import structlog
import typer
from typer.exceptions import TyperException

from corpus.errors import LibraryBusyError, LibraryUnavailableError, QueryError, SvodError
from search_api.console import say
from search_api.russian import speak, told

DONE, FAILED, USAGE, UNAVAILABLE = 0, 1, 2, 3
MODULES = ("files", "repair", "search", "citations", "comparison", "library", "serve")

app = typer.Typer(
    name="svod",
    help="Свод: библиотека соглашений с поиском по положениям, сопоставлением и точными ссылками.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _kind() -> str:
    error = sys.exc_info()[1]
    return f"{type(error).__name__}: {error}"


def main() -> None:
    """Run the command; every expected error ends in one Russian sentence and an exit code, never a traceback."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    for name in MODULES:
        import_module(f"search_api.commands.{name}").register(app)
    try:
        code = speak(typer.main.get_command(app))(standalone_mode=False)
    except TyperException as error:
        say(f"Ошибка в команде: {told(error.format_message())} Справка: svod --help")
        code = USAGE
    except (typer.Abort, KeyboardInterrupt):
        say("Прервано.")
        code = 130
    except QueryError as error:
        say(str(error))
        code = USAGE
    except (LibraryUnavailableError, LibraryBusyError) as error:
        say(str(error))
        code = UNAVAILABLE
    except SvodError as error:
        say(str(error))
        code = FAILED
    except BrokenPipeError:
        code = DONE
    except Exception:  # noqa: BLE001  a person sees a sentence; the traceback goes to the log
        structlog.get_logger().error("unexpected error", exc_info=bool(os.environ.get("SVOD_DEBUG")), kind=_kind())
        say("Внутренняя ошибка. Повторите команду с переменной SVOD_DEBUG=1 и сообщите разработчикам её вывод.")
        code = FAILED
    sys.exit(code if isinstance(code, int) else DONE)

"""The `svod` command."""

import sys
from importlib import import_module

import click
import structlog
import typer

from corpus.errors import LibraryBusyError, LibraryUnavailableError, QueryError, SvodError
from search_api.console import say

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


def main() -> None:
    """Run the command; every expected error ends in one Russian sentence and an exit code, never a traceback."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    for name in MODULES:
        import_module(f"search_api.commands.{name}").register(app)
    try:
        code = app(standalone_mode=False)
    except click.UsageError as error:
        say(f"Ошибка в команде: {error.format_message()} Справка: svod --help")
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
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
        structlog.get_logger().exception("unexpected error")
        say("Внутренняя ошибка. Сообщите о ней, приложив команду и записи журнала выше.")
        code = FAILED
    sys.exit(code if isinstance(code, int) else DONE)

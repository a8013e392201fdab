"""The command line's own words in Russian: the library that reads arguments speaks English."""

import re
from collections.abc import Callable

from typer._click.core import Command, Context

_HELP = (
    ("Usage:", "Использование:"),
    ("Options:", "Параметры:"),
    ("Arguments:", "Аргументы:"),
    ("Commands:", "Команды:"),
    ("[OPTIONS]", "[ПАРАМЕТРЫ]"),
    ("COMMAND [ARGS]...", "КОМАНДА [АРГУМЕНТЫ]…"),
    ("Show this message and exit.", "Показать эту справку."),
    ("[required]", "[обязательно]"),
    ("required]", "обязательно]"),
    ("[default: ", "[по умолчанию: "),
    ("default: ", "по умолчанию: "),
)
# "[env var: X]" may be broken over two lines in the column of explanations.
_VARIABLE = re.compile(r"\benv(?: |(\n\s*))var:")
_ERRORS = (
    (r"Missing argument ['«]?(?P<what>[^'.»]++)['»]?\.?", "Не указан аргумент {what}."),
    (r"Missing option ['«]?(?P<what>[^'.»]++)['»]?\.?", "Не указан параметр {what}."),
    (r"Missing command\.?", "Не указана команда."),
    (r"No such command ['«]?(?P<what>[^'»]++).*+", "Нет такой команды: {what}."),
    (r"No such option:? ['«]?(?P<what>[^\s'»]++).*+", "Нет такого параметра: {what}."),
    (r"Got unexpected extra argument\S{0,2} \((?P<what>.*+)", "Лишний аргумент: {what}."),
    (r"Option ['«]?(?P<what>[^\s'»]++)['»]? requires an argument\.?", "Параметру {what} нужно значение."),
    (r"Option ['«]?(?P<what>[^\s'»]++)['»]? does not take a value\.?", "Параметр {what} не принимает значения."),
    (r"Invalid value for ['«]?(?P<what>[^'»:]++).*+", "Недопустимое значение параметра {what}."),
)


def told(message: str) -> str:
    """Say a usage error in Russian; an unknown one stays as it is.

    >>> told("No such command 'найти'."), told("Missing argument 'ПУТЬ…'.")
    ('Нет такой команды: найти.', 'Не указан аргумент ПУТЬ….')
    """
    for pattern, answer in _ERRORS:
        if match := re.match(pattern, message.strip(), re.DOTALL):
            return answer.format(**{name: value.strip(" .)") for name, value in match.groupdict().items()})
    return message


def speak(command: Command) -> Command:
    """Make a command and its subcommands print their help in Russian; return it."""
    command.get_help = _translated(command.get_help)  # type: ignore[method-assign, assignment]
    for inner in getattr(command, "commands", {}).values():
        speak(inner)
    return command


def _translated(get_help: Callable[[Context], str]) -> Callable[[Context], str]:
    def helped(context: Context) -> str:
        text = get_help(context)
        for english, russian in _HELP:
            text = text.replace(english, russian)
        return _VARIABLE.sub(lambda match: f"{match[1] or ''}переменная:", text)

    return helped

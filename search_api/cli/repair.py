"""`svod repair`: repaired text, and what was repaired and why."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from analyzers.repair import Repaired, repair
from corpus.errors import InputError
from search_api.cli.console import JsonOption, emit, say


def register(app: typer.Typer) -> None:
    """Add the subcommands."""

    @app.command("repair", help="Исправленный текст и что в нём исправлено и почему.")
    def repair_command(
        file: Annotated[str, typer.Argument(help="Файл; «-» или ничего: стандартный ввод.")] = "-",
        as_json: JsonOption = False,
        explain: Annotated[bool, typer.Option("--explain", help="Назвать правило каждой правки.")] = False,
    ) -> None:
        repaired = repair(_decoded(file))
        if as_json:
            emit({"text": repaired.text, "edits": [asdict(e) for e in repaired.edits]})
            return
        sys.stdout.write(repaired.text)
        if explain:
            _explain(repaired)


def _decoded(file: str) -> str:
    """Return the text of a file or of standard input; raise InputError when it cannot be read."""
    if file == "-":
        data, name = sys.stdin.buffer.read(), "стандартный ввод"
    else:
        try:
            data, name = Path(file).read_bytes(), file
        except OSError as error:
            raise InputError(f"{file}: файл не читается ({error.strerror}). Проверьте путь и права.") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        from ingest.parsing import read

        return read(data, name).text


def _explain(repaired: Repaired) -> None:
    for edit in repaired.edits:
        line = repaired.source.count("\n", 0, edit.start) + 1
        was, now = repaired.source[edit.start : edit.end], edit.replacement
        second = f"; иначе: {edit.runner_up}" if edit.runner_up else ""
        say(f"строка {line}: «{was}» → «{now}» [{edit.rule}, {edit.confidence:.2f}{second}]")

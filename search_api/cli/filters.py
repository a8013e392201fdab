"""Options that filter by a field of the search, described once for every command that takes them."""

import inspect
from collections.abc import Callable
from typing import Annotated, ParamSpec, TypeVar

import typer

_P = ParamSpec("_P")
_R = TypeVar("_R")

FILTERS = {
    "type": "акты этого типа (соглашение, протокол…)",
    "party": "акты этой стороны",
    "body": "акты этого органа",
    "place": "совершённые в этом месте",
    "date": "с датой: 2008, 2008..2020, 23.10.2008",
    "document": "этот документ",
    "article": "эта статья",
    "level": "этот уровень (статья, пункт, абзац…)",
    "topic": "эта тема",
    "language": "тексты на этом языке",
    "state": "положения в этом состоянии (действует, изменено, не-действует…)",
    "in_force": "то, что действовало в этот день",
}


def filtered(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Give a command that takes `**filters` an option of each field; what was not given comes as None."""
    signature = inspect.signature(command, eval_str=True)
    own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_option(name, what))
        for name, what in FILTERS.items()
    ]
    command.__signature__ = signature.replace(parameters=[*own, *options])  # type: ignore[attr-defined]
    return command


def _option(name: str, what: str) -> object:
    told = typer.Option(f"--{name.replace('_', '-')}", help=f"Только {what}; можно повторять.", show_default=False)
    return Annotated[list[str] | None, told]

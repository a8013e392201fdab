"""What a child wrote, read back and checked: a value of the stated type through and through, or none."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache, partial
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

from corpus import codec
from corpus.model import Instrument, Provision, SourceFile

_T = TypeVar("_T")


class NoAnswerError(Exception):
    """The bytes are no value of the type."""


def written(value: object) -> bytes:
    """Write a model value for the journey home."""
    return codec.dumps(value).encode("utf-8", "surrogatepass")


def written_file(file: SourceFile) -> bytes:
    """Write a file in pieces, a line each: decoding one large JSON text would hold up the whole service.

    First the file without its acts; then each act without its provisions, and each of its outermost provisions.
    """
    lines = [written(replace(file, instruments=()))]
    for act in file.instruments:
        lines += [written(replace(act, provisions=())), *map(written, act.provisions)]
        lines.append(b"")
    return b"\n".join(lines)


def answered_file(blob: bytes) -> SourceFile:
    """Read a file that `written_file` wrote; raise NoAnswerError."""
    head, *lines = blob.split(b"\n")
    acts: list[Instrument] = []
    rest = iter(lines)
    for line in rest:
        provisions = tuple(answered(Provision, each) for each in iter(partial(next, rest, b""), b""))
        acts.append(replace(answered(Instrument, line), provisions=provisions))
    return replace(answered(SourceFile, head), instruments=tuple(acts))


def answered(kind: type[_T], blob: bytes) -> _T:
    """Read a model value; raise NoAnswerError when any part of it is of another type than the model says."""
    try:
        value: _T = codec.loads(kind, blob.decode("utf-8", "surrogatepass"))
        fits = _check(cast("object", kind))(value)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NoAnswerError from error
    if not fits:
        raise NoAnswerError
    return value


Check = Callable[[object], bool]


@cache
def _check(kind: object) -> Check:
    """Make the check of a type, once."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        checks = [_check(a) for a in args if a is not type(None)]
        return lambda value: value is None or any(check(value) for check in checks)
    if origin is tuple:
        item = _check(args[0])
        return lambda value: type(value) is tuple and all(map(item, value))
    if origin is not None and issubclass(origin, Mapping):
        return lambda value: type(value) is dict  # of JSON values, since it came as JSON
    return _plain(kind) if isinstance(kind, type) else lambda _: True


def _plain(kind: type) -> Check:
    if issubclass(kind, tuple):
        return _parts(kind, tuple(get_type_hints(kind)))
    if is_dataclass(kind):
        return _parts(kind, tuple(field.name for field in fields(kind)))
    if kind is float:
        return lambda value: type(value) in (int, float)
    return lambda value: type(value) is kind


def _parts(kind: type, names: tuple[str, ...]) -> Check:
    # Made when first used: a type may hold itself.
    checks: list[tuple[str, Check]] = []

    def check(value: object) -> bool:
        if not checks:
            hints = get_type_hints(kind)
            checks.extend([(name, _check(hints[name])) for name in names])
        return type(value) is kind and all(fits(getattr(value, name)) for name, fits in checks)

    return check

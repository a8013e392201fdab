"""What a child wrote, read back and checked: a value of the stated type through and through, or none."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from corpus import codec

_T = TypeVar("_T")


class NoAnswerError(Exception):
    """The bytes are no value of the type."""


def answered(kind: type[_T], blob: bytes) -> _T:
    """Read a model value; raise NoAnswerError when any part of it is of another type than the model says."""
    hashable: Any = kind
    try:
        value: _T = codec.loads(kind, blob.decode("utf-8", "surrogatepass"))
        fits = _check(hashable)(value)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NoAnswerError from error
    if not fits:
        raise NoAnswerError
    return value


Check = Callable[[Any], bool]


@cache
def _check(kind: Any) -> Check:
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

    def check(value: Any) -> bool:
        if not checks:
            hints = get_type_hints(kind)
            checks.extend([(name, _check(hints[name])) for name in names])
        return type(value) is kind and all(fits(getattr(value, name)) for name, fits in checks)

    return check

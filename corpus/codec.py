"""The versioned JSON form of the model. Every dataclass is an object of its fields; defaults are left out."""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from corpus.plain import Record

VERSION = 1
"""Raised when a stored value of an older version could no longer be read as it is."""


def to_json(value: object) -> Any:
    """Turn a model value into JSON values (dicts, lists, strings, numbers, null)."""
    if is_dataclass(value) and not isinstance(value, type):
        out = {}
        for field in fields(value):
            item = getattr(value, field.name)
            default = field.default_factory() if field.default_factory is not MISSING else field.default
            if field.init and item != default:
                out[field.name] = to_json(item)
        return out
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    return value


@cache
def _hints(kind: type) -> Record:
    return get_type_hints(kind)


def from_json(kind: Any, value: Any) -> Any:
    """Turn JSON values back into a value of the given type; raise ValueError when they do not fit."""
    return _reader(kind)(value)


Reader = Callable[[Any], Any]


@cache
def _reader(kind: Any) -> Reader:
    """Make the reader of a type, once."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        inner = _reader(next(a for a in args if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _reader(args[0])
        return tuple if item is _same else lambda value: tuple(map(item, value))
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_reader(kind)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return lambda value: kind(*value)
    return kind if isinstance(kind, type) and issubclass(kind, StrEnum) else _same


def _same(value: Any) -> Any:
    return value


def _dataclass_reader(kind: type) -> Reader:
    # Filled when first used: a type may hold itself.
    readers: dict[str, Reader] = {}

    def read(value: Any) -> Any:
        if not readers:
            # In one step, since another thread may be reading too.
            readers.update({f.name: _reader(_hints(kind)[f.name]) for f in fields(kind) if f.init})
        try:
            return kind(**{name: readers[name](item) for name, item in value.items()})
        except (KeyError, AttributeError) as error:
            unknown = sorted(set(value) - set(readers)) if isinstance(value, Mapping) else value
            raise ValueError(f"{kind.__name__}: {unknown}") from error

    return read


def dumps(value: object) -> str:
    """Write a model value as versioned JSON text."""
    return json.dumps({"version": VERSION, "value": to_json(value)}, ensure_ascii=False, separators=(",", ":"))


def loads(kind: Any, text: str) -> Any:
    """Read a model value; raise ValueError when the version is another one or the value does not fit."""
    data = json.loads(text)
    if data.get("version") != VERSION:
        raise ValueError(f"codec version {data.get('version')}, this program reads {VERSION}")
    return from_json(kind, data["value"])

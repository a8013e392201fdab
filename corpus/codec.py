"""The versioned JSON form of the model. Every dataclass is an object of its fields; defaults are left out."""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

VERSION = 1
"""Raised when a stored value of an older version could no longer be read as it is."""


def to_json(value: Any) -> Any:
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
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def from_json(kind: Any, value: Any) -> Any:  # noqa: PLR0911  one return a shape of type
    """Turn JSON values back into a value of the given type; raise ValueError when they do not fit."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return from_json(next(a for a in args if a is not type(None)), value)
    if origin is tuple:
        return tuple(from_json(args[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        known = {f.name for f in fields(kind) if f.init}
        if not isinstance(value, Mapping) or not known.issuperset(value):
            raise ValueError(f"{kind.__name__}: {sorted(set(value) - known) if isinstance(value, Mapping) else value}")
        return kind(**{name: from_json(_hints(kind)[name], item) for name, item in value.items()})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return kind(*value)
    return value


def dumps(value: Any) -> str:
    """Write a model value as versioned JSON text."""
    return json.dumps({"version": VERSION, "value": to_json(value)}, ensure_ascii=False, separators=(",", ":"))


def loads(kind: Any, text: str) -> Any:
    """Read a model value; raise ValueError when the version is another one or the value does not fit."""
    data = json.loads(text)
    if data.get("version") != VERSION:
        raise ValueError(f"codec version {data.get('version')}, this program reads {VERSION}")
    return from_json(kind, data["value"])

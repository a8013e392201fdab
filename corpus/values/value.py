"""A value read out of a provision."""

from dataclasses import dataclass
from typing import Any

from analyzers.spans import Span


@dataclass(frozen=True, slots=True)
class Value:
    """A value read out of a provision: its JSON form, and the words it was read from (`span` in the own text)."""

    name: str
    value: Any
    shown: str
    eid: str
    span: Span

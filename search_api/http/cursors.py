"""Opaque cursors: a place in a list, bound to the question it belongs to."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from search_api.http.problems import ProblemError


def _mark(question: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(question, sort_keys=True, default=str).encode()).hexdigest()[:12]


def write_cursor(question: Mapping[str, Any], after: list[str | int]) -> str:
    """Write a cursor that continues after this key."""
    raw = json.dumps([_mark(question), after], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_cursor(question: Mapping[str, Any], cursor: str) -> list[str | int]:
    """Read a cursor back; raise ProblemError when it is none or belongs to another question.

    >>> read_cursor({"q": 1}, write_cursor({"q": 1}, ["a", 2]))
    ['a', 2]
    """
    try:
        mark, after = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error) as error:
        raise ProblemError("bad-cursor", "Метка страницы испорчена. Начните с первой страницы.") from error
    if mark != _mark(question) or not isinstance(after, list):
        raise ProblemError("bad-cursor", "Метка страницы получена для другого запроса. Начните с первой страницы.")
    return after

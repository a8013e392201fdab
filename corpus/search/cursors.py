"""Opaque cursors: where a page ended. They outlive changes of the library: the last hit is looked for again."""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import QueryError
from corpus.search.answers import SearchOptions

Key = tuple[str, str]
"""Document and eId of a hit."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How many hits came before, and the last of them."""

    offset: int
    last: Key


def fingerprint(query: str, options: SearchOptions) -> str:
    """Return what a cursor must agree with: the query and all that changes the order or the set."""
    filters = [(str(f.name), f.values, f.low, f.high) for f in options.filters]
    told = [
        query, options.sort, options.all_words, options.derivations, options.synonyms, options.topics, options.vectors,
        options.as_typed, filters,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:12]


def write(offset: int, last: Key, mark: str) -> str:
    """Write a cursor."""
    return base64.urlsafe_b64encode(json.dumps([offset, *last, mark]).encode()).decode().rstrip("=")


def read(text: str, mark: str) -> Cursor:
    """Read a cursor; raise QueryError when it is none or belongs to another query."""
    try:
        offset, document, eid, written = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        cursor = Cursor(int(offset), (str(document), str(eid)))
    except (ValueError, TypeError, binascii.Error) as error:
        raise QueryError("Указатель страницы (cursor) не читается. Начните с первой страницы.") from error
    if written != mark or not 0 < cursor.offset <= 1_000_000:
        raise QueryError("Указатель страницы (cursor) от другого запроса. Начните с первой страницы.")
    return cursor


def resume(cursor: Cursor, keys: Sequence[Key]) -> int:
    """Return where the next page begins: after the last hit shown, or at its old place when it is gone."""
    at = cursor.offset - 1
    if at < len(keys) and keys[at] == cursor.last:
        return cursor.offset
    return keys.index(cursor.last) + 1 if cursor.last in keys else min(cursor.offset, len(keys))

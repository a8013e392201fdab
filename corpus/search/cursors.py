"""Opaque cursors: where a page ended. They outlive changes of the list: the last thing shown is looked for again."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.clauses.tree import Field, Node, Not
from corpus.errors import CursorError
from corpus.search.answers import SearchOptions

LONGEST: Final = 1000
"""Characters of a cursor; the longest ids and eIds make one of half as many."""
FARTHEST: Final = 1_000_000
_ID = re.compile(r"[a-z0-9_-]{0,200}+")
_UNREADABLE: Final = "Указатель страницы (cursor) не читается. Начните с первой страницы: повторите запрос без него."

Key = tuple[str, str]
"""Document and eId of the last thing shown; "" for a list of documents."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How many things came before, from 1, and the last of them."""

    offset: int
    last: Key


def fingerprint(query: str, options: SearchOptions) -> str:
    """Return what a cursor of a search must agree with: the query and all that changes the order or the set."""
    filters = [_told(f) for f in options.filters]
    return mark(
        query,
        options.sort,
        options.all_words,
        options.derivations,
        options.synonyms,
        options.topics,
        options.vectors,
        options.prior,
        options.as_typed,
        options.without,
        filters,
    )


def _told(node: Node) -> object:
    """Return what a filter says, without its place in the query."""
    match node:
        case Field(name, values, low, high):
            return str(name), values, low, high
        case Not(part):
            return "not", _told(part)
        case _:
            return repr(node)


def mark(*question: object) -> str:
    """Return what a cursor must agree with: the question it belongs to.

    >>> mark("карта", 1) == mark("карта", 1), mark("карта", 1) == mark("карта", 2)
    (True, False)
    """
    told = json.dumps(question, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def write(offset: int, last: Key, mark: str) -> str:
    """Write a cursor."""
    return base64.urlsafe_b64encode(json.dumps([offset, *last, mark]).encode()).decode().rstrip("=")


def read(text: str, mark: str) -> Cursor:
    """Read a cursor; raise CursorError when it is none or belongs to another question.

    >>> read(write(10, ("law-1", "art_2"), "0a"), "0a")
    Cursor(offset=10, last=('law-1', 'art_2'))
    """
    match _decoded(text):
        case [int(offset), str(document), str(eid), str(written)] if (
            not isinstance(offset, bool) and 0 < offset <= FARTHEST and _ID.fullmatch(document) and _ID.fullmatch(eid)
        ):
            if written != mark:
                raise CursorError("Указатель страницы (cursor) от другого запроса. Начните с первой страницы.")
            return Cursor(offset, (document, eid))
    raise CursorError(_UNREADABLE)


def _decoded(text: str) -> object:
    """Return the JSON value in a cursor; what is none raises CursorError."""
    if len(text) > LONGEST:
        raise CursorError(_UNREADABLE)
    try:
        return json.loads(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True))
    except (ValueError, RecursionError) as error:
        # ValueError: another alphabet, no UTF-8, no JSON, a number of thousands of digits.
        raise CursorError(_UNREADABLE) from error


def resume(cursor: Cursor, keys: Sequence[Key]) -> int:
    """Return where the next page begins: after the last thing shown, or at its old place when it is gone."""
    at = cursor.offset - 1
    if at < len(keys) and keys[at] == cursor.last:
        return cursor.offset
    return keys.index(cursor.last) + 1 if cursor.last in keys else min(cursor.offset, len(keys))

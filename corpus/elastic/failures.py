"""What can go wrong with a cluster, told in our errors: a person reads what to do, and no secret."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.elastic.connection import Connection
from corpus.errors import LibraryUnavailableError, QueryError, SvodError
from corpus.plain import JsonObject

BUSY = frozenset({429, 502, 503, 504})
"""Answers after which the same call may succeed."""


class MissingError(SvodError):
    """An index, alias or record is not there."""

    code = "elastic-missing"


class UnreachableError(LibraryUnavailableError):
    """No node answers, or the cluster is busy: the same call may succeed later."""


class StaleError(SvodError):
    """A record was changed since it was read (optimistic concurrency)."""

    code = "elastic-stale"


class TooLargeError(SvodError):
    """The server takes no request of this size."""

    code = "elastic-large"


class BulkItemError(SvodError):
    """Elasticsearch refused single items of a bulk; `items` are (id, reason)."""

    code = "elastic-refused"

    def __init__(self, items: Sequence[tuple[str, str]]) -> None:
        shown = "; ".join(f"{key}: {reason}" for key, reason in items[:3])
        super().__init__(f"Elasticsearch отклонил записей: {len(items)} ({shown}).")
        self.items = tuple(items)


def reason_of(error: JsonObject) -> str:
    """Return an item's error and what caused it, shortened: the server quotes whole values."""
    told = [str(e.get("reason", "")) for e in (error, error.get("caused_by", {})) if e]
    return "; ".join(f"{reason[:120]}…" if len(reason) > 120 else reason for reason in told if reason)


def unavailable(connection: Connection, reason: str) -> UnreachableError:
    """Tell that no node answers, and why."""
    return UnreachableError(
        f"Elasticsearch недоступен ({connection.shown}): {reason}. Проверьте адрес (и http или https) и что кластер "
        "работает, и повторите."
    )


def untrusted(connection: Connection) -> LibraryUnavailableError:
    """Tell that a node's certificate is not to be trusted, and what to give."""
    return LibraryUnavailableError(
        f"Сертификату Elasticsearch ({connection.shown}) нельзя доверять. Укажите в SVOD_ELASTICSEARCH_CA_FILE "
        "файл (PEM) с сертификатом центра, который его выдал; имя узла в адресе должно стоять в сертификате."
    )


def told(status: int, body: Any, connection: Connection) -> SvodError:  # noqa: PLR0911  one line for each kind of error
    """Turn an error answer into ours."""
    error = body.get("error", {}) if isinstance(body, Mapping) else {}
    kind = str(error.get("type", "")) if isinstance(error, Mapping) else str(error)
    reason = json.dumps(error, ensure_ascii=False)[:2000] if error else str(body)[:300]
    if status in (401, 403):
        return LibraryUnavailableError(
            f"Elasticsearch ({connection.shown}) не принял учётные данные или не даёт прав. Проверьте "
            "SVOD_ELASTICSEARCH_API_KEY либо SVOD_ELASTICSEARCH_USER и SVOD_ELASTICSEARCH_PASSWORD."
        )
    if "too many terms" in reason or "too_many_clauses" in reason or "too_many_nested_clauses" in reason:
        return QueryError("Слишком общий шаблон: слову со звёздочкой отвечает слишком много слов. Добавьте буквы.")
    if status == 409:
        return StaleError("Запись изменена другим процессом.")
    if status == 404:
        return MissingError(f"{kind} {reason[:200]}")
    if status == 413:
        return TooLargeError("Запись больше, чем принимает сервер (http.max_content_length).")
    if status in BUSY:
        return unavailable(connection, f"перегружен или теряет узлы ({status} {kind})")
    return LibraryUnavailableError(f"Elasticsearch ({connection.shown}) ответил ошибкой {status}: {reason[:300]}")

"""States and editions as the public contract has them, the same for the command line and HTTP; days as people write."""

import datetime as dt
import re
from typing import Any

from corpus.lexicon.dates import DATE, iso
from corpus.effects.editions import TextChange, Edition, Unapplied, on_day
from corpus.effects.states import Basis, Life, ActState, Standing, state
from corpus.errors import QueryError
from corpus.model import Document
from search_api.answers.shapes import provision_shape

_NAMES = {
    Standing.DRAFT: "проект", Standing.NOT_IN_FORCE: "не вступил в силу", Standing.IN_FORCE: "действует",
    Standing.AMENDED: "действует с изменениями", Standing.SUSPENDED: "действие приостановлено",
    Standing.TERMINATED: "прекращено", Standing.REPEALED: "утратил силу", Standing.SUPERSEDED: "заменён другим актом",
    Standing.EXPIRED: "срок истёк", Standing.UNKNOWN: "неизвестно, действует ли",
}  # fmt: skip
_DAY = re.compile(DATE)


def named_states(status: Standing) -> str:
    """Return a state in Russian."""
    return _NAMES[status]


def day_of(written: str) -> str:
    """Read a day as ISO or as Russians print it, "" for today; raise QueryError when there is no such day.

    >>> day_of("1 марта 2012 года"), day_of("01.03.2012"), day_of("2012-03-01")
    ('2012-03-01', '2012-03-01', '2012-03-01')
    """
    if not written.strip():
        return dt.date.today().isoformat()  # noqa: DTZ011  the day of the person who asks
    match = _DAY.fullmatch(written.strip().lower())
    day = iso(match) if match else None
    if day is None:
        raise QueryError(f"Нет такого дня: «{written}». Дата пишется так: 2012-03-01, 01.03.2012 или 1 марта 2012 года.")
    return day


def two_days(begin: str, end: str) -> tuple[str, str]:
    """Read two days in order; raise QueryError when the first is after the second."""
    first, last = day_of(begin), day_of(end)
    if first > last:
        raise QueryError(f"Первый день ({first}) позже второго ({last}). Поменяйте их местами.")
    return first, last


def state_shape(told: ActState) -> dict[str, Any]:
    """Shape a state in full."""
    return {
        "document": told.document,
        "on": told.on,
        "status": str(told.status),
        "since": told.since,
        "until": told.until,
        "basis": [_basis(b) for b in told.basis],
        "provisions": [
            {
                "eid": p.eid,
                "status": str(p.status),
                "effects": [{**_basis(b), "from": b.since} for b in p.effects],
            }
            for p in told.provisions
        ],
        "supplements": [{"document": s} for s in told.supplements],
        "unknown": list(told.unknown),
    }


def short_state(told: ActState) -> dict[str, Any]:
    """Shape a state as it stands beside a hit, a target, a document."""
    return {"status": str(told.status), "on": told.on, "since": told.since}


def _basis(basis: Basis) -> dict[str, Any]:
    return {"document": basis.document, "eid": basis.eid, "effect": basis.effect, "text": basis.text}


def edition_shape(edition: Edition) -> dict[str, Any]:
    """Shape an edition without its text."""
    return {
        "from": edition.since,
        "until": edition.until,
        "by": [{"document": b.document, "eid": b.eid} for b in edition.by],
        "complete": edition.complete,
        "unapplied": [_unapplied(u) for u in edition.unapplied],
    }


def _unapplied(left: Unapplied) -> dict[str, Any]:
    return {"document": left.document, "eid": left.eid, "text": left.text, "reason": left.reason}


def difference_shape(found: TextChange) -> dict[str, Any]:
    """Shape what became of a provision."""
    by = {"document": found.by.document, "eid": found.by.eid} if found.by else None
    return {"eid": found.eid, "kind": found.kind, "before": found.before, "after": found.after, "by": by}


def dated_shape(document: Document, life: Life, on: str) -> dict[str, Any]:
    """Shape a document as it stands on a day: its state, and of each provision its words, state and what made them."""
    edition, told = on_day(life.editions, on), state(life, on)
    touched = dict(edition.touched)
    own = {p.eid: p for p in told.provisions}
    whole = Standing.IN_FORCE if told.status is Standing.AMENDED else told.status
    provisions = [
        {
            **provision_shape(p),
            "state": {
                "status": str(own[p.eid].status if p.eid in own else whole),
                "on": on,
                "since": own[p.eid].effects[-1].since if p.eid in own else told.since,
            },
            "by": [{"document": t.by.document, "eid": t.by.eid} for t in touched.get(p.eid, ())],
        }
        for root in edition.provisions
        for p in root.walk()
    ]
    return {
        "id": document.id,
        "source": document.source,
        "instrument": document.place,
        "title": edition.title,
        "type": str(document.instrument.type),
        "date": document.instrument.date,
        "on": on,
        "complete": edition.complete,
        "state": short_state(told),
        "provisions": provisions,
    }

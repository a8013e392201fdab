"""The control document: which generations readers must not see. The one write that changes it is a commit.

Every put of a file makes a generation. Its number is taken from `next` and stands in `pending` while it is written;
the commit takes it out of `pending` and puts its predecessor into `retired`, whose records are removed later. A reader
sees generations below the `next` it read that are in neither, so what a search finds is one moment of the library.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from corpus.elastic.client import Client, Versioned
from corpus.elastic.failures import StaleError
from corpus.errors import LibraryUnavailableError
from corpus.plain import JsonObject, Record

KEY = "control"
PROBE: JsonObject = {"query": {"ids": {"values": [KEY]}}, "size": 1, "track_total_hits": False}
"""A search for the control document: a commit is acknowledged only when searches on every copy see it."""

TRIES = 200

_TERMS = 50_000
"""Numbers one condition takes (Elasticsearch refuses more than 65,536)."""

GRACE = 60.0
"""Seconds after which no reader can still be at work on a view in which a retired generation was visible."""

ABANDONED = 900.0
"""Seconds after which a pending generation has lost its writer."""

WATCH = 86_400.0
"""Seconds an abandoned generation stays hidden, should a stopped writer wake and write on."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A generation being written: when it was begun (seconds of the epoch)."""

    since: float


@dataclass(frozen=True, slots=True)
class Retired:
    """A generation no one sees any more: records go after `since` + GRACE, the number stays hidden until `until`."""

    since: float
    until: float


@dataclass(frozen=True, slots=True)
class Building:
    """An index being built by a reindex, and when its builder last gave sign of life."""

    index: str
    owner: str
    alive: float


@dataclass(frozen=True, slots=True)
class ControlState:
    """What the control document says: `index` is the clauses' index in use."""

    index: str
    next: int = 1
    pending: Mapping[int, Pending] | None = None
    retired: Mapping[int, Retired] | None = None
    building: Building | None = None

    @property
    def targets(self) -> frozenset[str]:
        """Return the indices every clause must be written into."""
        return frozenset({self.index, *([self.building.index] if self.building else [])})

    def begin(self) -> tuple["ControlState", int]:
        """Take a generation number."""
        pending = {**(self.pending or {}), self.next: Pending(time.time())}
        return replace(self, next=self.next + 1, pending=pending), self.next

    def commit(self, gen: int, instead_of: int | None) -> "ControlState":
        """Make a pending generation visible and its predecessor invisible (gen 0: only the latter)."""
        pending = {g: p for g, p in (self.pending or {}).items() if g != gen}
        now = time.time()
        gone = {} if instead_of is None else {instead_of: Retired(now, now + GRACE)}
        return replace(self, pending=pending, retired={**(self.retired or {}), **gone})

    def abandon(self, gen: int, *, watch: float = GRACE) -> "ControlState":
        """Give a pending generation up."""
        if gen not in (self.pending or {}):
            return self
        now = time.time()
        pending = {g: p for g, p in (self.pending or {}).items() if g != gen}
        return replace(self, pending=pending, retired={**(self.retired or {}), gen: Retired(now, now + watch)})

    @property
    def view(self) -> "ControlView":
        """Return what readers of this state see."""
        return ControlView(self.next, tuple(sorted({*(self.pending or {}), *(self.retired or {})})))


@dataclass(frozen=True, slots=True)
class ControlView:
    """One moment of the library: generations below `next` that are not `hidden`, nor `barred` to who asks."""

    next: int
    hidden: tuple[int, ...]
    barred: tuple[int, ...] = ()

    def excluded(self) -> list[JsonObject]:
        """Return what every search must not match: usually nothing does, and then it costs nothing."""
        later: JsonObject = {"range": {"gen": {"gte": self.next}}}
        gens = sorted({*self.hidden, *self.barred})
        return [later, *({"terms": {"gen": gens[at : at + _TERMS]}} for at in range(0, len(gens), _TERMS))]

    def filter(self) -> list[JsonObject]:
        """Return the same as a filter."""
        return [{"bool": {"must_not": self.excluded()}}]

    def same_moment(self, earlier: "ControlView") -> bool:
        """Say whether nothing became visible or invisible since: only generations were begun."""
        begun = set(range(earlier.next, self.next))
        return set(self.hidden) == set(earlier.hidden) | begun

    def shows(self, gen: int) -> bool:
        """Say whether a generation is visible."""
        return gen < self.next and gen not in self.hidden and gen not in self.barred


class Control:
    """Reads and changes the control document."""

    def __init__(self, client: Client, alias: str) -> None:
        self._client = client
        self._alias = alias

    def read(self) -> tuple[ControlState, Versioned]:
        """Read it in real time; raise MissingError where the library was never written."""
        found = self._client.get(self._alias, KEY)
        if found is None:
            return ControlState(""), Versioned({}, -1, -1)
        return _state(found.source["state"]), found

    def create(self, state: ControlState) -> None:
        """Write the first one; another process may have been quicker."""
        try:
            self._client.write(self._alias, KEY, {"state": _json(state)}, None, refresh=True)
        except StaleError:
            return

    def change(
        self, change: Callable[[ControlState], ControlState], done: Callable[[ControlState], bool] | None = None
    ) -> ControlState:
        """Apply a change to whatever the document says, in one write; return what it says then.

        When the cluster does not tell whether the write took place, `done` says so of what is read afterwards.
        """
        unsure = False
        end = time.monotonic() + max(self._client.connection.patience, 1.0)
        for _ in range(TRIES):
            try:
                was, version = self.read()
                if unsure and done and done(was):
                    return was
                now = change(was)
                if now == was:
                    return now
                seen = now.index != was.index or not now.view.same_moment(was.view)
                self._client.write(self._alias, KEY, {"state": _json(now)}, version, refresh=seen)
            except StaleError:
                continue
            except LibraryUnavailableError:
                unsure = True
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
                continue
            return now
        raise LibraryUnavailableError("В библиотеку одновременно пишет слишком много программ. Повторите позже.")


def witnessed(answer: JsonObject) -> ControlState | None:
    """Read the answer to PROBE."""
    hits = answer["hits"]["hits"]
    return _state(hits[0]["_source"]["state"]) if hits else None


def _json(state: ControlState) -> Record:
    building = state.building
    return {
        "next": state.next,
        "index": state.index,
        "pending": {str(g): p.since for g, p in (state.pending or {}).items()},
        "retired": {str(g): [r.since, r.until] for g, r in (state.retired or {}).items()},
        "building": [building.index, building.owner, building.alive] if building else None,
    }


def _state(data: JsonObject) -> ControlState:
    return ControlState(
        index=data["index"],
        next=data["next"],
        pending={int(g): Pending(since) for g, since in data["pending"].items()},
        retired={int(g): Retired(*times) for g, times in data["retired"].items()},
        building=Building(*data["building"]) if data.get("building") else None,
    )

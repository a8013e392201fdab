"""A new clauses' index from the truth while people search and write, and the check of truth and index."""

import os
import socket
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.clauses.clause import clauses
from corpus.elastic import mapping
from corpus.elastic.client import Client
from corpus.elastic.control import Building, Control, ControlState, ControlView
from corpus.elastic.indices import Names, make
from corpus.elastic.store import Store, Stored
from corpus.errors import LibraryBusyError, LibraryUnavailableError, SvodError
from corpus.library import Finding, Progress
from corpus.model import Document
from corpus.plain import JsonObject

ALIVE = 30.0
"""Seconds without sign of life after which another process may take a reindex over."""

Sums = tuple[int, int]
"""Clauses of a generation and the sum of their checksums."""


class Reindexing:
    """Builds, verifies and swaps in a new index; what is done already is kept after a break."""

    def __init__(self, client: Client, names: Names, control: Control, truth: Store) -> None:
        self._client = client
        self._names = names
        self._control = control
        self._truth = truth
        self._owner = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._alive = 0.0

    def run(self, progress: Progress | None = None) -> int:
        """Reindex; return the number of clauses. From `building` on, writers fill both indices."""
        state = self._begin()
        building = state.building
        assert building is not None
        total = self._copied(building.index, state.view, progress)
        self._swap(state, building.index)
        return total

    def _begin(self) -> ControlState:
        """Announce the new index, or take over one whose builder is gone; raise LibraryBusyError."""
        state, _ = self._control.read()
        broken = state.building.index if state.building and mapping.current(state.building.index) else None
        index = broken or self._names.index(mapping.CLAUSES, self._last() + 1)
        # It must be there before a writer that has read the announcement fills it.
        make(self._client, index, mapping.CLAUSES)

        def begin(now: ControlState) -> ControlState:
            building = now.building
            if building and building.owner != self._owner and time.time() - building.alive < ALIVE:
                raise LibraryBusyError("Индекс уже перестраивает другая программа. Повторите, когда она закончит.", 30)
            return replace(now, building=Building(index, self._owner, time.time()))

        self._alive = time.monotonic()
        return self._control.change(begin)

    def _last(self) -> int:
        """Return the highest number an index of the clauses bears."""
        found = self._client.indices(f"{self._names.clauses}-v*")
        return max((self._names.number(i) for i in found if self._names.mine(i, mapping.CLAUSES)), default=0)

    def _living(self, state: ControlState) -> ControlState:
        """Give a sign of life; raise LibraryBusyError when another process has taken over."""
        if not state.building or state.building.owner != self._owner:
            raise LibraryBusyError("Перестройку индекса продолжила другая программа.", 30)
        self._alive = time.monotonic()
        return replace(state, building=replace(state.building, alive=time.time()))

    def _copied(self, index: str, view: ControlView, progress: Progress | None) -> int:
        """Write every file visible at the announcement; later ones their writers put into both indices."""
        files = list(self._truth.files(view))
        self._client.refresh(index)
        present = self._sums(index)
        total = 0
        for number, file in enumerate(files, 1):
            if time.monotonic() - self._alive > ALIVE / 3:
                self._control.change(self._living)
            documents = self._documents(file)
            expected = _sums(documents)
            if present.get(file.gen, (0, 0)) != expected:
                self._client.bulk(_operations(index, file.gen, documents))
            self._truth.retell(file.gen, documents)
            total += expected[0]
            if progress:
                progress(number, len(files))
        self._client.refresh(index)
        self._verify(index, files)
        return total

    def _verify(self, index: str, files: Sequence[Stored]) -> None:
        """Compare counts and checksums of what was copied with the truth; raise LibraryUnavailableError."""
        present = self._sums(index)
        wrong = [f.name for f in files if present.get(f.gen, (0, 0)) != _sums(self._documents(f))]
        if wrong:
            raise LibraryUnavailableError(
                f"Новый индекс не сошёлся с хранилищем в файлах: {', '.join(wrong[:3])} (всего {len(wrong)}). "
                "Прежний индекс работает. Повторите svod reindex."
            )

    def _swap(self, state: ControlState, index: str) -> None:
        """Point readers, then writers at the new index; drop all old ones but the last."""
        alias, old = self._names.clauses, state.index
        held = [name for name, found in self._client.indices(f"{alias}-v*").items() if alias in found["aliases"]]
        remove: list[JsonObject] = [{"remove": {"index": name, "alias": alias}} for name in held if name != index]
        self._client.alias([*remove, {"add": {"index": index, "alias": alias}}])

        def swapped(now: ControlState) -> ControlState:
            if not now.building or now.building.index != index:
                raise LibraryBusyError("Перестройку индекса продолжила другая программа.", 30)
            return replace(now, index=index, building=None)

        self._control.change(swapped, lambda now: now.index == index)
        for name in self._client.indices(f"{alias}-v*"):
            if self._names.mine(name, mapping.CLAUSES) and name not in {index, old}:
                self._client.drop(name)

    def _documents(self, file: Stored) -> list[Document]:
        source = self._truth.source(file.gen)
        if source is None:
            return []
        read = [self._truth.document(file.gen, place) for place in range(len(source.instruments))]
        return [d for d in read if d and d.place not in file.deleted]

    def _sums(self, index: str) -> dict[int, Sums]:
        """Return what an index holds of each generation."""
        out: dict[int, Sums] = {}
        after: JsonObject | None = None
        while True:
            composite: dict[str, object] = {"size": 1000, "sources": [{"gen": {"terms": {"field": "gen"}}}]}
            if after:
                composite["after"] = after
            aggs = {"by": {"composite": composite, "aggs": {"sum": {"sum": {"field": "checksum"}}}}}
            found = self._client.search(index, {"size": 0, "aggs": aggs}, within=30.0)["aggregations"]["by"]
            for b in found["buckets"]:
                out[int(b["key"]["gen"])] = (int(b["doc_count"]), int(b["sum"]["value"]))
            after = found.get("after_key")
            if not after:
                return out

    def check(self, seen: Callable[[], ControlState]) -> Iterator[Finding]:
        """Yield what is wrong between truth, index and control document."""
        state = seen()
        yield from self._pointed(state)
        view = state.view
        present = self._sums(self._names.clauses)
        files = list(self._truth.files(view))
        for file in files:
            yield from self._checked(file, present.get(file.gen, (0, 0)))
        if seen().view != view:
            return
        for gen in sorted(set(present) - {file.gen for file in files}):
            if view.shows(gen):
                yield Finding(
                    "orphan", f"В индексе есть положения без файла (поколение {gen}). Выполните svod reindex."
                )
        for told in (
            Counter(f"имя «{f.name}»" for f in files),
            Counter(f"содержимое {f.sha256}" for f in files if not f.kept),
        ):
            for what, times in told.items():
                if times > 1:
                    yield Finding("twice", f"Файлов, у которых {what}: {times}. Удалите лишние: svod delete.")

    def _pointed(self, state: ControlState) -> Iterator[Finding]:
        found = self._client.indices(f"{self._names.prefix}-*")
        held = [name for name, index in found.items() if self._names.clauses in index["aliases"]]
        if held != [state.index]:
            yield Finding(
                "alias",
                f"Псевдоним {self._names.clauses} указывает на {held}, а не на {state.index}. Выполните svod reindex.",
            )
        if state.building and time.time() - state.building.alive > ALIVE:
            yield Finding("reindex", "Перестройка индекса прервана. Продолжите её: svod reindex.")

    def _checked(self, file: Stored, present: Sums) -> Iterator[Finding]:
        try:
            documents = self._documents(file)
        except (SvodError, ValueError) as error:
            yield Finding("damaged", f"Файл «{file.name}»: {error} Загрузите его снова.")
            return
        if [d.id for d in documents] != list(file.documents):
            yield Finding("incomplete", f"Файл «{file.name}» хранится не целиком. Загрузите его снова.")
        elif present != _sums(documents):
            yield Finding(
                "index", f"Положения файла «{file.name}» в индексе не те, что в хранилище. Выполните svod reindex."
            )
        for document in self._truth.untold(file.gen, documents):
            told = f"Сведения документа «{document.id}» не соответствуют его тексту. Выполните svod reindex."
            yield Finding("summary", told)


def _sums(documents: Sequence[Document]) -> Sums:
    found = [mapping.checksum(clause) for document in documents for clause in clauses(document)]
    return len(found), sum(found)


def _operations(index: str, gen: int, documents: Sequence[Document]) -> Iterator[tuple[JsonObject, JsonObject]]:
    for document in documents:
        for key, record in mapping.entries(gen, document):
            yield {"index": {"_index": index, "_id": key}}, record

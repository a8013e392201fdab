"""Writing: generations of files, commits, and the removal of what no reader sees any more."""

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from corpus.elastic import mapping, store
from corpus.elastic.client import Client
from corpus.elastic.control import ABANDONED, GRACE, WATCH, Control, ControlState, ControlView, Retired
from corpus.elastic.failures import BulkItemError, MissingError
from corpus.elastic.indices import Names, prepare
from corpus.errors import ConflictError, InputError, LibraryBusyError, NotFoundError, SvodError
from corpus.library import KEPT, NOBODY, Origin, Other, Put, PutOutcome
from corpus.metadata.corrections import laid
from corpus.metadata.documents import digest, documents_of
from corpus.metadata.erasing import without
from corpus.metadata.placing import placed, reread
from corpus.model import SourceFile, name_of
from corpus.plain import JsonObject

SWEEP_EVERY = 20.0
"""Seconds between looks for retired generations to remove."""

_REMOVE = 2000
_TRIES = 20
"""Times a write is begun anew when others change the same file."""


class _CorrectedError(Exception):
    """Somebody corrected the file's metadata while it was being written."""


class _OtherError(Exception):
    """Somebody put other bytes under the file's name while it was being written."""


@dataclass(frozen=True, slots=True)
class _Writ:
    """What is to be written: a file, which of its documents are deleted since when, and whence it came.

    `over` says that it may replace other bytes of its name; `instead_of` must still be the visible generation when it
    is committed.
    """

    file: SourceFile
    deleted: Mapping[int, int]
    origin: Origin
    over: bool = True
    instead_of: int | None = None


class Writing:
    """Puts and deletes; every acknowledged one is durable and whole for every reader."""

    def __init__(self, client: Client, names: Names, control: Control, truth: store.Store) -> None:
        self._client = client
        self._names = names
        self._control = control
        self._truth = truth
        self._swept = -SWEEP_EVERY

    def put(self, file: SourceFile, other: Other, origin: Origin) -> PutOutcome:
        """Store a file; see `Library.put`."""
        _encodable(file)
        for _ in range(_TRIES):
            view = self._state().view
            held = partial(self._truth.held, view)
            made = laid(placed(file, other, held, origin.fund), self._truth.corrections())
            own = replace(origin, fund=self._truth.fund(view, made.key, origin.fund))
            settled, *_ = self._settled(view, made, own.fund)
            with suppress(_CorrectedError, _OtherError):
                return settled or self._write(_Writ(made, {}, own, other is Other.VERSION))
        raise _contended(file.name)

    def amend(self, document: str, reading: SourceFile | None = None) -> PutOutcome:
        """Write the file of a document again with its corrections as they are now; see `Library.amend`."""
        for _ in range(_TRIES):
            gen, _, head = self._held(document)
            file = self._truth.source(gen)
            if file is None:
                continue
            made = laid(reread(file, reading), self._truth.corrections())
            if made is file:
                return PutOutcome(Put.UNCHANGED, head.documents)
            with suppress(ConflictError):
                self._write(_Writ(made, head.deleted, head.origin, instead_of=gen))
                return PutOutcome(Put.REPLACED, head.documents)
        raise _contended(document)

    def delete(self, document: str) -> None:
        """Remove a document; raise NotFoundError. Its file is kept while it can be restored."""
        gen, place, head = self._held(document)
        self._again(document, gen, {**head.deleted, place: int(time.time())})

    def restore(self, document: str) -> None:
        """Bring a deleted document back; see `Library.restore`."""
        gen, place, head = self._kept(document)
        _, same = self._truth.known(self._state().view, head.name, head.sha256, head.origin.fund)
        if same:
            raise ConflictError(f"То же содержимое уже загружено под именем «{same.name}»: возвращать нечего.")
        self._again(document, gen, {p: at for p, at in head.deleted.items() if p != place})

    def forget(self, document: str) -> None:
        """Give up a deleted document for good; raise NotFoundError."""
        gen, place, head = self._kept(document)
        deleted = {**head.deleted, place: 1}
        if head.documents or max(deleted.values()) > 1:
            self._again(document, gen, deleted)
        else:
            self._retire(gen)
            self._truth.forget_versions(head.name)
            self.sweep()

    def move(self, document: str, fund: str) -> None:
        """Write the file of a document again in another fund; raise NotFoundError."""
        for _ in range(_TRIES):
            gen, _, head = self._held(document)
            with suppress(ConflictError):
                self._again(document, gen, head.deleted, fund)
                return
        raise _contended(document)

    def erase(self, document: str) -> None:
        """Erase the words of a document from all that is kept; see `Library.erase`."""
        gen, place, head = self._anywhere(document)
        file = self._truth.source(gen)
        if file is None:
            raise _contended(document)
        gone = {**head.deleted, place: 1}
        if len(gone) < len(file.instruments):
            self._write(_Writ(without(file, frozenset({place})), gone, head.origin, instead_of=gen))
        else:
            self._retire(gen)
        self._truth.forget_versions(head.name)
        self._truth.forget_decisions(document)
        state, _ = self._control.read()
        for index in (self._names.store, *state.targets):
            self._remove(index, [gen])
            self._client.merge(index)

    def _anywhere(self, document: str) -> tuple[int, int, store.Stored]:
        """Return the generation, the place and the file of a document, deleted or not; raise NotFoundError."""
        try:
            return self._held(document)
        except NotFoundError:
            return self._kept(document)

    def _held(self, document: str) -> tuple[int, int, store.Stored]:
        """Return the generation, the place and the file of a document; raise NotFoundError."""
        found = self._truth.holder(self._state().view, document)
        head = self._truth.file(found[0]) if found else None
        if found is None or head is None:
            raise NotFoundError(f"Документа «{document}» нет в библиотеке.")
        return (*found, head)

    def _kept(self, document: str) -> tuple[int, int, store.Stored]:
        """Return the generation, the place and the file of a deleted document; raise NotFoundError."""
        for gen, _, told in self._truth.deleted(self._state().view, int(time.time()) - KEPT):
            head = self._truth.file(gen) if told.id == document else None
            if head:
                return gen, told.place, head
        raise NotFoundError(f"Документа «{document}» среди удалённых нет: вернуть его уже нельзя.")

    def _again(self, document: str, gen: int, deleted: Mapping[int, int], fund: str | None = None) -> None:
        """Write the file of a generation again, with these documents deleted and its corrections as they are now.

        It stays in its fund unless another is named.
        """
        file = self._truth.source(gen)
        if file is None:
            raise ConflictError(f"Документ «{document}» сейчас изменяет другая программа. Повторите.")
        head = self._truth.file(gen)
        origin = head.origin if head else NOBODY
        origin = origin if fund is None else replace(origin, fund=fund)
        self._write(_Writ(laid(file, self._truth.corrections()), deleted, origin, instead_of=gen))

    def _retire(self, gen: int) -> None:
        """Hide a generation for good."""
        self._control.change(lambda now: _unchanged(now, gen).commit(0, gen), lambda now: gen in (now.retired or {}))

    def _write(self, writ: _Writ) -> PutOutcome:
        """Write a generation and commit it."""
        taken: list[int] = []

        def begin(state: ControlState) -> ControlState:
            _writable(state)
            now, gen = state.begin()
            taken[:] = [gen]
            return now

        state = self._control.change(begin)
        gen = taken[0]
        try:
            self._fill(gen, writ, state.targets)
            outcome = self._commit(gen, writ, state.targets)
        except BulkItemError as error:
            self._abandon(gen)
            raise InputError(f"Файл «{writ.file.name}» не сохранён. {error}") from error
        except BaseException:
            self._abandon(gen)
            raise
        self.sweep()
        return outcome

    def _fill(self, gen: int, writ: _Writ, targets: frozenset[str], *, truth: bool = True) -> None:
        """Write the records of a generation and make them searchable; no view shows them yet."""

        def operations() -> Iterator[tuple[JsonObject, JsonObject]]:
            if truth:
                table = self._truth.topics()
                for key, record in store.records(gen, writ.file, writ.deleted, writ.origin, table):
                    yield {"index": {"_index": self._names.store, "_id": key, "require_alias": True}}, record
            for document in documents_of(writ.file):
                if document.place in writ.deleted:
                    continue
                for key, record in mapping.entries(gen, document):
                    for index in sorted(targets):
                        yield {"index": {"_index": index, "_id": key}}, record

        self._client.bulk(operations(), refresh=True)

    def _commit(self, gen: int, writ: _Writ, written: frozenset[str]) -> PutOutcome:
        """Make the generation visible in the one write that hides its predecessor.

        Whatever else was committed before is searchable, so a look at the truth under the state that the write
        replaces is exact: the write fails when the state changed meanwhile.
        """
        file = writ.file
        settled: list[PutOutcome] = []

        def commit(now: ControlState) -> ControlState:
            nonlocal written
            settled.clear()
            if gen not in (now.pending or {}):
                raise ConflictError(f"Запись файла «{file.name}» длилась слишком долго и отменена. Повторите.")
            _writable(now)
            if missing := now.targets - written:
                self._fill(gen, writ, missing, truth=False)
                written |= missing
            done, before, stored = self._before(now, writ)
            if done:
                settled.append(done)
                return now.abandon(gen)
            ids = tuple(d.id for d in documents_of(file) if d.place not in writ.deleted)
            settled.append(PutOutcome(stored, ids))
            return now.commit(gen, before)

        def done(now: ControlState) -> bool:
            aside = settled[0].put in {Put.UNCHANGED, Put.DUPLICATE}
            return gen not in (now.pending or {}) and (aside or now.view.shows(gen))

        self._control.change(commit, done)
        return settled[0]

    def _before(self, now: ControlState, writ: _Writ) -> tuple[PutOutcome | None, int | None, Put]:
        """Return what `_settled` does at the moment of the commit, what is replaced kept as a version by then."""
        if writ.instead_of is not None:
            _unchanged(now, writ.instead_of)
            return None, writ.instead_of, Put.REPLACED
        done, before, stored = self._settled(now.view, writ.file, writ.origin.fund)
        if done:
            return done, before, stored
        if laid(writ.file, self._truth.corrections()) is not writ.file:
            raise _CorrectedError
        old = self._truth.file(before) if before is not None else None
        if old and old.sha256 != writ.file.sha256:
            if not (writ.over or old.kept):
                raise _OtherError
            self._truth.archive(old)
        return None, before, stored

    def _settled(self, view: ControlView, file: SourceFile, fund: str) -> tuple[PutOutcome | None, int | None, Put]:
        """Return the answer for a file that needs no writing, the generation a new one replaces, what that then is."""
        named, same = self._truth.known(view, file.key, file.sha256, fund)
        living = named if named and not named.kept else None
        stored = Put.REPLACED if living else Put.STORED
        if living and living.digest == digest(file) and not living.deleted:
            if living.parser != file.parser:
                self._truth.note_parser(living, file.parser)
            return PutOutcome(Put.UNCHANGED, living.documents), living.gen, Put.UNCHANGED
        if same and not (living and living.sha256 == file.sha256):
            return PutOutcome(Put.DUPLICATE, same.documents, name_of(same.name)), None, Put.DUPLICATE
        return None, named.gen if named else None, stored

    def _state(self) -> ControlState:
        """Read the control document, making the library where there is none."""
        try:
            state, _ = self._control.read()
            if state.index:
                return state
        except MissingError:
            pass
        prepare(self._client, self._names, self._control)
        state, _ = self._control.read()
        return state

    def _abandon(self, gen: int) -> None:
        """Give a generation up; when even that fails it stays hidden, and a later sweep removes it."""
        try:
            self._control.change(lambda state: state.abandon(gen, watch=WATCH))
        except SvodError:
            return

    def sweep(self, *, now: bool = False) -> int:
        """Remove retired generations past their grace; return how many. Failing is no error: a later one succeeds."""
        if not now and time.monotonic() - self._swept < SWEEP_EVERY:
            return 0
        self._swept = time.monotonic()
        try:
            state = self._control.change(_forsaken)
            if state.building:
                return 0
            for gone in self._truth.forgotten(state.view, int(time.time()) - KEPT):
                self._retire(gone.gen)
                self._truth.forget_versions(gone.name)
            due = [g for g, r in (state.retired or {}).items() if time.time() - r.since > GRACE]
            if not due:
                return 0
            for index in (self._names.store, state.index):
                self._remove(index, due)
            self._control.change(lambda s: replace(s, retired=_left(s, due)))
        except SvodError:
            return 0
        return len(due)

    def _remove(self, index: str, gens: list[int]) -> None:
        body = {"query": {"terms": {"gen": gens}}, "_source": False, "size": _REMOVE, "track_total_hits": False}
        while hits := self._client.search(index, body, within=10.0)["hits"]["hits"]:
            self._client.bulk(
                (({"delete": {"_index": hit["_index"], "_id": hit["_id"]}}, None) for hit in hits), refresh=True
            )


def _contended(what: str) -> LibraryBusyError:
    return LibraryBusyError(f"«{what}» одновременно изменяют другие программы. Повторите.")


def _writable(state: ControlState) -> None:
    """Refuse to fill an index this program's analysis does not fit; raise LibraryBusyError."""
    if not all(map(mapping.current, state.targets)):
        raise LibraryBusyError(
            "Индекс сделан или перестраивается другой версией программы. Обновите программу или выполните svod reindex."
        )


def _forsaken(state: ControlState) -> ControlState:
    """Retire generations whose writers are lost."""
    for gen, pending in (state.pending or {}).items():
        if time.time() - pending.since > ABANDONED:
            state = state.abandon(gen, watch=WATCH)
    return state


def _left(state: ControlState, due: list[int]) -> dict[int, Retired]:
    now = time.time()
    return {g: r for g, r in (state.retired or {}).items() if g not in due or r.until > now}


def _unchanged(state: ControlState, gen: int) -> ControlState:
    """Return the state if the generation is still visible; raise ConflictError."""
    if not state.view.shows(gen):
        raise ConflictError("Файл изменён другой программой. Повторите.")
    return state


def _encodable(file: SourceFile) -> None:
    try:
        file.text.encode()
        file.name.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"Файл «{file.name!r}» содержит знаки, которых нет в Unicode ({error.reason}); сохраните его в UTF-8."
        ) from error

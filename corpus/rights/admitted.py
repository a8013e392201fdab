"""The library as a person is let into it: the one place where role and fund decide, and where writing is noted."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.clauses.clause import Clause
from corpus.clauses.tree import Node
from corpus.errors import ForbiddenError, NotFoundError, SvodError, absent
from corpus.kept_vectors import KeptVectors
from corpus.library import (
    ERASED,
    NOBODY,
    Deleted,
    Finding,
    Health,
    Library,
    Noted,
    Origin,
    Other,
    Progress,
    Put,
    PutOutcome,
    Recall,
    Statistics,
    StoredFile,
    Summary,
    Version,
)
from corpus.model import Document, SourceFile
from corpus.plain import JsonObject
from corpus.rights.erasures import named, record
from corpus.rights.funds import Rights, fund_named
from corpus.rights.people import Person, UserRole
from corpus.rights.trail import noted, sha

_ADMINS = frozenset({"user", "key", "session", "fund", ERASED})
"""Registers that admins keep."""


class Admitted:
    """Reads what the person may read, as if there were nothing else; writes what the role and the funds allow.

    Without `rights` the person is the owner of the machine, who could read the folder anyhow.
    """

    def __init__(self, whole: Library, person: Person, rights: Rights | None = None) -> None:
        self._whole, self.person, self.rights = whole, person, rights
        self._seen = whole if rights is None else whole.within(rights.reads)

    @property
    def whole(self) -> Library:
        """Return the library with every fund: for what is true whoever asks, never for what is shown."""
        return self._whole.whole

    @property
    def vectors(self) -> KeptVectors:
        """Return the vectors kept beside the clauses that are seen."""
        return self._seen.vectors

    def within(self, funds: frozenset[str]) -> Library:
        """Return a part of what is seen."""
        return self._seen.whole.within(funds if self.rights is None else funds & self.rights.reads)

    # Writing

    def put(self, file: SourceFile, other: Other = Other.VERSION, origin: Origin = NOBODY) -> PutOutcome:
        """Store a file; raise ForbiddenError where the person may not write its fund."""
        self._may_put(origin.fund)
        outcome = self._whole.put(file, other, origin)
        self._note_put(file, outcome)
        return outcome

    def put_many(
        self, files: Iterable[SourceFile], other: Other = Other.VERSION, origin: Origin = NOBODY
    ) -> Iterator[PutOutcome | SvodError]:
        """Store files; raise ForbiddenError where the person may not write their fund."""
        self._may_put(origin.fund)
        waiting: list[SourceFile] = []

        def given() -> Iterator[SourceFile]:
            for file in files:
                waiting.append(file)
                yield file

        for outcome in self._whole.put_many(given(), other, origin):
            file = waiting.pop(0)
            if isinstance(outcome, PutOutcome):
                self._note_put(file, outcome)
            yield outcome

    def _may_put(self, fund: str) -> None:
        self.person.must(UserRole.EDITOR)
        if self.rights and fund not in self.rights.writes:
            if fund in self.rights.reads:
                raise ForbiddenError(f"Фонд «{fund or 'общий'}» вам открыт только для чтения.")
            raise NotFoundError(f"Фонда «{fund[:60]}» нет. Список: svod funds")
        if fund:
            fund_named(self._whole, fund)

    def _note_put(self, file: SourceFile, outcome: PutOutcome) -> None:
        if outcome.put in {Put.STORED, Put.REPLACED}:
            noted(self._whole, self.person, "put", " ".join(outcome.documents), after=file.sha256)

    def _writes(self, document: str, fund: str | None = None) -> Library:
        """Return the library to write a document of; raise NotFoundError or ForbiddenError."""
        fund = self._seen.versions(document)[-1].origin.fund if fund is None else fund
        self._may_put(fund)
        return self._whole

    def _deletes(self, document: str) -> Library:
        """Return the library to bring back or give up a deleted document of; raise as for one that is not kept."""
        self.person.must(UserRole.EDITOR)
        if self.rights and not any(d.summary.id == document for d in self._writable.deleted()):
            raise NotFoundError(f"Документа «{document}» среди удалённых нет: вернуть его уже нельзя.")
        return self._whole

    @property
    def _writable(self) -> Library:
        return self._seen if self.rights is None else self._seen.whole.within(self.rights.writes)

    def delete(self, document: str) -> None:
        """Remove a document that the person sees and may write."""
        library = self._writes(document)
        before = self._seen.versions(document)[-1].sha256
        library.delete(document)
        noted(self._whole, self.person, "delete", document, before=before)

    def restore(self, document: str) -> None:
        """Bring a deleted document back."""
        self._deletes(document).restore(document)
        noted(self._whole, self.person, "restore", document)

    def amend(self, document: str, reading: SourceFile | None = None) -> PutOutcome:
        """Write the file of a document again with its corrections."""
        return self._writes(document).amend(document, reading)

    def forget(self, document: str) -> None:
        """Give up a deleted document for good."""
        self._deletes(document).forget(document)
        noted(self._whole, self.person, "forget", document)

    def erase(self, *documents: str) -> None:
        """Erase documents for good; an admin's, and the record of it tells neither words nor names."""
        self.person.must(UserRole.ADMIN)
        known = {s.id for s in (*self.documents(), *(d.summary for d in self.deleted()))}
        for document in documents:
            if document not in known:
                raise absent(document)
            record(self._whole, document, self.person)  # before: a restore then erases what a kill here leaves
        self._whole.erase(*documents)
        for document in documents:
            noted(self._whole, self.person, "erase", named(document))

    def move(self, document: str, fund: str) -> None:
        """Put a document's file into another fund; both must be the person's to write."""
        self._may_put(fund)
        self._writes(document).move(document, fund)
        noted(self._whole, self.person, "move", document, fund=fund or "*")

    def decide(self, decision: JsonObject) -> None:
        """Store a decision on documents the person may write; raise as for documents that are not there."""
        self.person.must(UserRole.EDITOR)
        key = str(decision["key"])
        before = next(iter(self._whole.decisions([key])), None)
        if before is None and decision.get("deleted"):
            return
        if not all(self._sees(one) for one in (before, decision) if one):
            if decision.get("deleted"):  # as for one that is not there
                return
            raise NotFoundError("В библиотеке нет документа, о котором это решение.")
        self._may_decide(key)
        self._whole.decide(decision)
        gone = bool(decision.get("deleted"))
        noted(
            self._whole, self.person, "withdraw" if gone else "decide", key, before=sha(before),
            after="" if gone else sha(decision),
        )  # fmt: skip

    def _may_decide(self, key: str) -> None:
        """Raise ForbiddenError unless the person may write every document of its key; evidence is read alone."""
        if self.rights is None:
            return
        for document in sorted(_ids(self._seen).intersection(key.split(":"))):
            self._writes(document)

    def reindex(self, progress: Progress | None = None) -> int:
        """Rebuild the index."""
        self.person.must(UserRole.ADMIN)
        noted(self._whole, self.person, "reindex")
        self._whole.reindex(progress)
        return self._seen.health().clauses

    def register(self, kind: str, key: str, entry: JsonObject | None) -> None:
        """Write an entry of a register: an admin any, whoever is signed in an end of own sessions."""
        if kind != "session" or entry is not None:
            self.person.must(UserRole.ADMIN)
        self._whole.register(kind, key, entry)
        noted(self._whole, self.person, f"{kind}-{'removed' if entry is None else 'set'}", key)

    def note(self, said: Mapping[str, str]) -> None:
        """Add to the trail."""
        self._whole.note(said)

    # Reading

    def _sees(self, decision: JsonObject) -> bool:
        """Say whether the person may read every document a decision names."""
        return self.rights is None or self._named(decision, _ids(self._whole)) <= _ids(self._seen)

    @staticmethod
    def _named(decision: JsonObject, known: frozenset[str]) -> frozenset[str]:
        """Return the documents a decision names; one that is withdrawn names them in its key alone."""
        named = {str(decision[name]) for name in ("document", "other") if decision.get(name)}
        named |= {str(anchor).partition(":")[0] for anchor in decision.get("anchors", ())}
        named |= {place.rpartition(":")[0] for place in decision.get("hashes", ())} - {""}
        return frozenset(named or known.intersection(str(decision["key"]).split(":")))

    def decisions(self, keys: Sequence[str] | None = None) -> Sequence[JsonObject]:
        """Return the decisions on documents the person may read."""
        found = self._whole.decisions(keys)
        if self.rights is None:
            return found
        known, mine = _ids(self._whole), _ids(self._seen)
        return [decision for decision in found if self._named(decision, known) <= mine]

    def registered(self, *kinds: str) -> Sequence[JsonObject]:
        """Return entries of registers; those of admins to admins alone."""
        if _ADMINS.intersection(kinds):
            self.person.must(UserRole.ADMIN)
        return self._whole.registered(*kinds)

    def trail(self, before: str = "", limit: int = 100) -> Sequence[Noted]:
        """Return notes of the trail, to admins; what was touched is left out where it is not the admin's to see."""
        self.person.must(UserRole.ADMIN)
        found = self._whole.trail(before, limit)
        if self.rights is None:
            return found
        mine = _ids(self._seen) | {d.summary.id for d in self._seen.deleted()}
        return [
            note if _mentioned(note.said) <= mine else Noted(note.place, _without_what(note.said)) for note in found
        ]

    def get(self, document: str) -> Document:
        """Return a document."""
        return self._seen.get(document)

    def read(self, documents: Sequence[str]) -> Mapping[str, Document]:
        """Return by id those of the documents that are there and seen."""
        return self._seen.read(documents)

    def source(self, document: str) -> SourceFile:
        """Return the file a document stands in."""
        return self._seen.source(document)

    def generations(self) -> Mapping[str, int]:
        """Return by document a number that is another one once its file was written anew."""
        return self._seen.generations()

    def moment(self) -> str:
        """Return a name of the library as it stands now."""
        return self._seen.moment()

    def cells(self, documents: Sequence[str] | None = None) -> Mapping[str, str]:
        """Return the cells kept beside documents."""
        return self._seen.cells(documents)

    def keep_cells(self, cells: Mapping[str, str]) -> None:
        """Keep other cells beside documents: derived from them, so that reading them may do so."""
        self._seen.keep_cells(cells)

    def files(self) -> Sequence[StoredFile]:
        """Return all files."""
        return self._seen.files()

    def documents(self) -> Sequence[Summary]:
        """Return all documents."""
        return self._seen.documents()

    def versions(self, document: str) -> Sequence[Version]:
        """Return the versions of a document's file."""
        return self._seen.versions(document)

    def version(self, document: str, number: int) -> SourceFile:
        """Return a version of a document's file."""
        return self._seen.version(document, number)

    def deleted(self) -> Sequence[Deleted]:
        """Return the deleted documents that can be brought back."""
        return self._seen.deleted()

    def recall(self, query: Node, limit: int) -> Recall:
        """Return the clauses that match."""
        return self._seen.recall(query, limit)

    def clauses(self, keys: Sequence[tuple[str, str]]) -> Sequence[Clause]:
        """Return clauses by key."""
        return self._seen.clauses(keys)

    def counts(self, query: Node, fields: Sequence[str], size: int) -> Mapping[str, Mapping[str, int]]:
        """Count matching clauses by value."""
        return self._seen.counts(query, fields, size)

    def statistics(self, lemmas: Sequence[str], within: Node | None = None) -> Statistics:
        """Return the figures BM25 needs."""
        return self._seen.statistics(lemmas, within)

    def terms(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """Return forms that begin so."""
        return self._seen.terms(prefix, limit)

    def check(self) -> Sequence[Finding]:
        """Verify the library: findings name documents, so an admin of limited rights asks on the machine itself."""
        if self.rights is not None:
            raise ForbiddenError("Проверка называет документы всех фондов: выполните svod check на самой машине.")
        return self._whole.check()

    def health(self) -> Health:
        """Say whether the library answers, and how much of it the person sees."""
        return self._seen.health()

    def close(self) -> None:
        """Let go of files and connections."""
        self._whole.close()


def _ids(library: Library) -> frozenset[str]:
    return frozenset(summary.id for summary in library.documents())


_DOCUMENT = re.compile(r"[a-z]{1,30}-(?:undated|[0-9]{4}-[0-9]{2}-[0-9]{2})-[a-z0-9-]{1,80}")
"""An id, as it stands in what a note names: alone, among others, inside the key of a decision."""


def _mentioned(said: Mapping[str, str]) -> frozenset[str]:
    """Return the documents a note names."""
    return frozenset(part for part in re.split("[ :]", said.get("what", "")) if _DOCUMENT.fullmatch(part))


def _without_what(said: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in said.items() if name in {"at", "who", "act", "via", "request"}}

"""Copying a whole library, decisions included: moving, backing up, verifying."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analyzers import embedding
from corpus import codec
from corpus.errors import ConflictError
from corpus.kept_vectors import KeptVector, batches
from corpus.library import ERASED, Library, Other, Progress, Put, StoredFile, Summary
from corpus.plain import JsonObject

VECTORS = 500
"""Clauses whose vectors are copied in one step."""
COPIED = ("user", "fund", ERASED)
"""Registers that are copied: who there is, what they may read, what was erased; keys and sessions are not."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How many files, documents and decisions were copied, and the digest both libraries now have."""

    files: int
    documents: int
    decisions: int
    digest: str


def copy(source: Library, target: Library, progress: Progress | None = None) -> Copied:
    """Copy a library into an empty one, or one that holds only what the source holds; then compare their digests.

    It may be repeated after a break: what is there already stays. Raise ConflictError when the target holds other
    things, or when the two differ in the end.
    """
    documents = source.documents()
    _only_from(documents, target)
    decisions = source.decisions()
    for decision in decisions:  # before the files, which bear what was corrected
        target.decide(decision)
    for entry in source.registered(*COPIED):
        target.register(str(entry["register"]), str(entry["key"]), entry)
    files = [stored for stored in source.files() if stored.documents]
    held = {stored.key: stored.documents for stored in target.files()}
    for number, stored in enumerate(files, 1):
        _copy_file(source, target, stored, held.get(stored.key, ()))
        if progress:
            progress(number, len(files))
    _copy_vectors(source, target)
    told = digest(source)
    if digest(target) != told:
        raise ConflictError("Копия не совпала с исходной библиотекой: её изменили во время копирования. Повторите.")
    return Copied(len(files), len(documents), len(decisions), told)


def _copy_file(source: Library, target: Library, stored: StoredFile, there: tuple[str, ...]) -> None:
    """Put the versions of a file the target does not have yet, the first put first; `there` are its documents there."""
    first = stored.documents[0]
    known = len(target.versions(there[0])) if there else 0
    for version in source.versions(first)[known:]:
        fund = target.versions(there[0])[-1].origin.fund if there else version.origin.fund
        origin = replace(version.origin, fund=fund)
        outcome = target.put(source.version(first, version.number), Other.VERSION, origin)
        if outcome.put is Put.DUPLICATE:
            raise ConflictError(
                f"Содержимое файла «{stored.name}» уже лежит в приёмнике под именем «{outcome.stored_as}»."
            )
        there = outcome.documents
        if fund != version.origin.fund:
            target.move(there[0], version.origin.fund)
    for document in set(there).difference(stored.documents):
        target.delete(document)


def _copy_vectors(source: Library, target: Library) -> None:
    """Keep for the target's clauses the vectors the source has of what they say."""
    if not source.vectors.share()[0]:
        return
    for batch in batches(target.whole.vectors.missing(), VECTORS):
        keys = {clause.place: embedding.key(clause.text) for clause in batch}
        held = source.vectors.held(list(keys.values()))
        found = [KeptVector(place, key, held[key]) for place, key in keys.items() if key in held]
        target.whole.vectors.keep(found)


def digest(library: Library) -> str:
    """Return a SHA-256 over all documents, the files they stand in with their versions, and all decisions."""
    total = hashlib.sha256()
    for line in _lines(library):
        total.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return total.hexdigest()


def _lines(library: Library) -> Iterator[str]:
    """Yield a line for each file, document and decision; one file at a time is held in memory."""
    seen = ""
    for summary in library.documents():
        if summary.source != seen:
            seen = summary.source
            yield codec.dumps(library.source(summary.id))
            yield codec.dumps(library.versions(summary.id))
        yield f"{summary.id} {codec.dumps(library.get(summary.id))}"
    yield from sorted(_sorted_json(decision) for decision in library.decisions())


def _sorted_json(value: JsonObject) -> str:
    return json.dumps(dict(value), ensure_ascii=False, sort_keys=True)


def _only_from(documents: Sequence[Summary], target: Library) -> None:
    """Refuse a target that holds files the source does not."""
    own = {summary.source for summary in documents}
    others = sorted({summary.source for summary in target.documents()} - own)
    if others:
        raise ConflictError(
            f"В приёмнике есть другие файлы: «{others[0]}» (всего {len(others)}). Копируйте в новую библиотеку."
        )

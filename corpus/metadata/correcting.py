"""A person corrects a document's metadata, withdraws a correction; and corrections a crash kept from being applied."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from corpus.errors import InputError, NotFoundError, SvodError
from corpus.library import Finding, Library
from corpus.metadata.correctable import FIELDS, validated, written
from corpus.metadata.corrections import StoredCorrection, all_stored, as_read, key, laid
from corpus.model import Document

NOTE_LIMIT = 4000


def correct(library: Library, document: str, field: str, given: Sequence[str], author: str, note: str = "") -> Document:
    """Put a person's value (texts as typed, none to empty the field) in place of what was read; it wins from now on.

    Raise NotFoundError, or InputError saying what the field takes.
    """
    return correct_all(library, document, {field: given}, author, note)


def correct_all(
    library: Library, document: str, given: Mapping[str, Sequence[str]], author: str, note: str = ""
) -> Document:
    """Correct several fields at once, all or none; raise as `correct` does."""
    values = {field: validated(field, texts) for field, texts in given.items()}
    if len(note) > NOTE_LIMIT:
        raise InputError(f"Примечание длиннее {NOTE_LIMIT} знаков.")
    whole = library.get(document)
    act, file = as_read(whole.instrument), library.source(document)
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    made = [
        StoredCorrection(
            key=key(document, field),
            document=document,
            source=file.key,
            place=whole.place,
            sha256=file.sha256,
            field=field,
            value=value,
            read=written(getattr(act, field)),
            author=author,
            time=now,
            note=note,
        )
        for field, value in values.items()
    ]
    _apply(library, document, made)
    return library.get(document)


def withdraw(library: Library, document: str, field: str) -> Document:
    """Put back what was read; raise NotFoundError when the field was not corrected."""
    mine = corrected(library, document, field)
    # First said to be withdrawn, then applied, then forgotten: a crash in between leaves what `check` can see.
    _apply(library, document, [replace(one, value=None) for one in mine])
    for one in mine:
        library.decide({"key": one.key, "deleted": True})
    return library.get(document)


def corrected(library: Library, document: str, field: str) -> list[StoredCorrection]:
    """Return the corrections of a document's field that stand; raise NotFoundError when it was not corrected."""
    if field not in FIELDS:
        raise NotFoundError(f"Поля «{field}» нет или его не исправляют. Поля: {', '.join(FIELDS)}.")
    whole, file = library.get(document), library.source(document)
    mine = [s for s in all_stored(library.decisions()) if s.field == field and s.belongs(document, file, whole.place)]
    if not mine:
        raise NotFoundError(f"Поле «{FIELDS[field].name}» в этом документе не исправляли: отменять нечего.")
    return mine


def renew(library: Library, correction: StoredCorrection) -> Document:
    """Put a withdrawn correction in force again as it was made; raise NotFoundError."""
    _apply(library, correction.document, [correction])
    return library.get(correction.document)


def _apply(library: Library, document: str, corrections: Sequence[StoredCorrection]) -> None:
    """Store corrections and write the document with them; when that fails, as it does while others write, undo it."""
    before = {s.key: s for s in all_stored(library.decisions([one.key for one in corrections]))}
    for one in corrections:
        library.decide(one.decision())
    try:
        library.amend(document)
    except SvodError:
        for one in corrections:
            library.decide(before.get(one.key, replace(one, value=None)).decision())
        raise


def mend(library: Library) -> int:
    """Apply what was stored and not applied; return how many documents were mended."""
    documents = _unapplied(library)
    for document in documents:
        library.amend(document)
    return len(documents)


def findings(library: Library) -> Iterator[Finding]:
    """Yield a finding for each document that does not bear the corrections stored for it."""
    for document in _unapplied(library):
        yield Finding(
            "correction",
            f"Исправления сведений документа «{document}» сохранены, но не применены. Примените их: svod reindex.",
        )


def _unapplied(library: Library) -> list[str]:
    """Return a document of each file that does not bear what is stored for it."""
    corrections = list(all_stored(library.decisions()))
    if not corrections:
        return []
    ids, places = {s.document for s in corrections}, {s.source for s in corrections}
    concerned = {s.source: s.id for s in library.documents() if s.id in ids or s.source in places}
    out = []
    for document in concerned.values():
        file = library.source(document)
        if laid(file, corrections) is not file:
            out.append(document)
    return out

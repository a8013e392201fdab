"""A copy of a folder's truth while it is written, and a library from such a copy."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from corpus.errors import ConflictError, InputError, LibraryUnavailableError, NotFoundError
from corpus.library import ERASED
from corpus.local.migrations import FORMAT, RIGHTS, format_of
from corpus.local.records import read_entry
from corpus.local.store import explained
from corpus.plain import JsonObject

TRUTH: Final = "truth.sqlite"
TOLD: Final = "backup.json"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy: when it was made (ISO 8601, UTC), the format of the truth, its bytes' SHA-256, how many documents."""

    made: str
    format: int
    sha256: str
    documents: int


def back_up(folder: Path, to: Path) -> Backup:
    """Copy a library's truth, as it stands at one moment, into a new folder; raise ConflictError for a full one.

    The index is left out: it follows from the truth.
    """
    if not (folder / TRUTH).is_file():
        raise NotFoundError(f"В «{folder}» нет библиотеки, которую копировать. Проверьте --library.")
    if to.exists() and any(to.iterdir()):
        raise ConflictError(f"Папка «{to}» не пуста. Назовите новую: копия никогда не ложится поверх другой.")
    with explained(to):
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = to / f"{TRUTH}.part"
        with (
            closing(sqlite3.connect(f"file:{folder / TRUTH}?mode=ro", uri=True)) as truth,
            closing(sqlite3.connect(part)) as copy,
        ):
            part.chmod(0o600)
            # In one step, under a reader's lock: every page is of the same moment, whatever is written meanwhile.
            truth.backup(copy, pages=-1)
            copy.execute("DELETE FROM registers WHERE register IN ('session', 'job')")
            copy.commit()
            copy.execute("PRAGMA journal_mode = DELETE")
            (number,) = copy.execute("SELECT count(*) FROM shown").fetchone()
            format_ = format_of(copy)
        told = Backup(datetime.now(UTC).isoformat(timespec="seconds"), format_, _sha256(part), number)
        part.rename(to / TRUTH)
        (to / TOLD).write_text(json.dumps({name: getattr(told, name) for name in Backup.__slots__}), "utf-8")
        (to / TOLD).chmod(0o600)
    return told


def must_be_empty(to: Path) -> None:
    """Raise ConflictError for a folder that holds something: nothing is restored over anything."""
    if to.exists() and any(to.iterdir()):
        raise ConflictError(f"В «{to}» уже что-то есть. Восстанавливают в новую папку; прежнюю уберите сами.")


def restored(source: Path, to: Path) -> Backup:
    """Lay a copy down as a library's truth in a new folder; raise before anything is touched when it is not sound.

    Raise ConflictError for a folder that holds something, InputError for a damaged copy, LibraryUnavailableError for
    one of a newer program.
    """
    told = read(source)
    must_be_empty(to)
    with explained(to):
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = to / f"{TRUTH}.part"
        shutil.copyfile(source / TRUTH, part)
        part.chmod(0o600)
        part.rename(to / TRUTH)
    return told


def read(source: Path) -> Backup:
    """Read what a copy tells of itself and verify its bytes; raise as `restored` does."""
    try:
        told = Backup(**json.loads((source / TOLD).read_text("utf-8")))
        found = _sha256(source / TRUTH)
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"«{source}» — не резервная копия Свода: нет {TOLD} или {TRUTH}.") from error
    if told.format > FORMAT:
        raise LibraryUnavailableError(
            f"Копия «{source}» сделана более новой версией программы (формат {told.format}, эта читает до {FORMAT}). "
            "Обновите программу; ничего не тронуто."
        )
    if found != told.sha256:
        raise InputError(f"Копия «{source}» повреждена: байты {TRUTH} не те, что были записаны. Возьмите другую.")
    return told


def erased_in(folder: Path) -> list[JsonObject]:
    """Read what a library's folder, or a copy of one, lists as erased; nothing of it is opened or written.

    Raise InputError when it cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"file:{folder / TRUTH}?mode=ro", uri=True)) as truth:
            if format_of(truth) < RIGHTS:
                return []
            found = truth.execute("SELECT value FROM registers WHERE register = ?", (ERASED,)).fetchall()
            return [read_entry(value) for (value,) in found]
    except (sqlite3.Error, LibraryUnavailableError) as error:
        raise InputError(
            f"Список стёртого в «{folder}» не читается ({error}). Назовите другую копию или файл, который записала "
            "команда svod erased --json."
        ) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Making the vectors a library lacks, for `svod[semantic]`: in the background of a service, or by `svod embed`."""

import time
import uuid
from collections.abc import Callable
from typing import Final

from analyzers import embedding
from corpus.errors import LibraryBusyError
from corpus.kept_vectors import KeptVector, Unembedded, batches
from corpus.library import Library, Progress

BATCH: Final = 16
"""Clauses whose vectors are kept in one step: a second's work, all that a break loses."""
LEASE: Final = 60.0
"""Seconds after its last sign of life at which another process may go on with the work of one that is gone."""
_REGISTER: Final = "embedding"


def fill(library: Library, progress: Progress | None = None, stopped: Callable[[], bool] = lambda: False) -> int:
    """Make the missing vectors until `stopped`; return how many clauses got theirs.

    One process at a time works at a library: raise LibraryBusyError while another does. What a break leaves undone is
    missing still, so the next call goes on there. A text said twice, or before its file was replaced, is read once.
    """
    whole, owner = library.whole, uuid.uuid4().hex
    have, every = whole.vectors.share()
    done = 0
    _lease(whole, owner)
    try:
        for batch in batches(whole.vectors.missing(), BATCH):
            _lease(whole, owner)
            made = _made(whole, batch, stopped)
            whole.vectors.keep(made)
            done += len(made)
            if progress:
                progress(min(have + done, every), every)
            if stopped():
                return done
        whole.vectors.drop_orphans()
    finally:
        if [e for e in whole.registered(_REGISTER) if e["owner"] == owner]:
            whole.register(_REGISTER, _REGISTER, None)
    return done


def told(library: Library) -> str:
    """Say in Russian how far a library's vectors are, or why there are none."""
    if not embedding.available():
        return f"пословный поиск; {lacking()}"
    have, every = library.vectors.share()
    return f"векторы: {have} из {every} положений"


def lacking() -> str:
    """Say in Russian what vectors cannot be made without."""
    return "процессору не хватает AVX2" if embedding.installed() else "пакет svod[semantic] не установлен"


def _made(library: Library, batch: list[Unembedded], stopped: Callable[[], bool]) -> list[KeptVector]:
    """Embed a batch, or what of it there is time for."""
    keys = [embedding.key(one.text) for one in batch]
    known = dict(library.vectors.held(keys))
    made = []
    for one, key in zip(batch, keys, strict=True):
        if key not in known:
            if stopped():
                break
            known[key] = embedding.passage(one.text)
        made.append(KeptVector(one.place, key, known[key]))
    return made


def _lease(library: Library, owner: str) -> None:
    """Say that this process works at the vectors; raise LibraryBusyError where another one does.

    Two that ask in the same instant may both begin: they make the same vectors, and one stops at its next batch.
    """
    for entry in library.registered(_REGISTER):
        if entry["owner"] != owner and float(entry["until"]) > time.time():
            raise LibraryBusyError("Векторы этой библиотеки сейчас считает другой процесс Свода.", int(LEASE))
    library.register(_REGISTER, _REGISTER, {"owner": owner, "until": time.time() + LEASE})

"""Under which key a file is stored when another one of its name is there."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.errors import ConflictError, InputError, OtherBytesError
from corpus.library import Origin, Other
from corpus.model import SourceFile


@dataclass(frozen=True, slots=True)
class Held:
    """What a library holds under a key."""

    sha256: str
    origin: Origin


def placed(file: SourceFile, other: Other, held: Callable[[str], Held | None], fund: str = "") -> SourceFile:
    """Return the file with the key it is to be stored under in a fund; `held` tells what is stored and not deleted.

    What another fund holds under the same key is passed by without a word. Raise OtherBytesError when the name is
    taken by other bytes and `other` is REFUSE.
    """
    aside = replace(file, beside=True)
    there = held(aside.key)
    if file.beside or (there and there.origin.fund == fund):
        return aside
    own = held(file.key)
    if own and own.origin.fund != fund:
        if there:
            raise InputError(f"Файл «{file.name}» не сохранён: переименуйте его и загрузите снова.")
        return aside
    if own is None or own.sha256 == file.sha256 or other is Other.VERSION:
        return file
    if other is Other.BESIDE:
        return aside
    raise OtherBytesError(
        f"Файл «{file.name}» не сохранён: под этим именем уже есть файл с другим содержимым{_told(own.origin)}. "
        f"Там {own.sha256[:12]}, здесь {file.sha256[:12]}. Сохраните его новой версией (--new-version; прежняя "
        "останется в «svod versions») или рядом, отдельным документом (--beside)."
    )


def reread(file: SourceFile, reading: SourceFile | None) -> SourceFile:
    """Return another reading of a stored file, the file itself where it says the same or there is none.

    Raise ConflictError when it is of other bytes.
    """
    if reading is None or reading == file:
        return file
    if (reading.key, reading.sha256) != (file.key, file.sha256):
        raise ConflictError(f"Файл «{file.name}» с тех пор заменён другой версией. Повторите.")
    return reading


def _told(origin: Origin) -> str:
    said = [f"загрузил {origin.author}" if origin.author else "", origin.at[:10]]
    return f" ({', '.join(filter(None, said))})" if any(said) else ""

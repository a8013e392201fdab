from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputError


@dataclass(frozen=True, slots=True)
class Listed:
    """A file to ingest and its source name; `problem` is set where a path cannot give a file."""

    path: Path
    name: str
    problem: str | None = None


def listed(paths: Iterable[Path]) -> Iterator[Listed]:
    """List files and the files of folders, folders in order of name.

    The name of a file inside a folder is its path relative to the folder, with the folder's name; that of a file given
    by itself is its file name. Hidden files and folders are left out. A path that is missing and a folder without
    files are listed with their problem.
    """
    for path in paths:
        if path.is_dir():
            yield from _inside(path)
        elif path.exists():
            yield Listed(path, path.name)
        else:
            yield Listed(path, path.name, f"{path}: файл не найден. Проверьте путь.")


def _inside(folder: Path) -> Iterator[Listed]:
    root = folder.resolve()
    found = False
    try:
        files = sorted(root.rglob("*"))
    except OSError as error:
        yield Listed(folder, root.name, f"{folder}: папка не читается ({error.strerror}). Проверьте права доступа.")
        return
    for file in files:
        inside = file.relative_to(root)
        if not any(part.startswith(".") for part in inside.parts) and file.is_file():
            found = True
            yield Listed(file, "/".join((root.name, *inside.parts)))
    if not found:
        yield Listed(folder, root.name, f"{folder}: в папке нет файлов. Укажите папку с документами.")


def read_bytes(path: Path) -> bytes:
    """Read a file; raise InputError when the system refuses."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: файл не найден. Проверьте путь.") from error
    except OSError as error:
        raise InputError(f"{path}: файл не читается ({error.strerror}). Проверьте права доступа.") from error

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import InputError


def listed(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield (file, source name) for files and folders, folders in order of name.

    The name of a file inside a folder is its path relative to the folder, with the folder's name; that of a file given
    by itself is its file name. Hidden files and folders are left out.
    """
    for path in paths:
        if path.is_dir():
            root = path.resolve()
            for file in sorted(root.rglob("*")):
                inside = file.relative_to(root)
                if file.is_file() and not any(part.startswith(".") for part in inside.parts):
                    yield file, "/".join((root.name, *inside.parts))
        else:
            yield path, path.name


def required(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """List files; raise InputError when a folder holds none."""
    paths = list(paths)
    for path in paths:
        if path.is_dir() and not any(True for _ in listed([path])):
            raise InputError(f"{path}: в папке нет файлов. Укажите папку с документами.")
    return list(listed(paths))

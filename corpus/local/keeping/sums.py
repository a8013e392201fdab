"""The sums of the index's files: tantivy writes a CRC-32 at the end of each, and these are asked."""

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from corpus.library import Finding

_MAGIC = 1337
_TAIL = struct.Struct("<II")
_PIECE = 1 << 20
OPENED = frozenset({".store", ".fast", ".fieldnorm", ".term", ".del"})
"""Files of which tantivy reads more than the foot to open an index: a bit turned over in a `.store` made it abort."""


def damaged(folder: Path, kinds: frozenset[str] | None = None) -> Iterator[Finding]:
    """Yield a finding for each file of an index's segments, or of these kinds, whose bytes are not those written.

    A file of no commit (a writer was killed over it) holds nothing anybody reads.
    """
    try:
        segments = _segments(folder)
    except (ValueError, LookupError, TypeError, AttributeError):
        yield _finding("meta.json")
        return
    for stem, deletes in segments:
        for path in sorted(folder.glob(f"{stem}.*")):
            if (kinds and path.suffix not in kinds) or (path.suffix == ".del" and path.name != deletes):
                continue
            try:
                sound = _sound(path)
            except FileNotFoundError:  # merged away meanwhile
                continue
            except (OSError, ValueError, KeyError, struct.error):
                sound = False
            if not sound:
                yield _finding(path.name)


def _segments(folder: Path) -> list[tuple[str, str]]:
    """Return the stem of each segment's files and the name of the one that tells its deleted clauses."""
    told = json.loads((folder / "meta.json").read_bytes())["segments"]
    stems = [(segment["segment_id"].replace("-", ""), segment["deletes"] or {}) for segment in told]
    return [(stem, f"{stem}.{deletes.get('opstamp')}.del") for stem, deletes in stems]


def _finding(name: str) -> Finding:
    return Finding("index", f"Файл указателя «{name}» повреждён. Перестройте указатель: svod reindex.")


def _sound(path: Path) -> bool:
    """Say whether a file's content has the sum told in its foot."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(size - _TAIL.size)
        length, magic = _TAIL.unpack(file.read())
        if magic != _MAGIC or length > size:
            return False
        end = size - _TAIL.size - length
        file.seek(end)
        told = json.loads(file.read(length))["crc"]
        file.seek(0)
        found = 0
        while (left := end - file.tell()) > 0:
            found = zlib.crc32(file.read(min(left, _PIECE)), found)
    return bool(found == told)

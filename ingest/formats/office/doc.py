"""Word 97–2003: the container is checked here, damage and passwords told at once; the text is LibreOffice's to read."""

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.errors import InputError
from corpus.model import Diagnostic
from ingest.formats.registry import Format, extension_doubt, named
from ingest.source import SourceText

_HEADER = struct.Struct("<8s16xHHHHH6xIII4xIIIII")
_ENTRY = struct.Struct("<64sHB49xIQ")
_STREAM, _ROOT = 2, 5
_HEADED = 109  # sectors of the table of chains that the header names
_LARGEST_NUMBER = 0xFFFFFFFA  # what lies above marks free sectors, ends of chains and the table's own sectors
_WORD_97, _WORD_6 = 0xA5EC, {0xA5DB, 0xA5DC}
_FIB = struct.Struct("<H8xH")  # the mark of Word and its flags
_PIECES = struct.Struct("<II")  # where the table of pieces stands in the table stream, and its length
_PIECES_AT = 0x01A2
_PROTECTED, _SECOND_TABLE = 0x0100, 0x0200


class ConversionError(InputError):
    """A sound document that no reader of ours understands: LibreOffice makes a DOCX of it."""

    code = "needs-conversion"


class _DamagedError(Exception):
    """A number in the container points to nowhere, or in a circle."""


def check_word(data: bytes, name: str) -> None:
    """Raise InputError for a container that is damaged or protected, or whose Word document is."""
    try:
        protected = _is_protected(_Container.of(data))
    except (_DamagedError, struct.error) as error:
        raise InputError(
            f"{name}: документ Word повреждён или обрезан. Скачайте его заново или сохраните в Word как DOCX."
        ) from error
    if protected:
        raise InputError(f"{name}: документ защищён паролем. Снимите пароль в Word и загрузите файл снова.")


def _is_protected(container: "_Container") -> bool:
    """Read the document's head; raise _DamagedError when it is none, or tells of text that is not there."""
    word = container.stream("WordDocument")
    ident, flags = (int(number) for number in _FIB.unpack_from(word))
    if ident in _WORD_6 or (ident == _WORD_97 and flags & _PROTECTED):
        return ident == _WORD_97
    place, length = _PIECES.unpack_from(word, _PIECES_AT)
    if ident != _WORD_97 or place + length > len(container.stream("1Table" if flags & _SECOND_TABLE else "0Table")):
        raise _DamagedError
    return False


@dataclass(frozen=True, slots=True)
class _Container:
    """A compound file (MS-CFB): sectors of equal size, chained by a table."""

    data: bytes
    shift: int
    chains: Sequence[int]
    small_chains: Sequence[int]
    small: bytes
    least: int
    entries: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, data: bytes) -> "_Container":
        """Read the tables and the directory; raise _DamagedError when they do not hold."""
        _, _, major, order, shift, small_shift, _, _, first, least, small_at, _, more, _ = _HEADER.unpack_from(data)
        if major not in (3, 4) or order != 0xFFFE or shift not in (9, 12) or small_shift != 6:
            raise _DamagedError
        bare = cls(data, shift, _table(data, shift, more), array("I"), b"", least, {})
        entries: dict[str, tuple[int, int]] = {}
        root = (0, 0)
        for title, length, kind, start, size in _ENTRY.iter_unpack(bare.sectors(first)):
            if kind == _ROOT:
                root = start, size
            elif kind == _STREAM and 2 <= length <= 64:
                entries[title[: length - 2].decode("utf-16-le", "replace")] = start, size & 0xFFFFFFFF
        small = bare.sectors(root[0]) if root[1] else b""
        small_chains = _numbers(bare.sectors(small_at)) if small else array("I")
        return cls(data, shift, bare.chains, small_chains, small, least, entries)

    def sectors(self, start: int) -> bytes:
        """Return the sectors of a chain."""
        size = 1 << self.shift
        chain = _chain(self.chains, start, len(self.data) >> self.shift)
        return b"".join(self.data[(n + 1) * size : (n + 2) * size] for n in chain)

    def stream(self, title: str) -> bytes:
        """Return a stream by its name."""
        if title not in self.entries:
            raise _DamagedError
        start, size = self.entries[title]
        if size >= self.least:
            body = self.sectors(start)
        else:
            chain = _chain(self.small_chains, start, len(self.small) // 64)
            body = b"".join(self.small[n * 64 : n * 64 + 64] for n in chain)
        if len(body) < size:
            raise _DamagedError
        return body[:size]


def _table(data: bytes, shift: int, more: int) -> Sequence[int]:
    """Gather the table of chains: its first 109 sectors are named in the header, further ones in a list apart.

    A table larger than the file needs, or one sector named over and over, would take memory without end.
    """
    size = 1 << shift
    needed = _HEADED + (len(data) >> shift) * 4 // size
    places = _named(struct.unpack_from(f"<{_HEADED}I", data, 76))
    seen: set[int] = set()
    while more <= _LARGEST_NUMBER:
        if more in seen or len(places) > needed:
            raise _DamagedError
        seen.add(more)
        *named, more = _numbers(_sector(data, size, more))
        places += _named(named)
    if len(set(places)) < len(places) or len(places) > needed:
        raise _DamagedError
    return _numbers(b"".join(_sector(data, size, place) for place in places))


def _named(numbers: Sequence[int]) -> list[int]:
    return [number for number in numbers if number <= _LARGEST_NUMBER]


def _sector(data: bytes, size: int, number: int) -> bytes:
    sector = data[(number + 1) * size : (number + 2) * size]
    if len(sector) < size:
        raise _DamagedError
    return sector


def _numbers(data: bytes) -> Sequence[int]:
    return array("I", struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _chain(table: Sequence[int], start: int, most: int) -> list[int]:
    """Follow a chain of at most so many sectors; raise _DamagedError when it leaves the table or runs in a circle."""
    chain: list[int] = []
    while start <= _LARGEST_NUMBER:
        if start >= len(table) or len(chain) >= most:
            raise _DamagedError
        chain.append(start)
        start = table[start]
    return chain


_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD, _ENCRYPTED = (title.encode("utf-16-le") for title in ("WordDocument", "EncryptedPackage"))
_OTHERS = tuple(
    title.encode("utf-16-le") for title in ("Workbook", "PowerPoint Document", "VisioDocument", "__properties")
)


def _read(data: bytes, name: str) -> SourceText:
    """Check the container; raise ConversionError when it is sound, InputError when it is not."""
    if _ENCRYPTED in data:
        raise InputError(f"{name}: документ защищён паролем. Снимите пароль в Word и загрузите файл снова.")
    if _WORD not in data and any(other in data for other in _OTHERS):
        raise InputError(
            f"{name}: это файл Microsoft Office, но не документ Word. Сохраните нужный текст как DOCX или PDF."
        )
    check_word(data, name)
    raise ConversionError(f"{name}: документ Word 97–2003 читается через LibreOffice. Сохраните его как DOCX.")


def read_converted(data: bytes, name: str) -> SourceText:
    """Read the DOCX that LibreOffice made of a document."""
    source = named("docx").reader(data, name)
    return replace(source, format="doc", diagnostics=(*source.diagnostics, _CONVERTED, *extension_doubt(name, "doc")))


_CONVERTED = Diagnostic("converted", "Документ Word 97–2003 прочитан через LibreOffice; проверьте нумерацию.")
DOC = Format("doc", "документ Word 97–2003", ("doc",), _read, lambda head: head.startswith(_SIGNATURE))
